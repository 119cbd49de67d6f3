"""Lists as files for Excel: .xlsx and .csv, written row by row so that a whole province needs little memory."""

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import IO

import xlsxwriter

Cell = str | int | float | None

# A cell that begins so is run as a formula by Excel when a CSV file is opened.
# Source: OWASP, CSV Injection; reviewed 2569-11.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 60
LONGEST_SHEET = 1_048_575  # rows of an Excel sheet beneath the header


def write_xlsx(file: IO[bytes], title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a sheet with a fixed header and filters; more rows than a sheet holds go on the next. Returns the rows."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    written = 0
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E4F1ED", "text_wrap": True, "valign": "top"})
        sheet, line = None, 0
        for row in rows:
            if sheet is None or line >= LONGEST_SHEET:
                sheet, line = _new_sheet(book, title, header, bold), 0
            line += 1
            written += 1
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, column, cell)
                elif cell is not None:
                    sheet.write_number(line, column, cell)
        if sheet is None:
            _new_sheet(book, title, header, bold)
    return written


def _new_sheet(
    book: "xlsxwriter.Workbook", title: str, header: Sequence[str], bold: object
) -> "xlsxwriter.worksheet.Worksheet":
    number = len(book.worksheets()) + 1
    sheet = book.add_worksheet(title[:28] if number == 1 else f"{title[:26]} {number}")
    for column, word in enumerate(header):
        sheet.set_column(column, column, min(WIDEST, max(12, len(word) + 2)))
        sheet.write_string(0, column, word, bold)
    sheet.freeze_panes(1, 0)
    return sheet


class _Echo:
    """A file whose lines are handed on instead of kept."""

    def write(self, line: str) -> str:
        return line


def csv_pieces(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """UTF-8 with the mark by which Excel knows it, line by line; what Excel would run is written as text."""
    writer = csv.writer(_Echo())
    yield codecs.BOM_UTF8
    for line in chain([header], rows):
        yield writer.writerow([harmless(cell) for cell in line]).encode()


def harmless(cell: Cell) -> Cell:
    """The cell as Excel shows it and does not run it.

    >>> harmless("=HYPERLINK(1)"), harmless("-5"), harmless(-5), harmless("12/3")
    ("'=HYPERLINK(1)", "'-5", -5, '12/3')
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell
