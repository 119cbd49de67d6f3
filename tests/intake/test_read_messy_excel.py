"""Real files of Thai ministries: each is read, and its header and rows are where a person sees them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.intake.messy_expectations import MESSY, Seen

from mudmai.intake.rules.tables import Table, find_tables
from mudmai.kernel.workbook import Workbook, read_workbook


def read(folder: Path, name: str) -> Workbook:
    return read_workbook((folder / name).read_bytes(), name)


def only_table(workbook: Workbook, sheet: str) -> Table:
    (table,) = find_tables(next(s for s in workbook.sheets if s.name == sheet))
    return table


def test_every_file_of_the_folder_has_its_expectations(shared_data: Callable[[str], Path]) -> None:
    names = {path.name for path in shared_data("messy_excel").iterdir() if path.suffix != ".md"}
    assert names == set(MESSY)


@pytest.mark.parametrize("name", MESSY)
def test_header_and_rows_are_where_a_person_sees_them(shared_data: Callable[[str], Path], name: str) -> None:
    workbook = read(shared_data("messy_excel"), name)
    found = {}
    for sheet in workbook.sheets:
        for table in find_tables(sheet):
            assert sheet.name not in found, "one table on each sheet"
            first, last = (table.rows[0].number, table.rows[-1].number) if table.rows else (0, 0)
            found[sheet.name] = Seen(table.header_rows, first, last, len(table.rows))
    assert found == MESSY[name]


def test_a_header_of_three_merged_rows_is_joined(shared_data: Callable[[str], Path]) -> None:
    table = only_table(read(shared_data("messy_excel"), "elder_inmates_2551_3row_header.xls"), "Sheet1")
    assert [column.header for column in table.columns][1:4] == [
        "จังหวัด",
        "ปี 2551 › อายุ 60-69 › ช",
        "ปี 2551 › อายุ 60-69 › ญ",
    ]
    assert table.titles == ["สถิติผู้ต้องขังสูงอายุทั่วประเทศ จำแนกเพศและรายจังหวัด"]
    assert table.left_by_reason == {"total": 1, "blank": 1, "note": 3}


def test_an_unmerged_header_is_shared_to_the_right(shared_data: Callable[[str], Path]) -> None:
    table = only_table(read(shared_data("messy_excel"), "alien_workers_3_sheets.xls"), "ต่างด้าว50")
    assert [column.header for column in table.columns][:4] == [
        "จังหวัด",
        "รวมทั้งสิ้น › รวม",
        "รวมทั้งสิ้น › ชาย",
        "รวมทั้งสิ้น › หญิง",
    ]


def test_merged_cells_reach_down_and_subtotals_are_left(shared_data: Callable[[str], Path]) -> None:
    table = only_table(read(shared_data("messy_excel"), "poor_by_age_wide.xls"), "CrossTab_2R2C")
    assert [row.cells[1] for row in table.rows] == ["เขตเมือง"] * 3 + ["เขตชนบท"] * 3 + ["ทั่วประเทศ"] * 3
    assert [column.index for column in table.columns] == [1, 3, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25]
    assert [(left.first, left.why) for left in table.left if "total" in left.why] == [
        (10, "subtotal"),
        (14, "subtotal"),
        (18, "total"),
    ]


def test_a_web_page_in_windows_874_and_a_workbook_under_a_wrong_name_say_what_they_are(
    shared_data: Callable[[str], Path],
) -> None:
    page = read(shared_data("messy_excel"), "disabled_service_HTML_as_xls_win874.xls")
    assert (page.kind, [remark.code for remark in page.remarks]) == ("html", ["really_html", "encoding"])
    book = read(shared_data("messy_excel"), "olderfund_xlsx_named_xls.xls")
    assert (book.kind, book.remarks[0].code) == ("xlsx", "really_xlsx")


def test_a_blank_form_is_said_to_be_one(shared_data: Callable[[str], Path]) -> None:
    form = only_table(read(shared_data("messy_excel"), "unemployment_blank_template.xls"), "Form")
    assert form.remarks == ["few_values"]
    no_rows = only_table(read(shared_data("messy_excel"), "olderfund_xlsx_named_xls.xls"), "Sheet1")
    assert no_rows.remarks == ["no_rows"]
