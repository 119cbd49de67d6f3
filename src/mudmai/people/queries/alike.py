"""Whom the registry's own indexes bring together with a row: linkage of one record reads these instead of everybody."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.core.cache import cache

from mudmai.access.queries import bounds
from mudmai.people.queries.bulk import LINKAGE_SQL, LinkageRow, linkage_row, stamp
from mudmai.people.queries.rows import select, select_in
from mudmai.people.rules.ordering import house_sort_key

COUNT_KEPT_SECONDS = 60
COMMON = 500  # bearers of a name from which their number is kept


def _number_in(number: str, area: str) -> tuple[str, list[Any]]:
    """Who lives in a house of that number in an area; a house whose area is not known may lie there."""
    houses = (
        "SELECT id FROM people_household WHERE sort_key = %s AND ((area_code >= %s AND area_code <= %s) "
        "OR area_code = '')"
    )
    first, last = bounds(area)
    within = f"p.household_id IN ({houses}) AND p.area_code >= %s AND p.area_code <= %s"
    return within, [house_sort_key(number)[:80], first, last, first, last]


def _within(area: str) -> tuple[str, list[Any]]:
    return "p.area_code >= %s AND p.area_code <= %s", list(bounds(area))


def _born_in(year: int) -> tuple[str, list[Any]]:
    return "p.birth_date >= %s AND p.birth_date < %s", [f"{year:04d}", f"{year + 1:04d}"]


# What can be asked about a person, each answered by an index alone or with another: word, and its SQL with values.
HOLDS: dict[str, Callable[..., tuple[str, list[Any]]]] = {
    "cid_hash": lambda found: ("p.cid_hash = %s", [found]),
    # The index is by sound; one name has one sound.
    "given": lambda key, sound: ("p.given_sound = %s AND p.given_key = %s", [sound[:60], key[:200]]),
    "family": lambda key, sound: ("p.family_sound = %s AND p.family_key = %s", [sound[:60], key[:200]]),
    "given_sound": lambda sound: ("p.given_sound = %s", [sound[:60]]),
    "family_sound": lambda sound: ("p.family_sound = %s", [sound[:60]]),
    "birth_date": lambda day: ("p.birth_date = %s", [day]),
    "born_in": _born_in,
    "within": _within,
    "house": lambda house: ("p.household_id = %s", [house]),
    "number_in": _number_in,
    # As the partial index says it, or SQLite does not know that the index holds the answer.
    "phone": lambda phone: ("p.phone = %s AND NOT (p.phone = '')", [phone[:40]]),
}


# These few people are found first, and the rest is asked of them alone: how common one name is, no database foresees.
NARROW = frozenset({"cid_hash", "house", "number_in", "phone"})
_BY_COLUMN = re.compile(r"(p\.\w+) =")


class Counted(NamedTuple):
    """How many people the registry holds, and in how many a column is filled, for the columns of `bearers`."""

    stamp: str  # of the registry then
    people: int
    named: dict[str, int]


# The areas in which somebody may look: prefixes; None where an office asks, for whom everybody counts.
Areas = tuple[str, ...] | None


def persons_of_whom(holds: Mapping[str, tuple[Any, ...]], limit: int, areas: Areas = None) -> list[LinkageRow]:
    """Up to `limit` persons of whom all of this holds: {word of HOLDS: its values}."""
    conditions = [_condition(word, values, bool(NARROW & holds.keys())) for word, values in holds.items()]
    conditions.append(_inside(areas))
    where = " AND ".join(sql for sql, _ in conditions)
    params = [value for _, values in conditions for value in values]
    rows = select(f"{LINKAGE_SQL} WHERE {where} LIMIT {int(limit)}", params)
    return [linkage_row(row) for row in rows]


def _condition(word: str, values: tuple[Any, ...], narrow: bool) -> tuple[str, list[Any]]:
    sql, params = HOLDS[word](*values)
    return (_BY_COLUMN.sub(r"\1 || '' =", sql) if narrow and word not in NARROW else sql), params


def persons_with_ids(hashes: Iterable[bytes], areas: Areas = None) -> Iterator[LinkageRow]:
    """Everybody whose 13-digit id has one of these keyed hashes."""
    wanted, (inside, params) = list(hashes), _inside(areas)
    if not wanted:
        return iter(())
    where = f"p.cid_hash IN ({_marks(wanted)}) AND {inside}"
    return map(linkage_row, select(f"{LINKAGE_SQL} WHERE {where}", [*wanted, *params]))


def persons_in_houses(houses: Iterable[str], areas: Areas = None) -> Iterator[LinkageRow]:
    """Everybody who lives in these households (32 hex digits)."""
    inside, params = _inside(areas)
    return map(linkage_row, select_in(f"{LINKAGE_SQL} WHERE p.household_id IN {{in}} AND {inside}", houses, params))


def _marks(values: Sequence[Any]) -> str:
    """Places for a few values, of any kind: `select_in` is for many ids."""
    return ", ".join(["%s"] * len(values))


def _inside(areas: Areas) -> tuple[str, list[Any]]:
    """SQL: the person lives in one of the areas."""
    if areas is None or "" in areas:
        return "1 = 1", []
    within = [_within(area) for area in areas]
    condition = " OR ".join(sql for sql, _ in within) or "1 = 0"
    return f"({condition})", [bound for _, params in within for bound in params]


def bearers(counted: Counted, column: str, keys: Collection[str]) -> dict[str, int]:
    """How many people bear each of these names; `column`: given_key or family_key.

    Common names take long to count and are asked for often: they are counted once while the registry stays as it is.
    """
    name = f"people-bearers-{column}"
    kept: tuple[str, dict[str, int]] | None = cache.get(name)
    common = kept[1] if kept is not None and kept[0] == counted.stamp else {}
    found = {key: common[key] for key in keys if key in common}
    wanted = [key for key in keys if key not in found]
    if wanted:
        sql = f"SELECT {column}, count(*) FROM people_person WHERE {column} IN ({_marks(wanted)}) GROUP BY {column}"
        rare = dict(select(sql, wanted))
        found |= rare
        if any(count >= COMMON for count in rare.values()):
            common = common | {key: count for key, count in rare.items() if count >= COMMON}
            cache.set(name, (counted.stamp, common), COUNT_KEPT_SECONDS)
    return found


def counted() -> Counted:
    """How many people there are; kept until the registry changes."""
    now = stamp()
    kept: Counted | None = cache.get("people-counted")
    if kept is None or kept.stamp != now:
        sql = "SELECT count(*), count(nullif(given_key, '')), count(nullif(family_key, '')) FROM people_person"
        people, *named = select(sql)[0]
        kept = Counted(now, people, dict(zip(("given_key", "family_key"), named, strict=True)))
        cache.set("people-counted", kept, COUNT_KEPT_SECONDS)
    return kept
