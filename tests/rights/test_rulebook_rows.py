"""Dated rows of parameters: which holds on a day, and what is wrong with a new one, in a sentence."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mudmai.rights.rules.parameters import shipped
from mudmai.rights.rules.rows import (
    ADD,
    Parameter,
    Row,
    effective,
    faults,
    faults_of_new,
    on_day,
    own_areas,
    read_value,
    rows_for,
    value_on,
)

RATE = "old_age_allowance.steps"
LIMIT = "child_grant.income_limit"
STEPS = ((60.0, 600.0), (70.0, 700.0), (80.0, 800.0), (90.0, 1000.0))
MORE = ((60.0, 700.0), (70.0, 850.0), (80.0, 1000.0), (90.0, 1250.0))


@pytest.fixture(autouse=True)
def _thai():
    with translation.override("th"):
        yield


def row(first: date, last: date | None = None, value=MORE, **more) -> Row:
    return Row(RATE, first, last, value, legal_basis="ระเบียบ พ.ศ. 2570", confidence="A", office=True, **more)


def rate() -> Parameter:
    return shipped()[RATE]


def test_todays_steps_are_those_of_the_regulation():
    assert value_on(rate(), [], date(2026, 11, 2)) == STEPS


def test_a_supplement_of_six_months_comes_on_top_step_by_step_and_goes_again():
    values = {day: value_on(rate(), [], day) for day in (date(2022, 3, 31), date(2022, 4, 1), date(2022, 10, 1))}

    assert values[date(2022, 3, 31)] == values[date(2022, 10, 1)] == STEPS
    assert values[date(2022, 4, 1)] == ((60.0, 700.0), (70.0, 850.0), (80.0, 1000.0), (90.0, 1250.0))


def test_a_proposal_is_never_used():
    assert any(not each.in_force for each in rate().rows)
    assert value_on(rate(), [], date(2030, 1, 1)) == STEPS


def test_a_new_rate_takes_over_on_its_day_and_nobody_ends_the_old_one():
    new = row(date(2027, 10, 1))

    assert faults_of_new(rate(), new) == []
    assert value_on(rate(), [new], date(2027, 9, 30)) == STEPS
    assert value_on(rate(), [new], date(2027, 10, 1)) == MORE


def test_a_rate_for_some_months_gives_way_to_the_old_one_again():
    new = row(date(2027, 1, 1), date(2027, 6, 30))

    assert faults_of_new(rate(), new) == []
    assert value_on(rate(), [new], date(2027, 7, 1)) == STEPS


def test_the_rate_of_the_town_holds_in_the_town_only():
    new = row(date(2027, 1, 1), area_code="520306")
    day = date(2027, 2, 1)

    assert value_on(rate(), [new], day, "52030601") == MORE
    assert value_on(rate(), [new], day, "5204") == STEPS
    assert own_areas([new]) == ["520306"]
    assert rows_for([new], "") == []


def test_an_unknown_parameter_is_named():
    assert faults_of_new(None, replace(row(date(2027, 1, 1)), parameter="old_age.rate")) == [
        "ไม่มีค่ากำหนดชื่อ “old_age.rate”"
    ]


@pytest.mark.parametrize("value", [600.0, True])
def test_a_number_is_no_scale(value):
    assert faults_of_new(rate(), row(date(2027, 1, 1), value=value)) == [
        "ค่านี้ต้องเป็นขั้นบันได เรียงจากต่ำไปสูง แต่ละขั้นมีจำนวนของตน"
    ]


def test_steps_must_rise_and_differ():
    with pytest.raises(ValueError, match="60"):
        read_value("scale", [[70, 700], [60, 600]])
    with pytest.raises(ValueError, match="60"):
        read_value("scale", [[60, 700], [60, 600]])


def test_the_end_before_the_start_is_refused():
    assert faults_of_new(rate(), row(date(2027, 10, 1), date(2027, 1, 1))) == [
        "วันสุดท้าย 1 ม.ค. 2570 อยู่ก่อนวันแรก 1 ต.ค. 2570"
    ]


def test_a_buddhist_year_typed_as_a_christian_one_is_named_with_the_year_that_is_meant():
    (words,) = faults_of_new(rate(), row(date(2570, 10, 1)))

    assert "2570" in words
    assert "2027" in words


def test_a_christian_year_typed_as_a_buddhist_one_is_named_too():
    (words,) = faults_of_new(rate(), row(date(1484, 10, 1)))

    assert "2570" in words


def test_a_row_without_its_law_is_refused():
    assert faults_of_new(rate(), replace(row(date(2027, 1, 1)), legal_basis=" ")) == [
        "โปรดบอกว่าอ้างระเบียบ มติ หรือประกาศใด"
    ]


def test_two_rates_for_the_same_days_are_refused_with_the_days():
    kept = row(date(2027, 1, 1), date(2027, 12, 31), id=1)
    (words,) = faults_of_new(rate(), row(date(2027, 10, 1)), [kept])

    assert "1 ต.ค. 2570" in words
    assert "1 ม.ค. 2570" in words


def test_two_rows_that_begin_on_the_same_day_are_refused():
    assert len(faults_of_new(rate(), row(date(2027, 1, 1)), [row(date(2027, 1, 1), id=1)])) == 1


def test_supplements_may_overlap():
    kept = row(date(2027, 1, 1), date(2027, 6, 30), value=((60.0, 100.0),), mode=ADD, id=1)
    new = row(date(2027, 4, 1), date(2027, 9, 30), value=((60.0, 50.0),), mode=ADD)

    assert faults_of_new(rate(), new, [kept]) == []
    assert value_on(rate(), [kept, new], date(2027, 5, 1)) == tuple((age, sum_ + 150) for age, sum_ in STEPS)


def ended(last: date) -> Parameter:
    """A rate that has ended."""
    only = Row("a.rate", date(2020, 1, 1), last, 500.0, legal_basis="x")
    return Parameter("a.rate", "number", "baht", "อัตรา", "rate", "a", (only,))


def test_a_gap_between_two_rates_is_refused_with_its_days():
    new = Row("a.rate", date(2027, 1, 1), None, 600.0, legal_basis="x", office=True)
    (words,) = faults_of_new(ended(date(2025, 12, 31)), new)

    assert "1 ม.ค. 2569" in words
    assert "31 ธ.ค. 2569" in words


def test_a_supplement_to_no_rate_is_refused():
    new = Row("a.rate", date(2026, 1, 1), date(2026, 6, 30), 100.0, ADD, legal_basis="x", office=True)

    assert "เงินเพิ่ม" in faults_of_new(ended(date(2025, 12, 31)), new)[0]


def test_no_shipped_parameter_has_a_gap_or_an_overlap():
    assert {name: faults(parameter) for name, parameter in shipped().items() if faults(parameter)} == {}


days = st.dates(date(2026, 1, 1), date(2032, 12, 31))


@given(st.lists(st.tuples(days, st.none() | days, st.integers(0, 2000)), max_size=6), days)
def test_what_holds_on_a_day_follows_from_the_rows_that_cover_it(told, day):
    """Whatever rows there are, and in whichever order they were added, the latest one that covers a day holds."""
    parameter = shipped()[LIMIT]
    rows = [
        Row(LIMIT, first, last, float(value), legal_basis="x", office=True, id=number)
        for number, (first, last, value) in enumerate(told)
        if last is None or last >= first
    ]
    covering = [each for each in rows if each.covers(day)]
    expected = max(covering, key=lambda each: (each.valid_from, each.id)).value if covering else 100_000.0

    assert value_on(parameter, rows, day) == value_on(parameter, rows[::-1], day) == expected
    stretch = on_day(effective(parameter, rows), day)
    assert stretch is not None
    assert stretch.first <= day
