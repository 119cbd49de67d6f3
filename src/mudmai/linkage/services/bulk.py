"""Many obvious questions of one kind answered "the same person" at once; one decision each, undone whole."""

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mudmai.access.services import require_somewhere
from mudmai.audit.services import record
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, Conflict
from mudmai.linkage.models import BulkAnswer
from mudmai.linkage.queries import REVIEW, alike
from mudmai.linkage.rules.patterns import MOST_AT_ONCE, may_be_bulk
from mudmai.linkage.services.deciding import KeptApart
from mudmai.linkage.services.review import AlreadyAnswered, NothingToUndo, answer, undo

if TYPE_CHECKING:
    from mudmai.accounts.models import User


class NothingTicked(BadInput):
    code = "nothing_ticked"


class TooMany(BadInput):
    code = "too_many"


class NotObvious(Conflict):
    code = "not_obvious"


class Answered(NamedTuple):
    """What became of a bulk answer: how many were answered, and how many were left as they are."""

    bulk: BulkAnswer
    done: int
    left: int


@transaction.atomic
def answer_alike(pattern: str, chosen: Collection[UUID], *, by: "User") -> Answered:
    """Answer the chosen questions of one kind "the same person"; those that no longer fit are left and counted.

    Raises NotAllowed, NothingTicked, TooMany, NotObvious.
    """
    require_somewhere(by, REVIEW)
    if not chosen:
        raise NothingTicked(_("Tick at least one question."))
    if len(chosen) > MOST_AT_ONCE:
        raise TooMany(
            _("At most %(most)s questions can be answered at once; you chose %(n)s. Answer them in several goes.")
            % {"most": MOST_AT_ONCE, "n": len(chosen)}
        )
    if not may_be_bulk(pattern):
        raise NotObvious(_("Something speaks against these being the same person: look at them one by one."))
    bulk = BulkAnswer.objects.create(pattern=pattern, count=0, by=by, at=clock.now())
    for question in alike(by, pattern).filter(pk__in=chosen):
        try:
            answer(question, "same", by, bulk=bulk)
            bulk.count += 1
        except (AlreadyAnswered, KeptApart):  # by another answer of this very go
            continue
    bulk.save(update_fields=["count"])
    record(by, "linkage.bulk.answered", "bulk_answer", bulk.pk, pattern=pattern, count=bulk.count)
    return Answered(bulk, bulk.count, len(chosen) - bulk.count)


@transaction.atomic
def undo_alike(bulk: BulkAnswer, *, by: "User") -> int:
    """Take back every answer of a bulk answer that still stands; returns how many. Raises NotAllowed, NothingToUndo."""
    bulk = BulkAnswer.objects.select_for_update().get(pk=bulk.pk)
    standing = list(bulk.questions.filter(state="answered"))
    if bulk.undone_at is not None or not standing:
        raise NothingToUndo(_("These answers were taken back already."))
    for question in standing:
        undo(question, by)
    bulk.undone_at, bulk.undone_by = clock.now(), by
    bulk.save(update_fields=["undone_at", "undone_by"])
    record(by, "linkage.bulk.undone", "bulk_answer", bulk.pk, count=len(standing))
    return len(standing)
