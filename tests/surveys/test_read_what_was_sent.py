"""The officer reads what came from the field: lists with filters, one filled form, and judges what was set aside."""

import hashlib
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.conftest import OTHER_VILLAGE
from tests.surveys.excel import excel, settings
from tests.surveys.field import PHOTO, filled, published_survey, village

from mudmai.audit.models import Entry
from mudmai.people.models import Household
from mudmai.surveys import services
from mudmai.surveys.models import FormVersion, Submission

State = Submission.State


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def sent(noi):
    """Noi sends a filled form about a house of village 1, and it is settled."""
    village()
    published_survey()

    def send(*, by=noi, files=(), **answers: Any) -> Submission:
        key, xml = filled(**answers)
        kept = services.keep_submission(key, xml, by=by)
        for name in files:
            services.keep_file(key, name, PHOTO, by=by, total=len(PHOTO))
        services.settle_received()
        kept.submission.refresh_from_db()
        return kept.submission

    return send


@pytest.fixture
def officer(client_of, somsri) -> Client:
    return client_of(somsri)


def house() -> Household:
    return Household.objects.get(house_no="12/3")


def visit(**changed: Any) -> dict[str, Any]:
    """The answers of a visit at 12/3, where somebody was met."""
    return {
        "household_key": house().pk.hex,
        "visit_outcome": "done",
        "house": {"drinking_water": "yes"},
        "members": [],
    } | changed


def flagged(sent: Any) -> Submission:
    """A visit with a choice that the form does not have."""
    return sent(**visit(visit_outcome="eaten"))


def page_of(client: Client, submission: Submission):
    return client.get(reverse("surveys:submission", args=[submission.pk]))


def test_the_list_shows_what_came_and_leads_to_the_house(officer, sent):
    submission = sent(**visit())

    page = officer.get(reverse("surveys:submissions"))

    assert [row["submission"].pk for row in page.context["rows"]] == [submission.pk]
    text = page.content.decode()
    assert "สำรวจครัวเรือน" in text
    assert reverse("pages:household", args=[house().pk]) in text


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ({"form": "field_survey"}, 1),
        ({"state": "settled"}, 1),
        ({"state": "flagged"}, 0),
        ({"area": "520306"}, 1),
        ({"since": "1/11/2569", "until": "2/11/2569"}, 1),
        ({"since": "3/11/2569"}, 0),
        ({"until": "1/11/2569"}, 0),
    ],
)
def test_the_list_keeps_what_was_chosen(officer, sent, told, shown):
    sent(**visit())

    page = officer.get(reverse("surveys:submissions"), told)

    assert len(page.context["rows"]) == shown


def test_the_list_can_be_kept_to_one_sender(officer, sent, noi, wichai):
    sent(**visit())

    assert len(officer.get(reverse("surveys:submissions"), {"by": noi.pk}).context["rows"]) == 1
    assert officer.get(reverse("surveys:submissions"), {"by": wichai.pk}).status_code == 422


def test_a_day_that_is_none_is_told(officer, sent):
    sent(**visit())

    page = officer.get(reverse("surveys:submissions"), {"since": "ไม่ใช่วัน"})

    assert page.status_code == 422
    assert "15/11/2569" in page.content.decode()


def test_a_long_list_comes_page_by_page_without_a_gap(officer, sent, monkeypatch):
    monkeypatch.setattr("mudmai.surveys.views.submissions.PAGE", 2)
    keys = [sent(**visit()).pk for _ in range(5)]
    Submission.objects.filter(pk=keys[0]).update(received_at=Submission.objects.get(pk=keys[1]).received_at)

    seen, url = [], reverse("surveys:submissions")
    while url:
        page = officer.get(url)
        seen += [row["submission"].pk for row in page.context["rows"]]
        following = page.context["page"]["next_url"]
        url = reverse("surveys:submissions") + following if following else ""

    assert len(seen) == 5
    assert set(seen) == set(keys)


def test_a_filled_form_is_read_by_its_questions(officer, sent):
    page = page_of(officer, sent(**visit()))

    told = {answer.label: answer.shown for section in page.context["sections"] for answer in section.answers}
    assert told["ผลการเยี่ยม"] == "พบ"
    assert told["น้ำดื่มพอ"] == "พอ"
    assert page.context["house"] == house()


def test_what_a_ready_form_worked_out_is_told_in_words_and_what_the_phone_noted_stands_aside(officer, somsri, noi):
    village()
    version = services.start_from_ready("home_visit", by=somsri, area_code="520306")
    services.publish(version, by=somsri)
    key = uuid4()
    xml = (
        f'<data id="home_visit" version="{version.version}"><start>2026-11-02T09:00:00.000+07:00</start>'
        f"<visit_date>2026-11-01</visit_date><person><given_name>ปั้น</given_name><birth_date>1950-03</birth_date></person>"
        f"<meta><instanceID>uuid:{key}</instanceID></meta></data>"
    )
    services.keep_submission(key, xml.encode(), by=noi)
    Submission.objects.update(area_code="52030601")

    page = officer.get(reverse("surveys:submission", args=[key]))

    told = {answer.label for section in page.context["sections"] for answer in section.answers}
    assert not told & {"start", "today", "end", "deviceid"}
    assert {answer.label for answer in page.context["aside"]} >= {"start"}
    assert str(page.context["day"]) == "2026-11-01"


def test_keys_of_the_registry_are_not_shown_as_answers(officer, sent):
    assert house().pk.hex not in page_of(officer, sent(**visit())).content.decode()


