"""What one person is entitled to on a day: each programme with its conditions, what they rest on, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mudmai.access.rules import SENSITIVE
from mudmai.kernel import clock
from mudmai.kernel.dates import format_thai_date
from mudmai.kernel.logic import NO, YES
from mudmai.people.queries import (
    FieldTrace,
    Frame,
    classes_of,
    frame,
    scope_of,
    trace_of_household,
    trace_of_person,
)
from mudmai.people.rules.catalogue import NONE_TOLD, catalogue
from mudmai.rights.queries.rows import parameter_rows
from mudmai.rights.rules.engine import Explained, codes_needed, explain_all
from mudmai.rights.rules.programmes import PROGRAMMES, Programme, what_label
from mudmai.rights.rules.rows import rows_for
from mudmai.rights.rules.units import UNITS

if TYPE_CHECKING:
    from mudmai.accounts.models import User

# In this order the programmes of a person are shown.
URGENCY = ("missed", "over", "unknown", "", "paid")
STATES = {YES: "yes", NO: "no", 0: "unknown"}


@dataclass(frozen=True)
class Rested:
    """One fact that a condition rests on: its value in words, who told it, and when; "" where nobody did."""

    code: str
    label: str
    value: str
    source: str
    on: date | None
    url_record: Any = None  # the record that told it


@dataclass(frozen=True)
class Norm:
    """What the law says on that day: a rate or a threshold, with its basis."""

    label: str
    value: str
    basis: str


@dataclass(frozen=True)
class Asked:
    """One condition: met, not met, or not known because of what is missing."""

    state: str  # yes | no | unknown
    label: str
    sentence: str
    ask: str  # how to find out; "" where it is known
    facts: list[Rested]
    used: list["Norm"]


@dataclass(frozen=True)
class Right:
    """One programme and this person."""

    programme: Programme
    label: str
    entitled: str  # yes | no | unknown
    receives: str
    finding: str  # missed | over | unknown | paid | ""
    amount: float
    would_be: float
    conditions: list[Asked]
    documents: list[str]
    apply_at: str
    next_on: date | None
    next_what: str
    list_says: str  # what lists of payees say, in a sentence


@dataclass(frozen=True)
class Rights:
    """Everything that one person is entitled to on a day, as far as the user may see it."""

    on: date
    is_past: bool
    is_future: bool
    lines: list[Right]
    withheld: int  # programmes that rest on what the user may not see; guarded ones are not counted
    classes: frozenset[str] = field(default_factory=frozenset)  # the sensitive classes that are shown

    @property
    def to_show(self) -> list[Right]:
        """What concerns this person: first what is missed, then what is to be checked or asked, last what is paid."""
        found = [line for line in self.lines if line.finding or line.entitled == "yes"]
        return sorted(found, key=lambda line: URGENCY.index(line.finding))

    @property
    def open(self) -> list[Right]:
        """Nobody can tell yet."""
        return [line for line in self.lines if not line.finding and line.entitled == "unknown"]

    @property
    def none(self) -> list[Right]:
        """Not entitled."""
        return [line for line in self.lines if not line.finding and line.entitled == "no"]


def rights_of(user: "User", person: Any, on: date | None = None) -> Rights:
    """What this person is entitled to: on a past day as known then, on a later one at the ages of then.

    The caller has fetched the person for the user, and keeps in the log that `classes` were seen.
    """
    today, day = clock.today(), on or clock.today()
    seen = classes_of(scope_of(user), person)
    shown = [code for code, programme in PROGRAMMES.items() if programme.classes <= seen]
    withheld = sum(not each.guarded for each in PROGRAMMES.values()) - sum(
        not PROGRAMMES[code].guarded for code in shown
    )
    people = frame(codes_needed(shown), persons=[person.pk.hex], on=day if day < today else None)
    if not shown or person.pk.hex not in people.persons.ids:
        return Rights(day, day < today, day > today, [], withheld)
    place = people.persons.ids.index(person.pk.hex)
    rows = rows_for(parameter_rows(), person.area_code)
    traces = _traces(person, seen, day)
    told = explain_all(people, place, shown, on=day, rows=rows)
    lines = [_right(people, place, code, told[code], traces) for code in shown]
    return Rights(day, day < today, day > today, lines, withheld, _told_classes(lines))


def _told_classes(lines: list[Right]) -> frozenset[str]:
    """The sensitive classes of the facts that are shown."""
    attributes = catalogue().attributes
    told = {fact.code for line in lines for each in line.conditions for fact in each.facts if fact.value}
    return frozenset(str(attributes[code].data_class) for code in told if code in attributes) & SENSITIVE


def _right(people: Frame, place: int, code: str, told: Explained, traces: dict[str, FieldTrace]) -> Right:
    language, programme = get_language() or "th", PROGRAMMES[code]
    conditions = [
        Asked(
            STATES[step.answer], step.label(language), step.sentence(language),
            step.ask(language) if step.answer == 0 else "",
            [_rested(fact, traces, language) for fact in dict.fromkeys((*step.facts, *step.missing))],
            [Norm(used.label(language), _value(used.value, used.unit), used.legal_basis) for used in step.parameters],
        )
        for step in told.steps
    ]  # fmt: skip
    return Right(
        programme, programme.label(language), STATES[told.entitled], STATES[told.receives], told.finding,
        told.amount, told.would_be, conditions, programme.documents(language), programme.apply_at(language),
        told.next_on, what_label(told.next_what, language) if told.next_on else "",
        _list_says(people, place, programme, told, traces),
    )  # fmt: skip


def _value(value: Any, unit: str) -> str:
    """A rate or a threshold in words; the steps of a scale one after the other."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple | list):
        return ", ".join(_("from %(start)s: %(amount)s") % {"start": f"{a:g}", "amount": f"{b:,g}"} for a, b in value)
    return f"{value:,g} {UNITS.get(unit, unit)}".strip()


