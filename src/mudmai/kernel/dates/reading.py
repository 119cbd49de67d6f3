"""Reads one cell as a date."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from mudmai.kernel.clock import BUDDHIST_OFFSET
from mudmai.kernel.dates.months import month_number
from mudmai.kernel.dates.partial import EARLIEST_YEAR, LATEST_YEAR, PartialDate
from mudmai.kernel.parsed import BLANK, Parsed, refused
from mudmai.kernel.text import cell_text, is_blank, thai_digits_to_arabic

Era = Literal["auto", "be", "ce"]
# Above this a four-digit year is Buddhist. The two eras do not overlap in the years people were born in.
_FIRST_BUDDHIST_YEAR = 2300
_LAST_OLD_NEW_YEAR = 2483  # from 2484 the Thai year begins in January
_DAY_ZERO = date(1899, 12, 30)  # of spreadsheets, for all days after February 1900
_EARLIEST_SERIAL, _LATEST_SERIAL = 3_654, 80_000  # 1910 to 2119; four digits are years in text
_EARLIEST_BUDDHIST_SERIAL, _LATEST_BUDDHIST_SERIAL = 182_600, 260_000  # years 2400 to 2611 taken for Gregorian

Doubts = tuple[str, ...]


class _Setting(NamedTuple):
    today: date
    era: Era
    may_be_future: bool


def thai_date(cell: object, *, today: date, era: Era = "auto", may_be_future: bool = False) -> Parsed[PartialDate]:
    """The date in a cell, in whichever era and form it stands.

    `may_be_future` is for dates that lie ahead, such as the day a card expires.

    >>> monday = date(2026, 3, 2)
    >>> thai_date("๑๕ มี.ค. ๒๔๙๓", today=monday).value.iso
    '1950-03-15'
    >>> thai_date("24800000", today=monday).value.iso
    '1937'
    """
    setting = _Setting(today, era, may_be_future)
    if type(cell) is str:
        return _of_text(cell, setting)
    if cell is None:
        return BLANK
    if isinstance(cell, date):
        return _of_date(cell, setting)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _of_number(cell, setting)
    return refused("date_unreadable")


# ---- cells that are dates or numbers


def _of_date(cell: date, setting: _Setting) -> Parsed[PartialDate]:
    if cell.year < 1900:
        # The zero of a spreadsheet, shown as 1899 or 1900, is an empty cell that somebody formatted.
        return BLANK if cell.year == 1899 else refused("date_out_of_range")
    if cell.year >= _FIRST_BUDDHIST_YEAR:
        year = cell.year - BUDDHIST_OFFSET
        old = _old_new_year(cell.year, cell.month)
        return _checked(year, cell.month, cell.day, setting, ("year_read_as_buddhist", *old))
    return _checked(cell.year, cell.month, cell.day, setting, ())


def _of_number(cell: float, setting: _Setting) -> Parsed[PartialDate]:
    if cell != cell or cell == 0:
        return BLANK
    if not 0 < cell < 100_000_000:
        return refused("date_unreadable")
    whole = int(cell)
    if _is_serial(whole):
        return _of_serial(whole, setting)
    return _of_text(str(whole), setting) if whole == cell else refused("date_unreadable")


def _is_serial(number: int) -> bool:
    """Whether a number can be a spreadsheet's count of days for a date in either era."""
    return (
        _EARLIEST_SERIAL <= number <= _LATEST_SERIAL or _EARLIEST_BUDDHIST_SERIAL <= number <= _LATEST_BUDDHIST_SERIAL
    )


def _of_serial(number: int, setting: _Setting) -> Parsed[PartialDate]:
    read = _of_date(_DAY_ZERO + timedelta(days=number), setting)
    return Parsed(read.value, ("date_serial", *read.doubts)) if read.value else read


