"""Works out who is entitled to what on a day, for a million people at once; `engine` is the door to it.

Answers have three values (kernel.logic). Who is entitled follows from conditions; what is not known of one makes the
whole not known, unless another one is plainly not met. Pure: what goes in is a frame, what comes out are columns.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from mudmai.kernel import clock
from mudmai.kernel.logic import NO, UNKNOWN, YES, Answers, all_of
from mudmai.rights.rules.changes import Seen, next_changes
from mudmai.rights.rules.crowd import Crowd, FrameLike, crowd_of
from mudmai.rights.rules.law.inputs import KIND_OF
from mudmai.rights.rules.law.reckoning import UNTOLD_DAY, Days, number
from mudmai.rights.rules.law.system import law, period_of, simulation, stands, timeline
from mudmai.rights.rules.programmes import (
    GOES_ON,
    PROGRAMMES,
    Programme,
)
from mudmai.rights.rules.rows import Row, on_day

MISSED, OVER, NOT_KNOWN, PAID = range(1, 5)
_NO_SIGN, _SIGN = 0, 9
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Evaluated:
    """How everybody stands with one programme on one day: a column each, one place a person."""

    programme: Programme
    on: date
    in_force: bool  # False: on this day the programme had not begun, or had ended
    entitled: Answers
    receives: Answers
    amount: npt.NDArray[np.float32]  # baht as `kind` says; 0 unless entitled; of those paid wrongly what the list says
    would_be: npt.NDArray[np.float32]  # the amount if everything that is not known turned out well
    asks: npt.NDArray[np.bool_]  # not known, and a sign makes it worth asking
    suspended: npt.NDArray[np.bool_]  # entitled but for a card that ran out
    finding: npt.NDArray[np.int8]  # place in FINDINGS
    conditions: dict[str, Answers]
    ahead: Callable[[], tuple[Days, npt.NDArray[np.int8]]]

    @cached_property
    def _changes(self) -> tuple[Days, npt.NDArray[np.int8]]:
        return self.ahead()

    @property
    def next_on(self) -> Days:
        """The next day on which something changes for each; UNTOLD_DAY where none is in sight."""
        return self._changes[0]

    @property
    def next_what(self) -> npt.NDArray[np.int8]:
        """What changes then, as a place in WHATS."""
        return self._changes[1]

    @property
    def whys(self) -> tuple[str, ...]:
        """Codes of conditions in the order that `why` and `lacks` count; the first is none."""
        return ("", *self.conditions)

    @property
    def papers(self) -> tuple[str, ...]:
        """As `whys`: the condition whose paper is lacking."""
        return self.whys

    @cached_property
    def why(self) -> npt.NDArray[np.int8]:
        """The condition that decides, as a place in `whys`: the first that is not met, else the first not known."""
        found = np.zeros(len(self.entitled), np.int8)
        for place, answers in reversed(list(enumerate(self.conditions.values(), 1))):
            np.copyto(found, np.int8(place), where=answers == self.entitled)
        found[self.entitled == YES] = 0
        return found

    @cached_property
    def lacks(self) -> npt.NDArray[np.int8]:
        """The condition whose paper is all that is missing, as a place in `papers`; 0 where none is."""
        found = np.zeros(len(self.entitled), np.int8)
        open_ones = np.zeros(len(self.entitled), np.int8)
        for place, (code, answers) in enumerate(self.conditions.items(), 1):
            short = answers != YES
            open_ones += short.view(np.int8)
            if self.programme.condition(code).paper():
                np.copyto(found, np.int8(place), where=short)
        found[open_ones != 1] = 0
        return found

    def masks(self, rows: Sequence[int] | Places) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
        """Which conditions are not known, and which are not met, as bits in their order, of some persons."""
        unknown, unmet = np.zeros(len(rows), np.uint32), np.zeros(len(rows), np.uint32)
        for place, answers in enumerate(self.conditions.values()):
            told = answers[rows]
            unknown |= (told == UNKNOWN).astype(np.uint32) << np.uint32(place)
            unmet |= (told == NO).astype(np.uint32) << np.uint32(place)
        return unknown, unmet


def codes_needed(programmes: Iterable[str] | None = None) -> tuple[str, ...]:
    """The codes of the catalogue that a frame must hold for these programmes; for all of them by default."""
    found = {code for name in (programmes or PROGRAMMES) for code in PROGRAMMES[name].codes}
    return tuple(code for code in KIND_OF if code in found or code in _ALWAYS)


# What the readings of the registry's ties rest on.
_ALWAYS = frozenset(["presence", "death_date", "residence_type", "in_civil_register"])


def evaluate(
    frame: FrameLike,
    on: date | None = None,
    programmes: Iterable[str] | None = None,
    rows: Iterable[Row] = (),
    here: Sequence[str] = ("",),
) -> dict[str, Evaluated]:
    """How everybody stands with these programmes (all by default) on a day (the frame's by default).

    `rows`: rows of the office that hold for all of them; `here`: areas whose house register counts (else all).
    """
    day, chosen = on or frame.on, tuple(rows)
    work = Work(crowd_of(frame, here), day, chosen)
    return {code: work.evaluated(PROGRAMMES[code]) for code in (programmes or PROGRAMMES)}


class Work:
    """One crowd on one day under one set of rows: each answer is worked out once, whoever asks for it."""

    def __init__(self, crowd: Crowd, on: date, rows: tuple[Row, ...] = (), *, trace: bool = False) -> None:
        self.crowd, self.on, self.rows = crowd, on, rows
        self.simulation = simulation(law(rows), crowd.persons, crowd.houses, crowd.house, crowd.size, trace=trace)
        # How far ahead changes are looked for.
        self.until = number(clock.fiscal_year_range(clock.fiscal_year(on) + 1)[1])

    @property
    def size(self) -> int:
        return self.crowd.size[0]

    def column(self, name: str) -> npt.NDArray[Any]:
        """A variable of the law, or what was told."""
        found: npt.NDArray[Any] = self.simulation.calculate(name, period_of(name, self.on))
        return found

    def parameter(self, name: str) -> Any:
        """What a parameter comes to on the day."""
        found = on_day(timeline(self.rows)[name], self.on)
        assert found is not None, name
        return found.value

    def evaluated(self, programme: Programme) -> Evaluated:
        if not stands(programme.parameters, self.on, self.rows):
            return self._not_in_force(programme)
        conditions = {each.code: self.column(each.code) for each in programme.conditions}
        entitled = all_of(*conditions.values())
        receives = self.column(programme.receipt)
        sign = self._sign(programme, conditions)
        finding = _findings(programme)[(entitled + 1) * 3 + (receives + 1) + np.where(sign, _SIGN, _NO_SIGN)]
        amount, would_be = self._amounts(programme, entitled, finding)
        seen = Seen(self.on, self.until, self.column, entitled, self.parameter)
        return Evaluated(
            programme=programme,
            on=self.on,
            in_force=True,
            entitled=entitled,
            receives=receives,
            amount=amount,
            would_be=would_be,
            asks=finding == NOT_KNOWN,
            suspended=_suspended(programme, conditions),
            finding=finding,
            conditions=conditions,
            ahead=lambda: next_changes(programme.code, seen),
        )

    def _not_in_force(self, programme: Programme) -> Evaluated:
        size = self.size
        nothing = np.zeros(size, np.float32)
        return Evaluated(
            programme=programme,
            on=self.on,
            in_force=False,
            entitled=np.full(size, NO, np.int8),
            receives=np.zeros(size, np.int8),
            amount=nothing,
            would_be=nothing,
            asks=np.zeros(size, bool),
            suspended=np.zeros(size, bool),
            finding=np.zeros(size, np.int8),
            conditions={},
            ahead=lambda: (np.full(size, UNTOLD_DAY, np.int32), np.zeros(size, np.int8)),
        )

    def _sign(self, programme: Programme, conditions: dict[str, Answers]) -> npt.NDArray[np.bool_]:
        found = np.ones(self.size, bool)
        for told in programme.asks:
            code = told.rstrip("?")
            answers = conditions[code] if code in conditions else self.column(code)
            found &= answers != NO if told.endswith("?") else answers == YES
        return found

    def _amounts(
        self, programme: Programme, entitled: Answers, finding: npt.NDArray[np.int8]
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        if not programme.amount:
            nothing = np.zeros(self.size, np.float32)
            return nothing, nothing
        rate = self.column(programme.amount)
        amount = rate * (entitled == YES)
        if programme.baht and (over := np.flatnonzero(finding == OVER)).size:
            told = self.crowd.told(programme.baht)[over]
            amount[over] = np.where(np.isnan(told), rate[over], told)
        return amount, rate * (entitled != NO)


def _findings(programme: Programme) -> npt.NDArray[np.int8]:
    """The finding for each pair of answers (entitled, receives), without and with a sign that it is worth asking."""
    return np.array([_finding(programme, *each) for each in _pairs()], np.int8)


def _pairs() -> Iterator[tuple[int, int, bool]]:
    for sign in (False, True):
        for entitled in (NO, UNKNOWN, YES):
            for receives in (NO, UNKNOWN, YES):
                yield entitled, receives, sign


def _finding(programme: Programme, entitled: int, receives: int, sign: bool) -> int:
    """
    >>> old_age = PROGRAMMES["old_age_allowance"]
    >>> from mudmai.rights.rules.programmes import FINDINGS
    >>> [FINDINGS[_finding(old_age, *each)] for each in ((YES, NO, True), (NO, YES, False), (UNKNOWN, NO, False))]
    ['missed', 'over', '']
    """
    if receives == YES:
        return _finding_of_receiver(programme.kind, entitled)
    if entitled == NO:
        return 0
    if entitled == YES and receives == NO:
        return MISSED
    return NOT_KNOWN if sign else 0


def _finding_of_receiver(kind: str, entitled: int) -> int:
    """Money that goes on is held against the rule; what was given once, or a card that others screen, is not."""
    if entitled == YES:
        return PAID
    if kind in GOES_ON:
        return OVER if entitled == NO else NOT_KNOWN
    return 0 if kind == "service" and entitled == NO else PAID


def _suspended(programme: Programme, conditions: dict[str, Answers]) -> npt.NDArray[np.bool_]:
    """Whoever would be entitled but for a condition that only holds the payment up."""
    size = len(next(iter(conditions.values())))
    if not programme.held_up_by:
        return np.zeros(size, bool)
    rest = [answers for code, answers in conditions.items() if code not in programme.held_up_by]
    held_up = np.zeros(size, bool)
    for code in programme.held_up_by:
        held_up |= conditions[code] == NO
    found: npt.NDArray[np.bool_] = held_up & (all_of(*rest) == YES)
    return found
