"""One side of a comparison: what is compared of a person or a row, in the form in which it is compared.

A registry of 200,000 is prepared column by column; names, numbers and dates repeat a lot, so their parts are cached.
"""

from functools import lru_cache
from typing import NamedTuple

from mudmai.kernel.addresses import house_no_key


class Side(NamedTuple):
    """The compared values; None where nothing is known. The names are those of the columns in DuckDB."""

    cid: str | None = None  # keyed hash of a valid 13-digit id, hex
    near: str | None = None  # keyed hash of the known id that a mistyped one is nearest to
    slip: str | None = None  # how it was mistyped: "swap" (two digits) or "digit" (one)
    given: str | None = None  # comparison form, one byte a letter
    given_sound: str | None = None
    family: str | None = None
    family_sound: str | None = None
    birth: str | None = None  # 1950-03-15
    birth_swapped: str | None = None  # 1950-15-03 as a date, where that is one
    birth_told: str | None = None  # 24930315: as people write it, in the Buddhist era
    birth_day: str | None = None  # 03-15
    birth_month: str | None = None  # 1950-03
    birth_year: int | None = None
    sex: str | None = None
    house: str | None = None  # key of the household
    address: str | None = None  # village|house number
    house_number: str | None = None  # tambon|house number
    village: str | None = None
    tambon: str | None = None
    house_code: str | None = None
    phone: str | None = None
    mates: tuple[str, ...] | None = None  # given names of those who live in the same house


# DuckDB compares bytes where Python compares letters, and a Thai letter has three bytes of which two are always the
# same: "สมชาย" and "วิภาดา" are 0.46 alike by letters and 0.83 by bytes. So each Thai letter becomes one ASCII sign.
_ONE_BYTE = {0x0E00 + i: 0x20 + i for i in range(1, 0x5C)}


@lru_cache(maxsize=200_000)
def coded(name: str) -> str | None:
    """A name with one byte a letter, fit for comparing; None for an empty one.

    >>> coded("กข"), coded("")
    ('!"', None)
    """
    return name.translate(_ONE_BYTE).encode("ascii", "replace").decode() or None


class Birth(NamedTuple):
    """A birth date taken apart."""

    full: str | None = None
    swapped: str | None = None
    told: str | None = None
    day: str | None = None
    month: str | None = None
    year: int | None = None


@lru_cache(maxsize=100_000)
def birth_parts(iso: str) -> Birth:
    """What is known of a birth date. 1 January stands for "only the year is known", as registers write it.

    >>> birth_parts("1950-03-15")
    Birth(full='1950-03-15', swapped=None, told='24930315', day='03-15', month='1950-03', year=1950)
    >>> birth_parts("1950-01-01")
    Birth(full=None, swapped=None, told=None, day=None, month=None, year=1950)
    """
    year = iso[:4]
    if not iso.replace("-", "").isdecimal() or len(year) < 4:
        return Birth()
    if len(iso) < 7 or iso[5:] == "01-01":
        return Birth(year=int(year))
    if len(iso) < 10:
        return Birth(month=iso, year=int(year))
    month, day = iso[5:7], iso[8:10]
    swapped = f"{year}-{day}-{month}" if int(day) <= 12 and day != month else None
    return Birth(iso, swapped, f"{int(year) + 543:04}{month}{day}", iso[5:], iso[:7], int(year))


class Area(NamedTuple):
    """Where somebody lives, as far as it is told."""

    village: str | None = None
    tambon: str | None = None


def area_parts(area: str) -> Area:
    """Village and tambon.

    >>> area_parts("52030601"), area_parts("520306").village, area_parts("5203").tambon
    (Area(village='52030601', tambon='520306'), None, None)
    """
    return Area(area if len(area) == 8 else None, area[:6] if len(area) >= 6 else None)


def number_of_house(number: str) -> str | None:
    """One form for all spellings of a house number.

    >>> number_of_house("๑๒/๓") == number_of_house("12 /3"), number_of_house("")
    (True, None)
    """
    return house_no_key(number) or None


def in_area(area: str | None, number: str | None) -> str | None:
    """The house of a number in an area.

    >>> in_area("520306", "12"), in_area("520306", None)
    ('520306|12', None)
    """
    return f"{area}|{number}" if area and number else None
