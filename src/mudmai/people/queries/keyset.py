"""Walking a long list by key: every page costs the same, however deep, and its count is kept while nothing changes."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext as _

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

    def links(self, asked: Mapping[str, str]) -> dict[str, str]:
        """Where `shared/pager.html` leads; `asked` is what the address of the list holds."""
        return {
            "previous_url": kept_query(asked, before=self.before) if self.before else "",
            "next_url": kept_query(asked, after=self.after) if self.after else "",
            "shown": "" if self.rows else _("Nothing on this page"),
        }


def kept_query(asked: Mapping[str, str], **more: str) -> str:
    """The filter of an address, without where one is in the list."""
    kept = {key: value for key, value in asked.items() if value and key not in {"after", "before", "print"}}
    return "?" + urlencode(kept | more)


class Wanted(NamedTuple):
    """Where to look, and for what: a table with its order, runs of areas, conditions and their values.

    `beside`: a condition with its values for rows that are wanted although they lie outside the runs.
    """

    table: str
    key: tuple[str, str, str]
    ranges: list[tuple[str, str]]
    conditions: list[str]
    params: list[Any]
    beside: tuple[str, list[Any]] | None = None


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
    if wanted.beside:
        condition, values = _outside(wanted.beside, wanted.key[0], wanted.ranges)
        where = " AND ".join([*wanted.conditions, condition])
        rows = select(f"SELECT count(*) FROM {wanted.table} WHERE {where}", [*wanted.params, *values])
        found += int(rows[0][0])
    return found


def _outside(beside: tuple[str, list[Any]], area: str, ranges: list[tuple[str, str]]) -> tuple[str, list[Any]]:
    """The condition of the rows beside the runs, without those that lie in one."""
    condition, values = beside
    apart = [f"NOT ({area} >= %s AND {area} <= %s)"] * len(ranges)
    return " AND ".join([condition, *apart]), [*values, *(bound for run in ranges for bound in run)]


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
    beside: tuple[str, list[Any]] | None,
    after: str,
    before: str,
    size: int,
    *,
    related: tuple[str, ...] = (),
    defer: tuple[str, ...] = (),
) -> Page:
    """The objects from a key on, and the keys that lead on and back."""
    wanted = Wanted(table, key, ranges, conditions, params, beside)
    backwards = bool(before)
    start = _read_key(before or after)
    # Each run of areas is one walk along the index; runs are few (a user's duties) and in order.
    runs = [_run(wanted, run) for run in (reversed(ranges) if backwards else ranges)]
    if beside:
        found = _together(wanted, [*runs, _outside(beside, key[0], ranges)], start, backwards, size + 1)
    else:
        found = _one_by_one(wanted, runs, start, backwards, size + 1)
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    rows = _objects(model, [row[2] for row in found], related, defer)
    first_key = _write_key(found[0]) if found and ((backwards and more) or (start and not backwards)) else ""
    last_key = _write_key(found[-1]) if found and (backwards or more) else ""
    return Page(rows, last_key, first_key)


def _run(wanted: Wanted, run: tuple[str, str]) -> tuple[str, list[Any]]:
    return f"{wanted.key[0]} >= %s AND {wanted.key[0]} <= %s", list(run)


def _one_by_one(
    wanted: Wanted, runs: list[tuple[str, list[Any]]], start: list[str], backwards: bool, size: int
) -> list[tuple[Any, ...]]:
    """The first rows from the start on, run after run until they are enough."""
    found: list[tuple[Any, ...]] = []
    for run in runs:
        found += select(*_walk(wanted, run, start, backwards, size - len(found)))
        if len(found) >= size:
            break
    return found


def _together(
    wanted: Wanted, runs: list[tuple[str, list[Any]]], start: list[str], backwards: bool, size: int
) -> list[tuple[Any, ...]]:
    """The same where the runs lie in no order: each gives its first rows, and the first of all are taken."""
    walks = [_walk(wanted, run, start, backwards, size) for run in runs]
    way = "DESC" if backwards else "ASC"
    every = " UNION ALL ".join(f"SELECT * FROM ({sql}) w{number}" for number, (sql, _) in enumerate(walks))
    values = [value for _, listed in walks for value in listed]
    return select(f"SELECT * FROM ({every}) u ORDER BY 1 {way}, 2 {way}, 3 {way} LIMIT {size}", values)


def _walk(
    wanted: Wanted, run: tuple[str, list[Any]], start: list[str], backwards: bool, size: int
) -> tuple[str, list[Any]]:
    condition, bounds = run
    columns = ", ".join(wanted.key)
    order = ", ".join(f"{column} {'DESC' if backwards else 'ASC'}" for column in wanted.key)
    where, values = [*wanted.conditions, condition], [*wanted.params, *bounds]
    if start:
        where.append(f"({columns}) {'<' if backwards else '>'} (%s, %s, %s)")
        values += start
    return f"SELECT {columns} FROM {wanted.table} WHERE {' AND '.join(where)} ORDER BY {order} LIMIT {size}", values


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
