"""A single record meets the same person, for the same reasons, as it would on a list; a household does, too."""

from dataclasses import replace

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.linkage.folk import cid, known, link_one, somebody
from tests.people.town import row, tell

from mudmai.kernel.uuid7 import uuid7
from mudmai.linkage.rules.people import PEOPLE
from mudmai.linkage.rules.schemes import CROWD
from mudmai.linkage.services import Match, Subject, link, match_household, match_one
from mudmai.linkage.services.single import ASKED, BORNE, NEVER
from mudmai.people.queries import persons_of_whom
from mudmai.people.queries.alike import HOLDS, NARROW
from mudmai.people.rules.addressing import household_key
from mudmai.people.services import NewDecision, NewRecord, add_decisions

pytestmark = pytest.mark.django_db

GIVEN = ["มาลี", "นางมาลี", "มาลี (แดง)", "มาลีย์", "มารี", "สมชาย", "สมชัย", "ณัฐพล", "ณัฐพงษ์", "Anna", ""]
FAMILY = ["ใจดี", "ใจดีย์", "คำแสน", "วงศ์คำ", "วงค์คำ", ""]
BIRTHS = [
    "1950-03-15",
    "1950-03-16",
    "1950-03",
    "1950",
    "1951",
    "1960-03-15",
    "1950-01-01",
    "1985-11-02",
    "1985-02-11",
    "",
]
AREAS = ["52030601", "52030602", "520306", "50010101", ""]
IDS = [
    None,
    cid(1),
    cid(2),
    cid(3),
    cid(3)[:6] + "9" + cid(3)[7:],
    cid(2)[:4] + cid(2)[5] + cid(2)[4] + cid(2)[6:],
    "1234",
]


@pytest.fixture(autouse=True)
def _every_name_is_common(monkeypatch):
    """The counts of common names are kept for a while; here, of every name that somebody bears."""
    monkeypatch.setattr("mudmai.people.queries.alike.COMMON", 1)
    cache.clear()


subjects = st.builds(
    somebody,
    st.sampled_from(GIVEN),
    st.sampled_from(FAMILY),
    house=st.sampled_from(["12/3", "12/4", "5 ก", None]),
    area=st.sampled_from(AREAS),
    birth_date=st.sampled_from(BIRTHS),
    sex=st.sampled_from(["m", "f", ""]),
    cid=st.sampled_from(IDS),
    phone=st.sampled_from(["", "", "+66811112222"]),
)


def record_of(one: Subject) -> NewRecord:
    """What a list said about somebody who is in the registry by now; only valid ids are kept there."""
    said = {"given_name": one.given, "family_name": one.family, "sex": one.sex, "birth_date": one.birth_date}
    said |= {"house_no": one.house_no, "area": one.area, "phone": [one.phone] if one.phone else ""}
    return NewRecord(
        said={code: value for code, value in said.items() if value}, id=one.key, area_code=one.area,
        household_key=one.household_key, cid=one.cid if one.cid in IDS[1:4] else None, row_ref="1!1",
    )  # fmt: skip


def found_alike(registry: list[Subject], asked: list[Subject], apart: list[tuple[int, int]]) -> None:
    """Both ways give the same answers; what was told is forgotten afterwards."""
    with transaction.atomic():
        if registry:
            tell(*map(record_of, registry))
        add_decisions(
            [
                NewDecision("different", asked[left % len(asked)].key, registry[right % len(registry)].key)
                for left, right in apart
                if registry
            ]
        )
        cache.clear()

        by_list, by_index = link(asked), match_household(asked)
        alone = [match_one(each) for each in asked]
        listed_alone = [link([each])[0] for each in asked]

        transaction.set_rollback(True)
    assert by_list == by_index
    assert listed_alone == alone


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    registry=st.lists(subjects, max_size=25),
    asked=st.lists(subjects, min_size=1, max_size=4),
    apart=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 24)), max_size=2),
)
def test_a_record_alone_meets_the_person_whom_it_meets_on_a_list(registry, asked, apart):
    found_alike(registry, asked, apart)


@pytest.mark.parametrize("namesakes", [CROWD - 2, CROWD - 1, CROWD, CROWD + 1])
def test_a_crowd_is_a_crowd_both_ways(namesakes):
    same_day = somebody(house=None, area="520306", birth_date="1950-03-15")
    found_alike([replace(same_day, key=uuid7().hex) for _ in range(namesakes)], [same_day], [])


def test_the_evidence_and_the_rivals_are_those_of_the_list():
    known(birth_date="1950", house="8")
    known(birth_date="1950", house="9")
    row_of_list = somebody(birth_date="1950-05-04", house=None)

    alone = match_one(row_of_list)

    assert alone.outcome == "review"
    assert len(alone.others) == 2
    assert alone == link([row_of_list])[0]


def test_two_rows_of_one_household_are_found_to_be_one_person():
    first, again = somebody(birth_date="1950-03-15"), somebody(birth_date="1950-03-15")

    assert [(match.outcome, match.person) for match in match_household([first, again])] == [
        ("new", None),
        ("linked", first.key),
    ]


def test_nobody_asked_nobody_answered():
    assert match_household([]) == []


def test_a_name_becomes_common_while_people_come_in():
    for number in range(40):
        tell(row("สมใจ", f"สกุล{number}", house=str(number + 1)))
    tell(row("สมใจ", "ใจดี", birth_date="1950", house="99"))
    told = {"given": "สมใจ", "birth_date": "1950-02-03", "house": None}

    before = match_one(somebody(**told))
    for number in range(40):
        tell(row("สมใจ", f"ตระกูล{number}", house=str(number + 1), area="52030602"))
    after: Match = match_one(somebody(**told))

    assert _best(after) < _best(before)
    assert _best(after) == _best(link_one(**told))


def _best(match: Match) -> float:
    return match.others[0].score if match.others else match.score


def test_every_block_can_be_asked_of_the_registry():
    assert {name for block in PEOPLE.blocking for name in block.right} <= ASKED.keys() | NEVER
    assert {column for _at, _code, column in PEOPLE.frequencies} <= BORNE.keys()


VALUES = {
    "cid_hash": (b"0123456789abcdef",), "given": ("มาลี", "มาลี"), "family": ("ใจดี", "จายดี"), "given_sound": ("มาลี",),
    "family_sound": ("จายดี",), "birth_date": ("1950-03-15",), "born_in": (1950,), "within": ("520306",),
    "house": (household_key(area="52030601", house_no_key="12/3"),), "number_in": ("12/3", "520306"),
    "phone": ("+66811112222",),
}  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ("cid_hash",), ("given", "family"), ("given", "birth_date"), ("given", "born_in", "within"),
        ("family", "birth_date"), ("given_sound", "family_sound", "within"), ("given", "house"), ("family", "house"),
        ("given", "number_in"), ("family_sound", "born_in", "within"), ("phone", "given"),
    ],
)  # fmt: skip
def test_no_question_reads_the_whole_table(words):
    assert HOLDS.keys() == VALUES.keys()
    plans: list[str] = []

    def explained(execute, sql, params, many, context):
        execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}", params, many, context)
        plans.extend(str(line) for line in context["cursor"].fetchall())
        return execute(sql, params, many, context)

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a test's few people are quicker read than looked up
    with connection.execute_wrapper(explained):
        persons_of_whom({word: VALUES[word] for word in words}, CROWD)

    assert plans
    # A common name would lead to thousands where the house leads to three.
    assert not (NARROW & set(words) and any("people_person_given" in plan or "_heard" in plan for plan in plans))
    assert not any("SCAN p" in plan or "Seq Scan on people_person" in plan for plan in plans)