# ---- cells that are text

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/\-.\s]\s*(\d{1,2})\s*[/\-.\s]\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/\-.]\s*(\d{1,2})(?:\s*[/\-.]\s*(\d{1,2}))?")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/\-.]\s*(\d{4})")
_IN_WORDS = re.compile(r"(?:(\d{1,2})\s*[\-/.,]?\s*)?([ก-ฮเ-ไa-zA-Z][ก-๎a-zA-Z.\s]*?)[\s.,\-/]*(\d{4}|\d{2})?")
_MONTH_BEFORE_DAY = re.compile(r"([a-zA-Z]+)\.?\s+(\d{1,2}),?\s+(\d{4})")
_UNKNOWN = r"(?:00?|-+|\?+|x+|ไม่ทราบ|_+)"
_BETWEEN = r"\s*[/\-.\s]\s*"
_UNKNOWN_PARTS = re.compile(rf"{_UNKNOWN}{_BETWEEN}(?:(\d{{1,2}})|{_UNKNOWN}){_BETWEEN}(\d{{4}})", re.IGNORECASE)
_AGE = re.compile(r"(?:อายุ)?\s*(\d{1,3})\s*(?:ปี|ขวบ)(?:เศษ|กว่า|ๆ)?")
_TIME = re.compile(r"[T\s]\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:น\.?|Z|[+-]\d{2}:?\d{2})?$")
_APPROXIMATE = re.compile(r"(?:โดย)?ประมาณ|ราว\s?ๆ|ราว|~|คาดว่า|≈|\(\s*\?\s*\)|(?<=\d)\s*\?$")
_LEAD = re.compile(
    r"^(?:(?:วัน)?(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)(?:\s*ที่)?|วันที่|วันเกิด|เกิดเมื่อ|เกิดวันที่|เกิด|เมื่อ|ที่|ปีเกิด|ปี|เดือน|[:,\s])+"
)
_BUDDHIST = re.compile(r"พ\s?\.?\s?ศ\s?\.?|B\.?E\.?", re.IGNORECASE)
_GREGORIAN = re.compile(r"ค\s?\.?\s?ศ\s?\.?|[AC]\.?[DE]\b\.?", re.IGNORECASE)
_WORDS_WITH_YEAR = re.compile(r"(?<=\d)\s*ปี\s*(?=\d)|(?<=[ก-๎.])\s*ปี\s*(?=\d)")


_LONGEST = 80


def _of_text(text: str, setting: _Setting) -> Parsed[PartialDate]:
    return _of_text_kept(text, setting) if len(text) <= _LONGEST else _of_long_text(text)


def _of_long_text(text: str) -> Parsed[PartialDate]:
    return BLANK if is_blank(text) else refused("date_unreadable")


# A list has far fewer days than rows.
@lru_cache(maxsize=1 << 15)
def _of_text_kept(text: str, setting: _Setting) -> Parsed[PartialDate]:
    found = _DAY_FIRST.fullmatch(text)  # most cells: day/month/year in plain digits
    if found:
        return _dated(found.group(3), found.group(2), found.group(1), setting, ())
    if is_blank(text):
        return BLANK
    plain = thai_digits_to_arabic(cell_text(text))
    doubts: Doubts = ()
    if _APPROXIMATE.search(plain):
        plain, doubts = _APPROXIMATE.sub(" ", plain).strip(), ("date_approximate",)
    plain = _TIME.sub("", plain)
    aged = _AGE.fullmatch(plain.strip())
    if aged and int(aged.group(1)) <= 130:
        return Parsed(PartialDate(setting.today.year - int(aged.group(1))), ("date_approximate",))
    plain, setting = _without_words(plain, setting)
    return _of_plain(plain, setting, doubts)


def _without_words(text: str, setting: _Setting) -> tuple[str, _Setting]:
    """Takes the words around a date away; "พ.ศ." and "ค.ศ." settle the era."""
    if text[:1].isdecimal() and text[-1:].isdecimal() and not _HAS_LETTER.search(text):
        return text, setting
    text = _LEAD.sub("", text)
    if _BUDDHIST.search(text):
        text, setting = _BUDDHIST.sub(" ", text), setting._replace(era="be")
    elif _GREGORIAN.search(text):
        text, setting = _GREGORIAN.sub(" ", text), setting._replace(era="ce")
    text = _LEAD.sub("", _WORDS_WITH_YEAR.sub(" ", text).strip(" .,"))
    return " ".join(text.strip(" .,").split()), setting


_HAS_LETTER = re.compile(r"[^\W\d_]")


