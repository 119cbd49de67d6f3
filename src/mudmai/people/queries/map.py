"""Houses on the map: one tile is one run of cells."""

from typing import TYPE_CHECKING, Any, NamedTuple

from mudmai.access.queries import bounds, scope_for
from mudmai.people.queries.rows import hexed, select
from mudmai.people.rules.addressing import tile_run

if TYPE_CHECKING:
    from mudmai.accounts.models import User

SINGLE_FROM_ZOOM = 15
CELLS_A_SIDE = 16  # clusters: a tile is cut into 16 × 16


class Pin(NamedTuple):
    """One house, or a cluster of `n` houses (then `id` and `label` are empty)."""

    lat: float
    lon: float
    n: int
    id: str
    label: str


def houses_in_tile(user: "User", z: int, x: int, y: int, *, limit: int = 20_000) -> list[Pin]:
    """Pins of a tile that the user may see: houses from zoom 15 on, clusters above."""
    if not 0 <= z <= 20 or not (0 <= x < 1 << z and 0 <= y < 1 << z):
        return []
    first, last = tile_run(z, x, y)
    inside, areas = _areas(user)
    where = f"pin_cell >= %s AND pin_cell < %s AND ({inside})"
    params: list[Any] = [first, last, *areas]
    if z >= SINGLE_FROM_ZOOM:
        rows = select(
            f"SELECT lat, lon, id, house_no, moo FROM people_household WHERE {where} LIMIT {limit}",
            params,
        )
        return [
            Pin(lat, lon, 1, hexed(key), f"{number} ม.{moo}" if moo else number) for lat, lon, key, number, moo in rows
        ]
    cell = 1 << max(0, 2 * (20 - z) - 8)  # 4 bits each way are kept: 16 × 16 cells
    rows = select(
        f"SELECT avg(lat), avg(lon), count(*), min(id{'::text' if _is_postgres() else ''}), min(house_no), "
        f"min(moo) FROM people_household WHERE {where} GROUP BY pin_cell / {cell}",
        params,
    )
    return [
        Pin(
            lat,
            lon,
            n,
            key.replace("-", "") if n == 1 else "",
            (f"{number} ม.{moo}" if moo else number) if n == 1 else "",
        )
        for lat, lon, n, key, number, moo in rows
    ]


def pins_bounds(user: "User", prefix: str = "") -> tuple[float, float, float, float] | None:
    """West, south, east, north of all pins of an area that the user may see."""
    inside, areas = _areas(user, prefix)
    row = select(
        "SELECT min(lon), min(lat), max(lon), max(lat) FROM people_household "
        f"WHERE pin_cell IS NOT NULL AND ({inside})",
        areas,
    )[0]
    return None if row[0] is None else row


def _areas(user: "User", prefix: str = "") -> tuple[str, list[str]]:
    found = scope_for(user).prefixes_for("people.view")
    found = tuple(max(each, prefix, key=len) for each in found if each.startswith(prefix) or prefix.startswith(each))
    if not found:
        return "1 = 0", []
    if "" in found:
        return "1 = 1", []
    condition = " OR ".join(["(area_code >= %s AND area_code <= %s)"] * len(found))
    return condition, [bound for each in found for bound in bounds(each)]


def _is_postgres() -> bool:
    from django.db import connection

    return connection.vendor == "postgresql"