def test_a_photo_is_shown_only_to_who_may_read_the_form(officer, client_of, stranger, sent):
    submission = sent(**visit(house={"photo": "roof.jpg"}), files=["roof.jpg"])
    photo = reverse("surveys:file", args=[submission.pk, "roof.jpg"])
    assert photo in page_of(officer, submission).content.decode()

    answer = officer.get(photo)

    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "image/jpeg", PHOTO)
    assert "no-store" in answer["Cache-Control"]
    assert client_of(stranger).get(photo).status_code == 404
    assert officer.get(reverse("surveys:file", args=[submission.pk, "other.jpg"])).status_code == 404


def test_what_a_duty_does_not_show_stays_hidden(client_of, somsri, wichai, noi):
    """Scores and items of the mind: the case manager reads them, the registrar does not."""
    village()
    rows = [("begin_group", "person", "คน"), ("hidden", "person_key", ""), ("text", "given_name", "ชื่อ"),
            ("integer", "depression_9q_score", "คะแนนซึมเศร้า"), ("text", "feeling", "รู้สึกอย่างไร"),
            ("end_group", "", "")]  # fmt: skip
    version = services.receive_form(
        excel(rows, [], settings=settings(form_id="mind")), "m.xlsx", by=somsri, area_code="520306"
    )
    services.publish(version, by=somsri)
    key, xml = filled_mind(version)
    services.keep_submission(key, xml, by=noi)
    Submission.objects.update(area_code="52030601")
    url = reverse("surveys:submission", args=[key])

    hidden, shown = client_of(somsri).get(url), client_of(wichai).get(url)

    assert "อยากร้องไห้" not in hidden.content.decode()
    assert hidden.context["hidden"] >= 1
    assert "อยากร้องไห้" in shown.content.decode()
    assert not Entry.objects.filter(who=somsri, details__page="surveys.submission").exists()
    assert Entry.objects.get(who=wichai, details__page="surveys.submission").details["classes"] == ["mental"]


def filled_mind(version: FormVersion) -> tuple[UUID, bytes]:
    key = uuid4()
    xml = (
        f'<data id="mind" version="{version.version}"><person><person_key/><given_name>ปั้น</given_name>'
        f"<depression_9q_score>9</depression_9q_score><feeling>อยากร้องไห้</feeling></person>"
        f"<meta><instanceID>uuid:{key}</instanceID></meta></data>"
    )
    return key, xml.encode()


def test_what_was_set_aside_says_why_and_can_be_taken(officer, sent):
    submission = flagged(sent)
    assert submission.state == State.FLAGGED
    page = page_of(officer, submission)
    assert page.context["stopping"]
    assert submission.get_state_display() in page.content.decode()

    officer.post(reverse("surveys:judge", args=[submission.pk]), {"answer": "take", "reason": "โทรถามแล้ว"})

    submission.refresh_from_db()
    assert submission.state == State.SETTLED
    assert submission.reason == "โทรถามแล้ว"


def test_what_was_set_aside_can_be_left_out_and_still_be_read(officer, sent):
    submission = flagged(sent)

    officer.post(reverse("surveys:judge", args=[submission.pk]), {"answer": "leave", "reason": "ส่งซ้ำ"})

    submission.refresh_from_db()
    assert submission.state == State.LEFT
    assert "ส่งซ้ำ" in page_of(officer, submission).content.decode()


def test_a_reason_is_asked_for(officer, sent):
    submission = flagged(sent)

    page = officer.post(reverse("surveys:judge", args=[submission.pk]), {"answer": "take", "reason": " "})

    assert page.status_code == 422
    submission.refresh_from_db()
    assert submission.state == State.FLAGGED


def test_what_is_in_the_registry_can_be_taken_back(officer, sent):
    submission = sent(**visit())

    officer.post(reverse("surveys:judge", args=[submission.pk]), {"answer": "back", "reason": "ผิดบ้าน"})

    submission.refresh_from_db()
    assert submission.state == State.FLAGGED


def test_who_was_quicker_is_told(officer, sent):
    submission = flagged(sent)
    officer.post(reverse("surveys:judge", args=[submission.pk]), {"answer": "leave", "reason": "ส่งซ้ำ"})

    page = officer.post(
        reverse("surveys:judge", args=[submission.pk]), {"answer": "take", "reason": "ไม่ซ้ำ"}, follow=True
    )

    assert page.status_code == 200
    submission.refresh_from_db()
    assert submission.state == State.LEFT


def test_the_volunteer_reads_only_what_she_sent_and_judges_nothing(client_of, noi, sent):
    submission = flagged(sent)
    there = client_of(noi)

    assert page_of(there, submission).status_code == 200
    assert there.get(reverse("surveys:submissions")).status_code == 403
    answer = there.post(reverse("surveys:judge", args=[submission.pk]), {"answer": "take", "reason": "ได้"})
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize("who", ["nayok", "admin", "stranger"])
def test_nobody_else_reads_it(client_of, sent, who, request):
    submission = sent(**visit())

    assert page_of(client_of(request.getfixturevalue(who)), submission).status_code == 404


def test_a_file_that_is_no_form_at_all_is_still_listed(officer, noi):
    key, xml = filled()
    broken = xml[: len(xml) // 2]
    services.keep_submission(key, broken, by=noi, sha256=hashlib.sha256(broken).digest())
    Submission.objects.update(area_code=OTHER_VILLAGE)

    page = page_of(officer, Submission.objects.get())

    assert page.status_code == 200
    assert page.context["sections"] == []


def test_the_household_page_tells_of_its_visits(officer, sent):
    submission = sent(**visit())

    page = officer.get(reverse("pages:household", args=[house().pk]))

    assert reverse("surveys:submission", args=[submission.pk]) in page.content.decode()
