"""Teams: who belongs to which, what they follow, and who manages them."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from mudmai.access import rules
from mudmai.access.models import Followed, Invitation, Membership, Team
from mudmai.access.queries.duties import duties_of
from mudmai.access.queries.scope import area_q, either, widest
from mudmai.access.queries.standing import scope_for, standing
from mudmai.accounts.models import User
from mudmai.kernel import clock
from mudmai.kernel.errors import NotFound


class Size(NamedTuple):
    """How many belong to a team, and how many wait for a yes."""

    members: int
    waiting: int


def teams_of(user: User, today: date | None = None) -> list[Team]:
    """The teams to which the user belongs on that day, by name; not those where he waits for a yes."""
    mine = Membership.objects.filter(standing(today or clock.today()), user=user, waiting=False)
    return list(Team.objects.filter(closed_at=None, pk__in=mine.values("team")).order_by("name", "pk"))


def teams_for(user: User) -> QuerySet[Team]:
    """Standing teams that the user may open: those of which he is (or waits to be) a member, and those he manages."""
    mine = Membership.objects.filter(standing(clock.today()), user=user)
    found = Team.objects.filter(either(_managed(user), Q(pk__in=mine.values("team"))), closed_at=None)
    return found.order_by("area_code", "name", "pk")


def team_for(user: User, team_id: int) -> Team:
    """A standing team that the user may open. Raises NotFound."""
    team = teams_for(user).filter(pk=team_id).first()
    if team is None:
        raise NotFound(_("This team is not here, or you do not belong to it."))
    return team


def may_manage_team(user: User, team: Team) -> bool:
    """Its area admins, the registrar or case manager of the area for village teams, the administrator for all."""
    if team.closed_at is not None or not user.is_active:
        return False
    admins = members_of(team).filter(user=user, role="area_admin", waiting=False)
    return Team.objects.filter(_managed(user), pk=team.pk).exists() or admins.exists()


def may_make_team(user: User, kind: str, area_code: str) -> bool:
    """Whoever manages village teams there; a group hands out every class of data, so whoever sees all, or gives duties.

    By a duty alone: whoever runs one team makes no others.
    """
    for role in _roles_by_duty(user, area_code):
        everything = "access.manage" in role.actions or role.classes >= set(rules.DataClass.values)
        if "teams.manage" in role.actions and (kind == Team.Kind.VILLAGE or everything):
            return True
    return False


def may_hand_out(user: User, team: Team, role: str) -> bool:
    """Whether the user may let somebody in with this role: in a village team, none that sees what he does not."""
    if not may_manage_team(user, team) or role not in roles_in(team):
        return False
    scope = scope_for(user)
    classes = rules.GROUP_ROLES[role].classes
    return (
        not team.is_village
        or scope.allows("access.manage", team.area_code)
        or classes <= scope.classes_at(team.area_code)
    )


def roles_in(team: Team) -> tuple[str, ...]:
    """The roles that such a team has."""
    return rules.VILLAGE_TEAM_ROLES if team.is_village else tuple(rules.GROUP_ROLES)


def _roles_by_duty(user: User, area_code: str) -> list[rules.Role]:
    return [role for prefix, role in _duties(user) if rules.covers(prefix, area_code)]


def _duties(user: User) -> list[tuple[str, rules.Role]]:
    duties = duties_of(user, clock.today()) if user.is_active else ()
    return [(duty.area_code, rules.ROLES[duty.role]) for duty in duties if duty.role in rules.ROLES]


def _managed(user: User) -> Q:
    """Teams that the user manages by a duty in their area."""
    duties = _duties(user)
    every = area_q(widest(area for area, role in duties if "access.manage" in role.actions))
    villages = area_q(widest(area for area, role in duties if "teams.manage" in role.actions))
    return either(every, villages & Q(kind=Team.Kind.VILLAGE))


def members_of(team: Team, today: date | None = None) -> QuerySet[Membership]:
    """Memberships of that day with their users, by name; those that wait for a yes come with the rest."""
    found = Membership.objects.filter(standing(today or clock.today()), team=team).select_related("user", "team")
    return found.order_by("waiting", "user__full_name", "pk")


def memberships_of(user: User) -> list[Membership]:
    """The user's standing memberships, also those that wait for a yes."""
    return list(Membership.objects.filter(standing(clock.today()), user=user).select_related("team"))


