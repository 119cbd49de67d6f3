"""Lists that leave as files: what is in them, what is left out, and the line in the log."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from xml.etree import ElementTree

import openpyxl
import pytest
from django.utils import timezone, translation
from tests.pages.conftest import PLACE, crowd
from tests.people.town import row, tell

from mudmai.access.models import Duty
from mudmai.audit.models import Entry
from mudmai.kernel import stopping, tables
from mudmai.pages.models import Export
from mudmai.pages.rules import points
from mudmai.pages.services import begin_export, clear_exports, finish_export
from mudmai.people import queries as people

PERSONS = "/export/persons/"
KML = "{http://www.opengis.net/kml/2.2}"


def asked(**more) -> dict:
    return {
        "format": "xlsx",
        "purpose": "visit",
        "columns": ["title", "given_name", "family_name", "birth_date"],
    } | more


def content(answer) -> bytes:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    whole = b"".join(answer.streaming_content)
    for close in answer._resource_closers:  # answer.close() would end the test's connection too
        close()
    return whole


def sheet(answer) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(content(answer))).active.values)


def test_a_registrar_takes_a_list_to_excel_with_thai_headers_and_dates(client_of, somsri, town):
    answer = client_of(somsri).post(PERSONS + "?fact=bedridden", asked(columns=["given_name", "birth_date", "phone"]))

    header, *rows = sheet(answer)
    assert header[:4] == ("รหัสบุคคล", "อายุ", "บ้านเลขที่", "พื้นที่")
    assert header[-3:] == ("ชื่อตัว", "วันเกิด", "โทรศัพท์")
    assert [line[-3:] for line in rows] == [("มาลี", "15/03/2493", "081 234 5678")]
    assert rows[0][1] == 76
    assert 'filename="mudmai-persons-2569-11-02.xlsx"' in answer["Content-Disposition"]


def test_the_log_says_who_took_what_and_what_for(client_of, somsri, town):
    content(client_of(somsri).post(PERSONS + "?fact=bedridden", asked()))

    line = Entry.objects.get(action="people.exported")
    assert (line.who, line.purpose, line.object_kind, line.area_code) == (somsri, "visit", "persons", "520306")
    assert line.details["rows"] == 1
    assert line.details["filter"] == {"fact": "bedridden"}
    assert "มาลี" not in json.dumps(line.details, ensure_ascii=False)


@pytest.mark.parametrize("missing", ["purpose", "columns"])
def test_without_purpose_or_columns_nothing_leaves(client_of, somsri, town, missing):
    answer = client_of(somsri).post(PERSONS, asked(**{missing: ""}))

    assert answer.status_code == 422
    assert not Entry.objects.filter(action="people.exported").exists()


def test_nobody_takes_columns_of_a_class_he_does_not_see(client_of, wichai, somsri, town):
    offered = client_of(somsri).get(PERSONS).context["form"].offered

    assert "adl_group" in offered
    assert {str(each.data_class) for each in offered.values()} <= {"identity", "contact", "social", "money", "health"}
    refused = client_of(somsri).post(PERSONS, asked(columns=["given_name", "cid"]))
    assert refused.status_code == 422


def test_whole_ids_are_taken_only_when_asked_for(client_of, somsri, town):
    client = client_of(somsri)
    without = client.post(PERSONS + "?sex=f", asked(format="csv"))
    whole = client.post(PERSONS + "?sex=f", asked(format="csv", full_id="on"))

    assert "1520300000019" not in content(without).decode()
    assert "1520300000019" in content(whole).decode()
    assert [line.details["full_ids"] for line in Entry.objects.filter(action="people.exported").order_by("id")] == [
        False,
        True,
    ]


def test_a_volunteer_takes_nothing(client_of, noi, town):
    assert client_of(noi).post(PERSONS, asked()).status_code == 403


def test_another_province_takes_an_empty_list(client_of, stranger, town):
    assert len(sheet(client_of(stranger).post(PERSONS, asked()))) == 1


def test_a_cell_that_is_a_formula_is_text_in_csv_and_in_excel(client_of, somsri):
    tell(row("=HYPERLINK(0)", "@cmd"))
    client = client_of(somsri)

    text = content(client.post(PERSONS, asked(format="csv", columns=["given_name", "family_name"]))).decode("utf-8-sig")
    [_header, line] = csv.reader(io.StringIO(text))
    assert line[-2:] == ["'=HYPERLINK(0)", "'@cmd"]
    book = client.post(PERSONS, asked(columns=["given_name", "family_name"]))
    cells = next(iter(openpyxl.load_workbook(io.BytesIO(content(book))).active.iter_rows(min_row=2)))
    assert [cell.data_type for cell in cells[-2:]] == ["s", "s"]


def test_households_become_points_for_gis_and_those_without_a_pin_stay_in(client_of, somsri, town):
    answer = client_of(somsri).post("/export/households/", asked(format="geojson", columns=["house_no"]))

    features = json.loads(content(answer))["features"]
    assert [each["geometry"] and each["geometry"]["coordinates"] for each in features] == [
        [PLACE["lon"], PLACE["lat"]],
        None,
        None,
    ]
    assert features[0]["properties"]["บ้านเลขที่"] == "12/3"


def test_households_with_a_pin_open_in_google_my_maps(client_of, somsri, town):
    answer = client_of(somsri).post("/export/households/", asked(format="kml", columns=["house_no"]))

    marks = ElementTree.fromstring(content(answer)).findall(f".//{KML}Placemark")
    assert [mark.findtext(f"{KML}name") for mark in marks] == ["บ้านเลขที่ 12/3 หมู่ 1"]
    assert marks[0].findtext(f"{KML}Point/{KML}coordinates") == "99.383000,18.208500"
    assert answer["Content-Disposition"].endswith('.kml"')


def test_more_points_than_a_layer_takes_come_as_several_files(client_of, somsri, monkeypatch):
    monkeypatch.setattr(points, "MOST_IN_A_LAYER", 20)
    crowd(50, **PLACE)

    answer = client_of(somsri).post("/export/households/", asked(format="kml", columns=["house_no"]))

    packed = zipfile.ZipFile(io.BytesIO(content(answer)))
    counts = [
        len(ElementTree.fromstring(packed.read(name)).findall(f".//{KML}Placemark")) for name in packed.namelist()
    ]
    assert counts == [20, 20, 10]
    assert Entry.objects.get(action="people.exported").details["rows"] == 50


def test_a_long_list_is_sent_while_it_is_written_in_the_readers_language(client_of, somsri, monkeypatch):
    monkeypatch.setattr("mudmai.pages.services.exporting.PIECE_BYTES", 100)
    crowd(50)
    answer = client_of(somsri).post(PERSONS, asked(format="csv"))

    with translation.override("en"):  # of the request that this thread serves next
        pieces = list(answer.streaming_content)

    assert len(pieces) > 10
    lines = list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"))))
    assert len(lines) == 51
    assert lines[0][0] == "รหัสบุคคล"
    assert lines[1][4] == "มีชีวิตอยู่"


@pytest.fixture
def too_long(monkeypatch, settings, tmp_path):
    """Lists of more than two rows are long; files lie in a folder of their own."""
    monkeypatch.setattr("mudmai.pages.services.MOST_AT_ONCE", 2)
    monkeypatch.setattr("mudmai.pages.services.exporting.TELL_EVERY_ROWS", 1)
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_a_list_too_long_to_wait_for_is_written_by_a_job_and_fetched(client_of, somsri, noi, town, too_long):
    client = client_of(somsri)
    sent = client.post(PERSONS, asked(columns=["given_name"]))

    page = client.get(sent.url)
    assert page.context["ready"]
    assert Entry.objects.get(action="people.exported").details["rows"] == 4
    [file] = (too_long / "exports").iterdir()
    assert file.read_bytes()[:2] != b"PK"
    book = client.get(sent.url + "fetch/")
    assert "mudmai-persons-2569-11-02.xlsx" in book["Content-Disposition"]
    names = [line[-1] for line in openpyxl.load_workbook(io.BytesIO(book.content)).active.values]
    assert names == ["ชื่อตัว", "ชัย", "แดง", "มาลี", "สมาน"]
    assert client_of(noi).get(sent.url + "fetch/").status_code == 404


def test_whose_duty_has_ended_fetches_nothing(client_of, somsri, town, too_long):
    client = client_of(somsri)
    sent = client.post(PERSONS, asked())
    Duty.objects.all().delete()

    assert client.get(sent.url + "fetch/").status_code == 403


def test_while_the_job_runs_the_page_says_how_far_it_is(client_of, somsri, town, too_long, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    client = client_of(somsri)
    sent = client.post(PERSONS, asked())
    Export.objects.update(done=3)

    page = client.get(sent.url)

    assert 'hx-trigger="every 1s"' in page.content.decode()
    assert "3 จาก 4" in page.content.decode()
    assert client.get(sent.url, headers={"HX-Request": "true"}).templates[0].name == "shared/progress.html"
    assert client.get(sent.url + "fetch/").status_code == 404
    Export.objects.update(failed=True)
    assert client.get(sent.url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "ลองอีกครั้ง" in client.get(sent.url).content.decode()


def test_a_worker_that_stops_leaves_the_list_and_writes_it_anew(client_of, somsri, town, too_long):
    keep = people.PersonFilter()
    export = begin_export(somsri, "persons", keep, ["given_name"], full_id=False, total=4)
    stopping.request()
    try:
        with pytest.raises(stopping.StoppedEarly):
            finish_export(export)
    finally:
        stopping.forget()
    export.refresh_from_db()
    assert (export.finished_at, export.failed, export.done) == (None, False, 1)

    finish_export(export)
    export.refresh_from_db()
    assert export.finished_at
    assert export.done == 4


def test_files_nobody_needs_any_more_are_deleted(client_of, somsri, town, too_long):
    client = client_of(somsri)
    sent = client.post(PERSONS, asked())
    assert clear_exports() == 0

    Export.objects.update(made_at=timezone.now() - timedelta(days=3))

    assert clear_exports() == 1
    assert list((too_long / "exports").iterdir()) == []
    assert client.get(sent.url).status_code == 404


def test_signs_that_xml_cannot_hold_are_left_out():
    placed = points.Placed(18.2, 99.3, "<b>&\x00\x0b", ['a"b\x01'])

    mark = ElementTree.fromstring(points.kml("t", ['ชื่อ "1"'], [placed])).find(f".//{KML}Placemark")
    assert mark.findtext(f"{KML}name") == "<b>&"
    assert mark.findtext(f".//{KML}value") == 'a"b'


def test_a_sheet_that_is_full_goes_on_on_the_next(monkeypatch):
    monkeypatch.setattr(tables, "LONGEST_SHEET", 3)
    file = io.BytesIO()

    assert tables.write_xlsx(file, "บุคคล", ["n"], ([n] for n in range(7))) == 7
    book = openpyxl.load_workbook(file)
    assert [[line[0] for line in one.values] for one in book] == [["n", 0, 1, 2], ["n", 3, 4, 5], ["n", 6]]


def test_there_is_no_other_list_to_take(client_of, somsri):
    assert client_of(somsri).get("/export/users/").status_code == 404
