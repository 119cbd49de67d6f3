"""What if a rate or a limit were another: the answer for one area of the user's, now and for ten fiscal years."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from mudmai.accounts.models import User
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput
from mudmai.people import queries as people
from mudmai.rights.queries.rows import parameter_rows
from mudmai.rights.rules.engine import codes_needed, evaluate
from mudmai.rights.rules.parameters import shipped
from mudmai.rights.rules.programmes import PROGRAMMES, Programme
from mudmai.rights.rules.rows import Parameter, Row, effective, own_areas, rows_for, value_on
from mudmai.rights.rules.whatif import (
    RENEWED,
    Crowd,
    Figures,
    Mortality,
    Year,
    ahead,
    counted,
    newborn,
    residents,
    supposed,
)

# So many people are worked out while one waits; a larger area is to be asked in parts.
MOST_PEOPLE = 250_000
# The years ahead ask the law anew for each of 131 months.
MOST_PEOPLE_AHEAD = 40_000
NEXT_LENGTH = {0: 2, 2: 4, 4: 6, 6: 8, 8: 8}
PROJECTION = "projection"
MONTHLY = "monthly"
OF_THE_DEAD = frozenset({"funeral_help"})


class AreaTooLarge(BadInput):
    """More people than are worked out while somebody waits."""

    code = "area_too_large"


class NothingToChange(BadInput):
    """No rate was changed, or a value is of another kind."""

    code = "nothing_to_change"


@dataclass(frozen=True)
class Both:
    """The same figures as the law stands, and as it is supposed."""

    before: Figures
    after: Figures

    @property
    def more(self) -> Figures:
        return self.after - self.before


@dataclass(frozen=True)
class Now:
    """One programme today, by village."""

    programme: Programme
    figures: Both


@dataclass(frozen=True)
class Ahead:
    """One programme in one fiscal year: as people are likely to live, and as if nobody died."""

    year: int
    programme: Programme
    likely: Both
    at_most: Both


@dataclass(frozen=True)
class Answer:
    """What a supposed rate comes to in one area."""

    area: str
    on: date
    asked: int  # living people looked at
    places: list[str]  # codes of the villages, in the order of the figures
    now: list[Now]
    years: list[Ahead]
    too_many_ahead: bool
    birth_years: int
    born: int  # children of the last `birth_years`
    own_areas: list[str]  # areas inside this one that have rows of their own, which were not looked at
    rows: list[Row]  # the office's rows that hold in the area


def programmes_with(names: Collection[str]) -> list[Programme]:
    """The programmes that use any of these parameters, without the guarded ones: nobody is counted by a diagnosis."""
    return [
        programme
        for programme in PROGRAMMES.values()
        if not programme.guarded and not set(names).isdisjoint(parameters_of(programme))
    ]


def parameters_of(programme: Programme) -> list[str]:
    """The parameters that a programme uses, its own first; each once."""
    used = [*programme.parameters, *(name for each in programme.conditions for name in each.parameters)]
    own = [name for name, parameter in shipped().items() if parameter.programme == programme.code]
    return list(dict.fromkeys([*own, *used]))


def answer(user: User, area: str, changes: Mapping[str, Any], *, with_years: bool = True) -> Answer:
    """Who is entitled and what it costs, now and with these values instead. Raises AreaTooLarge, NothingToChange.

    `changes`: {full name of a parameter: its value}. The caller has seen that the user may count in the area.
    """
    today = clock.today()
    asked = people.area_numbers((area,), today).people
    _refuse_too_many(asked)
    rows = parameter_rows()
    before = rows_for(rows, area)
    after = [*before, *_supposed_rows(changes, before, today, area)]
    programmes = programmes_with(changes)
    if not programmes:
        raise NothingToChange(_("Choose a rate and write another value, so that there is something to compare."))
    codes = [programme.code for programme in programmes]
    frame = people.frame({*codes_needed(codes), *RENEWED}, areas=(area,))
    places, village = _villages(frame, area)
    births = int(_number(value_on(shipped()["projection.birth_years"], before, today)))
    monthly = [programme.code for programme in programmes if programme.kind == MONTHLY]
    is_ahead = with_years and bool(monthly) and asked <= MOST_PEOPLE_AHEAD
    crowds = _crowds(frame, village, today, births, monthly, before) if is_ahead else []
    return Answer(
        area=area,
        on=today,
        asked=int((frame.status == 0).sum()),
        places=places,
        now=now_of(frame, village, len(places), programmes, (before, after), today),
        years=_ahead(crowds, monthly, today, len(places), (before, after)),
        too_many_ahead=with_years and asked > MOST_PEOPLE_AHEAD,
        birth_years=births,
        born=round(float(crowds[1].weight.sum()) * births / 11) if len(crowds) > 1 else 0,
        rows=before,
        own_areas=[each for each in own_areas(rows) if each.startswith(area) and each != area],
    )


def _refuse_too_many(asked: int) -> None:
    if asked > MOST_PEOPLE:
        raise AreaTooLarge(
            _("%(n)s people live in this area; at most %(most)s are worked out at once. Choose a smaller area.")
            % {"n": f"{asked:,}", "most": f"{MOST_PEOPLE:,}"}
        )


def _supposed_rows(changes: Mapping[str, Any], rows: Sequence[Row], today: date, area: str) -> list[Row]:
    found: list[Row] = []
    for name, value in changes.items():
        parameter = shipped().get(name)
        if parameter is None or parameter.programme == PROJECTION:
            raise NothingToChange(_("There is no parameter called “%(name)s”.") % {"name": name})
        try:
            # From the first of the month on: amounts are those of a month.
            found += supposed(parameter, value, rows, today.replace(day=1), area)
        except (ValueError, TypeError):
            raise NothingToChange(_("The value of “%(label)s” cannot be used.") % {"label": parameter.th}) from None
    return found


def _villages(frame: Any, area: str) -> tuple[list[str], npt.NDArray[np.intp]]:
    """The areas one level down, and in which of them each person counts."""
    length = NEXT_LENGTH[len(area)]
    codes, village = np.unique(frame.persons.area.astype(f"U{length}"), return_inverse=True)
    return [str(code) for code in codes], village.astype(np.intp)


def now_of(
    frame: Any, village: npt.NDArray[np.intp], villages: int, programmes: Sequence[Programme],
    both: tuple[Sequence[Row], Sequence[Row]], on: date,
) -> list[Now]:  # fmt: skip
    """Each programme on one day, under the rows that hold and under those that are supposed."""
    codes, alive = [programme.code for programme in programmes], (frame.status == 0).astype(np.float64)
    found = [evaluate(frame, on=on, programmes=codes, rows=rows) for rows in both]
    return [
        Now(each, Both(*(counted(one[each.code], _whom(each, alive), village, villages) for one in found)))
        for each in programmes
    ]


def _whom(programme: Programme, alive: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Help for funerals goes to the dead; everything else to the living."""
    return np.ones_like(alive) if programme.code in OF_THE_DEAD else alive


