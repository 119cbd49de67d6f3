"""Where areas lie: the area of a point, outlines for the map, boxes."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson
import shapely
from django.db.models import Max, Min
from numpy.typing import NDArray

from mudmai.places.models import Area, Boundary
from mudmai.places.queries.areas import prefix_q
from mudmai.places.queries.editions import BOUNDARIES, Kept
from mudmai.places.rules import ancestors

Box = tuple[float, float, float, float]

# From this zoom on one sees more than the small outlines hold (their tolerance is about one pixel at zoom 9).
_FULL_FROM_ZOOM = 11
# Below this zoom even the small outlines are too fine, and are simplified to one pixel of a tile of 512.
_COARSE_BELOW_ZOOM = 8


class Outlines:
    """The outlines of one level with a tree over their boxes; read when first asked for."""

    def __init__(self, level: int) -> None:
        rows = list(Boundary.objects.filter(area__level=level).order_by("area_id").values_list("area_id", "wkb"))
        self.codes = [code for code, _ in rows]
        shapes = shapely.from_wkb([bytes(wkb) for _, wkb in rows])
        shapely.prepare(shapes)
        self.tree = shapely.STRtree(shapes)

    def codes_at(self, points: NDArray[Any]) -> list[str | None]:
        """The code at each point; a point on a border belongs to the lower code, so that the answer never changes."""
        found: list[str | None] = [None] * len(points)
        if not self.codes:
            return found
        at, shape = self.tree.query(points, predicate="intersects")
        order = np.lexsort((-shape, at))
        for i, j in zip(at[order].tolist(), shape[order].tolist(), strict=True):
            found[i] = self.codes[j]
        return found


_levels = {level: Kept(BOUNDARIES, lambda level=level: Outlines(level)) for level in (1, 2, 3, 4)}  # type: ignore[misc]


def areas_of(points: Sequence[tuple[float, float]] | NDArray[Any], level: int | None = None) -> list[str | None]:
    """The code of the area at each (latitude, longitude); the deepest that has a boundary where no level is given."""
    pairs = np.asarray(points, dtype=float).reshape(-1, 2)
    geometries = shapely.points(pairs[:, ::-1])
    if level is not None:
        return _levels[level].get().codes_at(geometries)
    found: list[str | None] = [None] * len(geometries)
    for depth in (4, 3, 2, 1):
        missing = [i for i, code in enumerate(found) if code is None]
        if not missing:
            break
        codes = _levels[depth].get().codes_at(geometries[missing])
        for i, code in zip(missing, codes, strict=True):
            found[i] = code
    return found


def area_of(lat: float, lon: float, level: int | None = None) -> str | None:
    """The code of the area in which a point lies, as deep as boundaries are loaded, or at one level; None outside."""
    return areas_of([(lat, lon)], level)[0]


def boundary_of(code: str) -> Any | None:
    """The outline of an area as a Shapely geometry in WGS84; None where none was loaded."""
    wkb = Boundary.objects.filter(area_id=code).values_list("wkb", flat=True).first()
    return None if wkb is None else shapely.from_wkb(bytes(wkb))


def bounds_of(prefix: str) -> Box | None:
    """West, south, east, north of an area: by its outline, else by those inside it, else by the nearest area above."""
    for code in [prefix, *reversed(ancestors(prefix)[:-1])]:
        box = Boundary.objects.filter(prefix_q("area_id", [code])).aggregate(
            west=Min("min_lon"), south=Min("min_lat"), east=Max("max_lon"), north=Max("max_lat")
        )
        if box["west"] is not None:
            return (box["west"], box["south"], box["east"], box["north"])
    return None


def boundaries_geojson(parent_code: str, level: int, zoom: float) -> bytes:
    """The outlines of one level inside an area as GeoJSON, as fine as the zoom needs.

    Properties of each: code, name (in the reader's language), title, label (longitude, latitude).
    """
    column = "wkb" if zoom >= _FULL_FROM_ZOOM else "wkb_small"
    inside = Boundary.objects.filter(prefix_q("area_id", [parent_code]), area__level=level).order_by("area_id")
    rows = list(inside.values_list("area_id", column, "label_lon", "label_lat"))
    names = {area.code: area for area in Area.objects.filter(pk__in=[row[0] for row in rows])} if rows else {}
    outlines = shapely.to_geojson(_as_fine_as(zoom, [bytes(row[1]) for row in rows])) if rows else []
    features = [
        {
            "type": "Feature",
            "id": int(code),
            "properties": {"code": code, "name": names[code].name, "title": names[code].title, "label": [lon, lat]},
            "geometry": orjson.Fragment(outline),
        }
        for (code, _, lon, lat), outline in zip(rows, outlines, strict=True)
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _as_fine_as(zoom: float, wkbs: list[bytes]) -> NDArray[Any]:
    shapes: NDArray[Any] = shapely.from_wkb(wkbs)
    if zoom >= _COARSE_BELOW_ZOOM:
        return shapes
    coarse = shapely.coverage_simplify(shapes, 360 / (512 * 2 ** max(zoom, 0)))
    fine_enough: NDArray[Any] = np.where(shapely.is_empty(coarse), shapes, coarse)
    return fine_enough
