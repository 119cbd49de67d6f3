"""Lists of households in the order of need, for whom: paged by key, and naming only what the reader may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.cache import cache
from django.db import connection

from mudmai.access.queries import Scope, bounds
from mudmai.needs.queries.edition import edition
from mudmai.needs.queries.lines import RankedLine, lines_of
from mudmai.needs.rules.frameworks import DIMENSIONS
from mudmai.needs.rules.priority import bit_of, reasons
from mudmai.needs.rules.priority_scoring import run_of_places
from mudmai.needs.rules.targets import GROUPS
from mudmai.needs.rules.words import of_dimension
from mudmai.people.queries import PAGE, Page, household_for, scope_of
from mudmai.people.services import bulk

if TYPE_CHECKING:
    from mudmai.accounts.models import User

VIEW, EXPORT = "people.view", "people.export"
ALL_AT_ONCE = 500
# A wider area than a district is read in the order of places, a narrower one village by village.
DISTRICT = 4
KEPT_SECONDS = 60
UNSEEN, UNPINNED = ("never_visited", "long_unvisited"), ("unpinned",)


@dataclass(frozen=True)
class NeedFilter:
    """What a ranked list keeps."""

    area: str = ""
    urgency: int = 0  # 9, 5 or 1; 0 = any
    red: bool = False
    group: str = ""  # a code of rules.targets.GROUPS
    dimension: str = ""  # failed in it: a code of rules.frameworks.DIMENSIONS
    reason: str = ""  # a code of rules.priority
    unseen: bool = False  # never visited, or not for a year
    unpinned: bool = False


@dataclass(frozen=True)
class _Wanted:
    """Where to look: runs of areas, and houses beside them; and for what."""

    ranges: tuple[tuple[str, str], ...]
    beside: tuple[str, ...]
    area: tuple[str, str]
    conditions: tuple[str, ...]
    params: tuple[int, ...]


def ranked_page(user: "User", keep: NeedFilter, *, after: str = "", before: str = "", size: int = PAGE) -> Page:
    """Households in the order of need, from a key on: red cases, then by urgency and points."""
    wanted = _wanted(user, keep, VIEW)
    backwards = bool(before)
    start = _read_key(before or after)
    found = _rows(wanted, start, backwards, size + 1)
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    lines = lines_of(user, [row[1] for row in found])
    first = _write_key(found[0]) if found and ((backwards and more) or (start and not backwards)) else ""
    last = _write_key(found[-1]) if found and (backwards or more) else ""
    return Page(lines, last, first)


def count_needs(user: "User", keep: NeedFilter, action: str = VIEW) -> int:
    """How many the whole list holds; kept for a minute, or until the registry changes."""
    wanted = _wanted(user, keep, action)
    key = "needs-count-" + blake2b(f"{edition()}{wanted}".encode(), digest_size=16).hexdigest()
    found = cache.get(key)
    if found is None:
        runs = [_run(run) for run in wanted.ranges] + ([_beside(wanted)] if wanted.beside else [])
        found = 0
        for sql, values in runs:
            where = " AND ".join([*wanted.conditions, sql])
            rows = bulk.select(f"SELECT count(*) FROM needs_houseneed WHERE {where}", [*wanted.params, *values])
            found += int(rows[0][0])
        cache.set(key, found, KEPT_SECONDS)
    return int(found)


def needs_to_export(user: "User", keep: NeedFilter) -> Iterator[RankedLine]:
    """Every household of the list in its order, where the user may export."""
    wanted = _wanted(user, keep, EXPORT)
    start: list[Any] = []
    while True:
        found = _rows(wanted, start, False, ALL_AT_ONCE)
        yield from lines_of(user, [row[1] for row in found])
        if len(found) < ALL_AT_ONCE:
            return
        start = [found[-1][0], found[-1][1]]


def need_of(user: "User", household_id: UUID | str) -> RankedLine | None:
    """Where one household stands, and why; None where it was not assessed yet. Raises NotFound outside one's areas."""
    house = household_for(user, household_id)
    lines = lines_of(user, [house.pk.hex])
    return lines[0] if lines else None


def _wanted(user: "User", keep: NeedFilter, action: str) -> _Wanted:
    scope = scope_of(user)
    conditions: list[str] = []
    params: list[int] = []
    places = run_of_places(urgency=keep.urgency, red=keep.red)
    if places:
        conditions.append("place >= %s AND place <= %s")
        params += places
    for column, bit in _bits(keep):
        conditions.append(f'"{column}" & %s <> 0')
        params.append(bit)
    classes = _classes(keep)
    prefixes = _common(scope, action, classes)
    ranges = [bounds(max(each, keep.area, key=len)) for each in prefixes if _meets(each, keep.area)]
    houses = scope.households_for(action)
    for data_class in classes:
        houses &= scope.households_for(action, data_class)
    return _Wanted(
        tuple(sorted(ranges)), tuple(sorted(key.hex for key in houses)), bounds(keep.area),
        tuple(conditions), tuple(params),
    )  # fmt: skip


