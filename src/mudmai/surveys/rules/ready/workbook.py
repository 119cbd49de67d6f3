"""Writes a form as an XLSForm workbook that reads well in Excel."""

import io
from collections.abc import Iterable
from datetime import datetime

import xlsxwriter

from mudmai.surveys.rules.ready.rows import Sheets
from mudmai.surveys.rules.scales import picture_name

THAI, ENGLISH = "ไทย (th)", "English (en)"
# {our key: column of XLSForm}, in the order of the sheet.
COLUMNS = {
    "type": "type",
    "name": "name",
    "th": f"label::{THAI}",
    "en": f"label::{ENGLISH}",
    "hint_th": f"hint::{THAI}",
    "hint_en": f"hint::{ENGLISH}",
    "required": "required",
    "relevant": "relevant",
    "constraint": "constraint",
    "wrong_th": f"constraint_message::{THAI}",
    "wrong_en": f"constraint_message::{ENGLISH}",
    "calculation": "calculation",
    "default": "default",
    "appearance": "appearance",
    "parameters": "parameters",
    "repeat_count": "repeat_count",
    "readonly": "readonly",
}
_WIDTHS = {"type": 28, "name": 24, "th": 44, "en": 32, "hint_th": 32, "hint_en": 24, "relevant": 36, "calculation": 40}
_MADE = datetime(2026, 11, 1)  # noqa: DTZ001 - a day without meaning: the same form is the same bytes


def workbook(sheets: Sheets, *, form_id: str, title: str, version: str) -> bytes:
    """The bytes of an .xlsx with the sheets survey, choices and settings."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _MADE})
    used = [key for key in COLUMNS if any(key in row for row in sheets.survey)]
    _sheet(
        book,
        "survey",
        [COLUMNS[key] for key in used],
        ([row.get(key, "") for key in used] for row in sheets.survey),
        [_WIDTHS.get(key, 18) for key in used],
    )
    heads = ["list_name", "name", COLUMNS["th"], COLUMNS["en"]]
    heads += [f"media::image::{THAI}", f"media::image::{ENGLISH}"] if sheets.pictures else []
    choices = (
        [name, code, thai, english, *[picture_name(name, code)] * (len(heads) - 4)]
        for name, told in sheets.lists.items()
        for code, (thai, english) in told.items()
    )
    _sheet(book, "choices", heads, choices, [24, 20, 60, 60, 28, 28][: len(heads)])
    settings = {"form_title": title, "form_id": form_id, "version": version, "default_language": THAI}
    _sheet(book, "settings", list(settings), [list(settings.values())], [44, 24, 16, 20])
    book.close()
    return out.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, name: str, heads: list[str], rows: Iterable[list[str]], widths: list[int]
) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EDEFEA"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            if text:
                sheet.write_string(number, column, text, wrap)
    sheet.freeze_panes(1, 2)
