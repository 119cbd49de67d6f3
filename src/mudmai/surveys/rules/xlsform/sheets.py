"""The sheets of an XLSForm, read with distrust and handed on as pyxform wants them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple

from pyxform import constants
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import get_excel_column_headers, get_excel_rows, xls_to_dict, xlsx_value_to_str

from mudmai.kernel.workbook import BrokenFile, CellError, UnknownFormat, read_workbook
from mudmai.kernel.workbook import Sheet as Table
from mudmai.kernel.workbook.ole import SIGNATURE as OLE
from mudmai.surveys.rules.xlsform.fault import MAX_BYTES, MAX_ROWS, Fault, FormRefused, too_large

_VBA = "_VBA_PROJECT".encode("utf-16-le")  # the folder of macros in an old .xls
# Characters that XML cannot hold; they come with text copied from elsewhere.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Row = dict[str, str]


class _Cell(NamedTuple):
    value: object


@dataclass
class Sheets:
    """The sheets of one form by lower-case name; `rows[i]` stands in row `first[name] + i` of its sheet."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    headers: dict[str, list[str]] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def numbered(self, sheet: str) -> Iterator[tuple[int, Row]]:
        """Each row that is not blank, with its number as Excel shows it."""
        for i, row in enumerate(self.rows.get(sheet, ())):
            if row:
                yield self.first[sheet] + i, row

    def cell(self, sheet: str, row: int, column: str) -> str:
        """What stands in this cell; "" where there is no such row or column."""
        i = row - self.first.get(sheet, 0)
        rows = self.rows.get(sheet, [])
        return rows[i].get(column, "") if row and 0 <= i < len(rows) else ""

    def row_where(self, sheet: str, column: str, value: str) -> int:
        """The first row in which the column has this value; 0 where none has."""
        return next((number for number, row in self.numbered(sheet) if row.get(column) == value), 0)

    @property
    def settings(self) -> Row:
        return next((row for _number, row in self.numbered(constants.SETTINGS)), {})

    def definition(self, without: frozenset[tuple[str, int]] = frozenset()) -> dict[str, Any]:
        """A fresh copy for pyxform, which changes what it is given; `without`: rows (sheet, number) to keep from it.

        A question is left blank; a choice keeps its place in its list under another name.
        """
        given: dict[str, Any] = {"sheet_names": list(self.names)}
        for name, rows in self.rows.items():
            start = self.first[name]
            given[name] = [
                _out_of_sight(name, row, start + i) if (name, start + i) in without else dict(row)
                for i, row in enumerate(rows)
            ]
            given[f"{name}_header"] = [dict.fromkeys(self.headers[name])]
        return given


def _out_of_sight(sheet: str, row: Row, number: int) -> Row:
    return {**row, "name": f"row_{number}"} if sheet == constants.CHOICES else {}


def read_sheets(content: bytes, filename: str) -> Sheets:
    """Read the file. Raises FormRefused where it is too large or holds macros, UnreadableFile where it is no book."""
    if len(content) > MAX_BYTES:
        raise too_large()
    if b"vbaProject" in content or _VBA in content:
        raise FormRefused([Fault("macros")])
    try:
        workbook = read_workbook(content, filename)
    except BrokenFile:
        old = _read_by_xlrd(content) if content.startswith(OLE) else None
        if old is None:
            raise
        return old
    if workbook.kind == "html":
        raise UnknownFormat(filename=filename)
    tables = list(_tables_of_csv(workbook.sheets[0])) if workbook.kind == "csv" else [(t, 1) for t in workbook.sheets]
    return _sheets_of(tables)


def _read_by_xlrd(content: bytes) -> Sheets | None:
    """An old .xls whose writer told the wrong size of a sheet: xlrd, which pyxform brings, does not mind."""
    try:
        told = xls_to_dict(BytesIO(content))
    except Exception:  # xlrd raises whatever a damaged file leads it into
        return None
    sheets = Sheets(names=told.pop("sheet_names"))
    for name in [name for name in told if not name.endswith("_header")]:
        rows = told[name]
        if len(rows) > MAX_ROWS:
            raise too_large()
        sheets.rows[name] = [{column: _NOT_XML.sub("", cell) for column, cell in row.items()} for row in rows]
        sheets.headers[name] = list(told[f"{name}_header"][0]) if told[f"{name}_header"] else []
        sheets.first[name] = 2
    return sheets


def _tables_of_csv(table: Table) -> Iterator[tuple[Table, int]]:
    """The sheets of a form written as CSV: the name of each stands alone in the first column, its rows beside it."""
    found: Table | None = None
    start = 1
    for i, row in enumerate(table.rows):
        name = str(row[0]).strip() if row else ""
        rest = list(row[1:])
        if name:
            if found is not None:
                yield found, start
            found, start = Table(name, []), i + 2
        if found is None or not (rest or found.rows):
            continue
        if not found.rows and not any(str(cell).strip() for cell in rest):
            start = i + 2  # blank lines between the name of the sheet and its header
            continue
        if not found.rows:
            start = i + 1
        found.rows.append(rest)
    if found is not None:
        yield found, start


def _sheets_of(tables: Sequence[tuple[Table, int]]) -> Sheets:
    sheets = Sheets()
    for table, header_row in tables:
        sheets.names.append(table.name)
        name = table.name.lower()
        if name not in constants.SUPPORTED_SHEET_NAMES:
            if len(tables) > 1:
                continue
            name = constants.SURVEY  # a workbook with one sheet: that is the survey, whatever its name
        if len(table.rows) > MAX_ROWS:
            raise too_large()
        sheets.faults += _failed_cells(table, name, header_row)
        try:
            _add(sheets, name, table, header_row)
        except PyXFormError as problem:
            header = str(problem).rpartition(": ")[2]
            sheets.faults.append(Fault("header_twice", name, header_row, params={"header": header}))
    return sheets


def _add(sheets: Sheets, name: str, table: Table, header_row: int) -> None:
    first, *others = [[_text(cell) for cell in row] for row in table.rows] or [[]]
    headers = get_excel_column_headers(first)
    cells = (tuple(_Cell(value) for value in row) for row in others)
    sheets.rows[name] = get_excel_rows(headers, cells, lambda cell, _row, _column: str(cell.value).strip())
    sheets.headers[name] = [header for header in headers if header is not None]
    sheets.first[name] = header_row + 1


def _text(cell: object) -> str | None:
    """The cell as pyxform writes it: 1 for 1.0, TRUE for a tick; what XML cannot hold is left out."""
    if cell is None or cell == "":
        return None
    return _NOT_XML.sub("", str(xlsx_value_to_str(cell)))


def _failed_cells(table: Table, name: str, header_row: int) -> Iterator[Fault]:
    headers = table.rows[0] if table.rows else []
    for i, row in enumerate(table.rows):
        for j, cell in enumerate(row):
            if isinstance(cell, CellError):
                column = str(headers[j]) if j < len(headers) else ""
                yield Fault("cell_error", name, header_row + i, column, {"value": cell.code})
