"""What stands on its way between a submission and the registry, and what its sender may do."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mudmai.people import queries as people
from mudmai.surveys.models import Submission
from mudmai.surveys.queries.areas import field_areas
from mudmai.surveys.rules.troubles import HOPELESS, Trouble
from mudmai.surveys.rules.visits import SURVEY, PersonTold

if TYPE_CHECKING:
    from mudmai.accounts.models import User


@dataclass(slots=True)
class Draft:
    """One submission on its way: whom and what it is about, what it says, and what was found."""

    submission: Submission
    area: str
    day: date
    kind: str = SURVEY
    household: str | None = None  # 32 hex digits
    is_known: bool = False  # the household stands in the registry
    ties: bool = False  # those who live there live in this household
    house: dict[str, Any] = field(default_factory=dict)
    people: list[PersonTold] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def is_judged(self) -> bool:
        """Whether a registrar said that what is good of it shall stand."""
        return self.submission.judged_by_id is not None

    @property
    def stops(self) -> bool:
        if self.is_judged:
            return any(each.kind in HOPELESS for each in self.troubles)
        return any(each.stops for each in self.troubles)

    @property
    def newcomers(self) -> list[PersonTold]:
        """Those whom the phone did not know."""
        return [person for person in self.people if not person.key]

    def trouble(self, kind: str, told: str = "", expected: str = "", path: str = "") -> None:
        self.troubles.append(Trouble(path, kind, told, expected))


class Sender:
    """What the sender may do on the day a submission arrived; asked once for many."""

    def __init__(self, user: "User | None", day: date) -> None:
        self.user = user
        self.scope = people.scope_of(user, day) if user is not None else None
        self.areas = field_areas(user) if user is not None else ()

    @property
    def home(self) -> str:
        """The area of whatever does not tell its own."""
        return self.areas[0] if self.areas else ""

    def may(self, area: str, household: str | None, person: str | None = None) -> bool:
        house, somebody = (UUID(key) if key else None for key in (household, person))
        return self.scope is not None and self.scope.may_submit(area, household=house, person=somebody)
