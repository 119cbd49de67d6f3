"""What the generator knows of a house and of a person, at any day of the last two years."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from mudmai.site.demo.wording import years_between

Sex = Literal["M", "F"]
MARRIED_TITLES_FROM = 15


@dataclass(slots=True, eq=False)
class House:
    """One house with a number; the temple is a house, too."""

    number: int
    moo: int
    house_no: str
    code: str
    lat: float
    lon: float
    soi: str = ""
    kind: Literal["family", "temple"] = "family"
    people: list["Person"] = field(default_factory=list)  # all who ever were registered or lived here
    phone: str = ""
    condition: str = ""
    water: str = ""
    needs: str = ""
    volunteer: str = ""
    failed: tuple[str, ...] = ()  # dimensions of poverty in which the household fails (TPMAP)
    income: int = 0  # baht a head and year, as the yearly survey finds it; 0 where nobody was asked
    found: dict[int, bool] = field(default_factory=dict)  # indicators of the house: passed or not


@dataclass(slots=True, eq=False)
class Disability:
    """A disability card."""

    types: tuple[int, ...]
    card_no: str
    issued_on: date
    expires_on: date
    allowance: bool


@dataclass(slots=True, eq=False)
class Care:
    """What the health station knows of someone who keeps to the house or the bed."""

    adl: int
    diagnosis: str
    visited_by: str
    plan_on: date | None = None  # day of the care plan that the fund approved
    diapers: bool = False


@dataclass(slots=True, eq=False)
class Person:
    """One invented person. Names and houses change during the year: ask `name_on`, `house_on`."""

    number: int
    sex: Sex
    given: str
    family: str
    birth: date
    house: House
    relation: str
    married: bool = False
    maiden: str = ""
    rank: str = ""  # a title that stands in place of นาย or นาง: พระ, ด.ต., ดร.
    nickname: str = ""
    cid: str = ""
    nationality: str = "ไทย"
    status: Literal["citizen", "stateless", "alien_child", "unregistered", "no_number"] = "citizen"
    register: Literal["here", "elsewhere", "nowhere"] = "here"
    lives_here: bool = True
    birth_known: Literal["day", "year"] = "day"
    since: date | None = None
    until: date | None = None
    died_on: date | None = None
    changed_on: date | None = None  # marriage, new given name, move inside the tambon, ordination
    given_before: str = ""
    family_before: str = ""
    weds: bool = False  # the change is a wedding
    ordains: bool = False  # the change is an ordination
    house_before: House | None = None
    mother: "Person | None" = None
    father: "Person | None" = None
    spouse: "Person | None" = None
    phone: str = ""
    disability: Disability | None = None
    care: Care | None = None
    welfare_card: bool = False
    job: str = ""
    found: dict[int, bool] = field(default_factory=dict)  # indicators of the person: passed or not
    child_grant: bool = False

    def is_here(self, day: date) -> bool:
        """Alive and belonging to the town on that day, be it only on paper."""
        came = self.birth if self.since is None else self.since
        left = min((d for d in (self.died_on, self.until) if d), default=None)
        return came <= day and (left is None or day < left)

    def _before(self, day: date) -> bool:
        return self.changed_on is not None and day < self.changed_on

    def house_on(self, day: date) -> House:
        return self.house_before if self.house_before and self._before(day) else self.house

    def given_on(self, day: date) -> str:
        return self.given_before if self.given_before and self._before(day) else self.given

    def family_on(self, day: date) -> str:
        return self.family_before if self.family_before and self._before(day) else self.family

    def age_on(self, day: date) -> int:
        return years_between(self.birth, day)

    def title_on(self, day: date) -> str:
        """The title in full: เด็กชาย, เด็กหญิง, นาย, นางสาว, นาง or a rank."""
        if self.rank and not (self.ordains and self._before(day)):
            return "สามเณร" if self.rank == "พระ" and self.age_on(day) < 20 else self.rank
        if self.age_on(day) < MARRIED_TITLES_FROM:
            return "เด็กชาย" if self.sex == "M" else "เด็กหญิง"
        if self.sex == "M":
            return "นาย"
        married = False if self._before(day) and self.weds else self.married
        return "นาง" if married else "นางสาว"

    def full_name_on(self, day: date) -> str:
        """Title and given name stuck together, a space, the family name."""
        return f"{self.title_on(day)}{self.given_on(day)} {self.family_on(day)}".strip()
