"""Capture–recapture: published examples come out as printed, known truth lies in the interval, and some are refused."""

from itertools import product
from math import inf

import numpy as np
import pytest

from mudmai.needs.rules import unseen
from mudmai.needs.rules.unseen import Estimate, History, Refusal, chao, chapman, estimate, fit, profile


def histories(*counts: int) -> dict[History, int]:
    """Counts in the usual order: 111, 110, 101, 100, 011, 010, 001."""
    sources = (len(counts) + 1).bit_length() - 1
    order = sorted(product((True, False), repeat=sources), reverse=True)[:-1]
    return dict(zip(order, counts, strict=True))


# ---------------------------------------------------------------- examples of the literature

# 1990 census of the United States, table R3: Darroch, Fienberg, Glonek & Junker 1993; as in Rivest 2011.
CENSUS = histories(72, 155, 7, 71, 13, 53, 43)
# Diabetes in Casale Monferrato, four sources: Bruno et al. 1994, Diabetes Care 17; as in Rivest 2011.
DIABETES = histories(58, 157, 18, 104, 46, 650, 12, 709, 14, 20, 7, 74, 8, 182, 10)
# Fatal injuries at work in New Zealand, three sources: Cormack, Chang & Smith 2000, table 3b.
INJURIES = histories(72, 5, 29, 54, 24, 3, 14)
# Hepatitis A in a college in Taiwan, three sources: Chao, Tsay, Lin, Shau & Chao 2001, Statistics in Medicine 20.
HEPATITIS = histories(28, 21, 17, 69, 18, 55, 63)


def test_chapman_of_seber_1982() -> None:
    """948 marked, 421 taken, 167 of them marked: Petersen's figure is 2,390, Chapman's 2,383 with error 129."""
    found = chapman(948, 421, 167)

    assert round(found.total) == 2383
    assert round(found.error) == 129
    assert found.low < 2383 < found.high


def test_chapman_of_pairs_of_the_hepatitis_lists_beside_the_petersen_figures_of_chao_2001() -> None:
    """Petersen: 336, 378 and 334; Chapman lies a little below, as it should."""
    pairs = [chapman(135, 122, 49).total, chapman(135, 126, 45).total, chapman(122, 126, 46).total]

    assert [round(135 * 122 / 49), round(135 * 126 / 45), round(122 * 126 / 46)] == [336, 378, 334]
    assert [round(each) for each in pairs] == [334, 374, 331]


def test_the_cottontails_of_edwards_and_eberhardt_whose_number_was_known() -> None:
    """Chao 1987: 76 of 135 penned rabbits caught in 18 nights, 43 once and 16 twice."""
    found = chao(76, 43, 16, 18)

    assert 76 < found.total < 135
    assert found.low < 135 < found.high


@pytest.mark.parametrize(
    ("counts", "pairs", "total", "error", "deviance", "free"),
    [
        (CENSUS, ((0, 1), (0, 2), (1, 2)), 1240, 451, 0.0, 0),
        (CENSUS, ((0, 1), (1, 2)), 850, 186, 3.8, 1),
        (DIABETES, ((0, 1), (0, 2), (1, 2), (1, 3), (2, 3)), 2771, 145, 7.62, 5),
        (DIABETES, ((0, 2), (1, 3), (2, 3)), 2472, 53, 21.97, 7),
        (INJURIES, (), 209, None, 75.1, 3),
        (HEPATITIS, (), 388, None, 24.36, 3),
        (HEPATITIS, ((0, 1), (0, 2), (1, 2)), 1313, None, 0.0, 0),
    ],
)
def test_log_linear_models_of_the_literature(
    counts: dict[History, int], pairs: unseen.Pairs, total: int, error: int | None, deviance: float, free: int
) -> None:
    found = fit(counts, pairs)

    assert found is not None
    assert round(found.total) == total
    assert error is None or round(found.error) == error
    assert found.deviance == pytest.approx(deviance, abs=0.06)
    assert found.free == free


def test_the_profile_interval_of_cormack_chang_and_smith() -> None:
    """Table 3b: independent sources 203–217; pairs 1–3 and 2–3 dependent, from 204 on."""
    assert [round(each) for each in profile(INJURIES, ())] == [209, 203, 217]
    assert round(profile(INJURIES, ((0, 2), (1, 2)))[1]) == 204


def test_the_model_is_chosen_by_aicc_and_the_dependence_that_the_paper_found_is_named() -> None:
    """Cormack, Chang & Smith choose the model in which the second and third source depend on each other: 221."""
    found = estimate(INJURIES)

    assert isinstance(found, Estimate)
    assert (found.method, found.pairs, round(found.total)) == ("log_linear", ((1, 2),), 221)
    assert [round(found.low), round(found.high)] == [210, 236]


def test_bruno_and_others_choose_the_same_model() -> None:
    found = estimate(DIABETES)

    assert isinstance(found, Estimate)
    assert found.pairs == ((0, 1), (0, 2), (1, 2), (1, 3), (2, 3))
    assert found.low < 2771 < found.high


def test_where_every_pair_depends_the_answer_says_that_nothing_tests_it() -> None:
    found = estimate(HEPATITIS)

    assert isinstance(found, Estimate)
    assert unseen.NO_TEST in found.notes


# ---------------------------------------------------------------- known truth


def found_by(rng: np.random.Generator, people: int, chances: tuple[float, ...]) -> dict[History, int]:
    """Independent sources, each with its chance to find a person."""
    return seen_of(rng.random((people, len(chances))) < np.array(chances))


def seen_of(caught: np.ndarray) -> dict[History, int]:
    return unseen.counted(caught[caught.any(axis=1)].tolist())


