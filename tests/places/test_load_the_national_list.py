"""The national list of areas: services.load_national_codes and ensure_national_codes."""

from datetime import date

import pytest

from mudmai.places.models import AbolishedCode, Area, Edition
from mudmai.places.services import ensure_national_codes, load_national_codes

pytestmark = pytest.mark.usefixtures("national_codes")


def test_the_whole_country_is_there():
    counted = {level: Area.objects.filter(level=level, abolished_on=None).count() for level in (1, 2, 3)}

    assert counted == {1: 77, 2: 928, 3: 7436}
    assert AbolishedCode.objects.filter(abolished_on__isnull=False).count() == 1583


def test_bangkok_has_khet_and_khwaeng():
    assert Area.objects.get(pk="1001").name_th == "พระนคร"
    assert Area.objects.get(pk="1001").title == "เขตพระนคร"
    assert Area.objects.get(pk="100101").title == "แขวงพระบรมมหาราชวัง"
    assert Area.objects.get(pk="10").title == "กรุงเทพมหานคร"


def test_loading_again_changes_nothing():
    report = load_national_codes()

    assert (report.added, report.changed, report.same) == (0, 0, 77 + 928 + 7436)


def test_loading_from_nothing_brings_all():
    Area.objects.all().delete()
    AbolishedCode.objects.all().delete()

    report = load_national_codes()

    assert report.added == 77 + 928 + 7436


def test_a_start_that_finds_the_list_asks_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert ensure_national_codes() is False


def test_an_older_list_is_brought_up_to_date():
    Edition.objects.filter(subject="areas").update(national_version="2020.01.01")
    Area.objects.filter(pk="520306").update(name_th="ชื่อเก่า")

    assert ensure_national_codes() is True
    assert Area.objects.get(pk="520306").name_th == "เกาะคา"


def test_an_area_that_leaves_the_list_keeps_its_name_and_its_followers():
    Area.objects.create(code="104701", level=3, kind="khwaeng", name_th="บางนา", parent_code="1047")

    load_national_codes()

    gone = Area.objects.get(pk="104701")
    assert gone.abolished_on == date(2022, 4, 22)
    assert gone.successors == ["104702", "104703"]


def test_a_code_of_the_wrong_length_is_refused_by_the_database():
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError, match="places_area_level_fits_code"), transaction.atomic():
        Area.objects.create(code="5203", level=3, kind="tambon", name_th="ผิดระดับ")
