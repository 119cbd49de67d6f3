"""What waits elsewhere: with the volunteers, for a second look, or to be settled."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import areas_as, scope_for, users_on_duty
from mudmai.access.rules import covers
from mudmai.kernel.errors import NotFound
from mudmai.linkage.models import Inquiry, Question, SecondLook, SecondLookShare
from mudmai.linkage.queries.queue import REVIEW, standing_questions_for

if TYPE_CHECKING:
    from mudmai.accounts.models import User

USUAL_SHARE = Decimal(5)  # percent, until somebody sets another
MOST = 200


def volunteers_of(question: Question) -> "list[User]":
    """The volunteers who may be asked about a question: those of its area."""
    return users_on_duty("volunteer", question.area_code)


def inquiries_for(user: "User") -> list[Inquiry]:
    """Questions that are with the volunteers of the user's areas, longest waiting first."""
    mine = scope_for(user).area_filter(action=REVIEW)
    asked = Inquiry.objects.filter(mine, closed_at=None, question__state=Question.State.ASKED)
    shown = list(
        asked.select_related("question__left", "question__batch", "asked_by", "to").order_by("asked_at")[:MOST]
    )
    standing = standing_questions_for(user).filter(pk__in=[each.question_id for each in shown])
    keys = set(standing.values_list("pk", flat=True)) if shown else set()
    return [each for each in shown if each.question_id in keys]


def inquiries_asked_of(user: "User") -> list[Inquiry]:
    """Questions that are put to this volunteer, or to whoever of the volunteers of his areas, longest waiting first."""
    areas = areas_as(user, "volunteer")
    asked = Inquiry.objects.filter(closed_at=None, question__state=Question.State.ASKED)
    shown = asked.filter(Q(to=user) | Q(to=None)).select_related("question__left", "asked_by").order_by("asked_at")
    return [
        each
        for each in shown
        if each.to_id == user.pk or any(covers(mine, each.area_code) or covers(each.area_code, mine) for mine in areas)
    ][:MOST]


def second_looks_for(user: "User") -> QuerySet[SecondLook]:
    """Answers that this user may be the second to look at, oldest first: never his own."""
    answered = standing_questions_for(user).filter(state=Question.State.ANSWERED)
    waiting = SecondLook.objects.filter(question__in=answered, second_at=None).exclude(first_by=user)
    return waiting.order_by("first_at", "pk")


def second_look_for(user: "User", question_id: UUID | str) -> SecondLook:
    """One of them. Raises NotFound."""
    look = second_looks_for(user).filter(question_id=question_id).first()
    if look is None:
        raise NotFound(_("This question no longer waits for a second look, or not for yours."))
    return look


def unsettled_for(user: "User") -> QuerySet[SecondLook]:
    """Questions that two people answered differently, in the user's areas, oldest first."""
    answered = standing_questions_for(user).filter(state=Question.State.ANSWERED)
    differing = SecondLook.objects.filter(question__in=answered, second_at__isnull=False, settled_at=None)
    apart = differing.exclude(first_verdict=F("second_verdict"))
    shown = apart.select_related("question__left", "question__batch", "first_by", "second_by")
    return shown.order_by("second_at", "pk")


def unsettled_look_for(user: "User", question_id: UUID | str) -> SecondLook:
    """One of them. Raises NotFound."""
    look = unsettled_for(user).filter(question_id=question_id).first()
    if look is None:
        raise NotFound(_("There is nothing to settle about this question any more."))
    return look


def shares() -> list[SecondLookShare]:
    """Every share that was ever set, newest day first."""
    return list(SecondLookShare.objects.select_related("set_by").order_by("-starts_on"))


def share_on(day: date) -> Decimal:
    """The percentage of answers that get a second look on that day."""
    newest = SecondLookShare.objects.filter(starts_on__lte=day).order_by("-starts_on").first()
    return newest.percent if newest else USUAL_SHARE
