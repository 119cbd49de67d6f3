"""What a row would change, before it is kept: cases that come out otherwise, people and money of the area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from mudmai.kernel import clock
from mudmai.people import queries as people
from mudmai.rights.queries.rows import parameter_rows
from mudmai.rights.queries.rulebook import as_case, standing_cases
from mudmai.rights.queries.whatif import MOST_PEOPLE, Now, now_of, programmes_with
from mudmai.rights.rules.cases import CaseResult, run_cases, shipped_cases
from mudmai.rights.rules.engine import codes_needed
from mudmai.rights.rules.programmes import PROGRAMMES, Programme
from mudmai.rights.rules.rows import Row, rows_for


@dataclass(frozen=True)
class CaseTurned:
    """A case that comes out otherwise with the row than without it."""

    programme: Programme
    before: CaseResult
    after: CaseResult


@dataclass(frozen=True)
class Foreseen:
    """What would be otherwise from the first day of the row on."""

    on: date
    cases: list[CaseTurned]
    cases_run: int
    programmes: list[Now]
    asked: int
    too_many: bool


def foresee_row(row: Row, *, without: int = 0) -> Foreseen:
    """What adding a row changes; with `without`, the id of a kept row, what taking that one back changes."""
    standing = parameter_rows()
    before = rows_for(standing, row.area_code)
    after = [each for each in before if each.id != without] if without else [*before, row]
    on = max(clock.today(), _first_whole_month(row.valid_from))
    asked = people.area_numbers((row.area_code,), clock.today()).people
    turned, run = _cases_turned(row.parameter, before, after)
    affected = programmes_with([row.parameter])
    too_many = asked > MOST_PEOPLE
    found: list[Now] = []
    if affected and not too_many:
        frame = people.frame(codes_needed([each.code for each in affected]), areas=(row.area_code,))
        nowhere = np.zeros(len(frame.persons), np.intp)
        found = now_of(frame, nowhere, 1, affected, (before, after), on)
    return Foreseen(on, turned, run, found, asked, too_many)


def _first_whole_month(day: date) -> date:
    """The first day of the month in which a row holds from the beginning: amounts are those of a month.

    >>> _first_whole_month(date(2027, 10, 1)), _first_whole_month(date(2027, 12, 15))
    (datetime.date(2027, 10, 1), datetime.date(2028, 1, 1))
    """
    return day if day.day == 1 else date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _cases_turned(name: str, before: Sequence[Row], after: Sequence[Row]) -> tuple[list[CaseTurned], int]:
    turned, run = [], 0
    for programme in PROGRAMMES.values():
        kept = standing_cases(programme.code)
        corrected = {each.corrects for each in kept}
        cases = [case for case in shipped_cases().get(programme.code, ()) if case.name not in corrected]
        cases += [as_case(each) for each in kept]
        old, new = (run_cases(programme.code, cases, rows) for rows in (before, after))
        run += len(cases)
        turned += [
            CaseTurned(programme, one, other)
            for one, other in zip(old, new, strict=True)
            if one.got != other.got or one.ok != other.ok
        ]
    return turned, run
