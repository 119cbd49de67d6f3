"""A small civil register of Ko Kha as a workbook, for the screens."""

import io
from collections.abc import Sequence

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mudmai.kernel.ids import check_digit

TITLE = "ทะเบียนราษฎร ตำบลเกาะคา อำเภอเกาะคา จังหวัดลำปาง ณ วันที่ 1 ตุลาคม 2569"
HEADERS = ("ลำดับ", "เลขประจำตัวประชาชน", "คำนำหน้า", "ชื่อ", "นามสกุล", "บ้านเลขที่", "หมู่ที่")


def cid(number: int) -> str:
    first = f"35203{number:07d}"
    return first + check_digit(first)


ROWS = (
    ("1", cid(1), "นาย", "สมชาย", "ใจดี", "12/3", "1"),
    ("2", cid(2), "นางสาว", "มาลี", "ใจดี", "12/3", "1"),
    ("3", cid(3), "นาง", "คำปัน", "แก้วมา", "7", "2"),
)


def book(rows: Sequence[Sequence[str]] = ROWS, name: str = "ทะเบียนราษฎร.xlsx") -> SimpleUploadedFile:
    """The list with its title row, as an upload."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append([TITLE])
    sheet.append(HEADERS)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def send(browser: Client, *files: SimpleUploadedFile, follow: bool = False):
    """Drop files on the screen."""
    return browser.post(reverse("intake:upload"), {"file": list(files)}, follow=follow)
