"""Loads boundaries: polygons joined to areas by code."""

from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mudmai.places.models import Boundary
from mudmai.places.services.coordinates import bring_to_wgs84
from mudmai.places.services.joining import Joiner
from mudmai.places.services.report import LoadReport, Problem
from mudmai.places.services.tables import Table
from mudmai.places.services.upsert import upsert

# About 10 cm: finer digits are noise, and rounded ones make the same file give the same bytes.
_DIGITS = 6
# In degrees, one pixel at zoom 10 (about 150 m); the map uses these outlines at smaller scales.
_SMALL_TOLERANCE = 0.0014

_FIELDS = ("wkb", "wkb_small", "min_lon", "min_lat", "max_lon", "max_lat", "label_lon", "label_lat", "source")


def prepare(table: Table, name: str, crs: str) -> None:
    """Bring the shapes of the table to WGS84 in two dimensions. Raises CannotRead."""
    bring_to_wgs84(table, name, crs)
    table.geometries = shapely.force_2d(table.geometries)


def load(table: Table, columns: dict[str, str], joiner: Joiner, report: LoadReport) -> None:
    """Load the outlines; several shapes of one code become one outline. Raises CannotRead where no column has codes."""
    header = joiner.code_header(table, joiner.codes)
    pieces: dict[str, list[Any]] = {}
    for done, (row, where, shape) in enumerate(zip(table.rows, table.where, table.geometries, strict=True), start=1):
        joiner.step(done)
        code = joiner.join(where, row.get(header))
        if code is None:
            continue
        polygon = _polygon(shape)
        if polygon is None:
            message = _("The shape is missing or is no area.")
            report.leave_out(Problem(where, code, "no_polygon", message))
        else:
            pieces.setdefault(code, []).append(polygon)
    if not pieces:
        return
    _tell_pieces(pieces, report)
    codes = sorted(pieces)
    whole = np.array([_united(pieces[code]) for code in codes], dtype=object)
    upsert(Boundary, _rows(codes, whole, report.file), _FIELDS, report)


def _polygon(shape: Any) -> Any:
    """The shape as valid polygons with rounded coordinates; None where nothing of it is an area."""
    if shape is None or shape.is_empty:
        return None
    shape = shapely.transform(shape, lambda points: np.round(points, _DIGITS))
    if not shape.is_valid:
        shape = shapely.make_valid(shape)
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    parts = [part for part in parts if part.area > 0]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def _united(pieces: list[Any]) -> Any:
    whole = pieces[0] if len(pieces) == 1 else shapely.union_all(pieces)
    return shapely.normalize(whole)


def _tell_pieces(pieces: dict[str, list[Any]], report: LoadReport) -> None:
    several = [code for code, found in pieces.items() if len(found) > 1]
    report.same += sum(len(pieces[code]) - 1 for code in several)
    if several:
        message = ngettext("%(n)s area came in several shapes.", "%(n)s areas came in several shapes.", len(several))
        report.notes.append(message % {"n": len(several)})


def _rows(codes: list[str], whole: Any, source: str) -> list[Boundary]:
    # As one coverage, so that neighbours keep their common border when they are simplified.
    small = shapely.coverage_simplify(whole, _SMALL_TOLERANCE)
    small = np.where(shapely.is_empty(small), whole, small)
    boxes = shapely.bounds(whole)
    labels = shapely.point_on_surface(whole)
    return [
        Boundary(
            area_id=code, wkb=wkb, wkb_small=wkb_small, min_lon=box[0], min_lat=box[1], max_lon=box[2], max_lat=box[3],
            label_lon=round(label.x, _DIGITS), label_lat=round(label.y, _DIGITS), source=source,
        )
        for code, wkb, wkb_small, box, label in zip(
            codes, shapely.to_wkb(whole), shapely.to_wkb(small), boxes.tolist(), labels, strict=True
        )
    ]  # fmt: skip
