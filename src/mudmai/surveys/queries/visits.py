"""The visits to a house or a person, as their pages list them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Q

from mudmai.surveys.queries.submissions import submissions_for
from mudmai.surveys.rules.states import LOOKS

if TYPE_CHECKING:
    from mudmai.accounts.models import User

MOST = 10


class Visit(NamedTuple):
    """One filled form about a house or a person. `look` and `label` are for shared/tag.html."""

    submission_id: UUID
    title: str
    day: date | None
    came: datetime
    by: str
    look: str
    label: str


def visits_of(user: "User", *, households: Collection[UUID] = (), persons: Collection[UUID] = ()) -> list[Visit]:
    """The last filled forms about one of these houses or persons that the user may read; the newest first."""
    about = Q(household_id__in=households) | Q(person_id__in=persons)
    return [
        Visit(
            found.pk,
            found.version.form.title if found.version else found.form_id,
            found.observed_on,
            found.received_at,
            str(found.by or ""),
            LOOKS[found.state],
            found.get_state_display(),
        )
        for found in submissions_for(user).filter(about)[:MOST]
    ]
