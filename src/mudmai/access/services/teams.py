"""Teams and who belongs to them: made, joined, left and closed."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import rules
from mudmai.access.models import Membership, Team
from mudmai.access.queries import may_hand_out, may_make_team, may_manage_team, members_of, teams_for
from mudmai.access.services.duties import UnknownArea, UnknownRole, end_duties_of_volunteer, end_now
from mudmai.access.services.refusing import DutyDoesNotAllow
from mudmai.accounts.models import User
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, Conflict, NotAllowed, NotFound

SHORTEST_TEAM_AREA = 4


class TeamIsNotYours(NotFound):
    """The user neither belongs to the team nor manages it: it looks as if it did not exist."""

    code = "team_is_not_yours"


class TeamNeedsName(BadInput):
    """A team without a name."""

    code = "team_needs_name"


class AlreadyMember(Conflict):
    """The user belongs to the team already, or waits for a yes."""

    code = "already_member"


class NotYourOwnRole(NotAllowed):
    """Nobody changes what he himself may do."""

    code = "not_your_own_role"


class NobodyLeft(Conflict):
    """The last area admin of a group cannot go: nobody could manage it."""

    code = "nobody_left"


@transaction.atomic
def make_team(*, by: User | None, name: str, kind: str, area_code: str, whole_area: bool = False) -> Team:
    """Keep a new team; whoever makes a group runs it, unless he gives duties.

    Raises TeamNeedsName, UnknownArea, DutyDoesNotAllow.
    """
    name = name.strip()[:200]
    if not name:
        raise TeamNeedsName(_("Give the team a name by which its members know it."))
    if not rules.is_area_code(area_code) or len(area_code) < SHORTEST_TEAM_AREA:
        raise UnknownArea(_("“%(code)s” is no area of a team: write 4, 6 or 8 digits.") % {"code": area_code})
    if by is not None and not may_make_team(by, kind, area_code):
        raise DutyDoesNotAllow(_("Your duty does not allow this. Ask your administrator if you need it."))
    team = Team.objects.create(
        name=name, kind=kind, area_code=area_code, whole_area=whole_area and kind == Team.Kind.VILLAGE, made_by=by
    )
    audit.record(by, "access.team.made", "team", team.pk, area_code=area_code, kind=kind, whole_area=team.whole_area)
    if by is not None and kind == Team.Kind.GROUP and not may_manage_team(by, team):
        _keep_member(by, team, by, "area_admin")
    return team


@transaction.atomic
def change_team(team: Team, *, by: User, name: str, whole_area: bool) -> None:
    """Rename the team, and say whether its members look after the whole area.

    Raises TeamIsNotYours, TeamNeedsName, DutyDoesNotAllow: who opens the whole area needs a duty there.
    """
    require_to_manage(by, team)
    if not name.strip():
        raise TeamNeedsName(_("Give the team a name by which its members know it."))
    whole_area = whole_area and team.is_village
    if whole_area != team.whole_area and not may_make_team(by, team.kind, team.area_code):
        raise DutyDoesNotAllow(_("Your duty does not allow this. Ask your administrator if you need it."))
    team.name, team.whole_area = name.strip()[:200], whole_area
    team.save(update_fields=["name", "whole_area"])
    audit.record(by, "access.team.changed", "team", team.pk, area_code=team.area_code, whole_area=whole_area)


@transaction.atomic
def close_team(team: Team, *, by: User) -> None:
    """Let the team give nothing any more; everybody in it loses what it gave, at once. Raises as `change_team`."""
    require_to_manage(by, team)
    for membership in members_of(team):
        _end(by, membership)
    team.closed_at = clock.now()
    team.save(update_fields=["closed_at"])
    audit.record(by, "access.team.closed", "team", team.pk, area_code=team.area_code)


@transaction.atomic
def add_member(team: Team, *, by: User, user: User, role: str, ends_on: date | None = None) -> Membership:
    """Let the user belong to the team in this role.

    Raises TeamIsNotYours, UnknownRole, DutyDoesNotAllow, AlreadyMember.
    """
    require_to_hand_out(by, team, role)
    return _keep_member(by, team, user, role, ends_on)


def _keep_member(by: User | None, team: Team, user: User, role: str, ends_on: date | None = None) -> Membership:
    refuse_members(team, user)
    membership = Membership.objects.create(
        team=team, user=user, role=role, starts_on=clock.today(), ends_on=ends_on, given_by=by
    )
    log_member(by, "access.member.added", membership)
    return membership


@transaction.atomic
def say_yes(membership: Membership, *, by: User) -> None:
    """Let somebody in who came by an invitation. Safe to repeat. Raises as `add_member`."""
    require_to_hand_out(by, membership.team, membership.role)
    if membership.waiting:
        membership.waiting, membership.starts_on, membership.given_by = False, clock.today(), by
        membership.save(update_fields=["waiting", "starts_on", "given_by"])
        log_member(by, "access.member.accepted", membership)


@transaction.atomic
def change_role(membership: Membership, *, by: User, role: str) -> Membership:
    """Let the member go on in another role. Raises NotYourOwnRole, NobodyLeft, and as `add_member`."""
    require_to_hand_out(by, membership.team, role)
    if membership.user_id == by.pk:
        raise NotYourOwnRole(_("Nobody changes their own role: ask another area admin or the registrar."))
    _keep_somebody(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    log_member(by, "access.member.role_changed", membership)
    return membership


@transaction.atomic
def remove_member(membership: Membership, *, by: User) -> None:
    """Take somebody off the team, or refuse who waits: whatever the team gave ends at once. Safe to repeat.

    Raises TeamIsNotYours, NobodyLeft.
    """
    require_to_manage(by, membership.team)
    _keep_somebody(membership)
    _end(by, membership)


@transaction.atomic
def leave_team(membership: Membership, *, by: User) -> None:
    """Leave the team oneself. Raises TeamIsNotYours, NobodyLeft."""
    if membership.user_id != by.pk:
        raise TeamIsNotYours(_("This team is not here, or you do not belong to it."))
    _keep_somebody(membership)
    _end(by, membership)


def _end(by: User, membership: Membership) -> None:
    """A volunteer who is off the team of a village is so whoever gave him his duty there."""
    if not end_now(membership):
        return
    for followed in membership.followed.filter(ends_on=None):
        end_now(followed)
    if membership.team.is_village and not membership.waiting:
        end_duties_of_volunteer(by=by, user=membership.user, area_code=membership.team.area_code)
    log_member(by, "access.member.left" if by.pk == membership.user_id else "access.member.removed", membership)


def _keep_somebody(membership: Membership) -> None:
    """Nobody else manages a group by a duty but the administrator, who may be far away."""
    if membership.team.is_village or membership.role != "area_admin" or membership.waiting:
        return
    others = members_of(membership.team).filter(role="area_admin", waiting=False).exclude(pk=membership.pk)
    if not others.exists():
        raise NobodyLeft(_("Make somebody else area admin first: a group without one cannot be managed."))


def refuse_members(team: Team, user: User) -> None:
    """Raises AlreadyMember for whoever belongs to the team, or waits."""
    there = members_of(team).filter(user=user).first()
    if there is not None and there.waiting:
        raise AlreadyMember(_("You have asked to join already. An area admin will say yes or no."))
    if there is not None:
        raise AlreadyMember(_("%(name)s belongs to this team already.") % {"name": user})


def require_to_manage(by: User, team: Team) -> None:
    """Pass when the user manages the team. Raises TeamIsNotYours (404) or DutyDoesNotAllow (403)."""
    if may_manage_team(by, team):
        return
    if teams_for(by).filter(pk=team.pk).exists():
        raise DutyDoesNotAllow(_("Only who manages this team may do that."))
    raise TeamIsNotYours(_("This team is not here, or you do not belong to it."))


def require_to_hand_out(by: User, team: Team, role: str) -> None:
    """Pass when the user may let somebody in with this role. Raises UnknownRole, and as `require_to_manage`."""
    require_to_manage(by, team)
    if role not in rules.GROUP_ROLES:
        raise UnknownRole(_("There is no role “%(role)s”.") % {"role": role})
    if not may_hand_out(by, team, role):
        raise DutyDoesNotAllow(_("This role sees more than you do. Ask the registrar or the administrator."))


def log_member(by: User | None, action: str, membership: Membership) -> None:
    audit.record(
        by, action, "team", membership.team_id,
        area_code=membership.team.area_code, user=membership.user_id, role=membership.role,
    )  # fmt: skip
