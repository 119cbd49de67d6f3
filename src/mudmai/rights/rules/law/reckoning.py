"""Days and answers over many at once: whole numbers compared, without a look at each calendar date.

Answers are those of kernel.logic (NO -1, UNKNOWN 0, YES 1), written as a difference of two comparisons, which is much
faster over a million people than choosing between three values.
"""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from mudmai.kernel import clock
from mudmai.kernel.logic import UNKNOWN, Answers

Days = npt.NDArray[np.int32]
# A day of which nothing is told, and one that never comes.
UNTOLD_DAY = int(np.iinfo(np.int32).min)
LATEST_DAY = int(np.iinfo(np.int32).max)
_DAY_ZERO = date(1970, 1, 1).toordinal()

# The calendar as tables, so that months are added by looking up: the first day of every month of these years, and of
# every day its month and how far it lies into that.
_YEARS = (1800, 2400)
_MONTHS = np.arange(f"{_YEARS[0]}-01", f"{_YEARS[1]}-01", dtype="datetime64[M]")
_STARTS = _MONTHS.astype("datetime64[D]").astype(np.int32)
_FIRST = int(_STARTS[0])
_MONTH = np.repeat(np.arange(len(_STARTS) - 1, dtype=np.int32), np.diff(_STARTS))
_INTO = (np.arange(len(_MONTH), dtype=np.int32) + _FIRST - _STARTS[_MONTH]).astype(np.int32)


def number(day: date) -> int:
    """A day as the columns count it.

    >>> number(date(1970, 1, 2))
    1
    """
    return day.toordinal() - _DAY_ZERO


