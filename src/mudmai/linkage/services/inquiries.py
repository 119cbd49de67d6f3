"""Ask the volunteers of an area what the lists do not tell, and write down what they found out."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mudmai.audit.services import record
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, Conflict, NotFound
from mudmai.linkage.models import Inquiry, Question
from mudmai.linkage.queries import WAITING, inquiries_asked_of, volunteers_of
from mudmai.linkage.services.deciding import held
from mudmai.linkage.services.review import Answer, answer

if TYPE_CHECKING:
    from mudmai.accounts.models import User

LONGEST = 300


class NoteMissing(BadInput):
    code = "note_missing"


class NoSuchVolunteer(BadInput):
    code = "no_such_volunteer"


class NotAsked(Conflict):
    code = "not_asked"


@transaction.atomic
def inquire(question: Question, *, note: str, by: "User", to: "User | None" = None) -> Inquiry:
    """Put a question to one volunteer of its area, or to whoever of them comes by; it leaves the queue until then.

    Raises NotAllowed, NotAsked, NoteMissing, NoSuchVolunteer.
    """
    question = held(question, by)
    if question.state not in WAITING:
        raise NotAsked(_("Only a question that waits for an answer can be put to the volunteers."))
    note = " ".join(note.split())[:LONGEST]
    if not note:
        raise NoteMissing(_("Write in a few words what the volunteer should find out."))
    if to is not None and to not in volunteers_of(question):
        raise NoSuchVolunteer(_("Choose a volunteer of this area, or leave it to all of them."))
    inquiry = Inquiry.objects.create(
        question=question, area_code=question.area_code, to=to, note=note, asked_by=by, asked_at=clock.now()
    )
    Question.objects.filter(pk=question.pk).update(state=Question.State.ASKED)
    record(by, "linkage.question.inquired", "question", question.pk, area_code=question.area_code)
    return inquiry


@transaction.atomic
def take_reply(question: Question, *, reply: str, told_by: str, verdict: str, by: "User") -> Question:
    """Write down what a volunteer found out, and what follows: an answer, or ("") back to the queue.

    Raises NotAllowed, NotAsked, NoteMissing, and as `answer` does.
    """
    question, inquiry = _asked(question, by)
    reply = " ".join(reply.split())[:LONGEST]
    if not reply:
        raise NoteMissing(_("Write in a few words what was found out."))
    inquiry.reply, inquiry.told_by = reply, " ".join(told_by.split())[:100]
    _close(inquiry, by)
    question = _back(question)
    record(by, "linkage.question.replied", "question", question.pk, area_code=question.area_code)
    if verdict:
        chosen: Answer = verdict  # type: ignore[assignment]  # `answer` refuses whatever is no answer
        return answer(question, chosen, by)
    return question


@transaction.atomic
def take_word(inquiry_id: UUID, *, reply: str, told_by: str, by: "User") -> Inquiry:
    """Keep what the volunteer who was asked found out; the question goes back to those who answer it.

    Safe to repeat. Raises NotFound, NotAsked, NoteMissing.
    """
    reply = " ".join(reply.split())[:LONGEST]
    if not reply:
        raise NoteMissing(_("Write in a few words what was found out."))
    inquiry = next((each for each in inquiries_asked_of(by) if each.pk == inquiry_id), None)
    if inquiry is None:
        return _taken(inquiry_id, reply, by)
    question = Question.objects.select_for_update(of=("self",)).get(pk=inquiry.question_id)
    inquiry.reply, inquiry.told_by = reply, " ".join(told_by.split())[:100]
    _close(inquiry, by)
    _back(question)
    record(by, "linkage.question.replied", "question", question.pk, area_code=question.area_code)
    return inquiry


def _taken(inquiry_id: UUID, reply: str, by: "User") -> Inquiry:
    """The inquiry that this volunteer has answered with the same words before."""
    closed = Inquiry.objects.filter(pk=inquiry_id, closed_at__isnull=False).first()
    if closed is None:
        raise NotFound(_("This question was not put to you."))
    if closed.written_by_id != by.pk or closed.reply != reply:
        raise NotAsked(_("This question is not with the volunteers."))
    return closed


@transaction.atomic
def recall(question: Question, by: "User") -> Question:
    """Take a question back from the volunteers without a reply. Raises NotAllowed, NotAsked."""
    question, inquiry = _asked(question, by)
    _close(inquiry, by)
    record(by, "linkage.question.recalled", "question", question.pk, area_code=question.area_code)
    return _back(question)


def _asked(question: Question, by: "User") -> tuple[Question, Inquiry]:
    question = held(question, by)
    inquiry = Inquiry.objects.filter(question=question, closed_at=None).order_by("-asked_at").first()
    if question.state != Question.State.ASKED or inquiry is None:
        raise NotAsked(_("This question is not with the volunteers."))
    return question, inquiry


def _close(inquiry: Inquiry, by: "User") -> None:
    inquiry.closed_at, inquiry.written_by = clock.now(), by
    inquiry.save(update_fields=["reply", "told_by", "closed_at", "written_by"])


def _back(question: Question) -> Question:
    question.state = Question.State.OPEN
    question.save(update_fields=["state"])
    return question
