"""What was told, as columns of numbers: one way of writing for each kind of the catalogue.

yes_no              int8     NO, UNKNOWN, YES of kernel.logic
code                int16    place in its list, -1 where it was not told
codes               int64    one bit for each place in its list, -1 where it was not told, 0 where none was told
number, baht, whole float64  NaN where it was not told
date                int32    days since 1970-01-01 of the first day it allows, UNTOLD_DAY where it was not told
anything else       int8     1 where it was told, -1 where "none" was told, 0 where nothing was
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mudmai.kernel.dates import PartialDate
from mudmai.kernel.logic import NO, UNKNOWN, YES, Answers, answers
from mudmai.people.rules.catalogue import NONE_TOLD, catalogue

if TYPE_CHECKING:
    from mudmai.people.queries.frames.closing import CompleteList

Column = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]

STATUSES = ("alive", "dead", "moved", "left")
SEXES = {"m": 1, "f": 2}
UNTOLD_DAY = int(np.iinfo(np.int32).min)
_DAY_ZERO = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Columns:
    """Some persons, or some houses, one place for each."""

    ids: list[str]  # 32 hex digits
    area: Column  # U8: area codes
    told: dict[str, Column]  # {catalogue code: column}

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Frame:
    """Some houses and the people in them on one day, as the standing records tell it."""

    on: date
    houses: Columns
    persons: Columns
    house: Column  # int32: place of the house where each person lives, -1 where none is known
    born_first: Column  # int32: first day that the birth date allows; UNTOLD_DAY where it is not known
    born_last: Column  # int32: the last one
    sex: Column  # int8: 1 m, 2 f, 0 not known
    status: Column  # int8: place in STATUSES
    registered_area: Column  # U8: area of the house where registered, "" where it is not known
    sort_key: list[str]  # the order of lists
    closed: dict[str, list["CompleteList"]]  # {code: lists by which it is NO for those of whom nothing was told}

    @cached_property
    def living(self) -> Mask:
        """Who lives in a house of the frame: alive, at home there, and not told to be away."""
        absent = code_index("presence", "absent")
        found: Mask = (self.house >= 0) & (self.status == 0) & (self.persons.told["presence"] != absent)
        return found

    def count(self, mask: Mask) -> npt.NDArray[np.int32]:
        """How many living members of each house are marked."""
        found = np.bincount(self.house[self.living & mask], minlength=len(self.houses))
        return found.astype(np.int32)

    def any(self, told: Answers) -> Answers:
        """Of each house, whether it is so of one living member at least; NO where nobody lives."""
        found = np.full(len(self.houses), NO, np.int8)
        np.maximum.at(found, self.house[self.living], told[self.living])
        return found

    def all(self, told: Answers) -> Answers:
        """Of each house, whether it is so of every living member; YES where nobody lives."""
        found = np.full(len(self.houses), YES, np.int8)
        np.minimum.at(found, self.house[self.living], told[self.living])
        return found

    def of_house(self, column: Column, untold: Any) -> Column:
        """A column of the houses handed down to the persons; `untold` for those of whom no house is known."""
        if not len(self.houses):
            return np.full(len(self.persons), untold, column.dtype)
        found: Column = np.where(self.house >= 0, column[self.house], np.asarray(untold, column.dtype))
        return found

    def born_by(self, day: date) -> Answers:
        """Whether each person was born on this day or before; UNKNOWN where the birth date allows both."""
        number = day_number(day)
        found = answers(self.born_last <= number, (self.born_last <= number) | (self.born_first > number))
        found[self.born_first == UNTOLD_DAY] = UNKNOWN
        return found

    def closing(self, code: str, place: int) -> "CompleteList | None":
        """The newest complete list by which a fact is NO for a person of whom nothing was told; None where none is."""
        area = str(self.registered_area[place]) or str(self.persons.area[place])
        return next((each for each in self.closed.get(code, ()) if area.startswith(each.area_code)), None)


def day_number(day: date) -> int:
    """A day as the columns count it.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return day.toordinal() - _DAY_ZERO


@cache
def places_of(name: str) -> dict[str, int]:
    """{code: its place} of a list of the catalogue."""
    return {code: place for place, code in enumerate(catalogue().lists[name])}


