"""Pairs of records that are known to be of one person: what linkage learns from."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mudmai.people.queries.rows import from_json, hexed, select


class ToldTwice(NamedTuple):
    """What two records say of one person: the texts, the area and the house of each."""

    said: tuple[dict[str, Any], dict[str, Any]]
    areas: tuple[str, str]
    houses: tuple[str | None, str | None]


KNOWN = (
    'FROM people_decision d JOIN people_record l ON l.id = d."left" JOIN people_record r ON r.id = d."right" '
    "JOIN people_batch a ON a.id = l.batch_id JOIN people_batch b ON b.id = r.batch_id "
    "WHERE d.kind IN ('link', 'merge') AND d.about = 'person' AND NOT d.withdrawn "
    # By the id, or by somebody who was asked; what staff wrote about a person is no list's row.
    "AND d.basis IN ('cid', 'staff') AND l.kind <> 'staff' AND r.kind <> 'staff' "
    "AND NOT l.withdrawn AND NOT r.withdrawn AND NOT a.withdrawn AND NOT b.withdrawn"
)


def count_told_twice() -> int:
    """How many such pairs stand."""
    return int(select(f"SELECT count(*) {KNOWN}")[0][0])


def told_twice(limit: int) -> Iterator[ToldTwice]:
    """The newest of them."""
    sql = (
        "SELECT CAST(l.said AS text), CAST(r.said AS text), l.area_code, r.area_code, l.household_key, r.household_key "
        f"{KNOWN} ORDER BY d.id DESC LIMIT {int(limit)}"
    )
    for left, right, *areas, one, other in select(sql):
        yield ToldTwice((from_json(left), from_json(right)), (areas[0], areas[1]), (hexed(one), hexed(other)))
