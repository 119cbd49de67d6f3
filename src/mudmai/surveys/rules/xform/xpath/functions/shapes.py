"""Functions of points, lines and areas on the ground."""

import math
from itertools import pairwise

from mudmai.surveys.rules.xform.xpath.asking import Context, Function
from mudmai.surveys.rules.xform.xpath.values import NAN, Value, texts

_RADIUS_M = 6_378_100
Point = tuple[float, float]


def points_of(told: str) -> list[Point] | None:
    """Latitude and longitude of each point of a geopoint, geotrace or geoshape; None where it is none.

    >>> points_of("13.7 100.5 0 4.5; 13.8 100.6 0 0")
    [(13.7, 100.5), (13.8, 100.6)]
    """
    found: list[Point] = []
    for part in told.strip().rstrip(";").split(";"):
        try:
            numbers = [float(one) for one in part.split()]
        except ValueError:
            return None
        if not 2 <= len(numbers) <= 4 or not (-90 <= numbers[0] <= 90 and -180 <= numbers[1] <= 180):
            return None
        found.append((numbers[0], numbers[1]))
    return found


def _line(values: tuple[Value, ...]) -> list[Point]:
    return [point for value in values for told in texts(value) if told for point in points_of(told) or ()]


def area(c: Context, *values: Value) -> Value:
    line = _line(values)
    if len(line) < 3:
        return 0.0
    if line[0] != line[-1]:
        line.append(line[0])
    total = sum(
        math.radians(there[1] - here[1]) * (2 + math.sin(math.radians(there[0])) + math.sin(math.radians(here[0])))
        for here, there in pairwise(line)
    )
    return abs(round(total * _RADIUS_M * _RADIUS_M / 2, 2))


def distance(c: Context, *values: Value) -> Value:
    line = _line(values)
    if not line:
        return NAN
    return round(sum(_apart(here, there) for here, there in pairwise(line)), 2)


def _apart(here: Point, there: Point) -> float:
    first, second = math.radians(here[0]), math.radians(there[0])
    angle = math.sin(first) * math.sin(second) + math.cos(first) * math.cos(second) * math.cos(
        math.radians(here[1] - there[1])
    )
    return math.acos(max(-1.0, min(1.0, angle))) * _RADIUS_M


def geofence(c: Context, point: Value, shape: Value) -> Value:
    """Whether the point lies within the closed shape (crossings of a ray, W. R. Franklin's pnpoly)."""
    at, ring = _line((point,)), _line((shape,))
    if not at or len(ring) < 2 or ring[0] != ring[-1]:
        return False
    y, x = at[0]
    inside = False
    for here, there in pairwise(ring):
        if (there[0] > y) != (here[0] > y):
            crossing = (here[1] - there[1]) * (y - there[0]) / (here[0] - there[0]) + there[1]
            inside ^= x < crossing
    return inside


SHAPES: dict[str, Function] = {"area": area, "distance": distance, "geofence": geofence}
