"""The pages of forms: send one in, mend it, publish, give out, see where answers go, look at it as on the phone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.surveys.excel import VISIT, excel
from tests.surveys.test_bring_a_form_in import PNG, with_picture

from mudmai.surveys import queries
from mudmai.surveys.models import Assignment, Form, FormVersion, Media

pytestmark = pytest.mark.usefixtures("national_codes")


@pytest.fixture
def officer(client_of, somsri) -> Client:
    return client_of(somsri)


def send(client: Client, content: bytes, filename: str = "visit.xlsx", **data):
    file = SimpleUploadedFile(filename, content)
    return client.post(reverse("surveys:new_form"), {"file": file, "area_code": "520306", **data}, follow=True)


def address(name: str, version: FormVersion, *more: object) -> str:
    return reverse(f"surveys:{name}", args=[version.form_id, version.pk, *more])


def test_a_right_form_leads_to_its_page(officer):
    page = send(officer, excel())

    assert page.redirect_chain[-1][0] == reverse("surveys:form", args=[Form.objects.get().pk])
    text = page.content.decode()
    assert "เยี่ยมบ้าน" in text
    assert page.context["newest"]["questions"] == 5


def test_a_wrong_form_is_told_by_sheet_and_row_in_thai(officer):
    page = send(officer, excel([("intger", "age", "อายุ"), *VISIT]))

    text = page.content.decode()
    assert page.status_code == 422
    assert "survey" in text
    assert "แถว 2" in text
    assert "intger" in text
    assert "integer" in text
    assert Form.objects.count() == 0


def test_sending_nothing_is_told(officer):
    page = officer.post(reverse("surveys:new_form"), {"area_code": "520306"})

    assert page.status_code == 422
    assert Form.objects.count() == 0


def test_a_form_with_its_picture_comes_in_at_once(officer):
    send(officer, with_picture(), media=SimpleUploadedFile("house.png", PNG))

    assert Media.objects.get().name == "house.png"


def test_a_missing_picture_is_named_and_can_be_added(officer):
    page = send(officer, with_picture())
    version = FormVersion.objects.get()
    assert "house.png" in page.content.decode()

    officer.post(address("attach", version), {"media": SimpleUploadedFile("house.png", PNG)})

    assert queries.missing_media(version) == []
    picture = officer.get(address("media", version, "house.png"))
    assert picture["Content-Type"] == "image/png"
    assert "sandbox" in picture["Content-Security-Policy"]


def test_the_officer_publishes_gives_out_takes_back_and_retires(officer, draft):
    officer.post(address("publish", draft))
    officer.post(reverse("surveys:assign", args=[draft.form_id]), {"area_code": "520306", "team": ""})
    page = officer.get(reverse("surveys:forms"))

    row = page.context["rows"][0]
    assert row["version"].state == FormVersion.State.PUBLISHED
    assert row["where"] == ["เกาะคา"]

    officer.post(reverse("surveys:end_assignment", args=[draft.form_id, Assignment.objects.get().pk]))
    officer.post(reverse("surveys:retire", args=[draft.form_id]))
    assert Form.objects.get().retired_at is not None
    officer.post(reverse("surveys:bring_back", args=[draft.form_id]))
    assert Form.objects.get().retired_at is None
    assert list(queries.assignments_of(draft.form)) == []


def test_what_cannot_be_done_is_said_on_the_page(officer, received):
    version = received(with_picture())

    page = officer.post(address("publish", version), follow=True)

    assert "house.png" in page.content.decode()
    assert FormVersion.objects.get().state == FormVersion.State.DRAFT


def test_where_answers_go_is_shown_and_changed(officer, draft):
    page = officer.get(address("mapping", draft))
    rows = [row for group in page.context["groups"] for row in group["rows"]]
    assert [(row["name"], row["why"], row["suggested"]) for row in rows if row["name"] == "birthday_told"] == [
        ("birthday_told", "", True)
    ]
    fields = {row["field"].html_name: row["field"].value() for row in rows if row["field"]}

    officer.post(address("mapping", draft), fields)

    draft.refresh_from_db()
    assert draft.mapping == {"/data/members/birthday_told": "birth_date"}


def test_a_choice_that_is_none_is_refused_on_the_mapping_screen(officer, draft):
    page = officer.post(address("mapping", draft), {"q0": "no_such_thing"})

    assert page.status_code == 422
    draft.refresh_from_db()
    assert draft.mapping == {}


def test_the_preview_frames_the_phones_own_renderer(officer, draft):
    page = officer.get(address("preview", draft))
    frame = officer.get(address("phone", draft))

    assert address("phone", draft) in page.content.decode()
    assert "'wasm-unsafe-eval'" in frame["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" not in page["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert address("xform", draft) in frame.content.decode()


def test_the_xform_and_the_workbook_are_given(officer, draft):
    assert officer.get(address("xform", draft)).content.decode() == draft.xform
    answer = officer.get(address("source", draft))
    assert answer.content == bytes(draft.source)
    assert "visit.xlsx" in answer["Content-Disposition"]


def test_a_ready_form_is_taken_in_or_downloaded(officer):
    workbook = officer.get(reverse("surveys:ready_file", args=["home_visit"]))
    assert workbook.content.startswith(b"PK")

    officer.post(reverse("surveys:start_ready", args=["home_visit"]), {"area_code": "520306"})

    assert Form.objects.get().ready == "home_visit"
    assert officer.get(reverse("surveys:ready_file", args=["nothing"])).status_code == 404


def test_nobody_changes_a_form_of_another_office(client_of, stranger, draft):
    there = client_of(stranger)

    for name in ("publish", "attach"):
        assert there.post(address(name, draft)).status_code == 404
    for name in ("retire", "bring_back", "assign"):
        assert there.post(reverse(f"surveys:{name}", args=[draft.form_id])).status_code == 404
    draft.refresh_from_db()
    assert draft.state == FormVersion.State.DRAFT
