"""Lists written as text, in every encoding and with every delimiter that offices use."""

import pytest

from mudmai.kernel.workbook import CellError, Workbook, read_workbook

ROWS = [["ชื่อ-สกุล", "อายุ", "ที่อยู่"], ["นางสมศรี ใจงาม", "71", "12/3 หมู่ 4"], ["นายบุญมา แก้วคำ", "80", "7"]]


def text(delimiter: str = ",") -> str:
    return "\r\n".join(delimiter.join(row) for row in ROWS)


def read(data: bytes, filename: str = "รายชื่อ.csv") -> Workbook:
    return read_workbook(data, filename)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("cp874", "windows-874"),
        ("tis-620", "windows-874"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_every_encoding(encoding: str, said: str | None) -> None:
    workbook = read(text().encode(encoding))
    assert workbook.sheets[0].rows == ROWS
    assert [remark.params.get("encoding") for remark in workbook.remarks] == ([said] if said else [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter(delimiter: str) -> None:
    assert read(text(delimiter).encode(), "list.txt").sheets[0].rows == ROWS


def test_the_delimiter_that_excel_names_on_the_first_line() -> None:
    workbook = read(b"sep=;\r\n" + text(";").encode())
    assert workbook.sheets[0].rows == [[], *ROWS]


def test_quotes_hold_commas_line_breaks_and_quotes() -> None:
    data = 'ชื่อ,ที่อยู่\n"ใจงาม, สมศรี","12/3\nหมู่ ""4"""\n'.encode()
    assert read(data).sheets[0].rows[1] == ["ใจงาม, สมศรี", '12/3\nหมู่ "4"']


def test_a_stray_quotation_mark_does_not_swallow_the_list() -> None:
    lines = ["ลำดับ,ชื่อ,หมู่", '1,สมศรี,"3', *[f"{i},คนที่ {i},3" for i in range(2, 200)]]
    workbook = read("\n".join(lines).encode())
    assert len(workbook.sheets[0].rows) == 200
    assert [remark.code for remark in workbook.remarks] == ["stray_quotes"]


def test_a_few_damaged_letters_are_counted_and_the_rest_is_read() -> None:
    data = text().encode() * 20 + b"\xff"
    workbook = read(data)
    assert workbook.sheets[0].rows[1] == ROWS[1]
    assert dict(workbook.remarks[0].params) == {"count": 1}


def test_errors_of_formulas_that_were_saved_as_text() -> None:
    assert read("ชื่อ,อายุ\nสมศรี,#N/A\n".encode()).sheets[0].rows[1][1] == CellError("#N/A")


def test_a_csv_that_calls_itself_excel_is_read_and_said() -> None:
    workbook = read(text().encode("cp874"), "list.xls")
    assert (workbook.kind, [remark.code for remark in workbook.remarks]) == ("csv", ["really_text", "encoding"])


def test_one_column_and_a_cell_of_ten_thousand_letters() -> None:
    assert read(("ชื่อ\n" + "ก" * 10_000).encode()).sheets[0].rows == [["ชื่อ"], ["ก" * 10_000]]
