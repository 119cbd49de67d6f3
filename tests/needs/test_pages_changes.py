"""Stories of the page of changes, of weights, and of sets of indicators."""

from datetime import date

import pytest
from django.core.cache import cache
from django.utils import timezone
from tests.people.town import row, tell

from mudmai.needs.models import IndicatorSet, Snapshot, Weighing
from mudmai.needs.rules import priority
from mudmai.needs.services import assess_all, fill_snapshot, take_snapshot

TAMBON = "520306"
OWN = """
code = "thadi"
th = "ตัวชี้วัดเทศบาลท่าดี"
valid_from = 2026-01-01
valid_to = 2030-12-31
based_on = "jpt31"
"""


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    cache.clear()


def kept_days(somsri) -> Snapshot:
    """A day before the household of สมาน was found poor, and the day of today."""
    earlier = take_snapshot(by=somsri, area_code=TAMBON, as_of=date(2026, 10, 31))
    fill_snapshot(earlier.pk)
    return Snapshot.objects.get(pk=earlier.pk)


def points(**changed: int) -> dict[str, str]:
    usual = priority.usual_weights()
    told = dict(usual.points) | {name: usual.bands[urgency] for urgency, name in priority.BANDS.items()} | changed
    return {name: str(value) for name, value in told.items()}


def test_without_a_kept_day_the_page_says_what_to_do(client_of, somsri, nayok, ground):
    text = client_of(somsri).get("/needs/changes/").content.decode()
    assert "ยังไม่ได้เก็บภาพของวันใดไว้" in text
    assert "เก็บภาพวันนี้ไว้เทียบ" in text
    assert "เก็บภาพวันนี้ไว้เทียบ" not in client_of(nayok).get("/needs/changes/").content.decode()


def test_the_same_houses_are_followed_and_the_worse_one_is_named(client_of, somsri, nayok, ground):
    day = kept_days(somsri)
    tell(row(about="household", house="13", jpt31_08="fail"), kind="volunteer_survey", as_of=date(2026, 11, 1))
    assess_all()
    cache.clear()
    answer = client_of(somsri).get(f"/needs/changes/?from={day.pk}")

    assert answer.context["found"].followed == 4
    told = {each["same"] for each in answer.context["dimensions"]}
    kept = {each["same"] for each in client_of(nayok).get(f"/needs/changes/?from={day.pk}").context["dimensions"]}
    assert told & {"1", "2", "3", "4"}
    assert not kept & {"1", "2", "3", "4"}
    named = client_of(nayok).get(f"/needs/changes/?from={day.pk}&way=worse").content.decode()
    assert "roster" not in named
    assert "ดีงาม" not in named


def test_of_a_large_area_the_page_asks_for_a_part_before_it_names_households(client_of, somsri, ground, monkeypatch):
    monkeypatch.setattr("mudmai.needs.views.changes.LISTED_OF", 3)
    day = kept_days(somsri)
    text = client_of(somsri).get(f"/needs/changes/?from={day.pk}").content.decode()
    assert "โปรดเลือกอำเภอหรือตำบล" in text
    assert "chips" not in text


def test_nonsense_in_the_address_compares_the_newest_day_with_now(client_of, somsri, ground):
    day = kept_days(somsri)
    for nonsense in ("?from=x&to=%27", "?from=0", "?way=sideways", f"?from={day.pk}&to={day.pk}"):
        answer = client_of(somsri).get(f"/needs/changes/{nonsense}")
        assert answer.context["older"] == day
        assert answer.context["newer"] is None
    assert client_of(somsri).get("/needs/changes/?in=50").status_code == 404


