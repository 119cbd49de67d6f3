"""Questions whether two houses are one: two spellings of one address, or a household that moved."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import scope_for
from mudmai.kernel.errors import NotFound
from mudmai.linkage.models import Question
from mudmai.linkage.queries.queue import REVIEW, WAITING
from mudmai.linkage.rules.words import Finding, findings, reason_sentence
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Household, Person

MOST = 200


@dataclass(frozen=True)
class HouseSide:
    """One of the two houses, with who lives there."""

    house: "Household"
    members: list["Person"]


@dataclass(frozen=True)
class HouseCase:
    """Two houses side by side; one of them twice where the answer made them one."""

    question: Question
    left: HouseSide
    right: HouseSide
    findings: list[Finding]
    reason: str
    shared: frozenset[UUID]  # members of either house of whom the other has one of the same name
    next: UUID | None

    @property
    def is_one(self) -> bool:
        return self.left.house.pk == self.right.house.pk


def open_house_questions_for(user: "User") -> QuerySet[Question]:
    """Questions about two houses that both stand, in the user's areas; the likeliest first."""
    seen = people.visible_households(user, REVIEW)
    waiting = Question.objects.filter(
        scope_for(user).area_filter(action=REVIEW),
        Exists(seen.filter(pk=OuterRef("left_id"))),
        Exists(seen.filter(pk=OuterRef("right_id"))),
        about=Question.About.HOUSEHOLD,
        state__in=WAITING,
    )
    return waiting.select_related("batch").order_by("-state", "-score", "id")


def answered_house_questions_for(user: "User") -> list[Question]:
    """The newest answers about houses."""
    mine = scope_for(user).area_filter(action=REVIEW)
    done = Question.objects.filter(mine, about=Question.About.HOUSEHOLD, state=Question.State.ANSWERED)
    return list(done.select_related("answered_by", "batch").order_by("-answered_at", "id")[:50])


def house_case_for(user: "User", question_id: UUID | str) -> HouseCase:
    """A question about two houses, answered ones too. Raises NotFound."""
    mine = scope_for(user).area_filter(action=REVIEW)
    found = Question.objects.filter(mine, about=Question.About.HOUSEHOLD, pk=question_id)
    question = found.select_related("batch", "answered_by").first()
    left = _side(user, question.left_id, question.right_id) if question else None
    right = _side(user, question.right_id, question.left_id) if question else None
    if question is None or left is None or right is None:
        raise NotFound(_("This question is not here, was taken back with its list, or lies outside your areas."))
    following = open_house_questions_for(user).exclude(pk=question.pk).values_list("pk", flat=True).first()
    return HouseCase(
        question, left, right, findings(question.evidence), reason_sentence(question.evidence), _shared(left, right),
        following,
    )  # fmt: skip


def _side(user: "User", key: UUID, other: UUID) -> HouseSide | None:
    """The house of a key, or where the two became one, that one."""
    house = people.house_or_none(user, key) or people.house_or_none(user, other)
    return HouseSide(house, list(people.members_of(house))) if house else None


def _shared(left: HouseSide, right: HouseSide) -> frozenset[UUID]:
    names = [{(each.given_key, each.family_key) for each in side.members} for side in (left, right)]
    both = names[0] & names[1]
    return frozenset(
        each.pk for side in (left, right) for each in side.members if (each.given_key, each.family_key) in both
    )
