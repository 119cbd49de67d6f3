"""Lists as points on other people's maps: GeoJSON for GIS programs, KML for Google My Maps and Google Earth."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple
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


def geojson_pieces(header: Sequence[str], rows: Iterable[Placed]) -> Iterator[bytes]:
    """A feature collection, feature by feature; rows without a place have no geometry, as RFC 7946 allows."""
    yield b'{"type":"FeatureCollection","features":['
    for number, row in enumerate(rows):
        geometry = None if row.lat is None else {"type": "Point", "coordinates": [row.lon, row.lat]}
        properties = {word: cell for word, cell in zip(header, row.cells, strict=True) if cell not in (None, "")}
        feature = {"type": "Feature", "geometry": geometry, "properties": properties}
        yield (b"," if number else b"") + b"\n" + orjson.dumps(feature)
    yield b"\n]}\n"


def kml_pieces(title: str, header: Sequence[str], rows: Iterable[Placed]) -> tuple[bool, Iterator[bytes]]:
    """The rows that have a place: one KML file, or a zip of several where one layer could not take them all.

    Returns whether it is a zip, and its pieces.
    """
    placed = (row for row in rows if row.lat is not None)
    first = list(islice(placed, MOST_IN_A_LAYER))
    following = list(islice(placed, MOST_IN_A_LAYER))
    if not following:
        return False, iter([kml(title, header, first)])
    layers = (kml(f"{title} {n}", header, part) for n, part in enumerate(_parts([first, following], placed), 1))
    return True, _zipped(layers)


class _Sink(io.RawIOBase):
    """A file that only goes forward, from which is taken what was written since."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.written.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        found, self.written = b"".join(self.written), []
        return found


def _zipped(layers: Iterable[bytes]) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, layer in enumerate(layers, 1):
            packed.writestr(f"{number:02d}.kml", layer)
            yield sink.take()
    yield sink.take()


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
