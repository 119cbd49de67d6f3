"""What if a rate or a limit were another: who would be entitled and what it would cost, now and in the years to come.

Everybody is carried forward month by month with the birth date that is known; the law is asked anew for each month. A
person counts as much as is likely to be alive by then (a life table), and once more as if nobody died, which is the
most that it can be. Children to be born are those of the last years again, in the same houses, a year later each time.

Source:  docs/rulebook.md, "What if"; the assumptions stand on the page itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mudmai.kernel.clock import fiscal_year, fiscal_year_range
from mudmai.kernel.logic import UNKNOWN, YES
from mudmai.rights.rules.rows import Parameter, Row, Stretch, Value, at_step, effective, on_day, read_value

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
# Of a frame of people, of one day, under some rules: what each programme comes to (`engine.evaluate`).
Evaluate = Callable[[Any, date], Mapping[str, Any]]

YEARS = 10
OLDEST = 110
DAYS_A_YEAR = 365.25
DAY_ZERO = date(1970, 1, 1)
UNTOLD = int(np.iinfo(np.int32).min)
FAR_AHEAD = 200_000  # a day in the year 2517
# Papers that run out and are renewed in time, as is assumed.
RENEWED = ("disability_card_expires",)
# Months between two looks at who may come to have anything.
LOOKED_AT = 5
# Larger than any id of a kept row, so that it is the last of those that begin on the same day.
SUPPOSED = 2**62


@dataclass(frozen=True)
class Figures:
    """Numbers of people and sums of baht: those who are entitled, and those of whom it is not known, by village."""

    people: Floats
    baht: Floats
    unknown_people: Floats
    unknown_baht: Floats

    @classmethod
    def none(cls, villages: int) -> "Figures":
        return cls(*(np.zeros(villages) for _each in range(4)))

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) + getattr(other, name) for name in NAMES))

    def __sub__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) - getattr(other, name) for name in NAMES))

    def times(self, factor: float) -> "Figures":
        return Figures(*(getattr(self, name) * factor for name in NAMES))

    def total(self, name: str) -> float:
        return float(getattr(self, name).sum())


NAMES = ("people", "baht", "unknown_people", "unknown_baht")


# --- the rows of a supposed rate --------------------------------------------------------------------------------------


def supposed(parameter: Parameter, value: Any, rows: Iterable[Row], first: date, area: str = "") -> list[Row]:
    """Rows that put a value in place of whatever holds from a day on, also of what was decided for later.

    Raises ValueError where the value is of another kind than the parameter.
    """
    read = read_value(parameter.kind, value)
    later = [each.first for each in effective(parameter, rows) if each.first > first]
    return [
        Row(parameter.name, day, None, read, area_code=area, office=True, id=SUPPOSED, confidence="K")
        for day in (first, *later)
    ]


# --- who is still alive -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mortality:
    """Deaths a year of a thousand people, by sex and age, over time."""

    men: Sequence[Stretch]
    women: Sequence[Stretch]

    def rates(self, day: date) -> Floats:
        """Deaths a year and person on a day: rows for not known, man, woman; columns for ages up to the oldest."""
        men, women = (self._by_age(on_day(table, day)) for table in (self.men, self.women))
        return np.stack(((men + women) / 2, men, women))

    @staticmethod
    def _by_age(stretch: Stretch | None) -> Floats:
        return _scale_by_age(stretch.value if stretch is not None else None)


@lru_cache(maxsize=64)
def _scale_by_age(scale: Value | None) -> Floats:
    if not isinstance(scale, tuple):
        return np.zeros(OLDEST + 1)
    return np.array([at_step(scale, age) for age in range(OLDEST + 1)]) / 1000


def survival(born: Floats, sex: npt.NDArray[np.int8], mortality: Mortality, months: Sequence[date]) -> Iterator[Floats]:
    """For each month the share of each person that is alive at its start; 0 before birth. `months` begin today.

    `born`: days since 1970; whoever has no known birth date (NaN) is not carried forward: the share stays 1.
    """
    alive = np.ones(len(born))
    for first in months:
        age = (number_of(first) - born) / DAYS_A_YEAR
        is_born = ~(age < 0)
        yield np.where(is_born, alive, 0.0)
        whole = np.clip(np.nan_to_num(age, nan=0.0), 0, OLDEST).astype(np.intp)
        yearly = np.where(np.isnan(age), 0.0, mortality.rates(first)[sex, whole])
        alive = np.where(is_born, alive * np.exp(-yearly / 12), alive)


def months_until(last: date, today: date) -> list[date]:
    """The first day of each month, from the month of a day to that of another.

    >>> months_until(date(2027, 1, 31), date(2026, 11, 21))
    [datetime.date(2026, 11, 1), datetime.date(2026, 12, 1), datetime.date(2027, 1, 1)]
    """
    count = (last.year - today.year) * 12 + last.month - today.month + 1
    return [date(today.year + (today.month - 1 + at) // 12, (today.month - 1 + at) % 12 + 1, 1) for at in range(count)]


def number_of(day: date) -> int:
    return (day - DAY_ZERO).days


# --- who will be born -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Crowd:
    """People of a frame, how much each counts, and the day in the middle of what the birth date allows."""

    frame: Any
    weight: Floats
    born: Floats
    village: npt.NDArray[np.intp]
    to_be_born: bool = False


def residents(frame: Any, village: npt.NDArray[np.intp]) -> Crowd:
    """Everybody who is alive, with papers renewed in time."""
    return Crowd(_renewed(frame), (frame.status == 0).astype(np.float64), _middle(frame), village)


def newborn(
    frame: Any, village: npt.NDArray[np.intp], today: date, birth_years: int, years: int = YEARS + 1
) -> Crowd | None:
    """The children of the years to come: in each, those of the last `birth_years` again, each as a share of one.

    Their houses come along as they are, so that what depends on the house is the same; those others count nothing.
    None where no child was born in these years.
    """
    middle = _middle(frame)
    age = np.floor((number_of(today) - middle) / DAYS_A_YEAR)
    born_lately = (frame.status == 0) & (age >= 0) & (age < birth_years)
    if not born_lately.any() or birth_years < 1:
        return None
    some, whole = of_houses(frame, born_lately)
    again = np.tile(np.arange(len(whole)), years)
    within = np.repeat(np.arange(1, years + 1), len(whole))  # in which year from today each is born again
    is_child = born_lately[whole][again]
    # Born on the first day of a month: a child is paid for from the month of its birth.
    shift = np.where(is_child, (np.nan_to_num(age[whole][again]) + within) * DAYS_A_YEAR, 0)
    moved = [np.where(some.house >= 0, some.house + len(some.houses) * year, -1) for year in range(years)]
    copied = replace(
        _places_of(some, again, np.tile(np.arange(len(some.houses)), years)),
        house=np.concatenate(moved).astype(np.int32),
        born_first=_later(some.born_first[again], shift),
        born_last=_later(some.born_last[again], shift),
    )
    weight = np.where(is_child, 1 / birth_years, 0.0)
    return Crowd(_renewed(copied), weight, _middle(copied), village[whole][again], to_be_born=True)


def of_houses(frame: Any, whom: npt.NDArray[np.bool_]) -> tuple[Any, Places]:
    """These people with the houses where they live and all who live there; and the places where they stood."""
    homes = np.unique(frame.house[whom & (frame.house >= 0)])
    whole = np.flatnonzero(whom | ((frame.house >= 0) & np.isin(frame.house, homes)))
    house = np.where(frame.house[whole] >= 0, np.searchsorted(homes, frame.house[whole]), -1).astype(np.int32)
    return replace(_places_of(frame, whole, homes), house=house), whole


def _places_of(frame: Any, persons: Places, houses: Places) -> Any:
    """A frame of some persons and houses of another; who lives where is for the caller to say."""
    return replace(
        frame,
        persons=_taken(frame.persons, persons),
        houses=_taken(frame.houses, houses),
        born_first=frame.born_first[persons],
        born_last=frame.born_last[persons],
        sex=frame.sex[persons],
        status=frame.status[persons],
        registered_area=frame.registered_area[persons],
        sort_key=[frame.sort_key[at] for at in persons],
    )


def _taken(columns: Any, places: Places) -> Any:
    told = {code: column[places] for code, column in columns.told.items()}
    return replace(columns, ids=[columns.ids[at] for at in places], area=columns.area[places], told=told)


def _later(days: Any, shift: Floats) -> Any:
    """Days moved by about so many; the first of their month, where they are moved at all."""
    moved = (days + np.round(shift).astype(np.int64)).astype("datetime64[D]")
    firsts = moved.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return np.where((days == UNTOLD) | (shift == 0), days, firsts).astype(np.int32)


def _middle(frame: Any) -> Floats:
    """The day in the middle of what each birth date allows; NaN where none is known."""
    middle = (frame.born_first.astype(np.float64) + frame.born_last) / 2
    return np.where(frame.born_first == UNTOLD, np.nan, middle)


def _renewed(frame: Any) -> Any:
    """The same people, whose papers that are valid today stay so."""
    today, told = number_of(frame.on), dict(frame.persons.told)
    for code in RENEWED:
        if code in told:
            told[code] = np.where(told[code] >= today, FAR_AHEAD, told[code])
    return replace(frame, persons=replace(frame.persons, told=told))


# --- what it comes to -------------------------------------------------------------------------------------------------


def counted(found: Any, weight: Floats, village: Places, villages: int) -> Figures:
    """What one programme comes to by village, each person counting as much as `weight` says."""
    return _by_village(found, (weight,), village, villages)[0]


def _not_known(found: Any) -> npt.NDArray[np.bool_]:
    """Of whom nobody can tell, and a sign makes it worth asking: else a whole town might be disabled."""
    worth: npt.NDArray[np.bool_] = (found.entitled == UNKNOWN) & found.asks
    return worth


def _by_village(found: Any, weights: Sequence[Floats], village: Places, villages: int) -> list[Figures]:
    yes = np.flatnonzero(found.entitled == YES)
    unknown = np.flatnonzero(_not_known(found) & (found.would_be > 0))

    def add_up(places: Places, weight: Floats, amounts: Any) -> tuple[Floats, Floats]:
        where, each = village[places], weight[places]
        people = np.bincount(where, weights=each, minlength=villages).astype(np.float64)
        return people, np.bincount(where, weights=each * amounts[places], minlength=villages).astype(np.float64)

    return [Figures(*add_up(yes, weight, found.amount), *add_up(unknown, weight, found.would_be)) for weight in weights]


@dataclass(frozen=True)
class Year:
    """One programme in one fiscal year: people in a month of it (the mean of its twelve), and baht in all of it."""

    year: int
    programme: str
    likely: Figures  # by village; people die as the life table tells
    at_most: Figures  # as if nobody died


def ahead(
    crowds: Sequence[Crowd], laws: Sequence[Evaluate], programmes: Sequence[str], mortality: Mortality, today: date,
    villages: int, years: int = YEARS,
) -> list[list[Year]]:  # fmt: skip
    """Under each of these laws, each programme in each of the fiscal years to come, beginning with the next one."""
    first_year = fiscal_year(today) + 1
    start, end = fiscal_year_range(first_year)[0], fiscal_year_range(first_year + years - 1)[1]
    months = months_until(end, today)
    sums: list[dict[tuple[int, str], list[Figures]]] = [
        {
            (year, programme): [Figures.none(villages), Figures.none(villages)]
            for year in range(first_year, first_year + years)
            for programme in programmes
        }
        for _law in laws
    ]
    for whole_crowd in crowds:
        crowd, concerned = _concerned(whole_crowd, laws, programmes, months)
        if crowd is None:
            continue
        for month, share in zip(months, survival(crowd.born, crowd.frame.sex, mortality, months), strict=True):
            if month < start:
                continue
            weights = (crowd.weight * share, crowd.weight * (share > 0))
            for law, into, some in zip(laws, sums, concerned, strict=True):
                found = law(crowd.frame, month) if some else {}
                for programme in some:
                    figures = _by_village(found[programme], weights, crowd.village, villages)
                    into[fiscal_year(month), programme] = [
                        one + more for one, more in zip(into[fiscal_year(month), programme], figures, strict=True)
                    ]
    return [
        [Year(year, programme, likely, at_most) for (year, programme), (likely, at_most) in _yearly(of_law)]
        for of_law in sums
    ]


def _concerned(
    crowd: Crowd, laws: Sequence[Evaluate], programmes: Sequence[str], months: Sequence[date]
) -> tuple[Crowd | None, list[list[str]]]:
    """Those of the crowd who may come to have anything, with their houses; and under each law the programmes of these.

    Everybody is looked at in every fifth month: what somebody has, he has for longer than that. Of children to be born
    some of every age live in the last month: where none of these has anything, none ever has.
    """
    whom = np.zeros(len(crowd.weight), np.bool_)
    concerned: list[set[str]] = [set() for _law in laws]
    looks = [months[-1], *months[::LOOKED_AT]]
    for at, month in enumerate(looks):
        if at == 1 and crowd.to_be_born and not whom.any():
            break
        for law, codes in zip(laws, concerned, strict=True):
            for code, found in law(crowd.frame, month).items():
                some = ((found.entitled == YES) | _not_known(found)) & (crowd.weight > 0)
                if some.any():
                    whom |= some
                    codes.add(code)
    if not whom.any():
        return None, []
    frame, whole = of_houses(crowd.frame, whom)
    fewer = Crowd(frame, crowd.weight[whole], crowd.born[whole], crowd.village[whole])
    return fewer, [[code for code in programmes if code in codes] for codes in concerned]


def _yearly(sums: Mapping[tuple[int, str], list[Figures]]) -> Iterator[tuple[tuple[int, str], list[Figures]]]:
    """People as the mean of twelve months; baht as they add up."""
    for key, each in sums.items():
        yield key, [replace(one, people=one.people / 12, unknown_people=one.unknown_people / 12) for one in each]


# --- what may be shown of few -----------------------------------------------------------------------------------------

FEWEST = 5


def hidden_cells(counts: Sequence[float]) -> list[bool]:
    """Which cells of a column are not shown: counts of 1 to 4, and one more where the total would give one away.

    >>> hidden_cells([3, 20, 7])
    [True, False, True]
    >>> hidden_cells([0, 20, 7])
    [False, False, False]
    """
    hidden = [0.5 <= count < FEWEST - 0.5 for count in counts]
    if sum(hidden) == 1:
        open_ones = [at for at, count in enumerate(counts) if not hidden[at] and count >= FEWEST - 0.5]
        if open_ones:
            hidden[min(open_ones, key=lambda at: counts[at])] = True
    return hidden
