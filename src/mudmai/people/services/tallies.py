"""Counting what lives where: village by village, and from there up to the province."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from mudmai.access.queries import bounds
from mudmai.people.models import Tally
from mudmai.people.rules.addressing import COUNTED_CELL
from mudmai.people.services import bulk
from mudmai.people.services.writing import write_member_counts

COUNTS = (
    # people by sex and year of birth ("f:1950"; "f:" where the year is not known)
    "SELECT area_code, 'people', sex || ':' || substr(birth_date, 1, 4), count(*) FROM people_person "
    "WHERE status = 'alive' {and} GROUP BY 1, 3",
    "SELECT area_code, 'status', status, count(*) FROM people_person WHERE 1 = 1 {and} GROUP BY 1, 3",
    "SELECT area_code, 'households', CASE WHEN pin_cell IS NULL THEN 'unpinned' ELSE 'pinned' END, count(*) "
    "FROM people_household WHERE 1 = 1 {and} GROUP BY 1, 3",
    "SELECT area_code, 'fact:' || code, value, count(*) FROM people_fact WHERE 1 = 1 {and} "
    "GROUP BY area_code, code, value",
)
# The same of the facts of a few areas: found by whose they are, as no index of theirs begins with the area.
FACTS_OF_FEW = (
    "SELECT area_code, 'fact:' || code, value, count(*) FROM people_fact WHERE subject IN "
    "(SELECT id FROM people_person WHERE 1 = 1 {and} UNION ALL SELECT id FROM people_household WHERE 1 = 1 {and}) "
    "GROUP BY area_code, code, value"
)
VILLAGE = 8
# From the tambon up; the country is the sum of its provinces.
UPWARDS = (6, 4, 2)
MANY = 100


def recount(areas: Iterable[str]) -> None:
    """Count these areas and those that they lie in anew; all of them where they are many."""
    areas = sorted(set(areas))
    if not areas:
        return
    if len(areas) > MANY:
        recount_all()
        return
    exactly = f"AND area_code IN ({', '.join(['%s'] * len(areas))})"
    _count_pins(exactly, areas)
    _delete(f"level IN ({VILLAGE}, {Tally.OWN}) {exactly}", areas)
    _count(exactly, areas, (*COUNTS[:-1], FACTS_OF_FEW))
    for level in UPWARDS:
        above = sorted({area[:level] for area in areas if len(area) >= level})
        inside = " OR ".join(["area_code >= %s AND area_code <= %s"] * len(above))
        if above:
            _delete(f"level = {level} AND area_code IN ({', '.join(['%s'] * len(above))})", above)
            _add_up(level, f"AND ({inside})", [bound for area in above for bound in bounds(area)])


def recount_all() -> None:
    """Count every area anew."""
    _count_pins("", [])
    _delete("1 = 1", [])
    _count("", [], COUNTS)
    for level in UPWARDS:
        _add_up(level, "", [])


def count_everything() -> None:
    """Count who lives where, house by house and area by area: after a crash nobody knows what had changed before it."""
    with transaction.atomic():
        write_member_counts(bulk.hexed(row[0]) for row in bulk.select("SELECT id FROM people_household"))
        recount_all()


def _count_pins(condition: str, params: Sequence[str]) -> None:
    _run(f"DELETE FROM people_pincount WHERE 1 = 1 {condition}", params)
    _run(
        "INSERT INTO people_pincount (area_code, cell, n, lat, lon, first) "
        f"SELECT area_code, pin_cell / {COUNTED_CELL}, count(*), avg(lat), avg(lon), min(pin_cell) "
        f"FROM people_household WHERE pin_cell IS NOT NULL {condition} GROUP BY 1, 2",
        params,
    )


def _delete(condition: str, params: Sequence[str]) -> None:
    _run("DELETE FROM people_tally WHERE " + condition, params)


def _count(condition: str, params: Sequence[str], counts: Iterable[str]) -> None:
    for sql in counts:
        _run(
            "INSERT INTO people_tally (level, area_code, measure, key, n) "
            f"SELECT CASE WHEN length(area_code) < {VILLAGE} THEN {Tally.OWN} ELSE {VILLAGE} END, counted.* FROM "
            f"({sql.replace('{and}', condition)}) AS counted",
            [*params] * sql.count("{and}"),
        )


def _add_up(level: int, condition: str, params: Sequence[str]) -> None:
    """Sum up what lies directly inside, and who is known no nearer."""
    _run(
        "INSERT INTO people_tally (level, area_code, measure, key, n) "
        f"SELECT {level}, substr(area_code, 1, {level}), measure, key, sum(n) FROM people_tally "
        f"WHERE (level = {level + 2} OR (level = {Tally.OWN} AND length(area_code) IN ({level}, {level + 1}))) "
        f"{condition} GROUP BY substr(area_code, 1, {level}), measure, key",
        params,
    )


def _run(sql: str, params: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
