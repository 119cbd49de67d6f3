"""Phones, for their users and for those who manage users where these work."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mudmai.access.queries import duties_in, may_manage_team, members_of, teams_for
from mudmai.accounts.services import hash_of
from mudmai.kernel.errors import NotFound
from mudmai.surveys.models import Device

if TYPE_CHECKING:
    from mudmai.accounts.models import User


def own_devices(user: "User") -> QuerySet[Device]:
    """The user's phones, the one heard of last first."""
    return Device.objects.filter(user=user).select_related("token").order_by("-last_seen", "pk")


def managed_devices(user: "User") -> QuerySet[Device]:
    """Phones of users whom this one manages, by their duties or in a team, without their own."""
    teams = [team for team in teams_for(user) if may_manage_team(user, team)]
    members = {membership.user_id for team in teams for membership in members_of(team)}
    users = ({duty.user_id for duty in duties_in(user)} | members) - {user.pk}
    return Device.objects.filter(user__in=users).select_related("user", "token").order_by("-last_seen", "pk")


def device_for(user: "User", device_id: UUID) -> Device:
    """One of these. Raises NotFound."""
    for found in (own_devices(user), managed_devices(user)):
        device = found.filter(pk=device_id).first()
        if device is not None:
            return device
    raise NotFound(_("There is no such phone, or not in your areas."))


def is_locked(device_id: UUID) -> bool:
    """Whether a phone with this id is to delete what it holds: asked before anybody has signed in on it."""
    return Device.objects.filter(pk=device_id, locked_at__isnull=False).exists()


def device_of_secret(secret: str) -> Device | None:
    """The phone that has, or had, the token with this secret, with token and user; None for no phone's token."""
    found = Device.objects.select_related("token__user").filter(token__hashed=hash_of(secret)).first()
    if found is not None and found.token is not None:
        found.user = found.token.user
    return found
