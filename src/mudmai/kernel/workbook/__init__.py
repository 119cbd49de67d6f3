"""Reads any file that an office sends as a list: .xlsx, .xls, .ods, .csv, and web pages that call themselves .xls.

Only the values come out, as they were: what a cell means is for others to say. A file that cannot be read raises one
of the classes of UnreadableFile, each with a sentence that says how to put it right.
"""

from .delimited import read_delimited
from .errors import (
    BrokenFile,
    EmptyFile,
    PasswordProtected,
    TooLarge,
    UnknownFormat,
    UnreadableFile,
)
from .excel import read_xlsx
from .html import read_html
from .limits import MANY_COLUMNS, MAX_FILE_BYTES
from .model import BLANK_ROW, ERROR_CODES, REMARKS, CellError, Kind, Remark, Sheet, Workbook
from .ods import read_ods
from .recognise import recognise
from .xls import read_xls

__all__ = [
    "REMARKS",
    "BrokenFile",
    "CellError",
    "EmptyFile",
    "PasswordProtected",
    "Remark",
    "Sheet",
    "TooLarge",
    "UnknownFormat",
    "UnreadableFile",
    "Workbook",
    "read_workbook",
]

_EXTENSIONS: dict[Kind, tuple[str, ...]] = {
    "xlsx": ("xlsx", "xlsm", "xltx", "xltm"),
    "xls": ("xls", "xlt"),
    "ods": ("ods", "ots"),
    "csv": ("csv", "txt", "tsv", "tab", "prn"),
    "html": ("html", "htm"),
}
_REALLY: dict[Kind, str] = {
    "xlsx": "really_xlsx",
    "xls": "really_xls",
    "ods": "really_ods",
    "csv": "really_text",
    "html": "really_html",
}
_FAILED: frozenset[object] = ERROR_CODES | {CellError(code) for code in ERROR_CODES}
_MANY_BLANK_ROWS = 1000


def read_workbook(data: bytes, filename: str) -> Workbook:
    """The sheets of a file, with remarks on what was odd about it."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise EmptyFile(filename=filename)
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge(filename=filename, limit=10, megabytes=MAX_FILE_BYTES >> 20)
    kind = recognise(data, filename)
    sheets, remarks = _read(kind, data, filename)
    extension = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    if extension not in _EXTENSIONS[kind]:
        remarks.insert(0, Remark(_REALLY[kind], {"extension": extension or "?"}))
    for sheet in sheets:
        remarks += _remarks_on(sheet)
    if not any(row for sheet in sheets for row in sheet.rows):
        raise EmptyFile(filename=filename)
    return Workbook(kind, sheets, remarks)


def _read(kind: Kind, data: bytes, filename: str) -> tuple[list[Sheet], list[Remark]]:
    if kind == "csv":
        return read_delimited(data, filename)
    if kind == "html":
        return read_html(data, filename)
    readers = {"xlsx": read_xlsx, "xls": read_xls, "ods": read_ods}
    return readers[kind](data, filename), []


def _remarks_on(sheet: Sheet) -> list[Remark]:
    blank = sheet.rows.count(BLANK_ROW)
    if blank == len(sheet.rows):
        return [Remark("empty_sheet", {"sheet": sheet.name})]
    remarks: list[Remark] = []
    if blank > _MANY_BLANK_ROWS:
        remarks.append(Remark("empty_rows", {"sheet": sheet.name, "count": blank}))
    width = max(map(len, sheet.rows))
    if width > MANY_COLUMNS:
        remarks.append(Remark("many_columns", {"sheet": sheet.name, "count": width}))
    errors = _marked_errors(sheet)
    if errors:
        examples = ", ".join(sorted(set(errors)))
        remarks.append(Remark("formula_errors", {"sheet": sheet.name, "count": len(errors), "examples": examples}))
    return remarks


def _marked_errors(sheet: Sheet) -> list[str]:
    """All failed formulas of a sheet; those that came as text (in CSV files, web pages) become CellError too."""
    errors: list[str] = []
    for i, row in enumerate(sheet.rows):
        if row and not _FAILED.isdisjoint(row):
            row = [CellError(cell) if isinstance(cell, str) and cell in ERROR_CODES else cell for cell in row]
            errors += [cell.code for cell in row if type(cell) is CellError]
            sheet.rows[i] = row
    return errors
