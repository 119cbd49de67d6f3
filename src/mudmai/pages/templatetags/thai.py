"""Filters that write dates, ages and numbers as people here read them: Buddhist era and Bangkok time in Thai.

In English the year is Gregorian, so that a foreign reader is not 543 years off. Empty in, empty out.
"""

from datetime import date, datetime
from typing import Literal

from django import template
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mudmai.kernel import clock, dates

register = template.Library()

# What English shows of an ISO text, by its length: "1950", "1950-03", "1950-03-15".
ENGLISH = {4: "Y", 7: "F Y", 10: "j M Y"}


@register.filter
def thai_date(value: date | str | None, style: Literal["short", "long"] = "short") -> str:
    """A day, or an ISO text that is as precise as it is long: 15 มี.ค. 2493, มี.ค. 2493, 2493.

    A word in place of a day ("there is none") stays as it is.
    """
    if not value:
        return ""
    if isinstance(value, str) and not value[:4].isdecimal():
        return value
    local = _local(value)
    return dates.format_thai_date(local, style) if _is_thai() else _english(local)


@register.filter
def thai_datetime(value: datetime | None) -> str:
    """A moment in Bangkok: 21 พ.ย. 2569 09:30 น."""
    if not value:
        return ""
    if _is_thai():
        return dates.format_thai_datetime(value)
    local = value.astimezone(clock.BANGKOK) if value.tzinfo else value
    return f"{_english(local)} {local:%H:%M}"


@register.filter
def thai_month(value: date | str | None) -> str:
    """The month of a day: พฤศจิกายน 2569."""
    if not value:
        return ""
    local = _local(value)
    return dates.thai_month_year(local) if _is_thai() else _english(_iso(local)[:7])


@register.filter
def age_on(birth: str | date | None, on: date | None = None) -> int | str:
    """Whole years from a birth date (ISO text, perhaps partial) to a day, today when none is given."""
    if not birth:
        return ""
    iso = birth if isinstance(birth, str) else birth.isoformat()
    years = dates.age_in_years(iso, on or clock.today())
    return "" if years is None else years


@register.filter
def age(birth: str | date | None, on: date | None = None) -> str:
    """The same with its word: 76 ปี."""
    years = age_on(birth, on)
    if years == "":
        return ""
    return ngettext("%(years)d year", "%(years)d years", int(years)) % {"years": years}


@register.filter
def grouped(value: float | str | None) -> str:
    """A number with commas: 12,345. What is no number stays as it is."""
    return f"{value:,}" if isinstance(value, int | float) else str(value if value is not None else "")


@register.filter
def area_label(moo: int | str | None, village: str | None = None) -> str:
    """Village number and name together: หมู่ 2 บ้านน้ำผึ้ง."""
    number = _("Moo %(moo)s") % {"moo": moo} if moo else ""
    return " ".join(part for part in (number, village) if part)


def _local(value: date | str) -> date | str:
    return value.astimezone(clock.BANGKOK) if isinstance(value, datetime) and value.tzinfo else value


def _iso(value: date | str) -> str:
    return value if isinstance(value, str) else f"{value:%Y-%m-%d}"


def _english(value: date | str) -> str:
    iso = _iso(value)[:10]
    year, month, day = ([int(part) for part in iso.split("-")] + [1, 1])[:3]
    return format_date(date(year, month, day), ENGLISH[len(iso)])


def _is_thai() -> bool:
    return (get_language() or "th").startswith("th")
