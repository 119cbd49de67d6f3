"""The invented town: houses, families, a year of its life."""

from dataclasses import dataclass
from datetime import date
from random import Random

from mudmai.site.demo.boundaries import VILLAGES, Land
from mudmai.site.demo.names import FamilyNames
from mudmai.site.demo.town.families import HEAD, LODGER, SPOUSE, Families
from mudmai.site.demo.town.houses import build_houses
from mudmai.site.demo.town.living import Living
from mudmai.site.demo.town.needs import Needs
from mudmai.site.demo.town.numbers import give_numbers
from mudmai.site.demo.town.persons import House, Person
from mudmai.site.demo.town.shapes import settle
from mudmai.site.demo.town.year import Year

GROWN_UP = 20


@dataclass
class Town:
    """Houses and people of the tambon, with the days of its two civil registers."""

    land: Land
    houses: list[House]
    people: list[Person]
    register_on: date
    newer_register_on: date
    as_of: date

    def registered(self, house: House, day: date) -> list[tuple[Person, str]]:
        """Who is on the register of a house that day, head first, each with the relation to the head."""
        people = [p for p in house.people if p.register == "here" and p.is_here(day) and p.house_on(day) is house]
        return _with_relations(people, house, day)

    def living(self, house: House, day: date) -> list[Person]:
        """Who lives in a house that day, head first, wherever registered."""
        people = [p for p in house.people if p.lives_here and p.is_here(day) and p.house_on(day) is house]
        return [person for person, _ in _with_relations(people, house, day)]


def build_town(*, seed: int, households: int, as_of: date) -> Town:
    """The same town for the same seed, whatever else the program has drawn before."""
    newer = date(as_of.year if as_of >= date(as_of.year, 10, 1) else as_of.year - 1, 10, 1)
    older = newer.replace(year=newer.year - 1)
    land = Land(seed)
    rng = Random(f"town {seed}")
    houses = build_houses(rng, land, households)
    families = Families(rng, FamilyNames(rng, len(VILLAGES)), older)
    settle(families, houses)
    Year(families, houses, as_of).pass_by()
    give_numbers(rng, families.people)
    Needs(rng, houses, families.people, as_of).assign()
    Living(Random(f"living {seed}"), houses, as_of).assign()
    return Town(land, houses, families.people, older, newer, as_of)


def _with_relations(people: list[Person], house: House, day: date) -> list[tuple[Person, str]]:
    if not people:
        return []
    head = _head(people, house, day)
    told = [(p, HEAD if p is head else _relation(p, head, house, day)) for p in people]
    return sorted(told, key=lambda pair: (pair[0] is not head, pair[1] != SPOUSE, pair[0].birth, pair[0].number))


def _head(people: list[Person], house: House, day: date) -> Person:
    """The head; where the head is gone, wife or husband, else the eldest."""
    for relation in (HEAD, SPOUSE):
        for person in people:
            if person.relation == relation and person.house is house:
                return person
    return min(people, key=lambda p: (p.age_on(day) < GROWN_UP, p.birth, p.number))


def _relation(person: Person, head: Person, house: House, day: date) -> str:
    if person.house is not house or house.kind == "temple":
        return LODGER
    if head.relation in (HEAD, SPOUSE):
        return person.relation
    # The house has passed to a child or a parent of the old head: the clerk writes who is whose child, else lodger.
    return "บุตร" if head in (person.mother, person.father) else LODGER
