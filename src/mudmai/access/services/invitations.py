"""Invitations by QR or code: made, opened, accepted, revoked."""

import hmac
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mudmai.access import rules
from mudmai.access.models import Invitation, Membership, Team
from mudmai.access.queries import may_hand_out
from mudmai.access.services.teams import log_member, refuse_members, require_to_hand_out, require_to_manage
from mudmai.accounts import services as accounts
from mudmai.accounts.models import User
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, Conflict, NotFound

LONGEST_DAYS = 90
MOST_USES = 500
CANNOT_JOIN = _lazy("Ask whoever invited you for a new code.")


class InvitationOutOfRange(BadInput):
    """Too long, too many, or none at all."""

    code = "invitation_out_of_range"


class NoSuchInvitation(NotFound):
    """No invitation has this code."""

    code = "no_such_invitation"


class InvitationEnded(Conflict):
    """The invitation had its day, its uses or its team; or was revoked."""

    code = "invitation_ended"
    status = 410


@transaction.atomic
def invite(
    team: Team, *, by: User, role: str, days: int = 14, most_uses: int = 1, needs_yes: bool = True
) -> Invitation:
    """Make a code by which so many people may join the team in this role.

    Raises InvitationOutOfRange, and as `access.services.add_member`.
    """
    require_to_hand_out(by, team, role)
    if not 1 <= days <= LONGEST_DAYS or not 1 <= most_uses <= MOST_USES:
        raise InvitationOutOfRange(
            _("An invitation lasts 1 to %(days)s days, for 1 to %(uses)s people.")
            % {"days": LONGEST_DAYS, "uses": MOST_USES}
        )
    last_day = clock.today() + timedelta(days=days - 1)
    invitation = Invitation(
        team=team, role=role, expires_on=last_day, most_uses=most_uses, needs_yes=needs_yes, made_by=by
    )
    invitation.hashed = _hashed(rules.as_typed(code_of(invitation)))
    invitation.save(force_insert=True)
    _log(by, "access.invitation.made", invitation, most_uses=most_uses, needs_yes=needs_yes)
    return invitation


def code_of(invitation: Invitation) -> str:
    """The code as people read it out. It is kept nowhere: it follows from the signing key and the row's id."""
    return rules.spelled(int.from_bytes(_keyed("code", str(invitation.pk))[:16], "big"))


def invitation_with(code: str) -> Invitation:
    """The standing invitation with this code, however it was typed. Raises NoSuchInvitation, InvitationEnded."""
    letters = rules.as_typed(code)
    found = Invitation.objects.select_related("team").filter(hashed=_hashed(letters)).first() if letters else None
    if found is None:
        raise NoSuchInvitation(_("There is no invitation with this code. Look at its letters again."))
    _refuse_ended(found)
    return found


def _refuse_ended(found: Invitation) -> None:
    why = ""
    # Whoever was taken off the team may have kept a code of his own making.
    if found.revoked_at is not None or not may_hand_out(found.made_by, found.team, found.role):
        why = _("This invitation was taken back.")
    elif found.team.closed_at is not None:
        why = _("This team is closed.")
    elif found.expires_on < clock.today():
        why = _("This invitation has expired.")
    elif found.used >= found.most_uses:
        why = _("As many people as it was for have joined by this invitation.")
    if why:
        raise InvitationEnded(f"{why} {CANNOT_JOIN}")


@transaction.atomic
def join(user: User, invitation: Invitation) -> Membership:
    """Make the user a member, at once or once somebody said yes. Raises AlreadyMember, InvitationEnded.

    Whoever was in the team before waits for a yes in any case: he may have been taken off it.
    """
    refuse_members(invitation.team, user)
    before = Membership.objects.filter(team=invitation.team, user=user)
    if before.filter(invitation=invitation).exists():
        used = _("You have used this invitation before.")
        raise InvitationEnded(f"{used} {CANNOT_JOIN}")
    # Two who come at the same moment do not share the last place.
    if not Invitation.objects.filter(pk=invitation.pk, used__lt=F("most_uses"), revoked_at=None).update(
        used=F("used") + 1
    ):
        invitation.refresh_from_db()
        _refuse_ended(invitation)
    membership = Membership.objects.create(
        team=invitation.team, user=user, role=invitation.role, waiting=invitation.needs_yes or before.exists(),
        invitation=invitation, starts_on=clock.today(), given_by=invitation.made_by,
    )  # fmt: skip
    log_member(user, "access.member.asked" if membership.waiting else "access.member.joined", membership)
    return membership


@transaction.atomic
def join_as_new(invitation: Invitation, *, username: str, full_name: str, password: str, phone: str = "") -> Membership:
    """Make an account for who opened the invitation, and join. The account alone opens nothing.

    Raises UsernameTaken, PasswordTooWeak, InvitationEnded.
    """
    user = accounts.make_user(username=username, full_name=full_name, password=password, phone=phone)
    audit.record(user, "accounts.user.registered", "user", user.pk, area_code=invitation.team.area_code)
    return join(user, invitation)


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User) -> None:
    """Let nobody join by it any more; who joined stays. Safe to repeat. Raises as `require_to_manage`."""
    require_to_manage(by, invitation.team)
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()
        invitation.save(update_fields=["revoked_at"])
        _log(by, "access.invitation.revoked", invitation)


def _keyed(use: str, text: str) -> bytes:
    # A code is short enough to be tried out against a plain hash; against a keyed one it is not.
    key = f"mudmai.access.invitation.{use}.{settings.SECRET_KEY}"
    return hmac.new(key.encode(), text.encode(), sha256).digest()


def _hashed(letters: str) -> str:
    return _keyed("hash", letters).hex()


def _log(by: User, action: str, invitation: Invitation, **details: Any) -> None:
    audit.record(
        by, action, "team", invitation.team_id,
        area_code=invitation.team.area_code, invitation=str(invitation.pk), role=invitation.role, **details,
    )  # fmt: skip
