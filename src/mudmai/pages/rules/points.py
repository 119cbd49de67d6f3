"""Lists as points on other people's maps: GeoJSON for GIS programs, KML for Google My Maps and Google Earth."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, Any, NamedTuple
from xml.sax.saxutils import escape

import orjson

# What Google My Maps takes in one layer (support.google.com/mymaps/answer/3024836); reviewed 2569-11.
MOST_IN_A_LAYER = 2000
# Control characters that XML 1.0 cannot hold.
NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


class Placed(NamedTuple):
    """One row with its place, if it has one."""

    lat: float | None
    lon: float | None
    name: str
    cells: Sequence[Any]


def write_geojson(file: IO[bytes], header: Sequence[str], rows: Iterable[Placed]) -> int:
    """Write a feature collection; rows without a place have no geometry, as RFC 7946 allows. Returns the rows."""
    count = 0
    file.write(b'{"type":"FeatureCollection","features":[')
    for count, row in enumerate(rows, 1):
        geometry = None if row.lat is None else {"type": "Point", "coordinates": [row.lon, row.lat]}
        properties = {word: cell for word, cell in zip(header, row.cells, strict=True) if cell not in (None, "")}
        feature = {"type": "Feature", "geometry": geometry, "properties": properties}
        file.write((b"," if count > 1 else b"") + b"\n" + orjson.dumps(feature))
    file.write(b"\n]}\n")
    return count


def write_kml(file: IO[bytes], title: str, header: Sequence[str], rows: Iterable[Placed]) -> tuple[int, bool]:
    """Write the rows that have a place: one KML file, or a zip of several where one layer could not take them all.

    Returns how many were written, and whether it became a zip.
    """
    placed = (row for row in rows if row.lat is not None)
    first = list(islice(placed, MOST_IN_A_LAYER))
    following = list(islice(placed, MOST_IN_A_LAYER))
    if not following:
        file.write(kml(title, header, first))
        return len(first), False
    count = number = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in _parts([first, following], placed):
            number += 1
            count += len(part)
            packed.writestr(f"{number:02d}.kml", kml(f"{title} {number}", header, part))
    return count, True


def _parts(begun: list[list[Placed]], rest: Iterator[Placed]) -> Iterator[list[Placed]]:
    yield from begun
    while part := list(islice(rest, MOST_IN_A_LAYER)):
        yield part


def kml(title: str, header: Sequence[str], rows: Iterable[Placed]) -> bytes:
    """One KML document of points. Each value stands as data, which My Maps shows as a table, and in the description."""
    marks = []
    for row in rows:
        told = [(word, str(cell)) for word, cell in zip(header, row.cells, strict=True) if cell not in (None, "")]
        data = "".join(f"<Data name={_quoted(word)}><value>{_text(value)}</value></Data>" for word, value in told)
        marks.append(
            f"<Placemark><name>{_text(row.name)}</name><ExtendedData>{data}</ExtendedData>"
            f"<Point><coordinates>{row.lon:.6f},{row.lat:.6f}</coordinates></Point></Placemark>"
        )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    return f"{head}<name>{_text(title)}</name>\n{chr(10).join(marks)}\n</Document></kml>\n".encode()


def _text(value: str) -> str:
    return escape(value.translate(NOT_IN_XML))


def _quoted(value: str) -> str:
    return '"' + escape(value.translate(NOT_IN_XML), {'"': "&quot;"}) + '"'
