"""Sheets written as offices write them, for tests of the reader."""

from mudmai.intake.rules.tables import Table, find_tables
from mudmai.kernel.workbook import Sheet

HEADER = ["ลำดับ", "เลขประจำตัวประชาชน", "ชื่อ-สกุล", "วันเกิด", "บ้านเลขที่", "หมู่", "หมายเหตุ"]


def person(number: object, name: str, *, house: str = "12/3", moo: object = 3, note: str = "") -> list[object]:
    """One row under HEADER; the ids are invented."""
    return [number, f"1-5203-0000{len(name) % 10}-1{len(name) % 10}-9", name, "1 ม.ค. 2490", house, moo, note]


def people(*names: str) -> list[list[object]]:
    return [person(i, name) for i, name in enumerate(names, 1)]


NAMES = ("นางสมศรี ใจงาม", "นายบุญมา แก้วคำ", "นางสาวจันทร์ดี มูลเมือง", "นายคำปัน วงศ์ไชย", "นางบัวผัน ต๊ะวงศ์")


def sheet(*rows: list[object], merged: list[tuple[int, int, int, int]] | None = None) -> Sheet:
    return Sheet("แผ่นที่ 1", list(rows), merged or [])


def tables(*rows: list[object], merged: list[tuple[int, int, int, int]] | None = None) -> list[Table]:
    return find_tables(sheet(*rows, merged=merged))


def table(*rows: list[object], merged: list[tuple[int, int, int, int]] | None = None) -> Table:
    (found,) = tables(*rows, merged=merged)
    return found


def names(found: Table) -> list[object]:
    """The cells of the column of names."""
    column = next(c.index for c in found.columns if "ชื่อ" in c.header)
    return [row.cells[column] for row in found.rows]


def left(found: Table) -> list[tuple[int, int, str]]:
    """What was left out, but for blank rows."""
    return [(part.first, part.last, part.why) for part in found.left if part.why != "blank"]
