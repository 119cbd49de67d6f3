"""People as the law wants them: the columns of a frame, with a few readings of the registry's ties.

The frame is that of `people.queries.frame`, known here by its shape only.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from mudmai.kernel.logic import NO, UNKNOWN, YES, Answers
from mudmai.people.rules.catalogue import catalogue
from mudmai.rights.rules.law.inputs import KIND_OF
from mudmai.rights.rules.law.reckoning import LATEST_DAY, UNTOLD_DAY, number, years_before
from mudmai.rights.rules.law.variables import KINDS

Column = npt.NDArray[Any]
OLDEST = 130  # years
# What a status of the registry (alive, dead, moved, left) says about being alive.
_ALIVE = np.array([YES, NO, YES, UNKNOWN], np.int8)
_AT_HOME = np.array([YES, NO, NO, UNKNOWN], np.int8)
# Where registered, as the health station's code of residence (1 to 5) tells it, by its place in the list.
_BY_RESIDENCE = np.array([YES, YES, NO, NO, NO, UNKNOWN], np.int8)  # the last: not told


class ColumnsLike(Protocol):
    """Some persons or houses, one place for each."""

    @property
    def area(self) -> Column: ...
    @property
    def told(self) -> Mapping[str, Column]: ...


class FrameLike(Protocol):
    """Some houses and the people in them on one day."""

    @property
    def on(self) -> date: ...
    @property
    def houses(self) -> ColumnsLike: ...
    @property
    def persons(self) -> ColumnsLike: ...
    @property
    def house(self) -> Column: ...
    @property
    def born_first(self) -> Column: ...
    @property
    def born_last(self) -> Column: ...
    @property
    def status(self) -> Column: ...
    @property
    def registered_area(self) -> Column: ...


class Crowd(NamedTuple):
    """The inputs of the law: columns of persons and of houses, and the house of each person."""

    persons: dict[str, Column]
    houses: dict[str, Column]
    house: Column
    size: tuple[int, int]  # how many persons and houses

    def only(self, places: Sequence[int] | Column) -> "Crowd":
        """Some of the persons, in the same houses."""
        return Crowd(
            {name: column[places] for name, column in self.persons.items()},
            self.houses,
            self.house[places],
            (len(places), self.size[1]),
        )

    def told(self, name: str) -> Column:
        """A column of the persons, or what nothing told looks like."""
        if name in self.persons:
            return self.persons[name]
        _type, kept_as, untold = KINDS[KIND_OF[name]]
        return np.full(self.size[0], untold, kept_as)


def crowd_of(frame: FrameLike, here: Sequence[str] = ("",)) -> Crowd:
    """The inputs of the law from a frame. `here`: areas whose house register counts; everywhere by default.

    Who has no known house is put into one house more, of which nothing is known and in which nobody is counted.
    """
    size, houses = len(frame.house), len(frame.houses.area)
    told = frame.persons.told
    died = told.get("death_date")
    alive = _ALIVE[frame.status]
    if died is not None:
        alive[died != UNTOLD_DAY] = NO
    presence = told.get("presence")
    places = list(catalogue().lists["presence"])
    absent = np.zeros(size, bool) if presence is None else presence == places.index("absent")
    present = np.zeros(size, bool) if presence is None else presence == places.index("present")
    homed = frame.house >= 0
    at_home = np.where(homed | present, _AT_HOME[frame.status], np.minimum(_AT_HOME[frame.status], np.int8(UNKNOWN)))
    at_home[absent] = NO
    persons = {name: told[name] for name in KIND_OF if name in told}
    # A birth date by which somebody would be older than anybody ever was is a slip of the pen.
    believed = frame.born_first >= number(years_before(frame.on, OLDEST))
    persons |= {
        "born_first": np.where(believed, frame.born_first, np.int32(UNTOLD_DAY)),
        "born_last": np.where(believed, frame.born_last, np.int32(LATEST_DAY)),
        "is_alive": alive,
        "registered_here": registered_here(frame, here),
        "lives_here": at_home,
        "counts_as_member": (homed & (frame.status == 0) & ~absent).view(np.int8),
    }
    of_houses = {name: _one_more(name, frame.houses.told[name]) for name in KIND_OF if name in frame.houses.told}
    house = np.where(homed, frame.house, np.int32(houses))
    return Crowd(persons, of_houses, house, (size, houses + 1))


def registered_here(frame: FrameLike, here: Sequence[str]) -> Answers:
    """Whether each stands on the house register of these areas.

    The register itself goes before: whoever it does not name any more is not on it. Then the area where registered, and
    then what the health station calls the residence.
    """
    found = _inside(frame.registered_area, here)
    told = frame.persons.told
    residence = told.get("residence_type")
    if residence is not None:
        found = np.where(found == UNKNOWN, _BY_RESIDENCE[residence], found)
    listed = told.get("in_civil_register")
    if listed is not None:
        found = np.where(listed == NO, np.int8(NO), found)
    return found


def _inside(areas: Column, here: Sequence[str]) -> Answers:
    """YES inside one of these areas, NO outside, UNKNOWN where no area is known."""
    letters = np.ascontiguousarray(areas, "U8").view(np.uint32).reshape(len(areas), 8)
    inside = np.zeros(len(areas), bool)
    for prefix in here:
        wanted = np.array([prefix], "U8").view(np.uint32)[: len(prefix)]
        inside |= (letters[:, : len(prefix)] == wanted).all(axis=1)
    known = letters[:, 0] != 0
    found: Answers = np.where(known, np.where(inside, np.int8(YES), np.int8(NO)), np.int8(UNKNOWN))
    return found


def _one_more(name: str, column: Column) -> Column:
    _type, kept_as, untold = KINDS[KIND_OF[name]]
    return np.append(column.astype(kept_as), np.array([untold], kept_as))