@pytest.mark.parametrize(("people", "chances"), [(40, (0.6, 0.5)), (120, (0.5, 0.4)), (600, (0.3, 0.4))])
def test_two_independent_sources_hold_the_truth_in_their_interval_19_times_in_20(
    people: int, chances: tuple[float, float]
) -> None:
    rng = np.random.default_rng(2569)
    found = [estimate(found_by(rng, people, chances)) for _ in range(1500)]
    told = [each for each in found if isinstance(each, Estimate)]

    held = sum(each.low <= people <= each.high for each in told) / len(told)
    drift = float(np.mean([each.total for each in told])) / people - 1

    assert len(told) > 1480
    assert 0.935 <= held <= 0.975
    assert abs(drift) < 0.02


@pytest.mark.parametrize(("people", "chances"), [(80, (0.5, 0.5, 0.4)), (300, (0.4, 0.5, 0.3))])
def test_three_independent_sources_hold_the_truth_nearly_as_often(
    people: int, chances: tuple[float, float, float]
) -> None:
    """A little below 95 %, because the same data chose the model."""
    rng = np.random.default_rng(2569)
    told = [each for _ in range(300) if isinstance(each := estimate(found_by(rng, people, chances)), Estimate)]

    held = sum(each.low <= people <= each.high for each in told) / len(told)

    assert len(told) > 295
    assert held >= 0.88


def dependent(rng: np.random.Generator, people: int) -> np.ndarray:
    """The volunteer copies half of her list from the health station; the third source is independent."""
    station = rng.random(people) < 0.5
    volunteer = np.where(rng.random(people) < 0.5, station, rng.random(people) < 0.4)
    third = rng.random(people) < 0.4
    return np.stack([station, volunteer, third], axis=1)


def test_two_dependent_sources_drift_low_and_a_third_one_mends_it() -> None:
    rng = np.random.default_rng(2569)
    drawn = [dependent(rng, 400) for _ in range(150)]
    two = [estimate(seen_of(each[:, :2])) for each in drawn]
    three = [estimate(seen_of(each)) for each in drawn]

    low = np.mean([each.total for each in two if isinstance(each, Estimate)])
    mended = [each for each in three if isinstance(each, Estimate)]
    held_by_two = np.mean([each.low <= 400 <= each.high for each in two if isinstance(each, Estimate)])
    held = np.mean([each.low <= 400 <= each.high for each in mended])

    assert low < 330
    assert held_by_two < 0.05
    assert 385 < np.mean([each.total for each in mended]) < 420
    assert held > 0.85


def test_unequal_chances_drift_low_and_chaos_bound_stays_a_bound() -> None:
    """Half of the people are known to everybody, the other half hide."""
    rng = np.random.default_rng(2569)
    chances = np.where(np.arange(400) < 200, 0.7, 0.15)
    bounds = []
    for _ in range(150):
        caught = rng.random((400, 3)) < chances[:, None]
        times = caught.sum(axis=1)
        bounds.append(chao(int((times > 0).sum()), int((times == 1).sum()), int((times == 2).sum()), 3).total)

    assert np.mean(bounds) < 400
    assert np.mean(bounds) > 0.75 * 400


# ---------------------------------------------------------------- where nothing can be said


def test_what_cannot_be_told_is_refused_with_its_reason() -> None:
    assert estimate({}) == Refusal("nobody", 0)
    assert estimate({(True, False): 12}) == Refusal("one_source", 12, 0)
    assert estimate({(True, False): 12, (False, True): 9}) == Refusal("no_overlap", 21)
    assert estimate({(True, True): 9, (True, False): 12}) == Refusal("complete", 21, 0)
    assert estimate({(True,) * 5: 3, (True, False, True, False, True): 2}).__class__ is Refusal


def test_a_source_without_anybody_is_left_out_and_named() -> None:
    found = estimate({(True, False, True): 20, (True, False, False): 10, (False, False, True): 8})

    assert isinstance(found, Estimate)
    assert (found.method, found.notes) == ("chapman", ("source_empty",))


def test_few_people_in_both_sources_weaken_the_answer() -> None:
    found = estimate({(True, True): 3, (True, False): 9, (False, True): 7})

    assert isinstance(found, Estimate)
    assert "few_shared" in found.notes


def test_three_sources_that_hardly_overlap_say_so() -> None:
    found = estimate(histories(0, 1, 0, 14, 0, 11, 9))

    assert isinstance(found, Refusal) or found.high == inf or "few_shared" in found.notes


def test_nobody_hidden_below_those_seen() -> None:
    found = estimate({(True, True): 30, (True, False): 1, (False, True): 1})

    assert isinstance(found, Estimate)
    assert found.unseen_low >= 0
    assert found.low >= found.seen


def test_a_part_of_a_list_is_no_second_look() -> None:
    """The fund's register was drawn from the station's list: only the visits look a second time."""
    nested = {(True, True, False): 9, (True, False, False): 11, (True, False, True): 6, (False, False, True): 5}

    found = estimate({**nested, (True, True, True): 4})

    assert isinstance(found, Estimate)
    assert (found.method, found.notes) == ("chapman", ("nested",))
    assert round(found.total, 1) == round(31 * 16 / 11 - 1, 1)


def test_where_the_only_second_look_overlaps_with_nobody_it_is_refused() -> None:
    found = estimate({(True, True, False): 47, (True, False, False): 14, (False, False, True): 5})

    assert found == Refusal("no_overlap", 66)


def test_a_model_that_fits_badly_says_so() -> None:
    """Hepatitis by independent sources has a deviance of 24 on 3 degrees; only dependence of all pairs fits."""
    told = fit(HEPATITIS, ())

    assert told is not None
    assert told.deviance > unseen.CHI2_OF[told.free]
