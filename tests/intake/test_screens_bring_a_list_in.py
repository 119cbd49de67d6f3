"""The officer brings a list in through the screens: drop, columns, preview, import, result."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.intake.townlist import HEADERS, ROWS, book, cid, send

from mudmai.audit.models import Entry
from mudmai.intake.models import Upload
from mudmai.people.models import Person

pytestmark = pytest.mark.usefixtures("national_codes")


@pytest.fixture
def officer(client_of, somsri) -> Client:
    return client_of(somsri)


def the_upload() -> Upload:
    return Upload.objects.get()


def layout_data(upload: Upload, **changed: str) -> dict[str, str]:
    """What the columns screen sends when nothing is touched, with some fields changed."""
    layout = upload.layout
    data = {"kind": layout["kind"], "as_of": layout["as_of"], "area_code": layout["area_code"]}
    for i, shape in enumerate(layout["shapes"]):
        if shape["take"]:
            data[f"take-{i}"] = "on"
        for column in shape["columns"]:
            data[f"column-{i}-{column['index']}"] = column["attribute"].replace("ignore", "")
    return data | changed


def test_a_dropped_list_leads_to_its_columns(officer):
    page = send(officer, book(), follow=True)

    assert page.redirect_chain[-1][0] == reverse("intake:map", args=[the_upload().pk])
    text = page.content.decode()
    assert "ทะเบียนราษฎร" in text
    assert all(header in text for header in HEADERS)
    assert "สมชาย" in text
    assert Person.objects.count() == 0


def test_an_id_number_is_never_shown_whole(officer):
    page = send(officer, book(), follow=True)
    preview = officer.get(reverse("intake:preview", args=[the_upload().pk]))

    for text in (page.content.decode(), preview.content.decode()):
        assert ROWS[0][1] not in text
    assert "xxxxx" in page.content.decode()


def test_the_preview_shows_each_row_and_writes_nothing(officer):
    send(officer, book())

    page = officer.get(reverse("intake:preview", args=[the_upload().pk]))

    text = page.content.decode()
    assert "สมชาย ใจดี" in text
    assert "ยังไม่ได้บันทึก" in text
    assert [chip["count"] for chip in page.context["chips"] if chip["code"] == "new"] == [3]
    assert Person.objects.count() == 0


def test_the_list_comes_in_and_the_result_says_what_it_brought(officer):
    send(officer, book())

    page = officer.post(reverse("intake:commit", args=[the_upload().pk]), follow=True)

    assert page.redirect_chain[-1][0] == reverse("intake:result", args=[the_upload().pk])
    assert page.context["numbers"]["new_people"] == 3
    assert Person.objects.count() == 3
    assert reverse("pages:undo_batch", args=[the_upload().batch_id]) in page.content.decode()


def test_a_problem_names_its_cell(officer):
    wrong = [*ROWS, ("4", "1234567890123", "", "", "", "14", "1")]
    send(officer, book(wrong))

    page = officer.get(reverse("intake:preview", args=[the_upload().pk]) + "?show=problem")

    line = page.context["lines"][0]
    assert "6" in line["ref"]
    assert line["notes"]
    assert line["notes"][0] in page.content.decode().replace("&quot;", '"')


def test_a_corrected_column_is_compared_anew(officer):
    send(officer, book())
    upload = the_upload()
    column = HEADERS.index("ชื่อ")

    page = officer.post(
        reverse("intake:map", args=[upload.pk]), layout_data(upload, **{f"column-0-{column}": "nickname"}), follow=True
    )

    assert page.redirect_chain[-1][0] == reverse("intake:preview", args=[upload.pk])
    assert page.context["lines"][0]["name"] != "นายสมชาย ใจดี"


def test_columns_left_as_they_are_need_no_second_comparison(officer):
    send(officer, book())
    upload = the_upload()
    before = upload.chunks.get().pk

    officer.post(reverse("intake:map", args=[upload.pk]), layout_data(upload))

    assert upload.chunks.get().pk == before


def test_one_attribute_in_two_columns_is_refused_beside_both(officer):
    send(officer, book())
    upload = the_upload()

    page = officer.post(
        reverse("intake:map", args=[upload.pk]),
        layout_data(upload, **{f"column-0-{HEADERS.index('นามสกุล')}": "given_name"}),
    )

    assert page.status_code == 422
    wrong = [each for each in page.context["shapes"][0]["columns"] if each["field"].errors]
    assert len(wrong) == 2


@pytest.mark.parametrize("day", ["1/10/2569", "1 ต.ค. 2569", "๑ ตุลาคม ๒๕๖๙"])
def test_the_day_is_written_in_the_buddhist_era(officer, day):
    send(officer, book())
    upload = the_upload()

    officer.post(reverse("intake:map", args=[upload.pk]), layout_data(upload, as_of=day))

    assert the_upload().as_of.isoformat() == "2026-10-01"


def test_a_day_that_is_none_is_said_beside_the_field(officer):
    send(officer, book())
    upload = the_upload()

    page = officer.post(reverse("intake:map", args=[upload.pk]), layout_data(upload, as_of="เมื่อวาน"))

    assert page.status_code == 422
    assert page.context["form"].errors["as_of"]


def test_an_area_outside_hers_is_no_choice(officer):
    send(officer, book())
    upload = the_upload()

    page = officer.post(reverse("intake:map", args=[upload.pk]), layout_data(upload, area_code="500101"))

    assert page.status_code == 422
    assert "area_code" in page.context["form"].errors


def test_a_bad_file_says_why_and_the_others_go_on(officer):
    pdf = SimpleUploadedFile("สแกน.pdf", b"%PDF-1.7 nothing")
    empty = SimpleUploadedFile("ว่าง.xlsx", b"")

    page = officer.post(reverse("intake:upload"), {"file": [pdf, empty, book()]}, follow=True)

    states = {row["upload"].filename: row["upload"].state for row in page.context["rows"]}
    assert states == {"สแกน.pdf": "failed", "ว่าง.xlsx": "failed", "ทะเบียนราษฎร.xlsx": "previewed"}
    assert "PDF" in page.content.decode()


def test_sending_no_file_is_said(officer):
    page = officer.post(reverse("intake:upload"), follow=True)

    assert "ยังไม่ได้เลือกไฟล์" in page.content.decode()


def test_a_file_that_was_given_up_is_gone_from_the_list(officer):
    send(officer, book())

    page = officer.post(reverse("intake:cancel", args=[the_upload().pk]), follow=True)

    assert the_upload().state == "cancelled"
    assert page.context["rows"] == []


def test_the_same_columns_need_no_second_look(officer):
    send(officer, book())
    officer.post(reverse("intake:commit", args=[the_upload().pk]))
    more = [*ROWS, ("4", cid(4), "นาง", "แก้ว", "มาลัย", "15", "2")]

    page = send(officer, book(more), follow=True)

    newest = Upload.objects.order_by("-made_at").first()
    assert page.redirect_chain[-1][0] == reverse("intake:preview", args=[newest.pk])
    assert page.context["remembered"]


def test_the_same_file_again_has_nothing_to_write(officer):
    send(officer, book())
    officer.post(reverse("intake:commit", args=[the_upload().pk]))

    page = send(officer, book(), follow=True)

    assert not page.context["summary"].get("written")
    assert page.context["remarks"]


def test_a_change_shows_old_and_new_and_which_goes_first(officer):
    send(officer, book())
    officer.post(reverse("intake:commit", args=[the_upload().pk]))
    married = [(*ROWS[1][:4], "ทองดี", *ROWS[1][5:])]

    page = send(officer, book([ROWS[0], *married, ROWS[2]]), follow=True)

    changed = [line for line in page.context["lines"] if line["out"] == "changed"]
    change = changed[0]["changes"][0]
    assert (change["old"], change["new"], change["wins"]) == ("ใจดี", "ทองดี", True)
    assert change["source"] == "ทะเบียนราษฎร"


def test_the_sheet_comes_back_marked_up(officer):
    send(officer, book())
    officer.post(reverse("intake:commit", args=[the_upload().pk]))

    answer = officer.get(reverse("intake:report", args=[the_upload().pk]))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[2]][-4:] == ["ผล", "รหัสบุคคล", "รหัสครัวเรือน", "ปัญหา"]
    assert "attachment" in answer["Content-Disposition"]
    assert Entry.objects.filter(details__page="intake.report").exists()


def test_a_job_at_work_shows_how_far_it_is_and_can_be_stopped(officer):
    send(officer, book())
    Upload.objects.update(state="previewing", phase="linking", done=2, total=4)
    upload = the_upload()

    page = officer.get(reverse("intake:progress", args=[upload.pk]))
    part = officer.get(reverse("intake:progress", args=[upload.pk]), headers={"HX-Request": "true"})
    officer.post(reverse("intake:cancel", args=[upload.pk]))

    assert "<noscript><meta http-equiv" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert 'hx-trigger="every 1s"' in part.content.decode()
    assert the_upload().cancel_asked


def test_the_progress_goes_on_by_itself_when_the_job_is_done(officer):
    send(officer, book())
    url = reverse("intake:progress", args=[the_upload().pk]) + "?then=preview"
    following = reverse("intake:preview", args=[the_upload().pk])

    assert officer.get(url).url == following
    assert officer.get(url, headers={"HX-Request": "true"})["HX-Redirect"] == following


def test_somebody_of_another_place_does_not_find_the_file(officer, client_of, stranger, noi):
    send(officer, book())
    upload = the_upload()

    for user in (stranger, noi):
        other = client_of(user)
        for name in ("map", "preview", "progress", "result", "report"):
            assert other.get(reverse(f"intake:{name}", args=[upload.pk])).status_code == 404
        for name in ("commit", "cancel", "map"):
            assert other.post(reverse(f"intake:{name}", args=[upload.pk])).status_code == 404
    assert the_upload().state == "previewed"


def test_a_volunteer_cannot_bring_a_list_in(client_of, noi):
    officer = client_of(noi)

    assert officer.get(reverse("intake:home")).status_code == 403
    assert send(officer, book()).status_code == 403
    assert not Upload.objects.exists()