def code_index(name: str, code: str) -> int:
    """The place of a code in its list, as columns of kind `code` (and bits of `codes`) count it.

    >>> code_index("presence", "present")
    0
    """
    return places_of(name)[code]


@cache
def days_of(told: str) -> tuple[int, int]:
    """The first and the last day that a date allows, which may be a year or a month; UNTOLD_DAY for what is none.

    >>> [end - first for first, end in map(days_of, ("1959", "1959-02", "1959-02-03"))]
    [364, 27, 0]
    """
    try:
        found = PartialDate.from_iso(told)
    except (TypeError, ValueError):
        return UNTOLD_DAY, UNTOLD_DAY
    return day_number(found.first_day()), day_number(found.last_day())


def column_of(code: str, size: int, places: Sequence[int], values: Sequence[Any]) -> Column:
    """The column of a code: `values` at their `places`, and nothing told everywhere else."""
    untold = _untold(code, size)
    if not places:
        return untold
    column = untold.copy()
    column[places] = _writing(code)[1](code, values)
    return column


@lru_cache(256)
def _untold(code: str, size: int) -> Column:
    """The column of a code of which nothing was told; the same one for everybody, so nobody may write into it."""
    column = np.full(size, _writing(code)[0])
    column.flags.writeable = False
    return column


def _writing(code: str) -> tuple[Any, "Writer"]:
    kind = catalogue().attributes[code].kind
    return _WRITING.get(code) or _WRITING.get(kind) or (np.int8(0), _whether_told)


def _yes_no(_code: str, values: Iterable[Any]) -> Sequence[int]:
    return [YES if value is True else NO if value is False else UNKNOWN for value in values]


def _place(code: str, values: Sequence[Any]) -> Sequence[int]:
    places = places_of(catalogue().attributes[code].list)
    try:
        return [places.get(value, -1) for value in values]
    except TypeError:  # nonsense among them: a list, say
        return [places.get(value, -1) if isinstance(value, str) else -1 for value in values]


def _bits(code: str, values: Iterable[Any]) -> Sequence[int]:
    places = places_of(catalogue().attributes[code].list)

    def bits(value: Any) -> int:
        if value in (NONE_TOLD, []):
            return 0
        told = value if isinstance(value, list) else [value]
        found = {places[each] for each in told if isinstance(each, str) and each in places}
        return sum(1 << place for place in found) if found else -1

    return [bits(value) for value in values]


def _number(_code: str, values: Iterable[Any]) -> Sequence[float]:
    nan = float("nan")
    return [value if type(value) is float or type(value) is int else nan for value in values]


def _day(_code: str, values: Iterable[Any]) -> Sequence[int]:
    return [days_of(value)[0] if isinstance(value, str) else UNTOLD_DAY for value in values]


# As people and lists write it; 099 is its code in the lists of the Ministry of Public Health (43 แฟ้ม).
THAI = frozenset({"ไทย", "สัญชาติไทย", "คนไทย", "thai", "thailand", "th", "099", "99"})


def _thai(_code: str, values: Iterable[Any]) -> Sequence[int]:
    def answer(value: Any) -> int:
        if not isinstance(value, str) or value == NONE_TOLD:
            return UNKNOWN
        return YES if value.strip().lower() in THAI else NO

    return [answer(value) for value in values]


def _whether_told(_code: str, values: Iterable[Any]) -> Sequence[int]:
    return [-1 if value == NONE_TOLD else 1 for value in values]


Writer = Callable[[str, Sequence[Any]], Sequence[Any]]
_WRITING: dict[str, tuple[Any, Writer]] = {
    "yes_no": (np.int8(UNKNOWN), _yes_no),
    "code": (np.int16(-1), _place),
    "codes": (np.int64(-1), _bits),
    "number": (np.float64("nan"), _number),
    "baht": (np.float64("nan"), _number),
    "whole": (np.float64("nan"), _number),
    "date": (np.int32(UNTOLD_DAY), _day),
    # Stands in the catalogue as text, and is asked for as an answer.
    "nationality": (np.int8(UNKNOWN), _thai),
}
