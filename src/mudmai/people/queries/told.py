"""Which source told what of a person, and houses to which nobody has been yet."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db import connection

from mudmai.access.queries import bounds
from mudmai.people.models import Household
from mudmai.people.queries.keyset import PAGE, Page, Wanted, all_rows, count, one_page
from mudmai.people.queries.lists import _beside
from mudmai.people.queries.rows import from_json, hexed, select_in
from mudmai.people.queries.scope import scope_of
from mudmai.people.queries.sets import FILED, VIEW, prefixes_within

if TYPE_CHECKING:
    from mudmai.accounts.models import User

# Sources that tell that somebody was at the house.
VISITS = ("home_visit", "volunteer_survey", "bmn_survey")


def told_of(persons: Iterable[str], codes: Collection[str]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """{id: [(kind of source, what it said of these codes)]} of every standing record of these persons."""
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    sql = f"SELECT f.person_id, r.kind, CAST(r.said AS text) FROM {FILED} AND f.person_id IN {{in}}"
    for key, kind, said in select_in(sql, persons):
        told = from_json(said)
        found.setdefault(hexed(key), []).append((kind, {code: told[code] for code in codes if code in told}))
    return found


def houses_told_by(houses: Iterable[str], kinds: Collection[str]) -> frozenset[str]:
    """Which of these houses, or who lives there, a source of these kinds told of."""
    listed = ", ".join(f"'{kind}'" for kind in kinds if kind.isidentifier())
    sql = f"SELECT DISTINCT f.household_id FROM {FILED} AND f.household_id IN {{in}} AND r.kind IN ({listed})"
    return frozenset(hexed(key) for (key,) in select_in(sql, houses))


def unvisited_page(
    user: "User", area: str, *, without_pin: bool = False, after: str = "", before: str = "", size: int = PAGE
) -> Page:
    """Houses where people live and nobody has been, by village and house number, from a key on."""
    return one_page(Household, *_unvisited(user, area, without_pin, VIEW), after, before, size, defer=("known",))


def count_unvisited(user: "User", area: str, *, without_pin: bool = False, action: str = VIEW) -> int:
    """How many such houses there are; kept until the registry changes."""
    return count(_unvisited(user, area, without_pin, action))


def unvisited_to_export(user: "User", area: str, *, without_pin: bool = False) -> Iterator[Household]:
    """Every such house that the user may take along."""
    yield from all_rows(Household, _unvisited(user, area, without_pin, "people.export"), (), ("known",))


def _unvisited(user: "User", area: str, without_pin: bool, action: str) -> Wanted:
    marks = ", ".join(["%s"] * len(VISITS))
    conditions = [
        "p.member_count > 0",
        f"NOT EXISTS (SELECT 1 FROM {FILED} AND f.household_id = p.id AND r.kind IN ({marks}))",
        "p.known -> 'last_visited_on' IS NULL"
        if connection.vendor == "postgresql"
        else "json_extract(p.known, '$.last_visited_on') IS NULL",
    ]
    if without_pin:
        conditions.append("p.pin_cell IS NULL")
    scope = scope_of(user)
    ranges = [bounds(prefix) for prefix in prefixes_within(scope, area, action)]
    followed = [("p.id IN {in}", scope.households_for(action))]
    key = ("p.area_code", "p.sort_key", "p.id")
    return Wanted("people_household p", key, ranges, conditions, list(VISITS), _beside(followed, area))
