"""Web pages that call themselves .xls, as many systems of the ministries export them."""

from mudmai.intake.rules.tables import find_tables
from mudmai.kernel.workbook import read_workbook

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>
<table border="1"><tr><th rowspan="2">ลำดับ</th><th rowspan="2">ชื่อ-สกุล</th><th colspan="2">ที่อยู่</th></tr>
<tr><th>บ้านเลขที่</th><th>หมู่ที่</th></tr>
<tr><td>1</td><td>นางสมศรี&nbsp; ใจงาม</td><td>12/3</td><td>4</td></tr>
<tr><td>2</td><td>นายบุญมา<br>แก้วคำ<script>alert(1)</script></td><td rowspan="2">7</td><td>4</td></tr>
<tr><td>3</td><td>นางบัวผัน ต๊ะวงศ์</td><td>5</td></tr></table></body></html>"""


def test_spans_become_merged_cells_and_a_header_of_two_rows() -> None:
    workbook = read_workbook(PAGE.format(charset="windows-874").encode("cp874"), "report.xls")
    (table,) = find_tables(workbook.sheets[0])
    assert table.header_rows == (1, 2)
    assert [column.header for column in table.columns] == ["ลำดับ", "ชื่อ-สกุล", "ที่อยู่ › บ้านเลขที่", "ที่อยู่ › หมู่ที่"]
    assert [row.cells for row in table.rows] == [
        ["1", "นางสมศรี ใจงาม", "12/3", "4"],
        ["2", "นายบุญมา\nแก้วคำ", "7", "4"],
        ["3", "นางบัวผัน ต๊ะวงศ์", "7", "5"],
    ]


def test_pages_in_utf_8_and_utf_16_with_an_xml_prolog() -> None:
    prolog = '<?xml version="1.0" encoding="utf-8"?>\n'
    for data in (
        (prolog + PAGE.format(charset="utf-8")).encode(),
        ("\ufeff" + PAGE.format(charset="unicode")).encode("utf-16-le"),
    ):
        rows = read_workbook(data, "report.xls").sheets[0].rows
        assert rows[2] == ["1", "นางสมศรี ใจงาม", "12/3", "4"]


def test_a_table_that_only_lays_out_the_page_is_looked_through() -> None:
    rows = "".join(f"<tr><td>{i}</td><td>คนที่ {i}</td></tr>" for i in range(5))
    inner = f"<table>{rows}</table>"
    page = f"<html><body><table><tr><td>เมนู</td><td>{inner}</td></tr></table></body></html>"
    workbook = read_workbook(page.encode(), "a.html")
    assert [len(sheet.rows) for sheet in workbook.sheets] == [5]
