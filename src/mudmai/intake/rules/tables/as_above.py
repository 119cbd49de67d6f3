"""Fills in what a list leaves to the eye: merged cells that reach down, and marks that say "as above"."""

from collections.abc import Sequence

from mudmai.kernel.workbook.model import Area

_MARKS = (*['"', "”", "“", "″", "〃", "''", "’’", "‘‘", "„", ",,", '""', "„“", "“”", "-”-", '-"-'], '- " -', "- ” -")
_WORDS = (
    "«ditto»",
    "ditto",
    "Ditto",
    "DITTO",
    "do.",
    "-do-",
    "เหมือนบน",
    "เหมือนข้างบน",
    "เหมือนด้านบน",
    "เหมือนแถวบน",
    "เช่นเดียวกับข้างบน",
    "ดังบน",
    "ดังข้างบน",
    "ตามข้างบน",
    "ตามด้านบน",
)
AS_ABOVE: frozenset[object] = frozenset(
    padded for mark in (*_MARKS, *_WORDS) for padded in (mark, f" {mark}", f"{mark} ", f" {mark} ", f"({mark})")
)
_MOST_FILLED = 2_000_000  # cells; merged areas beyond this are a trick, not a list


class Filler:
    """The merged areas of one body, ready to be asked for row by row."""

    def __init__(self, rows: Sequence[list[object]], merged: Sequence[Area], start: int) -> None:
        self.rows: dict[int, list[tuple[int, object]]] = {}
        self.wide: dict[int, list[Area]] = {}
        left = _MOST_FILLED
        for area in merged:
            r1, c1, r2, c2 = area
            if c2 > c1:
                self.wide.setdefault(r1, []).append(area)
            if r1 < start or r2 <= r1 or r1 >= len(rows) or c1 >= len(rows[r1]) or rows[r1][c1] == "":
                continue
            value, last = rows[r1][c1], min(r2, len(rows) - 1, r1 + left)
            left -= last - r1
            for r in range(r1 + 1, last + 1):
                self.rows.setdefault(r, []).append((c1, value))

    def filled(self, number: int, row: list[object]) -> list[object]:
        """A copy of the row with the merged cells that reach down into it."""
        row = list(row)
        for column, value in self.rows[number]:
            row.extend([""] * (column + 1 - len(row)))
            if row[column] == "":
                row[column] = value
        return row

    @staticmethod
    def copied_from_above(row: list[object], above: Sequence[object]) -> tuple[list[object], tuple[int, ...]]:
        """The row with each "as above" replaced by what stands above, and the columns where that was done."""
        row, copied = list(row), []
        for column, cell in enumerate(row):
            if cell in AS_ABOVE and column < len(above):
                row[column] = above[column]
                copied.append(column)
        return row, tuple(copied)
