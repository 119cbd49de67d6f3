"""Charts as plain numbers, to be drawn as SVG by a template; the figures stand in a table beside each of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, log10

from mudmai.kernel.clock import BUDDHIST_OFFSET
from mudmai.rights.rules.rows import REPLACE, Parameter, Row, Stretch, Value, at_step, effective

WIDE, HIGH = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 14, 34
# Names of lines stand to the right of them, one above the other.
ROOM_FOR_NAMES, APART = 116, 16
# What happened longer ago is not drawn; the table has it.
YEARS_BACK, YEARS_AHEAD = 15, 3


@dataclass(frozen=True)
class Tick:
    """A line across the chart, with its word."""

    at: float
    label: str


@dataclass(frozen=True)
class Line:
    """One line of steps: of which step of a scale, and whether it is in force, comes on top, or is only proposed."""

    kind: str  # base, added, proposed
    path: str
    number: int = 0


@dataclass(frozen=True)
class Name:
    """A word at the right end of a line."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Chart:
    """What a template draws."""

    lines: list[Line]
    across: list[Tick]
    along: list[Tick]
    now: float
    names: list[Name]
    wide: int = WIDE
    high: int = HIGH
    left: int = LEFT
    right: int = WIDE - RIGHT
    bottom: int = HIGH - BOTTOM
    top: int = TOP


@dataclass(frozen=True)
class Scales:
    """From days and amounts to places on the chart."""

    first: date
    last: date
    most: float
    right: int

    def x(self, day: date) -> float:
        share = (min(max(day, self.first), self.last) - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + share * (self.right - LEFT), 1)

    def y(self, amount: float) -> float:
        return round(HIGH - BOTTOM - amount / self.most * (HIGH - BOTTOM - TOP), 1)


def step_chart(parameter: Parameter, office: Iterable[Row], today: date) -> Chart | None:
    """The rates of a parameter over time; None for what is no number, or never was another."""
    stretches = [each for each in effective(parameter, office) if each.value is not None]
    proposed = [row for row in parameter.rows if not row.in_force and row.mode == REPLACE]
    if parameter.kind == "yes_no" or len(stretches) + len(proposed) < 2:
        return None
    days = [each.first for each in stretches] + [row.valid_from for row in proposed]
    first = max(min(days), date(today.year - YEARS_BACK, 1, 1))
    last = date(max(today.year + YEARS_AHEAD, max(days).year), 12, 31)
    starts = steps_of(stretches)
    values = [each.value for each in stretches if each.value is not None] + [row.value for row in proposed]
    most, step = nice(max(amount_at(value, start) for value in values for start in starts))
    right = WIDE - (ROOM_FOR_NAMES if len(starts) > 1 else RIGHT)
    scales = Scales(first, last, most, right)
    lines = [line for number, start in enumerate(starts) for line in _steps(stretches, start, number, scales)]
    lines += [
        Line(
            "proposed", f"M{scales.x(row.valid_from)} {scales.y(amount_at(row.value, start))}H{scales.x(last)}", number
        )
        for number, start in enumerate(starts)
        for row in proposed
    ]
    across = [Tick(scales.y(at * step), worded(at * step)) for at in range(round(most / step) + 1)]
    names = _names([(start, scales.y(amount_at(values[len(stretches) - 1], start))) for start in starts], right)
    return Chart(lines, across, _years(scales), scales.x(today), names, right=right)


def _names(ends: Sequence[tuple[float, float]], right: int) -> list[Name]:
    """The names of lines at their right ends, moved apart where lines lie close; none for many lines or one."""
    if not 1 < len(ends) <= 8:
        return []
    names: list[Name] = []
    lowest = float(HIGH)
    for start, y in sorted(ends, key=lambda end: -end[1]):
        lowest = min(y, lowest - APART)
        names.append(Name(right + 8, round(lowest + 4, 1), worded(start)))
    return names


