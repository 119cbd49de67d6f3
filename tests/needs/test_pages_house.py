"""Stories of the page of one household's needs, and of its part on the household's own page."""

import pytest
from django.core.cache import cache
from tests.needs.ground import houses

from mudmai.audit.models import Entry
from mudmai.audit.rules import LOOKED


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    cache.clear()


def page(house) -> str:
    return f"/needs/house/{house.pk}/"


def test_the_page_tells_points_dimensions_and_what_each_rests_on(client_of, wichai, ground):
    answer = client_of(wichai).get(page(ground.mali))
    text = answer.content.decode()
    line = answer.context["line"]

    assert line.red
    assert line.score == sum(reason.points for reason in line.reasons)
    income = next(each for each in answer.context["dimensions"] if each["code"] == "income")
    assert income["failed"] == 1
    assert income["told"].told is True
    assert "1 ก.ย. 2569" in text  # the day of the survey that told so


def test_what_is_not_known_is_neither_failed_nor_passed_and_says_how_to_find_out(client_of, wichai, ground):
    answer = client_of(wichai).get(page(ground.chai))

    assert answer.context["told"].failed_low == 0
    assert answer.context["told"].failed_high > 0
    assert {str(each["word"]) for each in answer.context["dimensions"]} <= {"ยังไม่ทราบ", "ไม่เกี่ยวกับใครในบ้านนี้"}
    assert answer.context["missing"]
    assert all(way["how"] and way["rows"] for way in answer.context["missing"])


def test_classes_that_the_reader_does_not_see_stay_out(client_of, noi, somsri, wichai, ground):
    for reader, sees in ((wichai, True), (somsri, False), (noi, False)):
        text = client_of(reader).get(page(ground.bun)).content.decode()
        assert ("ต้องได้รับการดูแลด้านสุขภาพจิตทันที" in text) is sees
    text = client_of(noi).get(page(ground.mali)).content.decode()
    assert "ติดเตียง" not in text
    assert "ADL" not in text


def test_a_look_at_sensitive_data_is_logged_for_each_who_lives_there(client_of, wichai, noi, ground):
    client_of(noi).get(page(ground.mali))
    assert not Entry.objects.filter(action=LOOKED).exists()
    client_of(wichai).get(page(ground.mali))
    looks = Entry.objects.filter(action=LOOKED, who=wichai)
    assert looks.count() == 2
    assert all("health" in each.details["classes"] for each in looks)


def test_outside_ones_area_the_house_does_not_exist(client_of, noi, nayok, stranger, ground):
    assert client_of(noi).get(page(ground.saman)).status_code == 404
    assert client_of(nayok).get(page(ground.mali)).status_code == 404
    assert client_of(stranger).get(page(ground.mali)).status_code == 404


def test_the_page_of_the_household_shows_its_score_and_why(client_of, wichai, noi, ground):
    text = client_of(wichai).get(f"/households/{ground.mali.pk}/").content.decode()

    assert f'href="{page(ground.mali)}"' in text
    assert "ไม่มีผู้ดูแล" in text
    assert Entry.objects.filter(action=LOOKED, who=wichai).count() == 2
    assert "ติดเตียง" not in client_of(noi).get(f"/households/{ground.mali.pk}/").content.decode()


def test_a_house_that_was_not_assessed_yet_says_so(client_of, wichai, national_codes):
    found = houses()
    text = client_of(wichai).get(page(found.mali)).content.decode()
    assert "ยังไม่ได้ประเมินครัวเรือนนี้" in text
