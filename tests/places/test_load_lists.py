"""Villages, communities, local governments, coverage and population from CSV: services.load_file."""

import pytest

from mudmai.kernel.errors import BadInput
from mudmai.places import queries
from mudmai.places.models import AbolishedCode, Area, Coverage, LocalGovernment, Population
from mudmai.places.services import CannotRead, load_file, remove

pytestmark = pytest.mark.usefixtures("national_codes")

KO_KHA = "520306"
VILLAGES = "code,name_th,name_en,obsolete,lat,lon\n52030601,บ้านน้ำล้อม,Ban Nam Lom,,18.18,99.34\n52030602,บ้านหัวแต,,,,\n"
OFFICES = (
    "lao_id,geocode,lao_type,name_th,amphoe_code,obsolete\n"
    "5295-M,5295,ThesabanTambon,เกาะคา,5203,\n520306-T,520306,อบต.,เก่า,5203,1\n"
)
COVERAGE = "lao_id,tambon_code,coverage\n5295-M,520306,completely\n5295-M,520308,partially\n"
POPULATION = (
    "year,code,part,total,male,female,households\n"
    "2564,52,total,300,140,160,90\n2564,520306,total,100,45,55,30\n2564,520308,total,200,95,105,60\n"
)


def test_villages_get_their_names_and_points(write):
    report = load_file(write("หมู่บ้าน.csv", VILLAGES))

    assert (report.kind, report.added, report.left_out) == ("villages", 2, 0)
    assert queries.area("52030601").title == "ม.1 บ้านน้ำล้อม"
    assert (queries.area("52030601").lat, queries.area("52030602").lat) == (18.18, None)
    assert load_file(write("หมู่บ้าน.csv", VILLAGES)).same == 2


def test_a_list_in_windows_874_with_thai_headers_and_semicolons(write):
    text = "รหัสหมู่บ้าน;ชื่อหมู่บ้าน\r\n52030601;บ้านน้ำล้อม\r\n"

    report = load_file(write("หมู่บ้าน.csv", text, encoding="cp874"))

    assert queries.area("52030601").name_th == "บ้านน้ำล้อม"
    assert report.notes == ["อ่านข้อความแบบ windows-874 (TIS-620)"]


def test_rows_that_do_not_join_do_not_stop_the_others(write):
    bad = VILLAGES + "53030601,บ้านท่าแฝก,,,,\n52039901,บ้านไกล,,,,\n5203,บ้านสั้น,,,,\n,บ้านไร้รหัส,,,,\n52030601,บ้านซ้ำ,,,,\n"

    report = load_file(write("หมู่บ้าน.csv", bad))

    assert (report.added, report.left_out) == (2, 5)
    assert [problem.reason for problem in report.problems] == [
        "abolished_code", "unknown_code", "not_8_digits", "no_code", "twice",
    ]  # fmt: skip
    assert report.problems[0].successors == ("530407",)
    assert report.problems[0].where == "บรรทัด 4"


def test_an_abolished_village_is_kept_as_an_abolished_code(write):
    load_file(write("หมู่บ้าน.csv", "code,name_th,obsolete\n52030609,บ้านร้าง,1\n52030601,บ้านน้ำล้อม,\n"))

    assert AbolishedCode.objects.get(pk="52030609").name_th == "บ้านร้าง"
    assert queries.area_or_none("52030609") is None


def test_points_come_from_another_file_and_stay_when_names_are_loaded_again(write):
    load_file(write("หมู่บ้าน.csv", VILLAGES))

    report = load_file(write("จุด.csv", "name,lat,lon,code\nหัวแต,18.2,99.3,52030602\nไม่รู้,18,99,\nไกล,1,2,52030601\n"))
    load_file(write("หมู่บ้าน.csv", VILLAGES))

    assert (report.kind, report.changed) == ("village_points", 1)
    assert report.reasons == {"no_code": 1, "no_point": 1}
    assert (queries.area("52030602").lat, queries.area("52030602").name_th) == (18.2, "บ้านหัวแต")


def test_points_of_villages_come_as_geojson_too(write):
    load_file(write("หมู่บ้าน.csv", VILLAGES))
    shape = {"type": "Point", "coordinates": [99.3, 18.2]}
    features = [{"type": "Feature", "properties": {"vcode": "52030602"}, "geometry": shape}]

    report = load_file(write("จุด.geojson", {"type": "FeatureCollection", "features": features}))

    assert (report.kind, report.changed) == ("village_points", 1)
    assert queries.area("52030602").lon == 99.3


def test_running_numbers_of_landmarks_are_no_codes(write):
    shape = {"type": "Point", "coordinates": [99.3, 18.2]}
    features = [{"type": "Feature", "properties": {"OBJECTID": n, "lm": n}, "geometry": shape} for n in range(1, 99)]

    with pytest.raises(CannotRead, match="ไม่มีคอลัมน์ใด"):
        load_file(write("จุด.geojson", {"type": "FeatureCollection", "features": features}))
    assert queries.area("52").lat is None