def _bits(keep: NeedFilter) -> Iterator[tuple[str, int]]:
    """Column and bits of each thing that is asked for; what is not known asks for nothing that could be."""
    if keep.group:
        yield "groups", 1 << list(GROUPS).index(keep.group) if keep.group in GROUPS else 0
    if keep.dimension:
        yield "failed", 1 << list(DIMENSIONS).index(keep.dimension) if keep.dimension in DIMENSIONS else 0
    if keep.reason:
        yield "marks", bit_of(keep.reason) if keep.reason in reasons() else 0
    for is_wanted, codes in ((keep.unseen, UNSEEN), (keep.unpinned, UNPINNED)):
        if is_wanted:
            yield "marks", sum(map(bit_of, codes))


def _classes(keep: NeedFilter) -> list[str]:
    """Standing on a list by a reason or a dimension is itself what the class protects."""
    found = set(reasons()[keep.reason].classes) if keep.reason in reasons() else set()
    if keep.dimension in DIMENSIONS:
        found.add(of_dimension(keep.dimension))
    return sorted(found)


def _common(scope: Scope, action: str, classes: Sequence[str]) -> list[str]:
    """The areas where the user may do this and sees all of the classes."""
    found = list(scope.prefixes_for(action))
    for data_class in classes:
        others = scope.prefixes_for(action, data_class)
        found = sorted({max(one, other, key=len) for one in found for other in others if _meets(one, other)})
    return found


def _meets(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _rows(wanted: _Wanted, start: list[Any], backwards: bool, size: int) -> list[tuple[int, str]]:
    """(place, household) of the first from the start on, among all runs."""
    way = "DESC" if backwards else "ASC"
    tail = f"ORDER BY 1 {way}, 2 {way} LIMIT {size}"
    walks: list[str] = []
    values: list[Any] = []
    for run in [*wanted.ranges, *([None] if wanted.beside else [])]:
        sql, told = _beside(wanted) if run is None else _run(run)
        # The plus zero keeps the database from walking through all places of the country for one village.
        place = "place" if run and _is_wide(run) else "place + 0"
        # Bits are compared quicker than codes of areas, and most rows of a wide area are none of those wanted.
        where = [*wanted.conditions, sql]
        told = [*wanted.params, *told]
        if start:
            where.append(f"({place}, household_id) {'<' if backwards else '>'} (%s, %s)")
            told += start
        order = f"ORDER BY {place} {way}, household_id {way} LIMIT {size}"
        sql = f"SELECT place, household_id FROM needs_houseneed WHERE {' AND '.join(where)} {order}"
        walks.append(f"SELECT * FROM ({sql}) w")
        values += told
    if not walks:
        return []
    rows = bulk.select(walks[0] if len(walks) == 1 else f"SELECT * FROM ({' UNION ALL '.join(walks)}) u {tail}", values)
    return [(row[0], bulk.hexed(row[1])) for row in rows]


def _is_wide(run: tuple[str, str]) -> bool:
    return len(run[0]) < DISTRICT


def _run(run: tuple[str, str]) -> tuple[str, list[Any]]:
    """The condition of a run of areas. A wide one is read in the order of places, so its area is no way in."""
    if run[0] == "":
        return "1 = 1", []
    if _is_wide(run):
        return f"substr(area_code, 1, {len(run[0])}) = %s", [run[0]]
    return "area_code >= %s AND area_code <= %s", list(run)


def _beside(wanted: _Wanted) -> tuple[str, list[Any]]:
    """Followed houses, as far as they lie outside the runs and inside the area asked for."""
    apart = ["NOT (area_code >= %s AND area_code <= %s)"] * len(wanted.ranges)
    sql, keys = listing("household_id IN {in}", wanted.beside)
    inside = "area_code >= %s AND area_code <= %s"
    return " AND ".join([sql, inside, *apart]), [*keys, *wanted.area, *(end for run in wanted.ranges for end in run)]


def listing(sql: str, values: Sequence[str]) -> tuple[str, list[Any]]:
    """A condition for so many ids in place of `IN {in}`, and its parameters."""
    if connection.vendor == "postgresql":
        return sql.replace("IN {in}", "= ANY(%s::uuid[])"), ["{" + ",".join(values) + "}"]
    return sql.replace("{in}", "(" + ", ".join(["%s"] * len(values)) + ")"), list(values)


def _write_key(row: tuple[int, str]) -> str:
    return f"{row[0]}|{row[1]}"


def _read_key(key: str) -> list[Any]:
    """Place and household of a page key; [] for a key that is none, which starts from the beginning."""
    place, _, house = key.partition("|")
    try:
        return [int(place), UUID(house).hex if connection.vendor == "sqlite" else str(UUID(house))]
    except ValueError:
        return []
