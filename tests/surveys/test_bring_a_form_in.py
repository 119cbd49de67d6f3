"""The officer brings a form in: drafts, versions, files beside it; nothing is lost and nothing overwritten."""

import io

import openpyxl
import pytest
from tests.surveys.excel import SURVEY, VISIT, excel, settings

from mudmai.access.services import DutyDoesNotAllow, OutsideYourAreas
from mudmai.audit.models import Entry
from mudmai.surveys import queries, services
from mudmai.surveys.models import Form, FormVersion, Media
from mudmai.surveys.rules.xlsform import FormRefused
from mudmai.surveys.services.media import MediaRefused, VersionIsOut

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
WITH_PICTURE = [(*row, "house.png" if row[1] == "house_no" else "") for row in VISIT]


def with_picture(**changed: str) -> bytes:
    return excel(WITH_PICTURE, columns=(*SURVEY, "media::image"), settings=settings(**changed))


def refused_with(*args, **kwargs) -> str:
    with pytest.raises(FormRefused) as refused:
        services.receive_form(*args, **kwargs)
    return refused.value.faults[0].code


def test_a_form_comes_in_as_a_draft_that_no_phone_gets(draft, noi):
    assert (draft.form.form_id, draft.version, draft.state) == ("house_visit", "1", FormVersion.State.DRAFT)
    assert draft.form.area_code == "520306"
    assert list(queries.published_for(noi)) == []
    assert Entry.objects.get(action="surveys.form.received").details["form"] == "house_visit"


def test_the_workbook_comes_back_as_it_was_sent(received):
    content = excel()

    assert bytes(received(content).source) == content


def test_the_same_file_again_is_the_same_version(received):
    assert received().pk == received().pk
    assert FormVersion.objects.count() == 1


def test_a_draft_is_replaced_by_its_mended_file(received):
    first = received()
    second = received(excel([*VISIT, ("text", "remark", "หมายเหตุ")]))

    assert first.pk == second.pk
    assert "remark" in FormVersion.objects.get().xform


def test_a_published_version_is_never_changed(published, received, somsri):
    code = refused_with(excel([*VISIT, ("text", "remark", "x")]), "visit.xlsx", by=somsri, area_code="520306")

    assert code == "same_version"
    assert "remark" not in FormVersion.objects.get().xform


def test_a_newer_version_stands_beside_the_older(published, received):
    newer = received(excel(settings=settings(version="2", form_title="เยี่ยมบ้านใหม่")))

    assert newer.form_id == published.form_id
    assert Form.objects.get().title == "เยี่ยมบ้านใหม่"
    assert queries.published_of(newer.form).pk == published.pk


def test_a_form_that_is_wrong_leaves_nothing_behind(somsri):
    assert refused_with(excel([("intger", "a", "ก")]), "a.xlsx", by=somsri, area_code="520306") == "type_unknown"
    assert Form.objects.count() == 0


def test_what_is_no_workbook_is_told_in_thai(somsri):
    with pytest.raises(FormRefused) as refused:
        services.receive_form(b"%PDF-1.7", "form.pdf", by=somsri, area_code="520306")

    assert "PDF" in refused.value.faults[0].params["reason"]
    assert "ไฟล์" in refused.value.faults[0].params["reason"]


def test_the_id_of_another_offices_form_is_not_taken_over(draft, stranger):
    assert refused_with(excel(), "visit.xlsx", by=stranger, area_code="50") == "other_owner"


@pytest.mark.parametrize("who", ["noi", "nayok", "admin"])
def test_only_who_manages_forms_brings_one_in(who, request):
    with pytest.raises((DutyDoesNotAllow, OutsideYourAreas)):
        services.receive_form(excel(), "visit.xlsx", by=request.getfixturevalue(who), area_code="520306")


def test_a_form_cannot_be_put_into_another_province(somsri):
    with pytest.raises(OutsideYourAreas):
        services.receive_form(excel(), "visit.xlsx", by=somsri, area_code="500101")


def test_the_files_that_a_form_names_are_asked_for_and_kept(received, somsri):
    version = received(with_picture())
    assert queries.missing_media(version) == ["house.png"]

    services.attach_media(version, "HOUSE.PNG", PNG, by=somsri)

    assert queries.missing_media(version) == []
    assert Media.objects.get().name == "house.png"
    assert Media.objects.get().mime == "image/png"


def test_files_can_come_with_the_form(received):
    assert queries.missing_media(received(with_picture(), media={"house.png": PNG})) == []


def test_a_newer_version_keeps_the_files_of_the_older(received):
    received(with_picture(), media={"house.png": PNG})

    assert queries.missing_media(received(with_picture(version="2"))) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("other.png", PNG),
        ("house.png", b"<html>not a picture</html>"),
        ("house.png", PNG + bytes(11 << 20)),
    ],
)
def test_a_file_that_is_not_what_the_form_needs_is_refused(received, somsri, name, content):
    version = received(with_picture())

    with pytest.raises(MediaRefused):
        services.attach_media(version, name, content, by=somsri)
    assert Media.objects.count() == 0


def test_the_files_of_a_version_that_is_out_stay_as_they_are(received, somsri):
    version = received(with_picture(), media={"house.png": PNG})
    services.publish(version, by=somsri)

    with pytest.raises(VersionIsOut):
        services.attach_media(version, "house.png", PNG + b"x", by=somsri)


def test_sending_a_published_form_again_changes_none_of_its_files(received, somsri):
    services.publish(received(with_picture(), media={"house.png": PNG}), by=somsri)

    again = received(with_picture(), media={"house.png": PNG + b"another"})

    assert again.state == FormVersion.State.PUBLISHED
    assert bytes(Media.objects.get().content) == PNG


def test_a_list_beside_the_form_is_kept_as_utf_8(received, somsri):
    version = received(excel([("select_one_from_file tambon.csv", "tambon", "ตำบล")], []))

    services.attach_media(version, "tambon.csv", "name,label\n520306,เกาะคา\n".encode("cp874"), by=somsri)

    assert bytes(Media.objects.get().content).decode() == "name,label\n520306,เกาะคา\n"


def test_a_drawing_with_a_script_in_it_is_refused(received, somsri):
    rows = [(*row, "house.svg" if row[1] == "house_no" else "") for row in VISIT]
    version = received(excel(rows, columns=(*SURVEY, "media::image")))

    with pytest.raises(MediaRefused):
        services.attach_media(version, "house.svg", b"<svg onload='alert(1)'></svg>", by=somsri)
    services.attach_media(version, "house.svg", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", by=somsri)


def test_an_office_starts_from_a_ready_form(somsri):
    version = services.start_from_ready("home_visit", by=somsri, area_code="520306")

    assert version.form.ready == "home_visit"
    assert queries.missing_media(version) == []


def test_a_form_with_external_choices_brings_their_file_along(received):
    rows = [("text", "tambon", "ตำบล", ""), ("select_one_external village", "village", "หมู่บ้าน", "tambon=${tambon}")]
    book = openpyxl.load_workbook(io.BytesIO(excel(rows, [], columns=(*SURVEY, "choice_filter"))))
    sheet = book.create_sheet("external_choices")
    for row in (("list_name", "name", "label", "tambon"), ("village", "1", "บ้านน้ำผึ้ง", "520306")):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)

    version = received(stream.getvalue())

    assert queries.missing_media(version) == []
    assert [each["code"] for each in version.warnings] == ["external_filter"]
    assert "บ้านน้ำผึ้ง" in bytes(Media.objects.get(name="itemsets.csv").content).decode()
