"""The 13-digit citizen id and the 11-digit house code.

Source: docs/rules/identifiers.md; reviewed 2569-11.
"""

import re
from operator import mul
from typing import Any

from mudmai.kernel.parsed import BLANK, Parsed, refused
from mudmai.kernel.text import cell_text, is_blank, thai_digits_to_arabic

_WEIGHTS = tuple(range(13, 1, -1))
# Summing byte values instead of digits adds 48 per weight; taking it off once is quicker than converting each.
_BYTES_EXCESS = 48 * sum(_WEIGHTS)
_SEPARATORS = re.compile(r"[\s\-–—−.,_/'\"`’]+")
_SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?\s*[eE]\s*\+?\s*\d{2}$")
_SCHOOL_NUMBER = re.compile(r"^[gG]\d{12}$")
_FIRST_WORDS = re.compile(
    r"^(?:เลขประจำตัวประชาชน|เลขบัตรประชาชน|เลขบัตร|เลขที่บัตร|ปชช\.?|CID|ID)\s*[:.]?\s*", re.IGNORECASE
)

CITIZEN_KINDS = {
    "0": "cid_kind_unregistered",
    "1": "cid_kind_born_on_time",
    "2": "cid_kind_born_late_notice",
    "3": "cid_kind_first_register",
    "4": "cid_kind_moved_first_period",
    "5": "cid_kind_added_later",
    "6": "cid_kind_temporary",
    "7": "cid_kind_child_of_temporary",
    "8": "cid_kind_alien_or_naturalised",
    "G": "cid_kind_school",
}


def check_digit(first12: str) -> str:
    """The 13th digit that belongs to twelve.

    >>> check_digit("123456789012")
    '1'
    """
    total = sum(map(mul, _WEIGHTS, first12.encode())) - _BYTES_EXCESS
    return str((11 - total % 11) % 10)


def _agrees(digits: str) -> bool:
    total = sum(map(mul, _WEIGHTS, digits.encode())) - _BYTES_EXCESS
    return bool((11 - total % 11) % 10 == ord(digits[12]) - 48)


def citizen_id(cell: object) -> Parsed[str]:
    """Thirteen digits whose check digit agrees; a school number "G" + 12 digits passes with a doubt.

    >>> citizen_id("1-2345-67890-12-1").value
    '1234567890121'
    >>> citizen_id("1.23457E+12").problem
    'cid_scientific'
    """
    text = cell if type(cell) is str else _digits_of_number(cell)
    if len(text) != 13 or not text.isascii() or not text.isdecimal():
        if is_blank(text):
            return BLANK
        text = thai_digits_to_arabic(cell_text(text))
        if _SCIENTIFIC.match(text):
            return refused("cid_scientific")
        text = _SEPARATORS.sub("", _FIRST_WORDS.sub("", text.removesuffix(".0")))
    return _checked(text, may_lack_zero=type(cell) is not str)


def _digits_of_number(cell: object) -> str:
    if isinstance(cell, float) and (cell != cell or cell < 0 or cell > 1e15):
        return "" if cell != cell else repr(cell)
    return cell_text(cell)


def _checked(text: str, *, may_lack_zero: bool) -> Parsed[str]:
    if not (text.isascii() and text.isdecimal()):
        if _SCHOOL_NUMBER.match(text):
            return Parsed(text.upper(), ("cid_school_number",))
        return refused("cid_length")
    if len(text) == 12 and _agrees("0" + text):
        return Parsed("0" + text, ("cid_leading_zero",))
    if len(text) != 13:
        return refused("cid_length")
    # A spreadsheet that shows 1.23457E+12 and is saved as text, or read back, has zeros where digits were.
    if may_lack_zero and text.endswith("000000"):
        return refused("cid_scientific")
    if not _agrees(text):
        return refused("cid_checksum", *_near_miss_doubts(text))
    if text[0] == "9":
        return refused("cid_first_digit")
    return Parsed(text)


def _swapped(digits: str) -> list[str]:
    pairs = range(12)
    return [
        digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        for i in pairs
        if digits[i] != digits[i + 1] and _agrees(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])
    ]


def _one_changed(digits: str) -> list[str]:
    # Long lists ask this of thousands of ids: sums are made anew, texts only where the sum agrees.
    values = [ord(digit) - 48 for digit in digits]
    total = sum(map(mul, _WEIGHTS, values))
    found = [
        f"{digits[:i]}{digit}{digits[i + 1 :]}"
        for i, weight in enumerate(_WEIGHTS)
        for digit in range(10)
        if digit != values[i] and (11 - (total + weight * (digit - values[i])) % 11) % 10 == values[12]
    ]
    last = check_digit(digits[:12])
    return found if last == digits[12] else [*found, digits[:12] + last]


def _near_miss_doubts(digits: str) -> tuple[str, ...]:
    # One changed digit can always explain a wrong sum; two swapped ones only sometimes.
    return ("cid_maybe_one_digit", "cid_maybe_swapped") if _swapped(digits) else ("cid_maybe_one_digit",)


def near_misses(cid: str) -> tuple[str, ...]:
    """The valid ids that two swapped neighbours or one wrong digit make of this one, likeliest first.

    Meant for looking them up: where one of them is a known person of the same name, the id was mistyped.
    """
    digits = _SEPARATORS.sub("", thai_digits_to_arabic(cid))
    if len(digits) != 13 or not digits.isdecimal() or not digits.isascii():
        return ()
    found = dict.fromkeys([*_swapped(digits), *_one_changed(digits)])
    return tuple(candidate for candidate in found if candidate[0] != "9")


def citizen_kind(cid: str) -> str:
    """Code of what the first character says about the person's registration ("" when it says nothing).

    The sentence for each code is in `words.SENTENCES`.

    >>> citizen_kind("1234567890121")
    'cid_kind_born_on_time'
    """
    return CITIZEN_KINDS.get(cid[:1].upper(), "")


def format_cid(cid: str) -> str:
    """The id as it is printed on the card.

    >>> format_cid("1234567890121")
    '1-2345-67890-12-1'
    """
    return f"{cid[0]}-{cid[1:5]}-{cid[5:10]}-{cid[10:12]}-{cid[12]}" if len(cid) == 13 else cid


def mask_cid(cid: str) -> str:
    """The id with its middle hidden, enough for a person to recognise her own.

    >>> mask_cid("1520112345123")
    '1-5201-xxxxx-12-3'
    """
    return f"{cid[0]}-{cid[1:5]}-xxxxx-{cid[10:12]}-{cid[12]}" if len(cid) == 13 else "x" * len(cid)


def house_code(cell: object) -> Parsed[str]:
    """The 11-digit code of a house. Length and digits only: its check digit has no published rule.

    >>> house_code("5204-001234-5").value
    '52040012345'
    """
    text: Any = cell if type(cell) is str else _digits_of_number(cell)
    if is_blank(text):
        return BLANK
    digits = _SEPARATORS.sub("", thai_digits_to_arabic(cell_text(text)).removesuffix(".0"))
    if _SCIENTIFIC.match(text.strip()):
        return refused("house_code_scientific")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) != 11:
        return refused("house_code_length")
    if digits == "0" * 11:
        return BLANK
    return Parsed(digits)
