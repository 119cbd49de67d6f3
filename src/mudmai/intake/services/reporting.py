"""The sender's own sheet, marked up: what became of each row, who the person is, and what was wrong."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from zipfile import BadZipFile

import openpyxl
import xlsxwriter
from django.utils.translation import gettext as _
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from mudmai.intake.models import Upload
from mudmai.intake.queries.staged import Staged, marks_of
from mudmai.intake.rules.tables import Table
from mudmai.intake.rules.words import OUTCOMES, QUIET, sentence
from mudmai.intake.services.files import Contents, bytes_of, contents_of, forget_contents
from mudmai.intake.services.layouts import layout_of
from mudmai.kernel.errors import Conflict
from mudmai.kernel.workbook.model import Sheet
from mudmai.people import queries as people

# The four columns, as offices know them from the first version on; they are not translated.
COLUMNS = ("ผล", "รหัสบุคคล", "รหัสครัวเรือน", "ปัญหา")
WIDTHS = (24, 20, 24, 60)
KEEPS_LOOKS_UP_TO = 30_000  # rows; openpyxl needs a second and 30 MB for some 3,000
_COLOURS = {"problem": "FDE2E0", "review": "FFF3CD", "new": "E3F4E6", "duplicate": "ECECEC"}
# Formulas that reach out of the workbook; in the copy they are plain text.
_REACHES_OUT = re.compile(r"\||\[|HYPERLINK|WEBSERVICE|IMPORT|DDE|CALL\(|REGISTER", re.IGNORECASE)


class NoReport(Conflict):
    code = "no_report"


class Mark(NamedTuple):
    """What is written beside one row of a sheet."""

    outcome: str
    texts: tuple[str, str, str, str]


class Marked(NamedTuple):
    """All that is written beside the rows of one sheet."""

    headers: list[int]  # rows, from 1
    rows: dict[int, Mark]


def report(upload: Upload) -> bytes:
    """The marked-up workbook (.xlsx). Raises NoReport before there is a preview."""
    upload.refresh_from_db()
    if upload.state not in (Upload.State.PREVIEWED, Upload.State.IMPORTING, Upload.State.DONE):
        raise NoReport(_("There is nothing to report yet: preview the file first."))
    contents = contents_of(upload)
    try:
        marked = _marked(upload, contents)
        rows = sum(len(sheet.rows) for sheet in contents.workbook.sheets)
        if contents.workbook.kind == "xlsx" and rows <= KEEPS_LOOKS_UP_TO:
            try:
                return _into_their_workbook(bytes_of(upload), contents, marked)
            except (BadZipFile, KeyError, ValueError, TypeError):
                pass  # a workbook that only forgiving readers open: its values are kept, its looks are not
        return _into_a_new_workbook(contents, marked)
    finally:
        forget_contents()


def _marked(upload: Upload, contents: Contents) -> dict[str, Marked]:
    """{sheet: what to write on it}."""
    marked: dict[str, Marked] = defaultdict(lambda: Marked([], {}))
    for shape in layout_of(upload).shapes:
        for i in shape.tables if shape.take else ():
            table = contents.tables[i]
            marked[table.sheet].headers.append(_header_row(table))
    for rows in marks_of(_with_marks(upload)):
        persons = people.persons_by_key([row["id"] for row in rows])
        for row in rows:
            table = contents.tables[row.get("t", 0)]
            marked[table.sheet].rows[row["r"]] = mark_of(row, persons.get(row["id"]))
    return marked


def _with_marks(upload: Upload) -> Upload:
    """The upload that holds the marks: this one, or its twin, through which the same file came in before."""
    twin = upload.summary.get("twin")
    return Upload.objects.filter(batch_id=twin).first() or upload if twin else upload


def _header_row(table: Table) -> int:
    if table.header_rows[1]:
        return table.header_rows[1]
    return table.rows[0].number - 1 if table.rows else 0


def mark_of(row: Staged, person: str | None) -> Mark:
    """What is written beside a row: the outcome, the two codes, and what was wrong, cell by cell."""
    outcome = row["out"]
    key = (
        person
        or row.get("who")
        or (row["id"] if outcome in ("new", "review") and row.get("about") != "household" else "")
    )
    household = row.get("hk")
    return Mark(
        outcome,
        (
            _(OUTCOMES[outcome]),
            people.person_code(key) if key and outcome != "problem" else "",
            people.household_code(household, row.get("area", "")) if household and outcome != "problem" else "",
            "; ".join(sentences_of(row)),
        ),
    )


def sentences_of(row: Staged) -> Iterator[str]:
    """What was wrong or unsure on a row, each with its cell."""
    notes = [*row.get("p", ()), *(note for note in row.get("d", ()) if note[1] not in QUIET)]
    for column, code in notes:
        words = _(sentence(code))
        if code == "row_repeats" and row.get("rep"):
            words = f"{words} ({row['rep'][1]})"
        yield f"{get_column_letter(column + 1)}{row['r']}: {words}" if column >= 0 else words


def _first_free_column(sheet: Sheet) -> int:
    return max((len(row) for row in sheet.rows), default=0)


def _into_their_workbook(data: bytes, contents: Contents, marked: dict[str, Marked]) -> bytes:
    """Writes beside the tables of the sender's own workbook, whose looks stay."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    fills = {outcome: PatternFill("solid", fgColor=colour) for outcome, colour in _COLOURS.items()}
    for sheet in contents.workbook.sheets:
        page = book[sheet.name]
        _make_harmless(page)
        if sheet.name not in marked:
            continue
        first = _first_free_column(sheet) + 1
        found = marked[sheet.name]
        for row in found.headers:
            for i, name in enumerate(COLUMNS) if row else ():
                _put(page, row, first + i, name).font = Font(bold=True)
        for row, mark in found.rows.items():
            for i, text in enumerate(mark.texts):
                cell = _put(page, row, first + i, text)
                if mark.outcome in fills and i == 0:
                    cell.fill = fills[mark.outcome]
        for i, width in enumerate(WIDTHS):
            page.column_dimensions[get_column_letter(first + i)].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(page: Any, row: int, column: int, text: str) -> Any:
    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        page.unmerge_cells(next(str(area) for area in page.merged_cells.ranges if cell.coordinate in area))
        cell = page.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    return cell


