"""Which reasons hold of each household, and where that places it: red cases first, then urgency, then points."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mudmai.kernel.logic import UNKNOWN, YES, Answers
from mudmai.needs.rules.conditions.model import HOUSEHOLD
from mudmai.needs.rules.priority import MOST_SCORE, URGENCIES, Weights, bit_of, reasons
from mudmai.needs.rules.priority_terms import Terms, is_about_persons
from mudmai.people.queries import Frame

if TYPE_CHECKING:
    from mudmai.needs.rules.assessing import Assessed

Numbers = npt.NDArray[Any]

# Of more people than this who share a reason, the rest are only counted.
MOST_NAMED = 12
# A household's place: which of the four runs (red, very urgent, urgent, can wait), and within it the points.
RUN = 10_000
RED_RUN = 0
RUN_OF = {9: 1, 5: 2, 1: 3}
ASKED = "?"

Held = dict[str, list[Any]]


@dataclass(frozen=True)
class Judged:
    """What holds of each household of a frame, whatever it counts."""

    counts: dict[str, Numbers]  # {reason: how many times it holds, of each household}
    marks: Numbers  # int64: a bit for each reason
    held: list[Held]  # of each household {reason: whom it is about}; "?" before those that are not known


def judge(frame: Frame, assessed: "Assessed") -> Judged:
    """Work out every reason for every household."""
    terms = Terms(frame, assessed)
    counts: dict[str, Numbers] = {}
    held: list[Held] = [{} for _ in frame.houses.ids]
    marks = np.zeros(len(frame.houses), np.int64)
    for code, reason in reasons().items():
        person = isinstance(reason.when, str) and is_about_persons(reason.when)
        answer = terms.of(reason.when) if isinstance(reason.when, str) else terms.holds(reason.when, HOUSEHOLD)
        if reason.unless:
            answer = np.where((answer == YES) & (terms.of(reason.unless) == YES), -1, answer)
        counts[code] = _counted(frame, answer, person)
        marks[counts[code] > 0] |= bit_of(code)
        _note(frame, held, code, answer == YES, person)
        if reason.about:
            whom = (terms.of(reason.about) == YES) & frame.of_house(answer == YES, False)
            _note(frame, held, code, whom, True)
        if reason.asks:
            _note(frame, held, ASKED + code, (answer == UNKNOWN) & (terms.of(reason.asks) == YES), person)
    return Judged(counts, marks, held)


def _counted(frame: Frame, answer: Answers, person: bool) -> Numbers:
    found: Numbers = frame.count(answer == YES) if person else (answer == YES).astype(np.int32)
    return found


def _note(frame: Frame, held: list[Held], key: str, mask: npt.NDArray[np.bool_], person: bool) -> None:
    if not person:
        for house in np.flatnonzero(mask).tolist():
            held[house][key] = []
        return
    rows = np.flatnonzero(mask & frame.living)
    ids = frame.persons.ids
    for row, house in zip(rows.tolist(), frame.house[rows].tolist(), strict=True):
        held[house].setdefault(key, []).append(ids[row])


def kept(held: Held) -> Held:
    """The reasons of a household as they are kept: who they are about in one order, and of many only how many more."""
    return {
        key: sorted(whom) if len(whom) <= MOST_NAMED else [*sorted(whom)[:MOST_NAMED], len(whom) - MOST_NAMED]
        for key, whom in held.items()
    }


def times(whom: Sequence[Any]) -> int:
    """How many times a kept reason holds.

    >>> times([]), times(["a", "b"]), times(["a", "b", 7])
    (1, 2, 9)
    """
    if whom and isinstance(whom[-1], int):
        return len(whom) - 1 + whom[-1]
    return len(whom) or 1


def counts_of(many: Iterable[Mapping[str, Sequence[Any]]]) -> dict[str, Numbers]:
    """The counts of households from the reasons that are kept of them."""
    rows = list(many)
    counts = {code: np.zeros(len(rows), np.int32) for code in reasons()}
    for row, held in enumerate(rows):
        for key, whom in held.items():
            if key in counts:
                counts[key][row] = times(whom)
    return counts


@dataclass(frozen=True)
class Placed:
    """Where each household stands by the weights of its town."""

    score: Numbers
    urgency: Numbers
    red: npt.NDArray[np.bool_]
    place: Numbers


def placed(counts: Mapping[str, Numbers], weights: Weights, size: int) -> Placed:
    """Add the points up and say how urgent it is: by the points, by what visitors told, and every red case is."""
    score = np.zeros(size, np.int32)
    red = np.zeros(size, bool)
    told = np.ones(size, np.int16)
    for code, reason in reasons().items():
        if not weights.counts(code):
            continue
        score += weights.points[code] * np.minimum(counts[code], reason.most)
        if reason.red:
            red |= counts[code] > 0
        if reason.urgency > 1:
            told = np.where(counts[code] > 0, np.maximum(told, reason.urgency), told)
    score = np.minimum(score, MOST_SCORE)
    by_points = np.select([score >= weights.bands[9], score >= weights.bands[5]], [9, 5], 1)
    urgency = np.where(red, 9, np.maximum(by_points, told)).astype(np.int16)
    run = np.select([red, urgency == 9, urgency == 5], [RED_RUN, RUN_OF[9], RUN_OF[5]], RUN_OF[1])
    return Placed(score, urgency, red, (run * RUN + (RUN - 1 - score)).astype(np.int32))


def run_of_places(*, urgency: int = 0, red: bool = False) -> tuple[int, int] | None:
    """First and last place of those that are so urgent, or red; None for everybody.

    >>> run_of_places(red=True), run_of_places(urgency=9), run_of_places(urgency=1)
    ((0, 9999), (0, 19999), (30000, 39999))
    """
    if red:
        return 0, RUN - 1
    if urgency not in URGENCIES:
        return None
    first = RED_RUN if urgency == 9 else RUN_OF[urgency]
    return first * RUN, RUN_OF[urgency] * RUN + RUN - 1
