"""Small forms of our own, written as XLSForm tables, and the real ones beside the checkout."""

import io
import warnings
from functools import cache
from pathlib import Path

import openpyxl
from pyxform.xls2xform import convert

from mudmai.surveys.rules.xform import XForm

HOUSE = """
| survey |
| | type | name | label::English (en) | label::ไทย (th) | required | relevant | constraint | constraint_message::ไทย (th) | calculation | choice_filter | repeat_count |
| | start | start | | | | | | | | | |
| | end | end | | | | | | | | | |
| | select_one outcome | visit_outcome | Outcome | ผลการเยี่ยม | yes | | | | | | |
| | begin_group | house | House | บ้าน | | ${visit_outcome} = 'done' | | | | | |
| | text | house_number | House number | บ้านเลขที่ | yes | | regex(., '^[0-9]+(/[0-9]+)?$') | บ้านเลขที่เป็นตัวเลข เช่น 12/3 | | | |
| | geopoint | point | Pin | หมุด | | | | | | | |
| | select_one district | district | District | อำเภอ | | | | | | | |
| | select_one village | village | Village | หมู่บ้าน | | | | | | district = ${district} | |
| | select_multiple water | water | Water | น้ำ | | | not(selected(., 'none') and count-selected(.) > 1) | เลือก "ไม่มี" อย่างเดียว | | | |
| | image | photo | Photo | ภาพ | | | | | | | |
| | begin_repeat | members | Members | สมาชิก | | | | | | | |
| | text | given_name | Name | ชื่อ | yes | | | | | | |
| | date | birth_date | Born | เกิด | | | . <= today() | วันเกิดต้องไม่อยู่ในอนาคต | | | |
| | calculate | age | | | | | | | int((today() - ${birth_date}) div 365.25) | | |
| | integer | adl_score | ADL | คะแนน ADL | | ${age} >= 60 | . >= 0 and . <= 20 | | | | |
| | end_repeat | | | | | | | | | | |
| | calculate | people | | | | | | | count(${members}) | | |
| | calculate | old | | | | | | | count(${members}[./age >= 60]) | | |
| | integer | pets | Pets | จำนวนสัตว์เลี้ยง | | | . >= 0 and . <= 9 | | | | |
| | begin_repeat | pet | Pets | สัตว์เลี้ยง | | | | | | | ${pets} |
| | text | pet_name | Name | ชื่อสัตว์ | | | | | | | |
| | end_repeat | | | | | | | | | | |
| | end_group | | | | | | | | | | |
| choices |
| | list_name | name | label::English (en) | label::ไทย (th) | district |
| | outcome | done | Done | พบ | |
| | outcome | refused | Refused | ไม่ให้ข้อมูล | |
| | district | kokha | Ko Kha | เกาะคา | |
| | district | ngao | Ngao | งาว | |
| | village | v1 | Village 1 | หมู่ 1 | kokha |
| | village | v2 | Village 2 | หมู่ 2 | kokha |
| | village | v3 | Village 3 | หมู่ 3 | ngao |
| | water | tap | Tap | ประปา | |
| | water | well | Well | บ่อ | |
| | water | none | None | ไม่มี | |
| settings |
| | form_id | version | form_title | default_language |
| | house_test | 2569-11 | แบบสำรวจบ้าน | ไทย (th) |
"""  # noqa: E501 - a table is read by its rows


@cache
def house_xml() -> str:
    """The XForm of the house form."""
    return xform_of(HOUSE)


@cache
def house_form() -> XForm:
    return XForm.parse(house_xml())


def xform_of(source: str | Path) -> str:
    """The XForm that pyxform makes of a table in Markdown or of a workbook."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return str(convert(source).xform)


def real_forms(folder: Path, which: str = "*.xls*") -> dict[str, str]:
    """The XForms of the real XLSForms that pyxform can read, by the name of their file."""
    made = {}
    for path in sorted(folder.glob(which)):
        try:
            made[path.name] = xform_of(path)
        except Exception:
            continue
    return made


def house_workbook() -> bytes:
    """The house form as somebody would upload it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for line in HOUSE.strip().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if cells[0]:
            sheet = book.create_sheet(cells[0])
        else:
            sheet.append([cell or None for cell in cells[1:]])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
