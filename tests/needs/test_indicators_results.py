"""Each of the 31 indicators: passed, failed, not applicable, or not known, and never failed for want of an answer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.needs.town_in_columns import assessed, household, result, results, someone

from mudmai.kernel.logic import NO, UNKNOWN, YES
from mudmai.needs.rules.frameworks import DIMENSIONS
from mudmai.needs.rules.indicators import FAILED, NOT_APPLICABLE
from mudmai.needs.rules.sets import shipped_sets, usual_set
from mudmai.people.rules.catalogue import catalogue

ELDER, GROWN, CHILD, BABY = "1950-03-04", "1985-06-01", "2016-01-15", "2026-05-01"
OF_HOUSE = {4, 5, 8, 9, 10, 11, 12, 13, 14, 22, 23, 30, 31}
DIMENSION = {code: place for place, code in enumerate(DIMENSIONS)}


def test_the_set_of_2560_is_whole():
    found = usual_set()
    assert [indicator.no for indicator in found.indicators] == [str(no) for no in range(1, 32)]
    assert {int(indicator.no) for indicator in found.indicators if indicator.unit == "household"} == OF_HOUSE
    assert all(catalogue().attributes[indicator.told].applies == indicator.unit for indicator in found.indicators)
    assert all(indicator.can_be_evaluated and indicator.passes() for indicator in found.indicators)
    # TPMAP's map: 17 of the 31 (reference §1.3.6).
    assert sum(len(numbers) for numbers in found.dimensions.values()) == 17


def test_the_newer_38_lack_number_37_and_say_what_cannot_be_evaluated():
    found = shipped_sets()["jpt38"]
    assert len(found.indicators) == 37
    assert "37" not in found.places
    assert not found.offered
    assert all(indicator.note() for indicator in found.indicators if not indicator.can_be_evaluated)
    assert sum(not indicator.can_be_evaluated for indicator in found.indicators) == 20


@pytest.mark.parametrize("told", [("pass", "P"), ("fail", "F"), ("none", "N")])
@pytest.mark.parametrize("no", sorted(OF_HOUSE))
def test_what_the_survey_told_of_the_house_is_its_result(no, told):
    assert result(no, someone(), **{f"jpt31_{no:02d}": told[0]}) == told[1]


@pytest.mark.parametrize(
    ("no", "meant", "not_meant"),
    [
        (1, BABY, CHILD), (2, BABY, GROWN), (3, CHILD, GROWN), (6, GROWN, "1995-01-01"), (7, CHILD, BABY),
        (15, "2022-06-01", CHILD), (16, CHILD, "2011-11-02"), (17, "2010-01-01", ELDER), (18, GROWN, ELDER),
        (19, GROWN, ELDER), (20, GROWN, CHILD), (21, ELDER, GROWN), (26, CHILD, "2020-11-03"), (27, ELDER, GROWN),
    ],
)  # fmt: skip
def test_an_indicator_of_an_age_means_that_age(no, meant, not_meant):
    code = f"jpt31_{no:02d}"
    assert result(no, someone(meant, **{code: "fail"})) == "F"
    assert result(no, someone(meant, **{code: "pass"})) == "P"
    assert result(no, someone(meant)) == "U"
    assert result(no, someone(not_meant)) == "N"
    # What was told when they were younger, or by mistake, does not count.
    assert result(no, someone(not_meant, **{code: "fail"})) == "N"


def test_an_unknown_birth_date_makes_it_unknown_and_not_failed():
    assert result(27, someone("")) == "U"
    assert result(27, someone("", jpt31_27="pass")) == "P"
    assert result(27, someone("", jpt31_27="none")) == "N"
    # Only the year is known: who was born in 1966 may turn 60 in December, or have turned 60 in January.
    assert result(27, someone("1966", jpt31_27="none")) == "N"
    assert result(27, someone("1965", jpt31_27="none")) == "U"
    assert result(27, someone("1970")) == "N"


@pytest.mark.parametrize(("born", "letter"), [("1966-11-02", "F"), ("1966-11-03", "N"), ("1964-02-29", "F")])
def test_sixty_is_turned_on_the_day(born, letter):
    assert result(27, someone(born, jpt31_27="fail")) == letter


def test_nobody_it_applies_to_last_year_is_asked_again_when_it_applies():
    assert result(27, someone(ELDER, jpt31_27="none")) == "U"


def test_a_household_has_the_worst_that_is_known_of_its_members():
    good, bad, silent = someone(jpt31_25="pass"), someone(jpt31_25="fail"), someone()
    assert result(25, good, good) == "P"
    assert result(25, good, silent) == "U"
    assert result(25, silent, bad, good) == "F"


def test_who_died_moved_or_is_away_does_not_count():
    smoker = {"jpt31_25": "fail"}
    assert result(25, someone(jpt31_25="pass"), someone(status="dead", **smoker)) == "P"
    assert result(25, someone(jpt31_25="pass"), someone(presence="absent", **smoker)) == "P"


def test_a_house_that_nobody_lives_in_any_more_has_no_needs():
    gone = household(someone(status="dead", jpt31_25="fail"), jpt31_08="fail")
    found = assessed(gone)
    assert set(found.letters[0]) == {"N"}
    assert found.failed[0] == 0


def test_of_a_house_of_which_nobody_was_told_its_people_are_not_known():
    empty = household(jpt31_08="fail")
    assert results(empty)[0]["8"] == "F"
    assert results(empty)[0]["25"] == "U"


# ------------------------------------------------------------------------------------------------ derived results
def test_water_and_saving_follow_from_what_was_told_of_the_house():
    assert result(9, someone(), drinking_water=True) == "P"
    assert result(9, someone(), drinking_water=False) == "F"
    assert result(10, someone(), use_water=False) == "F"
    assert result(23, someone(), household_saves=True) == "P"
    assert [result(no, someone()) for no in (9, 10, 23)] == ["U", "U", "U"]


@pytest.mark.parametrize(
    ("tenure", "state", "letter"),
    [
        ("own", "sound", "P"), ("rent", "sound", "P"), ("own", "unsafe", "F"), ("none", None, "F"),
        ("own", "worn", "U"), ("with_others", "sound", "U"), (None, "sound", "U"), ("own", None, "U"),
    ],
)  # fmt: skip
def test_a_secure_and_durable_house(tenure, state, letter):
    told = {name: value for name, value in (("housing_tenure", tenure), ("house_state", state)) if value}
    assert result(8, someone(), **told) == letter


@pytest.mark.parametrize(
    ("told", "letter"),
    [
        ({"income_per_head_year": 38_000}, "P"), ({"income_per_head_year": 37_999}, "F"),
        ({"household_income_year": 76_000}, "P"), ({"household_income_year": 75_999}, "F"),
        ({"household_income": 6_400}, "P"), ({"household_income": 6_000}, "F"),
        # Of four that the survey told, the registry knows two.
        ({"household_income_year": 76_000, "member_count_told": 4}, "F"),
        ({}, "U"),
    ],
)  # fmt: skip
def test_income_a_head_is_measured_by_the_line_of_the_set(told, letter):
    assert result(22, someone(), someone(ELDER), **told) == letter


def test_who_studies_or_cannot_help_themselves_need_not_earn():
    assert result(20, someone(occupation_kind="student")) == "N"
    assert result(20, someone(disability_registered=True, self_care=False)) == "N"
    assert result(20, someone(occupation_kind="none", disability_registered=False)) == "F"
    assert result(20, someone(occupation_kind="none")) == "U"  # may be disabled and unable: nobody told
    assert (
        result(20, someone(occupation_kind="farmer", disability_registered=False, income_baht_per_year=60_000)) == "P"
    )
    assert result(21, someone(ELDER, disability_registered=True, self_care=False)) == "N"


def test_disabled_and_chronically_ill_are_asked_about_where_there_are_any():
    assert result(28, someone(disability_registered=False)) == "N"
    assert result(28, someone(disability_registered=True, caregiver_state="none")) == "F"
    assert result(28, someone()) == "U"
    assert result(29, someone(chronic_ill=True, jpt31_29="pass")) == "P"


# ------------------------------------------------------------------------------------------------ contradictions
def test_a_told_result_goes_before_what_would_follow_and_the_contradiction_is_kept():
    found = assessed(household(someone(), jpt31_22="pass", income_per_head_year=20_000))
    place = usual_set().places["22"]
    assert found.letters[0][place] == "P"
    assert found.contradicted[0, place]
    assert found.dimensions[0, DIMENSION["income"]] != YES


def test_income_told_twice_follows_the_first_rule_and_says_so():
    found = assessed(household(someone(), someone(), income_per_head_year=50_000, household_income_year=60_000))
    place = usual_set().places["22"]
    assert found.letters[0][place] == "P"
    assert found.contradicted[0, place]


def test_a_contradiction_about_one_member_is_one_of_the_household():
    elder = someone(ELDER, caregiver_state="always", jpt31_27="fail")
    found = assessed(household(elder), household(someone(ELDER, caregiver_state="always")))
    place = usual_set().places["27"]
    assert [letters[place] for letters in found.letters] == ["F", "P"]
    assert found.contradicted[:, place].tolist() == [True, False]


def test_agreeing_twice_is_no_contradiction():
    assert not assessed(household(someone(), jpt31_22="fail", income_per_head_year=20_000)).contradicted.any()


# ------------------------------------------------------------------------------------------------ dimensions
def test_a_dimension_fails_with_one_indicator_and_stands_when_all_are_known():
    whole = {f"jpt31_{no:02d}": "pass" for no in (8, 9, 10)}
    found = assessed(
        household(someone(), **whole, jpt31_11="fail"),
        household(someone(), **whole, jpt31_11="pass"),
        household(someone(), **whole),
    )
    assert found.dimensions[:, DIMENSION["living"]].tolist() == [YES, NO, UNKNOWN]
    assert [bits >> DIMENSION["living"] & 1 for bits in found.failed] == [1, 0, 0]
    assert [bits >> DIMENSION["living"] & 1 for bits in found.unsure] == [0, 0, 1]
    assert found.failed_low.tolist() == [1, 0, 0]


def test_what_tpmap_told_stands_beside_what_follows_here():
    found = assessed(household(someone(tpmap_income=True, tpmap_health=False), income_per_head_year=90_000))
    assert found.told_dimensions[0, DIMENSION["income"]] == YES
    assert found.told_dimensions[0, DIMENSION["health"]] == NO
    assert found.dimensions[0, DIMENSION["income"]] != YES


def test_failures_of_the_house_are_those_of_every_member():
    found = assessed(household(someone(jpt31_19="pass"), someone(CHILD), jpt31_09="fail"))
    assert found.person_poor.tolist() == [YES, YES]
    assert found.person_results[:, usual_set().places["9"]].tolist() == [FAILED, FAILED]
    assert found.person_results[1, usual_set().places["19"]] == NOT_APPLICABLE


# ------------------------------------------------------------------------------------------------ properties
births = st.sampled_from(["", ELDER, GROWN, CHILD, BABY, "1966", "2010-02"])
outcomes = st.sampled_from(["pass", "fail", "none"])
of_persons = {
    **{indicator.told: outcomes for indicator in usual_set().indicators if indicator.unit == "person"},
    "occupation_kind": st.sampled_from(["farmer", "student", "none"]),
    "disability_registered": st.booleans(), "self_care": st.booleans(), "chronic_ill": st.booleans(),
    "caregiver_state": st.sampled_from(["always", "none"]), "income_baht_per_year": st.sampled_from([0, 50_000]),
    "tpmap_poor": st.booleans(), "state_welfare_card": st.booleans(), "farmer_registered": st.booleans(),
    "relation_to_head": st.sampled_from(["head", "child"]), "adl_group": st.sampled_from(["bedridden", "active"]),
}  # fmt: skip
of_houses = {
    **{indicator.told: outcomes for indicator in usual_set().indicators if indicator.unit == "household"},
    "income_per_head_year": st.sampled_from([10_000, 38_000, 200_000]),
    "household_income": st.sampled_from([1_000, 50_000]), "drinking_water": st.booleans(),
    "use_water": st.booleans(), "household_saves": st.booleans(), "house_state": st.sampled_from(["sound", "unsafe"]),
    "housing_tenure": st.sampled_from(["own", "none"]), "member_count_told": st.integers(1, 6),
}  # fmt: skip
members = st.builds(lambda born, told: someone(born, **told), births, st.fixed_dictionaries({}, optional=of_persons))
homes = st.builds(
    lambda people, told: household(*people, **told),
    st.lists(members, max_size=4),
    st.fixed_dictionaries({}, optional=of_houses),
)


@settings(max_examples=60)
@given(homes)
def test_somebody_of_whom_nothing_is_known_never_makes_a_household_fail(house):
    before, after = results(house, household(*house["members"], someone("", sex=""), **house["told"]))
    turned = {no for no in before if after[no] == "F" and before[no] != "F"}
    # Income told of the whole house is divided by one more who lives there: no unknown, but a known mouth to feed.
    assert turned <= {"22"}


@settings(max_examples=60)
@given(st.lists(homes, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_members_and_of_houses_does_not_matter(houses, chance):
    shuffled = [household(*chance.sample(house["members"], len(house["members"])), **house["told"]) for house in houses]
    places = chance.sample(range(len(houses)), len(houses))
    straight, turned = assessed(*houses), assessed(*(shuffled[place] for place in places))
    for name in ("letters", "failed", "unsure", "group_bits", "level", "fragile", "contradicted"):
        assert np.array_equal(getattr(straight, name)[places], getattr(turned, name)), name


@settings(max_examples=60)
@given(homes, st.sampled_from(sorted(set(of_houses) | set(of_persons))))
def test_taking_an_answer_away_leaves_every_fact_that_follows_from_the_rest(house, code):
    """Of whom nothing contradicts: less told is never more failed, but for what was outgrown or ruled out by it."""
    bare = household(
        *({**each, "told": {k: v for k, v in each["told"].items() if k != code}} for each in house["members"]),
        **{k: v for k, v in house["told"].items() if k != code},
    )
    found = assessed(house, bare)
    told = {indicator.told for indicator in usual_set().indicators}
    for indicator, before, after, doubtful in zip(
        usual_set().indicators, found.results[0], found.results[1], found.contradicted[0], strict=True
    ):
        rules_out = indicator.applies is not None and code in {fact for _, fact in indicator.applies.facts()}
        if not (doubtful or rules_out or (code in told and code == indicator.told)):
            assert not (after == FAILED and before != FAILED and code != "member_count_told"), indicator.no


@settings(max_examples=60)
@given(homes)
def test_not_applicable_never_moves_a_dimension(house):
    found = assessed(house)
    for place, code in enumerate(DIMENSIONS):
        numbers = [usual_set().places[no] for no in usual_set().dimensions[code]]
        letters = {found.letters[0][number] for number in numbers}
        expected = YES if "F" in letters else UNKNOWN if "U" in letters else NO
        assert found.dimensions[0, place] == expected


def test_where_nobody_told_anything_nothing_fails():
    found = assessed(household(someone("")), household(someone()), household())
    assert "F" not in "".join(found.letters.tolist())
    assert found.failed.tolist() == [0, 0, 0]
    assert set(found.fragile.tolist()) <= {UNKNOWN, NO}