def _crowds(
    frame: Any, village: npt.NDArray[np.intp], today: date, births: int, monthly: Sequence[str], rows: Sequence[Row]
) -> list[Crowd]:
    children = newborn(frame, village, today, births)
    return [residents(frame, village)] + ([children] if children is not None else [])


def _ahead(
    crowds: Sequence[Crowd], monthly: Sequence[str], today: date, villages: int,
    both: tuple[Sequence[Row], Sequence[Row]],
) -> list[Ahead]:  # fmt: skip
    if not crowds:
        return []
    laws = [partial(_of_month, programmes=monthly, rows=rows) for rows in both]
    before, after = ahead(crowds, laws, monthly, mortality(both[0]), today, villages)
    return [_side_by_side(first, second) for first, second in zip(before, after, strict=True)]


def _of_month(frame: Any, month: date, programmes: Sequence[str], rows: Sequence[Row]) -> Mapping[str, Any]:
    return evaluate(frame, on=month, programmes=programmes, rows=rows)


def _side_by_side(before: Year, after: Year) -> Ahead:
    return Ahead(
        before.year,
        PROGRAMMES[before.programme],
        Both(before.likely, after.likely),
        Both(before.at_most, after.at_most),
    )


def mortality(rows: Sequence[Row]) -> Mortality:
    """The life table that holds, with what the office put in its place."""
    men, women = (shipped()[f"projection.mortality_{sex}"] for sex in ("male", "female"))
    return Mortality(effective(men, rows), effective(women, rows))


def changeable(area: str) -> list[tuple[Programme, list[tuple[Parameter, Any]]]]:
    """What can be supposed to be another: numbers and scales of each programme, with what holds today in the area."""
    rows, today = rows_for(parameter_rows(), area), clock.today()
    return [
        (
            programme,
            [
                (shipped()[name], value_on(shipped()[name], rows, today))
                for name in parameters_of(programme)
                if shipped()[name].kind != "yes_no"
            ],
        )
        for programme in PROGRAMMES.values()
        if not programme.guarded
    ]


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
