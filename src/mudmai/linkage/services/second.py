"""A share of the answers is put before a second person who does not see the first; where they differ, it is settled."""

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mudmai.access.services import require_somewhere
from mudmai.audit.services import record
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, Conflict, NotAllowed
from mudmai.linkage.models import Question, SecondLook, SecondLookShare
from mudmai.linkage.queries import REVIEW, share_on
from mudmai.linkage.services.deciding import decide, held, revoke

if TYPE_CHECKING:
    from mudmai.accounts.models import User

SecondVerdict = Literal["same", "different"]


class NothingToLookAt(Conflict):
    code = "nothing_to_look_at"


class OwnAnswer(NotAllowed):
    code = "own_answer"


class BadShare(BadInput):
    code = "bad_share"


def call_second(question: Question, by: "User") -> None:
    """Put a new answer before a second person, if it is one of the share. The same questions whoever answers them."""
    if question.about != "person" or not drawn(question, share_on(clock.today())):
        return
    SecondLook.objects.get_or_create(
        question=question,
        defaults={
            "area_code": question.area_code, "first_by": by, "first_verdict": question.verdict,
            "first_at": question.answered_at or clock.now(),
        },
    )  # fmt: skip


def drawn(question: Question, percent: Decimal) -> bool:
    """Whether a question is among this share of all: by its id, so that undoing an answer draws no new lot."""
    lot = int.from_bytes(sha256(question.pk.bytes).digest()[:6])
    return lot * 100 < percent * (1 << 48)


def forget_second(question: Question) -> None:
    """The answer was taken back before anybody looked: there is nothing left to look at."""
    SecondLook.objects.filter(question=question, second_at=None).delete()


def settled_by_answer(question: Question) -> None:
    """Two people differed, the answer was taken back, and now a new one is given: that settles it."""
    look = SecondLook.objects.filter(question=question, second_at__isnull=False, settled_at=None).first()
    if look is not None and look.first_verdict != look.second_verdict:
        _settle(look, question.verdict, question.answered_by)


@transaction.atomic
def look_again(question: Question, verdict: SecondVerdict, by: "User") -> SecondLook:
    """Give the second answer. Where it differs from the first, the registry follows it until somebody settles it.

    Raises NotAllowed, OwnAnswer, NothingToLookAt, KeptApart.
    """
    question = held(question, by)
    look = SecondLook.objects.select_for_update().filter(question=question, second_at=None).first()
    if look is None or question.state != Question.State.ANSWERED:
        raise NothingToLookAt(_("This question no longer waits for a second look."))
    if look.first_by_id == by.pk:
        raise OwnAnswer(_("You gave the first answer. Somebody else must look a second time."))
    look.second_by, look.second_verdict, look.second_at = by, verdict, clock.now()
    look.save(update_fields=["second_by", "second_verdict", "second_at"])
    _follow(question, verdict, by)
    record(by, "linkage.question.second_look", "question", question.pk, area_code=question.area_code, verdict=verdict)
    return look


@transaction.atomic
def settle(question: Question, verdict: SecondVerdict, by: "User") -> SecondLook:
    """Say what holds where two people differed; the registry follows. Raises NotAllowed, NothingToLookAt, KeptApart."""
    question = held(question, by)
    look = SecondLook.objects.select_for_update().filter(question=question, second_at__isnull=False).first()
    open_ = look is not None and look.settled_at is None and look.first_verdict != look.second_verdict
    if look is None or not open_ or question.state != Question.State.ANSWERED:
        raise NothingToLookAt(_("There is nothing to settle about this question any more."))
    _settle(look, verdict, by)
    _follow(question, verdict, by)
    record(by, "linkage.question.settled", "question", question.pk, area_code=question.area_code, verdict=verdict)
    return look


def _settle(look: SecondLook, verdict: str, by: "User | None") -> None:
    look.settled_by, look.settled_verdict, look.settled_at = by, verdict, clock.now()
    look.save(update_fields=["settled_by", "settled_verdict", "settled_at"])


def _follow(question: Question, verdict: SecondVerdict, by: "User") -> None:
    """Let the newest answer hold."""
    if question.verdict != verdict:
        revoke(question, by)
        decide(question, verdict, by)


@transaction.atomic
def set_share(percent: Decimal, *, starts_on: date, by: "User") -> SecondLookShare:
    """From that day on, this share of answers gets a second look. Raises NotAllowed, BadShare."""
    require_somewhere(by, REVIEW)
    if not 0 <= percent <= 100:
        raise BadShare(_("Write a share between 0 and 100 percent."))
    if starts_on < clock.today():
        raise BadShare(_("A new share can begin today or later: answers given before were drawn by the old one."))
    share, _made = SecondLookShare.objects.update_or_create(
        starts_on=starts_on, defaults={"percent": percent, "set_by": by, "set_at": clock.now()}
    )
    record(by, "linkage.share.set", "share", share.pk, percent=str(percent), starts_on=starts_on.isoformat())
    return share
