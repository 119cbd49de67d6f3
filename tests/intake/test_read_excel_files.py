"""Workbooks of every kind come out with the same cells."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from tests.intake.books import ROWS, ods, ods_cell, ods_table, xlsx
from tests.intake.old_excel import Failed, xls

from mudmai.intake.rules.tables import find_tables
from mudmai.kernel.workbook import CellError, Workbook, read_workbook


def codes(workbook: Workbook) -> list[str]:
    return [remark.code for remark in workbook.remarks]


def test_xlsx_xls_and_ods_give_the_same_cells() -> None:
    out, book, _ = xlsx(ROWS)
    book.close()
    content = ods_table(*("".join(map(ods_cell, row)) for row in ROWS))
    for kind, data in [("xlsx", out.getvalue()), ("xls", xls({"ทะเบียน": ROWS})), ("ods", ods(content))]:
        workbook = read_workbook(data, f"รายชื่อ.{kind}")
        assert workbook.kind == kind
        assert [(sheet.name, sheet.rows) for sheet in workbook.sheets] == [("ทะเบียน", ROWS)]
        assert workbook.remarks == []


def test_a_workbook_under_another_name_is_read_for_what_it_is() -> None:
    assert codes(read_workbook(xls({"ก": ROWS}), "list.xlsx")) == ["really_xls"]
    out, book, _ = xlsx(ROWS)
    book.close()
    workbook = read_workbook(out.getvalue(), "list.csv")
    assert (workbook.kind, codes(workbook)) == ("xlsx", ["really_xlsx"])
    assert ".csv" in workbook.remarks[0].sentence % workbook.remarks[0].params


def test_failed_formulas_become_errors_in_their_cells() -> None:
    out, book, sheet = xlsx([["ก", "ข", "ค"], ["x", "", "y"]])
    sheet.write_formula("B2", "=1/0", None, "#DIV/0!")  # type: ignore[attr-defined]
    sheet.write_formula("E4", "=A9", None, "#REF!")  # type: ignore[attr-defined]
    book.close()
    workbook = read_workbook(out.getvalue(), "a.xlsx")
    assert workbook.sheets[0].rows[1][:3] == ["x", CellError("#DIV/0!"), "y"]
    assert workbook.sheets[0].rows[3] == ["", "", "", "", CellError("#REF!")]
    assert dict(workbook.remarks[0].params) == {"sheet": "ทะเบียน", "count": 2, "examples": "#DIV/0!, #REF!"}


def test_failed_formulas_of_old_excel_and_open_document() -> None:
    old = xls({"ก": [["a", "b"], ["x", Failed("#REF!")]], "ข": [["a", Failed("#DIV/0!")]]}, failed=(2, 1))
    sheets = read_workbook(old, "a.xls").sheets
    assert (sheets[0].rows[1][1], sheets[0].rows[2][1]) == (CellError("#REF!"), CellError("#N/A"))
    assert sheets[1].rows[0][1] == CellError("#DIV/0!")
    failed = ods_cell("Err:502", 'table:formula="of:=X()" calcext:value-type="error"')
    opened = read_workbook(ods(ods_table(ods_cell("a") + failed, ods_cell("b") + ods_cell(1.0))), "a.ods")
    assert opened.sheets[0].rows == [["a", CellError("#VALUE!")], ["b", 1.0]]


def test_merged_cells_hidden_sheets_and_first_cells_far_from_the_corner() -> None:
    out, book, sheet = xlsx([])
    sheet.merge_range(2, 1, 3, 2, "ที่อยู่")  # type: ignore[attr-defined]
    hidden = book.add_worksheet("ซ่อน")
    hidden.write(0, 0, "x")
    hidden.hide()
    book.close()
    first, second = read_workbook(out.getvalue(), "a.xlsx").sheets
    assert first.merged == [(2, 1, 3, 2)]
    assert first.rows[2][1] == "ที่อยู่"
    assert (first.hidden, second.hidden) == (False, True)
    content = ods_table(ods_cell("x", 'table:number-columns-spanned="2" table:number-rows-spanned="3"') + ods_cell(1.0))
    assert read_workbook(ods(content), "a.ods").sheets[0].merged == [(0, 0, 2, 1)]


def test_values_are_kept_as_they_are() -> None:
    out, book, sheet = xlsx([["เลขประจำตัวประชาชน", 1849801041308.0, "x" * 10_000, "<script>alert(1)</script>", True]])
    sheet.write_datetime(1, 0, date(1947, 1, 31), book.add_format({"num_format": "dd/mm/yyyy"}))  # type: ignore[attr-defined]
    book.close()
    rows = read_workbook(out.getvalue(), "a.xlsx").sheets[0].rows
    assert rows[0] == ["เลขประจำตัวประชาชน", 1849801041308.0, "x" * 10_000, "<script>alert(1)</script>", True]
    assert rows[1][0] == date(1947, 1, 31)


def test_three_hundred_columns_are_read_and_said() -> None:
    out, book, _ = xlsx([[f"คอลัมน์ {i}" for i in range(300)], [float(i) for i in range(300)]])
    book.close()
    workbook = read_workbook(out.getvalue(), "a.xlsx")
    assert codes(workbook) == ["many_columns"]
    (table,) = find_tables(workbook.sheets[0])
    assert (len(table.columns), table.header_rows, len(table.rows)) == (300, (1, 1), 1)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_cell_after_a_million_blank_rows_costs_nothing(prefix: str) -> None:
    out, book, sheet = xlsx([[f"ช่อง{i}" for i in range(20)], ["นางสมศรี ใจงาม", *range(19)]])
    sheet.write(1_048_574, 1, "หลง")  # type: ignore[attr-defined]
    sheet.write_formula(1_048_575, 19, "=A9", None, "#REF!")  # type: ignore[attr-defined]
    sheet.merge_range(0, 30, 0, 31, "ผสาน")  # type: ignore[attr-defined]
    book.close()
    data = with_prefix(out.getvalue(), prefix)
    workbook = read_workbook(data, "a.xlsx")
    (found,) = workbook.sheets
    assert len(found.rows) == 1_048_576
    assert found.rows[1][:3] == ["นางสมศรี ใจงาม", 0.0, 1.0]
    assert (found.rows[-2][1], found.rows[-1][19]) == ("หลง", CellError("#REF!"))
    assert (found.rows[0][30], found.merged) == ("ผสาน", [(0, 30, 0, 31)])
    assert codes(workbook) == ["empty_rows", "formula_errors"]
    assert find_tables(found)[0].rows[0].number == 2


def with_prefix(data: bytes, prefix: str) -> bytes:
    """The same workbook as writers other than Excel write it: with a prefix before each tag of the sheet."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            xml = old.read(name)
            if prefix and "worksheets/" in name:
                for tag in b"worksheet sheetData row c v f is t mergeCells mergeCell".split():
                    for end in (b" ", b">", b"/"):
                        xml = xml.replace(b"<" + tag + end, b"<" + prefix.encode() + tag + end)
                    xml = xml.replace(b"</" + tag + b">", b"</" + prefix.encode() + tag + b">")
                xml = xml.replace(b' xmlns="', b' xmlns="http://x" xmlns:x="')
            new.writestr(name, xml)
    return out.getvalue()


def test_a_million_formatted_blank_rows_cost_little() -> None:
    out, book, _ = xlsx(ROWS)
    book.close()
    blank = b"".join(b'<row r="%d"><c r="A%d" s="0"/><c r="B%d" s="0"/></row>' % (i, i, i) for i in range(4, 300_000))
    changed = BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", blank + b"</sheetData>"))
    assert read_workbook(changed.getvalue(), "a.xlsx").sheets[0].rows == ROWS


def test_an_empty_sheet_beside_a_full_one_is_only_said() -> None:
    workbook = read_workbook(xls({"ก": ROWS, "ว่าง": []}), "a.xls")
    assert codes(workbook) == ["empty_sheet"]
    assert [find_tables(sheet) == [] for sheet in workbook.sheets] == [False, True]
