"""A person answers a question, and takes the answer back."""

from typing import TYPE_CHECKING, Literal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mudmai.audit.services import record
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, Conflict
from mudmai.linkage.models import BulkAnswer, Inquiry, Question
from mudmai.linkage.queries import PENDING, WAITING
from mudmai.linkage.services.deciding import Verdict, decide, held, revoke
from mudmai.linkage.services.second import call_second, forget_second, settled_by_answer

if TYPE_CHECKING:
    from mudmai.accounts.models import User

Answer = Literal["same", "different", "moved", "later"]


class AlreadyAnswered(Conflict):
    code = "already_answered"


class NothingToUndo(Conflict):
    code = "nothing_to_undo"


class NoSuchAnswer(BadInput):
    code = "no_such_answer"


@transaction.atomic
def answer(question: Question, verdict: Answer, by: "User", *, bulk: BulkAnswer | None = None) -> Question:
    """Answer a question: the two become one, or are kept apart for good, or it waits.

    "Same" also settles the other questions about the row. Some answers are put before a second person. Everything is
    undone by `undo`. Raises NotAllowed, AlreadyAnswered, KeptApart, NoSuchAnswer.
    """
    question = held(question, by)
    if question.state not in PENDING:
        raise AlreadyAnswered(_("This question has been answered already. Undo that answer first."))
    if verdict == "later":
        if question.state in WAITING:
            question.state = Question.State.LATER
            question.save(update_fields=["state"])
        return question
    if verdict not in answers_to(question):
        raise NoSuchAnswer(_("Choose one of the answers on the page."))
    decide(question, verdict, by, bulk)
    Inquiry.objects.filter(question=question, closed_at=None).update(closed_at=clock.now(), written_by=by)
    settled_by_answer(question)
    call_second(question, by)
    details = {"bulk": bulk.pk.hex} if bulk else {}
    area = question.area_code
    record(by, "linkage.question.answered", "question", question.pk, area_code=area, verdict=verdict, **details)
    return question


def answers_to(question: Question) -> tuple[Verdict, ...]:
    """The answers that a question can have; only a household moves."""
    return ("same", "different", "moved") if question.about == "household" else ("same", "different")


@transaction.atomic
def undo(question: Question, by: "User") -> Question:
    """Take an answer back, at any later time: its decision is withdrawn, and what it settled is open again.

    What was told later stays with the one of the two it was told about. Raises NotAllowed, NothingToUndo.
    """
    question = held(question, by)
    if question.state != Question.State.ANSWERED or question.decision is None:
        raise NothingToUndo(_("This question has no answer to take back."))
    revoke(question, by)
    forget_second(question)
    record(by, "linkage.question.undone", "question", question.pk, area_code=question.area_code)
    return question
