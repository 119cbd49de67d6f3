"""A registrar looks at what was flagged, and at what is in the registry: take it, leave it, take it back."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access.services import require
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, Conflict
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.surveys.models import Submission
from mudmai.surveys.queries.problems import sealed_problems, troubles_of
from mudmai.surveys.rules.troubles import HOPELESS, Trouble
from mudmai.surveys.services.settling import settle

if TYPE_CHECKING:
    from mudmai.accounts.models import User

EDIT = "people.edit"
LONGEST = 300


class ReasonMissing(BadInput):
    code = "reason_missing"


class NotFlagged(Conflict):
    """It is no longer, or not yet, as the page showed it."""

    code = "not_flagged"


class NothingToTake(BadInput):
    """No answer of it could stand in the registry."""

    code = "nothing_to_take"


def take_flagged(submission: Submission, *, by: "User", reason: str) -> Submission:
    """Let what is good of a flagged submission stand in the registry; what is wrong stays in the form only.

    Raises NotFound, NotAllowed, NotFlagged, ReasonMissing, NothingToTake.
    """
    with transaction.atomic():
        submission = _held(submission, by, Submission.State.FLAGGED)
        if submission.batch_id is not None:
            return _put_back(submission, by, _reason(reason))
        if submission.version_id is None or any(each.kind in HOPELESS for each in troubles_of(submission)):
            raise NothingToTake(_("Nothing of this form can stand in the registry. It can be left out."))
        _judge(submission, by, reason, Submission.State.RECEIVED, "taken")
    return settle(submission)


@transaction.atomic
def leave_flagged(submission: Submission, *, by: "User", reason: str) -> Submission:
    """Leave a flagged submission out for good; it is kept. Raises NotFound, NotAllowed, NotFlagged, ReasonMissing."""
    submission = _held(submission, by, Submission.State.FLAGGED)
    _judge(submission, by, reason, Submission.State.LEFT, "left")
    return submission


@transaction.atomic
def take_back(submission: Submission, *, by: "User", reason: str) -> Submission:
    """Withdraw what a submission wrote; it is flagged, and can be taken again or left out.

    Raises NotFound, NotAllowed, NotFlagged, ReasonMissing.
    """
    submission = _held(submission, by, Submission.State.SETTLED)
    assert submission.batch_id is not None  # settled by it
    words = _reason(reason)
    for record in people.records_from(submission.batch_id, submission.pk.hex):
        registry.withdraw(record, by=by, reason=words)
    submission.problems = sealed_problems([*troubles_of(submission), Trouble("", "taken_back", told=words)])
    submission.save(update_fields=["problems"])
    _judge(submission, by, words, Submission.State.FLAGGED, "taken_back")
    return submission


def _put_back(submission: Submission, by: "User", reason: str) -> Submission:
    """It was in the registry before: its records stand again."""
    assert submission.batch_id is not None  # looked at by the caller
    for record in people.records_from(submission.batch_id, submission.pk.hex):
        registry.restore(record, by=by, reason=reason)
    kept = [each for each in troubles_of(submission) if each.kind != "taken_back"]
    submission.problems = sealed_problems(kept)
    submission.save(update_fields=["problems"])
    _judge(submission, by, reason, Submission.State.SETTLED, "put_back")
    return submission


def _held(submission: Submission, by: "User", state: str) -> Submission:
    """The submission as it is now, kept from others until we are done."""
    require(by, EDIT, submission.area_code)
    held = (
        Submission.objects.select_for_update(of=("self",)).select_related("version__form", "by").get(pk=submission.pk)
    )
    if held.state != state:
        raise NotFlagged(_("Somebody was quicker: this form is %(state)s now.") % {"state": held.get_state_display()})
    return held


def _reason(reason: str) -> str:
    words = " ".join(reason.split())[:LONGEST]
    if not words:
        raise ReasonMissing(_("Write in a few words why."))
    return words


def _judge(submission: Submission, by: "User", reason: str, state: str, what: str) -> None:
    submission.judged_by, submission.judged_at, submission.reason = by, clock.now(), _reason(reason)
    submission.state = state
    submission.save(update_fields=["judged_by", "judged_at", "reason", "state"])
    audit.record(by, f"surveys.submission.{what}", "submission", submission.pk, area_code=submission.area_code)
