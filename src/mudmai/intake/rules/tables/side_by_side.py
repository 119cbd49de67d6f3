"""Two lists that stand beside each other under one row of headers become two tables."""

from itertools import pairwise

from .cells import BLANK, kind_of
from .model import Column, Row, Table

_SAME_NAMES = 2  # the second list must repeat at least so many names of the first, beginning with its first


def split(table: Table) -> list[Table]:
    """The table itself, or its parts from left to right."""
    parts = _groups(table.columns)
    if len(parts) < 2:
        return [table]
    tables = []
    for i, columns in enumerate(parts):
        rows = [row for row in table.rows if _is_filled(row, columns)]
        part = Table(table.sheet, table.header_rows, columns, rows, table.titles, table.title_rows)
        part.left = table.left if i == 0 else []
        part.remarks = table.remarks
        tables.append(part)
    return tables


def _groups(columns: list[Column]) -> list[list[Column]]:
    if not columns:
        return []
    first = columns[0].header
    groups: list[list[Column]] = [[columns[0]]]
    for before, column in pairwise(columns):
        if first and column.header == first and column.index > before.index + 1:
            groups.append([])
        groups[-1].append(column)
    names = [{column.header for column in group} for group in groups]
    if any(len(group & names[0]) < _SAME_NAMES for group in names):
        return [columns]
    return groups


def _is_filled(row: Row, columns: list[Column]) -> bool:
    return any(c.index < len(row.cells) and kind_of(row.cells[c.index]) != BLANK for c in columns)
