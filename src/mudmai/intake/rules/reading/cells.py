"""Reads one cell of one kind: a value, what was unsure, or the name of the problem. Answers are kept per column."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from typing import Any, NamedTuple

from mudmai.intake.rules.layout import FAILS, flagged
from mudmai.intake.rules.mapping.headings import header_key
from mudmai.kernel import addresses, dates, ids, numbers, phones
from mudmai.kernel.parsed import Parsed
from mudmai.kernel.text import cell_text, is_blank, thai_digits_to_arabic
from mudmai.kernel.workbook.model import CellError
from mudmai.people.rules.catalogue import NONE_TOLD, Attribute, catalogue


class Reading(NamedTuple):
    """What a cell says; `value` None where it says nothing that can be kept."""

    value: Any = None
    doubts: tuple[str, ...] = ()
    problem: str = ""


Reader = Callable[[object], Reading]
NOTHING = Reading()
LONGEST_TEXT = 500
_NONE_WORDS = frozenset(["ไม่มี", "none", "no"])
# Where "ไม่มี" answers the question: nobody, or nothing, is there.
_NONE_ANSWERS = frozenset(["phone", "caregiver_name", "caregiver_phone", "diagnosis", "household_need", "occupation"])
# In a column of flags a dash says that the house has nobody whom the indicator means.
_NOBODY_MEANT = frozenset(["-", "–", "ไม่มีคนในเกณฑ์", "N/A", "n/a"])
_AHEAD = frozenset(["disability_card_expires"])
_NO_WORDS = re.compile(r"[<>{}\\]|https?:|javascript:|=\s*\w+\(", re.IGNORECASE)


def reader_of(attribute: str, *, today: date) -> Reader:
    """The reader for cells of an attribute of the catalogue (or `observed_on`)."""
    if attribute == "observed_on":
        return partial(_date, today=today, ahead=False)
    if flagged(attribute):
        return partial(_flag, attribute.startswith(FAILS))
    found = catalogue().attributes[attribute]
    special = _BY_CODE.get(attribute)
    if special is not None:
        return special
    if found.kind == "date":
        return partial(_date, today=today, ahead=attribute in _AHEAD)
    if found.kind in ("code", "codes"):
        return _listed(found)
    if found.kind == "phone":
        return partial(_phone, attribute)
    return _BY_KIND.get(found.kind) or partial(_text, attribute)


def is_no_name(text: str) -> bool:
    """Whether a cell for a name holds a script, a link or a formula."""
    return _NO_WORDS.search(text) is not None


def _of(parsed: Parsed[Any]) -> Reading:
    return Reading(parsed.value, parsed.doubts, parsed.problem or "")


def _failed(cell: object) -> Reading | None:
    return Reading(problem="formula_error") if type(cell) is CellError else None


def _text(attribute: str, cell: object) -> Reading:
    if failed := _failed(cell):
        return failed
    text = cell_text(cell)
    if is_blank(text):
        return Reading(NONE_TOLD) if attribute in _NONE_ANSWERS and text in _NONE_WORDS else NOTHING
    return Reading(text) if len(text) <= LONGEST_TEXT else Reading(text[:LONGEST_TEXT], ("text_cut",))


def _date(cell: object, *, today: date, ahead: bool) -> Reading:
    if failed := _failed(cell):
        return failed
    found = dates.thai_date(cell, today=today, may_be_future=ahead)
    if found.value is None:
        return Reading(None, found.doubts, found.problem or "")
    if not ahead and found.value.first_day() > today:
        return Reading(problem="date_in_future")
    return Reading(found.value.iso, tuple(code for code in found.doubts if code != "date_in_future"))


def _phone(attribute: str, cell: object) -> Reading:
    if failed := _failed(cell):
        return failed
    if attribute in _NONE_ANSWERS and isinstance(cell, str) and cell.strip() in _NONE_WORDS:
        return Reading(NONE_TOLD)
    return _of(phones.phones(cell))


def _checked(parse: Callable[[object], Parsed[Any]], cell: object) -> Reading:
    return _failed(cell) or _of(parse(cell))


def _yes_no(cell: object) -> Reading:
    # "ไม่มี" is blank to all other parsers; here it is an answer.
    return _failed(cell) or _of(numbers.yes_no(cell))


def _flag(fails: bool, cell: object) -> Reading:
    """A result of an indicator, from a column of which the name says what its 1 means."""
    if failed := _failed(cell):
        return failed
    text = cell_text(cell)
    if text in _NOBODY_MEANT:
        return Reading("none")
    found = numbers.yes_no(text.removesuffix(".0"))
    if found.value is None:
        return Reading(None, found.doubts, found.problem or "")
    return Reading("fail" if found.value is fails else "pass")


@cache
def _writings(name: str) -> dict[str, str]:
    codes = catalogue().lists[name].values()
    return {header_key(word): code.code for code in codes for word in (code.code, *code.writings)}


def _listed(attribute: Attribute) -> Reader:
    return partial(_several if attribute.kind == "codes" else _one, attribute.list)


def _one(name: str, cell: object) -> Reading:
    if failed := _failed(cell):
        return failed
    text = cell_text(cell)
    if name == INDICATOR_RESULT and text in _DASHES:
        return Reading("none")
    if is_blank(text):
        return NOTHING
    code = _code_of(text, name)
    return Reading(code) if code else Reading(problem="code_unknown")


# A dash under an indicator of จปฐ. is an answer: it applies to nobody. Source: docs/rules/needs.md; 2569-11.
INDICATOR_RESULT = "indicator_result"
_DASHES = frozenset("-–—")

_NUMBERED = re.compile(r"^\(?\s*(\d{1,2})\s*[.):\-–]*\s*")
_BETWEEN = re.compile(r"\s*[,;/+\n]\s*|\s+และ\s*|และ(?=ทาง|พิการ|การ)")


def _code_of(text: str, name: str) -> str:
    """The code that a writing means: exactly, else by its leading number, else by the longest writing inside it."""
    writings = _writings(name)
    key = header_key(text)
    if key in writings:
        return writings[key]
    numbered = _NUMBERED.match(thai_digits_to_arabic(text))
    if numbered and numbered.group(1) in catalogue().lists[name]:
        return numbered.group(1)
    inside = [word for word in writings if len(word) >= 2 and not word.isascii() and key.startswith(word)]
    inside = inside or [word for word in writings if len(word) >= 4 and word in key]
    return writings[max(inside, key=len)] if inside else ""


def _several(name: str, cell: object) -> Reading:
    if failed := _failed(cell):
        return failed
    text = cell_text(cell)
    if is_blank(text):
        return NOTHING
    whole = _writings(name).get(header_key(text))
    if whole:
        return Reading([whole])
    codes = {piece: _code_of(piece, name) for piece in _BETWEEN.split(text) if piece}
    found = sorted({code for code in codes.values() if code})
    if not found:
        return Reading(problem="code_unknown")
    return Reading(found, () if all(codes.values()) else ("code_some_unknown",))


def _adl(cell: object) -> Reading:
    found = _checked(numbers.whole, cell)
    if found.value is not None and not 0 <= found.value <= 20:
        return Reading(problem="adl_out_of_range")
    return found


_POSTCODE = re.compile(r"[1-9]\d{4}$")


def _postcode(cell: object) -> Reading:
    text = thai_digits_to_arabic(cell_text(cell))
    return Reading(text) if _POSTCODE.match(text) else NOTHING


_BY_CODE: dict[str, Reader] = {
    "adl_score": _adl,
    "house_no": partial(_checked, addresses.house_no),
    "moo": partial(_checked, addresses.moo),
    "postcode": _postcode,
}
_BY_KIND: dict[str, Reader] = {
    "whole": partial(_checked, numbers.whole),
    "number": partial(_checked, numbers.number),
    "baht": partial(_checked, numbers.baht),
    "yes_no": _yes_no,
    "house_code": partial(_checked, ids.house_code),
    "address": partial(_checked, addresses.address),
    "point": lambda cell: NOTHING,
}
