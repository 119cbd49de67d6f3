"""Finds the header: the rows that name the columns.

A header is known by three marks, of which two usually suffice: its words are words of headers; it has text above
numbers, dates and names; it says nothing that the rows below it repeat. From its best row it grows up and down along
merged cells and half-filled rows.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from mudmai.kernel.text import thai_digits_to_arabic
from mudmai.kernel.workbook.model import Area

from .cells import (
    BLANK,
    DATE,
    LABELS,
    MIXED,
    NAMED,
    NOTHING,
    NUMBER,
    TEXT,
    VALUES,
    YEAR,
    is_ordinals,
    kinds_of,
    text_of,
)
from .words import heading_level, is_header_word

_LOOK_AHEAD = 40  # filled rows
_LONGEST_LABEL = 250


class Header(NamedTuple):
    """First and last row of a header, from 0."""

    first: int
    last: int


class Marks(NamedTuple):
    """What speaks for a row being a header, and what against."""

    labels: int
    words: int
    contrast: int  # labels above values
    values: int
    echoes: int  # labels that the rows below repeat, as values do

    @property
    def score(self) -> float:
        return 2 * self.words + 1.5 * self.contrast + 0.5 * self.labels - 2 * self.values - 1.5 * self.echoes

    @property
    def is_header(self) -> bool:
        if self.labels < 2 or self.values * 3 > self.labels or self.echoes * 2 > self.labels:
            return False
        return self.words >= 2 or self.contrast >= 2 or (self.words >= 1 and self.contrast >= 1)


class Search:
    """The filled rows of a sheet from one row on, with their kinds worked out once."""

    def __init__(self, rows: Sequence[list[object]], merged: Sequence[Area], start: int) -> None:
        self.rows, self.merged, self.start = rows, merged, start
        self.kinds: dict[int, list[int]] = {}
        self.filled: list[int] = []
        self.next = start
        self._below: dict[int, list[int]] = {}

    def fill(self, count: int) -> None:
        """Makes sure that `count` filled rows are known, or all there are."""
        while len(self.filled) < count and self.next < len(self.rows):
            row = self.rows[self.next]
            if row:
                kinds = kinds_of(row)
                if any(kinds):
                    self.kinds[self.next] = kinds
                    self.filled.append(self.next)
            self.next += 1

    def place(self, row: int) -> int:
        """Which of the filled rows this is; the next one where it is blank."""
        return next((place for place, number in enumerate(self.filled) if number >= row), len(self.filled))

    def below(self, place: int) -> list[int]:
        """What kind of thing most cells of each column hold below the row at `place`."""
        if place not in self._below:
            self.fill(place + 1 + _LOOK_AHEAD)
            self._below[place] = self._kinds_below(place)
        return self._below[place]

    def _kinds_below(self, place: int) -> list[int]:
        counts: list[Counter[int]] = []
        for number in self.filled[place + 1 : place + 1 + _LOOK_AHEAD]:
            kinds = self.kinds[number]
            while len(counts) < len(kinds):
                counts.append(Counter())
            for count, kind in zip(counts, kinds, strict=False):
                if kind not in (BLANK, NOTHING):
                    count[kind] += 1
        return [_most(count) for count in counts]

    def marks(self, place: int) -> Marks:
        """Speaks for and against the row at `place`."""
        row, kinds, below = self.rows[self.filled[place]], self.kinds[self.filled[place]], self.below(place)
        labels = words = contrast = values = echoes = 0
        years = _are_years_of_columns(row, kinds)
        for column, kind in enumerate(kinds):
            under = below[column] if column < len(below) else BLANK
            if kind in VALUES or (kind == YEAR and under == YEAR):
                values += 1
            elif kind in LABELS or kind == YEAR:
                text = text_of(row[column])
                labels += 1
                words += is_header_word(text)
                contrast += under == NUMBER and years if kind == YEAR else _stands_out(kind, under)
                echoes += kind != YEAR and self._repeats(place, column, text)
                values += len(text) > _LONGEST_LABEL
        return Marks(labels, words, contrast, values, echoes)

    def _repeats(self, place: int, column: int, text: str) -> bool:
        again = total = 0
        for number in self.filled[place + 1 : place + 1 + _LOOK_AHEAD]:
            row = self.rows[number]
            if column < len(row) and row[column] != "":
                total += 1
                again += text_of(row[column]) == text
        return again >= 2 and again * 6 >= total


def _most(count: Counter[int]) -> int:
    """The kind of at least half the cells; whatever is no plain text together counts as numbers."""
    total = count.total()
    if not total:
        return BLANK
    kind, times = count.most_common(1)[0]
    if times * 2 >= total:
        return kind
    values = sum(count[k] for k in (NUMBER, YEAR, DATE, MIXED, NAMED))
    return NUMBER if values * 2 >= total else TEXT


def _are_years_of_columns(row: Sequence[object], kinds: Sequence[int]) -> bool:
    """Several years near each other name columns; one number between 1900 and 2700 may be any number."""
    texts = [text_of(cell) for cell, kind in zip(row, kinds, strict=False) if kind == YEAR]
    years = sorted({int(thai_digits_to_arabic(text)) for text in texts})
    return len(years) >= 2 and years[-1] - years[0] <= 40


def _stands_out(kind: int, under: int) -> bool:
    return under in (NUMBER, YEAR, DATE, NAMED) or (kind == TEXT and under == MIXED)


def find_header(search: Search, within: int) -> Header | None:
    """The first header among the next `within` filled rows; None where there is none."""
    search.fill(within + _LOOK_AHEAD)
    for place in range(min(within, len(search.filled))):
        marks = search.marks(place)
        if marks.is_header or _is_only_column(search, place):
            return _grown(search, _best_from(search, place, marks))
    return None


def _is_only_column(search: Search, place: int) -> bool:
    """A list of one column with a header word on top."""
    row, kinds = search.rows[search.filled[place]], search.kinds[search.filled[place]]
    filled = [column for column, kind in enumerate(kinds) if kind != BLANK]
    if len(filled) != 1 or not is_header_word(text_of(row[filled[0]])) or place + 1 >= len(search.filled):
        return False
    below = [search.kinds[number] for number in search.filled[place + 1 : place + 1 + _LOOK_AHEAD]]
    return all(kind == BLANK or column == filled[0] for kinds in below for column, kind in enumerate(kinds))


def _best_from(search: Search, place: int, marks: Marks) -> int:
    """The strongest of the header rows that follow each other from here."""
    best, best_score, width = place, marks.score, marks.labels
    for other in range(place + 1, min(place + 8, len(search.filled))):
        found = search.marks(other)
        if found.values or (not found.is_header and found.labels * 2 > width):
            break
        if found.is_header and found.score > best_score:
            best, best_score, width = other, found.score, max(width, found.labels)
    return best


def _grown(search: Search, place: int) -> Header:
    """The header around its best row."""
    best = search.filled[place]
    used = _used_columns(search, place)
    first = last = best
    while first > search.start and _belongs_above(search, first - 1, first, best, used):
        first -= 1
    while last + 1 < len(search.rows) and _belongs_below(search, first, last + 1, used):
        last += 1
    return Header(first, last)


def _used_columns(search: Search, place: int) -> set[int]:
    under = {column for column, kind in enumerate(search.below(place)) if kind != BLANK}
    return under | {c for c, kind in enumerate(search.kinds[search.filled[place]]) if kind != BLANK}


def _filled_columns(search: Search, row: int) -> list[int]:
    return [column for column, kind in enumerate(search.kinds.get(row, ())) if kind != BLANK]


def _spans(search: Search, row: int) -> list[Area]:
    """The merged areas that begin in a row and reach over several columns."""
    return [area for area in search.merged if area[0] == row and area[3] > area[1]]


def _belongs_above(search: Search, row: int, first: int, best: int, used: set[int]) -> bool:
    if any(r1 == row and r2 >= first for r1, _, r2, _ in search.merged):
        return True
    columns = _filled_columns(search, row)
    if not columns:
        return False
    marks = search.marks(search.place(row))
    texts = [text_of(search.rows[row][column]) for column in columns]
    if marks.values * 6 > marks.labels or not marks.labels or _are_settings(texts):
        return False
    spans = _spans(search, row)
    if len(columns) == 1:
        begins_later = columns[0] > min(used)
        is_new = columns[0] not in _filled_columns(search, best)
        return begins_later and (bool(spans) or (is_new and marks.contrast > 0))
    if spans:
        return True
    missing = used.difference(*(_filled_columns(search, line) for line in range(first, best + 1)))
    if missing.intersection(columns):
        return True
    return marks.contrast >= 3 and marks.contrast * 10 >= marks.labels * 6


def _are_settings(texts: Sequence[str]) -> bool:
    """A sentence, "ปีงบประมาณ :", or names and values in turn, as in "ตำบล | เกาะคา | อำเภอ | เกาะคา"."""
    if any(text.endswith(":") or len(text) > 100 for text in texts):
        return True
    named, values = texts[::2], texts[1::2]
    return bool(values) and all(map(is_header_word, named)) and not any(map(is_header_word, values))


def _belongs_below(search: Search, first: int, row: int, used: set[int]) -> bool:
    if any(first <= r1 < row <= r2 for r1, _, r2, _ in search.merged):
        return True
    columns = _filled_columns(search, row)
    if not columns:
        return False
    if is_ordinals(search.rows[row]):
        return True
    place = search.place(row)
    marks = search.marks(place)
    if marks.values * 6 > marks.labels or not marks.labels or marks.echoes:
        return False
    if len(columns) == 1 and (columns[0] == min(used) or _spans(search, row) or _is_heading(search, row, columns[0])):
        return False
    if marks.contrast and marks.contrast * 2 >= marks.labels and not _fills_named_columns(search, first, row, columns):
        return True
    open_columns = _open_columns(search, first, row)
    return open_columns.issuperset(columns) and (marks.words * 2 >= marks.labels or bool(marks.contrast))


def _is_heading(search: Search, row: int, column: int) -> bool:
    return heading_level(text_of(search.rows[row][column])) is not None


def _fills_named_columns(search: Search, first: int, row: int, columns: Sequence[int]) -> bool:
    """All-text rows under a complete header of text columns are rows of the list, not more header."""
    named = {column for above in range(first, row) for column in _filled_columns(search, above)}
    below = search.below(search.place(row))
    plain = [c for c in columns if c in named and (c >= len(below) or below[c] in (TEXT, BLANK))]
    return len(plain) * 2 >= len(columns)


def _open_columns(search: Search, first: int, row: int) -> set[int]:
    """Columns that the header above has not named yet: blank above, or only under a name shared by several."""
    named = {column for above in range(first, row) for column in _filled_columns(search, above)}
    shared = {c for above in range(first, row) for _, c1, _, c2 in _spans(search, above) for c in range(c1, c2 + 1)}
    width = max((len(search.rows[above]) for above in range(first, row + 1)), default=0)
    blank = set(range(width)) - named
    # An unmerged name with blanks to its right is shared with them.
    return shared | blank | {column for column in named if column + 1 in blank and column + 1 not in shared}
