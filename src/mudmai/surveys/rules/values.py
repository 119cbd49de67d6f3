"""Between the registry and a form: text in a form, values of the kinds of the catalogue in a record."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from mudmai.kernel import addresses, ids, phones
from mudmai.kernel.parsed import Parsed
from mudmai.people.rules.catalogue import NONE_TOLD, Attribute, catalogue

LONGEST_TEXT = 500
YES, NO = "yes", "no"
_YES_NO = {YES: True, "1": True, "true": True, NO: False, "0": False, "false": False}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# Days that somebody plans, or that stand on a card; all other days are of what has happened.
AHEAD = frozenset({"next_visit_on", "disability_card_expires"})
EARLIEST_YEAR = 1850


class Reading(NamedTuple):
    """What an answer says of an attribute: a value for the registry, or the kind of trouble; both empty: nothing."""

    value: Any = None
    trouble: str = ""


NOTHING = Reading()
UNREADABLE = Reading(trouble="value_unreadable")


def to_text(attribute: Attribute, value: Any) -> str:
    """A value of the registry as a form holds it; "" where nothing is known, or none was told.

    >>> to_text(catalogue().attributes["disability_types"], ["2", "4"]), to_text(catalogue().attributes["lat"], 18.0)
    ('2 4', '18')
    """
    if value is None or value == NONE_TOLD:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if attribute.kind == "phone":
        numbers = value if isinstance(value, list) else [value]
        return ", ".join(phones.format_phone(str(each)) for each in numbers)
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def to_value(code: str, text: str, *, day: date) -> Reading:
    """An answer as a record holds it. `day`: the day of the visit, after which nothing of the past can lie."""
    attribute = catalogue().attributes[code]
    text = text.strip()
    if not text:
        return NOTHING
    if attribute.kind == "date":
        return _date(text, None if code in AHEAD else day)
    if attribute.list:
        return _chosen(attribute, text)
    reader = _BY_CODE.get(code) or _BY_KIND.get(attribute.kind)
    return reader(text) if reader else Reading(text[:LONGEST_TEXT])


def is_day(text: str) -> bool:
    """Whether this is a date, perhaps in part: 1950, 1950-03, 1950-03-15.

    >>> is_day("1950-03"), is_day("1950-02-30"), is_day("15/3/2493")
    (True, False, False)
    """
    found = _DATE.fullmatch(text)
    if found is None or int(found[1]) < EARLIEST_YEAR:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def _date(text: str, latest: date | None) -> Reading:
    day = text[:10]  # a date and time counts as its day
    if not is_day(day):
        return UNREADABLE
    if latest is not None and day > latest.isoformat()[: len(day)]:
        return Reading(trouble="date_in_future")
    return Reading(day)


def _chosen(attribute: Attribute, text: str) -> Reading:
    known = catalogue().lists[attribute.list]
    codes = text.split() if attribute.kind == "codes" else [text]
    if any(code not in known for code in codes):
        return Reading(trouble="code_unknown")
    return Reading(sorted(set(codes)) if attribute.kind == "codes" else text)


def _parsed(parse: Callable[[object], Parsed[Any]], text: str) -> Reading:
    found = parse(text)
    return UNREADABLE if found.value is None else Reading(found.value)


def _yes_no(text: str) -> Reading:
    return Reading(_YES_NO[text.lower()]) if text.lower() in _YES_NO else UNREADABLE


def _number(text: str, *, whole: bool = False, most: float = 1e12) -> Reading:
    try:
        value = float(text)
    except ValueError:
        return UNREADABLE
    if not -most <= value <= most or (whole and not value.is_integer()):
        return UNREADABLE
    return Reading(int(value) if value.is_integer() else value)


def _degrees(text: str, *, most: float) -> Reading:
    found = _number(text, most=most)
    return found if found.trouble else Reading(round(float(found.value), 7))


def _area(text: str) -> Reading:
    return Reading(text) if text.isascii() and text.isdecimal() and len(text) in {6, 8} else UNREADABLE


_BY_CODE: dict[str, Callable[[str], Reading]] = {
    "house_no": partial(_parsed, addresses.house_no),
    "moo": partial(_parsed, addresses.moo),
}
_BY_KIND: dict[str, Callable[[str], Reading]] = {
    "yes_no": _yes_no,
    "whole": partial(_number, whole=True),
    "number": _number,
    "baht": _number,
    "phone": partial(_parsed, phones.phones),
    "cid": partial(_parsed, ids.citizen_id),
    "house_code": partial(_parsed, ids.house_code),
    "lat": partial(_degrees, most=90.0),
    "lon": partial(_degrees, most=180.0),
    "area": _area,
}
