"""How often linkage is right, measured where the truth is known: the invented town and the slips of its offices."""

from collections import Counter
from random import Random

import pytest
from tests.people.town import tell

from mudmai.kernel.ids import citizen_id
from mudmai.kernel.names import person_name
from mudmai.kernel.uuid7 import uuid7
from mudmai.linkage.services import Match, Subject, link
from mudmai.people.rules.addressing import household_key
from mudmai.people.services import NewRecord
from mudmai.site.demo import AS_OF
from mudmai.site.demo.errors import Slips
from mudmai.site.demo.town import Town, build_town
from mudmai.site.demo.town.persons import House, Person

pytestmark = pytest.mark.django_db

# Share of rows sent to review, at most. TPMAP and the survey tell no birth date, the bedridden list often no id.
ASKED = {"allowance": 0.02, "disability": 0.04, "tpmap": 0.06, "bedridden": 0.10, "survey": 0.08, "civil_newer": 0.02}
WITH_ID = {"allowance", "disability", "tpmap", "bedridden", "civil_newer"}
WITH_BIRTH = {"allowance", "disability", "civil_newer"}
FOUND = {"tpmap": 0.93, "bedridden": 0.90, "survey": 0.90}


@pytest.fixture(scope="module")
def town() -> Town:
    return build_town(seed=2569, households=500, as_of=AS_OF)


@pytest.fixture
def registry(town, db) -> dict[str, int]:
    """The older civil register as the registry: {person id: number of the true person}."""
    day, rows, truth = town.register_on, [], {}
    for house in town.houses:
        for person, _relation in town.registered(house, day):
            said = {"given_name": person.given_on(day), "family_name": person.family_on(day), "sex": person.sex.lower()}
            said |= {"birth_date": person.birth.isoformat(), "house_no": house.house_no, "area": area_of(house)}
            new = NewRecord(said=said, cid=person.cid or None, household_key=key_of(house), area_code=area_of(house))
            rows.append(new)
            truth[new.id] = person.number
    tell(*rows)
    return truth


def area_of(house: House) -> str:
    return f"520306{house.moo:02d}"


def key_of(house: House) -> str | None:
    return household_key(area=area_of(house), house_no_key=house.house_no)


def one_row(town: Town, person: Person, kind: str, slips: Slips) -> Subject:
    """A row as this office writes it, read as import reads it."""
    day = town.as_of
    name = person_name(slips.full_name(person, day)).value
    cell = slips.cid(person).replace("-", "").removesuffix(".0") if kind in WITH_ID else ""
    birth = slips.birth(person) if kind in WITH_BIRTH else ""
    told = birth if isinstance(birth, str) else birth.isoformat()
    house, no_moo = person.house_on(day), slips.happens("moo_missing")
    return Subject(
        key=uuid7().hex, cid=cell if len(cell) == 13 and cell.isdigit() else None, given=name.given if name else "",
        family=name.family if name else "", sex=person.sex.lower(), area="520306" if no_moo else area_of(house),
        birth_date=str(int(told) - 543) if len(told) == 4 else told, house_no=house.house_no,
        household_key=None if no_moo else key_of(house),
    )  # fmt: skip


def judged(matches: list[Match], people: list[Person], registry: dict[str, int]) -> Counter[str]:
    known, found = set(registry.values()), Counter[str]()
    for match, person in zip(matches, people, strict=True):
        if match.outcome == "linked" and match.person in registry:
            found["right" if registry[match.person] == person.number else "wrong"] += 1
        found["asked"] += match.outcome == "review"
        found["known"] += person.number in known
    return found


@pytest.mark.parametrize("kind", sorted(ASKED))
def test_who_is_taken_for_known_is_right_and_few_are_asked_about(kind, town, registry):
    slips = Slips(Random(kind), kind)
    people = [person for person in town.people if person.is_here(town.as_of)]
    rows = [one_row(town, person, kind, slips) for person in people]

    found = judged(link(rows), people, registry)

    assert found["right"] > 1000
    assert found["wrong"] <= 0.005 * found["right"], found
    assert found["asked"] <= ASKED[kind] * len(rows), found
    assert found["right"] >= FOUND.get(kind, 0.96) * found["known"], found


def test_the_valid_ids_of_a_row_and_of_the_person_it_is_taken_for_agree(town, registry):
    slips = Slips(Random(3), "tpmap")
    people = [person for person in town.people if person.is_here(town.as_of)][:150]
    rows = [one_row(town, person, "tpmap", slips) for person in people]
    number = {person.number: person.cid for person in town.people}

    for row, match in zip(rows, link(rows), strict=True):
        if match.person in registry and row.cid and citizen_id(row.cid).value:
            assert number[registry[match.person]] == row.cid
