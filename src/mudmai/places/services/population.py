"""Loads the population that the civil register printed."""

from operator import add
from typing import Any

from django.utils.translation import gettext as _

from mudmai.kernel.text import cell_text, is_blank
from mudmai.places.models import Part, Population
from mudmai.places.queries.populations import COUNTED
from mudmai.places.rules import clean_code
from mudmai.places.services.joining import Joiner
from mudmai.places.services.report import LoadReport, Problem
from mudmai.places.services.tables import Table

Key = tuple[str, int, str]

_COUNTRY = {"0", "00", "TH", "ทั่วประเทศ"}
_CHUNK = 2000


def load(table: Table, columns: dict[str, str], joiner: Joiner, report: LoadReport) -> None:
    """Load persons and houses per area, year and part. Years above 2400 are read as Buddhist era.

    A tambon with two municipalities has a row for each: these are added up.
    """
    wanted: dict[Key, tuple[int, ...]] = {}
    for done, (row, where) in enumerate(zip(table.rows, table.where, strict=True), start=1):
        joiner.step(done)
        code = _code(row, columns, joiner, where)
        if code is None:
            continue
        year = _whole(row.get(columns["year"]))
        part = cell_text(row.get(columns.get("part", ""))) or Part.TOTAL
        numbers = _numbers(row, columns)
        problem = _problem(where, code, numbers, year, part)
        key = (code, year - 543 if year and year > 2400 else year or 0, part)
        if problem is None and key in wanted and part != Part.MUNICIPAL:
            problem = Problem(where, code, "twice", _("The code %(code)s stands in the file twice.") % {"code": code})
        if problem is not None:
            report.leave_out(problem)
            continue
        report.same += key in wanted
        wanted[key] = tuple(map(add, wanted.get(key, (0,) * len(COUNTED)), numbers))
    _write(wanted, report)


def _numbers(row: dict[str, Any], columns: dict[str, str]) -> tuple[int, ...]:
    """The counts; a blank one is 0 where another is given. Nothing where a cell is no whole number."""
    cells = [row.get(columns.get(name, "")) for name in COUNTED]
    if all(is_blank(cell) for cell in cells):
        return ()
    numbers = [0 if is_blank(cell) else _whole(cell) for cell in cells]
    return tuple(number for number in numbers if number is not None)


def _code(row: dict[str, Any], columns: dict[str, str], joiner: Joiner, where: str) -> str | None:
    """The area's code; also abolished ones, for what was counted there stays true."""
    cell = row.get(columns["code"])
    if cell_text(cell) in _COUNTRY:
        return ""
    code = clean_code(cell)
    return code if code in joiner.abolished else joiner.join(where, cell)


def _problem(where: str, code: str, numbers: tuple[int, ...], year: int | None, part: str) -> Problem | None:
    if len(numbers) != len(COUNTED) or year is None:
        return Problem(where, code, "no_number", _("A count or the year is missing or is no whole number."))
    if part not in Part.values:
        return Problem(where, code, "unknown_part", _("“%(part)s” is no part of an area.") % {"part": part[:30]})
    total, male, female, _households = numbers
    if total != male + female:
        message = _("Men and women (%(sum)s) do not add up to the total (%(total)s).")
        return Problem(where, code, "wrong_sum", message % {"sum": male + female, "total": total})
    return None


def _whole(cell: object) -> int | None:
    try:
        number = float(cell_text(cell).replace(",", "")) if not isinstance(cell, int) else float(cell)
    except ValueError:
        return None
    return int(number) if number.is_integer() and number >= 0 else None


def _write(wanted: dict[Key, tuple[int, ...]], report: LoadReport) -> None:
    years = {year for _code, year, _part in wanted}
    standing = {(row.code, row.year, row.part): row for row in Population.objects.filter(year__in=years)}
    fresh, changed = [], []
    for (code, year, part), numbers in wanted.items():
        counted = dict(zip(COUNTED, numbers, strict=True))
        row = standing.get((code, year, part))
        if row is None:
            fresh.append(Population(code=code, year=year, part=part, **counted))
        elif any(getattr(row, name) != number for name, number in counted.items()):
            for name, number in counted.items():
                setattr(row, name, number)
            changed.append(row)
    Population.objects.bulk_create(fresh, batch_size=_CHUNK)
    Population.objects.bulk_update(changed, COUNTED, batch_size=500)
    report.added += len(fresh)
    report.changed += len(changed)
    report.same += len(wanted) - len(fresh) - len(changed)