def test_communities_stand_under_their_municipality(write):
    load_file(write("อปท.csv", OFFICES))

    report = load_file(write("ชุมชน.csv", "รหัสชุมชน,ชื่อชุมชน\n52950001,ชุมชนวัดดอย\n52960001,ชุมชนไร้เทศบาล\n"))

    assert (report.kind, report.added) == ("communities", 1)
    assert report.problems[0].reason == "unknown_municipality"
    assert [area.name_th for area in queries.children("5295")] == ["ชุมชนวัดดอย"]


def test_local_governments_and_the_tambons_they_cover(write):
    offices, coverage = load_file(write("อปท.csv", OFFICES)), load_file(write("เขต.csv", COVERAGE))

    assert (offices.kind, offices.added, coverage.kind, coverage.added) == ("local_governments", 2, "coverage", 2)
    assert [office.full_name for office in queries.local_governments_of(KO_KHA)] == ["เทศบาลตำบลเกาะคา"]
    assert queries.tambons_of("5295-M") == [(KO_KHA, True), ("520308", False)]
    assert LocalGovernment.objects.get(pk="520306-T").is_abolished


def test_a_newer_coverage_replaces_the_old_one(write):
    load_file(write("อปท.csv", OFFICES))
    load_file(write("เขต.csv", COVERAGE))

    report = load_file(write("เขต.csv", "lao_id,tambon_code,coverage\n5295-M,520308,all\n5200-M,520308,all\n"))

    assert queries.tambons_of("5295-M") == [("520308", True)]
    assert (report.changed, report.reasons) == (1, {"unknown_local_government": 1})
    assert Coverage.objects.count() == 1


def test_population_is_kept_as_printed_and_adds_up(write):
    report = load_file(write("ประชากร.csv", POPULATION))

    assert (report.kind, report.added) == ("population", 3)
    assert queries.population_of("52").total == 300
    assert queries.population_of("52").year == 2021
    assert queries.rollup_differences() == []
    assert load_file(write("ประชากร.csv", POPULATION)).same == 3


def test_a_total_that_is_not_the_sum_of_its_tambons_is_found(write):
    load_file(write("ประชากร.csv", POPULATION.replace("52,total,300,140", "52,total,301,141")))

    assert queries.rollup_differences() == ["52 2021"]
    assert [found.level for found in queries.findings() if "52 2021" in found.codes] == ["error"]


def test_two_municipalities_in_one_tambon_are_added_up(write):
    rows = "2564,520306,municipal,10,4,6,3\n2564,520306,municipal,5,2,3,1\n2564,520306,nonmunicipal,,,,1\n"

    load_file(write("ประชากร.csv", POPULATION.splitlines()[0] + "\n" + rows))

    assert Population.objects.get(part="municipal").total == 15
    assert Population.objects.get(part="nonmunicipal").households == 1


def test_counts_that_cannot_be_right_are_left_out(write):
    rows = "2564,520306,total,9,5,3,3\n2564,520308,total,ห้า,1,2,3\n2564,520301,ครึ่ง,3,1,2,1\n2564,520302,total,,,,\n"

    report = load_file(write("ประชากร.csv", POPULATION.splitlines()[0] + "\n" + rows))

    assert report.reasons == {"wrong_sum": 1, "no_number": 2, "unknown_part": 1}
    assert not Population.objects.exists()


def test_a_list_of_codes_is_only_compared(write):
    before = Area.objects.count()

    report = load_file(write("ตำบล.csv", "id,name_th\n520306,เกาะคา\n520308,ชื่ออื่น\n104701,บางนา\n"))

    assert (report.kind, report.same, report.left_out, len(report.conflicts)) == ("codes", 1, 1, 1)
    assert "ท่าผา" in report.conflicts[0].message
    assert Area.objects.count() == before
    assert queries.area("520308").name_th == "ท่าผา"


@pytest.mark.parametrize(
    ("name", "content", "kind", "sentence"),
    [
        ("อะไร.csv", "สี,ขนาด\nแดง,5\n", None, "โปรดระบุ --kind"),
        ("อะไร.csv", "หนึ่งคอลัมน์\n1\n", None, "ไม่ใช่ CSV"),
        ("หมู่บ้าน.csv", "code,สี\n52030601,แดง\n", "villages", "ขาดคอลัมน์ “name_th”"),
        ("หมู่บ้าน.csv", "code,name_th\n52030601,x\n", "castles", "ไม่มีชนิด “castles”"),
        ("สมุด.xlsx", b"PK\x03\x04rest", None, "สมุดงาน"),
        ("ภาพ.csv", b"\x89PNG\r\n\x1a\n\x00\xff\xfe\xdb\xfc", None, "โปรดบันทึกใหม่เป็น CSV"),
    ],
)
def test_a_list_that_cannot_be_used_gets_its_sentence(write, name, content, kind, sentence):
    with pytest.raises(CannotRead, match=sentence):
        load_file(write(name, content), kind=kind)


def test_villages_can_be_taken_away_again(write):
    load_file(write("หมู่บ้าน.csv", VILLAGES))

    assert remove("villages", "52") == 2
    assert queries.children(KO_KHA) == []
    with pytest.raises(BadInput, match="เลือกจาก"):
        remove("national")
