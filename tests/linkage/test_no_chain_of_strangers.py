"""A person whose rows contradict each other is parted or asked about, with the reason; and never by the order."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mudmai.linkage.rules.contradictions import Joint, contradictions
from mudmai.people.rules.fold import Told

KEYS = [f"{n:032x}" for n in range(7)]
IDS = ["a" * 32, "b" * 32]


def seen(
    number: int, kind: str = "civil_register", *, cid: int | None = None, on: str = "2026-10-01", **said: Any
) -> Told:
    return Told(KEYS[number], kind, on, said, cid=None if cid is None else IDS[cid])


def joint(left: int, right: int, basis: str = "model", score: float = 0.995, **evidence: Any) -> Joint:
    told = {name: {"level": level} for name, level in evidence.items()}
    return Joint(f"{left}{right}{basis}", KEYS[left], KEYS[right], basis, score, "2026-10-01", told)


def told_of(found: list[Any]) -> list[tuple[str, str]]:
    return [(each.reason, each.joint.id) for each in found]


rows_of = st.builds(
    seen,
    st.integers(0, 6),
    st.sampled_from(["civil_register", "tpmap", "volunteer_survey", "staff"]),
    cid=st.sampled_from([None, None, 0, 1]),
    sex=st.sampled_from(["", "m", "f"]),
    birth_date=st.sampled_from(["", "1950", "1951-02", "1980-01-05"]),
)
joints_of = st.builds(
    joint,
    st.integers(0, 6),
    st.integers(0, 6),
    st.sampled_from(["staff", "cid", "model"]),
    st.sampled_from([0.99, 0.995, 1.0]),
    sex=st.sampled_from(["same", "different"]),
)
people = st.tuples(
    st.lists(rows_of, max_size=7, unique_by=lambda row: row.id),
    st.lists(joints_of, max_size=9, unique_by=lambda one: one.id),
    st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=1),
)


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_decisions_does_not_matter(person: Any, chance: random.Random) -> None:
    rows, joints, apart = person
    shuffled = [list(each) for each in person]
    for each in shuffled:
        chance.shuffle(each)

    assert contradictions(*shuffled) == contradictions(rows, joints, apart)


@given(people)
def test_without_the_doubted_decisions_nothing_contradicts_any_more(person: Any) -> None:
    rows, joints, apart = person
    doubted = {each.joint.id for each in contradictions(rows, joints, apart)}

    assert contradictions(rows, [each for each in joints if each.id not in doubted], apart) == []


def beyond_doubt(one: Joint, rows: list[Told]) -> bool:
    """A correction belongs to its row, and who saw the contradiction decided knowing it."""
    return one.knew("two_sexes") or any(row.id == one.left and row.kind == "staff" for row in rows)


@given(people)
def test_a_doubted_decision_is_never_stronger_than_what_it_leaves(person: Any) -> None:
    """A chain breaks at its weakest link: with only the stronger ones, the two sides would not meet at all."""
    rows, joints, apart = person
    for each in contradictions(rows, joints, apart):
        stronger = [one for one in joints if one.strength < each.joint.strength or beyond_doubt(one, rows)]
        assert each.joint.id not in {found.joint.id for found in contradictions(rows, stronger, apart)}
        assert each.joint.id in {found.joint.id for found in contradictions(rows, [*stronger, each.joint], apart)}


def test_two_checked_ids_in_one_person_part_at_the_weakest_link_of_the_model() -> None:
    rows = [seen(0, cid=0), seen(1, "volunteer_survey"), seen(2, "disability_register", cid=1)]
    links = [joint(1, 0, score=0.999), joint(2, 1, score=0.992)]

    found = contradictions(rows, links)

    assert told_of(found) == [("two_ids", "21model")]
    assert found[0].sure
    assert (found[0].left, found[0].right) == (KEYS[2], KEYS[0])


def test_an_id_copied_by_a_source_that_does_not_check_it_contradicts_nothing() -> None:
    rows = [seen(0, cid=0), seen(1, "tpmap", cid=1)]

    assert contradictions(rows, [joint(1, 0)]) == []


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"sex": "m"}, {"sex": "f"}, "two_sexes"),
        ({"birth_date": "1950-03-15"}, {"birth_date": "1975"}, "generation"),
    ],
)
def test_what_cannot_be_one_person_is_asked_about_and_not_parted_alone(one: Any, other: Any, reason: str) -> None:
    found = contradictions([seen(0, **one), seen(1, **other)], [joint(1, 0)])

    assert told_of(found) == [(reason, "10model")]
    assert not found[0].sure


def test_a_dead_person_whom_somebody_met_later_is_asked_about() -> None:
    rows = [seen(0, death_date="2026-09-01"), seen(1, "home_visit", on="2026-10-20")]

    assert told_of(contradictions(rows, [joint(1, 0)])) == [("dead_and_seen", "10model")]
    assert contradictions([rows[0], seen(1, "home_visit", on="2026-08-20")], [joint(1, 0)]) == []
    # An office goes on paying for a while; that is no sign of life.
    assert contradictions([rows[0], seen(1, "old_age_payees", on="2026-10-20")], [joint(1, 0)]) == []


def test_not_the_same_is_kept_although_a_third_row_brings_the_two_together() -> None:
    found = contradictions([seen(0), seen(1), seen(2)], [joint(1, 0, "cid"), joint(2, 1)], [(KEYS[0], KEYS[2])])

    assert told_of(found) == [("kept_apart", "21model")]
    assert found[0].sure


def test_a_decision_of_a_person_is_only_questioned() -> None:
    found = contradictions([seen(0, cid=0), seen(1, cid=1)], [joint(1, 0, "staff")])

    assert told_of(found) == [("two_ids", "10staff")]
    assert not found[0].sure


def test_who_decided_with_the_contradiction_before_the_eyes_is_not_asked_again() -> None:
    rows = [seen(0, cid=0), seen(1, cid=1), seen(2, cid=1)]

    assert contradictions(rows, [joint(1, 0, "staff", cid="different"), joint(2, 0)]) == []


def test_a_corrected_id_or_birth_date_is_no_second_one() -> None:
    """The office wrote the wrong id; staff put it right; the next register has the right one."""
    rows = [
        seen(0, cid=0, sex="m", birth_date="1950"),
        Told(KEYS[1], "staff", "2026-10-05", {"sex": "f", "birth_date": "1980"}, True, cid=IDS[1]),
        seen(2, cid=1, sex="f", birth_date="1980"),
    ]

    assert contradictions(rows, [joint(1, 0, "staff"), joint(2, 0)]) == []
