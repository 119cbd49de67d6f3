"""A first look at the XML of one .xlsx sheet, before the real reader sees it.

It learns three things that the reader cannot tell or would choke on: how far the cells spread (one stray cell in the
last corner makes a rectangle of 17 thousand million), which rows hold values at all, and which formulas failed.
It works on bytes, a megabyte at a time where all is plain and else row by row.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet\b")
_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d{1,12})")
_REF = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,9})(\d{1,12})")
# A cell far to the right or far below: rows with such cells are looked at cell by cell.
_NEAR_COLUMNS = 26
_FAR = re.compile(rb"r\s*=\s*[\"'](?:[A-Z]{2}|[A-Z]\d{6})")
_FAILED = re.compile(rb"<(?:[\w.-]+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>(.*?)</(?:[\w.-]+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v>(.*?)</")
_CELL_ROW = re.compile(rb"(<(?:[\w.-]+:)?(?:c|row)\b[^>]*?\br\s*=\s*[\"'][A-Z]*)\d+")
_MERGED = re.compile(rb"mergeCell\b[^>]*\bref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")
_PREFIX = re.compile(rb"<(/?)[\w.-]+:")
_LONGEST_ROW = 64 << 20


class FilledRow(NamedTuple):
    """One row of the sheet that holds a value."""

    number: int  # from 1
    values: int
    width: int
    errors: list[tuple[int, str]]  # column from 0, code
    xml: bytes  # without its end tag


def column_number(letters: bytes) -> int:
    """Column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _blocks(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Prefix of the tags, and whole rows of XML, about a megabyte at a time; last what follows the rows."""
    rest, prefix, row_end = b"", None, b""
    for piece in pieces:
        rest += piece
        if prefix is None:
            root = _ROOT.search(rest)
            if root is None:
                continue
            prefix = root.group(1) + b":" if root.group(1) else b""
            row_end = b"</" + prefix + b"row>"
        cut = rest.rfind(row_end) + len(row_end)
        if cut >= len(row_end):
            yield prefix, rest[:cut]
            rest = rest[cut:]
        elif len(rest) > _LONGEST_ROW:
            raise ValueError("one row without end")
    yield prefix or b"", rest


def _rows_of(prefix: bytes, block: bytes, number: int) -> Iterator[FilledRow]:
    """The rows of a block that hold a value; `number` is that of the row before."""
    row_start, cell_start = b"<" + prefix + b"row", b"<" + prefix + b"c "
    far = _FAR.search(block) is not None
    for xml in block.split(b"</" + prefix + b"row>"):
        values = xml.count(b"<" + prefix + b"v>") + xml.count(b"<" + prefix + b"is>")
        start = xml.rfind(row_start)
        if not values or start < 0:
            number += xml.count(row_start)
            continue
        found = _NUMBER.search(xml, start, xml.find(b">", start))
        number = int(found.group(1)) if found else number + xml.count(row_start)
        refs = _REF.findall(xml) if far else _REF.findall(xml, xml.rfind(cell_start))
        number = max([number, *(int(row) for row in {ref[1] for ref in refs})])
        width = max([xml.count(cell_start), *(column_number(letters) + 1 for letters in {ref[0] for ref in refs})])
        errors = _errors(xml) if b't="e"' in xml or b"t='e'" in xml else []
        yield FilledRow(number, values, width, errors, xml[start:])


def _errors(xml: bytes) -> list[tuple[int, str]]:
    errors = []
    for cell in _FAILED.finditer(xml):
        ref, value = _REF.search(cell.group(1)), _VALUE.search(cell.group(2))
        if ref and value:
            errors.append((column_number(ref.group(1)), value.group(1).decode("ascii", "replace")))
    return errors


class Extent:
    """How far the cells of one sheet spread, and its failed formulas."""

    def __init__(self) -> None:
        self.last_row = self.width = self.values = self.rows = 0
        self.errors: dict[tuple[int, int], str] = {}

    def measure(self, pieces: Iterable[bytes], most_values: int) -> None:
        """Goes through the sheet; stops early where it holds more than `most_values`."""
        for prefix, block in _blocks(pieces):
            if not self._add_plain(prefix, block):
                for row in _rows_of(prefix, block, self.last_row):
                    self._add(row)
            if self.values > most_values:
                return

    def _add_plain(self, prefix: bytes, block: bytes) -> bool:
        """Counts a block at one go, if all its cells are near, say where they are, and none failed: the usual case."""
        row, cell = b"<" + prefix + b"row", b"<" + prefix + b"c"
        rows = block.count(row)
        cells = block.count(cell + b" ") + block.count(cell + b">")
        all_told = block.count(row + b' r="') == rows and block.count(cell + b' r="') == cells
        if not all_told or b't="e"' in block or b"t='e'" in block or _FAR.search(block):
            return False
        last = _NUMBER.search(block, max(0, block.rfind(row)))
        self.last_row = max(self.last_row, int(last.group(1)) if last and rows else 0)
        self.width = max(self.width, _NEAR_COLUMNS if cells else 0)
        self.rows += rows
        self.values += block.count(b"<" + prefix + b"v>") + block.count(b"<" + prefix + b"is>")
        return True

    def _add(self, row: FilledRow) -> None:
        self.rows += 1
        self.values += row.values
        self.last_row = max(self.last_row, row.number)
        self.width = max(self.width, row.width)
        self.errors.update({(row.number - 1, column): code for column, code in row.errors})

    @property
    def spread(self) -> int:
        return self.last_row * self.width


def without_blank_rows(pieces: Iterable[bytes]) -> tuple[bytes, list[int], list[tuple[int, int, int, int]]]:
    """The sheet with its blank rows taken out: new XML, the old row (from 0) of each row left, merged areas."""
    parts = [b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>']
    old_rows: list[int] = []
    tail = b""
    for prefix, block in _blocks(pieces):
        tail = block
        for row in _rows_of(prefix, block, old_rows[-1] + 1 if old_rows else 0):
            old_rows.append(row.number - 1)
            xml = _CELL_ROW.sub(rb"\g<1>%d" % len(old_rows), row.xml)
            parts += [_PREFIX.sub(rb"<\1", xml), b"</row>"]
    parts.append(b"</sheetData></worksheet>")
    merged = [
        (int(r1) - 1, column_number(c1), int(r2) - 1, column_number(c2)) for c1, r1, c2, r2 in _MERGED.findall(tail)
    ]
    return b"".join(parts), old_rows, merged
