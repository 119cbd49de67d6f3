"""What the lists hide: which person and which house each row is about, and what is wrong with it. For tests only."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from mudmai.site.demo.town.persons import House, Person

HEADER = ("file", "sheet", "row", "person", "household", "errors")


@dataclass(frozen=True)
class TrueRow:
    """One row of one list; `row` counts from 1 as Excel does, and a CSV's first line is row 1."""

    file: str
    sheet: str
    row: int
    person: int
    household: int
    errors: tuple[str, ...] = ()


@dataclass
class Truth:
    """The ledger that the writers of the lists keep."""

    rows: list[TrueRow] = field(default_factory=list)

    def note(
        self, file: str, sheet: str, row: int, person: Person | None, house: House, errors: tuple[str, ...] = ()
    ) -> None:
        """Write down one row; `person` is None where a row names a house and nobody in it."""
        self.rows.append(TrueRow(file, sheet, row, person.number if person else 0, house.number, errors))

    def errors(self) -> Counter[str]:
        """How many rows have each kind of error."""
        return Counter(kind for row in self.rows for kind in row.errors)

    def write(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            for row in self.rows:
                told = (row.file, row.sheet, row.row, row.person or "", row.household, ";".join(row.errors))
                writer.writerow(told)
