"""The header of a PMTiles file, version 3.

Source: PMTiles specification v3.6, https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md. Reviewed 2569-11.
"""

import struct
from dataclasses import dataclass

HEADER_BYTES = 127
MAGIC = b"PMTiles"
VERSION = 3

_TILE_TYPES = {1: "mvt", 2: "png", 3: "jpeg", 4: "webp", 5: "avif", 6: "mlt"}


@dataclass(frozen=True)
class PmtilesHeader:
    """What a viewer needs to know. Box in degrees: west, south, east, north."""

    tile_type: str
    min_zoom: int
    max_zoom: int
    box: tuple[float, float, float, float]
    bytes_needed: int


class NotPmtiles(ValueError):
    """The bytes are not the header of a PMTiles file of version 3."""


class OldPmtiles(NotPmtiles):
    """The file is PMTiles, of a version that maps no longer read."""


def read_header(head: bytes) -> PmtilesHeader:
    """Read the first 127 bytes of a file. Raises NotPmtiles, OldPmtiles."""
    if head[:2] == b"PM" and head[:7] != MAGIC:
        raise OldPmtiles  # versions 1 and 2 begin with PM and their number
    if len(head) < HEADER_BYTES or head[:7] != MAGIC:
        raise NotPmtiles
    if head[7] != VERSION:
        raise OldPmtiles
    parts = struct.unpack_from("<8Q", head, 8)
    west, south, east, north = (value / 10_000_000 for value in struct.unpack_from("<4i", head, 102))
    ends = (start + length for start, length in zip(parts[::2], parts[1::2], strict=True))
    return PmtilesHeader(
        _TILE_TYPES.get(head[99], "unknown"), head[100], head[101], (west, south, east, north), max(ends)
    )
