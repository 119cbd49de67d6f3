"""What was sent: one submission with its answers, lists for whom may read them, and what a sender is told."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mudmai.access.queries import either, scope_for
from mudmai.kernel import clock
from mudmai.kernel.errors import NotFound
from mudmai.people import services as registry
from mudmai.surveys.models import Submission
from mudmai.surveys.queries.files import missing_files
from mudmai.surveys.queries.problems import troubles_of
from mudmai.surveys.queries.xforms import xform_of
from mudmai.surveys.rules.xform import Checked, Group, NotASubmission

if TYPE_CHECKING:
    from mudmai.accounts.models import User

READ = "submissions.read"
UNKNOWN = "unknown"
MOST_ASKED = 500


def submissions_for(user: "User") -> QuerySet[Submission]:
    """What was sent in the areas where the user reads submissions, and what the user sent; the newest first."""
    mine = either(scope_for(user).area_filter(action=READ), Q(by=user))
    found = Submission.objects.filter(mine).select_related("version__form", "by")
    return found.defer("sealed", "version__xform", "version__source").order_by("-received_at", "-pk")


def submission_for(user: "User", submission_id: UUID) -> Submission:
    """One of them. Raises NotFound."""
    found = submissions_for(user).filter(pk=submission_id).first()
    if found is None:
        raise NotFound(_("There is no such form, or not in your area."))
    return found


def xml_of(submission: Submission) -> bytes:
    """The XML as it came."""
    return registry.open_file(bytes(submission.sealed))


def checked(submission: Submission) -> Checked | None:
    """The submission checked against its form; None where there is nothing to check, or no form to check it by."""
    if submission.version_id is None:
        return None
    arrived = submission.received_at.astimezone(clock.BANGKOK).date()
    try:
        return xform_of(submission.version_id).check(xml_of(submission), today=arrived)
    except NotASubmission:
        return None


def answers_of(submission: Submission) -> Group:
    """The answers by node name; {} where they cannot be read."""
    found = checked(submission)
    return found.answers if found else {}


class Told(NamedTuple):
    """What a sender is told about one submission: its state, a sentence where there is one, and missing files."""

    state: str
    message: str = ""
    files: dict[str, dict[str, int]] = {}


def told_of(submission: Submission) -> Told:
    """What the sender is told about this one."""
    if submission.state in (Submission.State.WAITING, Submission.State.FLAGGED):
        files = {
            name: {"have": held.have, "size": held.size} if held else {"have": 0, "size": 0}
            for name, held in missing_files(submission).items()
        }
        return Told(submission.state, _sentence(submission, len(files)), files)
    return Told(submission.state, submission.reason if submission.state == Submission.State.LEFT else "")


def _sentence(submission: Submission, missing: int) -> str:
    if submission.state == Submission.State.WAITING:
        return _("%(count)s photos or files are still to come.") % {"count": missing}
    stopping = [each.sentence for each in troubles_of(submission) if each.stops]
    return " ".join([_("An officer will look at it."), *stopping[:2]])


def states_of(user: "User", ids: Iterable[UUID]) -> dict[UUID, Told]:
    """What became of these submissions of the user; `unknown` for those that are not here."""
    wanted = list(ids)[:MOST_ASKED]
    found = Submission.objects.filter(pk__in=wanted, by=user).defer("sealed").in_bulk()
    return {key: told_of(found[key]) if key in found else Told(UNKNOWN) for key in wanted}
