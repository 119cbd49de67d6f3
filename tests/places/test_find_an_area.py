"""Areas by code: queries.area, children, breadcrumbs, names_of, full_name, prefix_q."""

import pytest
from django.db.models import Q
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mudmai.kernel.errors import NotFound
from mudmai.places import queries
from mudmai.places.models import Area, Coverage, LocalGovernment
from mudmai.places.rules import next_prefix, outermost
from mudmai.places.services.editions import AREAS, mark_changed

pytestmark = pytest.mark.usefixtures("national_codes")

KO_KHA = "520306"
codes = st.text("0123456789", min_size=1, max_size=8)


@pytest.fixture
def villages(national_codes):
    for moo, name in ((1, "บ้านน้ำล้อม"), (2, "บ้านดอนแก้ว")):
        Area.objects.create(code=f"{KO_KHA}0{moo}", level=4, kind="village", name_th=name, parent_code=KO_KHA)
    mark_changed(AREAS)


@pytest.fixture
def municipality(national_codes):
    town = LocalGovernment.objects.create(code="5295-M", geocode="5295", kind="tambon_municipality", name_th="เกาะคา")
    Coverage.objects.create(local_government=town, area_code=KO_KHA, whole=True)
    Area.objects.create(code="52950001", level=4, kind="community", name_th="ชุมชนวัดดอย", parent_code="5295")
    mark_changed(AREAS)
    return town


def test_an_area_is_found_by_its_code():
    assert queries.area(KO_KHA).name_th == "เกาะคา"
    assert queries.area_or_none("999999") is None
    assert queries.area_or_none("") is None
    with pytest.raises(NotFound, match="999999"):
        queries.area("999999")


def test_below_an_area_stand_its_parts_in_order(villages):
    assert len(queries.children()) == 77
    assert [area.code for area in queries.children("52")][:2] == ["5201", "5202"]
    assert [area.title for area in queries.children(KO_KHA)] == ["ม.1 บ้านน้ำล้อม", "ม.2 บ้านดอนแก้ว"]
    assert queries.children("52030601") == []


def test_an_abolished_area_is_known_but_no_longer_listed(villages):
    Area.objects.filter(pk="52030602").update(abolished_on="2026-01-01")
    mark_changed(AREAS)

    assert [area.code for area in queries.children(KO_KHA)] == ["52030601"]
    assert queries.area("52030602").name_th == "บ้านดอนแก้ว"


def test_breadcrumbs_lead_from_the_province_down(villages):
    assert [area.code for area in queries.breadcrumbs("52030602")] == ["52", "5203", KO_KHA, "52030602"]


def test_the_full_name_reads_as_an_address(villages):
    assert queries.full_name("52030602") == "ม.2 บ้านดอนแก้ว ต.เกาะคา อ.เกาะคา จ.ลำปาง"
    assert queries.full_name("100101") == "แขวงพระบรมมหาราชวัง เขตพระนคร กรุงเทพมหานคร"
    assert queries.full_name("") == ""


def test_a_village_that_no_list_names_has_its_moo():
    assert queries.full_name(KO_KHA + "07") == "ม.7 ต.เกาะคา อ.เกาะคา จ.ลำปาง"
    assert queries.name_of(KO_KHA + "07") == "ม.7"


def test_english_readers_see_english_names(villages):
    with translation.override("en"):
        assert queries.name_of(KO_KHA) == "Ko Kha"
        assert queries.full_name(KO_KHA + "07") == "Mu 7, Ko Kha, Ko Kha, Lampang"


def test_names_of_many_villages_cost_one_query(villages, django_assert_max_num_queries):
    queries.name_of(KO_KHA)  # the book of areas is read

    with django_assert_max_num_queries(1):
        names = queries.names_of(["52", KO_KHA, "52030601", "52030602", "52030101", "99"])

    assert names["52030602"] == "บ้านดอนแก้ว"
    assert names["99"] == "99"


def test_what_another_process_changed_is_seen_after_the_check():
    queries.name_of(KO_KHA)
    Area.objects.filter(pk=KO_KHA).update(name_th="ชื่อใหม่")

    assert queries.name_of(KO_KHA) == "เกาะคา"
    mark_changed(AREAS)
    assert queries.name_of(KO_KHA) == "ชื่อใหม่"


def test_a_community_stands_under_its_municipality(municipality):
    assert [area.code for area in queries.children("5295")] == ["52950001"]
    assert queries.communities_of(municipality)[0].title == "ชุมชนวัดดอย"
    assert queries.full_name("52950001") == "ชุมชนวัดดอย จ.ลำปาง"
    assert queries.local_governments_of("52950001") == [municipality]


def test_local_governments_are_found_by_the_tambon_they_cover(municipality):
    assert queries.local_governments_of("52030601") == [municipality]
    assert queries.local_governments_of("5203") == [municipality]
    assert queries.local_governments_of("5204") == []
    assert queries.tambons_of("5295-M") == [(KO_KHA, True)]
    assert municipality.full_name == "เทศบาลตำบลเกาะคา"


def test_a_prefix_finds_what_lies_inside_and_nothing_else():
    def inside(*prefixes):
        return set(Area.objects.filter(queries.prefix_q("code", prefixes)).values_list("code", flat=True))

    assert inside("5203") == {code for code in inside("52") if code.startswith("5203")}
    assert len(inside("")) == 77 + 928 + 7436
    assert inside() == set()
    assert Area.objects.filter(queries.prefix_q("code", [""]) | Q(code="none")).count() == len(inside(""))
    assert inside("52", "5203") == inside("52")
    assert inside("96") == {code for code in inside("") if code.startswith("96")}


@given(prefix=codes, code=codes)
def test_a_range_holds_the_same_codes_as_a_prefix(prefix, code):
    following = next_prefix(prefix)

    assert (code >= prefix and (not following or code < following)) == code.startswith(prefix)


@given(st.lists(codes, max_size=8), codes)
def test_the_outermost_prefixes_hold_what_all_hold(prefixes, code):
    kept = outermost(prefixes)

    assert any(map(code.startswith, kept)) == any(map(code.startswith, prefixes))
    assert len(kept) == len(set(kept))
