"""Whom help is meant for: TPMAP's classes, the three groups, fragile households, dependants, capitals and fields."""

import numpy as np
import pytest
from tests.needs.town_in_columns import assessed, frame_of, household, someone

from mudmai.kernel.logic import NO, UNKNOWN, YES
from mudmai.needs.rules.assessing import setup, sight_of
from mudmai.needs.rules.frameworks import field_answers, frames, level_of, score_capital
from mudmai.needs.rules.sets import usual_set
from mudmai.needs.rules.targets import CLASSES, GROUPS, NO_LEVEL, NOT_LOW_INCOME, read_targets, usual_targets

GROUP = {code: place for place, code in enumerate(GROUPS)}
ELDER = "1950-03-04"
FLAGS = {f"tpmap_{each}": False for each in ("health", "living", "education", "income", "access")}


def classes(*members, **told):
    found = assessed(household(*members, **told))
    return [CLASSES[place] for place in found.target_class]


# ------------------------------------------------------------------------------------------------ TPMAP's classes
@pytest.mark.parametrize(
    ("poor", "card", "expected"),
    [
        (True, True, "target"), (True, False, "poor_only"), (False, True, "card_only"), (False, False, "neither"),
        (True, None, "unknown"), (None, True, "unknown"),
    ],
)  # fmt: skip
def test_the_class_follows_from_two_facts_and_from_both_only(poor, card, expected):
    told = {} if card is None else {"state_welfare_card": card}
    if poor is not None:
        told |= FLAGS | {"tpmap_income": poor}
    assert classes(someone(**told)) == [expected]


def test_where_tpmap_told_nothing_the_survey_here_tells_who_is_poor():
    assert classes(someone(state_welfare_card=True), jpt31_09="fail") == ["target"]
    # What TPMAP itself told of the survey goes first.
    assert classes(someone(state_welfare_card=True, **FLAGS), jpt31_09="fail") == ["card_only"]


def test_failing_one_dimension_is_enough():
    assert classes(someone(state_welfare_card=True, tpmap_access=True)) == ["target"]


# ------------------------------------------------------------------------------------------------ three groups
def test_poor_here_and_not_on_the_list_was_missed():
    listed = household(someone(tpmap_poor=True), someone(tpmap_poor=False), jpt31_09="fail")
    missed = household(someone(tpmap_poor=False), jpt31_09="fail")
    no_list = household(someone(), jpt31_09="fail")
    well = household(someone(tpmap_poor=False))
    found = assessed(listed, missed, no_list, well)
    assert found.groups[:, GROUP["tpmap"]].tolist() == [YES, NO, UNKNOWN, NO]
    # Without TPMAP's list nobody can say who was missed; without results nobody can say who is poor.
    assert found.groups[:, GROUP["missed"]].tolist() == [NO, YES, UNKNOWN, UNKNOWN]
    assert [bits & 0b11 for bits in found.group_bits.tolist()] == [0b01, 0b10, 0, 0]


def test_several_groups_may_hold_of_one_household():
    both = household(someone(tpmap_poor=True, state_welfare_card=False), income_per_head_year=30_000)
    assert assessed(both).group_bits.tolist() == [0b101]


# ------------------------------------------------------------------------------------------------ fragile households
def why(*members, **told):
    bits = int(assessed(household(*members, **told)).fragile_why[0])
    return [code for place, code in enumerate(usual_targets().fragile) if bits >> place & 1]


def test_a_farming_head_in_a_house_without_a_registered_farmer_is_fragile():
    head = {"relation_to_head": "head", "occupation_kind": "farmer"}
    assert why(someone(**head, farmer_registered=False)) == ["farmer_not_registered"]
    assert why(someone(**head, farmer_registered=False), someone(farmer_registered=True)) == []
    assert why(someone(**head)) == []  # whether anybody is registered, nobody told
    assert why(someone(relation_to_head="child", occupation_kind="farmer", farmer_registered=False)) == []


def test_low_income_without_a_card_is_fragile():
    assert why(someone(state_welfare_card=False), income_per_head_year=99_999) == ["low_income_no_card"]
    assert why(someone(state_welfare_card=False), income_per_head_year=100_000) == []
    assert why(someone(state_welfare_card=False), someone(state_welfare_card=True), income_per_head_year=1) == []
    assert why(someone(), income_per_head_year=1) == []


def test_low_income_and_somebody_dependent_is_fragile():
    assert why(someone(adl_group="bedridden", state_welfare_card=True), household_income=5_000) == [
        "low_income_dependants"
    ]


