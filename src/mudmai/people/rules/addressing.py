"""Which house a record speaks of: the key follows from the address, so two offices name one house alike."""

import math
import uuid

# Made once for Mudmai; changing it would rename every house.
HOUSES = uuid.UUID("6d75646d-6169-5000-8000-686f75736573")


def household_key(*, area: str, house_no_key: str, soi: str = "", road: str = "", house_code: str = "") -> str | None:
    """The key of the house at an address (32 hex digits), or None where the address does not single out a house.

    A village (8 digits) and a house number do; a tambon (6 digits) needs a lane or a road beside the number.
    A house without a number is known by its 11-digit house code.
    """
    if house_no_key and len(area) >= 8:
        name = f"{area[:8]}|{house_no_key}"
    elif house_no_key and len(area) == 6 and (soi or road):
        name = f"{area}|{house_no_key}|{soi}|{road}"
    elif house_code:
        name = f"code|{house_code}"
    else:
        return None
    return uuid.uuid5(HOUSES, name).hex


def pin_cell(lat: float, lon: float) -> int:
    """The map cell of a point: its Web-Mercator tile at zoom 20, both numbers interleaved (Morton), 40 bits.

    All points of a tile at zoom z lie in one run of cells: [cell of the tile << 2·(20-z), …).
    """
    n = 1 << 20
    x = min(n - 1, max(0, int((lon + 180.0) / 360.0 * n)))
    radians = math.radians(min(85.05, max(-85.05, lat)))
    y = min(n - 1, max(0, int((1.0 - math.asinh(math.tan(radians)) / math.pi) / 2.0 * n)))
    return interleave(x, y)


def interleave(x: int, y: int) -> int:
    """Mix the bits of two whole numbers below 2**20."""
    return _spread(x) | (_spread(y) << 1)


def _spread(v: int) -> int:
    v = (v | (v << 16)) & 0x0000FFFF0000FFFF
    v = (v | (v << 8)) & 0x00FF00FF00FF00FF
    v = (v | (v << 4)) & 0x0F0F0F0F0F0F0F0F
    v = (v | (v << 2)) & 0x3333333333333333
    return (v | (v << 1)) & 0x5555555555555555


# Far views are drawn from counts of cells of zoom 14, each of so many cells of pins.
COUNTED_CELL = 1 << 2 * (20 - 14)


def tile_run(z: int, x: int, y: int) -> tuple[int, int]:
    """First cell, and the cell after the last, of a map tile (z ≤ 20)."""
    shift = 2 * (20 - z)
    first = interleave(x, y) << shift
    return first, first + (1 << shift)
