"""Plain Python and DuckDB find the same pairs with the same findings and weights; order does not matter."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.linkage.folk import cid, somebody
from tests.people.town import row, tell

from mudmai.kernel.ids import citizen_id
from mudmai.linkage.rules.comparisons import COMPARISONS
from mudmai.linkage.rules.model import model
from mudmai.linkage.rules.schemes import CROWD
from mudmai.linkage.rules.sides import Side, coded
from mudmai.linkage.services import Subject, link
from mudmai.linkage.services.everyone import table_of_everyone
from mudmai.linkage.services.many import Many
from mudmai.linkage.services.people import LARGEST_FAMILY, Table, names_of, table_of
from mudmai.linkage.services.scoring import Scorer
from mudmai.people import queries as people

pytestmark = pytest.mark.django_db

GIVEN = [
    "มาลี",
    "มาลีย์",
    "สมชาย",
    "สมชัย",
    "สมหญิง",
    "วิภาดา",
    "วรรณา",
    "วันนา",
    "ศรี",
    "Anna",
    "ณัฐพล",
    "ณัฐพงษ์",
    "กาญจนาภรณ์",
    "กาญจนาภา",
    "",
]
FAMILY = ["ใจดี", "ใจดีย์", "คำแสน", "แซ่ตั้ง", "แสนคำ", "วงศ์คำ", "วงค์คำ", "วงศ์สุวรรณ", "วงศ์สุวัฒนา", "วงศ์สุวรรณภา", ""]
BIRTHS = [
    "1950-03-15",
    "1950-03-16",
    "1950-03-28",
    "1950-03",
    "1950",
    "1951",
    "1954",
    "1960-03-15",
    "1985-11-02",
    "1985-02-11",
    "1985-07-30",
    "1950-01-01",
    "1977-03-15",
    "2493-03-15",
    "2493",
    "",
]
AREAS = ["52030601", "52030602", "520306", "50010101", ""]


def swapped(number: str) -> str:
    return number[:9] + number[10] + number[9] + number[11:]


def invented(rng: Random) -> Subject:
    number = rng.choice(
        [None, None, *(cid(n) for n in range(12)), cid(1234), cid(3)[:6] + "9" + cid(3)[7:], swapped(cid(1234)), "1234"]
    )
    return somebody(
        rng.choice(GIVEN), rng.choice(FAMILY), area=rng.choice(AREAS),
        house=rng.choice(["12/3", "12/4", *map(str, range(9)), None]), birth_date=rng.choice(BIRTHS),
        sex=rng.choice(["m", "f", ""]), cid=number,
        phone=rng.choice(["", "", "+66811112222", "+66833334444"]), house_code=rng.choice(["", "", "52060000001"]),
    )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_python_and_duckdb_find_the_same_pairs_with_the_same_weights(seed):
    rng = Random(seed)
    table = table_of([invented(rng) for _ in range(250)])
    scorer = Scorer(table, names_of(table, model()), model())
    open_rows = [place for place in range(250) if rng.random() < 0.7]
    many = Many(scorer)

    by_python = {(found.left, found.right): found for found in scorer.of_rows(open_rows, -100.0)}
    by_duckdb = {(found.left, found.right): found for found in many.of_rows(open_rows, -100.0)}
    looked_up = {(found.left, found.right): found for found in many.of_pairs(by_python)}

    many.close()
    assert len(by_python) > 500
    for other in (by_duckdb, looked_up):
        assert by_python.keys() == other.keys()
        assert {pair: found.levels for pair, found in by_python.items()} == {
            pair: found.levels for pair, found in other.items()
        }
        assert [found.bits for found in by_python.values()] == pytest.approx([other[pair].bits for pair in by_python])


def test_every_finding_is_the_same_in_python_and_in_sql():
    rng = Random(3)
    table = table_of([invented(rng) for _ in range(250)])
    scorer = Scorer(table, names_of(table, model()), model())
    pairs = list(combinations(range(250), 2))
    many = Many(scorer)

    by_python, by_sql = list(scorer.of_pairs(pairs)), sorted(many.of_pairs(pairs))

    many.close()
    assert [found.levels for found in by_python] == [found.levels for found in by_sql]
    met = {finding for found in by_python for finding in found.levels._asdict().items()}
    assert {(each.name, code) for each in COMPARISONS for code in each.findings} - met == set()


def sides(table: Table) -> dict[str, Side]:
    found = {key: table.side(place) for place, key in enumerate(table.keys)}
    return {key: side._replace(mates=side.mates and frozenset(side.mates)) for key, side in found.items()}


def test_everybody_is_made_ready_for_comparison_as_a_few_are():
    rng = Random(4)
    living = [(house, size) for house, size in enumerate((1, 2, 5, LARGEST_FAMILY, LARGEST_FAMILY + 1), 1)]
    tell(
        *[
            row(rng.choice(GIVEN[:-1]), rng.choice(FAMILY), house=str(house), birth_date=rng.choice(BIRTHS))
            for house, size in living
            for _each in range(size)
        ],
        row("ไม่มีบ้าน", "", house=None),
        row("มาลี", "ใจดี", cid=cid(3), phone=["+66811112222"], sex="f", house="12/3"),
    )
    subjects = [invented(rng) for _each in range(60)]

    everybody = table_of_everyone(subjects)
    few = table_of(subjects, people.linkage_rows(everybody.keys[60:]))

    assert len(few) == 60 + sum(size for _house, size in living) + 2
    assert sides(everybody) == sides(few)
    assert everybody.shown(everybody.keys) == few.shown(everybody.keys)
    told = sides(few).values()
    assert all(any(getattr(side, name) for side in told) for name in Side._fields if name != "house_code")
    assert {len(side.mates) for side in told if side.mates} >= {1, 2, 3}


def test_a_list_with_one_name_on_every_row_does_not_make_every_pair():
    table = table_of([somebody("ไม่ทราบ", "ชื่อ", house=None) for _ in range(CROWD + 1)])
    scorer = Scorer(table, names_of(table, model()), model())
    many = Many(scorer)
    everybody = range(len(table))

    assert list(scorer.of_rows(everybody, -100.0)) == []
    assert list(many.of_rows(everybody, -100.0)) == []
    many.close()


def grouped(subjects: list[Subject]) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """Which rows were put together, and which pairs of rows somebody is asked about."""
    matches = link(subjects)
    first = {match.key: match.person or match.key for match in matches}
    groups: dict[str, set[str]] = {}
    for key, target in first.items():
        groups.setdefault(target, set()).add(key)
    asked = {
        frozenset((first[match.key], first.get(other.person, other.person)))
        for match in matches
        for other in match.others
    }
    together = {frozenset(group) for group in groups.values()}
    return together, {frozenset(min(groups[key]) for key in pair) for pair in asked}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), shuffle=st.randoms(use_true_random=False))
def test_the_answers_do_not_depend_on_the_order_of_the_rows(seed, shuffle):
    rng = Random(seed)
    subjects = [invented(rng) for _ in range(25)]
    shuffled = list(subjects)
    shuffle.shuffle(shuffled)

    assert grouped(subjects)[0] == grouped(shuffled)[0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_no_group_holds_two_valid_ids_and_every_answer_leads_to_an_earlier_row(seed):
    rng = Random(seed)
    subjects = [invented(rng) for _ in range(40)]

    matches = link(subjects)

    place = {subject.key: at for at, subject in enumerate(subjects)}
    ids: dict[str, set[str]] = {}
    for subject, match in zip(subjects, matches, strict=True):
        assert match.key == subject.key
        assert (match.outcome == "linked") == (match.person is not None)
        assert match.person is None or place[match.person] < place[match.key]
        if subject.cid and citizen_id(subject.cid).value:
            ids.setdefault(match.person or match.key, set()).add(subject.cid)
    assert all(len(found) == 1 for found in ids.values())


def test_letters_and_not_bytes_are_compared():
    assert len(coded("สมชาย") or "") == 5
    assert (coded("สมชาย") or "").isascii()
