"""Charts of rates over time, and of the years ahead: the numbers from which they are drawn."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from mudmai.rights.rules.charts import columns, nice, step_chart
from mudmai.rights.rules.parameters import shipped
from mudmai.rights.rules.rows import Row

TODAY = date(2026, 11, 2)
STEPS = shipped()["old_age_allowance.steps"]


def test_each_step_has_its_line_what_comes_on_top_is_drawn_above_and_proposals_apart():
    chart = step_chart(STEPS, [], TODAY)

    assert chart is not None
    kinds = [line.kind for line in chart.lines]
    assert (kinds.count("base"), kinds.count("added"), kinds.count("proposed")) == (4, 4, 8)
    assert [name.label for name in chart.names] == ["60", "70", "80", "90"]
    assert [tick.label for tick in chart.across] == ["0", "500", "1,000", "1,500"]
    assert all(2555 <= int(tick.label) <= 2573 for tick in chart.along)
    assert chart.left < chart.now < chart.right


def test_names_of_lines_that_lie_close_are_moved_apart():
    chart = step_chart(STEPS, [], TODAY)

    assert chart is not None
    heights = sorted(name.y for name in chart.names)
    assert all(after - before > 15 for before, after in pairwise(heights))


def test_a_value_that_was_never_another_and_yes_or_no_have_no_chart():
    assert step_chart(shipped()["old_age_allowance.from_age"], [], TODAY) is None
    assert step_chart(shipped()["old_age_allowance.steps_wait_for_fiscal_year"], [], TODAY) is None


def test_a_row_of_the_office_bends_the_line_on_its_day():
    parameter = shipped()["child_grant.amount"]
    row = Row(parameter.name, date(2027, 10, 1), None, 1000.0, legal_basis="x", office=True)
    chart = step_chart(parameter, [row], TODAY)

    assert chart is not None
    (line,) = chart.lines
    assert line.path.count("H") == 2


def test_a_parameter_without_rows_has_no_chart():
    assert step_chart(replace(STEPS, rows=()), [], TODAY) is None


def test_columns_stand_on_the_ground_and_are_as_high_as_their_figures():
    drawn = columns(["2571", "2572"], [10.0, 0.0], [20.0, 40.0], [30.0, 40.0])
    before, after = ([bar for bar in drawn.bars if bar.kind == kind] for kind in ("before", "after"))

    assert all(bar.y + bar.high == pytest.approx(drawn.bottom) for bar in drawn.bars)
    assert before[1].high == 0
    assert after[1].high == pytest.approx(2 * after[0].high)
    assert before[0].x < after[0].x < before[1].x


@pytest.mark.parametrize("most", [0, 0.4, 7, 99, 1250, 3_000_000])
def test_axes_end_on_round_numbers_above_everything(most):
    top, step = nice(most)

    assert top >= most
    assert top / step == pytest.approx(round(top / step))
    assert round(top / step) <= 5
