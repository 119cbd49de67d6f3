"""Reads GeoJSON (RFC 7946, and the older form with a crs member)."""

from typing import Any

import numpy as np
import orjson
import shapely
from django.utils.translation import gettext as _

from mudmai.places.services.tables import CannotRead, Table


def read(content: bytes, name: str) -> Table:
    """Read a feature collection. A geometry that cannot be built becomes None. Raises CannotRead."""
    features, crs = _features(content, name)
    rows = [dict(feature.get("properties") or {}) for feature in features]
    headers = list(dict.fromkeys(header for row in rows for header in row))
    for row, feature in zip(rows, features, strict=True):
        if "id" in feature:
            row.setdefault("id", feature["id"])
    if any("id" in feature for feature in features) and "id" not in headers:
        headers.append("id")
    where = [_("feature %(n)s") % {"n": n} for n in range(1, len(rows) + 1)]
    geometries = np.array([_geometry(feature.get("geometry")) for feature in features], dtype=object)
    return Table(headers, rows, where, geometries, crs=crs, crs_told=bool(crs), crs_by_format=True)


def _features(content: bytes, name: str) -> tuple[list[dict[str, Any]], str]:
    try:
        parsed = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        message = _("%(file)s is broken JSON at line %(line)s, column %(column)s. Download or export it again.")
        raise CannotRead(message % {"file": name, "line": error.lineno, "column": error.colno}) from error
    if isinstance(parsed, dict) and parsed.get("type") == "Topology":
        message = _("%(file)s is TopoJSON. Convert it to GeoJSON first, for example in QGIS or mapshaper.")
        raise CannotRead(message % {"file": name})
    features = parsed.get("features") if isinstance(parsed, dict) else None
    if not isinstance(features, list) or not features:
        message = _("%(file)s holds no features. Expected is a GeoJSON FeatureCollection.")
        raise CannotRead(message % {"file": name})
    crs = parsed.get("crs") or {}
    named = (crs.get("properties") or {}).get("name") if isinstance(crs, dict) else ""
    return [feature for feature in features if isinstance(feature, dict)], str(named or "")


def _geometry(geometry: Any) -> Any:
    if not isinstance(geometry, dict):
        return None
    try:
        return shapely.from_geojson(orjson.dumps(geometry).decode(), on_invalid="ignore")
    except (shapely.errors.GEOSException, TypeError, ValueError):
        return None