def test_a_day_that_is_being_kept_shows_how_far_it_is(client_of, somsri, ground):
    Snapshot.objects.create(area_code=TAMBON, as_of=date(2026, 11, 2), by=somsri, houses=1)
    answer = client_of(somsri).get("/needs/changes/")
    assert (answer.context["job"]["done"], answer.context["job"]["total"]) == (1, 4)
    part = client_of(somsri).get("/needs/changes/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="job')
    Snapshot.objects.update(finished_at=timezone.now())
    assert client_of(somsri).get("/needs/changes/", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(("typed", "said"), [("พรุ่งนี้", "โปรดเขียนวัน"), ("2/11/2600", ""), ("1/10/2569", "")])
def test_a_day_to_keep_is_written_as_people_write_it(client_of, somsri, ground, typed, said):
    answer = client_of(somsri).post("/needs/changes/keep/", {"in": TAMBON, "day": typed}, follow=True)
    assert answer.status_code == 200
    assert Snapshot.objects.filter(as_of=date(2026, 10, 1)).exists() is (typed == "1/10/2569")
    assert Snapshot.objects.exists() is (typed == "1/10/2569")


def test_the_mayor_and_the_volunteer_keep_no_day(client_of, nayok, noi, ground):
    for user in (nayok, noi):
        assert client_of(user).post("/needs/changes/keep/", {"in": TAMBON}).status_code == 403


def test_a_look_before_saving_shows_who_moves_and_keeps_nothing(client_of, somsri, ground):
    answer = client_of(somsri).post("/needs/weights/", points(failed_income=100) | {"do": "preview"})

    assert answer.context["preview"].assessed == 4
    assert not Weighing.objects.exists()
    assert "ยังไม่ได้บันทึก" in answer.content.decode()


def test_points_are_kept_with_who_when_and_why(client_of, somsri, ground):
    client = client_of(somsri)
    client.post("/needs/weights/", points(failed_income=35) | {"do": "save", "note": "มติคณะกรรมการ"})

    kept = Weighing.objects.get()
    assert (kept.area_code, kept.by) == (TAMBON, somsri)
    answer = client.get("/needs/weights/")
    assert answer.context["history"][0]["changed"][0]["after"] == 35
    assert "มติคณะกรรมการ" in answer.content.decode()


def test_zero_points_are_explained_and_a_red_case_cannot_be_switched_off(client_of, somsri, ground):
    client = client_of(somsri)
    assert client.post("/needs/weights/", points(disabled=0) | {"do": "save"}).status_code == 302
    assert "แสดงไว้ แต่ไม่นับคะแนน" in client.get("/needs/weights/").content.decode()

    answer = client.post("/needs/weights/", points(self_harm=0) | {"do": "save"})
    assert answer.status_code == 422
    assert Weighing.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"disabled": "-1"}, {"disabled": "101"}, {"disabled": "มาก"}, {"band_5": "90"}])
def test_points_that_make_no_sense_are_refused_with_a_sentence(client_of, somsri, ground, wrong):
    answer = client_of(somsri).post("/needs/weights/", points() | wrong | {"do": "save"})
    assert answer.status_code == 422
    assert 'class="err"' in answer.content.decode() or 'role="alert"' in answer.content.decode()
    assert not Weighing.objects.exists()


def test_one_weighs_only_where_one_may(client_of, somsri, ground):
    assert client_of(somsri).get("/needs/weights/?in=50").status_code == 404


def test_every_shipped_set_can_be_read_with_its_rules_and_sources(client_of, nayok, ground):
    client = client_of(nayok)
    for line in client.get("/needs/sets/").context["rows"]:
        assert line["set"].source
        assert client.get(line["url"]).status_code == 200
    text = client.get("/needs/sets/jpt31/").content.decode()
    assert "38,000" in text
    assert "ผ่านเมื่อ" in text
    assert client.get("/needs/sets/none/").status_code == 404


def test_a_set_of_our_own_is_checked_kept_and_used(client_of, somsri, ground):
    client = client_of(somsri)
    answer = client.post("/needs/sets/own/", {"area": TAMBON, "body": OWN, "do": "check"})
    assert answer.context["checked"] is not None
    assert not IndicatorSet.objects.exists()

    client.post("/needs/sets/own/", {"area": TAMBON, "body": OWN, "do": "keep"})
    kept = IndicatorSet.objects.get()
    assert not kept.in_use
    client.post(f"/needs/sets/use/{kept.pk}/", {"in_use": "yes"})
    kept.refresh_from_db()
    assert kept.in_use


def test_a_set_with_mistakes_comes_back_with_a_sentence_for_each(client_of, somsri, ground):
    client = client_of(somsri)
    for body in ("code = ", 'code = "x"\nth = "ก"', "", OWN + '\n[dimensions]\nluck = ["1"]'):
        answer = client.post("/needs/sets/own/", {"area": TAMBON, "body": body, "do": "keep"})
        assert answer.status_code == 422
        assert answer.context["faults"] or answer.context["form"].errors
    assert not IndicatorSet.objects.exists()


def test_the_volunteer_brings_no_set_in(client_of, noi, ground):
    assert client_of(noi).post("/needs/sets/own/", {"area": "", "body": OWN, "do": "keep"}).status_code == 403
