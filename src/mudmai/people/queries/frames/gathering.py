"""Some houses and people, as they are read or folded, turned into columns some hundreds at a time.

What was told of a few hundred people still lies in the processor's cache when it is turned into numbers, and is let go
at once: lists of all values of a million people would take twice the time and several times the memory.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

import numpy as np

from mudmai.people.queries.frames.columns import SEXES, STATUSES, Column, Columns, column_of, days_of

# {code: [value, …]} of one house or person, packed or not
Told = Mapping[str, Any]
STATUS_PLACES = {status: place for place, status in enumerate(STATUSES)}


class Houses:
    """Houses gathered so far; ids as 32 hex digits."""

    def __init__(self, codes: Collection[str]) -> None:
        self.ids: list[str] = []
        self._areas: list[Column] = [np.zeros(0, "U8")]
        self._told: dict[str, list[Column]] = {code: [column_of(code, 0, [], [])] for code in codes}

    def add(self, ids: Sequence[str], areas: Sequence[str], known: Iterable[Told]) -> None:
        """Some more of them, with what is known of each."""
        self.ids += ids
        self._areas.append(np.array(areas, "U8"))
        noted: dict[str, tuple[list[int], list[Any]]] = {code: ([], []) for code in self._told}
        noting = {code: (places.append, values.append) for code, (places, values) in noted.items()}
        for place, told in enumerate(known):
            for code, value in told.items():
                if code in noting:
                    at, note = noting[code]
                    at(place)
                    note(value[0])
        for code, (places, values) in noted.items():
            self._told[code].append(column_of(code, len(ids), places, values))

    def columns(self) -> Columns:
        told = {code: np.concatenate(parts) for code, parts in self._told.items()}
        return Columns(self.ids, np.concatenate(self._areas), told)

    def places(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self.ids)}


class Ties:
    """The houses that people name, as places among the houses that were gathered before the people."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = places
        self._parts: list[Column] = [np.zeros(0, np.int32)]
        self._size = 0
        self.elsewhere: dict[int, str] = {}  # {person's place: house} of houses that were not gathered by then

    def add(self, keys: Sequence[str | None]) -> None:
        found = np.array(list(map(self._places.get, keys, repeat(-1))), np.int32)  # type: ignore[arg-type]
        for lost in np.flatnonzero(found < 0).tolist():
            key = keys[lost]
            if key is not None:
                self.elsewhere[self._size + lost] = key
        self._parts.append(found)
        self._size += len(keys)

    def column(self, houses: Houses) -> Column:
        """The place of each one's house, by now; -1 where there is none."""
        column = np.concatenate(self._parts)
        places = houses.places() if self.elsewhere else {}
        for place, key in self.elsewhere.items():
            column[place] = places.get(key, -1)
        return column


class Persons(Houses):
    """Persons gathered so far, after the houses where they live."""

    def __init__(self, codes: Collection[str], houses: Houses) -> None:
        super().__init__(codes)
        places = houses.places()
        self.homes, self.registered = Ties(places), Ties(places)
        self.sort_keys: list[str] = []
        self._born: list[Column] = [np.zeros((0, 2), np.int32)]
        self._sexes: list[Column] = [np.zeros(0, np.int8)]
        self._statuses: list[Column] = [np.zeros(0, np.int8)]

    def add_people(
        self,
        homes: Sequence[str | None],
        registered: Sequence[str | None],
        born: Sequence[str],
        sexes: Sequence[str],
        statuses: Sequence[str],
        sort_keys: Sequence[str],
    ) -> None:
        """What else is told of those that were added last: the columns of `Person`."""
        self.homes.add(homes)
        self.registered.add(registered)
        self.sort_keys += sort_keys
        self._born.append(np.array(list(map(days_of, born)), np.int32).reshape(len(born), 2))
        self._sexes.append(np.array(list(map(SEXES.get, sexes, repeat(0))), np.int8))
        self._statuses.append(np.array(list(map(STATUS_PLACES.__getitem__, statuses)), np.int8))

    def born(self) -> Column:
        return np.concatenate(self._born)

    def sexes(self) -> Column:
        return np.concatenate(self._sexes)

    def statuses(self) -> Column:
        return np.concatenate(self._statuses)
