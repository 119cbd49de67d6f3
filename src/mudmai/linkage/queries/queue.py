"""The queue: questions that wait for an answer, for whom may answer them, and the newest answers."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import scope_for
from mudmai.kernel.errors import NotFound
from mudmai.linkage.models import BulkAnswer, Question
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.accounts.models import User

REVIEW = "linkage.review"
PAGE = 50
WAITING = (Question.State.OPEN, Question.State.LATER)
PENDING = (*WAITING, Question.State.ASKED)


class Page(NamedTuple):
    """One page of questions, and the keys that lead on and back ("" at the ends)."""

    rows: list[Question]
    after: str
    before: str


def open_questions_for(user: "User") -> QuerySet[Question]:
    """Questions to be answered in the user's areas: unanswered first, then those put off; the likeliest first.

    Only while both sides stand and are still two people (or, where a decision is in doubt, still one), and only where
    the user may see both.
    """
    return pending_questions_for(user).filter(state__in=WAITING).order_by("-state", "-score", "id")


def pending_questions_for(user: "User") -> QuerySet[Question]:
    """The same with those that are with the volunteers, in no order."""
    one = Q(left__filing__person_id=F("right__filing__person_id"))
    waits = (~one & Q(doubts=None)) | (one & Q(doubts__withdrawn=False))
    return standing_questions_for(user).filter(waits, state__in=PENDING)


def open_count(user: "User") -> int:
    """How many questions about persons wait for this user."""
    return open_questions_for(user).count()


def answered_questions_for(user: "User", limit: int = PAGE) -> list[Question]:
    """The newest answers in the user's areas, each of which can be undone.

    Without those at which this user may be asked to look a second time: he must not see the first answer.
    """
    done = standing_questions_for(user).filter(state=Question.State.ANSWERED).exclude(_blind_for(user))
    return list(done.select_related("answered_by", "batch").order_by("-answered_at", "id")[:limit])


def is_blind_for(user: "User", question: Question) -> bool:
    """Whether the answer must be kept from this user, because he may be the one to look a second time."""
    return Question.objects.filter(_blind_for(user), pk=question.pk).exists()


def _blind_for(user: "User") -> Q:
    waits = Q(second_look__isnull=False, second_look__second_at=None, state=Question.State.ANSWERED)
    return waits & ~Q(second_look__first_by=user)


def questions_page(user: "User", *, after: str = "", before: str = "", size: int = PAGE) -> Page:
    """One page of open questions from a key on; every page costs the same, however deep."""
    questions = open_questions_for(user).select_related("left", "batch")
    if before:
        rows = list(beyond(questions, before, backwards=True)[: size + 1])
        rows, more = rows[size - 1 :: -1] if len(rows) > size else rows[::-1], len(rows) > size
        return Page(rows, key_of(rows[-1]) if rows else "", key_of(rows[0]) if more else "")
    rows = list((beyond(questions, after) if after else questions)[: size + 1])
    rows, more = rows[:size], len(rows) > size
    return Page(rows, key_of(rows[-1]) if more else "", key_of(rows[0]) if after and rows else "")


def key_of(question: Question) -> str:
    """Where a question stands in the queue; an answered one where it stood."""
    place = question.state if question.state in WAITING else Question.State.OPEN
    return f"{place}:{question.score!r}:{question.pk.hex}"


def beyond(questions: QuerySet[Question], key: str, *, backwards: bool = False) -> QuerySet[Question]:
    """The questions after a key of the queue, or those before it, nearest first. Raises NotFound for nonsense."""
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


def standing_questions_for(user: "User") -> QuerySet[Question]:
    """Questions about persons whose row stands and whose two people the user may see, answered ones too."""
    people_seen = people.visible_persons(user, REVIEW)
    return Question.objects.filter(
        scope_for(user).area_filter(action=REVIEW),
        Exists(people_seen.filter(pk=OuterRef("left__filing__person_id"))),
        Exists(people_seen.filter(pk=OuterRef("right__filing__person_id"))),
        about=Question.About.PERSON,
        left__withdrawn=False,
        left__batch__withdrawn=False,
        left__batch__state="closed",
    )


def question_for(user: "User", question_id: UUID | str) -> Question:
    """A question of the user's areas, about persons or houses, whatever its state. Raises NotFound."""
    mine = scope_for(user).area_filter(action=REVIEW)
    question = Question.objects.filter(mine, pk=question_id).first()
    seen = question is not None and (
        question.about == Question.About.HOUSEHOLD or standing_questions_for(user).filter(pk=question.pk).exists()
    )
    if question is None or not seen:
        raise NotFound(_("This question is not here, was taken back with its list, or lies outside your areas."))
    return question


def bulk_answer_for(user: "User", bulk_id: UUID | str) -> BulkAnswer:
    """A bulk answer all of whose questions lie in the user's areas. Raises NotFound."""
    bulk = BulkAnswer.objects.filter(pk=bulk_id).first()
    mine = scope_for(user).area_filter(action=REVIEW)
    if bulk is None or not bulk.questions.filter(mine).exists() or bulk.questions.exclude(mine).exists():
        raise NotFound(_("This bulk answer is not here, was taken back, or reaches beyond your areas."))
    return bulk


def doubted(decisions: Iterable[UUID]) -> dict[UUID, UUID]:
    """{decision: the open question that doubts it}, of these decisions."""
    asked = Question.objects.filter(doubts__in=list(decisions), state__in=PENDING)
    return {each.doubts_id: each.pk for each in asked if each.doubts_id is not None}
