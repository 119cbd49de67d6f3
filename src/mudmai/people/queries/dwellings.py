"""Houses as linkage compares them: their addresses, who lives there, and whom records put there."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mudmai.access.queries import bounds
from mudmai.people.queries.rows import hexed, select, select_in


class Dwelling(NamedTuple):
    """One house; its id as 32 hex digits."""

    id: str
    area_code: str
    house_no: str
    house_code: str
    moo: int | None


def dwellings(prefix: str = "") -> list[Dwelling]:
    """Every house of an area."""
    first, last = bounds(prefix)
    where, params = (" WHERE area_code >= %s AND area_code <= %s", [first, last]) if prefix else ("", [])
    rows = select(f"SELECT id, area_code, house_no, house_code, moo FROM people_household{where}", params)
    return [Dwelling(hexed(row[0]), *row[1:]) for row in rows]


def names_in_houses(prefix: str = "") -> Iterator[tuple[str, str]]:
    """(house, given and family name for comparison) of everybody who lives in a house of an area."""
    first, last = bounds(prefix)
    where, params = (" AND area_code >= %s AND area_code <= %s", [first, last]) if prefix else ("", [])
    sql = (
        "SELECT household_id, given_key, family_key FROM people_person "
        "WHERE household_id IS NOT NULL AND status = 'alive'"
    )
    for house, given, family in select(sql + where, params):
        if given and family:
            yield hexed(house), f"{given}|{family}"


def seen_where_people_moved() -> list[tuple[str, str]]:
    """(house, person) of all whom standing records put in a house of which somebody was seen in another one, too."""
    movers = (
        "SELECT person_id FROM people_filing WHERE household_id IS NOT NULL AND person_id IS NOT NULL "
        "GROUP BY person_id HAVING count(DISTINCT household_id) > 1"
    )
    houses = f"SELECT household_id FROM people_filing WHERE household_id IS NOT NULL AND person_id IN ({movers})"
    sql = (
        "SELECT DISTINCT household_id, person_id FROM people_filing "
        f"WHERE person_id IS NOT NULL AND household_id IN ({houses})"
    )
    return [(hexed(house), hexed(person)) for house, person in select(sql)]


def newest_told_of(houses: Iterable[str]) -> dict[str, tuple[str, str]]:
    """{house: (newest record of a list that is filed there, its batch)}; ids of records rise with time."""
    sql = (
        "SELECT f.household_id, r.id, r.batch_id FROM people_filing f JOIN people_record r ON r.id = f.record_id "
        "WHERE f.household_id IN {in} AND r.row_ref <> ''"
    )
    newest: dict[str, tuple[str, str]] = {}
    for house, record, batch in select_in(sql, houses):
        key, found = hexed(house), (hexed(record), hexed(batch))
        newest[key] = max(newest.get(key, found), found)
    return newest


def houses_by_area() -> dict[str, int]:
    """{area as it is known: how many houses lie there}."""
    return dict(select("SELECT area_code, count(*) FROM people_household GROUP BY area_code"))


def houses_just_in(areas: Iterable[str]) -> list[str]:
    """The houses that are known to lie just in these areas, and not where inside them."""
    return [hexed(row[0]) for row in select_in("SELECT id FROM people_household WHERE area_code IN {in}", areas)]


def people_by_house(prefix: str = "") -> dict[str, list[str]]:
    """{house: who lives there now} in an area."""
    found: dict[str, list[str]] = {}
    rows = select(
        "SELECT household_id, id FROM people_person WHERE status = 'alive' AND household_id IS NOT NULL "
        "AND area_code >= %s AND area_code <= %s",
        list(bounds(prefix)),
    )
    for house, person in rows:
        found.setdefault(hexed(house), []).append(hexed(person))
    return found
