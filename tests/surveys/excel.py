"""Forms as somebody makes them in Excel, for tests."""

import io
from collections.abc import Sequence

import openpyxl

SURVEY = ("type", "name", "label")
CHOICES = ("list_name", "name", "label")
SETTINGS = {"form_id": "house_visit", "form_title": "เยี่ยมบ้าน", "version": "1"}
# A small form that is right: a house, what came of the visit, and its members.
VISIT: tuple[tuple[str, ...], ...] = (
    ("text", "house_no", "บ้านเลขที่"),
    ("select_one outcome", "visit_outcome", "ผลการเยี่ยม"),
    ("begin_repeat", "members", "สมาชิก"),
    ("text", "given_name", "ชื่อ"),
    ("text", "birthday_told", "วันเดือนปีเกิด"),
    ("end_repeat", "", ""),
    ("image", "photo", "รูปบ้าน"),
)
OUTCOMES = (("outcome", "done", "พบ"), ("outcome", "nobody_home", "ไม่พบใคร"))


def excel(
    survey: Sequence[Sequence[object]] = VISIT,
    choices: Sequence[Sequence[object]] = OUTCOMES,
    *,
    columns: Sequence[str] = SURVEY,
    choice_columns: Sequence[str] = CHOICES,
    settings: dict[str, str] | None = None,
    names: tuple[str, str, str] = ("survey", "choices", "settings"),
) -> bytes:
    """The bytes of a workbook with these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = names[0]
    for row in (columns, *survey):
        sheet.append(list(row))
    if choices:
        sheet = book.create_sheet(names[1])
        for row in (choice_columns, *choices):
            sheet.append(list(row))
    told = SETTINGS if settings is None else settings
    if told:
        sheet = book.create_sheet(names[2])
        sheet.append(list(told))
        sheet.append(list(told.values()))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def settings(**changed: str) -> dict[str, str]:
    return SETTINGS | changed
