"""`mudmai places`: what the operator reads on the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mudmai.kernel.errors import NotFound
from mudmai.places.models import Area

pytestmark = pytest.mark.usefixtures("national_codes")


def mudmai(*words):
    out = StringIO()
    call_command("places", *map(str, words), stdout=out)
    return out.getvalue()


def test_loading_says_what_became_of_the_rows(write):
    path = write("หมู่บ้าน.csv", "code,name_th\n52030601,บ้านน้ำล้อม\n53030601,บ้านเก่า\n")

    told = mudmai("load", path)

    assert "หมู่บ้าน.csv: หมู่บ้าน 2 แถว" in told
    assert "ใหม่ 1 · เปลี่ยน 0 · เหมือนเดิม 0 · ไม่ได้นำเข้า 1" in told
    assert "บรรทัด 3: ท่าแฝก (530306) เลิกใช้เมื่อ 11/3/2558 ปัจจุบันคือ ท่าแฝก (530407)" in told


def test_a_refused_file_keeps_no_other_out_and_the_exit_code_says_so(write):
    good = write("ดี.csv", "code,name_th\n52030601,บ้านน้ำล้อม\n")
    broken = write("เสีย.geojson", "{")
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("places", "load", str(broken), str(good), "--json", stdout=out)

    files = json.loads(out.getvalue())["files"]
    assert ended.value.code == 1
    assert "JSON ที่เสีย" in files[0]["error"]
    assert (files[1]["kind"], files[1]["added"]) == ("villages", 1)
    assert Area.objects.filter(pk="52030601").exists()


def test_listing_shows_the_areas_below():
    assert "5203      อ.เกาะคา" in mudmai("list", "52")
    assert "77 พื้นที่" in mudmai("list")
    assert json.loads(mudmai("list", "52", "--json"))["below"][0]["code"] == "5201"
    with pytest.raises(NotFound, match="9999"):
        mudmai("list", "9999")


def test_checking_tells_what_is_missing():
    told = mudmai("check", "52")

    assert "100  ตำบล" in told
    assert "ตำบล 100 จาก 100 แห่งยังไม่มีแนวเขต" in told


def test_checking_an_empty_database_says_the_cure():
    Area.objects.all().delete()

    with pytest.raises(SystemExit):
        mudmai("check")


def test_without_a_basemap_the_command_says_so(settings, tmp_path):
    settings.HOME = tmp_path

    assert "ยังไม่มีแผนที่ฐาน" in mudmai("basemap")
    assert json.loads(mudmai("basemap", "--remove", "--json")) == {"removed": False}


def test_taking_away_says_how_many(write):
    mudmai("load", write("หมู่บ้าน.csv", "code,name_th\n52030601,บ้านน้ำล้อม\n"))

    assert "1 แถว" in mudmai("remove", "villages", "52")


def test_an_unknown_kind_is_refused(write):
    with pytest.raises(CommandError, match="castles"):
        mudmai("load", write("x.csv", "a,b\n"), "--kind", "castles")
