"""From the metres of UTM to degrees, and what a .prj file or a crs member says about coordinates.

Source: C. F. F. Karney, Transverse Mercator with an accuracy of a few nanometers (2011), series of Krüger to the
fourth order (error below 0.1 mm inside a zone); WGS84 by NIMA TR8350.2. Thailand lies in zones 47N and 48N.
Reviewed 2569-11.
"""

import re

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

WGS84 = "EPSG:4326"
UTM_ZONES = {"EPSG:32647": 47, "EPSG:32648": 48}
KNOWN = (WGS84, *UTM_ZONES)

# Thailand with a margin: degrees outside are a mistake of the file.
THAILAND = (97.0, 5.0, 106.0, 21.0)

_RADIUS_M = 6378137.0
_FLATTENING = 1 / 298.257223563
_SCALE = 0.9996
_FALSE_EASTING_M = 500_000.0

_EPSG = re.compile(r"(?:EPSG\D{0,4}|^)(\d{4,5})$|AUTHORITY\[\"EPSG\",\"?(\d{4,5})\"?\]\]\s*$", re.IGNORECASE)
_UTM_NAME = re.compile(r"UTM[ _]zone[ _](47|48)N?", re.IGNORECASE)
_WGS84_NAME = re.compile(r"WGS[ _]?(?:19)?84|CRS84", re.IGNORECASE)


def from_utm(east_m: Numbers, north_m: Numbers, zone: int) -> tuple[Numbers, Numbers]:
    """Longitude and latitude in degrees of points in a northern UTM zone (WGS84)."""
    n = _FLATTENING / (2 - _FLATTENING)
    mean_radius = _RADIUS_M / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    xi = north_m / (_SCALE * mean_radius)
    eta = (east_m - _FALSE_EASTING_M) / (_SCALE * mean_radius)
    beta = (
        n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96 - n**4 / 360,
        n**2 / 48 + n**3 / 15 - 437 * n**4 / 1440,
        17 * n**3 / 480 - 37 * n**4 / 840,
        4397 * n**4 / 161280,
    )
    terms = list(enumerate(beta, start=1))
    xi_ = xi - sum(b * np.sin(2 * j * xi) * np.cosh(2 * j * eta) for j, b in terms)
    eta_ = eta - sum(b * np.cos(2 * j * xi) * np.sinh(2 * j * eta) for j, b in terms)
    chi = np.arcsin(np.sin(xi_) / np.cosh(eta_))
    delta = (
        2 * n - 2 * n**2 / 3 - 2 * n**3 + 116 * n**4 / 45,
        7 * n**2 / 3 - 8 * n**3 / 5 - 227 * n**4 / 45,
        56 * n**3 / 15 - 136 * n**4 / 35,
        4279 * n**4 / 630,
    )
    latitude = chi + sum(d * np.sin(2 * j * chi) for j, d in enumerate(delta, start=1))
    longitude = np.radians(zone * 6 - 183) + np.arctan2(np.sinh(eta_), np.cos(xi_))
    return np.degrees(longitude), np.degrees(latitude)


def crs_named(text: str) -> str:
    """The coordinate system that a .prj text, a crs name or an option names: one of KNOWN, or "" where we cannot say.

    >>> crs_named("urn:ogc:def:crs:OGC:1.3:CRS84"), crs_named("EPSG:32647"), crs_named("32648"), crs_named("EPSG:24047")
    ('EPSG:4326', 'EPSG:32647', 'EPSG:32648', '')
    >>> crs_named('PROJCS["WGS_1984_UTM_Zone_47N",GEOGCS["GCS_WGS_1984",...')
    'EPSG:32647'
    """
    text = text.strip()
    epsg = _EPSG.search(text)
    if epsg:
        code = f"EPSG:{epsg.group(1) or epsg.group(2)}"
        return code if code in KNOWN else ""
    if not _WGS84_NAME.search(text):
        return ""
    zone = _UTM_NAME.search(text)
    if zone:
        return f"EPSG:326{zone.group(1)}"
    return "" if text.upper().startswith(("PROJCS", "PROJCRS")) else WGS84


def looks_like(box: tuple[float, float, float, float]) -> str:
    """What coordinates are, judged by their bounds: "degrees", "swapped" (latitude first), "metres", or "elsewhere"."""
    west, south, east, north = box
    if _inside(box, THAILAND):
        return "degrees"
    if _inside((south, west, north, east), THAILAND):
        return "swapped"
    if west >= 100_000 and east <= 1_200_000 and south >= 500_000 and north <= 2_400_000:
        return "metres"
    return "elsewhere"


def _inside(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
