"""Keep who looked at what is sensitive about a house: it stands in the log of each person who lives there."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mudmai.access import rules as access
from mudmai.accounts.models import User
from mudmai.audit import services as audit
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.people.models import Household


def looked_at_house(by: User, house: "Household", classes: Iterable[str]) -> int:
    """One line in the log for each member, of the sensitive classes among these; returns how many lines.

    Call it before the page is made.
    """
    seen = frozenset(classes) & access.SENSITIVE
    if not seen:
        return 0
    members = [member for member in people.members_of(house) if member.status == "alive"]
    for member in members:
        audit.looked_at(by, member.pk, seen, area_code=member.area_code, household=str(house.pk))
    return len(members)
