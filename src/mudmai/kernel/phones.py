"""Thai phone numbers, several in one cell if need be.

Source: the national numbering plan (docs/rules/identifiers.md); reviewed 2569-11.
"""

import re

from mudmai.kernel.parsed import BLANK, Parsed, refused
from mudmai.kernel.text import cell_text, is_blank, thai_digits_to_arabic

_MOBILE = re.compile(r"0[689]\d{8}")
_ONE_AFTER_ANOTHER = re.compile(r"0[689]\d{8}|0[23457]\d{7}")
_BETWEEN = re.compile(r"[,;/|&\n]|หรือ|และ|กับ|\s{2,}|(?<=\d)\s+(?=0\d{8,9}(?!\d))|(?<=\d{4})\s+(?=0\d{1,2}\s?-)")
_EXTENSION = re.compile(r"\s*(?:ต่อ|ext\.?|#|กด)\s*\d+.*$", re.IGNORECASE)
_NOT_A_DIGIT = re.compile(r"\D+")
_LABEL = re.compile(r"^\s*(?:โทรศัพท์|โทร|มือถือ|เบอร์|tel|mobile|phone|ม\.|บ้าน|ที่ทำงาน)?[\s.:]*", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_RANGE_END = re.compile(r"(?<=\d{6})\s*(?:-|ถึง)\s*\d{1,2}$")
_ABROAD = re.compile(r"\+(?!66)[\d\s().-]{8,20}")
_LONGEST = 200


def phones(cell: object) -> Parsed[list[str]]:
    """The phone numbers in a cell in international form (E.164).

    >>> phones("081-234-5678 / 053 123456").value
    ['+66812345678', '+6653123456']
    """
    if type(cell) is str and len(cell) == 10 and _MOBILE.fullmatch(cell) and cell.isascii():
        return Parsed(["+66" + cell[1:]])
    text = thai_digits_to_arabic(cell_text(cell))
    if is_blank(text) or not text.strip("0-. "):
        return refused("phone_unreadable") if isinstance(cell, bool) else BLANK
    if len(text) > _LONGEST:
        return refused("phone_length")
    found: dict[str, None] = {}
    doubts: dict[str, None] = {}
    failed = False
    for piece in filter(None, map(str.strip, _BETWEEN.split(text))):
        numbers, piece_doubts = _of_piece(piece)
        failed = failed or not numbers
        found.update(dict.fromkeys(numbers))
        doubts.update(dict.fromkeys(piece_doubts))
    if not found:
        return refused("phone_length" if sum(map(str.isdecimal, text)) >= 4 else "phone_unreadable")
    if failed:
        doubts["phone_some_unreadable"] = None
    return Parsed(list(found), tuple(doubts))


def _of_piece(piece: str) -> tuple[list[str], tuple[str, ...]]:
    if _ABROAD.fullmatch(piece):
        digits = _NOT_A_DIGIT.sub("", piece)
        return (["+" + digits], ()) if 8 <= len(digits) <= 15 else ([], ())
    labelled = _LABEL.sub("", piece)
    bare = _EXTENSION.sub("", labelled)
    numbers, doubt = _of_digits(_without_country(_NOT_A_DIGIT.sub("", bare)))
    if not numbers:  # "053-123456-7": the first of several lines
        bare = _RANGE_END.sub("", bare)
        numbers, doubt = _of_digits(_without_country(_NOT_A_DIGIT.sub("", bare)))
    is_cut = len(bare) < len(labelled) or _LETTERS.search(bare) is not None
    doubts = ((doubt,) if doubt else ()) + (("phone_digits_added",) if is_cut else ())
    return numbers, doubts if numbers else ()


def _without_country(digits: str) -> str:
    for prefix in ("00660", "0066", "660", "66"):
        if digits.startswith(prefix) and len(digits) - len(prefix) in (8, 9):
            return "0" + digits[len(prefix) :]
    return digits


def _of_digits(digits: str) -> tuple[list[str], str]:
    """The numbers that a run of digits holds, and the doubt."""
    first, length = digits[:2], len(digits)
    if (length == 10 and first in ("06", "08", "09")) or (length == 9 and first in ("02", "03", "04", "05", "07")):
        return ["+66" + digits[1:]], ""
    if (length == 9 and digits[0] in "689") or (length == 8 and digits[0] in "23457"):
        return ["+66" + digits], "phone_leading_zero"
    if length == 9 and first == "01":
        return ["+668" + digits[1:]], "phone_old_style"
    if length > 10:
        several = _ONE_AFTER_ANOTHER.findall(digits)
        if "".join(several) == digits:
            return ["+66" + number[1:] for number in several], ""
    return [], ""


def format_phone(number: str) -> str:
    """A number as people in Thailand write it.

    >>> format_phone("+66812345678"), format_phone("+6653123456"), format_phone("+6621234567")
    ('081 234 5678', '053 123 456', '02 123 4567')
    """
    if not number.startswith("+66") or not 8 <= len(number) - 3 <= 9:
        return number
    local = "0" + number[3:]
    if len(local) == 10:
        return f"{local[:3]} {local[3:6]} {local[6:]}"
    return f"{local[:2]} {local[2:5]} {local[5:]}" if local[1] == "2" else f"{local[:3]} {local[3:6]} {local[6:]}"
