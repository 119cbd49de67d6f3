"""The columns of a table: their names from one or several header rows, and samples of what they hold."""

from collections.abc import Iterable, Sequence

from mudmai.kernel.text import clean
from mudmai.kernel.workbook.model import Area

from .cells import BLANK, is_ordinals, kind_of, text_of
from .header import Header
from .model import Column, Row

_SAMPLES = 5
_SAMPLED_ROWS = 300
_JOIN = " › "


def header_names(
    rows: Sequence[list[object]], merged: Sequence[Area], header: Header, body: Sequence[Row]
) -> dict[int, str]:
    """The name of each column that has one."""
    lines = [i for i in range(header.first, header.last + 1) if rows[i] and not is_ordinals(rows[i])]
    grid = {
        (r, c): text for r in lines for c, cell in enumerate(rows[r]) if cell != "" and (text := clean(text_of(cell)))
    }
    own = dict(grid)
    for r1, c1, r2, c2 in merged:
        if header.first <= r1 <= header.last and (r1, c1) in own:
            for r in range(r1, min(r2, header.last) + 1):
                for c in range(c1, min(c2, c1 + 1000) + 1):
                    grid.setdefault((r, c), own[r1, c1])
    _share_to_the_right(grid, own, lines, merged)
    names: dict[int, str] = {}
    owned = {c for _, c in own}
    for column in sorted({c for _, c in grid}):
        if column not in owned and not _is_used(body, column):
            continue  # only the width of a merged name: nothing stands under it
        parts = [grid[r, column] for r in lines if (r, column) in grid]
        names[column] = _JOIN.join(part for i, part in enumerate(parts) if part not in parts[:i])
    return names


def _is_used(body: Sequence[Row], column: int) -> bool:
    return any(len(row.cells) > column and kind_of(row.cells[column]) != BLANK for row in body)


def _share_to_the_right(
    grid: dict[tuple[int, int], str], own: dict[tuple[int, int], str], lines: Sequence[int], merged: Sequence[Area]
) -> None:
    """A name with blanks to its right belongs to them too, where all have names of their own in a row below."""
    widths = {r: max((c for row, c in own if row in lines), default=-1) + 1 for r in lines}
    for at, r in enumerate(lines[:-1]):
        below = set(lines[at + 1 :])
        named_below = {c for row, c in own if row in below}
        spanned = {c for r1, c1, r2, c2 in merged if r1 <= r <= r2 and c2 - c1 < 1000 for c in range(c1, c2 + 1)}
        parent: int | None = None
        for c in range(widths[r]):
            if (r, c) in own:
                parent = c if c in named_below and c not in spanned else None
            elif c not in named_below or c in spanned:
                parent = None
            elif parent is not None:
                grid.setdefault((r, c), own[r, parent])


def make_columns(names: dict[int, str], rows: Sequence[Row], extra: Iterable[int]) -> list[Column]:
    """The named columns and the `extra` ones, in order, with samples."""
    sampled = rows[:_SAMPLED_ROWS]
    columns = []
    for index in sorted({*names, *extra}):
        samples: dict[str, object] = {}
        for row in sampled:
            cell = row.cells[index] if index < len(row.cells) else ""
            if kind_of(cell) != BLANK:
                samples.setdefault(text_of(cell), cell)
                if len(samples) == _SAMPLES:
                    break
        columns.append(Column(index, names.get(index, ""), tuple(samples.values())))
    return columns


def unnamed_columns(names: dict[int, str], rows: Sequence[Row]) -> dict[int, list[Row]]:
    """Columns that hold something and have no name, with the rows that fill them."""
    width = max((len(row.cells) for row in rows), default=0)
    found: dict[int, list[Row]] = {}
    for column in range(width):
        if column not in names:
            filled = [row for row in rows if column < len(row.cells) and row.cells[column] != ""]
            filled = [row for row in filled if kind_of(row.cells[column]) != BLANK]
            if filled:
                found[column] = filled
    return found
