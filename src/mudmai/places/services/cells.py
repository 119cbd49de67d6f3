"""Reads single cells of a table."""

from collections.abc import Mapping
from typing import Any

from mudmai.kernel.text import cell_text
from mudmai.places.rules.projection import looks_like


def point_in(row: Mapping[str, Any], columns: Mapping[str, str]) -> tuple[float | None, float | None]:
    """Latitude and longitude of a row; none where one is missing or lies outside Thailand."""
    try:
        lat, lon = float(row[columns["lat"]]), float(row[columns["lon"]])
    except (KeyError, TypeError, ValueError):
        return (None, None)
    return (lat, lon) if looks_like((lon, lat, lon, lat)) == "degrees" else (None, None)


def is_marked(cell: object) -> bool:
    """Whether a cell says yes, or that the row's area was abolished."""
    return cell_text(cell).lower() in {"1", "true", "yes", "y", "ยุบ", "ยกเลิก"}
