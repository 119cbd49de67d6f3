"""Finds the tables on a sheet: where the header is, which rows are rows of the list, and what all the others are.

Nothing is lost: every row that is not blank is in a header, among the titles, among the rows, or in `left` with the
reason why.
"""

from collections.abc import Sequence

from mudmai.kernel.workbook.model import Area, Sheet

from .body import Body
from .cells import BLANK, LABELS, kinds_of, line_of
from .columns import header_names, make_columns, unnamed_columns
from .header import Header, Search, find_header
from .model import LEFT_OUT, TABLE_REMARKS, Column, LeftOut, Row, Table
from .side_by_side import split

__all__ = ["LEFT_OUT", "TABLE_REMARKS", "Column", "LeftOut", "Row", "Table", "find_tables"]

_HEADER_WITHIN = 40  # filled rows from the top
_ROWS_BEFORE_HEADER = 6  # more rows of values than this above a header are a list of their own
_BESIDE_AT_MOST = 0.3  # of the rows: an unnamed column that is less filled holds notes


def find_tables(sheet: Sheet) -> list[Table]:
    """The tables of a sheet from top to bottom, and from left to right; none on a blank sheet."""
    tables: list[Table] = []
    merged = [area for area in sheet.merged if area[0] < len(sheet.rows)]
    start: int | None = 0
    while start is not None:
        start = _skip_blank(sheet.rows, start)
        if start >= len(sheet.rows):
            break
        found, start = _read_table(sheet, merged, start)
        tables += found
    return tables


def _skip_blank(rows: Sequence[list[object]], start: int) -> int:
    while start < len(rows) and (not rows[start] or not any(kinds_of(rows[start]))):
        start += 1
    return start


def _read_table(sheet: Sheet, merged: list[Area], start: int) -> tuple[list[Table], int | None]:
    """The table (or tables side by side) that begins at a row, and where the next one begins."""
    search = Search(sheet.rows, merged, start)
    header = find_header(search, _HEADER_WITHIN)
    if header is not None and _values_before(search, header) > _ROWS_BEFORE_HEADER:
        header = None
    title_rows = _title_rows(search, start, header)
    titles = [line_of(sheet.rows[i]) for i in title_rows]
    begin = header.last + 1 if header else title_rows[-1] + 1 if title_rows else start
    body = Body(sheet.rows, merged, header, begin, titles)
    body.walk()
    table = _assembled(sheet, merged, header, body)
    table.titles, table.title_rows = titles, [i + 1 for i in title_rows]
    return split(table), body.next_table


def _values_before(search: Search, header: Header) -> int:
    """How many rows above the header look like rows of a list."""
    above = [[kind for kind in search.kinds[i] if kind != BLANK] for i in search.filled if i < header.first]
    return sum(1 for kinds in above if len(kinds) >= 3 and not LABELS.issuperset(kinds))


def _title_rows(search: Search, start: int, header: Header | None) -> list[int]:
    """The filled rows above the header; without a header, the lone texts above the first fuller row."""
    if header is not None:
        search.fill(1)
        return [i for i in search.filled if start <= i < header.first]
    lone: list[int] = []
    widest = max((len(kinds) - kinds.count(BLANK) for kinds in search.kinds.values()), default=0)
    for i in search.filled[:10]:
        kinds = search.kinds[i]
        if len(kinds) - kinds.count(BLANK) > 1 or not LABELS.intersection(kinds):
            return lone
        lone.append(i)
    return [] if widest <= 1 else lone


def _assembled(sheet: Sheet, merged: list[Area], header: Header | None, body: Body) -> Table:
    names = header_names(sheet.rows, merged, header, body.rows) if header else {}
    extra = []
    for column, rows in unnamed_columns(names, body.rows).items():
        if names and len(rows) <= _BESIDE_AT_MOST * len(body.rows):
            body.left += [LeftOut(row.number, row.number, "beside", line_of([row.cells[column]])) for row in rows]
        else:
            extra.append(column)
    columns = make_columns(names, body.rows, extra)
    header_rows = (header.first + 1, header.last + 1) if header else (0, 0)
    table = Table(sheet.name, header_rows, columns, body.rows, left=sorted(body.left))
    table.remarks = _remarks(table)
    return table


def _remarks(table: Table) -> list[str]:
    remarks = [] if table.header_rows[0] else ["no_header"]
    if not table.rows:
        return [*remarks, "no_rows"]
    sampled = table.rows[:: max(1, len(table.rows) // 200)]
    indices = [column.index for column in table.columns]
    filled = sum(1 for row in sampled for index in indices if index < len(row.cells) and row.cells[index] != "")
    if filled < 0.45 * len(sampled) * len(indices) and len(table.rows) > 2:
        remarks.append("few_values")
    return remarks
