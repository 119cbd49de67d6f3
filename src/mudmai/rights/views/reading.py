"""Who may read the rules, and whose rows are shown."""

from django.utils.translation import gettext as _

from mudmai.access.queries import Scope, scope_for
from mudmai.access.services import DutyDoesNotAllow
from mudmai.accounts.rules import SignedInRequest

# Numbers for the mayor, the log for the auditor: both read the law that they rest on.
READERS = ("counts.view", "audit.read")


def require_reader(request: SignedInRequest) -> Scope:
    """The scope of a user who may read the rules. Raises DutyDoesNotAllow."""
    scope = scope_for(request.user)
    if not any(scope.allows_somewhere(action) for action in READERS):
        raise DutyDoesNotAllow(_("Your duty does not allow this. Ask your administrator if you need it."))
    return scope


def area_of(scope: Scope) -> str:
    """The area whose rows are shown: the user's own where it is one, else the whole country."""
    prefixes = scope.prefixes
    return prefixes[0] if len(prefixes) == 1 else ""
