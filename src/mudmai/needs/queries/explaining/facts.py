"""The facts of one household as a reader may see them: value, source and day, or the list that closes them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from mudmai.kernel.logic import NO
from mudmai.needs.queries.explaining.lines import FactLine
from mudmai.people import queries as people
from mudmai.people.rules.catalogue import catalogue

if TYPE_CHECKING:
    from mudmai.access.queries import Scope
    from mudmai.people.models import Household, Person

Traces = dict[str, people.FieldTrace]
UNSEEN_KINDS = frozenset({"birth_date", "sex"})


class Subject(NamedTuple):
    """Whom a fact is about: the house (no person), or the person in this place of the frame."""

    place: int
    person: "Person | None" = None


class Facts:
    """One household in a frame, with the traces of its facts as far as the reader sees their classes."""

    def __init__(self, frame: "people.Frame", house: "Household", scope: "Scope", language: str) -> None:
        self.frame, self.house, self.language = frame, house, language
        self.place = frame.houses.ids.index(house.pk.hex)
        rows = np.flatnonzero(frame.living & (frame.house == self.place)).tolist()
        known = {member.pk.hex: member for member in people.members_of(house)}
        rows.sort(key=lambda row: list(known).index(frame.persons.ids[row]))
        self.members = [Subject(row, known[frame.persons.ids[row]]) for row in rows]
        self.classes = frozenset(people.classes_of(scope, house))
        self._of_person = {
            member.place: frozenset(people.classes_of(scope, member.person)) for member in self.members if member.person
        }
        self._traces: dict[int, Traces] = {}
        self.shown: set[str] = set()

    @property
    def itself(self) -> Subject:
        return Subject(self.place)

    def seen(self, code: str, about: Subject | None = None) -> bool:
        """Whether the reader sees the class of a fact."""
        if code in UNSEEN_KINDS:
            return True
        classes = self.classes if about is None or about.person is None else self._of_person[about.place]
        return catalogue().attributes[code].data_class in classes

    def value(self, code: str, about: Subject) -> Any:
        """As the frame holds it."""
        columns = self.frame.persons if about.person else self.frame.houses
        return columns.told[code][about.place]

    def is_told(self, code: str, about: Subject) -> bool:
        """Whether the frame knows it, by a record or by a complete list."""
        if code in UNSEEN_KINDS:
            return True
        value, kind = self.value(code, about), catalogue().attributes[code].kind
        if kind in ("number", "baht", "whole"):
            return not np.isnan(value)
        if kind == "date":
            return bool(value != people.UNTOLD_DAY)
        return bool(value >= 0) if kind in ("code", "codes") else bool(value != 0)

    def line(self, code: str, about: Subject) -> FactLine | None:
        """The fact with its source; None where nothing is known of it, or the reader does not see its class."""
        if code in UNSEEN_KINDS or not self.is_told(code, about) or not self.seen(code, about):
            return None
        attribute = catalogue().attributes[code]
        who = (about.person.pk.hex, about.person.full_name) if about.person else ("", "")
        trace = self._traces_of(about).get(code)
        self.shown.add(str(attribute.data_class))
        if trace is not None:
            first = trace.told[0]
            shown = catalogue().shown(code, first.value, self.language)
            return FactLine(
                attribute.label(self.language), shown, first.batch.source.name, first.record.observed_on, *who
            )
        closing = self.closing(code, about)
        if closing is None:
            return None
        no = catalogue().shown(code, False, self.language)
        words = _("not on the complete list “%(list)s”") % {"list": closing.label}
        return FactLine(attribute.label(self.language), no, words, closing.as_of, *who)

    def lines(self, codes: Iterable[tuple[str, str]], subjects: list[Subject]) -> list[FactLine]:
        """The facts of the house and of these persons that are known, and that the reader may see."""
        found = [self.line(code, about) for code, about in self._each(codes, subjects)]
        return [line for line in found if line is not None]

    def hidden(self, codes: Iterable[tuple[str, str]], subjects: list[Subject]) -> int:
        """How many of them are known, and are not for the reader."""
        told = (pair for pair in self._each(codes, subjects) if self.is_told(*pair))
        return sum(not self.seen(*pair) for pair in told)

    def untold(self, codes: Iterable[tuple[str, str]], subjects: list[Subject]) -> Iterator[tuple[str, Subject]]:
        """The facts that nobody told."""
        for code, about in self._each(codes, subjects):
            born = code != "birth_date" or self.frame.born_first[about.place] != people.UNTOLD_DAY
            if not (born and self.is_told(code, about)):
                yield code, about

    def _each(self, codes: Iterable[tuple[str, str]], subjects: list[Subject]) -> Iterator[tuple[str, Subject]]:
        for code, of in codes:
            for about in subjects if of == "person" else [self.itself]:
                yield code, about

    def closing(self, code: str, about: Subject) -> "people.CompleteList | None":
        """The complete list by which it is NO of a person of whom nobody told it."""
        return self.frame.closing(code, about.place) if about.person and self.value(code, about) == NO else None

    def source(self, code: str, about: Subject) -> tuple[str, date | None]:
        """Where a fact comes from, and of what day; empty where nobody told it."""
        line = self.line(code, about)
        return (line.source, line.on) if line else ("", None)

    def _traces_of(self, about: Subject) -> Traces:
        key = about.place if about.person else -1
        if key not in self._traces:
            if about.person:
                traces = people.trace_of_person(about.person, self._of_person[about.place])
            else:
                traces = people.trace_of_household(self.house, self.classes)
            self._traces[key] = {trace.attribute.code: trace for trace in traces}
        return self._traces[key]
