"""Walks the rows below a header: takes the rows of the list and says of every other row what it is.

Most rows of a long list are plainly rows of the list, and leave after two or three cheap comparisons; only rows that
look odd (few cells, a suspicious first word, after a blank row) are looked at closely.
"""

from collections.abc import Sequence
from statistics import median

from mudmai.kernel.workbook.model import Area

from .as_above import AS_ABOVE, Filler
from .cells import BLANK, LABELS, NAMED, NUMBER, YEAR, is_long_number, kinds_of, line_of, text_of
from .header import Header, Search
from .model import LeftOut, Row
from .totals import has_text, is_total, is_unlabelled_total
from .words import NOTE, OTHER_HEADING, SIGNATURE, heading_level, is_header_word

_LOOKED_AT = 80  # rows from which the usual number of filled cells is taken
_MOST_SUMS = 50  # unlabelled rows of sums that are checked; each check adds up a column
# The first three letters of cells that call for a closer look at their row.
_ODD = {
    "รวม",
    "(รว",
    "*รว",
    "* ร",
    "ยอด",
    "ผลร",
    "ทั้",
    "ทั่",
    "เฉล",
    "ค่า",
    "หมา",
    "* ห",
    "**",
    "ที่",
    "แหล",
    "ข้อ",
    "ลงช",
    "ลงน",
}
_ODD |= {"(ลง", "Tot", "tot", "TOT", "Gra", "GRA", "Sub", "sub", "SUB", "Sum", "sum", "SUM", "Not", "not", "Sou", "sou"}


