"""What teams follow: persons and houses for the whole team, houses given to one member."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import rules
from mudmai.access.models import Followed, Membership, Team
from mudmai.access.queries import followed_by, may_manage_team, scope_for, teams_for
from mudmai.access.services.duties import end_now
from mudmai.access.services.refusing import DutyDoesNotAllow, require
from mudmai.access.services.teams import TeamIsNotYours, require_to_manage
from mudmai.accounts.models import User
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput

MOST_FOLLOWED = 2000


class TooManyFollowed(BadInput):
    """A team that follows everybody is a duty."""

    code = "too_many_followed"


class HouseElsewhere(BadInput):
    """A team gives out houses of its own area."""

    code = "house_elsewhere"


@transaction.atomic
def follow(
    team: Team,
    *,
    by: User,
    area_code: str,
    person: UUID | None = None,
    household: UUID | None = None,
    reason: str = "",
) -> Followed:
    """Open one person or house to the whole team, each member by role. Safe to repeat.

    `area_code` is where they live: whoever opens it must be allowed to edit there by a duty, so that no group hands on
    what it only follows. Raises OutsideYourAreas, DutyDoesNotAllow, TeamIsNotYours, TooManyFollowed.
    """
    require(by, "people.edit", area_code)
    if not teams_for(by).filter(pk=team.pk).exists():
        raise TeamIsNotYours(_("This team is not here, or you do not belong to it."))
    about, key = _named(person, household)
    there = followed_by(team)
    same = there.filter(about=about, key=key).first()
    if same is not None:
        return same
    if there.count() >= MOST_FOLLOWED:
        raise TooManyFollowed(
            _("A team follows at most %(n)s. Ask the administrator for a duty in the area instead.")
            % {"n": f"{MOST_FOLLOWED:,}"}
        )
    followed = Followed.objects.create(
        team=team, about=about, key=key, starts_on=clock.today(), given_by=by, reason=reason.strip()[:300]
    )
    _log(by, "access.followed.begun", followed, area_code)
    return followed


@transaction.atomic
def unfollow(followed: Followed, *, by: User, area_code: str) -> None:
    """Close it to the team at once: by whoever manages the team, or may edit where they live. Safe to repeat.

    Raises DutyDoesNotAllow.
    """
    if not (may_manage_team(by, followed.team) or scope_for(by).allows("people.edit", area_code)):
        raise DutyDoesNotAllow(_("Only who manages this team may do that."))
    if end_now(followed):
        _log(by, "access.followed.ended", followed, area_code)


@transaction.atomic
def give_houses(membership: Membership, houses: Iterable[tuple[UUID, str]], *, by: User) -> int:
    """Give houses (key, area) to one member of a village team; returns how many were not his before.

    Raises TeamIsNotYours, DutyDoesNotAllow, HouseElsewhere, TooManyFollowed.
    """
    team, wanted = membership.team, dict(houses)
    require_to_manage(by, team)
    if any(not rules.covers(team.area_code, area) for area in wanted.values()):
        raise HouseElsewhere(_("Some of these houses lie outside the area of the team."))
    has = set(followed_by(team, membership).values_list("key", flat=True))
    new = [key for key in wanted if key not in has]
    if len(has) + len(new) > MOST_FOLLOWED:
        raise TooManyFollowed(_("One member looks after at most %(n)s houses.") % {"n": f"{MOST_FOLLOWED:,}"})
    Followed.objects.bulk_create(
        Followed(
            team=team, membership=membership, about=Followed.About.HOUSEHOLD, key=key,
            starts_on=clock.today(), given_by=by,
        )
        for key in new
    )  # fmt: skip
    if new:
        audit.record(
            by, "access.houses.given", "team", team.pk, area_code=team.area_code, user=membership.user_id, n=len(new)
        )
    return len(new)


@transaction.atomic
def take_houses(membership: Membership, keys: Iterable[UUID], *, by: User) -> int:
    """Take houses from one member; returns how many. Raises TeamIsNotYours, DutyDoesNotAllow."""
    require_to_manage(by, membership.team)
    rows = list(followed_by(membership.team, membership).filter(key__in=list(keys)))
    for row in rows:
        end_now(row)
    if rows:
        audit.record(
            by, "access.houses.taken", "team", membership.team_id,
            area_code=membership.team.area_code, user=membership.user_id, n=len(rows),
        )  # fmt: skip
    return len(rows)


def _named(person: UUID | None, household: UUID | None) -> tuple[str, UUID]:
    if person is not None:
        return Followed.About.PERSON, person
    if household is not None:
        return Followed.About.HOUSEHOLD, household
    raise ValueError("follow a person or a house")


def _log(by: User, action: str, followed: Followed, area_code: str) -> None:
    audit.record(by, action, followed.about, followed.key, area_code=area_code, team=followed.team_id)
