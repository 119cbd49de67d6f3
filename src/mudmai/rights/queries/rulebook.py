"""The rules as officials read them: rates over time, who added what, and cases with what comes out of them now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.utils.translation import get_language

from mudmai.kernel import clock
from mudmai.rights.models import CaseRow, ParameterRow
from mudmai.rights.queries.rows import as_row, parameter_rows, rows_of
from mudmai.rights.rules.cases import Case, CaseResult, run_cases, shipped_cases
from mudmai.rights.rules.charts import Chart, step_chart
from mudmai.rights.rules.parameters import shipped
from mudmai.rights.rules.programmes import Programme
from mudmai.rights.rules.rows import Parameter, Row, Stretch, effective, on_day, rows_for

# How a row stands today.
NOW, LATER, PAST, PROPOSED, TAKEN_BACK = "now", "later", "past", "proposed", "taken_back"
UNSURE = frozenset({"C", "K"})


@dataclass(frozen=True)
class ShownRow:
    """One dated row: shipped, or added by an office."""

    row: Row
    state: str
    kept: ParameterRow | None = None

    @property
    def is_unsure(self) -> bool:
        return self.row.confidence in UNSURE


@dataclass(frozen=True)
class ShownParameter:
    """One parameter as its part of the page shows it."""

    parameter: Parameter
    now: Stretch | None
    rows: list[ShownRow]
    chart: Chart | None

    @property
    def is_unsure(self) -> bool:
        """Whether what holds today is to be checked before it is used."""
        holding = [*self.now.added, *([self.now.base] if self.now.base else [])] if self.now else []
        return any(row.confidence in UNSURE for row in holding)


@dataclass(frozen=True)
class ShownCase:
    """A case with what comes out of it today."""

    result: CaseResult
    kept: CaseRow | None = None  # None: shipped

    @cached_property
    def case(self) -> Case:
        return self.result.case


def shown_parameters(names: Sequence[str], area: str = "") -> list[ShownParameter]:
    """The parameters with all their rows, newest first, and what holds today in an area."""
    today, office = clock.today(), rows_for(parameter_rows(), area)
    kept: dict[str, list[ParameterRow]] = {}
    for each in rows_of(tuple(names), area):
        kept.setdefault(each.parameter, []).append(each)
    return [_shown(shipped()[name], office, kept.get(name, []), today) for name in names if name in shipped()]


def _shown(parameter: Parameter, office: Sequence[Row], kept: Sequence[ParameterRow], today: date) -> ShownParameter:
    stretches = effective(parameter, office)
    now = on_day(stretches, today)
    holding = {now.base, *now.added} if now else set()
    rows = [ShownRow(row, _state(row, holding, today)) for row in parameter.rows]
    for each in kept:
        row = as_row(each)
        rows.append(ShownRow(row, TAKEN_BACK if each.taken_back_at else _state(row, holding, today), each))
    rows.sort(key=lambda shown: (shown.row.valid_from, shown.row.id), reverse=True)
    return ShownParameter(parameter, now, rows, step_chart(parameter, office, today))


def _state(row: Row, holding: set[Row | None], today: date) -> str:
    if not row.in_force:
        return PROPOSED
    if row in holding:
        return NOW
    return LATER if row.valid_from > today else PAST


def shown_cases(programme: Programme, area: str = "") -> list[ShownCase]:
    """The cases of a rule, worked out now: shipped ones, or what stands in their place, then the office's own."""
    rows = tuple(rows_for(parameter_rows(), area))
    kept = list(standing_cases(programme.code))
    corrected = {each.corrects for each in kept if each.corrects}
    shipped_results = _shipped_results(programme.code, rows, get_language() or "th")
    own_results = run_cases(programme.code, [as_case(each) for each in kept], rows)
    own = [ShownCase(result, each) for result, each in zip(own_results, kept, strict=True)]
    return [*(ShownCase(result) for result in shipped_results if result.case.name not in corrected), *own]


@lru_cache(maxsize=128)
def _shipped_results(programme: str, rows: tuple[Row, ...], language: str) -> list[CaseResult]:
    """Shipped cases give the same as long as the rows are the same: each case says its own day."""
    return run_cases(programme, shipped_cases().get(programme, ()), rows)


def run_case(case: Case, area: str = "") -> CaseResult:
    """What comes out of a case today, whether it is kept or was only typed."""
    return run_cases(case.programme, [case], rows_for(parameter_rows(), area))[0]


def standing_cases(programme: str) -> Sequence[CaseRow]:
    """Cases that officials wrote and that were not taken back."""
    return list(
        CaseRow.objects.filter(programme=programme, taken_back_at__isnull=True).select_related("by").order_by("pk")
    )


def case_row(case_id: int) -> CaseRow | None:
    """A kept case that stands."""
    return CaseRow.objects.filter(pk=case_id, taken_back_at__isnull=True).first()


def as_case(kept: CaseRow) -> Case:
    """A kept case as the rules read it."""
    return Case(kept.programme, kept.name, kept.on, kept.given, kept.expected)
