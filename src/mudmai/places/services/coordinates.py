"""Brings the coordinates of a file to WGS84, or says why that cannot be done."""

from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _

from mudmai.places.rules.projection import KNOWN, UTM_ZONES, WGS84, crs_named, from_utm, looks_like
from mudmai.places.services.tables import CannotRead, Table


def bring_to_wgs84(table: Table, name: str, told_crs: str) -> None:
    """Convert the geometries of the table in place. `told_crs` is what the operator says; it beats the file.

    Raises CannotRead where the file names a system that we do not convert, or its numbers do not lie in Thailand.
    """
    present = [shape for shape in table.geometries if shape is not None and not shape.is_empty]
    if not present:
        raise CannotRead(_("%(file)s holds no geometry that can be read.") % {"file": name})
    crs = _system(table, name, told_crs, looks_like(_box(present)))
    if crs in UTM_ZONES:
        zone = UTM_ZONES[crs]
        table.geometries = np.array([_converted(shape, zone) for shape in table.geometries], dtype=object)
        table.notes.append(_("The coordinates were converted from UTM zone %(zone)sN.") % {"zone": zone})
        present = [shape for shape in table.geometries if shape is not None and not shape.is_empty]
    seen = looks_like(_box(present))
    if seen == "swapped":
        message = _("In %(file)s latitude stands before longitude. Export it again with longitude first.")
        raise CannotRead(message % {"file": name})
    if seen != "degrees":
        message = _("The shapes of %(file)s do not lie in Thailand. Check its coordinate system.")
        raise CannotRead(message % {"file": name})


def _system(table: Table, name: str, told_crs: str, seen: str) -> str:
    if told_crs:
        crs = crs_named(told_crs)
        if not crs:
            message = _("The coordinate system %(crs)s is not known. Choose one of: %(known)s.")
            raise CannotRead(message % {"crs": told_crs, "known": ", ".join(KNOWN)})
        return crs
    if table.crs_told:
        crs = crs_named(table.crs)
        if not crs:
            message = _(
                "%(file)s is in the coordinate system “%(crs)s”, which is not converted here. "
                "Export it in WGS84 (EPSG:4326), for example with QGIS."
            )
            raise CannotRead(message % {"file": name, "crs": table.crs[:80]})
        return crs
    if seen == "metres":
        message = _(
            "The coordinates of %(file)s are metres and the file does not say of which zone. "
            "Say it with --crs EPSG:32647 (west of 102° E) or --crs EPSG:32648 (east of it)."
        )
        raise CannotRead(message % {"file": name})
    if not table.crs_by_format:
        table.notes.append(_("The file does not name its coordinate system; the numbers were read as WGS84."))
    return WGS84


def _box(shapes: list[Any]) -> tuple[float, float, float, float]:
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object)).tolist()
    return (west, south, east, north)


def _converted(shape: Any, zone: int) -> Any:
    if shape is None:
        return None

    def degrees(points: Any) -> Any:
        return np.column_stack(from_utm(points[:, 0], points[:, 1], zone))

    return shapely.transform(shapely.force_2d(shape), degrees)
