"""Dated rows of parameters: which of them hold on a day, what they come to, and what is wrong with a new one.

A row replaces the value, or comes on top of it, from its first day to its last one. Of the replacing rows that cover a
day holds the most local one, then the one that began last, then the office's own before the shipped one. So a new rate
ends the old one without anybody touching it, and a rate for six months gives way to the old one again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from mudmai.kernel.dates import format_thai_date

# A number; yes or no; or the steps of a scale: ((from age 60, 600), (from age 70, 700), …).
Steps = tuple[tuple[float, float], ...]
Value = float | bool | Steps
KINDS = ("number", "yes_no", "scale")
GRADES = ("A", "B", "C", "K")
REPLACE, ADD = "replace", "add"
# Nothing of this kind was written down before; whatever lies outside was typed in the other calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2300
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Row:
    """One dated value of one parameter."""

    parameter: str
    valid_from: date
    valid_to: date | None  # its last day; None: until something takes over
    value: Value
    mode: str = REPLACE
    legal_basis: str = ""
    source: str = ""
    confidence: str = "B"
    in_force: bool = True  # False: proposed only, shown and never used
    note: str = ""
    reviewed: str = ""
    area_code: str = ""
    office: bool = False
    id: int = 0

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def meets(self, other: "Row") -> bool:
        """Whether there is a day that both cover."""
        return (self.valid_to is None or other.valid_from <= self.valid_to) and (
            other.valid_to is None or self.valid_from <= other.valid_to
        )

    @property
    def rank(self) -> tuple[int, date, bool, int]:
        """Of two replacing rows that cover a day, the one with the greater rank holds."""
        return len(self.area_code), self.valid_from, self.office, self.id


@dataclass(frozen=True)
class Parameter:
    """Something that a rule needs to know and that regulations change: a rate, an age, a limit."""

    name: str
    kind: str
    unit: str
    th: str
    en: str
    programme: str
    rows: tuple[Row, ...]
    file: str = ""

    def label(self, language: str = "th") -> str:
        return self.th if language.startswith("th") else self.en

    @cached_property
    def in_force(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.in_force)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a parameter comes to from one day until the next stretch begins; None where no row says anything."""

    first: date
    value: Value | None
    base: Row | None
    added: tuple[Row, ...] = ()


def rows_for(rows: Iterable[Row], area: str | None = "") -> list[Row]:
    """The rows that hold in an area: those of the whole country, and those of each area around it; None: all of them.

    >>> of = lambda area: Row("a.rate", date(2020, 1, 1), None, 1.0, area_code=area)
    >>> [row.area_code for row in rows_for([of(""), of("52"), of("10")], "520306")]
    ['', '52']
    """
    return [row for row in rows if area is None or area.startswith(row.area_code)]


def own_areas(rows: Iterable[Row]) -> list[str]:
    """Areas that have rows of their own, the larger ones first."""
    return sorted({row.area_code for row in rows if row.area_code}, key=lambda code: (len(code), code))


def effective(parameter: Parameter, office: Iterable[Row] = (), area: str | None = None) -> list[Stretch]:
    """What the parameter comes to over time: a new stretch wherever the value may change.

    `area`: only the office's rows that hold there; None where they have been chosen already.

    >>> rate = Parameter("a.rate", "number", "", "", "", "", (Row("a.rate", date(2020, 1, 1), None, 600.0),))
    >>> more = Row("a.rate", date(2022, 4, 1), date(2022, 9, 30), 100.0, "add", office=True)
    >>> [(each.first.isoformat(), each.value) for each in effective(rate, [more])]
    [('2020-01-01', 600.0), ('2022-04-01', 700.0), ('2022-10-01', 600.0)]
    """
    own = rows_for((row for row in office if row.parameter == parameter.name and row.in_force), area)
    rows = [*parameter.in_force, *own]
    firsts = {row.valid_from for row in rows} | {row.valid_to + ONE_DAY for row in rows if row.valid_to}
    stretches: list[Stretch] = []
    for first in sorted(firsts):
        stretch = _stretch(rows, first)
        if not stretches or (stretch.base, stretch.added) != (stretches[-1].base, stretches[-1].added):
            stretches.append(stretch)
    return stretches


