"""A decision about who is who is taken back, or put back, at any later time; its question opens again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mudmai.access.services import require
from mudmai.audit.services import record
from mudmai.kernel.errors import BadInput
from mudmai.linkage.models import Question
from mudmai.linkage.services.deciding import revoke
from mudmai.linkage.services.doubts import check_persons
from mudmai.linkage.services.second import forget_second
from mudmai.people import services as people

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Decision, Record

# Who may take what back: who is who is the reviewers', houses are of those who edit.
ACTIONS = {"person": "linkage.review", "household": "people.edit"}


class NotADecisionOfThisKind(BadInput):
    code = "not_a_decision_of_this_kind"


@transaction.atomic
def take_back(
    decision: "Decision",
    *,
    by: "User",
    area_code: str,
    reason: str = "",
    edits: "Mapping[Record, str] | None" = None,
) -> None:
    """Take a link, a merge or a "not the same" back; the question it answered is open again. Twice does no harm.

    `edits`: corrections made meanwhile that were about somebody else than the key they are linked to, with the key
    they go with instead (32 hex digits). Raises DutyDoesNotAllow, NotADecisionOfThisKind.
    """
    require(by, _action(decision), area_code)
    if decision.withdrawn:
        return
    people.withdraw(decision, by=by, reason=reason)
    for edit, key in (edits or {}).items():
        people.move_edit(edit, key, by=by)
    for question in Question.objects.filter(decision=decision, state=Question.State.ANSWERED):
        revoke(question, by)
        forget_second(question)
    record(by, "linkage.decision.withdrawn", "decision", decision.pk, area_code=area_code, edits=len(edits or {}))


@transaction.atomic
def put_back(decision: "Decision", *, by: "User", area_code: str, reason: str = "") -> None:
    """Let a decision that was taken back stand again. Twice does no harm.

    Raises DutyDoesNotAllow, NotADecisionOfThisKind.
    """
    require(by, _action(decision), area_code)
    if not decision.withdrawn:
        return
    people.restore(decision, by=by, reason=reason)
    if decision.about == "person" and decision.right is not None:
        check_persons([decision.left.hex, decision.right.hex])
    record(by, "linkage.decision.restored", "decision", decision.pk, area_code=area_code)


def _action(decision: "Decision") -> str:
    if decision.about not in ACTIONS:
        raise NotADecisionOfThisKind(_("This is itself a taking back. Open what it is about and put that back there."))
    return ACTIONS[decision.about]
