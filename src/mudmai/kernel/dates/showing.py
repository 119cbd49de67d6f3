"""Dates for Thai readers: Thai months, Buddhist era."""

from datetime import date, datetime
from typing import Literal

from mudmai.kernel.clock import BANGKOK, BUDDHIST_OFFSET
from mudmai.kernel.dates import months
from mudmai.kernel.dates.partial import PartialDate

Style = Literal["short", "long"]
Dated = str | date | PartialDate


def _parts(value: Dated) -> tuple[int, int | None, int | None]:
    if isinstance(value, str):
        value = PartialDate.from_iso(value[:10])
    elif isinstance(value, datetime):
        value = value.astimezone(BANGKOK) if value.tzinfo else value
    return value.year, value.month, value.day


def format_thai_date(value: Dated, style: Style = "short") -> str:
    """A date as exact as it is known; accepts what records keep ("1950-03").

    >>> format_thai_date("1950-03-15"), format_thai_date("1950-03", "long"), format_thai_date("1950", "long")
    ('15 มี.ค. 2493', 'มีนาคม 2493', 'พ.ศ. 2493')
    """
    year, month, day = _parts(value)
    buddhist = year + BUDDHIST_OFFSET
    if month is None:
        return f"พ.ศ. {buddhist}" if style == "long" else str(buddhist)
    name = (months.LONG if style == "long" else months.SHORT)[month - 1]
    return f"{name} {buddhist}" if day is None else f"{day} {name} {buddhist}"


def format_thai_datetime(value: datetime, style: Style = "short") -> str:
    """A moment in Bangkok time.

    >>> format_thai_datetime(datetime(2026, 3, 2, 14, 5, tzinfo=BANGKOK))
    '2 มี.ค. 2569 14:05 น.'
    """
    local = value.astimezone(BANGKOK) if value.tzinfo else value
    return f"{format_thai_date(local, style)} {local:%H:%M} น."


def thai_month_year(value: Dated, style: Style = "long") -> str:
    """Month and year of a date, without its day.

    >>> thai_month_year("1950-03-15")
    'มีนาคม 2493'
    """
    year, month, _day = _parts(value)
    return format_thai_date(PartialDate(year, month), style)
