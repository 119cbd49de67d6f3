"""Duties: who has which, where."""

from datetime import date

from django.db.models import Q, QuerySet

from mudmai.access import rules
from mudmai.access.models import Duty, Membership
from mudmai.access.queries.scope import area_q
from mudmai.access.queries.standing import scope_for, standing
from mudmai.accounts.models import User
from mudmai.kernel import clock


def duties_of(user: User, today: date | None = None) -> QuerySet[Duty]:
    """The user's duties that stand on that day; all there ever were where no day is given."""
    duties = Duty.objects.filter(user=user).order_by("area_code", "role", "id")
    if today is None:
        return duties
    return duties.filter(standing(today))


def duties_in(by: User, today: date | None = None) -> QuerySet[Duty]:
    """Standing duties in the areas whose users `by` manages, with their users, by user name."""
    day = today or clock.today()
    scope = scope_for(by, day)
    inside = scope.area_filter(action="access.manage")
    return Duty.objects.filter(standing(day), inside).select_related("user").order_by("user__username", "id")


def users_on_duty(role: str, area_code: str, today: date | None = None) -> list[User]:
    """Who has this role in the area, in one that holds it or in a part of it, by duty or in a team; by name."""
    day = today or clock.today()
    around = [area_code[:digits] for digits in range(0, len(area_code) + 1, 2)]
    duties = Duty.objects.filter(standing(day), Q(area_code__in=around) | area_q([area_code]), role=role)
    near = Q(team__area_code__in=around) | area_q([area_code], "team__area_code")
    members = Membership.objects.filter(standing(day), near, role=role, team__whole_area=True)
    found = User.objects.filter(Q(pk__in=duties.values("user")) | Q(pk__in=members.values("user")), is_active=True)
    return [
        user
        for user in found.order_by("full_name", "username")
        if any(rules.covers(mine, area_code) or rules.covers(area_code, mine) for mine in areas_as(user, role, day))
    ]


def areas_as(user: User, role: str, today: date | None = None) -> list[str]:
    """The whole areas in which the user has this role; not where he sees single houses alone."""
    return [grant.prefix for grant in scope_for(user, today).grants if grant.role.code == role]


def may_manage(today: date | None = None) -> bool:
    """Whether anybody who can sign in manages users."""
    managing = [role.code for role in rules.ROLES.values() if "access.manage" in role.actions]
    day = today or clock.today()
    return Duty.objects.filter(standing(day), role__in=managing, user__is_active=True).exists()
