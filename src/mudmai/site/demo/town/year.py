"""A year of the town: births, deaths, weddings, people who come and go; the newer register shows it."""

from datetime import date, timedelta

from mudmai.site.demo.names import given_name
from mudmai.site.demo.town.families import CHILD, GRANDCHILD, HEAD, LODGER, OLDEST_MOTHER, SPOUSE, Families
from mudmai.site.demo.town.persons import House, Person, Sex

# Deaths a year per person of an age, as life tables of the region have them; (below this age, share).
DEATHS = ((1, 0.006), (40, 0.0011), (60, 0.006), (70, 0.014), (80, 0.034), (90, 0.09), (200, 0.22))
BIRTHS_PER_HOUSE = 0.013
COME_PER_HOUSE = 0.011
GO_PER_HOUSE = 0.017
OLD_GO_PER_HOUSE = 0.004
WEDDINGS_PER_HOUSE = 0.006
NEW_GIVEN_NAMES_PER_HOUSE = 0.004


class Year:
    """Lets time pass from the older register to the day of the demo."""

    def __init__(self, families: Families, houses: list[House], until: date):
        self.families = families
        self.rng = families.rng
        self.houses = houses
        self.start = families.today
        self.days = (until - self.start).days

    def pass_by(self) -> None:
        self._weddings()
        self._new_given_names()
        self._ordinations()
        self._newcomers()
        self._leavers()
        self._births()
        self._deaths()

    def _some_day(self) -> date:
        return self.start + timedelta(days=self.rng.randrange(5, self.days - 35))

    def _some(self, people: list[Person], per_house: float) -> list[Person]:
        untouched = [p for p in people if not (p.changed_on or p.since or p.until or p.died_on)]
        count = max(1, round(len(self.houses) * per_house))
        return self.rng.sample(untouched, min(count, len(untouched)))

    def _people(self, *, youngest: int, oldest: int, sex: str = "MF") -> list[Person]:
        return [
            p
            for p in self.families.people
            if p.sex in sex
            and p.register == "here"
            and p.status == "citizen"
            and not p.rank
            and youngest <= p.age_on(self.start) <= oldest
        ]

    def _weddings(self) -> None:
        """A wife who was Miss Somebody in her father's house at the time of the older register."""
        mothers = {p.mother for p in self.families.people if p.mother}
        brides = [
            p
            for p in self._people(youngest=20, oldest=42, sex="F")
            if p.relation == SPOUSE and p not in mothers and p.married
        ]
        for bride in self._some(brides, WEDDINGS_PER_HOUSE):
            home = self.rng.choice([h for h in self.houses if h is not bride.house and _has_head_with_family(h)])
            bride.weds, bride.changed_on, bride.house_before = True, self._some_day(), home
            bride.family_before = bride.maiden = home.people[0].family
            home.people.append(bride)

    def _new_given_names(self) -> None:
        for person in self._some(self._people(youngest=16, oldest=60), NEW_GIVEN_NAMES_PER_HOUSE):
            person.changed_on, person.given_before = self._some_day(), person.given
            person.given = given_name(self.rng, person.sex, 1990)

    def _ordinations(self) -> None:
        temples = [h for h in self.houses if h.kind == "temple"]
        for man in self._some([p for p in self._people(youngest=21, oldest=55, sex="M") if p.relation == CHILD], 0.001):
            man.changed_on, man.house_before, man.ordains = self._some_day(), man.house, True
            man.house, man.rank, man.relation = self.rng.choice(temples), "พระ", LODGER
            man.house.people.append(man)

    def _newcomers(self) -> None:
        """Single people who came back or married in, and whole families in new houses."""
        settled = [p for p in self._people(youngest=20, oldest=65) if p.relation not in (HEAD, SPOUSE)]
        for person in self._some(settled, COME_PER_HOUSE):
            person.since = self._some_day()
        for house in self.rng.sample(self.houses, max(1, len(self.houses) // 200)):
            if house.kind == "family" and not any(p.changed_on or p.since for p in house.people):
                day = self._some_day()
                for person in house.people:
                    person.since = max(day, person.birth)

    def _leavers(self) -> None:
        grown = [p for p in self._people(youngest=18, oldest=45) if p.relation not in (HEAD, SPOUSE)]
        for person in self._some(grown, GO_PER_HOUSE):
            person.until = self._some_day()
        # Old people whom a child in another town takes in; the allowance office hears of it late.
        for person in self._some(self._people(youngest=66, oldest=95), OLD_GO_PER_HOUSE):
            person.until = self._some_day()

    def _births(self) -> None:
        born: dict[Person, date] = {}
        for p in self.families.people:
            if p.mother:
                born[p.mother] = max(born.get(p.mother, p.birth), p.birth)
        long_ago = self.start - timedelta(days=500)
        mothers = [
            p
            for p in self._people(youngest=19, oldest=OLDEST_MOTHER - 1, sex="F")
            if p.lives_here and p.spouse and born.get(p, long_ago) <= long_ago
        ]
        for mother in self._some(mothers, BIRTHS_PER_HOUSE):
            relation = CHILD if mother.relation in (HEAD, SPOUSE) else GRANDCHILD
            sex: Sex = self.rng.choice(("M", "F"))
            father = mother.spouse
            family = father.family if father else mother.family
            self.families.person(mother.house, sex, self._some_day(), relation, family, mother=mother, father=father)

    def _deaths(self) -> None:
        share_of_year = self.days / 365
        for person in self.families.people:
            share = next(rate for age, rate in DEATHS if person.age_on(self.start) < age)
            leaves = person.until or person.since or person.changed_on
            if not leaves and person.birth < self.start and self.rng.random() < share * share_of_year:
                person.died_on = self.start + timedelta(days=self.rng.randrange(1, self.days))


def _has_head_with_family(house: House) -> bool:
    return house.kind == "family" and house.people[0].relation == HEAD and house.people[0].status == "citizen"
