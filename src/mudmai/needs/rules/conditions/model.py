"""What a condition can ask, and how it is answered for a whole frame."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from mudmai.kernel.dates.ages import OLDEST
from mudmai.kernel.logic import NO, UNKNOWN, YES, Answers, all_of, answers, any_of, negated

if TYPE_CHECKING:
    from mudmai.people.queries import Frame

PERSON, HOUSEHOLD = "person", "household"
Limit = float | str  # a number, or the name of a dated one


@dataclass(frozen=True)
class Sight:
    """A frame and the numbers in force on its day, as conditions look at them."""

    frame: "Frame"
    numbers: Mapping[str, float]

    def size(self, of: str) -> int:
        return len(self.frame.persons.ids if of == PERSON else self.frame.houses.ids)

    def told(self, of: str, code: str) -> npt.NDArray[Any]:
        return (self.frame.persons if of == PERSON else self.frame.houses).told[code]

    def limit(self, limit: Limit) -> float:
        """The number; NaN, which nothing reaches or misses, where none is in force that day."""
        return self.numbers.get(limit, np.nan) if isinstance(limit, str) else limit

    @cached_property
    def living(self) -> npt.NDArray[np.int32]:
        """How many are known to live in each house."""
        return self.frame.count(np.ones(len(self.frame.persons.ids), bool))

    @cached_property
    def recorded(self) -> npt.NDArray[np.bool_]:
        """The houses of which anybody was told, be they dead or gone. Of the others nobody knows who lives there."""
        house = self.frame.house
        found = np.zeros(len(self.frame.houses.ids), bool)
        found[house[house >= 0]] = True
        return found

    @cached_property
    def heads(self) -> npt.NDArray[np.float64]:
        """By how many the income of a house is divided: as many as its survey told, else as are known to live there."""
        told = self.frame.houses.told.get("member_count_told")
        count = self.living.astype(np.float64)
        if told is not None:
            count = np.where(told > 0, told, count)
        return np.where(count > 0, count, np.nan)


class Condition(Protocol):
    """Something that is so, is not so, or is not known, of each person or each household."""

    def answer(self, sight: Sight) -> Answers: ...

    def facts(self) -> Iterator[tuple[str, str]]:
        """(person or household, code) of everything it rests on; "birth_date" and "sex" too."""
        ...

    def limits(self) -> Iterator[str]:
        """Names of the dated numbers that it needs."""
        ...


class _Plain:
    """A condition without dated numbers."""

    def limits(self) -> Iterator[str]:
        yield from ()


@dataclass(frozen=True)
class YesNo(_Plain):
    of: str
    code: str
    wanted: bool = True

    def answer(self, sight: Sight) -> Answers:
        told: Answers = sight.told(self.of, self.code)
        return told if self.wanted else negated(told)

    def facts(self) -> Iterator[tuple[str, str]]:
        yield self.of, self.code


@dataclass(frozen=True)
class OneOf(_Plain):
    """A code that is one of these; `places` are theirs in the list of the catalogue."""

    of: str
    code: str
    places: tuple[int, ...]

    def answer(self, sight: Sight) -> Answers:
        told = sight.told(self.of, self.code)
        return answers(np.isin(told, self.places), told >= 0)

    def facts(self) -> Iterator[tuple[str, str]]:
        yield self.of, self.code


@dataclass(frozen=True)
class HasAny(_Plain):
    """Of several codes that may be told at once, any of these."""

    of: str
    code: str
    places: tuple[int, ...]

    def answer(self, sight: Sight) -> Answers:
        told = sight.told(self.of, self.code)
        bits = sum(1 << place for place in self.places)
        return answers((told & bits) != 0, told >= 0)

    def facts(self) -> Iterator[tuple[str, str]]:
        yield self.of, self.code


@dataclass(frozen=True)
class Within:
    """A number between limits, ends as named."""

    of: str
    code: str
    bounds: tuple[tuple[str, Limit], ...]
    times: float = 1.0
    per_head: bool = False

    def answer(self, sight: Sight) -> Answers:
        value = sight.told(self.of, self.code)
        if self.per_head:
            value = value * self.times / sight.heads
        elif self.times != 1.0:
            value = value * self.times
        return all_of(*(_compare(value, how, sight.limit(limit)) for how, limit in self.bounds))

    def facts(self) -> Iterator[tuple[str, str]]:
        yield self.of, self.code
        if self.per_head:
            yield HOUSEHOLD, "member_count_told"

    def limits(self) -> Iterator[str]:
        return (limit for _, limit in self.bounds if isinstance(limit, str))


def _compare(value: npt.NDArray[Any], how: str, limit: float) -> Answers:
    if np.isnan(limit):
        return np.full(len(value), UNKNOWN, np.int8)
    reached = {"min": value >= limit, "max": value <= limit, "below": value < limit, "above": value > limit}[how]
    return answers(reached, ~np.isnan(value))


@dataclass(frozen=True)
class Aged(_Plain):
    """Whole months of age, from and to, both included; a birth date that allows both answers is not known."""

    months_from: int | None
    months_to: int | None

    def answer(self, sight: Sight) -> Answers:
        parts = []
        if self.months_from is not None:
            parts.append(sight.frame.born_by(months_before(sight.frame.on, self.months_from)))
        if self.months_to is not None:
            parts.append(negated(sight.frame.born_by(months_before(sight.frame.on, self.months_to + 1))))
        # Who is not born yet, or older than anybody, was mistyped: how old they are is not known.
        possible = sight.frame.born_by(sight.frame.on) != NO
        possible &= sight.frame.born_by(months_before(sight.frame.on, (OLDEST + 1) * 12)) != YES
        return np.where(possible, all_of(*parts), UNKNOWN).astype(np.int8)

    def facts(self) -> Iterator[tuple[str, str]]:
        yield PERSON, "birth_date"


def months_before(day: date, months: int) -> date:
    """The last day of birth of somebody who is so many months old on a day.

    >>> months_before(date(2024, 2, 29), 12), months_before(date(2026, 3, 31), 1)
    (datetime.date(2023, 2, 28), datetime.date(2026, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class OfSex(_Plain):
    wanted: int  # as the frame counts it

    def answer(self, sight: Sight) -> Answers:
        return answers(sight.frame.sex == self.wanted, sight.frame.sex != 0)

    def facts(self) -> Iterator[tuple[str, str]]:
        yield PERSON, "sex"


@dataclass(frozen=True)
class Joined:
    """Several conditions about the same: all of them, any, none, or what the first says that can tell."""

    how: str
    parts: tuple[Condition, ...]

    def answer(self, sight: Sight) -> Answers:
        told = [part.answer(sight) for part in self.parts]
        if self.how == "all":
            return all_of(*told)
        if self.how == "first":
            found = told[0]
            for each in told[1:]:
                found = np.where(found == UNKNOWN, each, found).astype(np.int8)
            return found
        return any_of(*told) if self.how == "any" else negated(any_of(*told))

    def facts(self) -> Iterator[tuple[str, str]]:
        for part in self.parts:
            yield from part.facts()

    def limits(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.limits()


@dataclass(frozen=True)
class OfMembers:
    """Of a household: whether it is so of somebody who lives there, of everybody, or of so many at least."""

    how: str  # some | every | count
    part: Condition
    at_least: int = 1

    def answer(self, sight: Sight) -> Answers:
        told = self.part.answer(sight)
        if self.how == "some":
            found = sight.frame.any(told)
        elif self.how == "every":
            found = sight.frame.all(told)
        else:
            surely, perhaps = sight.frame.count(told == YES), sight.frame.count(told != NO)
            found = answers(surely >= self.at_least, (surely >= self.at_least) | (perhaps < self.at_least))
        return np.where(sight.recorded, found, UNKNOWN).astype(np.int8)

    def facts(self) -> Iterator[tuple[str, str]]:
        return self.part.facts()

    def limits(self) -> Iterator[str]:
        return self.part.limits()


@dataclass(frozen=True)
class OfHouse:
    """Of a person: whether it is so of the house where they live."""

    part: Condition

    def answer(self, sight: Sight) -> Answers:
        return sight.frame.of_house(self.part.answer(sight), UNKNOWN)

    def facts(self) -> Iterator[tuple[str, str]]:
        return self.part.facts()

    def limits(self) -> Iterator[str]:
        return self.part.limits()
