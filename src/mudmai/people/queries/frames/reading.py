"""What is known now of many people and houses.

A million rows are read, so every step counts: whole columns at a time, and JSON read and let go at once.
"""

from collections.abc import Collection, Iterable, Mapping

import orjson

from mudmai.people.queries.frames.gathering import Houses, Persons
from mudmai.people.queries.frames.whom import Rows, Whom
from mudmai.people.queries.rows import hex_of, hexed, json_of, select_in

PERSONS = (
    "SELECT {id}, area_code, {known}, {household_id}, {registered_household_id}, birth_date, sex, status, sort_key "
    "FROM people_person"
)
HOUSES = "SELECT {id}, area_code, {known} FROM people_household"


def frame_now(
    whom: Whom, of_houses: Collection[str], of_persons: Collection[str]
) -> tuple[Houses, Persons, Mapping[str, str]]:
    """The houses and the persons of whom is asked, and the areas of houses named by them that are not among those.

    Houses where they live that lie elsewhere come along, with all who live there.
    """
    houses = Houses(of_houses)
    _add_houses(houses, whom.rows(_sql(HOUSES), "id"))
    people = Persons(of_persons, houses)
    _add_persons(people, whom.rows(_sql(PERSONS), "household_id"))
    if whom.everybody:
        return houses, people, {}
    if missing := whom.persons - set(people.ids):
        _add_persons(people, _some(f"{PERSONS} WHERE id IN {{in}}", missing))
    if elsewhere := set(people.homes.elsewhere.values()):
        _add_houses(houses, _some(f"{HOUSES} WHERE id IN {{in}}", elsewhere))
        _add_persons(people, _some(f"{PERSONS} WHERE household_id IN {{in}}", elsewhere, besides=set(people.ids)))
    return houses, people, _areas_of(set(people.registered.elsewhere.values()))


def _sql(sql: str) -> str:
    """The query, giving ids as 32 hex digits and JSON as it is written."""
    for column in ("id", "household_id", "registered_household_id"):
        sql = sql.replace(f"{{{column}}}", hex_of(column))
    return sql.replace("{known}", json_of("known"))


def _some(sql: str, keys: Iterable[str], besides: Collection[str] = ()) -> Rows:
    """The rows of these keys, but for those whose id was read before."""
    return [[row for row in select_in(_sql(sql), keys) if row[0] not in besides]]


def _add_houses(houses: Houses, rows: Rows) -> None:
    for part in rows:
        if part:
            ids, areas, known = zip(*part, strict=True)
            houses.add(ids, areas, map(orjson.loads, known))


def _add_persons(people: Persons, rows: Rows) -> None:
    for part in rows:
        if part:
            ids, areas, known, *columns = zip(*part, strict=True)
            people.add(ids, areas, map(orjson.loads, known))
            people.add_people(*columns)


def _areas_of(houses: Collection[str]) -> Mapping[str, str]:
    rows = select_in("SELECT id, area_code FROM people_household WHERE id IN {in}", houses)
    return {hexed(key): area for key, area in rows}
