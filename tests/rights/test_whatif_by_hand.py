"""What if a rate changed: held against what one works out on paper, month by month."""

from collections.abc import Sequence
from datetime import date
from math import exp
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mudmai.kernel.logic import NO, YES
from mudmai.people.queries.frames.columns import Columns, Frame, column_of, day_number
from mudmai.people.rules.catalogue import attributes_of
from mudmai.rights.rules.engine import codes_needed, evaluate
from mudmai.rights.rules.parameters import shipped
from mudmai.rights.rules.rows import Row, Stretch, value_on
from mudmai.rights.rules.whatif import (
    RENEWED,
    Mortality,
    Year,
    ahead,
    counted,
    hidden_cells,
    newborn,
    residents,
    supposed,
    survival,
)

TODAY = date(2026, 11, 2)
OLD_AGE, CHILD = "old_age_allowance", "child_grant"
NOBODY_DIES = Mortality((), ())
# Ten people, and what one works out for each on paper for the fiscal year 2571 (October 2570 to September 2571):
# the first month is the first on whose first day one is 60; a step begins with the fiscal year after the birthday.
TEN = {
    date(1967, 10, 1): (12, 600),
    date(1967, 10, 2): (11, 600),
    date(1968, 3, 15): (6, 600),
    date(1968, 9, 1): (1, 600),
    date(1968, 9, 2): (0, 600),
    date(1957, 10, 1): (12, 700),
    date(1957, 10, 2): (12, 600),
    date(1947, 5, 5): (12, 800),
    date(1937, 1, 1): (12, 1000),
    date(1990, 6, 1): (0, 600),
}


def town(born: Sequence[date], houses: Sequence[int], codes: set[str], **told: Any) -> Frame:
    """Some people of village 1, all Thai by the register and without a pension."""
    size, rooms = len(born), max(houses) + 1
    of_persons = codes & attributes_of("person") | {"presence"}
    persons = {code: column_of(code, size, [], []) for code in of_persons}
    for code, value in (("in_civil_register", YES), ("state_pension", NO)):
        if code in persons:
            persons[code] = np.full(size, value, np.int8)
    dwellings = {code: column_of(code, rooms, [], []) for code in codes & attributes_of("household")}
    for code, value in told.items():
        columns = persons if code in persons else dwellings
        columns[code] = np.full_like(columns[code], value)
    days = np.array([day_number(day) for day in born], np.int32)
    here = np.full(size, "52030601", "U8")
    return Frame(
        on=TODAY, houses=Columns([str(at) for at in range(rooms)], here[:1].repeat(rooms), dwellings),
        persons=Columns([str(at) for at in range(size)], here, persons), house=np.array(houses, np.int32),
        born_first=days, born_last=days, sex=np.ones(size, np.int8), status=np.zeros(size, np.int8),
        registered_area=here, sort_key=[""] * size, closed={},
    )  # fmt: skip


def elders(born: Sequence[date] = tuple(TEN)) -> Frame:
    return town(born, range(len(born)), set(codes_needed([OLD_AGE])))


def years_of(frame: Frame, programme: str, rows: Sequence[Row] = (), mortality: Mortality = NOBODY_DIES) -> list[Year]:
    nowhere = np.zeros(len(frame.persons), np.intp)
    crowds = [residents(frame, nowhere)]
    children = newborn(frame, nowhere, TODAY, 3)
    if children is not None:
        crowds.append(children)

    def law(people: Any, month: date) -> Any:
        return evaluate(people, on=month, programmes=[programme], rows=rows)

    return ahead(crowds, [law], [programme], mortality, TODAY, 1)[0]


def test_ten_people_are_paid_the_months_and_the_rates_that_one_counts_on_paper():
    first, second, *_rest = years_of(elders(), OLD_AGE)

    assert first.year == 2571
    assert first.at_most.total("baht") == sum(months * rate for months, rate in TEN.values()) == 55_200
    assert first.at_most.total("people") == sum(months for months, _rate in TEN.values()) / 12 == 6.5
    # A year later four are paid a whole year of 600, and the one born on 2 October 1957 has risen to 700.
    assert second.at_most.total("baht") == 5 * 7_200 + 2 * 8_400 + 9_600 + 12_000 == 74_400


def test_each_of_the_ten_alone():
    paid = {born: years_of(elders([born]), OLD_AGE)[0].at_most.total("baht") for born in TEN}

    assert paid == {born: months * rate for born, (months, rate) in TEN.items()}


def test_a_hundred_more_at_each_step_costs_a_hundred_for_each_month_that_is_paid():
    parameter = shipped()["old_age_allowance.steps"]
    now = value_on(parameter, [], TODAY)
    more = supposed(parameter, [[age, baht + 100] for age, baht in now], [], TODAY)

    assert years_of(elders(), OLD_AGE, more)[0].at_most.total("baht") == 55_200 + 78 * 100


def test_a_rate_that_is_decided_for_later_does_not_undo_what_is_supposed():
    parameter = shipped()["old_age_allowance.steps"]
    decided = [Row(parameter.name, date(2028, 10, 1), None, ((60.0, 900.0),), legal_basis="x", office=True, id=1)]
    rows = [*decided, *supposed(parameter, [[60, 50]], decided, TODAY)]

    assert years_of(elders(), OLD_AGE, decided)[1].at_most.total("baht") == 9 * 12 * 900
    assert years_of(elders(), OLD_AGE, rows)[1].at_most.total("baht") == 9 * 12 * 50


