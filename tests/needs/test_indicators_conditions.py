"""Conditions written as data: three answers, and less told never turns a yes into a no."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.needs.town_in_columns import TODAY, frame_of, household, someone

from mudmai.kernel.logic import NO, UNKNOWN, YES
from mudmai.needs.rules.conditions import Sight, known_facts, read
from mudmai.needs.rules.conditions.model import months_before

KNOWN = known_facts().with_numbers({"line"})


def answers(table, *houses, of="household", numbers=None, on=TODAY):
    condition, faults = read(table, of, known=KNOWN, where="here")
    assert faults == []
    return condition.answer(Sight(frame_of(houses, on=on), {"line": 38_000.0} if numbers is None else numbers)).tolist()


def test_a_condition_asks_each_house():
    houses = [household(someone(), use_water=True), household(someone(), use_water=False), household(someone())]
    assert answers({"fact": "use_water"}, *houses) == [YES, NO, UNKNOWN]
    assert answers({"fact": "use_water", "equals": False}, *houses) == [NO, YES, UNKNOWN]
    assert answers({"not": {"fact": "use_water"}}, *houses) == [NO, YES, UNKNOWN]


def test_codes_one_and_several():
    bedridden, active, silent = (someone(adl_group="bedridden"), someone(adl_group="active"), someone())
    lying = {"fact": "adl_group", "in": ["bedridden", "homebound"]}
    assert answers(lying, household(bedridden, active, silent), of="person") == [YES, NO, UNKNOWN]
    several = household(someone(hardship_kinds=["1", "5"]), someone(hardship_kinds=["7"]), someone())
    assert answers({"fact": "hardship_kinds", "in": ["1", "2"]}, several, of="person") == [YES, NO, UNKNOWN]


def test_numbers_within_limits_and_by_head():
    rich, poor, silent = (household(someone(), income_per_head_year=n) for n in (50_000, 20_000, float("nan")))
    assert answers({"fact": "income_per_head_year", "min": "$line"}, rich, poor, silent) == [YES, NO, UNKNOWN]
    assert answers({"fact": "income_per_head_year", "min": "$line"}, rich, numbers={}) == [UNKNOWN]
    assert answers({"fact": "income_per_head_year", "min": 20_000, "below": 50_000}, rich, poor) == [NO, YES]
    two = household(someone(), someone(), household_income=5_000)
    assert answers({"per_head": "household_income", "times": 12, "max": 30_000}, two) == [YES]
    # Nobody is known to live there, so nobody knows by how many to divide.
    assert answers({"per_head": "household_income", "min": 1}, household(household_income=5_000)) == [UNKNOWN]


@pytest.mark.parametrize(
    ("table", "born", "answer"),
    [
        ({"age_from": 60}, "1966-11-02", YES), ({"age_from": 60}, "1966-11-03", NO),
        ({"age_from": 60}, "1966", UNKNOWN), ({"age_to": 14}, "2011-11-03", YES), ({"age_to": 14}, "2011-11-02", NO),
        ({"months_to": 11}, "2025-11-03", YES), ({"months_to": 11}, "2025-11-02", NO),
        ({"months_to": 5}, "2026-06", YES), ({"age_from": 3, "age_to": 5}, "", UNKNOWN),
        ({"age_from": 3, "age_to": 5}, "2023-01-01", YES), ({"age_from": 3, "age_to": 5}, "2020-11-02", NO),
    ],
)  # fmt: skip
def test_ages_count_to_the_day_and_months_of_partial_dates_too(table, born, answer):
    assert answers(table, household(someone(born)), of="person") == [answer]


def test_a_birthday_on_the_29th_of_february_comes_on_the_first_of_march():
    born = household(someone("2004-02-29"))
    assert answers({"age_from": 19}, born, of="person", on=date(2023, 2, 28)) == [NO]
    assert answers({"age_from": 19}, born, of="person", on=date(2023, 3, 1)) == [YES]
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)


def test_a_birth_date_that_cannot_be_is_no_age():
    mistyped = household(someone("2027-01-01"), someone("1850-01-01"), someone("2026"))
    assert answers({"age_to": 5}, mistyped, of="person") == [UNKNOWN, UNKNOWN, YES]
    assert answers({"age_from": 60}, mistyped, of="person") == [UNKNOWN, UNKNOWN, NO]


def test_members_are_asked_of_the_house_and_the_house_of_its_members():
    old, young = someone("1950-01-01"), someone("2015-01-01")
    home = household(old, young, electricity=True)
    assert answers({"some_member": {"age_from": 60}}, home, household(young)) == [YES, NO]
    assert answers({"every_member": {"age_to": 17}}, home, household(young)) == [NO, YES]
    assert answers({"members": {"age_to": 17}, "at_least": 2}, home, household(young, young)) == [NO, YES]
    assert answers({"members": {"sex": "f"}, "at_least": 2}, household(someone(), someone(sex=""))) == [UNKNOWN]
    assert answers({"house": {"fact": "electricity"}}, home, of="person") == [YES, YES]


def test_of_a_house_of_which_nobody_was_told_nothing_is_known_of_its_members():
    assert answers({"some_member": {"age_from": 60}}, household()) == [UNKNOWN]
    assert answers({"every_member": {"age_from": 60}}, household()) == [UNKNOWN]
    assert answers({"some_member": {"age_from": 60}}, household(someone("1950-01-01", status="dead"))) == [NO]


def test_the_first_that_can_tell_decides():
    table = {"first": [{"fact": "use_water"}, {"fact": "jpt31_10", "equals": "pass"}]}
    assert answers(
        table,
        household(someone(), use_water=False, jpt31_10="pass"),
        household(someone(), jpt31_10="pass"),
        household(someone()),
    ) == [NO, YES, UNKNOWN]


def test_conditions_too_deep_are_refused():
    table = {"fact": "use_water"}
    for _ in range(20):
        table = {"not": table}
    with translation.override("en"):
        _, faults = read(table, "household", known=KNOWN, where="here")
    assert "Split the indicator in two" in faults[0]


house_facts = st.one_of(
    st.sampled_from(["use_water", "drinking_water", "electricity"]).map(lambda code: {"fact": code}),
    st.just({"fact": "income_per_head_year", "min": 38_000}),
    st.sampled_from([["own"], ["rent", "none"]]).map(lambda codes: {"fact": "housing_tenure", "in": codes}),
)
person_facts = st.one_of(
    st.sampled_from(["chronic_ill", "self_care"]).map(lambda code: {"fact": code}),
    st.just({"age_from": 60}),
    st.just({"sex": "f"}),
)


def trees(leaves):
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(st.sampled_from(["all", "any", "none"]), st.lists(inner, min_size=1, max_size=3)).map(
                lambda pair: {pair[0]: pair[1]}
            ),
            inner.map(lambda part: {"not": part}),
        ),
        max_leaves=6,
    )


of_houses = trees(
    st.one_of(
        house_facts,
        st.tuples(st.sampled_from(["some_member", "every_member"]), trees(person_facts)).map(lambda p: {p[0]: p[1]}),
    )
)
told_of_house = st.fixed_dictionaries(
    {},
    optional={
        "use_water": st.booleans(), "drinking_water": st.booleans(), "electricity": st.booleans(),
        "income_per_head_year": st.sampled_from([1.0, 90_000.0]), "housing_tenure": st.sampled_from(["own", "none"]),
    },
)  # fmt: skip
told_of_person = st.fixed_dictionaries({}, optional={"chronic_ill": st.booleans(), "self_care": st.booleans()})
some = st.lists(
    st.builds(
        lambda born, sex, told: someone(born, sex=sex, **told),
        st.sampled_from(["1950-01-01", "2015-01-01", "1966", ""]),
        st.sampled_from(["m", "f", ""]),
        told_of_person,
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=150)
@given(of_houses, some, told_of_house, st.data())
def test_less_told_is_less_known_and_never_the_opposite(table, members, told, data):
    """Whatever is left out, each answer stays or becomes unknown: so nothing fails for want of an answer."""
    dropped = data.draw(st.sets(st.sampled_from([*told, "chronic_ill", "self_care", "born", "sex"]), max_size=4))

    def bare(each):
        return {
            "born": "" if "born" in dropped else each["born"],
            "sex": "" if "sex" in dropped else each["sex"],
            "status": "alive",
            "told": {code: value for code, value in each["told"].items() if code not in dropped},
        }

    whole = answers(table, household(*members, **told))
    less = answers(
        table, household(*map(bare, members), **{code: value for code, value in told.items() if code not in dropped})
    )
    assert less[0] in (whole[0], UNKNOWN)
