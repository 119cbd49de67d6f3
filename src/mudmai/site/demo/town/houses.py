"""Houses along the lanes of each village: numbers, codes, places."""

from collections.abc import Iterator
from math import cos, pi, sin
from random import Random

import shapely

from mudmai.kernel.ids import check_digit
from mudmai.site.demo.boundaries import LON_METRES, METRES_PER_DEGREE, VILLAGES, Land, Village
from mudmai.site.demo.town.persons import House

# No registrar has this number: Lampang's districts end at 5213 and its municipalities begin at 5274.
HOME_OFFICE = "5233"

HOUSES_ON_A_LANE = 32
STEP_M = 32.0  # from house to house on one side
LANE_M = 90.0  # from lane to lane
SIDE_M = 17.0  # from the lane's middle to a house
IN_THE_FIELDS = 0.07  # share of houses away from the lanes
FARTHEST_M = 900.0


def build_houses(rng: Random, land: Land, count: int) -> list[House]:
    """As many houses as asked for, shared among the villages, a temple first in every second village."""
    houses: list[House] = []
    for village, size in zip(VILLAGES, _sizes(count), strict=True):
        places = _places(rng, land, village, size)
        for house_no, (lat, lon, soi) in zip(house_numbers(rng, size), places, strict=True):
            number = len(houses) + 1
            houses.append(House(number, village.moo, house_no, _code(number), lat, lon, soi))
        if village.moo % 2:
            houses[-size].kind = "temple"
    return houses


def _sizes(count: int) -> list[int]:
    sizes = [max(2, round(count * v.share)) for v in VILLAGES]
    sizes[0] += count - sum(sizes)
    return sizes


def _code(number: int) -> str:
    body = f"{HOME_OFFICE}{10_000 + number * 7:06d}"
    return body + check_digit("00" + body)


def house_numbers(rng: Random, count: int) -> list[str]:
    """1, 2, 3, 3/1, 3/2, 4 …: the children build beside the parents."""
    numbers: list[str] = []
    base = 0
    while len(numbers) < count:
        base += 1
        numbers.append(str(base))
        parts = rng.choices((0, 1, 2, 4), (0.66, 0.2, 0.1, 0.04))[0]
        numbers += [f"{base}/{part}" for part in range(1, parts + 1)]
    return numbers[:count]


def _places(rng: Random, land: Land, village: Village, count: int) -> Iterator[tuple[float, float, str]]:
    """Latitude, longitude and lane of each house, inside the village."""
    polygon = land.village_polygons[village.moo]
    shapely.prepare(polygon)
    heading = rng.uniform(0, pi)
    lanes = -(-count // HOUSES_ON_A_LANE)
    for i in range(count):
        lane, on_lane = divmod(i, HOUSES_ON_A_LANE)
        along = (on_lane // 2 - HOUSES_ON_A_LANE / 4) * STEP_M + rng.gauss(0, 4)
        across = (lane - (lanes - 1) / 2) * LANE_M + (SIDE_M if on_lane % 2 else -SIDE_M) + rng.gauss(0, 3)
        # The lane bends a little, like the stream it follows.
        across += 22 * sin(along / 90 + lane)
        lat, lon = _moved(village, heading, along, across)
        soi = f"ซอย {lane + 1}" if village.has_lanes else ""
        if rng.random() < IN_THE_FIELDS or not shapely.contains_xy(polygon, lon, lat):
            lat, lon, soi = *_in_the_fields(rng, polygon, village), ""
        yield round(lat, 6), round(lon, 6), soi


def _moved(village: Village, heading: float, along: float, across: float) -> tuple[float, float]:
    north = along * cos(heading) - across * sin(heading)
    east = along * sin(heading) + across * cos(heading)
    return village.lat + north / METRES_PER_DEGREE, village.lon + east / LON_METRES


def _in_the_fields(rng: Random, polygon: shapely.Polygon, village: Village) -> tuple[float, float]:
    while True:
        lat, lon = _moved(village, 0.0, rng.gauss(0, FARTHEST_M / 2), rng.gauss(0, FARTHEST_M / 2))
        if shapely.contains_xy(polygon, lon, lat):
            return lat, lon
