"""What stands on a day: the scope of a user, out of duties, memberships and what teams follow."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, BooleanField, CharField, Q, Value

from mudmai.access import rules
from mudmai.access.models import Duty, Followed, Membership, Team
from mudmai.access.queries.scope import NOTHING, Follows, Grant, Scope
from mudmai.accounts.models import User
from mudmai.kernel import clock


class _Part(NamedTuple):
    """A duty (`membership` is 0) or a standing membership."""

    area: str
    role: str
    membership: int
    team: int
    kind: str
    whole_area: bool


def scope_for(user: User, today: date | None = None) -> Scope:
    """What the user may do on that day. A superuser has no more than his duties and teams give."""
    if not user.is_active:
        return NOTHING
    day = today or clock.today()
    parts = _parts(user, day)
    mine = [part for part in parts if part.membership and part.role in rules.GROUP_ROLES]
    duties = [part for part in parts if not part.membership and part.role in rules.ROLES]
    grants = [Grant(part.area, rules.ROLES[part.role]) for part in duties if not _gave_way(part, mine)]
    grants += [Grant(part.area, rules.GROUP_ROLES[part.role]) for part in mine if _opens_area(part)]
    return Scope(tuple(grants), tuple(_follows(mine, day)) if mine else ())


def standing(today: date) -> Q:
    return Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def _parts(user: User, day: date) -> list[_Part]:
    """Duties and memberships at once: nearly every page asks for them."""
    number = Value(0, BigIntegerField())
    duties = Duty.objects.filter(standing(day), user=user).order_by()
    teams = Membership.objects.filter(standing(day), user=user, waiting=False, team__closed_at=None).order_by()
    rows = duties.values_list(
        "area_code", "role", number, number, Value("", CharField()), Value(False, BooleanField())
    ).union(teams.values_list("team__area_code", "role", "pk", "team_id", "team__kind", "team__whole_area"), all=True)
    return [_Part(*row) for row in rows]


def _opens_area(part: _Part) -> bool:
    """Whoever runs a village team gives its houses out, so he sees them all."""
    return part.kind == Team.Kind.VILLAGE and (bool(part.whole_area) or part.role == "area_admin")


def _gave_way(duty: _Part, mine: list[_Part]) -> bool:
    """A volunteer to whose village team houses are given one by one sees these, and no longer the whole village."""
    return duty.role == "volunteer" and any(
        part.kind == Team.Kind.VILLAGE and not _opens_area(part) and rules.covers(part.area, duty.area) for part in mine
    )


def _follows(mine: list[_Part], day: date) -> Iterator[Follows]:
    """What each membership follows: all that its team does, and what was given to it alone."""
    whose = Q(membership=None) | Q(membership__in=[part.membership for part in mine])
    found = Followed.objects.filter(standing(day), whose, team__in=[part.team for part in mine])
    rows = list(found.values_list("team_id", "membership_id", "about", "key"))
    for part in mine:
        keys: dict[str, set[UUID]] = {about: set() for about in Followed.About.values}
        for team, membership, about, key in rows:
            if team == part.team and membership in (None, part.membership):
                keys[about].add(key)
        role = rules.GROUP_ROLES[part.role]
        # Numbers are of areas.
        role = replace(role, actions=role.actions - {"counts.view"})
        yield Follows(role, part.area, frozenset(keys["person"]), frozenset(keys["household"]))
