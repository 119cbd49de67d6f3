"""Boundaries from GeoJSON and Shapefiles: services.load_file, and what the map and the points make of them."""

import gzip
import json
import math

import pytest
import shapely
from django.utils import translation

from mudmai.audit.models import Entry
from mudmai.places import queries
from mudmai.places.models import Boundary
from mudmai.places.services import CannotRead, load_file, remove

from .conftest import INDIAN_PRJ, UTM47_PRJ, feature, ring

pytestmark = pytest.mark.usefixtures("national_codes")

KO_KHA, NEIGHBOUR = "520306", "520308"
SQUARES = ((KO_KHA, 99.30, 18.10), (NEIGHBOUR, 99.32, 18.10))
# The corners of a square in Lampang in metres of zone 47N.
IN_METRES = ((KO_KHA, 530_000.0, 2_000_000.0),)


def test_geojson_becomes_boundaries_and_the_map_shows_them(geojson):
    report = load_file(geojson(*SQUARES))

    assert (report.kind, report.guessed, report.added, report.left_out) == ("boundaries", True, 2, 0)
    drawn = json.loads(queries.boundaries_geojson("5203", 3, 12))
    assert [found["properties"]["code"] for found in drawn["features"]] == [KO_KHA, NEIGHBOUR]
    assert drawn["features"][0]["properties"]["title"] == "ต.เกาะคา"
    assert drawn["features"][0]["properties"]["label"] == [99.31, 18.11]
    assert json.loads(queries.boundaries_geojson("53", 3, 12))["features"] == []


def test_the_area_of_a_point_is_found(geojson):
    load_file(geojson(*SQUARES))

    assert queries.area_of(18.11, 99.31) == KO_KHA
    assert queries.area_of(18.11, 99.31, level=3) == KO_KHA
    assert queries.area_of(18.11, 99.31, level=1) is None
    assert queries.areas_of([(18.11, 99.33), (18.11, 99.31), (7.0, 100.5)]) == [NEIGHBOUR, KO_KHA, None]
    assert queries.area_of(18.11, 99.32) == KO_KHA  # on the border: always the lower code
    assert queries.areas_of([]) == []


def test_the_box_of_an_area_is_its_own_or_that_of_its_parts(geojson):
    assert queries.bounds_of(KO_KHA) is None
    load_file(geojson(*SQUARES))

    assert queries.bounds_of(KO_KHA) == (99.30, 18.10, 99.32, 18.12)
    assert queries.bounds_of("5203") == (99.30, 18.10, 99.34, 18.12)
    assert queries.bounds_of(KO_KHA + "01") == (99.30, 18.10, 99.32, 18.12)
    assert queries.boundary_of(KO_KHA).area == pytest.approx(0.0004)
    assert queries.boundary_of("520399") is None


def test_loading_the_same_file_again_changes_nothing(geojson):
    path = geojson(*SQUARES)
    load_file(path)

    again = load_file(path)

    assert (again.added, again.changed, again.same) == (0, 0, 2)


def test_a_newer_file_replaces_the_outline_and_points_follow(geojson):
    load_file(geojson(*SQUARES))
    assert queries.area_of(18.11, 99.31) == KO_KHA

    report = load_file(geojson((KO_KHA, 99.50, 18.10)))

    assert report.changed == 1
    assert queries.area_of(18.11, 99.31) is None
    assert queries.area_of(18.11, 99.51) == KO_KHA


def test_what_does_not_join_is_told_with_what_follows_it(geojson):
    report = load_file(geojson(*SQUARES, ("530306", 100.6, 17.9), ("999999", 100.0, 17.0), ("", 100.0, 17.1)))

    assert (report.added, report.left_out) == (2, 3)
    told = {problem.code: problem for problem in report.problems}
    assert told["530306"].successors == ("530407",)
    assert "ท่าแฝก (530407)" in told["530306"].message
    assert told["999999"].reason == "unknown_code"
    assert told[""].where == "รูปที่ 5"


def test_islands_of_one_tambon_become_one_outline(geojson):
    report = load_file(geojson((KO_KHA, 99.30, 18.10), (KO_KHA, 99.50, 18.10)))

    assert (report.added, report.same, report.rows) == (1, 1, 2)
    assert queries.boundary_of(KO_KHA).geom_type == "MultiPolygon"


def test_a_crossed_outline_is_mended_and_a_line_is_left_out(write):
    bow = {"type": "Polygon", "coordinates": [[[99.3, 18.1], [99.4, 18.2], [99.4, 18.1], [99.3, 18.2], [99.3, 18.1]]]}
    line = {"type": "LineString", "coordinates": [[99.3, 18.1], [99.4, 18.2]]}
    crossed = feature(KO_KHA, 0, 0) | {"geometry": bow}
    features = [crossed, feature(NEIGHBOUR, 0, 0) | {"geometry": line}, feature("520301", 0, 0) | {"geometry": None}]

    report = load_file(write("คด.geojson", {"type": "FeatureCollection", "features": features}))

    assert queries.boundary_of(KO_KHA).is_valid
    assert report.reasons == {"no_polygon": 2}


def test_packed_geojson_with_codes_of_the_united_nations(write):
    shape = {"type": "Feature", "properties": {"ADM3_PCODE": "TH520306", "ADM2_PCODE": "TH5203"}}
    shape["geometry"] = feature("", 99.3, 18.1)["geometry"]
    packed = gzip.compress(json.dumps({"type": "FeatureCollection", "features": [shape]}).encode())

    load_file(write("adm3.geojson.gz", packed))

    assert Boundary.objects.get().area_id == KO_KHA