def _steps(stretches: Sequence[Stretch], start: float, number: int, scales: Scales) -> list[Line]:
    """The line of one step: in force, and above it what comes on top for a time."""
    ends = [after.first for _each, after in pairwise(stretches)] + [scales.last]
    path, added = "", []
    for each, end in zip(stretches, ends, strict=True):
        if end <= scales.first or each.value is None or each.base is None:
            continue
        base = scales.y(amount_at(each.base.value, start))
        path += f"{'L' if path else 'M'}{scales.x(each.first)} {base}H{scales.x(end)}"
        if each.added:
            top = scales.y(amount_at(each.value, start))
            added.append(Line("added", f"M{scales.x(each.first)} {base}V{top}H{scales.x(end)}V{base}Z", number))
    return [Line("base", path, number), *added]


def _years(scales: Scales) -> list[Tick]:
    """Every so many years a word below, in the Buddhist era."""
    count = scales.last.year - scales.first.year + 1
    apart = max(1, ceil(count / 9))
    years = range(scales.first.year + 1, scales.last.year + 1, apart)
    return [Tick(scales.x(date(year, 1, 1)), str(year + BUDDHIST_OFFSET)) for year in years]


@dataclass(frozen=True)
class Bar:
    """A column of one year: now, or after the change."""

    kind: str  # before, after
    x: float
    y: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        return round(self.x + self.wide, 1)


@dataclass(frozen=True)
class Columns:
    """Two columns for each year, and marks for what it could be at most."""

    bars: list[Bar]
    marks: list[Bar]
    across: list[Tick]
    along: list[Tick]
    wide: int = WIDE
    high: int = HIGH
    left: int = LEFT
    right: int = WIDE - RIGHT
    bottom: int = HIGH - BOTTOM


def columns(years: Sequence[str], before: Sequence[float], after: Sequence[float], most: Sequence[float]) -> Columns:
    """Before and after side by side for each year; `most` marks what the second could be at most."""
    top, step = nice(max([*before, *after, *most], default=1))
    room = (WIDE - RIGHT - LEFT) / max(len(years), 1)
    thick = round(room * 0.34, 1)

    def bar(kind: str, at: int, amount: float) -> Bar:
        high = round(amount / top * (HIGH - BOTTOM - TOP), 1)
        x = LEFT + room * at + room * 0.14 + (thick if kind != "before" else 0)
        return Bar(kind, round(x, 1), round(HIGH - BOTTOM - high, 1), thick, high)

    bars = [
        bar(kind, at, amount) for kind, row in (("before", before), ("after", after)) for at, amount in enumerate(row)
    ]
    marks = [bar("most", at, amount) for at, amount in enumerate(most)]
    across = [
        Tick(round(HIGH - BOTTOM - at * step / top * (HIGH - BOTTOM - TOP), 1), worded(at * step))
        for at in range(round(top / step) + 1)
    ]
    along = [Tick(round(LEFT + room * (at + 0.48), 1), year) for at, year in enumerate(years)]
    return Columns(bars, marks, across, along)


def steps_of(stretches: Iterable[Stretch]) -> list[float]:
    """Where the steps of a scale begin; one step for a plain number."""
    starts = {start for each in stretches if isinstance(each.value, tuple) for start, _amount in each.value}
    return sorted(starts) or [0.0]


def amount_at(value: Value, start: float) -> float:
    """What a parameter comes to at a step of its scale."""
    return at_step(value, start) if isinstance(value, tuple) else float(value)


def nice(most: float) -> tuple[float, float]:
    """The top of an axis and the distance of its ticks, both round.

    >>> nice(1000), nice(1250), nice(6), nice(0)
    ((1000.0, 250.0), (1500.0, 500.0), (6.0, 2.0), (1.0, 0.25))
    """
    if most <= 0:
        most = 1
    unit = 10 ** (ceil(log10(most)) - 1)
    step = next(each * unit for each in (0.25, 0.5, 1, 2, 2.5, 5, 10) if most / (each * unit) <= 4)
    return float(ceil(most / step) * step), float(step)


def worded(number: float) -> str:
    """A number without a tail of zeros.

    >>> worded(1000.0), worded(0.35), worded(9.5)
    ('1,000', '0.35', '9.5')
    """
    return f"{number:,.2f}".rstrip("0").rstrip(".")
