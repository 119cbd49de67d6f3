"""Reads .xlsx (and .xls, .ods after their own checks) through calamine."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from .archive import Archive
from .errors import BrokenFile, PasswordProtected, SpreadTooWide
from .limits import MAX_CELLS, MAX_SPREAD, SPARSE_FROM
from .model import BLANK_ROW, ERROR_CODES, Area, Cell, CellError, Sheet
from .sheet_xml import Extent, without_blank_rows

Errors = Mapping[tuple[int, int], str]
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class Calamine:
    """An open workbook. Every failure inside, even a panic of its Rust code, becomes a sentence."""

    def __init__(self, data: bytes, filename: str) -> None:
        self.filename = filename
        self._book = self._guarded(CalamineWorkbook.from_filelike, BytesIO(data))
        self.names = self._book.sheet_names
        self.hidden = {
            meta.name: meta.visible is not SheetVisibleEnum.Visible
            for meta in self._book.sheets_metadata
            if "WorkSheet" in str(meta.typ)
        }

    def _guarded(self, call: Callable[..., Any], *args: object) -> Any:
        try:
            return call(*args)
        except PasswordError as error:
            raise PasswordProtected(filename=self.filename) from error
        except (CalamineError, ValueError, OSError) as error:
            raise BrokenFile(filename=self.filename) from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # a BaseException, so that Rust's panics are hard to miss
                raise
            raise BrokenFile(filename=self.filename) from error

    def sheet(self, name: str, errors: Errors) -> Sheet:
        found: CalamineSheet = self._guarded(self._book.get_sheet_by_name, name)
        rows: list[list[Cell]] = []
        if found.start is not None:
            left: list[Cell] = [""] * found.start[1]  # calamine pads above its first cell, but not beside it
            for row in self._guarded(found.iter_rows):
                rows.append(BLANK_ROW if row.count("") == len(row) else left + row if left else row)
        merged = [(r1, c1, r2, c2) for (r1, c1), (r2, c2) in found.merged_cell_ranges or ()]
        return Sheet(name, with_errors(rows, errors), merged, self.hidden[name])


def with_errors(rows: list[list[Cell]], errors: Errors) -> list[list[Cell]]:
    """Puts each failed formula into its cell; rows grow where needed."""
    for (row, column), code in errors.items():
        while len(rows) <= row:
            rows.append(BLANK_ROW)
        cells = rows[row] = list(rows[row])
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = CellError(code if code in ERROR_CODES else "#VALUE!")
    return rows


def read_xlsx(data: bytes, filename: str) -> list[Sheet]:
    """All worksheets of an .xlsx workbook, in their order."""
    archive = Archive(data, filename)
    extents = {name: _extent(archive, name) for name in archive.members if _is_sheet(name)}
    for name in archive.members:
        if name not in extents:  # shared strings and all the rest: only to see that they are no bomb
            for _ in archive.pieces(name):
                pass
    members = _sheet_members(archive)
    sparse = {name for name, extent in extents.items() if _is_sparse(extent)}
    squeezed = {name: _squeezed(data, filename, name, extents[name]) for name in sparse}
    _refuse_if_too_large(archive, members, extents, squeezed)
    if squeezed:
        data = _with_members(data, {name: xml for name, (xml, _, _) in squeezed.items()})
    book = Calamine(data, filename)
    sheets = []
    for name in book.hidden:
        member = members.get(name, "")
        if member in squeezed:
            _, old_rows, merged = squeezed[member]
            rows = _spread_out(book.sheet(name, {}).rows, old_rows)
            sheets.append(Sheet(name, with_errors(rows, extents[member].errors), merged, book.hidden[name]))
        else:
            sheets.append(book.sheet(name, extents[member].errors if member in extents else {}))
    return sheets


def _is_sheet(name: str) -> bool:
    return "worksheets/" in name and name.endswith(".xml")


def _extent(archive: Archive, name: str) -> Extent:
    extent = Extent()
    try:
        extent.measure(archive.pieces(name), MAX_CELLS)
    except ValueError as error:
        raise BrokenFile(filename=archive.filename) from error
    if extent.values > MAX_CELLS:
        raise archive.too_large()
    return extent


def _is_sparse(extent: Extent) -> bool:
    return extent.spread > SPARSE_FROM and extent.spread > 4 * extent.values


def _squeezed(data: bytes, filename: str, name: str, extent: Extent) -> tuple[bytes, list[int], list[Area]]:
    if extent.rows * extent.width > MAX_SPREAD:
        raise SpreadTooWide(filename=filename, sheet=name, rows=extent.last_row, columns=extent.width)
    return without_blank_rows(Archive(data, filename).pieces(name))


def _refuse_if_too_large(
    archive: Archive, members: Mapping[str, str], extents: Mapping[str, Extent], squeezed: Mapping[str, object]
) -> None:
    if sum(extent.values for extent in extents.values()) > MAX_CELLS:
        raise archive.too_large()
    titles = {member: title for title, member in members.items()}
    for name, extent in extents.items():
        if name not in squeezed and extent.spread > MAX_SPREAD:
            raise SpreadTooWide(
                filename=archive.filename, sheet=titles.get(name, name), rows=extent.last_row, columns=extent.width
            )


def _with_members(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_STORED) as new:
        for info in old.infolist():
            new.writestr(info.filename, changed.get(info.filename) or old.read(info.filename))
    return out.getvalue()


def _spread_out(rows: list[list[Cell]], old_rows: list[int]) -> list[list[Cell]]:
    spread = [BLANK_ROW] * (old_rows[-1] + 1 if old_rows else 0)
    for old_row, row in zip(old_rows, rows, strict=False):
        spread[old_row] = row
    return spread


def _sheet_members(archive: Archive) -> dict[str, str]:
    """Which member of the zip holds which sheet."""
    targets = {
        relation.get("Id"): str(relation.get("Target", ""))
        for relation in parsed_xml(archive, "xl/_rels/workbook.xml.rels").iter("{*}Relationship")
    }
    members = {}
    for sheet in parsed_xml(archive, "xl/workbook.xml").iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), "")
        members[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return members


def parsed_xml(archive: Archive, name: str) -> etree._Element:
    """One small member as a tree; entities are not followed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(archive.read(name), parser)
    except etree.XMLSyntaxError as error:
        raise BrokenFile(filename=archive.filename) from error
