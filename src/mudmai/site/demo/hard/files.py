"""A small country written out: the register and the three hard lists as CSV files, and the truth about every row."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from mudmai.site.demo.boundaries import TAMBON, Land, write_boundaries
from mudmai.site.demo.files import DemoFile
from mudmai.site.demo.hard import COLUMNS, HardRow, HardSet, build_hard_set, register_row
from mudmai.site.demo.truth import Truth
from mudmai.site.demo.wording import buddhist

PEOPLE, ROWS = 5_000, 1_500
NAMES = {"welfare": "แบบสำรวจ_สวัสดิการ.csv", "clinic": "แบบสำรวจ_คลินิก.csv", "survey": "แบบสำรวจ_อสม.csv"}


def write_hard_demo(
    folder: Path, *, seed: int, as_of: date, people: int = PEOPLE, rows: int = ROWS
) -> tuple[list[DemoFile], Path]:
    """Write register, lists, `boundaries.geojson` and `truth.csv`; the same bytes for the same seed.

    Returns the lists in the order of import, and the boundaries.
    """
    folder.mkdir(parents=True, exist_ok=True)
    hard = build_hard_set(seed=seed, people=people, rows=rows, as_of=as_of)
    truth = Truth()
    files = list(_files(hard, folder, truth))
    boundaries = folder / "boundaries.geojson"
    write_boundaries(Land(seed), boundaries)
    truth.write(folder / "truth.csv")
    return files, boundaries


def _files(hard: HardSet, folder: Path, truth: Truth) -> Iterator[DemoFile]:
    country = hard.country
    register = folder / f"1_ทะเบียนราษฎร_{TAMBON}_{buddhist(country.register_on)}.csv"
    _write(register, (register_row(country, person) for person in country.registered), truth)
    yield DemoFile(register, "civil_register", country.register_on)
    for number, (name, rows) in enumerate(hard.lists.items(), 2):
        path = folder / f"{number}_{NAMES[name]}"
        _write(path, rows, truth)
        yield DemoFile(path, "volunteer_survey", country.as_of)


def _write(path: Path, rows: Iterable[HardRow], truth: Truth) -> None:
    # Excel takes a CSV without a byte order mark for windows-874.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS.values())
        for number, row in enumerate(rows, 2):
            writer.writerow(row.cells)
            truth.note(path.name, "", number, row.person, row.person.house, row.errors)
