"""What kind of thing a cell holds, roughly and quickly: enough to tell a header from a row."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from mudmai.kernel.text import thai_digits_to_arabic
from mudmai.kernel.workbook.model import CellError

from .words import NAME

BLANK, TEXT, MIXED, NAMED, NUMBER, YEAR, DATE, NOTHING = range(8)
LABELS = frozenset([TEXT, MIXED])  # what a header is made of
VALUES = frozenset([NUMBER, DATE, NAMED])  # what a header never is made of

_NOTHING = frozenset(["-", "--", "–", "—", "_", "*", "/", "✓", "√", "x", "X", "N/A", "n/a", "ไม่มี", "ไม่ระบุ"])
_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+(?:[eE][+-]?\d+)?\s*%?$|\d[\d\s/–-]*$")
_ONLY_YEAR = re.compile(r"(?:2[45]\d\d|26\d\d|19\d\d|20\d\d)$")
_SHORT_MONTHS = "ม\\.?ค|ก\\.?พ|มี\\.?ค|เม\\.?ย|พ\\.?ค|มิ\\.?ย|ก\\.?ค|ส\\.?ค|ก\\.?ย|ต\\.?ค|พ\\.?ย|ธ\\.?ค"
_MONTH = f"{_SHORT_MONTHS}|มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา"
_DATE = re.compile(rf"\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}(?:[T\s].*)?$|\d{{1,2}}\s*(?:{_MONTH})[ก-๙.]*\s*\d{{2,4}}$")


def kind_of(cell: object) -> int:
    """One of the kinds above."""
    if cell is None or cell == "":
        return BLANK
    if isinstance(cell, str):
        return _kind_of_text(cell)
    if isinstance(cell, CellError):
        return NOTHING
    if isinstance(cell, (int, float)):  # bool too
        return YEAR if _is_year(cell) else NUMBER
    return DATE if isinstance(cell, (date, datetime, time, timedelta)) else TEXT


def _is_year(number: float) -> bool:
    return number == number and not isinstance(number, bool) and (1900 <= number < 2100 or 2400 <= number < 2700)


def _kind_of_text(cell: str) -> int:
    text = cell.strip()
    if not text:
        return BLANK
    if text in _NOTHING:
        return NOTHING
    if len(text) > 200:
        return TEXT
    text = thai_digits_to_arabic(text)
    if text[0].isdecimal() or text[-1].isdecimal() or text[-1] == "%":
        if _ONLY_YEAR.match(text):
            return YEAR
        if _NUMBER.match(text):
            return NUMBER
        if _DATE.match(text):
            return DATE
    if NAME.match(text):
        return NAMED
    return MIXED if any(letter.isdecimal() for letter in text) else TEXT


def kinds_of(row: Sequence[object]) -> list[int]:
    return [kind_of(cell) for cell in row]


def text_of(cell: object) -> str:
    """A cell as one line of text; whole floats lose their ".0"."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split()) if cell is not None else ""


def line_of(row: Sequence[object]) -> str:
    """All that a row says, in one line."""
    return " ".join(text for text in map(text_of, row) if text)


def is_ordinals(row: Sequence[object]) -> bool:
    """A row that numbers the columns: 1 2 3 4 or (1) (2) (3) (4)."""
    texts = [thai_digits_to_arabic(text_of(cell)).strip("() ") for cell in row if cell != "" and cell is not None]
    return len(texts) >= 3 and texts == [str(i) for i in range(1, len(texts) + 1)]


def is_long_number(cell: object) -> bool:
    """A number long enough for a citizen id: never seen in a row of totals."""
    if isinstance(cell, (int, float)):
        return abs(cell) >= 1e12
    if not isinstance(cell, str) or sum(map(str.isdecimal, cell[:40])) < 13:
        return False
    return _NUMBER.match(cell.strip()) is not None
