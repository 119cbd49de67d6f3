"""A person answers a question, and takes the answer back."""

from typing import TYPE_CHECKING, Literal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mudmai.access.services import require
from mudmai.audit.services import record
from mudmai.kernel import clock
from mudmai.kernel.errors import Conflict
from mudmai.linkage.models import Question
from mudmai.people import services as people

if TYPE_CHECKING:
    from mudmai.accounts.models import User

Answer = Literal["same", "different", "later"]
WAITING = (Question.State.OPEN, Question.State.LATER)


class AlreadyAnswered(Conflict):
    code = "already_answered"


class NothingToUndo(Conflict):
    code = "nothing_to_undo"


@transaction.atomic
def answer(question: Question, verdict: Answer, by: "User") -> Question:
    """Answer a question: the two become one person, or are kept apart for good, or it waits.

    "Same" also settles the other questions about the row. Everything is undone by `undo`.
    Raises NotAllowed, AlreadyAnswered.
    """
    question = _held(question, by)
    if question.state not in WAITING:
        raise AlreadyAnswered(_("This question has been answered already. Undo that answer first."))
    if verdict == "later":
        question.state = Question.State.LATER
        question.save(update_fields=["state"])
        return question
    left, right = question.left_id.hex, question.right_id.hex
    if verdict == "same":
        decision = people.link_record(
            left, right, by=by, basis="staff", score=question.score, evidence=question.evidence
        )
        others = Question.objects.filter(left_id=question.left_id, state__in=WAITING).exclude(pk=question.pk)
        others.update(state=Question.State.CLOSED, decision=decision)
    else:
        decision = people.mark_different(left, right, by=by, evidence=question.evidence)
    question.state, question.verdict, question.decision = Question.State.ANSWERED, verdict, decision
    question.answered_by, question.answered_at = by, clock.now()
    question.save(update_fields=["state", "verdict", "decision", "answered_by", "answered_at"])
    record(by, "linkage.question.answered", "question", question.pk, area_code=question.area_code, verdict=verdict)
    return question


@transaction.atomic
def undo(question: Question, by: "User") -> Question:
    """Take an answer back: its decision is withdrawn, and what it settled is open again.

    Raises NotAllowed, NothingToUndo.
    """
    question = _held(question, by)
    decision = question.decision
    if question.state != Question.State.ANSWERED or decision is None:
        raise NothingToUndo(_("This question has no answer to take back."))
    if not decision.withdrawn:
        people.withdraw(decision, by=by, reason=str(_("Answer taken back")))
    settled = Question.objects.filter(decision=decision)
    settled.update(state=Question.State.OPEN, verdict="", decision=None, answered_by=None, answered_at=None)
    record(by, "linkage.question.undone", "question", question.pk, area_code=question.area_code)
    question.refresh_from_db()
    return question


def _held(question: Question, by: "User") -> Question:
    """The question as it is now, kept from others until we are done."""
    require(by, "linkage.review", question.area_code)
    return Question.objects.select_for_update().get(pk=question.pk)
