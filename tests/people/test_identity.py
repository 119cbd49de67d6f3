"""Who is who: `people.rules.identity`, for any decisions in any order."""

import random

from hypothesis import given
from hypothesis import strategies as st

from mudmai.people.rules.identity import Edge, Withdrawal, clusters, withdrawn_targets

KEYS = [f"{n:032x}" for n in range(8)]
edges = st.lists(
    st.builds(Edge, st.sampled_from(["link", "merge"]), st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=8
)


@given(edges, st.randoms())
def test_the_order_of_decisions_does_not_matter(found: list[Edge], chance: random.Random) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)

    assert clusters(KEYS, shuffled) == clusters(KEYS, found)


@given(edges)
def test_every_decision_joins_its_two_sides(found: list[Edge]) -> None:
    named = clusters(KEYS, found)

    assert all(named[edge.left] == named[edge.right] for edge in found)


@given(edges, st.sampled_from(KEYS))
def test_a_linked_newcomer_never_renames_a_person(found: list[Edge], person: str) -> None:
    before = clusters(KEYS, found)
    newcomer = "0" * 31 + "f"  # sorts among the old keys

    after = clusters(KEYS, [*found, Edge("link", newcomer, person)])

    roots = {edge.left for edge in found if edge.kind == "link"}
    if any(before[key] == before[person] and key not in roots for key in KEYS):
        assert {key: after[key] for key in KEYS} == before


def test_taking_back_a_merge_parts_the_two_again() -> None:
    link = Edge("link", KEYS[2], KEYS[1])
    merge = Edge("merge", KEYS[1], KEYS[0])

    together, apart = clusters(KEYS[:3], [link, merge]), clusters(KEYS[:3], [link])

    assert together[KEYS[2]] == KEYS[0]
    assert apart == {KEYS[0]: KEYS[0], KEYS[1]: KEYS[1], KEYS[2]: KEYS[1]}


withdrawals = st.lists(
    st.builds(
        Withdrawal,
        st.sampled_from(["withdraw", "restore"]),
        st.sampled_from(KEYS),
        st.dates().map(str),
        st.uuids().map(str),
    ),
    max_size=8,
)


@given(withdrawals, st.randoms())
def test_the_newest_word_about_a_withdrawal_decides_whatever_arrives_first(
    found: list[Withdrawal], chance: random.Random
) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)

    assert withdrawn_targets(shuffled) == withdrawn_targets(found)
