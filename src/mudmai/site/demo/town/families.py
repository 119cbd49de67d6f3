"""Families, house by house: who lives together, how old they are, what they are called."""

from datetime import date, timedelta
from random import Random
from typing import Any

from mudmai.site.demo.names import FamilyNames, name_like, nickname
from mudmai.site.demo.town.persons import House, Person, Sex

HEAD, SPOUSE, CHILD, GRANDCHILD = "เจ้าบ้าน", "คู่สมรส", "บุตร", "หลาน"
MOTHER, FATHER, IN_LAW, SIBLING, LODGER = "มารดา", "บิดา", "บุตรเขย/สะใภ้", "พี่น้อง", "ผู้อาศัย"

YOUNGEST_MOTHER, OLDEST_MOTHER = 18, 39  # completed years at a birth
TWINS = 0.012
OWN_NAME_KEPT = 0.22  # wives under 45 who keep their family name (a right since 2546)


class Families:
    """Makes persons and ties them together; every draw comes from the one random source."""

    def __init__(self, rng: Random, names: FamilyNames, today: date):
        self.rng = rng
        self.names = names
        self.today = today  # the day of the older register
        self.people: list[Person] = []
        self._clan_of_last_house: dict[int, str] = {}

    def person(self, house: House, sex: Sex, birth: date, relation: str, family: str, **more: Any) -> Person:
        given = more.pop("given", "") or self.names.given(sex, birth.year)
        person = Person(len(self.people) + 1, sex, given, family, birth, house, relation, **more)
        person.nickname = nickname(self.rng, birth.year)
        if birth.year < 1950 and not person.mother and self.rng.random() < 0.05:
            person.birth_known = "year"
            person.birth = date(birth.year, 1, 1)
        self.people.append(person)
        house.people.append(person)
        return person

    def birth_at_age(self, age: int) -> date:
        """Some day on which one is born who has this age today."""
        day = self.today.replace(year=self.today.year - age, day=min(self.today.day, 28))
        return day - timedelta(days=self.rng.randrange(365))

    def clan(self, house: House) -> str:
        """The family name of a house: often that of the house before it, for sons build beside their fathers."""
        last = self._clan_of_last_house.get(house.moo)
        name = last if last and self.rng.random() < 0.3 else self.names.of_village(house.moo - 1)
        self._clan_of_last_house[house.moo] = name
        return name

    def couple(
        self, house: House, wife_birth: date, relations: tuple[str, str] = (HEAD, SPOUSE)
    ) -> tuple[Person, Person]:
        """Husband and wife; most wives of their time took the husband's name."""
        rng = self.rng
        older_by = min(12.0, max(-5.0, rng.gauss(2.7, 3.0)))
        family = self.clan(house)
        husband = self.person(
            house, "M", wife_birth - timedelta(days=older_by * 365), relations[0], family, married=True
        )
        maiden = self.names.of_village(house.moo - 1)
        wife = self.person(house, "F", wife_birth, relations[1], family, married=True, maiden=maiden)
        if wife_birth.year > self.today.year - 45 and rng.random() < OWN_NAME_KEPT:
            wife.family, wife.married = maiden, rng.random() < 0.4
        husband.spouse, wife.spouse = wife, husband
        return husband, wife

    def children(
        self,
        mother: Person,
        father: Person | None,
        count: int,
        *,
        relation: str = CHILD,
        oldest: int = 24,
        house: House | None = None,
    ) -> list[Person]:
        """Up to `count` children of hers who are no older than `oldest`; twins now and then."""
        born: list[Person] = []
        years = self._years_at_birth(mother, count, oldest)
        for years_of_mother in years:
            birth = _after(mother.birth, years_of_mother, self.rng.randrange(4, 361))
            if birth >= self.today:
                continue
            born.append(self._child(mother, father, birth, relation, house or mother.house))
            if self.rng.random() < TWINS:
                twin = self._child(mother, father, birth, relation, house or mother.house, like=born[-1])
                born.append(twin)
        return born

    def _years_at_birth(self, mother: Person, count: int, oldest: int) -> list[int]:
        age = mother.age_on(self.today)
        possible = list(range(max(YOUNGEST_MOTHER, age - oldest), min(OLDEST_MOTHER, age - 1) + 1))
        # Most children come between 20 and 32; two years lie between brothers and sisters.
        chosen: list[int] = []
        while possible and len(chosen) < count:
            weights = [3 if 20 <= year <= 31 else 1 for year in possible]
            chosen.append(self.rng.choices(possible, weights)[0])
            possible = [year for year in possible if abs(year - chosen[-1]) >= 2]
        return sorted(chosen)

    def _child(
        self,
        mother: Person,
        father: Person | None,
        birth: date,
        relation: str,
        house: House,
        like: Person | None = None,
    ) -> Person:
        sex: Sex = like.sex if like else ("M" if self.rng.random() < 0.512 else "F")
        pattern = like or (father if sex == "M" else None)
        given = ""
        if pattern and (like or self.rng.random() < 0.15):
            given = name_like(self.rng, pattern.given, sex, birth.year)
        family = father.family if father else mother.family
        return self.person(house, sex, birth, relation, family, mother=mother, father=father, given=given)

    def mother_of(self, child: Person, relation: str) -> Person:
        """A mother for someone who is there already; she is added to the child's house."""
        years = self.rng.randint(YOUNGEST_MOTHER, 32)
        birth = _after(child.birth, -years - 1, self.rng.randrange(4, 361))
        family = child.maiden if child.sex == "F" and child.maiden else child.family
        mother = self.person(child.house, "F", birth, relation, family, married=True)
        mother.maiden = self.names.of_village(child.house.moo - 1)
        child.mother = mother
        return mother

    def husband_of(self, wife: Person, relation: str) -> Person:
        """A husband with her family name."""
        birth = wife.birth - timedelta(days=365 * min(10.0, max(-4.0, self.rng.gauss(3, 3))))
        husband = self.person(wife.house, "M", birth, relation, wife.family, married=True)
        husband.spouse, wife.spouse = wife, husband
        return husband


def _after(day: date, years: int, days: int) -> date:
    # From the 28th at the latest, so that 29 February does no harm; 4 days or more make up for it.
    return day.replace(year=day.year + years, day=min(day.day, 28)) + timedelta(days=days)
