"""Small files of places, drawn for the tests."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import shapefile

WGS84_PRJ = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],UNIT["Degree",0.017]]'
UTM47_PRJ = (
    'PROJCS["WGS_1984_UTM_Zone_47N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.2]]]]'
)
INDIAN_PRJ = 'PROJCS["Indian_1975_UTM_Zone_47N",GEOGCS["GCS_Indian_1975",DATUM["D_Indian_1975"]]]'

Square = tuple[str, float, float]


def ring(west: float, south: float, size: float = 0.02) -> list[list[float]]:
    """A square, clockwise as Shapefiles want it."""
    east, north = west + size, south + size
    return [[west, south], [west, north], [east, north], [east, south], [west, south]]


def feature(code: str, west: float, south: float, size: float = 0.02) -> dict[str, Any]:
    shape = {"type": "Polygon", "coordinates": [ring(west, south, size)]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": shape}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a text, bytes or JSON file and return its path."""

    def write_it(name: str, content: Any, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
            path.write_text(text, encoding=encoding, newline="")
        return path

    return write_it


@pytest.fixture
def geojson(write: Callable[..., Path]) -> Callable[..., Path]:
    """Write squares as GeoJSON: (code, west, south) each."""

    def draw(*squares: Square, name: str = "แนวเขต.geojson", **more: Any) -> Path:
        return write(name, {"type": "FeatureCollection", "features": [feature(*square) for square in squares]} | more)

    return draw


@pytest.fixture
def shapefile_zip(write: Callable[..., Path]) -> Callable[..., Path]:
    """Write squares as a zipped Shapefile, in the encoding and with the .prj that are given."""

    def draw(squares: Iterable[Square], *, prj: str = WGS84_PRJ, encoding: str = "utf-8", size: float = 0.02) -> Path:
        parts = {ending: io.BytesIO() for ending in ("shp", "shx", "dbf")}
        with shapefile.Writer(**parts, shapeType=shapefile.POLYGON, encoding=encoding) as writer:
            writer.field("TAM_CODE", "C", 8)
            writer.field("TAM_NAME", "C", 60)
            for code, west, south in squares:
                writer.poly([ring(west, south, size)])
                writer.record(code, "ตำบลทดสอบ")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for ending, part in parts.items():
                archive.writestr(f"tambon/tambon.{ending}", part.getvalue())
            if prj:
                archive.writestr("tambon/tambon.prj", prj)
        return write("tambon.zip", packed.getvalue())

    return draw
