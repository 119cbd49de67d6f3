"""What is found on a sheet: tables with their columns, rows and titles, and what was left out, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mudmai.kernel.words import gettext_noop

# Why a row (or what stands beside one) is no row of the list.
LEFT_OUT: dict[str, str] = {
    "blank": gettext_noop("Blank row"),
    "numbered_blank": gettext_noop("Only a running number, nothing else"),
    "total": gettext_noop("Total"),
    "subtotal": gettext_noop("Subtotal"),
    "group": gettext_noop("Heading of the rows below it"),
    "repeated_header": gettext_noop("Header repeated, as on each printed page"),
    "repeated_title": gettext_noop("Title repeated, as on each printed page"),
    "note": gettext_noop("Note below the table"),
    "beside": gettext_noop("Note beside the table"),
    "signature": gettext_noop("Signatures"),
}

# Worth saying about a table.
TABLE_REMARKS: dict[str, str] = {
    "no_header": gettext_noop("No row with column names was found, so every row was taken as part of the list."),
    "no_rows": gettext_noop("The table has column names but no rows: it is a blank form."),
    "few_values": gettext_noop("Most cells of this table are blank: it may be a form that nobody has filled in yet."),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `index` (from 0) is its place in `Row.cells`. Headers of several rows are joined with " › "."""

    index: int
    header: str
    samples: tuple[object, ...] = ()


class Row(NamedTuple):
    """One row of the list. `context` are the headings it stands under; `copied` the columns said "as above"."""

    number: int  # sheet row, from 1
    cells: list[object]
    context: tuple[str, ...] = ()
    copied: tuple[int, ...] = ()


class LeftOut(NamedTuple):
    """Rows (sheet rows from 1, ends included) that are no part of the list; `why` is a key of LEFT_OUT."""

    first: int
    last: int
    why: str
    text: str = ""


@dataclass(slots=True)
class Table:
    """One table of a sheet. `header_rows` is (0, 0) where there are no column names."""

    sheet: str
    header_rows: tuple[int, int]
    columns: list[Column]
    rows: list[Row]
    titles: list[str] = field(default_factory=list)
    title_rows: list[int] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # keys of TABLE_REMARKS

    @property
    def left_by_reason(self) -> Mapping[str, int]:
        """How many rows were left out, for each reason."""
        counts: dict[str, int] = {}
        for part in self.left:
            counts[part.why] = counts.get(part.why, 0) + part.last - part.first + 1
        return counts
