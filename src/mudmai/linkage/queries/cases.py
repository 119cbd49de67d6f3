"""A case: a row and everybody it may be, side by side, with all that helps to decide."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import scope_for
from mudmai.kernel.errors import NotFound
from mudmai.linkage.models import Inquiry, Question
from mudmai.linkage.queries.queue import (
    PENDING,
    beyond,
    key_of,
    open_questions_for,
    pending_questions_for,
    standing_questions_for,
)
from mudmai.linkage.rules.words import Finding, findings, reason_sentence
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Batch, Decision, Household, Person

# What tells people apart. Health, mental health and money are not needed for that, so reviewing never shows them.
CLASSES = frozenset({"identity", "contact", "social"})
MOST_CANDIDATES = 4
MOST_OTHERS = 2


class Seen(NamedTuple):
    """One list on which somebody was seen."""

    batch: "Batch"
    row_ref: str
    on: date


@dataclass(frozen=True)
class Side:
    """One person of a case, or what only some of a person's records tell."""

    key: UUID
    person: "Person"
    fields: list[people.FieldTrace]  # every value told, with its source
    seen: list[Seen]  # newest first
    house: "Household | None"
    members: list["Person"]  # who else lives in the house
    area_code: str

    @property
    def name(self) -> str:
        told = {each.attribute.code: str(each.told[0].value) for each in self.fields}
        return people.full_name(*(told.get(code, "") for code in ("title", "given_name", "family_name")))


@dataclass(frozen=True)
class Candidate:
    """Somebody the row may be, and the question about it."""

    question: Question
    side: Side
    findings: list[Finding]
    reason: str  # an English sentence to be translated
    shared: frozenset[UUID]  # members of the candidate's house who live with the row too, or have the same name
    current: bool = False
    kept_apart: "Decision | None" = None
    inquiries: list[Inquiry] = field(default_factory=list)


class Connected(NamedTuple):
    """Somebody else about whom one of the candidates is asked."""

    side: Side
    question: Question
    about: Side


@dataclass(frozen=True)
class Case:
    """A row with its candidates, likeliest first, and who hangs together with them by open questions."""

    question: Question
    row: Side
    candidates: list[Candidate]
    others: list[Connected]
    more: int  # candidates and others who do not fit on one page
    next: UUID | None
    previous: UUID | None

    @property
    def current(self) -> Candidate:
        return next(each for each in self.candidates if each.current)


def case_for(user: "User", question_id: UUID | str) -> Case:
    """The case of a question. An answered one stands alone, both sides as they were told, so that it can be undone.

    Raises NotFound.
    """
    question = _found(user, question_id)
    two = question.left.filing.person_id != question.right.filing.person_id
    if question.state in PENDING and two:
        return _open_case(user, question)
    return _one_question(user, question, parted=not two)


def blind_case_for(user: "User", question_id: UUID | str) -> Case:
    """An answered question as it was before it was answered: nothing on it tells which answer was given."""
    return _one_question(user, _found(user, question_id), parted=True)


def _found(user: "User", question_id: UUID | str) -> Question:
    found = standing_questions_for(user).select_related("left__filing", "right__filing", "left__batch")
    question = found.filter(pk=question_id).first()
    if question is None:
        raise NotFound(_("This question is not here, was taken back with its list, or lies outside your areas."))
    return question


def _open_case(user: "User", question: Question) -> Case:
    mine = set(people.keys_of_person(question.left_id))
    asked = _one_each(_about(user, mine), question, mine)
    kept, left_out = asked[:MOST_CANDIDATES], asked[MOST_CANDIDATES:]
    persons = [question.left.filing.person_id, *(_other_person(each, mine) for each in kept)]
    makers = _Sides(user, {cast(UUID, person) for person in persons})
    row = makers.whole(question.left_id)
    inquiries = _inquiries([each.pk for each in kept])
    candidates = [
        _candidate(each, row, makers.whole(_other_key(each, mine)), each.pk == question.pk, inquiries.get(each.pk, []))
        for each in kept
    ]
    others, more = _others(user, candidates, mine, makers)
    following = _neighbours(user, question, [each.question.pk for each in candidates])
    return Case(question, row, candidates, others, len(left_out) + more, *following)


def _about(user: "User", keys: Iterable[UUID]) -> list[Question]:
    keys = list(keys)
    asked = pending_questions_for(user).filter(Q(left_id__in=keys) | Q(right_id__in=keys))
    return list(asked.select_related("left__filing", "right__filing").order_by("-score", "id"))


def _one_each(asked: list[Question], first: Question, mine: set[UUID]) -> list[Question]:
    """One question for each person, the one looked at before others; that person is never left out for room."""
    of_person: dict[UUID, Question] = {}
    for each in sorted(asked, key=lambda each: each.pk != first.pk):
        of_person.setdefault(_other_person(each, mine), each)
    likeliest = sorted(of_person.values(), key=lambda each: (-each.score, each.pk))
    if first in likeliest[MOST_CANDIDATES:]:
        likeliest.remove(first)
        likeliest.insert(MOST_CANDIDATES - 1, first)
    return likeliest


def _other_key(question: Question, mine: set[UUID]) -> UUID:
    return question.right_id if question.left_id in mine else question.left_id


