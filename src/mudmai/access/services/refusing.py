"""Refuse what a user may not do."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from mudmai.access.queries import Scope, known, scope_for
from mudmai.accounts.models import User
from mudmai.kernel.errors import NotAllowed, NotFound


class OutsideYourAreas(NotFound):
    """The area lies outside all duties: it looks as if it did not exist."""

    code = "outside_your_areas"


class DutyDoesNotAllow(NotAllowed):
    """The user has a duty there, but not one that allows this."""

    code = "duty_does_not_allow"


def require(user: User, action: str, area_code: str = "", *, today: date | None = None) -> None:
    """Pass when the user may do this there. Raises OutsideYourAreas (404) or DutyDoesNotAllow (403)."""
    require_in(scope_for(user, today), action, area_code)


def require_in(
    scope: Scope, action: str, area_code: str, *, person: UUID | None = None, household: UUID | None = None
) -> None:
    """Pass when the scope allows this there, or for this person or house. Raises as `require` does."""
    if scope.allows(action, area_code, person=person, household=household):
        return
    if scope.reaches(area_code) or scope.is_following(person=person, household=household):
        raise DutyDoesNotAllow(_("Your duty does not allow this. Ask your administrator if you need it."))
    raise OutsideYourAreas(_("This does not exist, or lies outside your areas."))


def require_somewhere(user: User, action: str, *, today: date | None = None) -> None:
    """Pass when the user may do this in at least one area. Raises DutyDoesNotAllow."""
    known(action)
    if not scope_for(user, today).allows_somewhere(action):
        raise DutyDoesNotAllow(_("Your duty does not allow this. Ask your administrator if you need it."))
