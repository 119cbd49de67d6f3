"""What is known now of many people and houses, gathered code by code.

A million rows are read, so every step counts: whole columns at a time, JSON read and let go at once, and the cyclic
collector at rest.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from mudmai.kernel.memory import without_collector
from mudmai.people.queries.frames.whom import Rows, Whom
from mudmai.people.queries.rows import hex_of, hexed, json_of, select_in

PERSONS = (
    "SELECT {id}, {household_id}, {registered_household_id}, area_code, birth_date, sex, status, sort_key, "
    "{known} FROM people_person"
)
HOUSES = "SELECT {id}, area_code, {known} FROM people_household"
ByCode = dict[str, tuple[list[int], list[Any]]]  # {code: (places, values)}


@dataclass
class Gathered:
    """Some persons, or some houses: lists of one entry for each, and for each code where it was told, and what."""

    codes: Collection[str]
    ids: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    homes: list[str | None] = field(default_factory=list)
    registered: list[str | None] = field(default_factory=list)
    born: list[str] = field(default_factory=list)
    sexes: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    sort_keys: list[str] = field(default_factory=list)
    told: ByCode = field(init=False)

    def __post_init__(self) -> None:
        self.told = {code: ([], []) for code in self.codes}

    def tell(self, first: int, known: Iterable[Mapping[str, Any]]) -> None:
        """Note what is known, packed or not, of those that were added from the place `first` on."""
        noting = [(code, places.append, values.append) for code, (places, values) in self.told.items()]
        for place, told in enumerate(known, first):
            for code, at, note in noting:
                if code in told:
                    at(place)
                    note(told[code][0])


def frame_now(
    whom: Whom, of_houses: Collection[str], of_persons: Collection[str]
) -> tuple[Gathered, Gathered, Mapping[str, str]]:
    """The houses and the persons of whom is asked, and the area of every house they name.

    Houses of theirs that lie elsewhere come along, with all who live there.
    """
    houses, people = Gathered(of_houses), Gathered(of_persons)
    with without_collector():
        _add_houses(houses, whom.rows(_sql(HOUSES), "id"))
        _add_persons(people, whom.rows(_sql(PERSONS), "household_id"))
        if whom.everybody:
            return houses, people, dict(zip(houses.ids, houses.areas, strict=True))
        if missing := whom.persons - set(people.ids):
            _add_persons(people, [list(select_in(f"{_sql(PERSONS)} WHERE id IN {{in}}", missing))])
        if elsewhere := {key for key in people.homes if key} - set(houses.ids):
            _add_houses(houses, [list(select_in(f"{_sql(HOUSES)} WHERE id IN {{in}}", elsewhere))])
            _add_persons(people, _others(people, elsewhere))
    return houses, people, _areas_of(houses, people.registered)


def _sql(sql: str) -> str:
    """The query, giving ids as 32 hex digits and JSON as it is written."""
    for column in ("id", "household_id", "registered_household_id"):
        sql = sql.replace(f"{{{column}}}", hex_of(column))
    return sql.replace("{known}", json_of("known"))


def _add_houses(found: Gathered, rows: Rows) -> None:
    for part in rows:
        if not part:
            continue
        first = len(found.ids)
        ids, areas, known = zip(*part, strict=True)
        found.ids += ids
        found.areas += areas
        found.tell(first, map(orjson.loads, known))


def _add_persons(found: Gathered, rows: Rows) -> None:
    for part in rows:
        if not part:
            continue
        first = len(found.ids)
        ids, homes, registered, areas, born, sexes, statuses, sort_keys, known = zip(*part, strict=True)
        found.ids += ids
        found.homes += homes
        found.registered += registered
        found.areas += areas
        found.born += born
        found.sexes += sexes
        found.statuses += statuses
        found.sort_keys += sort_keys
        found.tell(first, map(orjson.loads, known))


def _others(people: Gathered, houses: Iterable[str]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of those who live in these houses and were not read yet."""
    read = set(people.ids)
    rows = select_in(f"{_sql(PERSONS)} WHERE household_id IN {{in}}", houses)
    yield [row for row in rows if row[0] not in read]


def _areas_of(houses: Gathered, registered: Iterable[str | None]) -> Mapping[str, str]:
    """{house id: area} of the houses that were read, and of those where people are registered."""
    known = dict(zip(houses.ids, houses.areas, strict=True))
    missing = {key for key in registered if key} - known.keys()
    sql = "SELECT id, area_code FROM people_household WHERE id IN {in}"
    return known | {hexed(key): area for key, area in select_in(sql, missing)}