def _other_person(question: Question, mine: set[UUID]) -> UUID:
    filing = question.right.filing if question.left_id in mine else question.left.filing
    return cast(UUID, filing.person_id)


def _candidate(question: Question, row: Side, side: Side, current: bool, inquiries: list[Inquiry]) -> Candidate:
    return Candidate(
        question, side, findings(question.evidence), reason_sentence(question.evidence), _shared(row, side), current,
        people.kept_apart(question.left_id, question.right_id) if question.state in PENDING else None, inquiries,
    )  # fmt: skip


def _inquiries(questions: list[UUID]) -> dict[UUID, list[Inquiry]]:
    found: dict[UUID, list[Inquiry]] = {}
    asked = Inquiry.objects.filter(question__in=questions).select_related("asked_by", "to", "written_by")
    for each in asked.order_by("-asked_at"):
        found.setdefault(each.question_id, []).append(each)
    return found


def _others(
    user: "User", candidates: list[Candidate], mine: set[UUID], makers: "_Sides"
) -> tuple[list[Connected], int]:
    """Whom else the candidates are asked about, each person once; and how many do not fit."""
    shown = {each.side.person.pk for each in candidates}
    found: dict[UUID, Connected] = {}
    left_out: set[UUID] = set()
    for candidate in candidates:
        keys = set(people.keys_of_person(candidate.side.key))
        for question in _about(user, keys):
            key = _other_key(question, keys)
            person = _other_person(question, keys)
            if key in mine or person in shown or person in found:
                continue
            if len(found) < MOST_OTHERS:
                found[person] = Connected(makers.whole(key), question, candidate.side)
            else:
                left_out.add(person)
    return list(found.values()), len(left_out)


def _one_question(user: "User", question: Question, *, parted: bool) -> Case:
    makers = _Sides(user, {cast(UUID, side.filing.person_id) for side in (question.left, question.right)})
    left, right = question.left_id, question.right_id
    if parted:
        ours = {left, *people.keys_linked_to(left)}
        row, side = makers.told_by(left, ours), makers.told_without(right, ours)
    else:
        row, side = makers.whole(left), makers.whole(right)
    inquiries = _inquiries([question.pk]).get(question.pk, [])
    candidate = _candidate(question, row, side, True, inquiries)
    return Case(question, row, [candidate], [], 0, *_neighbours(user, question, [question.pk]))


class _Sides:
    """Makes the sides of a case, each person read once.

    Who is compared is not named among those who live there: whether it is somebody else depends on the answer.
    """

    def __init__(self, user: "User", compared: set[UUID]) -> None:
        self.user, self.compared = user, compared
        self._read: dict[UUID, tuple[Person, list[people.FieldTrace]]] = {}

    def whole(self, key: UUID) -> Side:
        """Everything told about the person of a key."""
        person, fields = self._of(key)
        return self._side(key, person, fields, person.household, person.area_code)

    def told_by(self, key: UUID, records: set[UUID]) -> Side:
        """Only what these records tell."""
        return self._part(key, lambda record: record in records)

    def told_without(self, key: UUID, records: set[UUID]) -> Side:
        """Only what the other records tell."""
        return self._part(key, lambda record: record not in records)

    def _part(self, key: UUID, keep: Callable[[UUID], bool]) -> Side:
        person, fields = self._of(key)
        told = (each._replace(told=[one for one in each.told if keep(one.record.pk)]) for each in fields)
        fields = [each for each in told if each.told]
        ties = {each.attribute.code: each.told[0].value for each in fields}
        house = people.house_or_none(self.user, ties.get("lives_at"))
        return self._side(key, person, fields, house, house.area_code if house else ties.get("listed_area", ""))

    def _of(self, key: UUID) -> "tuple[Person, list[people.FieldTrace]]":
        if key not in self._read:
            person = people.person_of_key(self.user, key)
            classes = CLASSES & scope_for(self.user).classes_at(person.area_code)
            self._read[key] = person, people.trace_of_person(person, classes)
        return self._read[key]

    def _side(
        self, key: UUID, person: "Person", fields: list[people.FieldTrace], house: "Household | None", area_code: str
    ) -> Side:
        seen = {
            told.batch.pk: Seen(told.batch, told.record.row_ref, told.record.observed_on)
            for each in fields
            for told in each.told
        }
        newest = sorted(seen.values(), key=lambda each: each.on, reverse=True)
        apart = self.compared | {person.pk}
        members = [each for each in people.members_of(house) if each.pk not in apart] if house else []
        return Side(key, person, fields, newest, house, members, area_code)


def _shared(row: Side, side: Side) -> frozenset[UUID]:
    names = {(each.given_key, each.family_key) for each in row.members}
    both = {row.person.pk, side.person.pk}
    alike = (each for each in side.members if (each.given_key, each.family_key) in names and each.pk not in both)
    return frozenset(each.pk for each in alike)


def _neighbours(user: "User", question: Question, shown: list[UUID]) -> tuple[UUID | None, UUID | None]:
    """The next and the previous case in the queue; after an answer, the queue goes on where it stood."""
    waiting = open_questions_for(user).exclude(pk__in=[question.pk, *shown])
    key = key_of(question)
    after = beyond(waiting, key).values_list("pk", flat=True).first()
    before = beyond(waiting, key, backwards=True).values_list("pk", flat=True).first()
    return after, before
