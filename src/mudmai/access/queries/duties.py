"""Duties: who has which, where."""

from datetime import date

from django.db.models import Q, QuerySet

from mudmai.access import rules
from mudmai.access.models import Duty
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
    """Who has this role in the area, in one that holds it, or in a part of it; by name."""
    duties = Duty.objects.filter(standing(today or clock.today()), role=role, user__is_active=True)
    around = [area_code[:digits] for digits in range(0, len(area_code) + 1, 2)]
    near = duties.filter(Q(area_code__in=around) | area_q([area_code])).values("user")
    return list(User.objects.filter(pk__in=near).order_by("full_name", "username"))


def may_manage(today: date | None = None) -> bool:
    """Whether anybody who can sign in manages users."""
    managing = [role.code for role in rules.ROLES.values() if "access.manage" in role.actions]
    day = today or clock.today()
    return Duty.objects.filter(standing(day), role__in=managing, user__is_active=True).exists()