def test_a_zipped_shapefile_in_degrees(shapefile_zip):
    report = load_file(shapefile_zip(SQUARES))

    assert (report.kind, report.added, report.notes) == ("boundaries", 2, [])


def test_a_shapefile_in_windows_874_and_utm_is_converted(shapefile_zip):
    report = load_file(shapefile_zip(IN_METRES, prj=UTM47_PRJ, encoding="cp874", size=2000))

    assert any("47N" in note for note in report.notes)
    west, south, _east, _north = queries.bounds_of(KO_KHA)
    # The south-west corner by pyproj 3.7.2; the box is a few metres wider, for the grid does not point quite north.
    assert math.isclose(west, 99.283527, abs_tol=0.00004)
    assert math.isclose(south, 18.088501, abs_tol=0.00004)


def test_a_shapefile_without_prj_is_read_as_degrees_and_says_so(shapefile_zip):
    report = load_file(shapefile_zip(SQUARES, prj=""))

    assert report.added == 2
    assert "ไฟล์ไม่บอกระบบพิกัด จึงอ่านตัวเลขเป็น WGS84" in report.notes


def test_metres_without_prj_ask_for_the_zone(shapefile_zip):
    path = shapefile_zip(IN_METRES, prj="", size=2000)

    with pytest.raises(CannotRead, match="--crs EPSG:32647"):
        load_file(path)
    assert load_file(path, crs="EPSG:32647").added == 1


def test_a_system_that_is_not_converted_is_named(shapefile_zip):
    with pytest.raises(CannotRead, match="Indian_1975"):
        load_file(shapefile_zip(IN_METRES, prj=INDIAN_PRJ, size=2000))
    with pytest.raises(CannotRead, match="EPSG:3857"):
        load_file(shapefile_zip(SQUARES), crs="EPSG:3857")


def test_geojson_that_names_its_zone_is_converted(geojson):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32647"}}
    square = feature(KO_KHA, 0, 0)["geometry"] | {"coordinates": [ring(530_000.0, 2_000_000.0, 2000)]}
    path = geojson()
    path.write_text(
        json.dumps({"crs": crs, "features": [{"properties": {"code": KO_KHA}, "geometry": square}]}), encoding="utf-8"
    )

    assert load_file(path).added == 1
    assert queries.area_of(18.09, 99.29) == KO_KHA


@pytest.mark.parametrize(
    ("squares", "sentence"),
    [
        (((KO_KHA, 18.10, 99.30),), "ละติจูดอยู่ก่อนลองจิจูด"),
        (((KO_KHA, 2.0, 48.0),), "ไม่ได้อยู่ในประเทศไทย"),
        ((("เกาะคา", 99.3, 18.1),), "“เกาะคา” ไม่ใช่รหัสพื้นที่"),
    ],
)
def test_coordinates_and_codes_that_cannot_be_right(geojson, squares, sentence):
    try:
        told = load_file(geojson(*squares)).problems[0].message
    except CannotRead as refusal:
        told = str(refusal)

    assert sentence in told
    assert not Boundary.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("เสีย.geojson", '{"type": "FeatureCollection",\n "features": [{', "บรรทัด 2"),
        ("ว่าง.geojson", '{"type": "FeatureCollection", "features": []}', "ไม่มีข้อมูลรูปร่าง"),
        ("topo.json", '{"type": "Topology", "objects": {}}', "TopoJSON"),
        ("ว่าง.csv", "", "ไฟล์ว่าง"),
        ("เสีย.zip", b"PK\x03\x04broken", "แตกไฟล์"),
        ("เสีย.gz", b"\x1f\x8bbroken", "แตกไฟล์"),
        ("เสีย.shp", b"nothing", "ขาดส่วน .dbf"),
        ("แนวเขต.csv", "code,name_th\n520306,เกาะคา\n", "ไม่มีรูปร่าง"),
    ],
)
def test_a_broken_file_gets_its_sentence_and_leaves_nothing(write, name, content, sentence):
    kind = "boundaries" if name == "แนวเขต.csv" else None

    with pytest.raises(CannotRead, match=sentence):
        load_file(write(name, content), kind=kind)

    assert not Boundary.objects.exists()


def test_a_missing_file_gets_its_sentence(tmp_path):
    with pytest.raises(CannotRead, match=r"เปิดไฟล์ ไม่มี\.geojson ไม่ได้"):
        load_file(tmp_path / "ไม่มี.geojson")


def test_boundaries_can_be_taken_away_inside_one_area(geojson):
    load_file(geojson(*SQUARES, ("530407", 100.6, 17.9)))

    assert remove("boundaries", "52") == 2
    assert queries.area_of(18.11, 99.31) is None
    assert queries.area_of(17.91, 100.61) == "530407"


def test_a_load_leaves_a_line_in_the_log(geojson):
    load_file(geojson(*SQUARES))

    entry = Entry.objects.get()
    assert (entry.action, entry.object_id, entry.details["added"]) == ("places.file.loaded", "boundaries", 2)


def test_at_small_scales_neighbours_keep_their_common_border(geojson):
    load_file(geojson(*SQUARES))

    drawn = json.loads(queries.boundaries_geojson("52", 3, 5))
    left, right = (shapely.from_geojson(json.dumps(found["geometry"])) for found in drawn["features"])

    assert left.intersection(right).area == 0
    assert left.touches(right)


def test_the_map_names_areas_in_the_readers_language(geojson):
    load_file(geojson(*SQUARES))

    with translation.override("en"):
        drawn = json.loads(queries.boundaries_geojson("52", 3, 12))

    assert drawn["features"][0]["properties"]["name"] == "Ko Kha"
