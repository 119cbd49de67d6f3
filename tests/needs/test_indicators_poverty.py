"""Counting poverty after Alkire and Foster: the textbook's numbers, and bounds where something is not known."""

from itertools import product

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mudmai.needs.rules.poverty import WeightsRefused, alkire_foster, is_poor, shares_of

FOUR = ("income", "schooling", "health", "insurance")
# The ten indicators of the global MPI as it was first computed: three domains of equal weight, ten in all.
MPI = {
    "schooling": 5 / 3, "enrolment": 5 / 3, "nutrition": 5 / 3, "mortality": 5 / 3,
    "electricity": 5 / 9, "water": 5 / 9, "sanitation": 5 / 9, "floor": 5 / 9, "fuel": 5 / 9, "assets": 5 / 9,
}  # fmt: skip


def bits(marks: str) -> int:
    """Marks such as 0101, the first dimension first, as bits."""
    return sum(1 << place for place, mark in enumerate(marks) if mark == "1")


def test_the_example_of_alkire_and_foster_2011():
    """Four persons, four dimensions, deprived 0, 2, 4 and 1 times; with k = 2: H = 1/2, A = 3/4, M0 = 3/8."""
    people = {(bits("0000"), 0): 1, (bits("0101"), 0): 1, (bits("1111"), 0): 1, (bits("0100"), 0): 1}

    found = alkire_foster(people, k=2, names=FOUR)

    assert (found.h, found.a, found.m0) == ((0.5, 0.5), (0.75, 0.75), (0.375, 0.375))
    # Of the six failures of the poor two are in schooling, two in insurance, one in each of the others.
    assert found.parts_low == pytest.approx({"income": 1 / 6, "schooling": 2 / 6, "health": 1 / 6, "insurance": 2 / 6})


def test_the_worked_example_of_the_global_mpi():
    """HDR 2011, technical note 4: households of 4, 7, 5 and 4 people, k = 3 of 10: H = 0.80, A = 0.56, M0 = 0.45."""
    houses = {
        "0001000010": 4,  # one or more children have died; cooks with wood
        "1101101011": 7,
        "0010111010": 5,
        "1001100011": 4,
    }
    counts = {marks: sum(w for w, mark in zip(MPI.values(), marks, strict=True) if mark == "1") for marks in houses}
    assert [round(count, 2) for count in counts.values()] == [2.22, 7.22, 3.89, 5.0]

    found = alkire_foster({(bits(marks), 0): n for marks, n in houses.items()}, k=3, weights=MPI, names=tuple(MPI))

    assert found.h
    assert found.a
    assert found.m0
    assert (found.h.low, round(found.a.low, 4), round(found.m0.low, 3)) == (0.8, 0.5625, 0.45)
    education = found.parts_low["schooling"] + found.parts_low["enrolment"]
    health = found.parts_low["nutrition"] + found.parts_low["mortality"]
    assert (round(education, 3), round(health, 3), round(1 - education - health, 3)) == (0.333, 0.296, 0.370)


def test_failing_one_of_five_dimensions_is_enough_for_tpmap():
    assert [is_poor(0b100, 0), is_poor(0, 0b1), is_poor(0, 0)] == [True, None, False]
    found = alkire_foster({(0b100, 0): 1, (0, 0): 3})
    assert (found.h, found.m0) == ((0.25, 0.25), (0.05, 0.05))


def test_what_is_not_known_gives_bounds_instead_of_a_number():
    found = alkire_foster({(0b00011, 0): 6, (0b00001, 0b00010): 2, (0, 0): 2}, k=2)

    assert found.h == (0.6, 0.8)
    assert found.m0 == pytest.approx((0.24, 0.32))
    assert found.a == pytest.approx((0.4, 0.4))


def test_a_weight_of_zero_is_looked_at_and_does_not_count():
    weights = {"health": 1, "living": 1, "education": 1, "income": 1, "access": 0}
    found = alkire_foster({(0b10000, 0): 1, (0b00001, 0): 1}, weights=weights)

    assert found.h == (0.5, 0.5)
    assert found.parts_low["access"] == 0
    assert shares_of(weights)["access"] == 0


@pytest.mark.parametrize(
    ("weights", "k", "says"),
    [
        ({"health": 0, "living": 0}, 1, "All weights are zero"),
        ({"health": -1, "living": 2}, 1, "from zero on"),
        ({"health": float("nan")}, 1, "from zero on"),
        ({"luck": 1}, 1, "no dimension “luck”"),
        (None, 6, "not above all weights, 5"),
        (None, 0, "above zero"),
    ],
)
def test_weights_that_measure_nothing_are_refused_with_a_sentence(weights, k, says):
    with translation.override("en"), pytest.raises(WeightsRefused, match=says):
        alkire_foster({(1, 0): 1}, k=k, weights=weights)


def test_of_an_area_without_people_nothing_is_said():
    assert alkire_foster({}) == (0, None, None, None, {}, {})


def test_where_nobody_can_be_poor_there_is_no_average():
    found = alkire_foster({(0b1, 0b10): 5}, k=3)
    assert (found.h, found.a, found.m0) == ((0, 0), None, (0, 0))


profiles = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).map(lambda pair: (pair[0], pair[1] & ~pair[0])),
    st.integers(1, 3),
    min_size=1,
    max_size=3,
)


@given(profiles, st.sampled_from([0.5, 1, 1.5, 2, 3, 4]), st.sampled_from([(1, 1, 1), (2, 1, 1), (0, 1, 3)]))
def test_the_bounds_are_the_least_and_most_of_every_way_the_unknown_may_turn_out(told, k, weights):
    """Each person's unknowns are tried both ways; no bound is too wide or too narrow."""
    names = ("health", "living", "education")
    weighed = dict(zip(names, weights, strict=True))
    if k > sum(weights):
        return
    people = [profile for profile, n in told.items() for _ in range(min(n, 2))]
    found = alkire_foster({p: people.count(p) for p in people}, k=k, weights=weighed, names=names)
    worlds = []
    for world in product(*(_ways(failed, unsure) for failed, unsure in people)):
        one = alkire_foster({(fails, 0): world.count(fails) for fails in world}, k=k, weights=weighed, names=names)
        worlds.append((one.h.low, one.a.low if one.a else None, one.m0.low))

    hs, averages, m0s = ([value for value in column if value is not None] for column in zip(*worlds, strict=True))
    assert found.h == pytest.approx((min(hs), max(hs)))
    assert found.m0 == pytest.approx((min(m0s), max(m0s)))
    assert found.a == (pytest.approx((min(averages), max(averages))) if averages else None)


def _ways(failed, unsure):
    return [failed | some for some in range(8) if some & ~unsure == 0]
