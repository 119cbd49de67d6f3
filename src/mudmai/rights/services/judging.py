"""From a frame of people to the rows that are stored of them: the rules worked out for all at once."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from mudmai.kernel import clock
from mudmai.kernel.logic import NO, UNKNOWN
from mudmai.people.queries import UNTOLD_DAY, Frame, day_number
from mudmai.rights.queries.rows import parameter_rows
from mudmai.rights.rules.engine import Evaluated, codes_needed, evaluate
from mudmai.rights.rules.programmes import FINDINGS, PROGRAMMES
from mudmai.rights.rules.rows import own_areas, rows_for
from mudmai.rights.rules.standing import row_id
from mudmai.rights.services.noticing import notices_of
from mudmai.rights.services.storing import Found, Row

ISO_EPOCH = date(1970, 1, 1)
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
            found = Found(*(first + more for first, more in zip(found, _rows(frame, own, mine), strict=True)))
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
    ids, keys = frame.persons.ids, frame.sort_key
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
            told.whys[why], told.papers[lacks],
        )  # fmt: skip


def _watched(frame: Frame, told: dict[str, Evaluated], whom: Mask) -> Iterator[Row]:
    """What nobody can tell of whom (a bit for each programme), and on what day each is to be evaluated again."""
    unsure = np.zeros(len(frame.persons), np.int64)
    soonest = np.full(len(frame.persons), np.iinfo(np.int32).max, np.int64)
    today, horizon = day_number(frame.on), day_number(last_day_watched(frame.on))
    alive = frame.status == 0
    for place, each in enumerate(told.values()):
        is_open = (each.entitled == UNKNOWN) | ((each.receives == UNKNOWN) & (each.entitled != NO))
        unsure |= np.where(is_open & (each.finding == 0) & alive, np.int64(1 << place), 0)
        coming = (each.next_on != UNTOLD_DAY) & (each.next_on > today) & (each.next_on <= horizon)
        soonest = np.where(coming, np.minimum(soonest, each.next_on), soonest)
    ids = frame.persons.ids
    places = np.nonzero(((unsure != 0) | (soonest < np.iinfo(np.int32).max)) & whom)[0]
    days = {day: _iso(day) for day in np.unique(soonest[places]).tolist()}
    rows = zip(
        places.tolist(), frame.persons.area[places].tolist(), unsure[places].tolist(), soonest[places].tolist(),
        strict=True,
    )  # fmt: skip
    for place, area, bits, day in rows:
        yield ids[place], area, bits, days[day]


def last_day_watched(on: date) -> date:
    """How far ahead days are kept: everybody is evaluated anew when a fiscal year begins.

    >>> last_day_watched(date(2026, 11, 2))
    datetime.date(2027, 10, 1)
    """
    return clock.fiscal_year_range(clock.fiscal_year(on))[1] + timedelta(days=1)


def _iso(day: int) -> str | None:
    return None if day == np.iinfo(np.int32).max else (ISO_EPOCH + timedelta(days=day)).isoformat()