def day_of(count: int) -> date:
    """The day of a number.

    >>> day_of(1)
    datetime.date(1970, 1, 2)
    """
    return date.fromordinal(count + _DAY_ZERO)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier (or, below 0, later) month; its last day where the month is shorter.

    >>> months_before(date(2026, 8, 31), 6), months_before(date(2028, 2, 29), 12), months_before(date(2026, 1, 5), -6)
    (datetime.date(2026, 2, 28), datetime.date(2027, 2, 28), datetime.date(2026, 7, 5))
    """
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError


def years_before(day: date, years: float) -> date:
    """The latest day of birth of whoever is so old on a day.

    >>> years_before(date(2026, 9, 1), 60)
    datetime.date(1966, 9, 1)
    """
    return months_before(day, round(years * 12))


def fiscal_start(day: date) -> date:
    """The first day of the fiscal year of a day.

    >>> fiscal_start(date(2026, 9, 30)), fiscal_start(date(2026, 10, 1))
    (datetime.date(2025, 10, 1), datetime.date(2026, 10, 1))
    """
    return clock.fiscal_year_range(clock.fiscal_year(day))[0]


def split(yes: npt.NDArray[np.bool_], no: npt.NDArray[np.bool_]) -> Answers:
    """YES where the first holds, NO where the second does, else UNKNOWN; never both.

    >>> split(np.array([True, False, False]), np.array([False, True, False])).tolist()
    [1, -1, 0]
    """
    found: Answers = np.subtract(yes.view(np.int8), no.view(np.int8))
    return found


def no_later(first: Days, last: Days, limit: int) -> Answers:
    """Whether something that happened between two days happened by the limit. Nothing told: UNKNOWN.

    >>> no_later(np.array([5, 5, UNTOLD_DAY], np.int32), np.array([6, 9, LATEST_DAY], np.int32), 6).tolist()
    [1, 0, 0]
    """
    return split(last <= limit, first > limit)


def by(day: Days, limit: int) -> Answers:
    """Whether a day that was told lies at the limit or before; UNTOLD_DAY is UNKNOWN.

    >>> by(np.array([5, 7, UNTOLD_DAY], np.int32), 6).tolist()
    [1, -1, 0]
    """
    return split((day <= limit) & (day != UNTOLD_DAY), day > limit)


def since(day: Days, limit: int) -> Answers:
    """Whether a day that was told lies at the limit or after; UNTOLD_DAY is UNKNOWN.

    >>> since(np.array([5, 7, UNTOLD_DAY], np.int32), 6).tolist()
    [-1, 1, 0]
    """
    return split(day >= limit, (day < limit) & (day != UNTOLD_DAY))


def at_most(values: npt.NDArray[Any], limit: float) -> Answers:
    """Whether numbers stay within a limit; NaN is UNKNOWN.

    >>> at_most(np.array([5.0, 3.0, np.nan]), 4).tolist()
    [-1, 1, 0]
    """
    return split(values <= limit, values > limit)


def at_least(values: npt.NDArray[Any], limit: float) -> Answers:
    """Whether numbers reach a limit; NaN is UNKNOWN.

    >>> at_least(np.array([5.0, 3.0, np.nan]), 4).tolist()
    [1, -1, 0]
    """
    return split(values >= limit, values < limit)


def any_bit(mask: npt.NDArray[np.int64], bits: int = -1) -> Answers:
    """Whether one of these codes was told; UNKNOWN where nothing was.

    >>> any_bit(np.array([4, 2, 0, -1]), 4).tolist()
    [1, -1, -1, 0]
    """
    told = mask >= 0
    has = ((mask & bits) != 0) & told
    return split(has, told & ~has)


def is_code(column: npt.NDArray[np.int16], *places: int) -> Answers:
    """Whether the code told is one of these; UNKNOWN where none was.

    >>> is_code(np.array([0, 3, -1], np.int16), 0, 1).tolist()
    [1, -1, 0]
    """
    has = column == places[0]
    for place in places[1:]:
        has |= column == place
    return split(has, (column >= 0) & ~has)


def only_yes(part: Answers) -> Answers:
    """A sign that tells something where it is there, and nothing where it is not.

    >>> only_yes(np.array([1, 0, -1], np.int8)).tolist()
    [1, 0, 0]
    """
    return np.maximum(part, np.int8(UNKNOWN))


def decided_by(first: Answers, second: Answers | np.int8) -> Answers:
    """The first answer where there is one, else the second.

    >>> decided_by(np.array([1, 0, -1], np.int8), np.array([-1, -1, 1], np.int8)).tolist()
    [1, -1, -1]
    """
    return np.where(first == UNKNOWN, second, first)


def years_after(day: Days, years: int) -> Days:
    """The same day so many years later, of days that were told; the first of March for the last of February.

    >>> born = np.array([number(date(1966, 9, 2)), number(date(1968, 2, 29))], np.int32)
    >>> [str(day_of(day)) for day in years_after(born, 61)]
    ['2027-09-02', '2029-03-01']
    """
    return months_after(day, years * 12)


def months_after(day: Days, months: int, *, over: int = 1) -> Days:
    """The same day so many months later, of days that were told; where the month is shorter the first of the next one.

    `over=0`: then its last day, as a time allowed ends.

    >>> august = np.array([number(date(2026, 8, 31))], np.int32)
    >>> str(day_of(months_after(august, 6)[0])), str(day_of(months_after(august, 6, over=0)[0]))
    ('2027-03-01', '2027-02-28')
    """
    place = np.clip(day - _FIRST, 0, len(_MONTH) - 1)
    month = _MONTH[place] + months
    last = len(_STARTS) - 2
    later = _STARTS[np.clip(month, 0, last)] + _INTO[place]
    found: Days = np.minimum(later, _STARTS[np.clip(month + 1, 0, last)] - 1 + over)
    return found


def first_of_month(day: Days) -> Days:
    """The first day of the month of each.

    >>> day_of(int(first_of_month(np.array([number(date(2026, 9, 2))], np.int32))[0]))
    datetime.date(2026, 9, 1)
    """
    found: Days = _STARTS[_MONTH[np.clip(day - _FIRST, 0, len(_MONTH) - 1)]]
    return found
