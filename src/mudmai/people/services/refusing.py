"""Refuse what a user may not do with one person or house."""

from typing import TYPE_CHECKING

from mudmai.access import services as access
from mudmai.people.models import Household, Person
from mudmai.people.queries import keys_for_scope, scope_of

if TYPE_CHECKING:
    from mudmai.accounts.models import User


def require(user: "User", action: str, subject: Person | Household) -> None:
    """Pass when the user may do this with the person or house. Raises as `access.services.require` does."""
    person, household = keys_for_scope(subject)
    access.require_in(scope_of(user), action, subject.area_code, person=person, household=household)
