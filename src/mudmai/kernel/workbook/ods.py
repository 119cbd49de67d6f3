"""Reads .ods (OpenDocument). Calamine reads the values; merged cells and failed formulas are looked up here.

A file of a few kilobytes may say "repeat this row a million times", so the repeats are counted before anything is
built.
"""

from io import BytesIO

from lxml import etree

from .archive import Archive
from .errors import BrokenFile, PasswordProtected
from .excel import Calamine
from .limits import MAX_CELLS, MAX_SPREAD
from .model import ERROR_CODES, Area, Sheet

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


class _Survey:
    """What one sheet holds beside its values."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.merged: list[Area] = []
        self.errors: dict[tuple[int, int], str] = {}
        self.row = self.spread = self.width = 0

    def add(self, row: etree._Element) -> None:
        times = _count(row, "number-rows-repeated")
        column, width = 0, 0
        for cell in row.iterchildren(*_CELLS):
            repeated = _count(cell, "number-columns-repeated")
            self._note(cell, column)
            column += repeated
            if _has_value(cell):
                width = column
        if width:
            self.width = max(self.width, width)
            self.spread = (self.row + times) * self.width
        self.row += times

    def _note(self, cell: etree._Element, column: int) -> None:
        down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or right > 1:
            self.merged.append((self.row, column, self.row + down - 1, column + right - 1))
        text = "".join(cell.itertext(f"{_TEXT}p")).strip() if cell.get(f"{_TABLE}formula") else ""
        if cell.get(_CALC_TYPE) == "error" or text in ERROR_CODES or text.startswith("Err:"):
            self.errors[(self.row, column)] = text or "#VALUE!"


def _count(element: etree._Element, attribute: str) -> int:
    value = (element.get(_TABLE + attribute) or "1").strip()
    return max(1, int(value[:12])) if value.isascii() and value.isdecimal() else 1


def _has_value(cell: etree._Element) -> bool:
    return cell.get(f"{_OFFICE}value-type") is not None or cell.find(f"{_TEXT}p") is not None


def read_ods(data: bytes, filename: str) -> list[Sheet]:
    """All sheets of an .ods workbook, in their order."""
    archive = Archive(data, filename)
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise PasswordProtected(filename=filename)
    surveys = _surveys(archive)
    for name in archive.members:
        if name not in ("content.xml", "META-INF/manifest.xml"):
            for _ in archive.pieces(name):
                pass
    if sum(survey.spread for survey in surveys) > MAX_SPREAD or sum(s.spread for s in surveys) > 2 * MAX_CELLS:
        raise archive.too_large()
    book = Calamine(data, filename)
    sheets = []
    for name, survey in zip(book.hidden, surveys, strict=False):
        sheet = book.sheet(name, survey.errors)
        sheet.merged = survey.merged
        sheets.append(sheet)
    return sheets


def _surveys(archive: Archive) -> list[_Survey]:
    surveys: list[_Survey] = []
    events = etree.iterparse(
        BytesIO(archive.read("content.xml")),
        events=("start", "end"),
        tag=(f"{_TABLE}table", f"{_TABLE}table-row"),
        resolve_entities=False,
        no_network=True,
    )
    try:
        for event, element in events:
            if event == "start" and element.tag == f"{_TABLE}table":
                surveys.append(_Survey(str(element.get(f"{_TABLE}name"))))
            elif event == "end" and element.tag == f"{_TABLE}table-row" and surveys:
                surveys[-1].add(element)
                element.clear(keep_tail=False)
    except etree.XMLSyntaxError as error:
        raise BrokenFile(filename=archive.filename) from error
    return surveys
