"""Counting what lives where, village by village, so that any area is a sum over a prefix."""

from collections.abc import Iterable

from django.db import connection, transaction

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
MANY = 300


def recount(areas: Iterable[str]) -> None:
    """Count these areas anew; all of them where they are many."""
    areas = sorted(set(areas))
    if not areas:
        return
    if len(areas) > MANY:
        recount_all()
        return
    marks = ", ".join(["%s"] * len(areas))
    _count(f"AND area_code IN ({marks})", areas)


def recount_all() -> None:
    """Count every area anew."""
    _count("", [])


def count_everything() -> None:
    """Count who lives where, house by house and area by area: after a crash nobody knows what had changed before it."""
    with transaction.atomic():
        write_member_counts(bulk.hexed(row[0]) for row in bulk.select("SELECT id FROM people_household"))
        recount_all()


def _count(condition: str, params: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_tally WHERE 1 = 1 " + condition, params)
        for sql in COUNTS:
            cursor.execute(
                "INSERT INTO people_tally (area_code, measure, key, n) " + sql.replace("{and}", condition), params
            )
