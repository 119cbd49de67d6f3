"""Reads Shapefiles, zipped as ministries hand them out, or lying beside their parts."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import shapefile
import shapely
from django.utils.translation import gettext as _

from mudmai.places.services.tables import CannotRead, Table

_BROKEN = (shapefile.ShapefileException, OSError, ValueError, KeyError, IndexError, zipfile.BadZipFile)


def read(path: Path) -> Table:
    """Read the one layer of a Shapefile. Raises CannotRead."""
    try:
        with _parts(path) as parts:
            return _table(parts, path.name)
    except CannotRead:
        raise
    except _BROKEN as error:
        message = _("%(file)s is a broken Shapefile. It needs the parts .shp, .shx and .dbf of one layer.")
        raise CannotRead(message % {"file": path.name}) from error


@contextmanager
def _parts(path: Path) -> Iterator[dict[str, BinaryIO]]:
    """The parts of the layer by their ending."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if "__MACOSX" not in name]
            stem = _only_layer([name[:-4] for name in names if name.lower().endswith(".shp")], path)
            yield {name[-3:].lower(): archive.open(name) for name in names if name[:-4] == stem}  # type: ignore[misc]
    else:
        found = [part for part in path.parent.iterdir() if part.stem == path.stem and part.is_file()]
        opened: dict[str, BinaryIO] = {part.suffix[1:].lower(): part.open("rb") for part in found}
        try:
            yield opened
        finally:
            for part in opened.values():
                part.close()


def _only_layer(stems: list[str], path: Path) -> str:
    if len(stems) != 1:
        message = _("%(file)s holds %(n)s layers (%(names)s). Pack each layer into a zip of its own.")
        names = ", ".join(Path(stem).name for stem in stems)
        raise CannotRead(message % {"file": path.name, "n": len(stems), "names": names})
    return stems[0]


def _table(parts: dict[str, BinaryIO], name: str) -> Table:
    missing = [ending for ending in ("shp", "dbf") if ending not in parts]
    if missing:
        message = _("%(file)s lacks the part .%(part)s. Pack all parts of the Shapefile together.")
        raise CannotRead(message % {"file": name, "part": missing[0]})
    prj = parts["prj"].read().decode("utf-8", errors="replace") if "prj" in parts else ""
    attributes = parts["dbf"].read()
    encoding = _encoding(parts, attributes)
    geometry, index = parts["shp"].read(), parts["shx"].read() if "shx" in parts else None
    with shapefile.Reader(
        shp=_file(geometry), shx=_file(index), dbf=_file(attributes), encoding=encoding, encodingErrors="replace"
    ) as reader:
        headers = [column[0] for column in reader.fields if column[0] != "DeletionFlag"]
        records = list(reader.iterShapeRecords())
    rows = [dict(zip(headers, record.record, strict=True)) for record in records]
    geometries = np.array([_geometry(record.shape) for record in records] or [None], dtype=object)[: len(rows)]
    where = [_("shape %(n)s") % {"n": n} for n in range(1, len(rows) + 1)]
    notes = [] if encoding != "cp874" else [_("The text was read as windows-874 (TIS-620).")]
    return Table(headers, rows, where, geometries, crs=prj, crs_told=bool(prj), notes=notes)


def _file(content: bytes | None) -> Any:
    return None if content is None else io.BytesIO(content)


def _encoding(parts: dict[str, BinaryIO], attributes: bytes) -> str:
    """What the .cpg part says, else UTF-8 where that fits, else windows-874, the usual one of Thai offices."""
    told = parts["cpg"].read().decode("ascii", errors="ignore").strip().lower() if "cpg" in parts else ""
    if told in {"utf-8", "utf8", "65001"}:
        return "utf-8"
    if told in {"874", "cp874", "windows-874", "tis-620", "ansi 874"}:
        return "cp874"
    try:
        attributes.decode("utf-8")
    except UnicodeDecodeError:
        # Fields of fixed width may cut a UTF-8 letter in two: many whole Thai letters still mean UTF-8.
        thai_letters = attributes.count(b"\xe0\xb8") + attributes.count(b"\xe0\xb9")
        return "utf-8" if thai_letters * 3 > sum(byte >= 0x80 for byte in attributes) * 0.8 else "cp874"
    return "utf-8"


def _geometry(shape: Any) -> Any:
    if shape.shapeType == shapefile.NULL:
        return None
    try:
        return shapely.geometry.shape(shape.__geo_interface__)
    except (shapely.errors.GEOSException, ValueError, TypeError, IndexError):
        return None
