"""How the households live: what the yearly survey (จปฐ.) would find, and what help has reached them.

Drawn from a source of its own, so that the lists that were there before stay as they were.
"""

from datetime import date, timedelta
from random import Random

from mudmai.site.demo.town.needs import DIMENSIONS
from mudmai.site.demo.town.persons import House, Person

# Indicators of the set of 31 by the dimension of TPMAP that they belong to.
OF_DIMENSION = dict(zip(DIMENSIONS, ((4, 5, 7), (8, 9, 10, 11), (16, 19), (20, 21, 22), (27, 28)), strict=True))
OF_HOUSE = (4, 5, 8, 9, 10, 11, 12, 13, 14, 22, 23, 30, 31)
PASS, FAIL = True, False
# Share of houses or persons that fail what counts in no dimension.
ELSE_FAILED = {6: 0.12, 12: 0.04, 13: 0.05, 14: 0.01, 18: 0.1, 23: 0.22, 24: 0.16, 25: 0.14, 26: 0.08, 29: 0.02,
               30: 0.02, 31: 0.03, 3: 0.01, 2: 0.15, 1: 0.05, 15: 0.02, 17: 0.03}  # fmt: skip
RECOVERED = 0.2  # of the houses on last year's list of the poor
NEWLY_POOR = 0.022  # of the others: whom the national list missed
LINE = 38_000  # baht a head and year, as the survey's form prints it
LOW_INCOME = 100_000  # baht a head and year: newborn grant, welfare card
GRANT_AGE = 6
GRANTED = 0.82  # of the children whose parents could have the newborn grant
CARDS = 0.8  # of the grown-ups of houses with a low income
PLANNED = 0.72  # of those who depend on others
PADDED = 0.7  # of those who need diapers
DEPENDENT_UP_TO, DIAPERS_UP_TO = 11, 6  # Barthel ADL
JOBS = (("เกษตรกร", 0.42), ("รับจ้างทั่วไป", 0.28), ("ค้าขาย", 0.14), ("รับราชการ", 0.06), ("พนักงานบริษัท", 0.1))


class Living:
    """Gives houses and people what the survey and the later lists tell of them."""

    def __init__(self, rng: Random, houses: list[House], today: date):
        self.rng, self.houses, self.today = rng, houses, today

    def assign(self) -> None:
        for house in self.houses:
            here = [p for p in house.people if p.lives_here and p.is_here(self.today)]
            if house.kind == "temple" or not here:
                continue
            poor = self._poor_in(house)
            house.income = self._income("รายได้" in poor)
            house.found = {n: n not in self._failed_of_house(poor) for n in OF_HOUSE}
            house.found[22] = house.income >= LINE
            for person in here:
                self._person(person, house, poor)

    def _poor_in(self, house: House) -> set[str]:
        """The dimensions in which the survey finds the house poor."""
        if house.failed:
            return set() if self.rng.random() < RECOVERED else set(house.failed)
        if self.rng.random() < NEWLY_POOR:
            return set(self.rng.sample(DIMENSIONS[:4], self.rng.choice((1, 1, 2))))
        return set()

    def _failed_of_house(self, poor: set[str]) -> set[int]:
        failed = {n for n in OF_HOUSE if self.rng.random() < ELSE_FAILED.get(n, 0.0)}
        for dimension in sorted(poor):
            of_house = [n for n in OF_DIMENSION[dimension] if n in OF_HOUSE]
            if of_house:
                failed.add(self.rng.choice(of_house))
        return failed

    def _income(self, poor: bool) -> int:
        if poor:
            return self.rng.randrange(12_000, LINE, 500)
        return int(max(LINE + 500, self.rng.lognormvariate(11.35, 0.5)) // 500 * 500)

    def _person(self, person: Person, house: House, poor: set[str]) -> None:
        rng, age = self.rng, person.age_on(self.today)
        person.found = {n: rng.random() >= ELSE_FAILED.get(n, 0.0) for n in _asked_of(person, age)}
        if "การศึกษา" in poor:
            person.found.update(dict.fromkeys({16, 19} & person.found.keys(), FAIL))
        if "การเข้าถึงบริการรัฐ" in poor:
            person.found.update(dict.fromkeys({27, 28} & person.found.keys(), FAIL))
        if 18 <= age < 70:
            person.job = rng.choices([job for job, _ in JOBS], [share for _, share in JOBS])[0]
        low = house.income <= LOW_INCOME
        if low and age >= 18 and person.status == "citizen" and not house.failed and rng.random() < CARDS * 0.5:
            person.welfare_card = True
        if low and age < GRANT_AGE and person.status == "citizen":
            person.child_grant = rng.random() < GRANTED
        if person.care:
            self._help(person)

    def _help(self, person: Person) -> None:
        """Care plan and diapers, as the local health fund has them."""
        assert person.care is not None
        if person.care.adl <= DEPENDENT_UP_TO and self.rng.random() < PLANNED:
            person.care.plan_on = self.today - timedelta(days=self.rng.randrange(20, 330))
        if person.care.adl <= DIAPERS_UP_TO:
            person.care.diapers = self.rng.random() < PADDED


def _asked_of(person: Person, age: int) -> list[int]:
    """The indicators of persons that the form asks of somebody of this age."""
    able = person.care is None and person.disability is None
    rules = (
        (1, age < 1), (2, age < 1), (3, age <= 12), (6, age >= 35), (7, age >= 6), (15, 3 <= age <= 5),
        (16, 6 <= age <= 14), (17, age == 15), (19, 15 <= age <= 59), (20, 20 <= age <= 59 and able),
        (21, 60 <= age <= 70 and able), (24, True), (25, True), (26, age >= 6), (27, age >= 60),
        (28, person.disability is not None), (29, person.care is not None),
    )  # fmt: skip
    return [number for number, asked in rules if asked]
