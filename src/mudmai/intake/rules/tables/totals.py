"""Tells rows of totals from rows of the list."""

from collections.abc import Sequence

from .cells import BLANK, LABELS, MIXED, NAMED, NUMBER, TEXT, YEAR, is_long_number, text_of
from .model import Row
from .words import TITLE_ONLY, TOTAL, UNIT


def is_total(row: Sequence[object], kinds: Sequence[int]) -> bool:
    """A row that says "รวม" and, beside numbers and units, next to nothing else.

    A person may be called รวม: such a row has a name, a title or an id, and stays.
    """
    if NAMED in kinds:
        return False
    label, others = None, 0
    for cell, kind in zip(row, kinds, strict=False):
        if kind not in LABELS:
            continue
        text = text_of(cell)
        if label is None and TOTAL.match(text):
            label = text
        elif not UNIT.match(text):
            others += 1
            if label is not None or TITLE_ONLY.match(text):
                return False
    if label is None or others > 1 or any(map(is_long_number, row)):
        return False
    return others == 0 or NUMBER in kinds


def is_unlabelled_total(row: Sequence[object], kinds: Sequence[int], rows: Sequence[Row]) -> bool:
    """A row of nothing but the sums of the columns above."""
    filled = [(column, cell) for column, cell in enumerate(row) if kinds[column] != BLANK]
    if len(rows) < 2 or any(kinds[column] not in (NUMBER, YEAR) for column, _ in filled):
        return False
    return all(_is_sum(cell, column, rows) for column, cell in filled)


def _is_sum(cell: object, column: int, rows: Sequence[Row]) -> bool:
    total = _number(cell)
    if total is None:
        return False
    parts = [_number(row.cells[column]) for row in rows if column < len(row.cells)]
    numbers = [part for part in parts if part is not None]
    return len(numbers) > 1 and abs(sum(numbers) - total) < 0.01


def _number(cell: object) -> float | None:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    if isinstance(cell, str):
        try:
            return float(cell.replace(",", ""))
        except ValueError:
            return None
    return None


def has_text(kinds: Sequence[int]) -> bool:
    return any(kind in (TEXT, MIXED, NAMED) for kind in kinds)
