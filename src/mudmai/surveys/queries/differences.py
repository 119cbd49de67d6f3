"""Your report and theirs: where the registry follows somebody else than the one who was there, and why."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mudmai.kernel import clock
from mudmai.kernel.dates import format_thai_date
from mudmai.kernel.words import gettext_noop
from mudmai.people import queries as people
from mudmai.people.rules.catalogue import catalogue
from mudmai.surveys.models import Submission

if TYPE_CHECKING:
    from mudmai.access.queries import Scope
    from mudmai.accounts.models import User

LOOK_BACK = timedelta(days=60)
MOST_SUBMISSIONS = 300
MOST_ENTRIES = 100
KEPT_SECONDS = 600
# Each visit tells its own; that a later one tells another is no difference.
OF_THE_VISIT = frozenset({"last_visited_on", "visit_outcome", "next_visit_on", "pin_accuracy_m"})
# Why the other value stands: the rank of the fold, in words.
WHY = {
    "confirmed": gettext_noop("because staff confirmed it by hand"),
    "trust": gettext_noop("because this source is trusted more for it"),
    "newer": gettext_noop("because it is newer"),
    "later": gettext_noop("because it came later on the same day"),
}


class Difference(NamedTuple):
    """One value that a user's submission told and that is not the one the registry follows now."""

    submission: Submission
    found: people.Outvoted
    message: str


def differences(user: "User") -> list[Difference]:
    """Where a value of the user's submissions of late is not the one the registry follows; the newest first."""
    since = clock.now() - LOOK_BACK
    mine = Submission.objects.filter(by=user, state=Submission.State.SETTLED, received_at__gte=since)
    newest = mine.defer("sealed", "problems").order_by("-received_at")[:MOST_SUBMISSIONS]
    submissions = {each.pk.hex: each for each in newest}
    scope = people.scope_of(user)
    found = [
        Difference(submissions[each.record.row_ref[:32]], each, _sentence(each))
        for each in people.outvoted({each.batch_id for each in submissions.values() if each.batch_id})
        if each.record.row_ref[:32] in submissions
        and each.attribute.code not in OF_THE_VISIT
        and each.attribute.data_class in _classes(scope, each)
    ]
    found.sort(key=lambda each: (each.submission.received_at, each.found.attribute.code), reverse=True)
    return found[:MOST_ENTRIES]


def _classes(scope: "Scope", each: people.Outvoted) -> frozenset[str]:
    """What the user sees of whom it is about; a volunteer may have been given the house alone."""
    person, household = (UUID(key) if key else None for key in (each.person, each.household))
    return scope.classes_at(each.record.area_code, person=person, household=household)


def _sentence(found: people.Outvoted) -> str:
    language = get_language() or "th"
    code = found.attribute.code
    batch = found.winner.batch
    return _(
        "About %(attribute)s you reported “%(yours)s”. The registry now follows “%(theirs)s” "
        "from %(who)s (%(day)s), %(why)s."
    ) % {
        "attribute": found.attribute.label(language),
        "yours": catalogue().shown(code, found.told, language),
        "theirs": catalogue().shown(code, found.stands, language),
        "who": _who(batch, language),
        "day": format_thai_date(found.winner.observed_on),
        "why": _(WHY[found.why]),
    }


def _who(batch: Any, language: str) -> str:
    """Whoever was there is named; a list is called by what it is."""
    kind = catalogue().kinds[batch.kind].label(language)
    return f"{batch.by} ({kind})" if batch.by is not None and batch.kind in ("home_visit", "volunteer_survey") else kind


def inbox_of(user: "User") -> list[dict[str, str]]:
    """The same for the phone. Kept until the registry changes: most syncs find nothing new."""
    key = f"surveys-inbox-{user.pk}-{people.stamp()}-{get_language()}".replace(" ", "_")
    kept: list[dict[str, str]] | None = cache.get(key)
    if kept is None:
        kept = [_entry(each) for each in differences(user)]
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _entry(each: Difference) -> dict[str, str]:
    language = get_language() or "th"
    code = each.found.attribute.code
    return {
        "kind": "differs", "submission": str(each.submission.pk), "household": each.found.household,
        "person": each.found.person, "attribute": code,
        "yours": catalogue().shown(code, each.found.told, language),
        "theirs": catalogue().shown(code, each.found.stands, language),
        "message": each.message,
    }  # fmt: skip
