"""What a user may see and do, where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from mudmai.access import rules
from mudmai.access.models import Duty
from mudmai.accounts.models import User
from mudmai.kernel import clock

LONGEST_AREA_CODE = 8


@dataclass(frozen=True)
class Grant:
    """One role in one area."""

    prefix: str
    role: rules.Role


@dataclass(frozen=True)
class Scope:
    """Everything one user may do on one day; asked once, then answered from memory."""

    grants: tuple[Grant, ...]

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The areas of all duties, without those that lie inside another."""
        return widest(grant.prefix for grant in self.grants)

    def prefixes_for(self, action: str, data_class: str | None = None) -> tuple[str, ...]:
        """The areas in which the user may do this (and see this class of data)."""
        return widest(
            grant.prefix
            for grant in self.grants
            if action in grant.role.actions and (data_class is None or data_class in grant.role.classes)
        )

    def reaches(self, area_code: str) -> bool:
        """Whether any duty covers this area; if not, the area does not exist for this user."""
        return any(rules.covers(grant.prefix, area_code) for grant in self.grants)

    def allows(self, action: str, area_code: str) -> bool:
        known(action)
        return any(action in grant.role.actions for grant in self._at(area_code))

    def allows_somewhere(self, action: str) -> bool:
        """Whether a menu should offer this at all."""
        known(action)
        return any(action in grant.role.actions for grant in self.grants)

    def classes_at(self, area_code: str) -> frozenset[str]:
        """The classes of data that the user sees of people who live there."""
        return frozenset().union(*(grant.role.classes for grant in self._at(area_code)))

    def sees(self, data_class: str, area_code: str | None = None) -> bool:
        """Whether the user sees this class there; without an area, anywhere."""
        grants = self.grants if area_code is None else self._at(area_code)
        return any(data_class in grant.role.classes for grant in grants)

    def area_filter(self, field: str = "area_code", *, action: str = "people.view", data_class: str | None = None) -> Q:
        """Keeps only rows whose area is one where the user may do this. Uses the index of `field`."""
        known(action)
        return area_q(self.prefixes_for(action, data_class), field)

    def _at(self, area_code: str) -> Iterable[Grant]:
        return (grant for grant in self.grants if rules.covers(grant.prefix, area_code))


NOTHING = Scope(())


def scope_for(user: User, today: date | None = None) -> Scope:
    """What the user may do on that day. A superuser has no more than his duties give."""
    if not user.is_active:
        return NOTHING
    duties = duties_of(user, today or clock.today()).values_list("area_code", "role")
    grants = (Grant(area, rules.ROLES[role]) for area, role in duties if role in rules.ROLES)
    return Scope(tuple(grants))


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


def standing(today: date) -> Q:
    return Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def known(action: str) -> None:
    """Stop a misspelt action at once instead of refusing everybody for ever."""
    if action not in rules.ACTIONS:
        raise ValueError(f"{action!r} is no action of access.rules.ACTIONS")


def widest(prefixes: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for prefix in sorted(set(prefixes)):
        if not kept or not prefix.startswith(kept[-1]):
            kept.append(prefix)
    return tuple(kept)


def area_q(prefixes: Iterable[str], field: str = "area_code") -> Q:
    """Rows inside any of these areas. Ranges rather than LIKE: SQLite and any collation can use the index."""
    inside = Q(pk__in=[])
    for prefix in prefixes:
        if prefix == "":
            return Q()
        first, last = bounds(prefix)
        inside |= Q(**{f"{field}__gte": first, f"{field}__lte": last})
    return inside


def bounds(prefix: str) -> tuple[str, str]:
    """The first and the last code inside an area, as text compares them."""
    return prefix, prefix.ljust(LONGEST_AREA_CODE, "9")


def may_manage(today: date | None = None) -> bool:
    """Whether anybody who can sign in manages users."""
    managing = [role.code for role in rules.ROLES.values() if "access.manage" in role.actions]
    day = today or clock.today()
    return Duty.objects.filter(standing(day), role__in=managing, user__is_active=True).exists()
