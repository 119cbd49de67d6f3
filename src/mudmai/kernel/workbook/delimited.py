"""Reads lists written as text: comma, semicolon, tab or bar between the cells."""

import csv
import re
from collections import Counter
from io import StringIO
from itertools import islice
from typing import Literal

from .errors import TooLarge, TooManyRows
from .limits import MAX_CELLS, MAX_ROWS, MAX_UNPACKED_BYTES
from .model import BLANK_ROW, Cell, Remark, Sheet
from .text_encoding import decode

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 1 << 24
_SEP_LINE = re.compile(r"sep=([,;\t|])\r?\n")
_SWALLOWED_LINES = 40  # a cell with more line breaks than this has swallowed rows after a stray quotation mark


def read_delimited(data: bytes, filename: str) -> tuple[list[Sheet], list[Remark]]:
    """The one sheet of a text file."""
    text, remarks = decode(data)
    named = _SEP_LINE.match(text)  # Excel's own way to name the delimiter; it is no row of the list
    delimiter = named.group(1) if named else _delimiter(text)
    skipped = named.end() if named else 0
    rows = _rows(text[skipped:], delimiter, csv.QUOTE_MINIMAL, filename)
    if rows is None:
        remarks.append(Remark("stray_quotes"))
        rows = _rows(text[skipped:], delimiter, csv.QUOTE_NONE, filename) or []
    if named:
        rows.insert(0, BLANK_ROW)
    return [Sheet(filename.rsplit(".", 1)[0] or filename, rows)], remarks


def _rows(text: str, delimiter: str, quoting: Literal[0, 3], filename: str) -> list[list[Cell]] | None:
    """The rows; None where quotation marks do not pair up."""
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[list[Cell]] = []
    cells = 0
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    try:
        for row in reader:
            cells += len(row)
            if len(rows) >= MAX_ROWS:
                raise TooManyRows(filename=filename, limit=f"{MAX_ROWS:,}")
            if cells > 2 * MAX_CELLS:
                raise TooLarge(filename=filename, limit=MAX_CELLS // 1_000_000, megabytes=MAX_UNPACKED_BYTES >> 20)
            if reader.line_num - len(rows) > _SWALLOWED_LINES and quoting != csv.QUOTE_NONE and _swallowed(row):
                return None
            rows.append(list[Cell](row) if row.count("") != len(row) else BLANK_ROW)
    except csv.Error:
        return None if quoting != csv.QUOTE_NONE else rows
    return rows


def _swallowed(row: list[str]) -> bool:
    return any(cell.count("\n") > _SWALLOWED_LINES for cell in row)


def _delimiter(text: str) -> str:
    """The delimiter that cuts most lines into the same number of cells, and into many."""
    sample = "".join(islice(StringIO(text[:200_000]), 200))
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(StringIO(sample, newline=""), delimiter=delimiter) if row]
        except csv.Error:
            continue
        width, count = max(Counter(w for w in widths if w > 1).items(), key=lambda item: item[1], default=(1, 0))
        score = count / len(widths) * (1 + min(width, 50) / 50) if widths else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best