def level(*members, **told):
    return int(assessed(household(*members, **told)).level[0])


def test_the_levels_of_severity_follow_the_table():
    able = {"disability_registered": False, "adl_group": "active", "chronic_ill": False, "self_care": True}
    bedridden = someone(adl_group="bedridden")
    low = {"income_per_head_year": 50_000}
    assert level(someone(**able), **low, jpt31_08="pass") == 0
    assert level(someone(**able), **low, jpt31_08="fail") == 1
    assert level(someone(**able), bedridden, **low, jpt31_08="pass") == 2
    assert level(bedridden, bedridden, bedridden, **low) == 3
    assert level(someone(**able), income_per_head_year=200_000) == NOT_LOW_INCOME
    assert level(someone(**able)) == NO_LEVEL
    # Whether she depends on others is not known, and would change the level.
    assert level(someone(), **low, jpt31_08="pass") == NO_LEVEL


def test_an_office_edits_the_table_that_is_a_guess():
    assert usual_targets().levels_confidence == "K"
    own, faults = read_targets({"levels": {"rows": [{"level": 1}]}, "fragile": {"low_income_dependants": False}})
    assert faults == []
    found = assessed(household(someone(), income_per_head_year=1), by=setup(targets=own))
    assert found.level.tolist() == [1]
    assert "low_income_dependants" not in own.fragile


def test_burdens_beside_a_fragile_household():
    elder = someone(ELDER, old_age_allowance=False)
    found = assessed(household(elder, jpt31_08="fail"), household(someone(ELDER)))
    burdens = dict(zip(usual_targets().burdens, found.burdens.T.tolist(), strict=True))
    assert burdens["elderly_no_allowance"] == [YES, UNKNOWN]
    assert burdens["insecure_home"] == [YES, UNKNOWN]


def test_vulnerable_persons_are_told_by_their_group():
    found = assessed(
        household(someone("2015-01-01"), someone(ELDER), someone(pregnant=True), someone(single_parent=True))
    )
    codes = list(usual_targets().vulnerable)
    named = [{code for place, code in enumerate(codes) if bits >> place & 1} for bits in found.vulnerable_why.tolist()]
    assert named == [{"child"}, {"elderly"}, {"pregnant"}, {"single_parent"}]
    assert {target.group for target in usual_targets().vulnerable.values()} == {1, 2, 3, 4}


def test_every_rule_says_how_sure_it_is():
    for target in usual_targets().fragile.values():
        assert target.confidence in ("A", "B")
        assert target.source


# ------------------------------------------------------------------------------------------------ capitals and fields
@pytest.mark.parametrize(
    ("score", "expected"), [(1.0, 1), (1.74, 1), (1.75, 2), (2.49, 2), (2.50, 3), (3.24, 3), (3.25, 4), (4.0, 4)]
)
def test_the_cut_points_of_the_levels_of_living(score, expected):
    found = level_of(score, score, frames().levels)
    assert found is not None
    assert found.level == expected


def test_a_score_is_points_over_the_most_times_three_plus_one():
    capitals = {capital.code: capital for capital in frames().capitals}
    frame = frame_of(
        [
            household(someone(), jpt31_30="pass", jpt31_31="pass"),
            household(someone(), jpt31_30="pass", jpt31_31="fail"),
            household(someone(), jpt31_30="pass"),
            household(someone()),
        ]
    )
    found = score_capital(capitals["social"], sight_of(frame, setup()))
    assert found.low[:3].tolist() == [4.0, 2.5, 2.5]
    assert found.high[:3].tolist() == [4.0, 2.5, 4.0]
    assert np.isnan(found.low[3])
    # Two levels are left open, so none is told.
    assert level_of(found.low[2], found.high[2], frames().levels) is None
    assert np.isnan(score_capital(capitals["natural"], sight_of(frame, setup())).low).all()


def test_the_five_fields_of_smart_tambon_hold_each_of_the_31_once():
    numbers = [no for field in frames().smart for no in field.indicators["jpt31"]]
    assert sorted(numbers, key=int) == [indicator.no for indicator in usual_set().indicators]
    found = assessed(household(someone(), jpt31_12="fail"))
    fields = {field.code: field_answers(field, usual_set(), found.results) for field in frames().smart}
    assert fields["environment"].tolist() == [YES]
    assert fields["society"].tolist() == [UNKNOWN]