def _stretch(rows: list[Row], first: date) -> Stretch:
    covering = [row for row in rows if row.covers(first)]
    base = max((row for row in covering if row.mode == REPLACE), key=lambda row: row.rank, default=None)
    added = tuple(sorted((row for row in covering if row.mode == ADD), key=lambda row: row.rank))
    if base is None:
        return Stretch(first, None, None, added)
    value = base.value
    for row in added:
        value = plus(value, row.value)
    return Stretch(first, value, base, added)


def on_day(stretches: Sequence[Stretch], day: date) -> Stretch | None:
    """The stretch that a day lies in; None before the first."""
    return max((each for each in stretches if each.first <= day), key=lambda each: each.first, default=None)


def value_on(parameter: Parameter, office: Iterable[Row], day: date, area: str | None = None) -> Value | None:
    """What the parameter comes to on one day; None where no row says anything."""
    found = on_day(effective(parameter, office, area), day)
    return found.value if found else None


def plus(value: Value, more: Value) -> Value:
    """A value with a supplement: numbers add up, scales step by step.

    >>> plus(600.0, 100.0)
    700.0
    >>> plus(((60, 600.0), (70, 700.0)), ((60, 100.0), (80, 50.0)))
    ((60, 700.0), (70, 800.0), (80, 750.0))
    """
    if isinstance(value, tuple) and isinstance(more, tuple):
        starts = sorted({start for start, _amount in (*value, *more)})
        return tuple((start, at_step(value, start) + at_step(more, start)) for start in starts)
    if isinstance(value, tuple) or isinstance(more, tuple):
        return value
    return value + more if not isinstance(value, bool) else value or bool(more)


def at_step(scale: Steps, at: float) -> float:
    """The amount of a scale at a point; 0 below its first step.

    >>> at_step(((60, 600.0), (70, 700.0)), 69), at_step(((60, 600.0),), 59)
    (600.0, 0.0)
    """
    return next((amount for start, amount in reversed(scale) if start <= at), 0.0)


def read_value(kind: str, raw: Any) -> Value:
    """The value of a row as files and forms hold it. Raises ValueError where it is of another kind."""
    if kind == "yes_no" and isinstance(raw, bool):
        return raw
    if kind == "number" and isinstance(raw, int | float) and not isinstance(raw, bool):
        return float(raw)
    if kind == "scale" and isinstance(raw, list | tuple) and raw:
        steps = tuple((_number(start), _number(amount)) for start, amount in raw)
        if list(steps) == sorted(set(steps)) and len({start for start, _amount in steps}) == len(steps):
            return steps
    raise ValueError(raw)


def _number(raw: Any) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise ValueError(raw)
    return float(raw)


def plain(value: Value) -> Any:
    """A value as JSON keeps it."""
    return [list(step) for step in value] if isinstance(value, tuple) else value


# --- what is wrong with a row, in sentences ---------------------------------------------------------------------------


def faults(parameter: Parameter, office: Iterable[Row] = (), area: str | None = None) -> list[str]:
    """What is wrong with all rows of a parameter together: overlaps, and gaps between two rates."""
    own = rows_for((row for row in office if row.parameter == parameter.name), area)
    shipped = list(parameter.in_force)
    return [*overlaps(shipped), *overlaps(own), *gaps(effective(parameter, own, area))]


def faults_of_new(parameter: Parameter | None, row: Row, office: Iterable[Row] = ()) -> list[str]:
    """What is wrong with a row that somebody wants to add; an empty list when nothing is."""
    if parameter is None:
        return [_("There is no parameter called “%(name)s”.") % {"name": row.parameter}]
    own = faults_alone(parameter, row)
    if own:
        return own
    beside = [each for each in office if each.parameter == row.parameter and each.area_code == row.area_code]
    clashes = [each for each in beside if row.mode == REPLACE == each.mode and _clash(row, each)]
    if clashes:
        return [_overlap(row, each) for each in clashes]
    before = gaps(effective(parameter, office, row.area_code))
    after = gaps(effective(parameter, [*office, row], row.area_code))
    return [gap for gap in after if gap not in before]


