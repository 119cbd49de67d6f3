"""Metres to degrees, and what files say of their coordinates: rules.projection."""

import csv
import json

import numpy as np
import pytest

from mudmai.places.rules.projection import crs_named, from_utm, looks_like

from .conftest import INDIAN_PRJ, UTM47_PRJ, WGS84_PRJ


@pytest.mark.parametrize(
    ("zone", "east", "north", "longitude", "latitude"),
    [  # by pyproj 3.7.2
        (47, 530_000, 2_000_000, 99.28352697620737, 18.088500635019315),
        (47, 660_000, 780_000, 100.44862321887477, 7.05430007211974),
        (48, 250_000, 1_700_000, 102.67114132511387, 15.364602130241707),
    ],
)
def test_metres_become_the_degrees_that_others_compute(zone, east, north, longitude, latitude):
    lon, lat = from_utm(np.array([east]), np.array([north]), zone)

    assert lon[0] == pytest.approx(longitude, abs=1e-9)
    assert lat[0] == pytest.approx(latitude, abs=1e-9)


def test_landmarks_of_nakhon_pathom_land_where_they_are(shared_data):
    raw = json.loads(shared_data("places/nakhonpathom_landmarks_utm47n_raw.geojson").read_text(encoding="utf-8"))
    metres = np.array([found["geometry"]["coordinates"] for found in raw["features"]])
    with shared_data("places/nakhonpathom_landmarks_wgs84.csv").open(encoding="utf-8-sig") as file:
        degrees = np.array([(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)])

    ours = np.column_stack(from_utm(metres[:, 0], metres[:, 1], 47))

    assert np.abs(ours - degrees).max() < 1e-5


@pytest.mark.parametrize(
    ("text", "crs"),
    [
        (WGS84_PRJ, "EPSG:4326"),
        (UTM47_PRJ, "EPSG:32647"),
        (INDIAN_PRJ, ""),
        (
            'PROJCS["WGS 84 / UTM zone 48N",GEOGCS["WGS 84",AUTHORITY["EPSG","4326"]],AUTHORITY["EPSG","32648"]]',
            "EPSG:32648",
        ),
        ('PROJCS["WGS 84 / Pseudo-Mercator",GEOGCS["WGS 84"],AUTHORITY["EPSG","3857"]]', ""),
        ('PROJCS["WGS_1984_Web_Mercator",GEOGCS["GCS_WGS_1984"]]', ""),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("EPSG:32647", "EPSG:32647"),
        ("หน่วยวา", ""),
    ],
)
def test_what_a_file_says_of_its_coordinates(text, crs):
    assert crs_named(text) == crs


@pytest.mark.parametrize(
    ("box", "seen"),
    [
        ((99.0, 18.0, 100.0, 19.0), "degrees"),
        ((18.0, 99.0, 19.0, 100.0), "swapped"),
        ((530_000, 2_000_000, 540_000, 2_100_000), "metres"),
        ((2.0, 48.0, 3.0, 49.0), "elsewhere"),
    ],
)
def test_numbers_show_what_they_are(box, seen):
    assert looks_like(box) == seen
