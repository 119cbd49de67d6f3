"""Many towns side by side, in memory: as many people as a province has, with those who are hard to tell apart."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

import geothai

from mudmai.site.demo.boundaries import TAMBON_CODE, VILLAGES
from mudmai.site.demo.names import NamesOfTheLand, name_like
from mudmai.site.demo.town.families import Families
from mudmai.site.demo.town.houses import house_numbers
from mudmai.site.demo.town.numbers import give_numbers
from mudmai.site.demo.town.persons import House, Person
from mudmai.site.demo.town.shapes import settle
from mudmai.site.demo.town.year import Year

HOUSES_IN_A_VILLAGE = 270
# Registrar offices that do not exist, as in the demo town: between a province's last district and its municipalities.
REGISTRARS = tuple(f"{province}{number}" for province in range(50, 59) for number in range(30, 74))
PROVINCES = ("52", "51", "54", "56", "55", "57", "50", "53", "58")

# Of the grown people, of sons and of brothers and sisters: how many are made hard to tell apart.
NAMESAKES = 0.015
SONS_NAMED_AS_FATHER = 0.03
SIBLINGS_MADE_TWINS = 0.15  # of those of one sex born within three years
WITH_PHONE = 0.45
# Left out of the register on purpose, besides those who are registered elsewhere; of those whom one takes for another.
NOT_REGISTERED = 0.04
ALIKE_NOT_REGISTERED = 0.25


@dataclass(frozen=True)
class Tambon:
    """A real subdistrict by its code and names."""

    code: str
    name: str
    district: str
    province: str


@dataclass
class Country:
    """Houses and people of all towns, and who of them are registered. `alike`: why one is taken for somebody else."""

    people: list[Person]
    houses: list[House]
    register_on: date
    as_of: date
    tambon_of: dict[House, Tambon] = field(default_factory=dict)
    phone_of: dict[Person, str] = field(default_factory=dict)
    alike: dict[Person, str] = field(default_factory=dict)
    registered: list[Person] = field(default_factory=list)
    not_registered: list[Person] = field(default_factory=list)

    def area_of(self, house: House) -> str:
        """The 8 digits of the village."""
        return f"{self.tambon_of[house].code}{house.moo:02d}"


def build_country(*, seed: int, people: int, as_of: date) -> Country:
    """A country whose register holds so many people; always the same for a seed. About 12 seconds for 200,000."""
    rng = Random(f"country {seed}")
    register_on = as_of.replace(year=as_of.year - 1)
    country = Country([], [], register_on, as_of)
    for number, tambon in enumerate(_tambons()):
        if len(country.registered) >= people:
            break
        _add_town(country, rng, tambon, REGISTRARS[2 * number : 2 * number + 2])
    for count, house in enumerate(country.houses, 1):
        house.number = count
    for count, person in enumerate(country.people, 1):
        person.number = count
    country.not_registered += country.registered[people:]
    del country.registered[people:]
    _give_phones(country, rng)
    return country


def _tambons() -> Iterator[Tambon]:
    """The tambon of the demo town first, so that a small country is that tambon; then all others."""
    everywhere = list(_in_order())
    yield from (each for each in everywhere if each.code == TAMBON_CODE)
    yield from (each for each in everywhere if each.code != TAMBON_CODE)


def _in_order() -> Iterator[Tambon]:
    names = {province.code: province.name_th for province in geothai.provinces()}
    for code in PROVINCES:
        for district in geothai.districts(code):
            for each in geothai.subdistricts(district.code):
                yield Tambon(each.code, each.name_th, district.name_th, names[code])


def _add_town(country: Country, rng: Random, tambon: Tambon, offices: tuple[str, ...]) -> None:
    houses = [
        House(moo * HOUSES_IN_A_VILLAGE + place, moo, number, "", 0.0, 0.0)
        for moo in range(1, len(VILLAGES) + 1)
        for place, number in enumerate(house_numbers(rng, HOUSES_IN_A_VILLAGE))
    ]
    for temple in houses[:: 2 * HOUSES_IN_A_VILLAGE]:
        temple.kind = "temple"
    families = Families(rng, NamesOfTheLand(rng, len(VILLAGES)), country.register_on)
    settle(families, houses)
    alike = _twins(families) | _sons_named_as_their_fathers(families) | _namesakes(families)
    Year(families, houses, country.as_of).pass_by()
    give_numbers(rng, families.people, home=offices[0], others=offices[1:])
    country.houses += houses
    country.people += families.people
    country.tambon_of |= dict.fromkeys(houses, tambon)
    country.alike |= alike
    for person in families.people:
        here = person.register == "here" and person.is_here(country.register_on)
        if here and rng.random() >= (ALIKE_NOT_REGISTERED if person in alike else NOT_REGISTERED):
            country.registered.append(person)
        elif person.is_here(country.as_of):
            country.not_registered.append(person)


def _namesakes(families: Families) -> dict[Person, str]:
    """Neighbours of one village, sex and nearly one age who bear one name, half of them the family name, too."""
    rng, groups, found = families.rng, defaultdict(list), {}
    for person in families.people:
        if not person.rank and person.status == "citizen":
            groups[person.house.moo, person.sex, person.birth.year // 6].append(person)
    for _ in range(round(len(families.people) * NAMESAKES)):
        one, other = rng.choices(rng.choice(list(groups.values())), k=2)
        if one.house is not other.house:
            other.given = one.given
            if rng.random() < 0.5:
                other.family = one.family
            found[one] = found[other] = "namesake"
    return found


def _sons_named_as_their_fathers(families: Families) -> dict[Person, str]:
    found = {}
    for person in families.people:
        if person.father and person.sex == "M" and families.rng.random() < SONS_NAMED_AS_FATHER:
            person.given = person.father.given
            found[person] = found[person.father] = "father_and_son"
    return found


def _twins(families: Families) -> dict[Person, str]:
    """Brothers, or sisters, born within three years become twins with names that begin alike."""
    last: dict[Person, Person] = {}
    found = {}
    for person in families.people:
        mother = person.mother
        if mother is None:
            continue
        older = last.get(mother)
        near = older is not None and older.sex == person.sex and abs(older.birth.year - person.birth.year) <= 3
        if older is not None and near and families.rng.random() < SIBLINGS_MADE_TWINS:
            person.birth = older.birth
            person.given = name_like(families.rng, older.given, person.sex, person.birth.year)
        if older is not None and person.birth == older.birth:
            found[person] = found[older] = "twin"
        last[mother] = person
    return found


def _give_phones(country: Country, rng: Random) -> None:
    """Every number belongs to one person, or to a few of one house."""
    dealt = 0
    of_house: dict[House, str] = {}
    for person in country.people:
        if person.age_on(country.as_of) < 12 or rng.random() >= WITH_PHONE:
            continue
        shared = of_house.get(person.house)
        if shared and rng.random() < 0.2:
            country.phone_of[person] = shared
            continue
        dealt += 1
        country.phone_of[person] = of_house[person.house] = invented_phone(dealt)


def invented_phone(number: int) -> str:
    """The n-th number of the exchanges 060-00, 080-00 and 090-00; they begin anew after 300,000."""
    prefix = ("060", "080", "090")[number % 3]
    return f"{prefix}00{number * 7_919 % 100_000:05d}"
