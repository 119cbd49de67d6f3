"""Houses on the map: one tile is one run of cells."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from mudmai.access.queries import Scope, bounds
from mudmai.people.queries.lists import FACT_FILTERS
from mudmai.people.queries.rows import hexed, listing, select, select_in
from mudmai.people.queries.scope import scope_of
from mudmai.people.rules.addressing import COUNTED_CELL, tile_run
from mudmai.people.rules.catalogue import catalogue
from mudmai.people.rules.clusters import Circle, merged

if TYPE_CHECKING:
    from mudmai.accounts.models import User

SINGLE_FROM_ZOOM = 15
DEEPEST_ZOOM = 20
CELLS_A_SIDE_BITS = 4  # clusters: a tile is cut into 16 × 16
# The fact that draws a house red.
NEED = "bedridden"


class Pin(NamedTuple):
    """One house, or a cluster of `n` houses (then the rest is empty)."""

    lat: float
    lon: float
    n: int
    id: str = ""
    house_no: str = ""
    moo: int | None = None
    head_name: str = ""
    member_count: int = 0
    need: bool = False


def houses_in_tile(user: "User", z: int, x: int, y: int, *, limit: int = 20_000) -> list[Pin]:
    """Pins of a tile that the user may see: houses from zoom 15 on, clusters above."""
    if not 0 <= z <= DEEPEST_ZOOM or not (0 <= x < 1 << z and 0 <= y < 1 << z):
        return []
    scope = scope_of(user)
    first, last = tile_run(z, x, y)
    if z < SINGLE_FROM_ZOOM:
        return _clusters(scope, z, (first, last))
    inside, params = _seen(scope)
    where = f"pin_cell >= %s AND pin_cell < %s AND ({inside}) LIMIT {int(limit)}"
    return _houses(scope, where, [first, last, *params])


def _houses(scope: Scope, where: str, params: list[Any]) -> list[Pin]:
    rows = select(
        "SELECT lat, lon, id, house_no, moo, head_name, member_count, area_code FROM people_household WHERE " + where,
        params,
    )
    needing = _needing(scope, {row[7] for row in rows}, {hexed(row[2]) for row in rows})
    return [
        Pin(lat, lon, 1, hexed(key), number, moo, head, count, hexed(key) in needing)
        for lat, lon, key, number, moo, head, count, _area in rows
    ]


def _clusters(scope: Scope, z: int, run: tuple[int, int]) -> list[Pin]:
    """Counts of cells, put together where they would touch; lone houses as themselves."""
    size = 1 << max(0, 2 * (DEEPEST_ZOOM - z - CELLS_A_SIDE_BITS))
    inside, params = _seen(scope)
    if size < COUNTED_CELL:
        rows = _counted_now(inside, params, run, size)
    else:
        # Far views hold hundreds of thousands of houses: they were counted when the registry changed.
        within, areas = _areas(scope)
        rows = select(
            "SELECT sum(n * lat) / sum(n), sum(n * lon) / sum(n), sum(n), min(first) FROM people_pincount "
            f"WHERE cell >= %s AND cell < %s AND ({within}) GROUP BY cell / {size // COUNTED_CELL}",
            [*(cell // COUNTED_CELL for cell in run), *areas],
        )
        followed = _followed(scope)
        if followed:
            beside = f"{followed[0]} AND NOT ({within})"
            rows += _counted_now(beside, [*followed[1], *areas], run, size)
    circles = merged([Circle(lat, lon, n) for lat, lon, n, _cell in rows], z)
    pins = [Pin(*circle) for circle in circles if circle.n > 1]
    lone = {(circle.lat, circle.lon) for circle in circles if circle.n == 1}
    alone = [cell for lat, lon, n, cell in rows if n == 1 and (lat, lon) in lone]
    if not alone:
        return pins
    marks = ", ".join(["%s"] * len(alone))
    return pins + _houses(scope, f"pin_cell IN ({marks}) AND ({inside})", [*alone, *params])


def _counted_now(inside: str, params: list[Any], run: tuple[int, int], size: int) -> list[tuple[Any, ...]]:
    return select(
        "SELECT avg(lat), avg(lon), count(*), min(pin_cell) FROM people_household "
        f"WHERE pin_cell >= %s AND pin_cell < %s AND ({inside}) GROUP BY pin_cell / {size}",
        [*run, *params],
    )


def _needing(scope: Scope, areas: Iterable[str], houses: set[str]) -> set[str]:
    """Those of the houses in these villages in which somebody bedridden lives; only where the user sees health."""
    code, value = FACT_FILTERS[NEED]
    data_class = str(catalogue().attributes[code].data_class)
    seen = [area for area in areas if scope.sees(data_class, area)]
    sql = (
        "SELECT p.household_id FROM people_fact f JOIN people_person p ON p.id = f.subject "
        "WHERE f.area_code IN {in} AND f.code = %s AND f.value = %s AND p.status = 'alive'"
    )
    needing = {hexed(row[0]) for row in select_in(sql, seen, [code, value]) if row[0] is not None}
    followed = houses & {key.hex for key in scope.households_for("people.view", data_class)}
    if followed:
        of_houses = sql.replace("f.area_code IN {in}", "p.household_id IN {in}")
        needing |= {hexed(row[0]) for row in select_in(of_houses, followed, [code, value])}
    return needing


def pins_bounds(user: "User", prefix: str = "") -> tuple[float, float, float, float] | None:
    """West, south, east, north of all pins of an area that the user may see."""
    inside, params = _seen(scope_of(user), prefix)
    row = select(
        "SELECT min(lon), min(lat), max(lon), max(lat) FROM people_household "
        f"WHERE pin_cell IS NOT NULL AND ({inside})",
        params,
    )[0]
    return None if row[0] is None else (row[0], row[1], row[2], row[3])


def _seen(scope: Scope, prefix: str = "") -> tuple[str, list[Any]]:
    """SQL: the house lies in an area of the user, or a team of his follows it."""
    inside, params = _areas(scope, prefix)
    followed = _followed(scope, prefix)
    return (f"{inside} OR ({followed[0]})", [*params, *followed[1]]) if followed else (inside, params)


def _areas(scope: Scope, prefix: str = "") -> tuple[str, list[Any]]:
    found = scope.prefixes_for("people.view")
    found = tuple(max(each, prefix, key=len) for each in found if each.startswith(prefix) or prefix.startswith(each))
    if not found:
        return "1 = 0", []
    if "" in found:
        return "1 = 1", []
    condition = " OR ".join(["(area_code >= %s AND area_code <= %s)"] * len(found))
    return condition, [bound for each in found for bound in bounds(each)]


def _followed(scope: Scope, prefix: str = "") -> tuple[str, list[Any]] | None:
    houses = scope.households_for("people.view")
    if not houses:
        return None
    condition, params = listing("id IN {in}", sorted(key.hex for key in houses))
    return f"{condition} AND area_code >= %s AND area_code <= %s", [*params, *bounds(prefix)]
