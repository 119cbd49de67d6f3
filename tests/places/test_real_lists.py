"""The public lists of Thailand, loaded whole: what joins, what does not and why, and whether it all adds up."""

import csv

import pytest

from mudmai.places import queries
from mudmai.places.models import Area, Population
from mudmai.places.services import load_file

pytestmark = pytest.mark.usefixtures("national_codes")


def rows(path):
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_all_tambon_outlines_that_should_join_do(shared_data):
    path = shared_data("admin/boundaries/tambon_simplified_2022.geojson.gz")

    report = load_file(path)

    assert (report.rows, report.added, report.left_out) == (7425, 7422, 3)
    # Divided in 2565 (บางนา, บางบอน), and moved to another district in 2558 (ท่าแฝก).
    assert {problem.code: problem.successors for problem in report.problems} == {
        "104701": ("104702", "104703"),
        "105001": ("105002", "105003", "105004", "105005"),
        "530306": ("530407",),
    }
    assert load_file(path).same == 7422


def test_points_inside_the_outlines_are_found_in_their_tambon(shared_data):
    load_file(shared_data("admin/boundaries/tambon_simplified_2022.geojson.gz"))
    points = [row for row in rows(shared_data("admin/boundaries/tambon_points_2022.csv")) if row["current"] == "True"]

    found = queries.areas_of([(float(row["lat"]), float(row["lon"])) for row in points], level=3)

    right = sum(code == row["code"] for code, row in zip(found, points, strict=True))
    assert right / len(points) > 0.999


def test_hospitals_lie_in_their_province(shared_data):
    load_file(shared_data("admin/boundaries/province_simplified_2022.geojson.gz"))
    hospitals = [row for row in rows(shared_data("places/hospitals_moph_2020.csv")) if row["prov_code"]]

    found = queries.areas_of([(float(row["lat"]), float(row["lon"])) for row in hospitals], level=1)

    right = sum(code == row["prov_code"] for code, row in zip(found, hospitals, strict=True))
    assert len(hospitals) > 1300
    assert right / len(hospitals) >= 0.995


def test_fine_outlines_replace_simplified_ones(shared_data):
    report = load_file(shared_data("admin/boundaries/tambon_full_52_Lampang.geojson.gz"))

    assert (report.added, report.left_out) == (100, 0)
    coarse, fine = (len(queries.boundaries_geojson("52", 3, zoom)) for zoom in (7, 14))
    assert coarse * 10 < fine
    assert queries.area_of(18.1902, 99.3975) is not None


def test_population_adds_up_from_tambon_to_country(shared_data):
    report = load_file(shared_data("admin/population_dopa_2012_2021.csv.gz"))

    assert report.left_out == 0
    assert queries.rollup_differences() == []
    # Houses are printed one off in some areas: the country's tambons have 31 fewer than its total.
    assert len(queries.rollup_differences(counts=queries.HOUSES)) == 48
    assert [(row.year, row.total) for row in Population.objects.filter(code="", part="total").order_by("year")] == [
        (2012, 64_456_695),
        (2021, 66_171_439),
    ]
    districts = queries.populations(area.code for area in queries.children("52"))
    assert sum(row.total for row in districts.values()) == queries.population_of("52").total


def test_villages_of_the_country_load_with_their_report(shared_data):
    report = load_file(shared_data("admin/villages_codes_2022.csv.gz"))

    assert (report.rows, report.left_out) == (75_274, 5)
    assert {problem.code for problem in report.problems} == {"840905"}
    assert Area.objects.filter(kind="village").count() == 75_207
    assert queries.full_name("52030602") == "ม.2 บ้านหัวแต ต.เกาะคา อ.เกาะคา จ.ลำปาง"
    assert queries.gazetteer().resolve("ลำปาง", "เกาะคา", "เกาะคา", None, "บ้านหัวแต").value == "52030602"


def test_local_governments_their_tambons_and_their_communities(shared_data):
    reports = [
        load_file(shared_data(f"admin/{name}"))
        for name in ("lao_2022.csv", "lao_coverage_2022.csv", "chumchon_2022.csv")
    ]

    assert [(report.added, report.left_out) for report in reports] == [(7976, 0), (8589, 0), (2044, 0)]
    assert "เทศบาลตำบลเกาะคา" in [office.full_name for office in queries.local_governments_of("520306")]
    assert queries.findings()[0].message.startswith("จังหวัด")


def test_a_popular_list_that_disagrees_is_told_and_not_believed(shared_data):
    report = load_file(shared_data("admin/kongvut_sub_districts_2025_conflicting.csv.gz"))

    assert report.kind == "codes"
    assert (report.reasons["other_name"], report.reasons["abolished_code"]) == (57, 41)
    assert report.conflicts[1].message == ("รหัส 380101 ในทะเบียนกลางคือ บึงกาฬ แต่ในไฟล์นี้เป็น คำนาดี คำนาดี มีรหัส 380111")
    assert queries.area("380101").name_th == "บึงกาฬ"
