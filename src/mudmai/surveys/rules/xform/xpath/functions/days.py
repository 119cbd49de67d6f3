"""Functions of days and times."""

import re
from datetime import datetime

from mudmai.surveys.rules.xform.xpath.asking import Context, Function
from mudmai.surveys.rules.xform.xpath.values import DAY, NAN, Moment, Value, at_days, moment, text

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# ODK Collect writes months and days in the language of the form.
_THAI_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_THAI_DAYS = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
_UNPADDED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(T.*)?", re.ASCII)
_TIME = re.compile(r"(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[-+]\d{2}:\d{2})?", re.ASCII)


def _instant(value: Value) -> Moment | None:
    if isinstance(value, Moment):
        return value
    if isinstance(value, float):
        return at_days(value) if value == value else None
    return moment(text(value))


def to_date(c: Context, value: Value) -> Value:
    if isinstance(value, list | str):
        told = text(value)
        if not told:
            return ""
        match = _UNPADDED.fullmatch(told)
        if match:
            told = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}{match[4] or ''}"
        return moment(told) or ""
    return "" if isinstance(value, bool) else _instant(value) or ""


def decimal_date_time(c: Context, value: Value) -> Value:
    found = _instant(value)
    return NAN if found is None else float(found)


def decimal_time(c: Context, value: Value) -> Value:
    match = _TIME.fullmatch(text(value))
    if match is None:
        return NAN
    found = moment(f"1970-01-01T{match[0]}")
    if found is None or found.at is None:
        return NAN
    at = found.at
    return (at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6) / DAY


def format_date(c: Context, value: Value, form: Value) -> Value:
    return _formatted(c, value, text(form), "YymnbdEea")


def format_date_time(c: Context, value: Value, form: Value) -> Value:
    return _formatted(c, value, text(form), "YymnbdeaHhMS3")


def _formatted(c: Context, value: Value, form: str, known: str) -> str:
    found = moment(str(value) if isinstance(value, Moment) else text(value))
    if found is None or found.at is None:
        return ""
    at, thai = found.at, c.world.javarosa and "th" in c.world.language.lower()
    return re.sub(f"%([{known}])", lambda match: _part(at, match[1], thai=thai), form)


def _part(at: datetime, letter: str, *, thai: bool) -> str:
    parts = {
        "Y": f"{at.year:04}",
        "y": f"{at.year:04}"[2:],
        "m": f"{at.month:02}",
        "n": str(at.month),
        "b": (_THAI_MONTHS if thai else _MONTHS)[at.month - 1],
        "d": f"{at.day:02}",
        "e": str(at.day),
        "a": (_THAI_DAYS if thai else _DAYS)[at.weekday()],
        "H": f"{at.hour:02}",
        "h": str(at.hour),
        "M": f"{at.minute:02}",
        "S": f"{at.second:02}",
        "3": f"{at.microsecond // 1000:03}",
    }
    return parts.get(letter, "")


DAYS: dict[str, Function] = {
    "today": lambda c: c.world.today,
    "now": lambda c: c.world.now,
    "date": to_date,
    "date-time": to_date,
    "decimal-date-time": decimal_date_time,
    "decimal-time": decimal_time,
    "format-date": format_date,
    "format-date-time": format_date_time,
}
