"""Phones: signing in, being heard of, being locked out and wiped."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.accounts import services as accounts
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import Conflict, DomainError, NotAllowed
from mudmai.surveys.models import Device
from mudmai.surveys.queries.devices import device_for
from mudmai.surveys.services.keeping import SUBMIT

if TYPE_CHECKING:
    from mudmai.accounts.models import User

TOKEN_DAYS = 180
# How often a phone's last contact is written down: every request would be a write more.
HEARD_EVERY = timedelta(minutes=5)


class DeviceOfAnother(Conflict):
    """Another user has signed in under this device id: each user on a phone is a device of their own."""

    code = "device_of_another"


class LockedOut(NotAllowed):
    """The phone is to delete what it holds."""

    code = "locked_out"


class WrongSignIn(DomainError):
    """No such user, or not this password, or not this code; which of them is not told."""

    code = "wrong_sign_in"
    status = 401


@transaction.atomic
def sign_in_phone(user: "User", *, device_id: UUID, name: str, app_version: str = "", protocol: int = 1) -> tuple[
    Device, str
]:  # fmt: skip
    """Let a phone act as the user whose password, or invitation, was checked before; returns the secret of its token.

    The token that it had opens nothing any more. Raises DutyDoesNotAllow, DeviceOfAnother, LockedOut.
    """
    access.require_somewhere(user, SUBMIT)
    now = clock.now()
    device = Device.objects.select_for_update(of=("self",)).filter(pk=device_id).first()
    if device is not None and device.user_id != user.pk:
        raise DeviceOfAnother(_("Somebody else has signed in on this phone under this number. Try again."))
    if device is not None and device.locked_at is not None:
        raise LockedOut(_("This phone was locked out. What it held is deleted; then sign in anew."))
    if device is None:
        device = Device(id=device_id, user=user, first_seen=now)
        audit.record(user, "surveys.phone.signed_in", "device", device_id, name=name[:200])
    elif device.token is not None:
        accounts.revoke_token(token=device.token)
    token, secret = accounts.make_token(user=user, name=f"{_('Phone')} {name}".strip(), days=TOKEN_DAYS)
    device.token, device.name = token, name.strip()[:200]
    device.app_version, device.protocol, device.last_seen = app_version[:40], protocol, now
    device.save()
    return device, secret


def hear_of(device: Device, *, app_version: str, protocol: int, phone_time: datetime | None) -> None:
    """Write down that a phone was heard of, what it runs, and by how much its clock is wrong; not at every request."""
    now = clock.now()
    told = (app_version[:40] or device.app_version, protocol)
    if now - device.last_seen < HEARD_EVERY and told == (device.app_version, device.protocol):
        return
    device.app_version, device.protocol = told
    device.last_seen = now
    if phone_time is not None:
        device.skew_seconds = _bounded((now - phone_time).total_seconds())
    device.save(update_fields=["app_version", "protocol", "last_seen", "skew_seconds"])


def _bounded(seconds: float) -> int:
    return round(max(-(2**31) + 1, min(2**31 - 1, seconds)))


def note_waiting(device: Device, count: int) -> None:
    """Write down how much a phone has not sent yet: whoever locks it out is told."""
    if device.waiting != count:
        Device.objects.filter(pk=device.pk).update(waiting=count)


@transaction.atomic
def sign_out_phone(device: Device) -> None:
    """The phone's token opens nothing any more; what it has not sent stays on it. Safe to repeat."""
    if device.token is not None:
        accounts.revoke_token(token=device.token)


@transaction.atomic
def lock_phone(device: Device, *, by: "User", reason: str = "") -> Device:
    """Let a phone open nothing any more, and tell it to delete everything at its next contact. Safe to repeat.

    Its own user may, and whoever manages users there. Raises NotFound.
    """
    device = device_for(by, device.pk)
    if device.locked_at is None:
        device.locked_at = clock.now()
        device.save(update_fields=["locked_at"])
        sign_out_phone(device)
        audit.record(by, "surveys.phone.locked", "device", device.pk, user=device.user_id, reason=reason[:300])
    return device


@transaction.atomic
def wiped(device_id: UUID) -> None:
    """A locked phone says that it has deleted everything. Safe to repeat; nothing for a phone that is not locked."""
    waiting = Device.objects.filter(pk=device_id, locked_at__isnull=False, wiped_at=None)
    for device in waiting.select_related("user"):
        waiting.update(wiped_at=clock.now(), waiting=0)
        audit.record(device.user, "surveys.phone.wiped", "device", device.pk)
