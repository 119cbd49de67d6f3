"""Houses on the map: one tile is one run of cells."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from mudmai.access.queries import Scope, bounds, scope_for
from mudmai.people.queries.lists import FACT_FILTERS
from mudmai.people.queries.rows import hexed, select, select_in
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
    scope = scope_for(user)
    first, last = tile_run(z, x, y)
    inside, areas = _areas(scope)
    if z < SINGLE_FROM_ZOOM:
        return _clusters(scope, z, (first, last), inside, areas)
    where = f"pin_cell >= %s AND pin_cell < %s AND ({inside}) LIMIT {int(limit)}"
    return _houses(scope, where, [first, last, *areas])


def _houses(scope: Scope, where: str, params: list[Any]) -> list[Pin]:
    rows = select(
        "SELECT lat, lon, id, house_no, moo, head_name, member_count, area_code FROM people_household WHERE " + where,
        params,
    )
    needing = _needing(scope, {row[7] for row in rows})
    return [
        Pin(lat, lon, 1, hexed(key), number, moo, head, count, hexed(key) in needing)
        for lat, lon, key, number, moo, head, count, _area in rows
    ]


def _clusters(scope: Scope, z: int, run: tuple[int, int], inside: str, areas: list[str]) -> list[Pin]:
    """Counts of cells, put together where they would touch; lone houses as themselves."""
    size = 1 << max(0, 2 * (DEEPEST_ZOOM - z - CELLS_A_SIDE_BITS))
    if size < COUNTED_CELL:
        rows = select(
            "SELECT avg(lat), avg(lon), count(*), min(pin_cell) FROM people_household "
            f"WHERE pin_cell >= %s AND pin_cell < %s AND ({inside}) GROUP BY pin_cell / {size}",
            [*run, *areas],
        )
    else:
        # Far views hold hundreds of thousands of houses: they were counted when the registry changed.
        rows = select(
            "SELECT sum(n * lat) / sum(n), sum(n * lon) / sum(n), sum(n), min(first) FROM people_pincount "
            f"WHERE cell >= %s AND cell < %s AND ({inside}) GROUP BY cell / {size // COUNTED_CELL}",
            [*(cell // COUNTED_CELL for cell in run), *areas],
        )
    circles = merged([Circle(lat, lon, n) for lat, lon, n, _cell in rows], z)
    pins = [Pin(*circle) for circle in circles if circle.n > 1]
    lone = {(circle.lat, circle.lon) for circle in circles if circle.n == 1}
    alone = [cell for lat, lon, n, cell in rows if n == 1 and (lat, lon) in lone]
    if not alone:
        return pins
    marks = ", ".join(["%s"] * len(alone))
    return pins + _houses(scope, f"pin_cell IN ({marks}) AND ({inside})", [*alone, *areas])


def _needing(scope: Scope, areas: Iterable[str]) -> set[str]:
    """Houses of these villages in which somebody bedridden lives; only where the user sees health."""
    code, value = FACT_FILTERS[NEED]
    data_class = str(catalogue().attributes[code].data_class)
    seen = [area for area in areas if scope.sees(data_class, area)]
    sql = (
        "SELECT p.household_id FROM people_fact f JOIN people_person p ON p.id = f.subject "
        "WHERE f.area_code IN {in} AND f.code = %s AND f.value = %s AND p.status = 'alive'"
    )
    return {hexed(row[0]) for row in select_in(sql, seen, [code, value]) if row[0] is not None}


def pins_bounds(user: "User", prefix: str = "") -> tuple[float, float, float, float] | None:
    """West, south, east, north of all pins of an area that the user may see."""
    inside, areas = _areas(scope_for(user), prefix)
    row = select(
        "SELECT min(lon), min(lat), max(lon), max(lat) FROM people_household "
        f"WHERE pin_cell IS NOT NULL AND ({inside})",
        areas,
    )[0]
    return None if row[0] is None else (row[0], row[1], row[2], row[3])


def _areas(scope: Scope, prefix: str = "") -> tuple[str, list[str]]:
    found = scope.prefixes_for("people.view")
    found = tuple(max(each, prefix, key=len) for each in found if each.startswith(prefix) or prefix.startswith(each))
    if not found:
        return "1 = 0", []
    if "" in found:
        return "1 = 1", []
    condition = " OR ".join(["(area_code >= %s AND area_code <= %s)"] * len(found))
    return condition, [bound for each in found for bound in bounds(each)]