def _of_plain(text: str, setting: _Setting, doubts: Doubts) -> Parsed[PartialDate]:
    if text.isdecimal():
        return _of_digits(text, setting, doubts)
    if found := _DAY_FIRST.fullmatch(text):
        return _dated(found.group(3), found.group(2), found.group(1), setting, doubts)
    if found := _YEAR_FIRST.fullmatch(text):
        return _dated(found.group(1), found.group(2), found.group(3), setting, doubts)
    if found := _MONTH_YEAR.fullmatch(text):
        return _dated(found.group(2), found.group(1), None, setting, doubts)
    if found := _UNKNOWN_PARTS.fullmatch(text):
        return _dated(found.group(2), found.group(1), None, setting, doubts)
    if found := _MONTH_BEFORE_DAY.fullmatch(text):
        text = f"{found.group(2)} {found.group(1)} {found.group(3)}"
    found = _IN_WORDS.fullmatch(text)
    month = month_number(found.group(2)) if found else None
    if found is None or month is None or found.group(3) is None:
        return refused("date_unreadable")
    return _dated(found.group(3), str(month), found.group(1), setting, doubts)


def _of_digits(text: str, setting: _Setting, doubts: Doubts) -> Parsed[PartialDate]:
    if len(text) == 4:
        return _dated(text, None, None, setting, doubts)
    if len(text) == 8:
        year_first = _dated(text[:4], text[4:6], text[6:], setting, doubts)  # as on the smart card
        if year_first.value is not None:
            return year_first
        day_first = _dated(text[4:], text[2:4], text[:2], setting, doubts)
        return day_first if day_first.value is not None else year_first
    if len(text) in (5, 6) and _is_serial(int(text)):
        number = _of_serial(int(text), setting)
        return number._replace(doubts=(*doubts, *number.doubts)) if number.value else number
    return refused("date_unreadable")


# ---- from parts to a date


def _dated(year: str, month: str | None, day: str | None, setting: _Setting, doubts: Doubts) -> Parsed[PartialDate]:
    gregorian, written, year_doubts = _year(int(year), len(year), setting)
    if not EARLIEST_YEAR <= gregorian <= LATEST_YEAR:
        return refused("date_out_of_range")
    month_no, day_no = int(month or 0) or None, int(day or 0) or None
    if month_no is not None and month_no > 12 and day_no is not None and day_no <= 12:
        month_no, day_no, doubts = day_no, month_no, (*doubts, "day_month_swapped")
    if month_no is None:
        day_no = None  # a day without its month says nothing
    return _checked(gregorian, month_no, day_no, setting, (*doubts, *year_doubts, *_old_new_year(written, month_no)))


def _year(year: int, digits: int, setting: _Setting) -> tuple[int, int, Doubts]:
    """Gregorian year, the Buddhist year when that was written (else 0), doubts."""
    if digits == 2:
        return _year_of_two_digits(year, setting)
    if year >= _FIRST_BUDDHIST_YEAR:
        return year - BUDDHIST_OFFSET, year, ("year_read_as_buddhist",) if setting.era == "ce" else ()
    return year, 0, ("year_read_as_gregorian",) if setting.era == "be" else ()


def _year_of_two_digits(year: int, setting: _Setting) -> tuple[int, int, Doubts]:
    # The latest year with these digits that has come already; dates ahead may lie up to 20 years off.
    offset = 0 if setting.era == "ce" else BUDDHIST_OFFSET
    latest = setting.today.year + offset + (20 if setting.may_be_future else 0)
    written = latest - (latest - year) % 100
    return written - offset, written if offset else 0, ("year_two_digits",)


def _old_new_year(buddhist_year: int, month: int | None) -> Doubts:
    return ("old_new_year",) if 0 < buddhist_year <= _LAST_OLD_NEW_YEAR and month is not None and month <= 3 else ()


def _checked(year: int, month: int | None, day: int | None, setting: _Setting, doubts: Doubts) -> Parsed[PartialDate]:
    found = PartialDate(year, month, day)
    try:
        first = found.first_day()
    except ValueError:
        return refused("date_impossible")
    if first > setting.today and not setting.may_be_future:
        doubts = (*doubts, "date_in_future")
    return Parsed(found, doubts)