def sizes_of(teams: list[Team]) -> dict[int, Size]:
    """{team: how many belong to it and how many wait}."""
    rows = Membership.objects.filter(standing(clock.today()), team__in=teams).values_list("team")
    counts = rows.annotate(n=Count("pk"), waits=Count("pk", filter=Q(waiting=True)))
    found = {team: Size(n - waits, waits) for team, n, waits in counts}
    return {team.pk: found.get(team.pk, Size(0, 0)) for team in teams}


def membership_for(user: User, membership_id: int) -> Membership:
    """A standing membership of a team that the user may open. Raises NotFound."""
    found = Membership.objects.filter(standing(clock.today()), pk=membership_id, team__in=teams_for(user))
    membership = found.select_related("user", "team").first()
    if membership is None:
        raise NotFound(_("This person does not belong to the team, or it is not yours."))
    return membership


def invitation_for(user: User, invitation_id: UUID) -> Invitation:
    """An invitation to a team that the user manages. Raises NotFound."""
    found = Invitation.objects.select_related("team").filter(pk=invitation_id, team__in=teams_for(user)).first()
    if found is None or not may_manage_team(user, found.team):
        raise NotFound(_("This invitation is not here, or not yours."))
    return found


def invitations_of(team: Team) -> list[Invitation]:
    """Every invitation to the team, those that stand first, then the newest."""
    found = Invitation.objects.filter(team=team).select_related("team", "made_by").order_by("-made_at")
    return sorted(found[:100], key=lambda each: not each.stands)


def followed_by(team: Team, membership: Membership | None = None, today: date | None = None) -> QuerySet[Followed]:
    """What the whole team follows on that day, or what was given to one member alone; the newest first."""
    found = Followed.objects.filter(standing(today or clock.today()), team=team, membership=membership)
    return found.select_related("given_by").order_by("-starts_on", "-pk")


def houses_given(team: Team, today: date | None = None) -> dict[UUID, list[Membership]]:
    """{household key: the members to whom it is given}."""
    day = today or clock.today()
    rows = Followed.objects.filter(
        standing(day), team=team, about=Followed.About.HOUSEHOLD, membership__in=members_of(team, day)
    )
    found: dict[UUID, list[Membership]] = {}
    for row in rows.select_related("membership__user"):
        assert row.membership is not None  # asked for above
        found.setdefault(row.key, []).append(row.membership)
    return found


def houses_by_member(team: Team) -> dict[int, int]:
    """{membership: how many houses are given to it}."""
    rows = Followed.objects.filter(standing(clock.today()), team=team, membership__isnull=False)
    return dict(rows.values_list("membership").annotate(n=Count("pk")))


def followed_with(followed_id: int) -> Followed | None:
    """What a standing team follows as a whole, by its number; who may know of it, the caller asks."""
    found = Followed.objects.filter(standing(clock.today()), pk=followed_id, membership=None, team__closed_at=None)
    return found.select_related("team").first()


def who_follows(keys: list[UUID]) -> list[Followed]:
    """By which standing teams, or members of theirs, any of these keys is followed; by name of the team."""
    found = Followed.objects.filter(standing(clock.today()), key__in=keys, team__closed_at=None)
    return list(found.select_related("team", "membership__user").order_by("team__name", "pk"))


def areas_of(user: User, action: str = "surveys.submit") -> tuple[str, ...]:
    """The areas in which the user has anything of this kind to do: of duties, and of teams."""
    scope = scope_for(user)
    teams = (each.area for each in scope.follows if action in each.role.actions)
    return widest((*scope.prefixes_for(action), *teams))


def houses_of(user: User, area_code: str, action: str = "surveys.submit") -> frozenset[UUID] | None:
    """None where all houses of the area are open to the user; else the keys of those that are given, maybe none."""
    scope = scope_for(user)
    return None if scope.allows(action, area_code) else scope.households_for(action)
