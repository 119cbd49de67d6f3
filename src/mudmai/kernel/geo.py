"""Places on the ground: coordinates as people write them, read into WGS84 degrees.

Source: docs/rules/identifiers.md; reviewed 2569-11. UTM after Krüger's series to the third order (better than 1 cm).
"""

import re
from math import asin, atan, cos, cosh, degrees, radians, sin, sinh, sqrt
from typing import NamedTuple

from mudmai.kernel.parsed import BLANK, Parsed, refused
from mudmai.kernel.text import cell_text, is_blank, thai_digits_to_arabic

# Thailand with its islands, a little generous.
SOUTH, NORTH, WEST, EAST = 5.5, 20.6, 97.2, 105.8


class Point(NamedTuple):
    """Degrees, WGS84."""

    lat: float
    lon: float


EARTH = 6_371_000  # metres, mean radius


def metres_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """How far two points (lat, lon) are apart along the ground; good to half a percent.

    >>> round(metres_between((18.0, 99.0), (18.001, 99.0)))
    111
    """
    north, south = radians(a[0]), radians(b[0])
    across = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH * asin(sqrt(across))


_PLAIN = re.compile(r"-?\d{1,3}(?:\.\d+)?")
_DECIMAL = re.compile(r"([NSEW])?\s*(-?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEW])?", re.IGNORECASE)
_DMS = re.compile(
    r"([NSEW])?\s*(\d{1,3})\s*[°º˚*dD:\s]\s*(\d{1,2}(?:\.\d+)?)\s*['’′‛m:\s]?\s*"
    r"(?:(\d{1,2}(?:\.\d+)?)\s*(?:[\"”″s]|''|’’)?)?\s*([NSEW])?",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(-?\d{1,3}\.\d+)\s*°?\s*[NE]?\s*[,;/\s]\s*(-?\d{1,3}\.\d+)\s*°?\s*[NE]?", re.IGNORECASE)
_IN_LINK = re.compile(r"[@=/](-?\d{1,3}\.\d+)(?:,|%2C)\+?(-?\d{1,3}\.\d+)|!3d(-?\d+\.\d+)!4d(-?\d+\.\d+)")
_WORDS = re.compile(
    r"ละติจูด|ลองจิจูด|ลองติจูด|พิกัด|lat(?:itude)?|lon(?:g(?:itude)?)?|lng|[xy](?=\s*[:=])|[:=()\[\]]", re.IGNORECASE
)
_EASTING_NORTHING = r"(\d{6}(?:\.\d+)?)\s*[mE]*\s*[,;/\s]\s*(\d{6,7}(?:\.\d+)?)\s*[mN]*"
_UTM = re.compile(rf"(?:zone\s*)?(4[78])\s*[A-Z]?\s*[,\s]*{_EASTING_NORTHING}", re.IGNORECASE)
_METRES_ALONE = re.compile(r"\d{6,7}(?:\.\d+)?")
_METRES = re.compile(_EASTING_NORTHING, re.IGNORECASE)
_HALVES = (
    re.compile(r"([NE].*?\d[^\d\s,;NE]*)[\s,;]*([NE].+)", re.IGNORECASE),  # the letters before the figures
    re.compile(r"(\d.*?[NE])[\s,;]*(\d.*[NE])", re.IGNORECASE),  # and behind them
    re.compile(r"([^,;/]+?)\s*[,;/]\s*([^,;/]+)"),
)


def coordinates(lat_cell: object, lon_cell: object, *, utm_zone: int | None = None) -> Parsed[Point]:
    """A point from two cells, in degrees or in UTM metres (northing, easting; the zone 47 or 48 must be told).

    >>> coordinates("99.3915", "18.1893")
    Parsed(value=Point(lat=18.1893, lon=99.3915), doubts=('coordinates_swapped',), problem=None)
    """
    lat, lon = _degrees(lat_cell), _degrees(lon_cell)
    if lat is None and lon is None:
        return BLANK if is_blank(lat_cell) and is_blank(lon_cell) else refused("coordinates_unreadable")
    if lat is None or lon is None:
        missing = lat_cell if lat is None else lon_cell
        return refused("coordinates_incomplete" if is_blank(missing) else "coordinates_unreadable")
    if max(lat, lon) > 100_000:
        return _from_metres(max(lat, lon), min(lat, lon), utm_zone)
    return _placed(lat, lon)


def point(cell: object) -> Parsed[Point]:
    """A point from one cell: "18.1893, 99.3915", degrees-minutes-seconds, "47N 541000 2011000", a map link.

    >>> point("18°11'21.5\\"N 99°23'29.4\\"E").value
    Point(lat=18.1893056, lon=99.3915)
    """
    text = thai_digits_to_arabic(cell_text(cell))
    if is_blank(text):
        return BLANK
    if len(text) > 500:
        return refused("coordinates_unreadable")
    if link := (_IN_LINK.search(text) if "/" in text else None):
        lat, lon = (part for part in link.groups() if part is not None)
        return _placed(float(lat), float(lon))
    text = " ".join(_WORDS.sub(" ", text).split())
    if pair := _PAIR.fullmatch(text):
        return _placed(float(pair.group(1)), float(pair.group(2)))
    if utm := _UTM.fullmatch(text):
        return _from_metres(float(utm.group(3)), float(utm.group(2)), int(utm.group(1)))
    if _METRES.fullmatch(text):
        return refused("coordinates_utm_zone")
    return _of_halves(text)


def _of_halves(text: str) -> Parsed[Point]:
    """Tries each way to tell latitude from longitude."""
    for way in _HALVES:
        if halves := way.fullmatch(text):
            lat, lon = _degrees(halves.group(1)), _degrees(halves.group(2))
            if lat is not None and lon is not None:
                return _placed(lat, lon)
    return refused("coordinates_incomplete" if _degrees(text) is not None else "coordinates_unreadable")


def _degrees(cell: object) -> float | None:
    """Degrees (or metres) in one cell; None when blank or unreadable."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return None if cell != cell or abs(cell) > 10_000_000 else float(cell)
    text = thai_digits_to_arabic(cell_text(cell))
    if _PLAIN.fullmatch(text):
        return float(text)
    if len(text) > 60 or is_blank(text):
        return None
    text = _WORDS.sub(" ", text).strip(" ,;")
    if _METRES_ALONE.fullmatch(text):
        return float(text)
    if decimal := _DECIMAL.fullmatch(text):
        value = float(decimal.group(2).replace(",", "."))
        return -value if (decimal.group(1) or decimal.group(3) or "").upper() in ("S", "W") else value
    return _of_dms(text)


def _of_dms(text: str) -> float | None:
    found = _DMS.fullmatch(text)
    if found is None:
        return None
    minutes, seconds = float(found.group(3)), float(found.group(4) or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    value = int(found.group(2)) + minutes / 60 + seconds / 3600
    return -value if (found.group(1) or found.group(5) or "").upper() in ("S", "W") else value


def _is_in_thailand(lat: float, lon: float) -> bool:
    return SOUTH <= lat <= NORTH and WEST <= lon <= EAST


def _placed(lat: float, lon: float, doubts: tuple[str, ...] = ()) -> Parsed[Point]:
    if lat == 0 and lon == 0:
        return BLANK
    if not _is_in_thailand(lat, lon):
        if not _is_in_thailand(lon, lat):
            return refused("coordinates_outside_thailand")
        lat, lon, doubts = lon, lat, (*doubts, "coordinates_swapped")
    lat, lon = round(lat, 7), round(lon, 7)
    if lat == round(lat, 2) and lon == round(lon, 2):
        doubts = (*doubts, "coordinates_coarse")
    return Parsed(Point(lat, lon), doubts)


def _from_metres(northing: float, easting: float, zone: int | None) -> Parsed[Point]:
    if not (100_000 <= easting <= 900_000 and 500_000 <= northing <= 2_400_000):
        return refused("coordinates_outside_thailand")
    if zone not in (47, 48):
        return refused("coordinates_utm_zone")
    lat, lon = _utm_to_degrees(easting, northing, zone)
    return _placed(lat, lon, ("coordinates_from_utm",))


def _utm_to_degrees(easting: float, northing: float, zone: int) -> tuple[float, float]:
    """WGS84 degrees of UTM metres north of the equator."""
    radius, flattening, scale = 6_378_137.0, 1 / 298.257223563, 0.9996
    n = flattening / (2 - flattening)
    mean_radius = radius / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    xi, eta = northing / (scale * mean_radius), (easting - 500_000) / (scale * mean_radius)
    beta = (n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96, n**2 / 48 + n**3 / 15, 17 * n**3 / 480)
    xi_0 = xi - sum(b * sin(2 * j * xi) * cosh(2 * j * eta) for j, b in enumerate(beta, start=1))
    eta_0 = eta - sum(b * cos(2 * j * xi) * sinh(2 * j * eta) for j, b in enumerate(beta, start=1))
    chi_tangent = sin(xi_0) / sqrt(sinh(eta_0) ** 2 + cos(xi_0) ** 2)
    chi = atan(chi_tangent)
    delta = (2 * n - 2 * n**2 / 3 - 2 * n**3, 7 * n**2 / 3 - 8 * n**3 / 5, 56 * n**3 / 15)
    lat = chi + sum(d * sin(2 * j * chi) for j, d in enumerate(delta, start=1))
    return degrees(lat), zone * 6 - 183 + degrees(atan(sinh(eta_0) / cos(xi_0)))
