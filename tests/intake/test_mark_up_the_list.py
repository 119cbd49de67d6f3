"""The sheet comes back marked up: each row with what became of it, the codes, and the problem in words."""

import io
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from tests.intake import lists

from mudmai.intake import services as intake
from mudmai.intake.services import reporting
from mudmai.people.models import Person

pytestmark = pytest.mark.django_db


def opened(upload: object) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(intake.report(upload)))  # type: ignore[arg-type]


def test_each_row_is_marked_in_its_place_beside_the_table() -> None:
    bad = lists.person(3, cid="3523300000000")
    upload = lists.imported(lists.xlsx(*lists.people(3), bad, lists.person(4, name="")))

    sheet = opened(upload)["หมู่ 1"]

    assert [sheet.cell(3, column).value for column in range(8, 12)] == ["ผล", "รหัสบุคคล", "รหัสครัวเรือน", "ปัญหา"]
    somsri = Person.objects.get(given_name="สมศรี")
    assert somsri.household is not None
    assert [sheet.cell(4, column).value for column in range(8, 11)] == ["คนใหม่", somsri.code, somsri.household.code]
    assert sheet.cell(4, 11).value in (None, "")
    assert sheet.cell(7, 11).value.startswith("B7: ")
    assert sheet.cell(8, 8).value == "นำเข้าไม่ได้"
    assert sheet.cell(8, 9).value in (None, "")
    assert sheet.cell(1, 1).value == lists.TITLE


def test_the_senders_looks_and_other_sheets_stay() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("รายชื่อ")
        page.set_column(0, 0, 33)
        page.merge_range(0, 0, 0, 6, lists.TITLE, book.add_format({"bold": True, "bg_color": "#AABBCC"}))
        page.write_row(1, 0, lists.HEADER)
        for i, row in enumerate(lists.people(3)):
            page.write_row(2 + i, 0, row)
        page.write_formula(7, 0, "=SUM(A3:A5)")
        book.add_worksheet("บันทึก").write(4, 2, "ของเรา")
    upload = lists.previewed(out.getvalue())

    book = opened(upload)

    page = book["รายชื่อ"]
    assert page.column_dimensions["A"].width == pytest.approx(33, abs=1)
    assert page["A1"].fill.fgColor.rgb == "FFAABBCC"
    assert page["A8"].value == "=SUM(A3:A5)"
    assert book["บันทึก"]["C5"].value == "ของเรา"
    assert page["H2"].value == "ผล"


def test_a_text_file_comes_back_as_a_workbook_with_the_same_rows() -> None:
    upload = lists.imported(lists.as_csv(*lists.people(3)), "รายชื่อ.csv")

    (sheet,) = opened(upload)

    assert sheet.cell(4, 2).value == lists.cid(0)
    assert sheet.cell(4, 8).value == "คนใหม่"


def test_what_begins_like_a_formula_stays_text() -> None:
    danger = '=HYPERLINK("http://example.invalid","x")'
    upload = lists.imported(
        lists.as_csv(lists.person(0, name="+นายบุญมา แก้วคำ"), lists.person(1, house=danger)), "ก.csv"
    )

    (sheet,) = opened(upload)

    assert [sheet.cell(4, 3).data_type, sheet.cell(5, 6).data_type] == ["s", "s"]
    assert sheet.cell(5, 6).value == danger


def test_a_formula_of_the_sender_that_reaches_out_becomes_text() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("รายชื่อ")
        page.write(0, 0, lists.TITLE)
        page.write_row(1, 0, lists.HEADER)
        for i, row in enumerate(lists.people(3)):
            page.write_row(2 + i, 0, row)
        page.write_formula(5, 9, '=WEBSERVICE("http://example.invalid")', None, "x")
    upload = lists.previewed(out.getvalue())

    page = opened(upload)["รายชื่อ"]

    assert page["J6"].data_type == "s"


def test_a_long_list_is_written_without_looks_but_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "KEEPS_LOOKS_UP_TO", 2)
    upload = lists.imported(lists.xlsx(*lists.people(3), lists.person(3, birth=date(1950, 1, 2))))

    sheet = opened(upload)["หมู่ 1"]

    assert sheet.cell(3, 8).value == "ผล"
    assert sheet.cell(7, 5).value.date() == date(1950, 1, 2)
    assert sheet.cell(7, 8).value == "คนใหม่"


def test_a_file_imported_before_is_marked_with_its_persons() -> None:
    data = lists.xlsx(*lists.people(3))
    lists.imported(data)

    sheet = opened(lists.imported(data))["หมู่ 1"]

    assert sheet.cell(4, 9).value == Person.objects.get(given_name="สมศรี").code


def test_there_is_no_report_before_the_preview() -> None:
    upload = intake.receive(by=None, filename="a.xlsx", data=lists.xlsx(*lists.people(3)))
    with pytest.raises(reporting.NoReport):
        intake.report(upload)
