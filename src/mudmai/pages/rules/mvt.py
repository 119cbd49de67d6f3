"""Vector tiles written by hand: one layer of points in the Mapbox Vector Tile encoding, and nothing else of it.

Source:  Mapbox Vector Tile Specification 2.1, sections 4.1-4.4 (https://github.com/mapbox/vector-tile-spec, CC BY 3.0);
reviewed 2569-11.
"""

import math
from collections.abc import Iterable, Mapping

EXTENT = 4096

Value = str | int | bool
Feature = tuple[int, int, Mapping[str, Value]]

VARINT, BYTES = 0, 2


def tile_point(lat: float, lon: float, z: int, x: int, y: int) -> tuple[int, int]:
    """Where a place lies in a tile, in units of 1/4096 of its side, counted from the north-west corner.

    >>> tile_point(0.0, 0.0, 0, 0, 0)
    (2048, 2048)
    """
    n = 1 << z
    radians = math.radians(max(-85.0511, min(85.0511, lat)))
    across = (lon + 180.0) / 360.0 * n - x
    down = (1.0 - math.asinh(math.tan(radians)) / math.pi) / 2.0 * n - y
    return math.floor(across * EXTENT), math.floor(down * EXTENT)


def encode(layer: str, features: Iterable[Feature]) -> bytes:
    """A tile with one layer of points; each feature is (x, y, properties). Empty where there are none."""
    keys: dict[str, int] = {}
    values: dict[tuple[type, Value], int] = {}
    body = b""
    for x, y, properties in features:
        tags = b""
        for name, value in properties.items():
            tags += varint(keys.setdefault(name, len(keys)))
            tags += varint(values.setdefault((type(value), value), len(values)))
        # Command "move to" once (9), then both steps from the corner; type 1 is a point.
        geometry = varint(9) + varint(zigzag(x)) + varint(zigzag(y))
        body += field(2, field(2, tags) + number(3, 1) + field(4, geometry))
    if not body:
        return b""
    names = b"".join(field(3, name.encode()) for name in keys)
    words = b"".join(field(4, encoded(value)) for _kind, value in values)
    return field(3, field(1, layer.encode()) + body + names + words + number(5, EXTENT) + number(15, 2))


def encoded(value: Value) -> bytes:
    """One property value: text, yes/no or whole number."""
    if isinstance(value, str):
        return field(1, value.encode())
    return number(7, int(value)) if isinstance(value, bool) else number(6, zigzag(value))


def field(tag: int, content: bytes) -> bytes:
    return varint(tag << 3 | BYTES) + varint(len(content)) + content


def number(tag: int, value: int) -> bytes:
    return varint(tag << 3 | VARINT) + varint(value)


def zigzag(n: int) -> int:
    """Small numbers stay small, negative or not: 0, -1, 1, -2 become 0, 1, 2, 3."""
    return n << 1 if n >= 0 else (-n << 1) - 1


def varint(n: int) -> bytes:
    """A whole number in groups of seven bits, the lowest first."""
    found = bytearray()
    while n > 0x7F:
        found.append(n & 0x7F | 0x80)
        n >>= 7
    found.append(n)
    return bytes(found)
