"""Ages as lists give them, and the birth dates that follow from them."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from mudmai.kernel.dates.partial import PartialDate
from mudmai.kernel.parsed import BLANK, Parsed, refused
from mudmai.kernel.text import cell_text, is_blank, thai_digits_to_arabic

OLDEST = 130


class Age(NamedTuple):
    """Completed years, and months beyond them where they were told."""

    years: int
    months: int | None = None
    is_approximate: bool = False


_ABOUT = re.compile(r"ประมาณ|ราว\s?ๆ?|~|คาดว่า|กว่า|เศษ|\+|\?|≈|โดย|เกือบ")
_PLAIN = re.compile(r"(?:อายุ|Age)?\s*:?\s*(\d{1,4})(?:\.(\d+))?\s*(?:ปี|ขวบ|ป\.|years?|yrs?|y)?", re.IGNORECASE)
_WITH_MONTHS = re.compile(r"(?:อายุ)?\s*(?:(\d{1,3})\s*(?:ปี|ขวบ|ป\.)\s*)?(\d{1,2})\s*(?:เดือน|ด\.)(?:\s*\d{1,2}\s*วัน)?")
_DAYS = re.compile(r"(?:อายุ)?\s*\d{1,3}\s*วัน|แรกเกิด")


def age(cell: object) -> Parsed[Age]:
    """The age in a cell: "80", "๘๐ ปี", "ประมาณ 80 ปี", "1 ปี 3 เดือน", "3 เดือน".

    >>> age("ประมาณ 80 ปี")
    Parsed(value=Age(years=80, months=None, is_approximate=True), doubts=('age_approximate',), problem=None)
    """
    if type(cell) is str:
        return _of_text(cell[:100])
    if cell is None:
        return BLANK
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if cell != cell:
            return BLANK
        return _in_range(Age(int(cell))) if 0 <= cell < 10_000 else refused("age_out_of_range")
    return refused("age_unreadable")


@lru_cache(maxsize=4096)
def _of_text(text: str) -> Parsed[Age]:
    if is_blank(text):
        return BLANK
    text = thai_digits_to_arabic(cell_text(text))
    about = _ABOUT.search(text) is not None
    text = _ABOUT.sub(" ", text).strip(" .") if about else text
    if found := _PLAIN.fullmatch(text):
        return _in_range(Age(int(found.group(1)), None, about))
    if found := _WITH_MONTHS.fullmatch(text):
        years, months = divmod(int(found.group(1) or 0) * 12 + int(found.group(2)), 12)
        return _in_range(Age(years, months, about))
    return _in_range(Age(0, 0, about)) if _DAYS.fullmatch(text) else refused("age_unreadable")


def _in_range(found: Age) -> Parsed[Age]:
    if found.years > OLDEST:
        return refused("age_out_of_range")
    return Parsed(found, ("age_approximate",) if found.is_approximate else ())


def birth_from_age(found: Age, as_of: date) -> PartialDate:
    """The year of birth that an age on a day points to (it may be the year before), with the month where told.

    >>> birth_from_age(Age(80), date(2026, 3, 2)).iso
    '1946'
    """
    if found.months is None or found.is_approximate:
        return PartialDate(as_of.year - found.years)
    months = as_of.year * 12 + as_of.month - 1 - found.years * 12 - found.months
    return PartialDate(months // 12, months % 12 + 1)


def age_in_years(born: str | date | PartialDate, on: date) -> int | None:
    """Completed years on a day; unknown day or month of birth counts as the first. None for a birth after that day.

    >>> age_in_years("1950", date(2026, 3, 2)), age_in_years("1950-03-03", date(2026, 3, 2))
    (76, 75)
    """
    if isinstance(born, str):
        year, month, day = int(born[:4]), int(born[5:7] or 1), int(born[8:10] or 1)
    else:
        year, month, day = born.year, born.month or 1, born.day or 1
    years = on.year - year - ((on.month, on.day) < (month, day))
    return years if years >= 0 else None
