"""Why somebody is entitled, or is not, or why that is not known: the trace of the law, step by step, for one person.

OpenFisca notes which variables and parameters each condition asked for; here that becomes facts and dated rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from mudmai.kernel.logic import UNKNOWN, YES
from mudmai.rights.rules.crowd import Crowd, FrameLike, crowd_of
from mudmai.rights.rules.law.inputs import KIND_OF, READ_FROM, READINGS
from mudmai.rights.rules.law.reckoning import UNTOLD_DAY, day_of
from mudmai.rights.rules.law.system import timeline
from mudmai.rights.rules.law.variables import KINDS
from mudmai.rights.rules.parameters import shipped
from mudmai.rights.rules.programmes import FINDINGS, PROGRAMMES, WHAT_CODES, Condition, Programme
from mudmai.rights.rules.rows import ONE_DAY, Row, Stretch, Value, on_day
from mudmai.rights.rules.working import Evaluated, Work

# As far ahead as anybody lives.
_FAR = int(np.iinfo(np.int32).max) // 2


@dataclass(frozen=True)
class Used:
    """One parameter as a step used it: its value on the day, and the rows that made it so."""

    name: str
    th: str
    en: str
    unit: str
    value: Value
    valid_from: date
    valid_to: date | None
    legal_basis: str
    source: str
    confidence: str
    office: bool
    rows: tuple[Row, ...]

    def label(self, language: str = "th") -> str:
        return self.th if language.startswith("th") else self.en


@dataclass(frozen=True)
class Step:
    """One condition: its answer, in words, with the facts and the parameters that it used."""

    condition: Condition
    answer: int
    parameters: tuple[Used, ...]
    facts: tuple[str, ...]  # codes of the catalogue that were looked at
    missing: tuple[str, ...]  # those of them that nobody told, where that is why it is not known
    presumed: bool = False  # counts as met though its first fact was not told

    @property
    def code(self) -> str:
        return self.condition.code

    @property
    def classes(self) -> frozenset[str]:
        return self.condition.classes

    def label(self, language: str = "th") -> str:
        return self.condition.label(language)

    def sentence(self, language: str = "th") -> str:
        return self.condition.presumed(language) if self.presumed else self.condition.sentence(self.answer, language)

    def ask(self, language: str = "th") -> str:
        """How to find out; "" where it is known."""
        return self.condition.ask(language) if self.answer == UNKNOWN else ""

    def paper(self, language: str = "th") -> str:
        return self.condition.paper(language)


@dataclass(frozen=True)
class Explained:
    """How one person stands with one programme on one day, and why."""

    programme: Programme
    on: date
    in_force: bool
    entitled: int
    receives: int
    finding: str
    suspended: bool
    why: str
    lacks: str
    amount: float
    would_be: float
    next_on: date | None
    next_what: str
    steps: tuple[Step, ...]
    amount_parameters: tuple[Used, ...]


def explain(
    frame: FrameLike,
    row: int,
    programme: str,
    on: date | None = None,
    rows: Iterable[Row] = (),
    here: Sequence[str] = ("",),
) -> Explained:
    """How the person at a place of the frame stands with one programme, and why."""
    return next(iter(explain_all(frame, row, [programme], on, rows, here).values()))


def explain_all(
    frame: FrameLike,
    row: int,
    programmes: Iterable[str] | None = None,
    on: date | None = None,
    rows: Iterable[Row] = (),
    here: Sequence[str] = ("",),
) -> dict[str, Explained]:
    """How the person at a place of the frame stands with these programmes (all by default), and why."""
    crowd, place = _with_their_house(crowd_of(frame, here), row)
    work = Work(crowd, on or frame.on, tuple(rows), trace=True)
    work.until = _FAR
    return {code: _explained(work, PROGRAMMES[code], place) for code in (programmes or PROGRAMMES)}


def _with_their_house(crowd: Crowd, row: int) -> tuple[Crowd, int]:
    """One person and all in the same house: what the others tell may count."""
    house, nobodys = crowd.house[row], crowd.size[1] - 1
    places = np.flatnonzero(crowd.house == house) if house != nobodys else np.array([row])
    some = crowd.only(places)
    # Only the house itself, and the one of which nothing is known.
    kept = np.array([house, nobodys])
    houses = {name: column[kept] for name, column in crowd.houses.items()}
    inside = np.where(some.house == house, np.int32(0), np.int32(1))
    return Crowd(some.persons, houses, inside, (len(places), 2)), int(np.flatnonzero(places == row)[0])


def _explained(work: Work, programme: Programme, place: int) -> Explained:
    found: Evaluated = work.evaluated(programme)
    steps = tuple(_step(work, each, found, place) for each in programme.conditions if each.code in found.conditions)
    next_on = int(found.next_on[place])
    paid = _used(work, _asked(work, programme.amount)[1]) if programme.amount and found.in_force else ()
    return Explained(
        programme=programme,
        on=work.on,
        in_force=found.in_force,
        entitled=int(found.entitled[place]),
        receives=int(found.receives[place]),
        finding=FINDINGS[found.finding[place]],
        suspended=bool(found.suspended[place]),
        why=found.whys[found.why[place]],
        lacks=found.papers[found.lacks[place]],
        amount=float(found.amount[place]),
        would_be=float(found.would_be[place]),
        next_on=None if next_on == UNTOLD_DAY else day_of(next_on),
        next_what=WHAT_CODES[found.next_what[place]],
        steps=steps,
        amount_parameters=paid,
    )


def _step(work: Work, condition: Condition, found: Evaluated, place: int) -> Step:
    answer = int(found.conditions[condition.code][place])
    inputs, parameters = _asked(work, condition.code)
    facts = tuple(dict.fromkeys(READ_FROM.get(name, name) for name in inputs))
    missing = {READ_FROM.get(name, name) for name in inputs if _is_untold(work.crowd, name, place)}
    return Step(
        condition=condition,
        answer=answer,
        parameters=_used(work, parameters),
        facts=facts,
        missing=tuple(fact for fact in facts if fact in missing) if answer == UNKNOWN else (),
        presumed=answer == YES and bool(condition.presumed()) and condition.facts[0] in missing,
    )


def _asked(work: Work, variable: str) -> tuple[list[str], list[str]]:
    """Which inputs and which parameters a variable asked for, by whatever way, in the order of asking."""
    inputs: dict[str, None] = {}
    parameters: dict[str, None] = {}
    for name, names in _nodes(work, variable, set()):
        if name in KIND_OF or name in READINGS:
            inputs[name] = None
        parameters.update(dict.fromkeys(names))
    return list(inputs), list(parameters)


def _nodes(work: Work, variable: str, seen: set[str]) -> Iterator[tuple[str, list[str]]]:
    """What the tracer noted of a variable when it was worked out, and of all that it rests on."""
    if variable in seen:
        return
    seen.add(variable)
    node = _first_node(work, variable)
    if node is None:
        return
    yield variable, [each.name for each in node.parameters]
    for child in node.children:
        yield from _nodes(work, child.name, seen)


def _first_node(work: Work, variable: str) -> Any:
    """The note of the time when it was worked out; later ones were answered from memory and hold nothing."""
    notes = [node for node in work.simulation.tracer.browse_trace() if node.name == variable]
    return max(notes, key=lambda node: len(node.children) + len(node.parameters), default=None)


def _is_untold(crowd: Crowd, name: str, place: int) -> bool:
    if name in crowd.persons:
        column, at, kind = crowd.persons[name], place, READINGS.get(name) or KIND_OF[name]
    elif name in crowd.houses:
        column, at, kind = crowd.houses[name], int(crowd.house[place]), KIND_OF[name]
    else:
        return True
    untold = KINDS[kind][2]
    value = column[at]
    return bool(np.isnan(value)) if kind == "number" else bool(value == untold)


def _used(work: Work, names: Iterable[str]) -> tuple[Used, ...]:
    told = timeline(work.rows)
    return tuple(_as_used(name, told[name], work.on) for name in names if name in told)


def _as_used(name: str, stretches: list[Stretch], on: date) -> Used:
    found = on_day(stretches, on)
    assert found is not None, name
    assert found.base is not None, name
    assert found.value is not None, name
    after = [each.first for each in stretches if each.first > on]
    parameter, rows = shipped()[name], (found.base, *found.added)
    return Used(
        name=name,
        th=parameter.th,
        en=parameter.en,
        unit=parameter.unit,
        value=found.value,
        valid_from=found.first,
        valid_to=min(after) - ONE_DAY if after else None,
        legal_basis="; ".join(row.legal_basis for row in rows),
        source="; ".join(row.source for row in rows if row.source),
        # No better than the weakest row.
        confidence=max((row.confidence for row in rows), key="ABCK".index),
        office=any(row.office for row in rows),
        rows=rows,
    )