def _list_says(people: Frame, place: int, programme: Programme, told: Explained, traces: dict[str, FieldTrace]) -> str:
    """What is known of receiving it, and by which list."""
    if not programme.receives:
        return _("No list tells who receives this.")
    trace = traces.get(programme.receives)
    if trace is not None:
        first = trace.told[0]
        words = _("Receives it, says %(list)s.") if first.value is True else _("Does not receive it, says %(list)s.")
        return words % {"list": first.batch.label}
    closing = people.closing(programme.receives, place) if told.receives == NO else None
    if closing is not None:
        return _("Is not on the complete list %(list)s.") % {"list": closing.label}
    return _("No complete list of payees is here, so nobody can tell.")


def _rested(code: str, traces: dict[str, FieldTrace], language: str) -> Rested:
    label = catalogue().label(code, language)
    trace = traces.get(code)
    if trace is None:
        return Rested(code, label, "", "", None)
    first = trace.told[0]
    kind = trace.attribute.kind
    if kind == "date" and language.startswith("th"):
        value = format_thai_date(str(first.value)) if first.value != NONE_TOLD else _("none")
    elif kind == "key":
        value = _("told")  # where, stands at the head of the page
    else:
        value = catalogue().shown(code, first.value, language)
    return Rested(code, label, value, first.batch.source.name, first.record.observed_on, first.record.pk)


def _traces(person: Any, classes: Iterable[str], day: date) -> dict[str, FieldTrace]:
    """{code: who told it}, of the person and the house, as far as it was observed by the day."""
    traces = trace_of_person(person, classes)
    if person.household is not None:
        traces += trace_of_household(person.household, classes)
    found = {}
    for trace in traces:
        told = [each for each in trace.told if each.record.observed_on <= day]
        if told:
            found[trace.attribute.code] = FieldTrace(trace.attribute, told)
    return found