def _make_harmless(page: Any) -> None:
    """Formulas that reach out of the workbook become the text that they are."""
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and cell.data_type == "f" and _REACHES_OUT.search(str(cell.value)):
                cell.data_type = "s"


def _into_a_new_workbook(contents: Contents, marked: dict[str, Marked]) -> bytes:
    """Writes the values of all sheets, each in its place, into a new workbook; text stays text, however it begins."""
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(out, options) as book:
        looks = _Looks(book)
        for n, sheet in enumerate(contents.workbook.sheets):
            page = book.add_worksheet(_sheet_name(sheet.name, n))
            found = marked.get(sheet.name, Marked([], {}))
            first = _first_free_column(sheet)
            for i, width in enumerate(WIDTHS):
                page.set_column(first + i, first + i, width)
            headers = set(found.headers)
            for i, cells in enumerate(sheet.rows):
                for j, cell in enumerate(cells):
                    if cell != "" and cell is not None:
                        _write_cell(page, i, j, cell, looks)
                if i + 1 in headers:
                    for j, name in enumerate(COLUMNS):
                        page.write_string(i, first + j, name, looks.header)
                elif i + 1 in found.rows:
                    mark = found.rows[i + 1]
                    for j, text in enumerate(mark.texts):
                        page.write_string(i, first + j, text, looks.of.get(mark.outcome) if j == 0 else None)
    return out.getvalue()


class _Looks:
    """The few formats of a new workbook."""

    def __init__(self, book: Any) -> None:
        self.header = book.add_format({"bold": True})
        self.date = book.add_format({"num_format": "dd/mm/yyyy"})
        self.digits = book.add_format({"num_format": "0"})
        self.of = {outcome: book.add_format({"bg_color": f"#{colour}"}) for outcome, colour in _COLOURS.items()}


def _sheet_name(name: str, n: int) -> str:
    """A name that Excel allows."""
    return re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:31] or f"Sheet{n + 1}"


def _write_cell(page: Any, row: int, column: int, cell: object, looks: _Looks) -> None:
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell, looks.digits if abs(cell) >= 1e10 else None)
    elif isinstance(cell, date) and cell.year >= 1900:
        moment = cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell
        page.write_datetime(row, column, moment, looks.date)
    else:
        page.write_string(row, column, str(cell)[:32_767])
