"""What stands around a table: the day it speaks of, and the place, in titles, headings, sheet names and file names."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from mudmai.kernel import dates
from mudmai.kernel.clock import BUDDHIST_OFFSET
from mudmai.kernel.text import clean, thai_digits_to_arabic

_MONTH = (
    r"มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม|"
    r"ม\.?ค\.?|ก\.?พ\.?|มี\.?ค\.?|เม\.?ย\.?|พ\.?ค\.?|มิ\.?ย\.?|ก\.?ค\.?|ส\.?ค\.?|ก\.?ย\.?|ต\.?ค\.?|พ\.?ย\.?|ธ\.?ค\.?"
)
_YEAR = r"(?:พ\.?\s?ศ\.?\s*)?(\d{4}|\d{2})(?!\d)"
_DAY_WORDS = re.compile(rf"(?<!\d)(\d{{1,2}})\s*({_MONTH})\s*{_YEAR}")
_DAY_DIGITS = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
_DAY_ISO = re.compile(r"(?<!\d)(2[05]\d\d)-?(0[1-9]|1[0-2])-?([0-3]\d)(?!\d)")
_MONTH_ONLY = re.compile(rf"(?<![ก-ฮ])({_MONTH})[\s_-]*{_YEAR}")
_YEAR_ONLY = re.compile(r"(?<!\d)(25[5-9]\d|26[0-4]\d)(?!\d)")


class DayFound(NamedTuple):
    """A day, and how exactly the words gave it: day, month or year."""

    day: date
    precision: str


def day_in(text: str, today: date) -> DayFound | None:
    """The day that a title or a file name speaks of: the day itself, else the first of the month; years as told.

    >>> monday = date(2026, 11, 2)
    >>> day_in("ประจำเดือน ตุลาคม พ.ศ. ๒๕๖๙", monday)
    DayFound(day=datetime.date(2026, 10, 1), precision='month')
    >>> day_in("ข้อมูล ณ วันที่ ๑ ตุลาคม ๒๕๖๘", monday).day.isoformat()
    '2025-10-01'
    """
    text = thai_digits_to_arabic(clean(text))
    for pattern, order in ((_DAY_WORDS, "dmy"), (_DAY_DIGITS, "dmy"), (_DAY_ISO, "ymd")):
        for found in pattern.finditer(text):
            parts = found.groups() if order == "dmy" else found.groups()[::-1]
            if day := _day(*parts, today=today):
                return DayFound(day, "day")
    for found in _MONTH_ONLY.finditer(text):
        if day := _day("1", *found.groups(), today=today):
            return DayFound(day, "month")
    if year := _YEAR_ONLY.search(text):
        return _of_year(int(year.group(1)) - BUDDHIST_OFFSET, today)
    return None


def _day(day: str, month: str, year: str, *, today: date) -> date | None:
    separator = "/" if month.isdecimal() else " "
    found = dates.thai_date(separator.join((day, month, year)), today=today, era="be" if len(year) == 2 else "auto")
    if found.value is None or not date(2000, 1, 1) <= found.value.first_day() <= today + timedelta(days=366):
        return None
    return found.value.first_day()


def _of_year(year: int, today: date) -> DayFound | None:
    """A year alone: its last day, or today while it lasts."""
    return DayFound(min(today, date(year, 12, 31)), "year") if 2000 <= year <= today.year + 1 else None


class PlaceWords(NamedTuple):
    """The words of a title for each level of a place; "" where it has none."""

    province: str = ""
    district: str = ""
    tambon: str = ""
    moo: str = ""
    village: str = ""

    def under(self, above: "PlaceWords") -> "PlaceWords":
        """These words, with what they leave out filled from the words above them."""
        return PlaceWords(*(mine or theirs for mine, theirs in zip(self, above, strict=True)))


NOWHERE = PlaceWords()
_NAME = r"\s*([ก-๎]{2,30})"
_PROVINCE = re.compile(rf"(?:จังหวัด|จ\.){_NAME}")
_DISTRICT = re.compile(rf"(?:อำเภอ|(?<![ก-๎])อ\.){_NAME}")
_TAMBON = re.compile(rf"(?:ตำบล|แขวง|(?<![ก-๎])ต\.){_NAME}")
_MOO = re.compile(r"(?:หมู่ที่|หมู่บ้านที่|หมู่|(?<![ก-๎])ม\.|moo)\s*\.?\s*(\d{1,2})(?!\d)", re.IGNORECASE)
_VILLAGE_ENDS = r"$|\s*(?:ตำบล|ต\.|อำเภอ|อ\.|หมู่|ม\.|จังหวัด|จ\.|\d|\(|,|_|\s{2})"
_VILLAGE = re.compile(rf"(?:หมู่บ้าน|(?<![ก-๎])บ้าน(?!เลขที่)|ชุมชน)\s*([ก-๎][ก-๎ ]{{1,40}}?)(?={_VILLAGE_ENDS})")


@lru_cache(maxsize=4096)
def place_in(text: str) -> PlaceWords:
    """The place that a title, a heading or a sheet name speaks of.

    >>> place_in("ทะเบียนราษฎร หมู่ที่ ๒ บ้านดอนแก้ว ตำบลเกาะคา อำเภอเกาะคา จังหวัดลำปาง")
    PlaceWords(province='ลำปาง', district='เกาะคา', tambon='เกาะคา', moo='2', village='ดอนแก้ว')
    """
    text = thai_digits_to_arabic(clean(text))[:500]
    found = [pattern.search(text) for pattern in (_PROVINCE, _DISTRICT, _TAMBON, _MOO, _VILLAGE)]
    return PlaceWords(*(match.group(1).strip() if match else "" for match in found))


def place_of(texts: Iterable[str]) -> PlaceWords:
    """The place that several texts speak of together; the later ones stand closer and go first."""
    place = NOWHERE
    for text in texts:
        place = place_in(text).under(place)
    return place
