"""The question for a frame: of which people, for which day, with which facts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from mudmai.kernel import clock
from mudmai.people.queries.frames.closing import close
from mudmai.people.queries.frames.columns import Column, Frame
from mudmai.people.queries.frames.gathering import Houses, Persons, Ties
from mudmai.people.queries.frames.past import frame_then
from mudmai.people.queries.frames.reading import frame_now
from mudmai.people.queries.frames.whom import Whom
from mudmai.people.rules.catalogue import attributes_of

# Who counts as living in a house follows from it, whatever was asked for.
ALWAYS = frozenset({"presence"})


def frame(
    codes: Iterable[str],
    *,
    areas: Sequence[str] = ("",),
    households: Collection[str] | None = None,
    persons: Collection[str] | None = None,
    on: date | None = None,
) -> Frame:
    """Everybody in these areas as columns of these catalogue codes, with the houses; the whole registry by default.

    `households`, `persons` (32 hex digits): only these, with the houses of these persons and all who live in them.
    `on`: what was known from records observed by that day, under the ids of now.
    """
    wanted = frozenset(codes)
    of_persons = (wanted & attributes_of("person")) | ALWAYS
    of_houses = wanted & attributes_of("household")
    unknown = wanted - of_persons - of_houses
    if unknown:
        raise ValueError(f"not in the catalogue: {', '.join(sorted(unknown))}")
    if on is None:
        found = frame_now(Whom.of(areas, households, persons).with_homes(), of_houses, of_persons)
    else:
        found = frame_then(Whom.of(areas, households, persons), of_houses, of_persons, on)
    return _framed(*found, on)


def _framed(houses: Houses, people: Persons, areas_elsewhere: Mapping[str, str], on: date | None) -> Frame:
    """The columns of what was gathered."""
    homes, residents = houses.columns(), people.columns()
    registered_area = _areas(people.registered, houses, homes.area, areas_elsewhere)
    where = np.where(registered_area != "", registered_area, residents.area)
    closed = close(residents.told, where, on)
    born = people.born()
    return Frame(
        on=on or clock.today(),
        houses=homes,
        persons=residents,
        house=people.homes.column(houses),
        born_first=born[:, 0],
        born_last=born[:, 1],
        sex=people.sexes(),
        status=people.statuses(),
        registered_area=registered_area,
        sort_key=people.sort_keys,
        closed=closed,
    )


def _areas(ties: Ties, houses: Houses, area: Column, elsewhere: Mapping[str, str]) -> Column:
    """The area of the house that each one names, "" where none is known."""
    places = ties.column(houses)
    found = np.zeros(len(places), "U8")
    found[places >= 0] = area[places[places >= 0]]
    for place, key in ties.elsewhere.items():
        if places[place] < 0:
            found[place] = elsewhere.get(key, "")
    return found
