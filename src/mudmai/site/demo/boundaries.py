"""The land of the demo town: villages with their real codes and names, inside boundaries drawn for the demo.

The tambon's outline, the village centres and every line between villages are invented (the real ones are loaded by the
operator). Neighbours share their edge exactly: the lines are drawn once, noded, and cut into polygons.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import shapely
from shapely.geometry import LineString, MultiPoint, Point, Polygon, mapping
from shapely.ops import polygonize

TAMBON_CODE = "520306"
TAMBON = "เกาะคา"
AMPHOE = "เกาะคา"
PROVINCE = "ลำปาง"
POSTCODE = "52130"

GRID = 1e-6  # degrees, some 10 cm: finer would be a pretence
METRES_PER_DEGREE = 111_000.0
LON_METRES = 105_500.0  # a degree of longitude at 18.2 degrees north


@dataclass(frozen=True)
class Village:
    """One village (หมู่บ้าน) of the tambon."""

    moo: int
    name: str
    name_en: str
    lat: float
    lon: float
    share: float  # of the town's houses
    has_lanes: bool = False  # lanes with names (ซอย), as in the villages by the market

    @property
    def code(self) -> str:
        return f"{TAMBON_CODE}{self.moo:02d}"


# Codes and names: public list of villages (Department of Provincial Administration). Centres: moved apart for the demo.
VILLAGES = (
    Village(1, "บ้านน้ำล้อม", "Ban Nam Lom", 18.2085, 99.3830, 0.15, True),
    Village(2, "บ้านหัวแต", "Ban Hua Tae", 18.1985, 99.3745, 0.12),
    Village(3, "บ้านม่วงน้อย", "Ban Muang Noi", 18.2100, 99.3700, 0.11),
    Village(4, "บ้านหนองหล่าย", "Ban Nong Lai", 18.2105, 99.3565, 0.13),
    Village(5, "บ้านเกาะคา", "Ban Ko Kha", 18.1935, 99.3850, 0.19, True),
    Village(6, "บ้านศิลา", "Ban Sila", 18.1985, 99.3620, 0.12),
    Village(7, "บ้านแม่ฮาม", "Ban Mae Ham", 18.1555, 99.3330, 0.09),
    Village(8, "บ้านทุ่งเจริญ", "Ban Thung Charoen", 18.1855, 99.3500, 0.09, True),
)

# Drawn by hand, clockwise from the north-east; a spline rounds it off.
_OUTLINE = (
    (99.3905, 18.2140),
    (99.3945, 18.2030),
    (99.3935, 18.1905),
    (99.3825, 18.1850),
    (99.3670, 18.1810),
    (99.3545, 18.1725),
    (99.3475, 18.1600),
    (99.3400, 18.1480),
    (99.3290, 18.1415),
    (99.3195, 18.1475),
    (99.3160, 18.1580),
    (99.3245, 18.1690),
    (99.3330, 18.1800),
    (99.3410, 18.1925),
    (99.3450, 18.2060),
    (99.3520, 18.2180),
    (99.3640, 18.2205),
    (99.3780, 18.2185),
)


class Land:
    """The tambon and its villages as polygons, drawn from a seed."""

    def __init__(self, seed: int):
        self._rng = Random(f"land {seed}")

    @cached_property
    def village_polygons(self) -> dict[int, Any]:
        """Moo to polygon; together they fill the tambon, neighbours share their edge point by point."""
        ring = LineString(_smooth(_OUTLINE))
        lines = [self._by_stream_and_dyke(edge) for edge in _edges_between_villages(Polygon(ring))]
        noded = shapely.set_precision(shapely.union_all([ring, *lines]), GRID)
        cells = sorted(polygonize(shapely.get_parts(noded)), key=lambda cell: cell.centroid.coords[0])
        return {v.moo: next(cell for cell in cells if cell.contains(Point(v.lon, v.lat))) for v in VILLAGES}

    @cached_property
    def tambon_polygon(self) -> Any:
        return shapely.union_all(list(self.village_polygons.values()))

    def _by_stream_and_dyke(self, edge: LineString) -> LineString:
        """The straight line between two villages bent as a field dyke bends, its ends left where they are."""
        points = [edge.coords[0], edge.coords[-1]]
        for bend in (0.10, 0.07, 0.05, 0.03):
            bent = [points[0]]
            for (x0, y0), (x1, y1) in pairwise(points):
                by = self._rng.uniform(-bend, bend)
                bent += [((x0 + x1) / 2 - (y1 - y0) * by, (y0 + y1) / 2 + (x1 - x0) * by), (x1, y1)]
            points = bent
        return LineString(points)


def write_boundaries(land: Land, path: Path) -> None:
    """Write the villages and the tambon as GeoJSON with `code`, `name_th`, `name_en`, `level`."""
    tambon = {"code": TAMBON_CODE, "name_th": TAMBON, "name_en": "Ko Kha", "level": "tambon"}
    features = [_feature(tambon, land.tambon_polygon)]
    for village in VILLAGES:
        told = {"code": village.code, "name_th": village.name, "name_en": village.name_en, "level": "village"}
        features.append(_feature(told | {"moo": village.moo}, land.village_polygons[village.moo]))
    note = "เส้นเขตสมมติ วาดขึ้นเพื่อการสาธิตเท่านั้น / invented boundaries, drawn for the demo only"
    collection = {"type": "FeatureCollection", "name": "demo_boundaries", "note": note, "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8", newline="\n")


def _feature(properties: dict[str, Any], polygon: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": mapping(shapely.orient_polygons(polygon))}


def _edges_between_villages(tambon: Polygon) -> list[LineString]:
    centres = MultiPoint([(v.lon, v.lat) for v in VILLAGES])
    # A little beyond the outline, so that a bent line still crosses it; what hangs over is no polygon's edge.
    room = tambon.buffer(0.003)
    cut = shapely.voronoi_polygons(centres, extend_to=room.envelope, only_edges=True)
    inside = [part for edge in shapely.get_parts(cut) for part in shapely.get_parts(edge.intersection(room))]
    pieces = (pair for line in inside for pair in pairwise(line.coords))
    return [LineString(pair) for pair in sorted(pieces)]


def _smooth(corners: tuple[tuple[float, float], ...], steps: int = 10) -> list[tuple[float, float]]:
    """A closed Catmull-Rom spline through the corners."""
    count = len(corners)
    points = []
    for i in range(count):
        p0, p1, p2, p3 = (corners[(i + k - 1) % count] for k in range(4))
        for step in range(steps):
            t = step / steps
            points.append((_spline(p0[0], p1[0], p2[0], p3[0], t), _spline(p0[1], p1[1], p2[1], p3[1], t)))
    return [*points, points[0]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    value = 2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    return round(value / 2, 6)
