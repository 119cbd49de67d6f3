"""Whatever a sheet looks like: finding its tables never fails, and every row is somewhere."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.sheets import HEADER, NAMES, people

from mudmai.intake.rules.tables import find_tables
from mudmai.kernel.workbook import CellError, Sheet

_WORDS = [
    *["", "", " ", "-", "ลำดับ", "ชื่อ-สกุล", "ที่อยู่", "บ้านเลขที่", "จังหวัด", "อายุ", "หมายเหตุ"],
    *["รวม", "รวมทั้งสิ้น", "total", "ที่มา : ทะเบียน", "หมู่ที่ 3", "ตำบลเกาะคา", "ปี พ.ศ. :"],
    *["”", "เหมือนบน", "ลงชื่อ..........", "นางสมศรี ใจงาม", "สมศรี", "ลำปาง", "x" * 300],
    *["12/3", "๑๒", "2569", "(1)", "(2)", "(3)", "1 ม.ค. 2490"],
]
cells = st.one_of(
    st.sampled_from(_WORDS),
    st.floats(allow_nan=True),
    st.integers(-5, 3000),
    st.none(),
    st.booleans(),
    st.dates(),
    st.text(max_size=8),
    st.just(CellError("#REF!")),
)
rows = st.one_of(
    st.lists(cells, max_size=7),
    st.just([]),
    st.just(list(HEADER)),
    st.sampled_from(people(*NAMES)),
    st.tuples(cells).map(list),
)
areas = st.tuples(st.integers(0, 12), st.integers(0, 6), st.integers(0, 6), st.integers(0, 6)).map(
    lambda a: (a[0], a[1], a[0] + a[2], a[1] + a[3])
)


def is_blank(row: list[object]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)


@settings(max_examples=400, deadline=None)
@given(st.lists(rows, max_size=25), st.lists(areas, max_size=4))
def test_every_row_is_in_a_header_a_title_the_rows_or_left(sheet_rows: list[list[object]], merged: list) -> None:
    before = [list(row) for row in sheet_rows]
    tables = find_tables(Sheet("แผ่น", sheet_rows, merged))
    placed: set[int] = set()
    taken: list[int] = []
    for table in tables:
        placed.update(range(table.header_rows[0], table.header_rows[1] + 1), table.title_rows)
        placed.update(*(range(left.first, left.last + 1) for left in table.left))
        if table.header_rows[0]:
            assert all(row.number > table.header_rows[1] for row in table.rows)
        taken += sorted({row.number for row in table.rows})
        assert [row.number for row in table.rows] == sorted({row.number for row in table.rows})
    filled = {i for i, row in enumerate(sheet_rows, 1) if not is_blank(row)}
    assert filled <= placed | set(taken)
    assert [repr(row) for row in sheet_rows] == [repr(row) for row in before], "the sheet stays as it was"
    explained = {n for t in tables for left in t.left if left.why != "beside" for n in range(left.first, left.last + 1)}
    assert not explained & set(taken), "no row is both taken and left"
