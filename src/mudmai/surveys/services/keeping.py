"""Keeping what a phone sends: sealed and safe first, looked into later."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mudmai.access.services import require_somewhere
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, DomainError
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.surveys.models import Device, FormVersion, Submission
from mudmai.surveys.queries.files import missing_files
from mudmai.surveys.queries.problems import sealed_problems
from mudmai.surveys.queries.xforms import xform_of
from mudmai.surveys.rules.envelope import Cover, files_named, read_cover, uploads_of
from mudmai.surveys.rules.troubles import Trouble
from mudmai.surveys.rules.visits import id_of
from mudmai.surveys.rules.xform import EncryptedSubmission, NotASubmission

if TYPE_CHECKING:
    from mudmai.accounts.models import User

SUBMIT = "surveys.submit"
MOST_XML = 4 * 2**20  # bytes; a household of 500 members takes about one


class TooLarge(DomainError):
    """More bytes than any filled form or photo has."""

    code = "too_large"
    status = 413


class CutShort(BadInput):
    """What arrived is not what was sent."""

    code = "cut_short"


class Kept(NamedTuple):
    """A submission that is safe. `kept_as` is its own id where another one stood under the id that it came with."""

    submission: Submission
    is_new: bool
    kept_as: UUID | None = None


def keep_submission(
    submission_id: UUID,
    xml: bytes,
    *,
    by: "User",
    channel: str = "app",
    device: Device | None = None,
    sha256: bytes | None = None,
    phone_time: datetime | None = None,
) -> Kept:
    """Keep a filled form, sealed; it is safe when this returns. Safe to repeat; never takes the place of another.

    Whatever it holds is kept, and looked into by `settle`. Bytes that are no XML are kept only where `sha256` proves
    that they are what the phone has. Without a device, `by` must have a duty to submit somewhere.
    Raises TooLarge, CutShort, NotASubmission, EncryptedSubmission, NotAllowed.
    """
    if device is None:
        require_somewhere(by, SUBMIT)
    if len(xml) > MOST_XML:
        raise TooLarge(_("This form is too large: %(most)s MB at most.") % {"most": MOST_XML // 2**20})
    digest = hashlib.sha256(xml).digest()
    if sha256 is not None and sha256 != digest:
        raise CutShort(_("The form did not arrive whole. It is sent again."))
    standing = Submission.objects.filter(pk=submission_id).defer("sealed").first()
    if standing is None:
        new = _read(submission_id, xml, digest, proven=sha256 is not None)
        new.by, new.device, new.channel = by, device, channel
        if phone_time is not None:
            new.skew_seconds = round((new.received_at - phone_time).total_seconds())
        # A file that comes at this very moment finds no submission: `look_for_files` does.
        if missing_files(new):
            new.state = Submission.State.WAITING
        try:
            with transaction.atomic():
                new.save(force_insert=True)
        except IntegrityError:
            standing = Submission.objects.get(pk=submission_id)  # the same request came twice at once
        else:
            return Kept(new, True)
    if bytes(standing.digest) == digest:
        return Kept(standing, False)
    return _keep_beside(standing, xml, digest, by, device, channel)


def _read(submission_id: UUID, xml: bytes, digest: bytes, *, proven: bool) -> Submission:
    """The row for a submission, with as much of it as can be read."""
    try:
        cover, root = read_cover(xml)
    except EncryptedSubmission:
        raise
    except NotASubmission:
        if not proven:
            raise
        cover, root = Cover(), None
    version = _version_of(cover.form_id, cover.version)
    return Submission(
        id=submission_id,
        version_id=version,
        form_id=cover.form_id,
        form_version=cover.version,
        household_id=UUID(cover.household_key) if cover.household_key else None,
        person_id=UUID(cover.person_key) if cover.person_key else None,
        area_code=_area_of(cover),
        sealed=registry.seal_file(xml),
        digest=digest,
        files=files_named(root, uploads_of(xform_of(version))) if version else [],
        received_at=clock.now(),
    )


def _version_of(form_id: str, version: str) -> UUID | None:
    found = FormVersion.objects.filter(form__form_id=form_id, version=version).exclude(state=FormVersion.State.DRAFT)
    return found.values_list("pk", flat=True).first() if form_id else None


def _area_of(cover: Cover) -> str:
    """Where a submission belongs, as far as can be told at once: the area of its house, else what it says."""
    return people.area_of_house(cover.household_key) or cover.area


def _keep_beside(
    standing: Submission, xml: bytes, digest: bytes, by: "User", device: Device | None, channel: str
) -> Kept:
    """Keep other content under an id of its own, for a person to look at both."""
    own = UUID(id_of(standing.pk, f"beside/{digest.hex()}"))
    there = Submission.objects.filter(pk=own).first()
    if there is not None:
        return Kept(there, False, own)
    twin = _read(own, xml, digest, proven=True)
    twin.by, twin.device, twin.channel, twin.beside = by, device, channel, standing.pk
    twin.state = Submission.State.FLAGGED
    twin.problems = sealed_problems([Trouble("", "same_id", told=str(standing.pk))])
    try:
        with transaction.atomic():
            twin.save(force_insert=True)
    except IntegrityError:
        twin = Submission.objects.get(pk=own)
    return Kept(twin, True, own)
