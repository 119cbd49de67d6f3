"""The question for a frame: of which people, for which day, with which facts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from mudmai.kernel import clock
from mudmai.people.queries.frames.closing import close
from mudmai.people.queries.frames.columns import SEXES, STATUSES, Column, Columns, Frame, column_of, days_of
from mudmai.people.queries.frames.past import frame_then
from mudmai.people.queries.frames.reading import Gathered, frame_now
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


def _framed(houses: Gathered, people: Gathered, area_of_house: Mapping[str, str], on: date | None) -> Frame:
    """The columns of what was gathered."""
    residents = Columns(people.ids, np.array(people.areas, "U8"), _columns(people))
    place_of = {key: place for place, key in enumerate(houses.ids)}
    registered_area = np.array([area_of_house.get(key or "", "") for key in people.registered], "U8")
    born = np.array([days_of(each) for each in people.born], np.int32).reshape(len(people.ids), 2)
    where = np.where(registered_area != "", registered_area, residents.area)
    closed = close(residents.told, where, on)
    return Frame(
        on=on or clock.today(),
        houses=Columns(houses.ids, np.array(houses.areas, "U8"), _columns(houses)),
        persons=residents,
        house=np.array([place_of.get(key or "", -1) for key in people.homes], np.int32),
        born_first=born[:, 0],
        born_last=born[:, 1],
        sex=np.array([SEXES.get(each, 0) for each in people.sexes], np.int8),
        status=np.array([STATUSES.index(each) for each in people.statuses], np.int8),
        registered_area=registered_area,
        sort_key=people.sort_keys,
        closed=closed,
    )


def _columns(found: Gathered) -> dict[str, Column]:
    size = len(found.ids)
    return {code: column_of(code, size, places, values) for code, (places, values) in found.told.items()}
