"""House numbers and village numbers."""

import re
from datetime import date
from functools import lru_cache

from mudmai.kernel.dates.months import month_number
from mudmai.kernel.parsed import BLANK, Parsed, refused
from mudmai.kernel.text import cell_text, is_blank, thai_digits_to_arabic

# 12 · 12/3 · 12/3-4 · 12/3/4 · 12 ก · 12/ก · 12/3 ก
HOUSE_NO = r"\d{1,5}(?:/\d{1,5}){0,3}(?:-\d{1,5}(?:/\d{1,5})?)?(?:/?\s?[ก-ฮA-Za-z](?![ก-๎A-Za-z.]))?(?:/\d{1,4})?"
_USUAL = re.compile(HOUSE_NO)
_WORDS = re.compile(r"^(?:บ้านเลขที่|เลขที่บ้าน|เลขที่|ที่อยู่|บ้าน)\s*[:.]?\s*")
_WITH_MOO = re.compile(rf"({HOUSE_NO})\s*,?\s*(?:หมู่ที่|หมู่|ม\.|ม)\s*\d{{1,2}}(?:\s.*)?")
_LETTER = re.compile(r"\s*/?\s*([ก-ฮA-Za-z])")
_AROUND_SIGN = re.compile(r"\s*([/\-])\s*")
SPOKEN_STROKE = re.compile(r"(?<=\d)\s*ทับ\s*(?=\d)")  # people say and write 12 ทับ 3 for 12/3
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00)?")
_DAY_MONTH_WORDS = re.compile(r"(\d{1,2})[-\s]([ก-๎A-Za-z.]{2,12})")
_MONTH_WORDS_YEAR = re.compile(r"([ก-๎A-Za-z.]{2,12})[-\s](\d{2})")
_NONE = frozenset(["0", "00", "000", "0/0", "ไม่มีเลขที่", "ไม่มีเลขที่บ้าน", "ไม่มีบ้านเลขที่", "ไม่ทราบเลขที่", "ชั่วคราว"])
_LONGEST = 40


def house_no(cell: object) -> Parsed[str]:
    """The number of a house in its usual form; blank where the house has none.

    >>> house_no("๑๒ / ๓").value, house_no("๑๒ ทับ ๓").value, house_no("บ้านเลขที่ 12ก").value
    ('12/3', '12/3', '12 ก')
    >>> house_no(date(2026, 2, 1))
    Parsed(value='1/2', doubts=('house_no_was_date',), problem=None)
    """
    if type(cell) is str:
        return _of_text(cell) if len(cell) <= _LONGEST else _of_long_text(cell)
    if isinstance(cell, date):
        return _of_date(cell.year, cell.month, cell.day)
    if cell is None:
        return BLANK
    return refused("house_no_unreadable") if isinstance(cell, bool) else _of_text(cell_text(cell)[:_LONGEST])


def _of_long_text(text: str) -> Parsed[str]:
    return BLANK if is_blank(text) else refused("house_no_unreadable")


@lru_cache(maxsize=1 << 14)
def _of_text(text: str) -> Parsed[str]:
    if text.isdecimal() and text.isascii() and text[0] != "0" and len(text) <= 5:
        return Parsed(text)
    text = _WORDS.sub("", thai_digits_to_arabic(cell_text(text)))
    if is_blank(text) or text in _NONE:
        return BLANK
    plain = _AROUND_SIGN.sub(r"\1", SPOKEN_STROKE.sub("/", text.strip(" .,")))
    plain = plain[:-2] if plain.endswith(".0") else plain
    if _USUAL.fullmatch(plain):
        return Parsed(_tidy(plain))
    if repaired := _was_date(plain):
        return repaired
    if with_moo := _WITH_MOO.fullmatch(plain):
        return Parsed(_tidy(with_moo.group(1)), ("house_no_has_moo",))
    if any(sign.isdecimal() for sign in plain) and len(plain) <= 20:
        return Parsed(plain, ("house_no_unusual",))
    return refused("house_no_unreadable")


def _tidy(text: str) -> str:
    """One space before a letter, none elsewhere; no zeros in front."""
    text = _LETTER.sub(r" \1", text)
    stripped = text.lstrip("0")
    return stripped if stripped[:1].isdecimal() else text


def _was_date(text: str) -> Parsed[str] | None:
    if iso := _ISO_DATE.fullmatch(text):
        return _of_date(int(iso.group(1)), int(iso.group(2)), int(iso.group(3)))
    if (found := _DAY_MONTH_WORDS.fullmatch(text)) and (month := month_number(found.group(2))):
        return Parsed(f"{int(found.group(1))}/{month}", ("house_no_was_date",))
    if (found := _MONTH_WORDS_YEAR.fullmatch(text)) and (month := month_number(found.group(1))):
        return Parsed(f"{month}/{int(found.group(2))}", ("house_no_was_date",))
    return None


def _of_date(year: int, month: int, day: int) -> Parsed[str]:
    # "3/45" has no month 45, so the spreadsheet took it for March 1945; "1/2" became 1 February of the year of typing.
    was_month_and_year = day == 1 and not 2010 <= year <= 2099
    text = f"{month}/{year % 100}" if was_month_and_year else f"{day}/{month}"
    return Parsed(text, ("house_no_was_date",))


_NUMBER = re.compile(r"\d+")
_NOT_IN_KEY = re.compile(r"[\s.]+")


def house_no_key(text: str) -> str:
    """A form equal for the same number however written, that sorts 2 before 10.

    >>> sorted(["10", "2/10", "2/9", "2", "2 ก"], key=house_no_key)
    ['2', '2/9', '2/10', '2 ก', '10']
    """
    return _key(text[:_LONGEST])


@lru_cache(maxsize=1 << 15)
def _key(text: str) -> str:
    text = SPOKEN_STROKE.sub("/", thai_digits_to_arabic(cell_text(text)))
    text = _NOT_IN_KEY.sub("", text).lower()
    return _NUMBER.sub(lambda found: (found.group().lstrip("0") or "0").zfill(5), text)


_MOO_WORDS = r"(?:(?:บ้าน)?หมู่(?:บ้าน)?|ม)?\s*\.?\s*(?:ที่)?"
_MOO = re.compile(rf"{_MOO_WORDS}\s*(\d{{1,4}})(?:\.0)?(?:\s*[(\s]\s*\D*)?")


def moo(cell: object) -> Parsed[int]:
    """The number of a village within its tambon, 1 to 99; 0 means none (inside a town).

    >>> moo("หมู่ที่ ๒").value, moo("ม.11 บ้านนา").value, moo(3.0).value
    (2, 11, 3)
    """
    if type(cell) is int:
        return _in_range(cell)
    if type(cell) is str:
        return _moo_of_text(cell[:100])
    if type(cell) is float:
        return BLANK if cell != cell else _in_range(int(cell)) if cell.is_integer() else refused("moo_unreadable")
    return BLANK if cell is None else refused("moo_unreadable")


@lru_cache(maxsize=4096)
def _moo_of_text(text: str) -> Parsed[int]:
    if is_blank(text):
        return BLANK
    found = _MOO.fullmatch(thai_digits_to_arabic(cell_text(text)))
    return _in_range(int(found.group(1))) if found else refused("moo_unreadable")


def _in_range(value: int) -> Parsed[int]:
    if value == 0:
        return Parsed(None, ("moo_zero",))
    return Parsed(value) if 1 <= value <= 99 else refused("moo_unreadable")
