"""Coordinates as people write them (kernel.geo)."""

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mudmai.kernel.geo import Point, coordinates, point

OFFICE = (18.1893, 99.3915)


@pytest.mark.parametrize(
    "cell",
    [
        "18.1893, 99.3915",
        "18.1893 99.3915",
        "N18.1893 E99.3915",
        "18.1893°N, 99.3915°E",
        "lat: 18.1893 lon: 99.3915",
        "https://maps.google.com/?q=18.1893,99.3915",
        "https://www.google.com/maps/@18.1893,99.3915,17z",
        "๑๘.๑๘๙๓, ๙๙.๓๙๑๕",
    ],
)
def test_a_point_is_read_from_one_cell(cell):
    assert point(cell) == (OFFICE, (), None)


@pytest.mark.parametrize(
    "cell", ["18°11'21.48\"N 99°23'29.4\"E", "18 11 21.48 N, 99 23 29.4 E", "18° 11′ 21.48″, 99° 23′ 29.4″"]
)
def test_degrees_minutes_and_seconds_are_read(cell):
    found = point(cell)

    assert found.value == pytest.approx(OFFICE, abs=1e-6)
    assert found.doubts == ()


def test_two_cells_are_read_and_put_right():
    assert coordinates("18.1893", 99.3915) == (OFFICE, (), None)
    assert coordinates(99.3915, 18.1893) == (OFFICE, ("coordinates_swapped",), None)
    assert coordinates(18.2, 99.4).doubts == ("coordinates_coarse",)


def test_a_point_that_cannot_be_is_named():
    assert coordinates(51.5, -0.1).problem == "coordinates_outside_thailand"
    assert coordinates("18.1", "").problem == "coordinates_incomplete"
    assert coordinates("x", "99.1").problem == "coordinates_unreadable"
    assert point("541234 2011234").problem == "coordinates_utm_zone"
    assert coordinates("", None).is_blank
    assert coordinates(0, 0).is_blank


@given(st.floats(5.6, 20.4), st.floats(97.4, 105.6))
def test_a_point_in_thailand_reads_back(lat, lon):
    read = point(f"{lat:.7f}, {lon:.7f}").value

    assert read == pytest.approx(Point(lat, lon), abs=1e-6)


def test_real_landmarks_in_utm_land_where_they_are(shared_data):
    landmarks = json.loads(shared_data("places/nakhonpathom_landmarks_utm47n_raw.geojson").read_text())["features"]
    with shared_data("places/nakhonpathom_landmarks_wgs84.csv").open(encoding="utf-8-sig") as file:
        known = {row["lm_id"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file)}
    compared = 0
    for landmark in landmarks:
        easting, northing = landmark["geometry"]["coordinates"][:2]
        place = known.get(str(landmark["properties"]["lm_id"]))
        if place is None:
            continue
        compared += 1
        assert coordinates(northing, easting, utm_zone=47).value == pytest.approx(place, abs=2e-6)

    assert compared > 20