def test_at_65_instead_of_60_two_thirds_are_left():
    rows = supposed(shipped()["old_age_allowance.from_age"], 65, [], TODAY)
    found = counted(evaluate(elders(), programmes=[OLD_AGE], rows=rows)[OLD_AGE], np.ones(10), np.zeros(10, np.intp), 1)

    assert found.total("people") == 4
    # Sixty-nine years old in November 2569, two of them; the step of 70 begins with the fiscal year after the birthday.
    assert found.total("baht") == 600 + 600 + 700 + 800


def test_people_die_as_the_table_tells():
    table = (Stretch(date(2020, 1, 1), ((0.0, 120.0),), None),)
    first = years_of(elders([date(1937, 1, 1)]), OLD_AGE, mortality=Mortality(table, table))[0]

    # 120 of 1,000 a year: e^-0.01 of those alive a month later. November 2569 is month 0, October 2570 month 11.
    assert first.likely.total("baht") == pytest.approx(sum(1000 * exp(-0.01 * month) for month in range(11, 23)))
    assert first.at_most.total("baht") == 12_000


def test_men_and_women_die_by_their_own_tables_and_of_whom_it_is_not_known_by_the_mean():
    men, women = ((Stretch(date(2020, 1, 1), ((0.0, rate),), None),) for rate in (120.0, 240.0))
    born = np.full(3, day_number(date(1950, 1, 1)), np.float64)
    _now, later = survival(born, np.array([0, 1, 2], np.int8), Mortality(men, women), [TODAY, date(2026, 12, 1)])

    assert later == pytest.approx([exp(-0.015), exp(-0.01), exp(-0.02)])


def test_of_whom_no_birth_date_is_known_nothing_is_made_up():
    *_earlier, last = survival(
        np.array([np.nan]), np.array([1], np.int8), Mortality((), ()), [date(2026, 11, 1), date(2030, 1, 1)]
    )

    assert last.tolist() == [1.0]


def family(*born: date) -> Frame:
    """A mother and her children in one poor house."""
    codes = set(codes_needed([CHILD])) | set(RENEWED)
    return town([date(1995, 1, 1), *born], [0] * (1 + len(born)), codes, income_per_head_year=30_000.0)


def test_children_to_be_born_are_as_many_as_in_the_mean_of_the_last_three_years():
    frame = family(date(2026, 5, 10), date(2025, 5, 10), date(2024, 5, 10))
    now = evaluate(frame, programmes=[CHILD])[CHILD]
    first = years_of(frame, CHILD)[0]

    assert (now.entitled == YES).tolist() == [False, True, True, True]
    # In 2571: three children that live already, 36 months; one of May 2570, 12; one of May 2571, 5, from May on.
    assert first.at_most.total("baht") == pytest.approx(53 * 600)


def test_in_the_long_run_six_years_of_children_are_paid_for():
    last = years_of(family(date(2026, 5, 10), date(2025, 5, 10), date(2024, 5, 10)), CHILD)[-1]

    assert last.at_most.total("baht") == pytest.approx(72 * 600)


def test_where_no_child_was_born_lately_none_is_made_up():
    assert newborn(elders(), np.zeros(10, np.intp), TODAY, 3) is None


def test_a_town_without_people_costs_nothing():
    nobody = town([date(1950, 1, 1)], [0], set(codes_needed([OLD_AGE])))
    nobody.status[:] = 1

    assert {year.at_most.total("baht") for year in years_of(nobody, OLD_AGE)} == {0.0}


@given(st.lists(st.dates(date(1930, 1, 1), date(2026, 10, 1)), min_size=1, max_size=12))
def test_what_holds_supposed_again_changes_nothing(born):
    """Whoever lives in the town: the value of today in place of itself makes no difference in any year."""
    frame = elders(born)
    parameter = shipped()["old_age_allowance.steps"]
    same = supposed(parameter, [list(step) for step in value_on(parameter, [], TODAY)], [], TODAY)
    before, after = (counted_now(frame, rows) for rows in ((), same))

    assert before == after


def counted_now(frame: Frame, rows: Sequence[Row]) -> tuple[float, ...]:
    size = len(frame.persons)
    found = evaluate(frame, programmes=[OLD_AGE], rows=rows)[OLD_AGE]
    figures = counted(found, np.ones(size), np.zeros(size, np.intp), 1)
    return tuple(figures.total(name) for name in ("people", "baht", "unknown_people", "unknown_baht"))


@given(st.lists(st.integers(0, 60), max_size=8))
def test_no_hidden_count_follows_from_the_total(counts):
    """Where a count of few is hidden and another stands open, at least two are hidden, so the sum gives none away."""
    hidden = hidden_cells([float(count) for count in counts])

    assert all(hide for count, hide in zip(counts, hidden, strict=True) if 0 < count < 5)
    if any(hidden) and any(count >= 5 for count in counts):
        assert sum(hidden) >= 2
