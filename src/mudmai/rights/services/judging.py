"""From a frame of people to the rows that are stored of them: the rules worked out for all at once."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from mudmai.kernel import clock
from mudmai.people.queries import Frame, day_number
from mudmai.rights.queries.rows import parameter_rows
from mudmai.rights.rules.engine import Evaluated, codes_needed, evaluate
from mudmai.rights.rules.programmes import FINDINGS, PROGRAMMES
from mudmai.rights.rules.rows import own_areas, rows_for
from mudmai.rights.rules.standing import row_id
from mudmai.rights.services.noticing import notices_of
from mudmai.rights.services.storing import Found, Row

EPOCH = date(1970, 1, 1)
Mask = npt.NDArray[np.bool_]


def stored_programmes() -> list[str]:
    """The programmes whose findings are stored, in the order of screens: all but the guarded ones."""
    return [code for code, programme in PROGRAMMES.items() if not programme.guarded]


def codes() -> tuple[str, ...]:
    """The facts that evaluating asks for."""
    return codes_needed(stored_programmes())


def rows_of(frame: Frame) -> Found:
    """Everything that is to be stored of the people of a frame."""
    rows = parameter_rows()
    everybody = evaluate(frame, programmes=stored_programmes(), rows=rows_for(rows, ""))
    found = _rows(frame, everybody, ~_inside(frame, own_areas(rows)))
    for area in own_areas(rows):
        nearer = [each for each in own_areas(rows) if each != area and each.startswith(area)]
        mine = _inside(frame, [area]) & ~_inside(frame, nearer)
        if mine.any():
            own = evaluate(frame, programmes=stored_programmes(), rows=rows_for(rows, area))
            found = found.plus(_rows(frame, own, mine))
    return found


def _inside(frame: Frame, areas: Sequence[str]) -> Mask:
    found = np.zeros(len(frame.persons), np.bool_)
    for area in areas:
        found |= np.char.startswith(frame.persons.area, area)
    return found


def _rows(frame: Frame, told: dict[str, Evaluated], whom: Mask) -> Found:
    standings: list[Row] = []
    for programme, each in told.items():
        standings += _standings(frame, programme, each, whom)
    return Found(standings, list(_watched(frame, told, whom)), list(notices_of(frame, told, whom)))


def _standings(frame: Frame, programme: str, told: Evaluated, whom: Mask) -> Iterator[Row]:
    """Rows of those of whom there is something to see."""
    places = np.nonzero((told.finding > 0) & whom)[0]
    ids, keys, whys, papers = frame.persons.ids, frame.sort_key, told.whys, told.papers
    amount = np.where(told.finding == FINDINGS.index("unknown"), told.would_be, told.amount).astype(np.float64)
    columns = (
        places.tolist(),
        frame.persons.area[places].tolist(),
        told.finding[places].tolist(),
        np.round(amount[places], 2).tolist(),
        told.why[places].tolist(),
        told.lacks[places].tolist(),
    )
    for place, area, finding, amount, why, lacks in zip(*columns, strict=True):
        person = ids[place]
        yield (
            row_id(person, programme), person, programme, area, keys[place], FINDINGS[finding], amount,
            whys[why], papers[lacks],
        )  # fmt: skip


def _watched(frame: Frame, told: dict[str, Evaluated], whom: Mask) -> Iterator[Row]:
    """On what day each is to be evaluated again, where that is soon."""
    never = np.iinfo(np.int32).max
    soonest = np.full(len(frame.persons), never, np.int32)
    today, horizon = day_number(frame.on), day_number(last_day_watched(frame.on))
    for each in told.values():
        # Where nothing is known to change, UNTOLD_DAY lies before every day.
        coming = (each.next_on > today) & (each.next_on <= horizon)
        np.minimum(soonest, each.next_on, out=soonest, where=coming)
    places = np.nonzero((soonest < never) & whom)[0]
    days = {day: (EPOCH + timedelta(days=day)).isoformat() for day in np.unique(soonest[places]).tolist()}
    ids, areas = frame.persons.ids, frame.persons.area[places].tolist()
    for place, area, day in zip(places.tolist(), areas, soonest[places].tolist(), strict=True):
        yield ids[place], area, days[day]


def last_day_watched(on: date) -> date:
    """How far ahead days are kept: everybody is evaluated anew when a fiscal year begins.

    >>> last_day_watched(date(2026, 11, 2))
    datetime.date(2027, 10, 1)
    """
    return clock.fiscal_year_range(clock.fiscal_year(on))[1] + timedelta(days=1)
