"""The one clock: what day it is in Bangkok, and the Thai fiscal year.

Fiscal year BBBB runs from 1 October BBBB-1 to 30 September BBBB (Buddhist era).
Source: docs/rules/identifiers.md; reviewed 2569-11.
"""

import os
from datetime import date, datetime, timedelta, timezone

# Thailand has kept UTC+7 without summer time since 1920, so the clock needs no time-zone files.
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
BUDDHIST_OFFSET = 543


def now() -> datetime:
    """This moment in Bangkok; on the day named by MUDMAI_TODAY (YYYY-MM-DD) where that is set, as tests do."""
    moment = datetime.now(BANGKOK)
    fixed = os.environ.get("MUDMAI_TODAY")
    if not fixed:
        return moment
    return datetime.combine(date.fromisoformat(fixed), moment.timetz())


def today() -> date:
    """The date in Bangkok."""
    return now().date()


def fiscal_year(day: date) -> int:
    """The Thai fiscal year of a day, in the Buddhist era.

    >>> fiscal_year(date(2026, 9, 30)), fiscal_year(date(2026, 10, 1))
    (2569, 2570)
    """
    return day.year + BUDDHIST_OFFSET + (day.month >= 10)


def fiscal_year_range(year: int) -> tuple[date, date]:
    """First and last day of a Thai fiscal year.

    >>> fiscal_year_range(2569)
    (datetime.date(2025, 10, 1), datetime.date(2026, 9, 30))
    """
    gregorian = year - BUDDHIST_OFFSET
    return date(gregorian - 1, 10, 1), date(gregorian, 9, 30)
