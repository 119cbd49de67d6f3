"""Circles of the map that would lie over each other are put together."""

import math
from typing import NamedTuple

# A tile is drawn 512 pixels wide at least; circles are up to 56 pixels across.
TILE_PIXELS = 512
TOO_NEAR_PIXELS = 48


class Circle(NamedTuple):
    """The middle of `n` houses."""

    lat: float
    lon: float
    n: int


def merged(circles: list[Circle], z: int) -> list[Circle]:
    """The circles of one tile, large ones first, each with the smaller ones that would touch it at that zoom.

    >>> merged([Circle(18.2, 99.38, 3), Circle(18.2001, 99.3801, 1), Circle(18.3, 99.5, 2)], 12)[0].n
    4
    """
    across = 360 / (1 << z) / TILE_PIXELS * TOO_NEAR_PIXELS
    kept: list[list[float]] = []
    for lat, lon, n in sorted(circles, key=lambda circle: (-circle.n, circle)):
        down = across * math.cos(math.radians(lat))
        for each in kept:
            if ((each[1] - lon) / across) ** 2 + ((each[0] - lat) / down) ** 2 < 1:
                total = each[2] + n
                each[0] += (lat - each[0]) * n / total
                each[1] += (lon - each[1]) * n / total
                each[2] = total
                break
        else:
            kept.append([lat, lon, n])
    return [Circle(lat, lon, int(n)) for lat, lon, n in kept]