def faults_alone(parameter: Parameter, row: Row) -> list[str]:
    """What is wrong with the row whatever stands beside it."""
    found = [*_faults_of_dates(row), *_faults_of_value(parameter, row)]
    if not row.legal_basis.strip():
        found.append(_("Say which regulation, resolution or announcement this rests on."))
    if row.confidence not in GRADES:
        found.append(_("Say how sure this is: A, B, C or K."))
    if row.mode not in {REPLACE, ADD}:
        found.append(_("A row stands in place of the rate, or comes on top of it."))
    return found


def _faults_of_dates(row: Row) -> list[str]:
    for day in (row.valid_from, row.valid_to):
        if day is not None and day.year > LAST_YEAR:
            return [
                _("The year %(year)s lies far ahead: a Buddhist year taken for a Christian one. Meant is %(meant)s.")
                % {"year": day.year, "meant": day.year - 543}
            ]
        if day is not None and day.year < FIRST_YEAR:
            return [
                _("The year %(year)s lies far back: a Christian year taken for a Buddhist one; meant: B.E. %(meant)s.")
                % {"year": day.year, "meant": day.year + 2 * 543}
            ]
    if row.valid_to is not None and row.valid_to < row.valid_from:
        return [
            _("The last day, %(to)s, lies before the first day, %(from)s.")
            % {"to": format_thai_date(row.valid_to), "from": format_thai_date(row.valid_from)}
        ]
    return []


def _faults_of_value(parameter: Parameter, row: Row) -> list[str]:
    try:
        value = read_value(parameter.kind, plain(row.value))
    except (ValueError, TypeError):
        return [WRONG_KIND[parameter.kind]()]
    amounts = [amount for _start, amount in value] if isinstance(value, tuple) else [value]
    if row.mode == REPLACE and any(amount < 0 for amount in amounts):
        return [_("A rate, an age or a limit is not less than 0.")]
    if parameter.kind == "yes_no" and row.mode == ADD:
        return [_("Nothing can come on top of yes or no: write it in place of the old answer.")]
    return []


WRONG_KIND = {
    "number": lambda: _("Here a number is needed."),
    "yes_no": lambda: _("Here yes or no is needed."),
    "scale": lambda: _("Here steps are needed, from the lowest to the highest, each with its amount."),
}


def _clash(row: Row, other: Row) -> bool:
    """Whether two replacing rows contradict each other: one says until when, and the other begins before."""
    earlier, later = sorted((row, other), key=lambda each: each.valid_from)
    if earlier.valid_from == later.valid_from:
        return True
    # An open end gives way to whatever begins later; and within an open row, a rate for some months has its time.
    return earlier.valid_to is not None and later.valid_from <= earlier.valid_to


def overlaps(rows: Sequence[Row]) -> list[str]:
    """Pairs of replacing rows of one area that contradict each other."""
    replacing = sorted((row for row in rows if row.mode == REPLACE), key=lambda row: (row.area_code, row.valid_from))
    return [
        _overlap(later, earlier)
        for at, earlier in enumerate(replacing)
        for later in replacing[at + 1 :]
        if earlier.area_code == later.area_code and _clash(earlier, later)
    ]


def _overlap(row: Row, other: Row) -> str:
    return _(
        "From %(from)s on there are two rates: another row holds %(dates)s. Take that one back, or choose other days."
    ) % {
        "from": format_thai_date(max(row.valid_from, other.valid_from)),
        "dates": dates_of(other),
    }


def gaps(stretches: Sequence[Stretch]) -> list[str]:
    """Days between two rates for which no row says anything, or only a supplement."""
    found = []
    for at, each in enumerate(stretches):
        after = stretches[at + 1] if at + 1 < len(stretches) else None
        if each.value is not None or (after is None and not each.added):
            continue  # a rate that has ended, and nothing follows
        if each.added:
            found.append(
                _("From %(from)s on there is a supplement, but no rate.") % {"from": format_thai_date(each.first)}
            )
        elif after is not None:
            found.append(
                _("From %(from)s to %(to)s no rate would hold: a gap. Choose other days, or add a row for them.")
                % {"from": format_thai_date(each.first), "to": format_thai_date(after.first - ONE_DAY)}
            )
    return found


def dates_of(row: Row) -> str:
    """The days of a row in words."""
    if row.valid_to is None:
        return _("from %(from)s on") % {"from": format_thai_date(row.valid_from)}
    return _("from %(from)s to %(to)s") % {
        "from": format_thai_date(row.valid_from),
        "to": format_thai_date(row.valid_to),
    }
