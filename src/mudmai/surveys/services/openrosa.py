"""ODK Collect and other OpenRosa clients: how they are let in, and how what they send is kept."""

import hashlib
import hmac
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.accounts import services as accounts
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import NotAllowed, NotFound
from mudmai.kernel.uuid7 import uuid7
from mudmai.people import services as registry
from mudmai.surveys.models import Device, FormVersion
from mudmai.surveys.queries.files import missing_files
from mudmai.surveys.rules.openrosa import Digest, secret_hash
from mudmai.surveys.rules.visits import SUBMISSIONS
from mudmai.surveys.rules.xform import read_envelope
from mudmai.surveys.services.devices import TOKEN_DAYS, hear_of
from mudmai.surveys.services.files import keep_file
from mudmai.surveys.services.keeping import SUBMIT, Kept, keep_submission

if TYPE_CHECKING:
    from mudmai.accounts.models import User

COLLECT = "ODK Collect"


class UnknownForm(NotFound):
    """No form of this id was ever published here."""

    code = "unknown_form"


class NewKey(NamedTuple):
    """What lets a client in, told only now: the secret for the QR code, the password for typing in."""

    device: Device
    secret: str
    password: str


class Taken(NamedTuple):
    """A submission that is safe, and the names of its files that are still to come."""

    kept: Kept
    to_come: list[str]


@transaction.atomic
def make_collect_key(user: "User", *, name: str) -> NewKey:
    """Let one ODK Collect (or another OpenRosa client) act as the user. Raises DutyDoesNotAllow."""
    access.require_somewhere(user, SUBMIT)
    called, now = name.strip()[:150] or COLLECT, clock.now()
    token, secret = accounts.make_token(user=user, name=f"{COLLECT} {called}", days=TOKEN_DAYS)
    password = accounts.new_password()
    ha1 = registry.seal_file(secret_hash(user.username, password).encode())
    device = Device.objects.create(
        id=uuid7(), user=user, token=token, name=called, app_version=COLLECT, ha1=ha1, first_seen=now, last_seen=now
    )
    audit.record(user, "surveys.collect.made", "device", device.pk, name=called)
    return NewKey(device, secret, password)


def device_by_secret(secret: str, username: str = "") -> Device | None:
    """The device whose token has this secret, of that user where one is named; None for any other."""
    keyed = Device.objects.select_related("token__user").filter(token__hashed=accounts.hash_of(secret))
    device = keyed.filter(locked_at=None).first()
    if device is None or device.token is None or not device.token.stands:
        return None
    device.user = device.token.user
    return device if not username or hmac.compare_digest(username.encode(), device.user.username.encode()) else None


def device_by_password(username: str, password: str) -> Device | None:
    """The device that the user typed this password into: that of a key, or the secret itself."""
    told = secret_hash(username, password)
    typed = next((one for one in _keyed(username) if hmac.compare_digest(_ha1(one), told)), None)
    return typed or device_by_secret(password, username)


def device_by_digest(digest: Digest, method: str) -> Device | None:
    """The device that proved to know its password without telling it."""
    return next((one for one in _keyed(digest.username) if digest.proves(_ha1(one), method)), None)


def _keyed(username: str) -> QuerySet[Device]:
    standing = Device.objects.filter(
        user__username=username,
        user__is_active=True,
        locked_at=None,
        token__revoked_at=None,
        token__expires_on__gte=clock.today(),
    )
    return standing.exclude(ha1=b"").select_related("user", "token")


def _ha1(device: Device) -> str:
    return registry.open_file(bytes(device.ha1)).decode()


def require_may_fill(user: "User") -> None:
    """Raises NotAllowed for whoever has no duty (any more) to fill forms in."""
    if not scope_for(user).allows_somewhere(SUBMIT):
        raise NotAllowed(_("You have no duty that lets you fill forms in."))


def take_submission(device: Device, xml: bytes, files: Iterable[tuple[str, bytes]]) -> Taken:
    """Keep what a client sent, by the same path as the phone app; safe to repeat, in any number of parts.

    Raises NotASubmission, EncryptedSubmission, UnknownForm, TooLarge, BadFileName.
    """
    envelope = read_envelope(xml)
    if not _was_published(envelope.form_id):
        raise UnknownForm(_("There is no form “%(id)s” here. Fetch the list of forms anew.") % {"id": envelope.form_id})
    hear_of(device, app_version=COLLECT, protocol=device.protocol, phone_time=None)
    number = envelope.id or _number_of(xml)
    kept = keep_submission(number, xml, by=device.user, channel="openrosa", device=device)
    for name, content in files:
        keep_file(number, name, content, by=device.user, device=device)
    return Taken(kept, list(missing_files(kept.submission)))


# Forms are retired, never deleted: what was published once stays so, and need not be asked again.
_published: set[str] = set()


def _was_published(form_id: str) -> bool:
    if form_id not in _published:
        versions = FormVersion.objects.filter(form__form_id=form_id).exclude(state=FormVersion.State.DRAFT)
        if not form_id or not versions.exists():
            return False
        _published.add(form_id)
    return True


def _number_of(xml: bytes) -> UUID:
    """For a submission without a number of its own: the same one whenever the same bytes come."""
    return uuid5(SUBMISSIONS, hashlib.sha256(xml).hexdigest())
