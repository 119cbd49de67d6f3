"""Walking a long list by key: every page costs the same, however deep, and its count is kept while nothing changes."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db import connection

from mudmai.people.queries.bulk import stamp
from mudmai.people.queries.rows import hexed, select

PAGE = 50
ALL_AT_ONCE = 500
# A list that is being taken back changes for a while after the registry said so.
COUNT_KEPT_SECONDS = 60


class Page(NamedTuple):
    """One page: its rows, and the keys that lead on and back ("" at the ends)."""

    rows: list[Any]
    after: str
    before: str


class Wanted(NamedTuple):
    """Where to look, and for what: a table with its order, runs of areas, conditions and their values."""

    table: str
    key: tuple[str, str, str]
    ranges: list[tuple[str, str]]
    conditions: list[str]
    params: list[Any]


def count(wanted: Wanted) -> int:
    """How many rows the whole list has; kept until the registry changes."""
    key = "people-count-" + blake2b(f"{stamp()}{wanted}".encode(), digest_size=16).hexdigest()
    found = cache.get(key)
    if found is None:
        found = _count_now(wanted)
        cache.set(key, found, COUNT_KEPT_SECONDS)
    return int(found)


def _count_now(wanted: Wanted) -> int:
    found = 0
    for first, last in wanted.ranges:
        where = " AND ".join([*wanted.conditions, f"{wanted.key[0]} >= %s", f"{wanted.key[0]} <= %s"])
        rows = select(f"SELECT count(*) FROM {wanted.table} WHERE {where}", [*wanted.params, first, last])
        found += int(rows[0][0])
    return found


def all_rows(model: Any, wanted: Wanted, related: tuple[str, ...], defer: tuple[str, ...]) -> Iterator[Any]:
    """Every object of the list in its order, some at a time."""
    after = ""
    while True:
        page = one_page(model, *wanted, after, "", ALL_AT_ONCE, related=related, defer=defer)
        yield from page.rows
        after = page.after
        if not after:
            return


def one_page(
    model: Any,
    table: str,
    key: tuple[str, str, str],
    ranges: list[tuple[str, str]],
    conditions: list[str],
    params: list[Any],
    after: str,
    before: str,
    size: int,
    *,
    related: tuple[str, ...] = (),
    defer: tuple[str, ...] = (),
) -> Page:
    """The objects from a key on, and the keys that lead on and back."""
    if not ranges:
        return Page([], "", "")
    backwards = bool(before)
    start = _read_key(before or after)
    columns = ", ".join(key)
    order = ", ".join(f"{column} {'DESC' if backwards else 'ASC'}" for column in key)
    found: list[tuple[Any, ...]] = []
    # Each run of areas is one walk along the index; runs are few (a user's duties) and in order.
    for first, last in reversed(ranges) if backwards else ranges:
        where, values = [*conditions, f"{key[0]} >= %s", f"{key[0]} <= %s"], [*params, first, last]
        if start:
            where.append(f"({columns}) {'<' if backwards else '>'} (%s, %s, %s)")
            values += start
        sql = (
            f"SELECT {columns} FROM {table} WHERE {' AND '.join(where)} ORDER BY {order} LIMIT {size + 1 - len(found)}"
        )
        found += select(sql, values)
        if len(found) > size:
            break
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    rows = _objects(model, [row[2] for row in found], related, defer)
    first_key = _write_key(found[0]) if found and ((backwards and more) or (start and not backwards)) else ""
    last_key = _write_key(found[-1]) if found and (backwards or more) else ""
    return Page(rows, last_key, first_key)


def _objects(model: Any, ids: list[Any], related: tuple[str, ...], defer: tuple[str, ...]) -> list[Any]:
    rows = model.objects.filter(pk__in=ids).defer(*defer)
    found = {row.pk.hex: row for row in (rows.select_related(*related) if related else rows)}
    return [found[hexed(key)] for key in ids if hexed(key) in found]


def _write_key(row: tuple[Any, ...]) -> str:
    return "|".join((row[0], hexed(row[2]), row[1]))


def _read_key(key: str) -> list[str]:
    """Area, order and id of a page key; [] for a key that is not one, which starts from the beginning."""
    parts = key.split("|", 2)
    try:
        return [parts[0], parts[2], UUID(parts[1]).hex if connection.vendor == "sqlite" else str(UUID(parts[1]))]
    except (ValueError, IndexError):
        return []
