"""linkage.services.alike_houses: two spellings of one address, households that moved, a house with two numbers."""

from itertools import combinations
from random import Random

import pytest
from tests.people.town import row, tell

from mudmai.linkage.models import Question
from mudmai.linkage.rules.houses import HOUSES, House, house_model, number_parts
from mudmai.linkage.services import alike_houses, ask_about_alike_houses
from mudmai.linkage.services.many import Many
from mudmai.linkage.services.people import Table, names_of
from mudmai.linkage.services.scoring import Scorer
from mudmai.people.models import Household
from mudmai.people.services import mark_different

pytestmark = pytest.mark.django_db

FAMILY = ("มาลี", "ณัฐพล", "วิภาดา")
NEXT_VILLAGE = "52030602"


def family_at(house: str, *, family: str = "ใจดี", links: list[str] | None = None, **told) -> list[str]:
    """A list that tells a family at a house; returns the keys of its rows."""
    rows = [row(given, family, house=house, **told) for given in FAMILY]
    tell(*rows, kind="volunteer_survey", links=dict(zip((each.id for each in rows), links or [], strict=False)))
    return [each.id for each in rows]


def why(pairs) -> list[str]:
    return [pair.evidence["why"]["level"] for pair in pairs]


def test_two_spellings_of_one_number_are_asked_about():
    family_at("12/3")
    tell(row("บุญมี", "คำแสน", house="12-3"))

    pairs = alike_houses()

    assert why(pairs) == ["two_spellings"]
    assert pairs[0].evidence["house_number"]["level"] == "written"


def test_neighbours_are_not_asked_about():
    family_at("12")
    family_at("12/1", family="คำแสน")
    family_at("12 ก", family="แสนคำ")
    family_at("12", family="วงศ์คำ", area=NEXT_VILLAGE)

    assert alike_houses() == []


def test_a_family_that_is_found_at_another_address_may_have_moved():
    before = family_at("7")
    family_at("88", area=NEXT_VILLAGE, links=before)

    pairs = alike_houses()

    assert why(pairs) == ["moved"]
    assert Household.objects.get(pk=pairs[0].left).house_no == "88"  # where they were seen last


def test_one_person_who_moves_out_says_nothing_about_the_house():
    before = family_at("7")
    tell(new := row("มาลี", "ใจดี", house="88", area=NEXT_VILLAGE), kind="tpmap", links={})
    tell(row("บุญมี", "คำแสน", house="88", area=NEXT_VILLAGE))
    assert alike_houses() == []
    assert new.id not in before


def test_the_same_people_at_a_number_and_a_part_of_it_may_be_one_house():
    family_at("12")
    family_at("12/1")

    assert why(alike_houses()) == ["two_numbers"]


def test_a_house_code_tells_more_than_the_number():
    tell(row(house="5", house_code="52060000001"))
    tell(row("สมชาย", "คำแสน", house="50", house_code="52060000001"))

    assert why(alike_houses()) == ["two_spellings"]


def test_questions_are_asked_once_and_never_again_after_no(somsri):
    family_at("12/3")
    family_at("12-3", family="คำแสน")

    assert (ask_about_alike_houses(), ask_about_alike_houses()) == (1, 0)
    question = Question.objects.get()
    assert (question.about, question.area_code) == ("household", "52030601")

    Question.objects.all().delete()
    mark_different(question.left_id.hex, question.right_id.hex, by=somsri, about="household")
    assert ask_about_alike_houses() == 0
    assert Household.objects.count() == 2


def invented(rng: Random) -> House:
    some = lambda of: tuple(sorted(set(rng.choices(of, k=rng.randrange(1, 5)))))  # noqa: E731
    village = rng.choice(["52030601", "52030602", "52030701", None])
    key, digits, first = number_parts(rng.choice(["12/3", "12-3", "12", "12 ก", "7", "99", ""]))
    return House(
        rng.choice([None, "1", "2"]), village, village[:6] if village else rng.choice(["520306", None]), key, digits,
        first, rng.choice([None, some("กขคงจ")]), seen := rng.choice([None, some("12345")]), seen and seen[0],
    )  # fmt: skip


def test_python_and_duckdb_find_the_same_about_houses():
    rng = Random(7)
    houses = [invented(rng) for _ in range(200)]
    columns = {name: [getattr(house, name) for house in houses] for name in House._fields}
    table = Table([str(at) for at in range(200)], 200, columns, kind=House)
    scorer = Scorer(table, names_of(table, house_model()), house_model())
    pairs, many = list(combinations(range(200), 2)), Many(scorer)

    by_python, by_sql = list(scorer.of_pairs(pairs)), sorted(many.of_pairs(pairs))
    blocked, by_duckdb = list(scorer.of_rows(range(200), -50.0)), sorted(many.of_rows(range(200), -50.0))

    many.close()
    assert [found.levels for found in by_python] == [found.levels for found in by_sql]
    assert [found[:2] for found in blocked] == [found[:2] for found in by_duckdb]
    assert [found.bits for found in blocked] == pytest.approx([found.bits for found in by_duckdb])
    met = {finding for found in by_python for finding in found.levels._asdict().items()}
    assert {(each.name, code) for each in HOUSES.comparisons for code in each.findings} - met == set()