class Body:
    """The rows below one header, up to the next header or the end of the sheet."""

    def __init__(
        self, rows: Sequence[list[object]], merged: Sequence[Area], header: Header | None, start: int, titles: list[str]
    ) -> None:
        self.sheet, self.merged, self.header, self.start = rows, merged, header, start
        self.titles = {text for text in titles if text}
        self.rows: list[Row] = []
        self.left: list[LeftOut] = []
        self.next_table: int | None = None  # where the titles of the next table begin
        self._filler = Filler(rows, merged, start)
        self._headings: dict[int, str] = {}
        self._context: tuple[str, ...] = ()
        self._tail: str | None = None  # in notes or signatures, from which only a full row leads out
        self._pending: list[int] = []  # sparse rows after a blank one: heading, note or title, as what follows tells
        self._sums = 0
        self._header_texts = self._texts_of_header()
        self._odd = {*_ODD, *(text[:3] for line in self._header_texts for text in line.values())}
        self._measure()
        self._full = max(2.0, self.usual * 0.6)

    def _texts_of_header(self) -> list[dict[int, str]]:
        if self.header is None:
            return []
        lines = range(self.header.first, self.header.last + 1)
        texts = [{c: text_of(cell) for c, cell in enumerate(self.sheet[i]) if cell != ""} for i in lines]
        return [line for line in texts if line]

    def _measure(self) -> None:
        """How full a usual row is, and in which column rows begin."""
        counts, firsts, numbers = [], [], 0
        for i in range(self.start, len(self.sheet)):
            row = self.sheet[i]
            filled = [column for column, cell in enumerate(row) if cell != ""]
            if filled:
                counts.append(len(filled))
                firsts.append(filled[0])
                if len(counts) >= _LOOKED_AT:
                    break
        self.usual = median(counts) if counts else 0
        in_header = [column for line in self._header_texts for column in line]
        self.first_column = min(in_header) if in_header else min(firsts, default=0)
        self.width = len(set(in_header)) or (max(counts) if counts else 0)
        firsts_filled = [
            row[self.first_column]
            for row in self.sheet[self.start : self.start + 3 * _LOOKED_AT]
            if len(row) > self.first_column and row[self.first_column] != ""
        ]
        numbers = sum(1 for kind in kinds_of(firsts_filled) if kind in (NUMBER, YEAR))
        self.begins_with_number = len(firsts_filled) > 0 and numbers * 10 >= len(firsts_filled) * 6

    def walk(self) -> None:
        """Takes the rows."""
        after_blank = 0
        for i in range(self.start, len(self.sheet)):
            row = self.sheet[i]
            if not row:
                after_blank += 1
                continue
            if not after_blank and self._is_plain(row):
                self._take(i, row)
                continue
            kinds = kinds_of(row)
            if not any(kinds):
                after_blank += 1
                continue
            if self._begins_next_table(i, kinds, after_blank > 0):
                self._end_before(i)
                return
            if after_blank:
                self._leave(i - after_blank, i - 1, "blank")
            self._look_closely(i, row, kinds, after_blank > 0)
            after_blank = 0
        self._settle_pending()
        self._name_subtotals()

    def _is_plain(self, row: list[object]) -> bool:
        """Whether nothing calls for a closer look. This runs for every row of a long list, so it is short."""
        first = self.first_column
        if self._tail is not None or self._pending or len(row) < first + 3 or len(row) - row.count("") < self._full:
            return False
        begin = row[first]
        if self.begins_with_number and type(begin) is str and not begin[:1].isdecimal():
            return False
        odd = self._odd
        return not any(type(cell) is str and cell[:3] in odd for cell in row[first : first + 3])

    # -- one row

    def _take(self, i: int, row: list[object]) -> None:
        if i in self._filler.rows:
            row = self._filler.filled(i, row)
        copied: tuple[int, ...] = ()
        if not AS_ABOVE.isdisjoint(row) and self.rows:
            row, copied = self._filler.copied_from_above(row, self.rows[-1].cells)
        self.rows.append(Row(i + 1, row, self._context, copied))

    def _leave(self, first: int, last: int, why: str, text: str = "") -> None:
        """Says what was left out; rows of one kind that follow each other become one entry."""
        before = self.left[-1] if self.left else None
        if before is not None and before.why == why and before.last == first and why not in ("total", "group"):
            joined = f"{before.text}\n{text}" if len(before.text) < 2000 else before.text
            self.left[-1] = LeftOut(before.first, last + 1, why, joined.strip())
        else:
            self.left.append(LeftOut(first + 1, last + 1, why, text))

    def _look_closely(self, i: int, row: list[object], kinds: list[int], after_blank: bool) -> None:
        why = self._why_not(row, kinds)
        if why is not None:
            self._settle_pending()
            self._leave(i, i, why, line_of(row))
            return
        filled = [column for column, kind in enumerate(kinds) if kind != BLANK]
        if self._tail is not None:
            if not self._is_full(kinds, filled):
                self._leave(i, i, self._tail, line_of(row))
                return
            self._tail = None
        if self._is_heading(i, row, kinds, filled):
            self._settle_pending()
            self._open_heading(i, row, filled)
        elif (after_blank or self._pending) and len(filled) == 1 and self.width > 1 and kinds[filled[0]] in LABELS:
            self._pending.append(i)
        else:
            self._settle_pending(as_rows=True)
            self._take(i, row)

    def _why_not(self, row: list[object], kinds: list[int]) -> str | None:
        """Why this row is plainly no row of the list; None where it may be one."""
        line = line_of(row[:60])
        if self._repeats_header(row):
            self._tail = None
            return "repeated_header"
        first = next((text_of(cell) for cell, kind in zip(row, kinds, strict=False) if kind in LABELS), "")
        filled = len(kinds) - kinds.count(BLANK)
        sparse = filled <= 3 or filled <= self.usual * 0.4
        if sparse and SIGNATURE.search(line):
            self._tail = "signature"
            return "signature"
        if is_total(row, kinds):
            return "total"
        if sparse and first and NOTE.match(first) and text_of(row[self._first_filled(kinds)]) == first:
            self._tail = "note"
            return "note"
        if line in self.titles:
            return "repeated_title"
        if self._is_only_a_number(kinds):
            return "numbered_blank"
        return "total" if self._is_row_of_sums(row, kinds) else None

    def _is_only_a_number(self, kinds: Sequence[int]) -> bool:
        """A line of a form that has its running number and nothing else."""
        if self.header is None or self.width < 3 or len(kinds) - kinds.count(BLANK) != 1:
            return False
        column = self._first_filled(kinds)
        return column == self.first_column and kinds[column] == NUMBER

    def _is_row_of_sums(self, row: list[object], kinds: Sequence[int]) -> bool:
        filled = len(kinds) - kinds.count(BLANK)
        if self.usual < 3 or filled > self.usual * 0.5 or has_text(kinds) or self._sums >= _MOST_SUMS:
            return False
        self._sums += 1
        return is_unlabelled_total(row, kinds, self.rows)

    @staticmethod
    def _first_filled(kinds: Sequence[int]) -> int:
        return next(column for column, kind in enumerate(kinds) if kind != BLANK)

    def _repeats_header(self, row: list[object]) -> bool:
        texts = [(column, text_of(cell)) for column, cell in enumerate(row) if cell != ""]
        for line in self._header_texts:
            same = sum(1 for column, text in texts if line.get(column) == text)
            if same >= max(1, min(2, len(line))) and same * 10 >= len(texts) * 7 and same * 10 >= len(line) * 7:
                return True
        return False

    def _is_full(self, kinds: Sequence[int], filled: Sequence[int]) -> bool:
        """Full enough to be a row of the list even after notes have begun."""
        numbers = any(kind in (NUMBER, NAMED) for kind in kinds)
        return len(filled) >= max(3.0, self.usual * 0.6) and numbers

    # -- headings between the rows

    def _is_heading(self, i: int, row: list[object], kinds: list[int], filled: Sequence[int]) -> bool:
        texts = [text_of(row[column]) for column in filled]
        if self.width < 2 or len(filled) > 3 or kinds[filled[0]] not in LABELS or any(map(is_long_number, row)):
            return False
        if heading_level(texts[0]) is not None and (len(filled) == 1 or self.width >= len(filled) + 3):
            return len(filled) == 1 or self.usual >= len(filled) + 2
        if len(filled) > 1:
            return False
        if any(r1 == i and c2 - c1 + 1 >= max(3, self.width / 2) for r1, c1, _, c2 in self._filler.wide.get(i, ())):
            return True
        return filled[0] == self.first_column and self.begins_with_number

    def _open_heading(self, i: int, row: list[object], filled: Sequence[int]) -> None:
        text = line_of(row)
        level = heading_level(text_of(row[filled[0]]))
        level = OTHER_HEADING if level is None else level
        self._headings = {other: kept for other, kept in self._headings.items() if other < level}
        self._headings[level] = text
        self._context = tuple(self._headings[other] for other in sorted(self._headings))
        self._leave(i, i, "group", text)

    def _settle_pending(self, as_rows: bool = False) -> None:
        """Sparse rows after a blank one: with a row of the list behind them they were rows too, else notes."""
        for i in self._pending:
            if as_rows:
                self._take(i, self.sheet[i])
            else:
                self._leave(i, i, "note", line_of(self.sheet[i]))
        self._pending = []

    # -- the end

    def _begins_next_table(self, i: int, kinds: list[int], after_blank: bool) -> bool:
        row = self.sheet[i]
        labels = [text_of(row[column]) for column, kind in enumerate(kinds) if kind in LABELS]
        if len(labels) < 2 or NUMBER in kinds or NAMED in kinds or self._repeats_header(row):
            return False
        words = sum(map(is_header_word, labels))
        if words < 2 or words * 2 < len(labels) or is_total(row, kinds):
            return False
        if not after_blank and not self._pending and self._tail is None and not self._follows_a_title(i):
            return False
        search = Search(self.sheet, self.merged, i)
        search.fill(1)
        return search.marks(0).is_header

    def _follows_a_title(self, i: int) -> bool:
        """The row above is already known not to belong to this list."""
        last = self.left[-1] if self.left else None
        return last is not None and last.last == i and last.why in ("group", "note", "total", "signature")

    def _end_before(self, header: int) -> None:
        """Ends this list; the headings right above the next header become its titles."""
        start = min([*self._pending, header])
        self._pending = []
        last_row = self.rows[-1].number if self.rows else 0
        while self.left and self.left[-1].first > last_row and _may_be_title(self.left[-1]):
            left = self.left.pop()
            start = start if left.why == "blank" else left.first - 1
        self.next_table = start
        self._name_subtotals()

    def _name_subtotals(self) -> None:
        """A total with rows of the list, or a greater total, below it is a subtotal."""
        last_row = max([self.rows[-1].number if self.rows else 0, *(x.last for x in self.left if x.why == "total")])
        for at, left in enumerate(self.left):
            if left.why == "total" and left.last < last_row:
                self.left[at] = left._replace(why="subtotal")


def _may_be_title(left: LeftOut) -> bool:
    return left.why in ("group", "blank", "repeated_title") or (left.why == "note" and not NOTE.match(left.text))
