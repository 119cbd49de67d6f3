"""From an answer to decisions in the registry, and back: what every way of answering has in common."""

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mudmai.access.services import require
from mudmai.kernel import clock
from mudmai.kernel.errors import Conflict
from mudmai.linkage.models import BulkAnswer, Question
from mudmai.linkage.queries import PENDING
from mudmai.linkage.services.doubts import check_persons, settle_doubt
from mudmai.people import queries as registry
from mudmai.people import services as people

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Decision

Verdict = Literal["same", "different", "moved"]


class KeptApart(Conflict):
    code = "kept_apart"


def held(question: Question, by: "User") -> Question:
    """The question as it is now, kept from others until we are done. Raises NotAllowed."""
    require(by, "linkage.review", question.area_code)
    return Question.objects.select_for_update(of=("self",)).get(pk=question.pk)


def decide(question: Question, verdict: Verdict, by: "User", bulk: BulkAnswer | None = None) -> None:
    """Write the decision, mark the question answered, and close the questions that it settles. Raises KeptApart."""
    settled: set[UUID] = set()
    if question.about == "household":
        decision = _decide_houses(question, verdict, by)
    elif question.doubts is not None:
        decision = settle_doubt(question, verdict, by)
    else:
        sides = registry.keys_of_person(question.left_id), registry.keys_of_person(question.right_id)
        decision = _decide(question, verdict, by, sides)
        settled = _settled(question, verdict, sides)
    Question.objects.filter(pk__in=settled).update(state=Question.State.CLOSED, decision=decision)
    question.state, question.verdict, question.decision = Question.State.ANSWERED, verdict, decision
    question.answered_by, question.answered_at, question.bulk = by, clock.now(), bulk
    question.save(
        update_fields=["state", "verdict", "decision", "answered_by", "answered_at", "bulk", "edit"],
    )
    if question.about == "person":
        check_persons([question.left_id.hex, question.right_id.hex])


def revoke(question: Question, by: "User") -> None:
    """Withdraw what the answer wrote; the question, and all that it settled, is open again."""
    decision = question.decision
    reason = str(_("Answer taken back"))
    if question.edit is not None and not question.edit.withdrawn:
        people.withdraw(question.edit, by=by, reason=reason)
    if decision is not None and not decision.withdrawn:
        people.withdraw(decision, by=by, reason=reason)
    if question.doubts is not None and question.doubts.withdrawn:
        people.restore(question.doubts, by=by, reason=reason)
    Question.objects.filter(decision=decision).update(
        state=Question.State.OPEN, verdict="", decision=None, edit=None, bulk=None, answered_by=None, answered_at=None
    )
    question.refresh_from_db()


def _decide(question: Question, verdict: Verdict, by: "User", sides: tuple[list[UUID], list[UUID]]) -> "Decision":
    left, right = question.left_id.hex, question.right_id.hex
    if verdict == "different":
        return people.mark_different(left, right, by=by, evidence=question.evidence)
    apart = registry.kept_apart_among(*sides)
    if apart is not None:
        raise KeptApart(
            _("%(who)s said before that these two are not the same person. If that was wrong, take it back first.")
            % {"who": apart.by or _("Somebody")}
        )
    return people.link_record(left, right, by=by, basis="staff", score=question.score, evidence=question.evidence)


def _decide_houses(question: Question, verdict: Verdict, by: "User") -> "Decision":
    if verdict == "different":
        keys = question.left_id.hex, question.right_id.hex
        return people.mark_different(*keys, by=by, evidence=question.evidence, about="household")
    left, right = registry.household_for(by, question.left_id), registry.household_for(by, question.right_id)
    if verdict == "same":
        return people.merge_households(left, right, by=by)
    # The two become one, and it stands at the address that was told later, whatever list is trusted more.
    words = {"house_no": left.house_no, "area": left.area_code, "moo": left.moo, "village_name": left.village_name}
    question.edit = people.move_household(right, words | {"soi": left.soi, "road": left.road}, by=by)
    return people.merge_households(left, right, by=by, reason=str(_("The household moved")))


def _settled(question: Question, verdict: Verdict, sides: tuple[list[UUID], list[UUID]]) -> set[UUID]:
    """Other pending questions that the answer settles.

    Those about the same two persons; after "the same", also those about the row, and those about the person made just
    now that an earlier "not the same" answers.
    """
    keys = set().union(*sides)
    pending = Question.objects.filter(state__in=PENDING, about=Question.About.PERSON, doubts=None)
    asked = pending.filter(Q(left_id__in=keys) | Q(right_id__in=keys)).exclude(pk=question.pk)
    settled = set()
    for other in asked.only("left_id", "right_id"):
        twin = {other.left_id, other.right_id} <= keys
        if twin or (verdict == "same" and (other.left_id == question.left_id or _is_known_apart(other))):
            settled.add(other.pk)
    return settled


def _is_known_apart(question: Question) -> bool:
    return registry.kept_apart(question.left_id, question.right_id) is not None
