"""Workbooks as municipal clerks make them: titles over the table, borders, TH Sarabun, a signature block."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from mudmai.site.demo.truth import Truth

INVENTED = "(ข้อมูลสมมติเพื่อการสาธิต ไม่ใช่บุคคลจริง)"
FONT = {"font_name": "TH Sarabun New", "font_size": 14}
CELL = {**FONT, "border": 1, "valign": "vcenter"}
FORMATS: dict[str, dict[str, Any]] = {
    "plain": CELL,
    "centre": {**CELL, "align": "center"},
    "text": {**CELL, "num_format": "@"},
    "top": {**CELL, "align": "center", "valign": "top"},
    "date": {**CELL, "num_format": "d/m/yyyy", "align": "center"},
    "day_month": {**CELL, "num_format": "d-mmm", "align": "center"},
    "number": {**CELL, "num_format": "0"},
    "money": {**CELL, "num_format": "#,##0"},
    "header": {**CELL, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#DDEBF7"},
    "title": {**FONT, "bold": True, "align": "center", "font_size": 16},
    "total": {**CELL, "bold": True, "bg_color": "#F2F2F2"},
    "total_money": {**CELL, "bold": True, "bg_color": "#F2F2F2", "num_format": "#,##0"},
    "beside": {**FONT, "italic": True, "font_color": "#C00000"},
    "bare": FONT,
}


@dataclass
class Book:
    """One workbook being written."""

    path: Path
    file: Any
    formats: dict[str, Any]
    truth: Truth

    def sheet(self, name: str, widths: Sequence[float]) -> "Sheet":
        page = self.file.add_worksheet(name)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        return Sheet(self, name, page, len(widths))


@dataclass
class Sheet:
    """A sheet with a pen: `row` is the next row to write, counted from 0."""

    book: Book
    name: str
    page: Any
    columns: int
    row: int = 0

    def titles(self, *lines: str) -> None:
        """Lines over the whole width, merged, as every Thai list begins."""
        for line in lines:
            self.page.merge_range(self.row, 0, self.row, self.columns - 1, line, self.book.formats["title"])
            self.row += 1

    def line(self, values: Sequence[object], style: str = "plain", styles: dict[int, str] | None = None) -> None:
        """One row of cells; `styles` says which columns look different."""
        for column, value in enumerate(values):
            self.cell(column, value, (styles or {}).get(column, style))
        self.row += 1

    def cell(self, column: int, value: object, style: str = "plain") -> None:
        look = self.book.formats[style]
        if value is None or value == "":
            self.page.write_blank(self.row, column, None, look)
        elif isinstance(value, date):
            self.page.write_datetime(self.row, column, value, look)
        elif isinstance(value, int | float):
            self.page.write_number(self.row, column, value, look)
        else:
            self.page.write_string(self.row, column, str(value), look)

    def two_row_header(self, top: Sequence[str], under: dict[int, Sequence[str]]) -> None:
        """A header of two rows: `under` gives the parts of a column of `top` that is split."""
        look = self.book.formats["header"]
        column = 0
        for place, word in enumerate(top):
            parts = under.get(place, ())
            if parts:
                self.page.merge_range(self.row, column, self.row, column + len(parts) - 1, word, look)
                for i, part in enumerate(parts):
                    self.page.write_string(self.row + 1, column + i, part, look)
            else:
                self.page.merge_range(self.row, column, self.row + 1, column, word, look)
            column += len(parts) or 1
        self.row += 2
        self.page.freeze_panes(self.row, 0)

    def signatures(self, signers: Sequence[tuple[str, str, str]]) -> None:
        """Who made, checked and approved the list (part, name, post), with dots to sign on."""
        self.row += 2
        look = self.book.formats["bare"]
        for i, (part, name, post) in enumerate(signers):
            column = i * max(2, self.columns // 3)
            for down, text in enumerate((f"ลงชื่อ............................{part}", f"({name})", post)):
                self.page.write_string(self.row + down, column, text, look)
        self.row += 3


@contextmanager
def workbook(path: Path, truth: Truth, made_on: date) -> Iterator[Book]:
    """An .xlsx whose bytes depend on what is written and on nothing else."""
    file = xlsxwriter.Workbook(str(path), {"default_date_format": "d/m/yyyy"})
    file.set_properties(
        {"title": path.stem, "comments": INVENTED, "created": datetime(made_on.year, made_on.month, made_on.day, 9)}  # noqa: DTZ001  # a file's own local time
    )
    yield Book(path, file, {name: file.add_format(look) for name, look in FORMATS.items()}, truth)
    file.close()
