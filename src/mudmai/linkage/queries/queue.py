"""Questions that wait for an answer, for whom may answer them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import scope_for
from mudmai.kernel.errors import NotFound
from mudmai.linkage.models import Question
from mudmai.linkage.rules.words import Finding, findings, reason_sentence
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Batch, Person, Record

REVIEW = "linkage.review"
PAGE = 50
WAITING = (Question.State.OPEN, Question.State.LATER)
# What tells people apart. Health, mental health and money are not needed for that, so reviewing never shows them.
CLASSES = frozenset({"identity", "contact", "social"})


class Page(NamedTuple):
    """One page of questions, and the keys that lead on and back ("" at the ends)."""

    rows: list[Question]
    after: str
    before: str


@dataclass(frozen=True)
class SideOfQuestion:
    """One of the two people as the page shows them side by side."""

    person: "Person"
    fields: list[people.FieldTrace]  # every value told, with its source
    sources: list["Batch"]  # where the person was seen, newest first
    members: list["Person"]  # who else lives in the house


@dataclass(frozen=True)
class AskedQuestion:
    """A question with everything that helps to answer it."""

    question: Question
    row: "Record"
    left: SideOfQuestion
    right: SideOfQuestion
    findings: list[Finding]
    reason: str  # an English sentence to be translated
    shared_members: list["Person"]  # who lives with both, the same person or one of the same name
    next: UUID | None
    previous: UUID | None


def open_questions_for(user: "User") -> QuerySet[Question]:
    """Questions to be answered in the user's areas: unanswered first, then those put off; the likeliest first.

    Only while both sides stand and are still two people, and only where the user may see both.
    """
    waiting = _standing(user).filter(state__in=WAITING)
    two = waiting.exclude(left__filing__person_id=F("right__filing__person_id"))
    return two.order_by("-state", "-score", "id")


def open_count(user: "User") -> int:
    """How many questions wait for this user."""
    return open_questions_for(user).count()


def answered_questions_for(user: "User", limit: int = PAGE) -> list[Question]:
    """The newest answers in the user's areas, each of which can be undone."""
    done = _standing(user).filter(state=Question.State.ANSWERED)
    return list(done.select_related("answered_by", "batch").order_by("-answered_at", "id")[:limit])


def questions_page(user: "User", *, after: str = "", before: str = "", size: int = PAGE) -> Page:
    """One page of open questions from a key on; every page costs the same, however deep."""
    questions = open_questions_for(user).select_related("left", "batch")
    if before:
        rows = list(_beyond(questions, before, backwards=True)[: size + 1])
        rows, more = rows[size - 1 :: -1] if len(rows) > size else rows[::-1], len(rows) > size
        return Page(rows, key_of(rows[-1]) if rows else "", key_of(rows[0]) if more else "")
    rows = list((_beyond(questions, after) if after else questions)[: size + 1])
    rows, more = rows[:size], len(rows) > size
    return Page(rows, key_of(rows[-1]) if more else "", key_of(rows[0]) if after and rows else "")


def key_of(question: Question) -> str:
    """Where a question stands in the queue."""
    return f"{question.state}:{question.score!r}:{question.pk.hex}"


def _beyond(questions: QuerySet[Question], key: str, *, backwards: bool = False) -> QuerySet[Question]:
    state, score, pk = _read_key(key)
    if backwards:
        later = Q(state__gt=state) | Q(state=state, score__gt=score) | Q(state=state, score=score, pk__lt=pk)
        return questions.filter(later).order_by("state", "score", "-id")
    later = Q(state__lt=state) | Q(state=state, score__lt=score) | Q(state=state, score=score, pk__gt=pk)
    return questions.filter(later)


def _read_key(key: str) -> tuple[str, float, UUID]:
    try:
        state, score, pk = key.split(":")
        return state, float(score), UUID(pk)
    except ValueError:
        raise NotFound(_("This page of questions does not exist.")) from None


def question_for(user: "User", question_id: UUID | str) -> AskedQuestion:
    """A question with both sides, answered ones too, so that they can be undone. Raises NotFound."""
    question = (
        _standing(user).select_related("left__filing", "right__filing", "left__batch").filter(pk=question_id).first()
    )
    if question is None:
        raise NotFound(_("This question is not here, was taken back with its list, or lies outside your areas."))
    # That both are persons now was asked in `_standing`.
    left = people.person_for(user, cast(UUID, question.left.filing.person_id))
    right = people.person_for(user, cast(UUID, question.right.filing.person_id))
    classes = CLASSES & scope_for(user).classes_at(question.area_code)
    sides = _sides(left, right, question, classes)
    following = _neighbours(user, question)
    return AskedQuestion(
        question, question.left, *sides, findings(question.evidence), reason_sentence(question.evidence),
        _shared(*sides), *following,
    )  # fmt: skip


def _standing(user: "User") -> QuerySet[Question]:
    """Questions whose row stands and whose two people the user may see."""
    people_seen = people.visible_persons(user, REVIEW)
    return Question.objects.filter(
        scope_for(user).area_filter(action=REVIEW),
        Exists(people_seen.filter(pk=OuterRef("left__filing__person_id"))),
        Exists(people_seen.filter(pk=OuterRef("right__filing__person_id"))),
        left__withdrawn=False,
        left__batch__withdrawn=False,
        left__batch__state="closed",
    )


def _sides(
    left: "Person", right: "Person", question: Question, classes: frozenset[str]
) -> tuple[SideOfQuestion, SideOfQuestion]:
    """Both sides; where the answer made them one, what the row told stands left and the rest right."""
    if left.id != right.id:
        return _side(left, people.trace_of_person(left, classes)), _side(right, people.trace_of_person(right, classes))
    fields = people.trace_of_person(left, classes)
    return _side(left, _told_by(fields, question, True)), _side(right, _told_by(fields, question, False))


def _told_by(fields: list[people.FieldTrace], question: Question, by_row: bool) -> list[people.FieldTrace]:
    kept = (
        field._replace(told=[told for told in field.told if (told.record.pk == question.left_id) == by_row])
        for field in fields
    )
    return [field for field in kept if field.told]


def _side(person: "Person", fields: list[people.FieldTrace]) -> SideOfQuestion:
    batches = {told.batch.pk: told.batch for field in fields for told in field.told}
    house = person.household
    members = [each for each in people.members_of(house) if each.pk != person.pk] if house else []
    return SideOfQuestion(person, fields, sorted(batches.values(), key=lambda b: b.as_of, reverse=True), members)


def _shared(left: SideOfQuestion, right: SideOfQuestion) -> list["Person"]:
    names = {(each.given_key, each.family_key) for each in left.members}
    both = {left.person.pk, right.person.pk}
    return [each for each in right.members if (each.given_key, each.family_key) in names and each.pk not in both]


def _neighbours(user: "User", question: Question) -> tuple[UUID | None, UUID | None]:
    """The questions after and before this one in the queue; after an answer, the queue goes on where it stood."""
    waiting = open_questions_for(user).exclude(pk=question.pk)
    place = question.state if question.state in WAITING else Question.State.OPEN
    key = f"{place}:{question.score!r}:{question.pk.hex}"
    after = _beyond(waiting, key).values_list("pk", flat=True).first()
    before = _beyond(waiting, key, backwards=True).values_list("pk", flat=True).first()
    return after, before
