"""Uploads, for whom may see them."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mudmai.access.queries import scope_for
from mudmai.intake.models import LayoutMemory, Upload
from mudmai.kernel.errors import NotFound

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Batch


def uploads_for(user: "User") -> QuerySet[Upload]:
    """The user's own files, and those about areas where she imports, newest first."""
    scope = scope_for(user)
    if not scope.allows_somewhere("intake.import"):
        return Upload.objects.none()
    inside = scope.area_filter(action="intake.import") & ~Q(area_code="")
    return Upload.objects.filter(Q(by=user) | inside).select_related("by", "batch").order_by("-made_at")


def upload_for(user: "User", upload_id: UUID | str) -> Upload:
    """One of them. Raises NotFound."""
    upload = uploads_for(user).filter(pk=upload_id).first()
    if upload is None:
        raise NotFound(_("This file is not here, or not in your area."))
    return upload


def all_remembered(signatures: Collection[str]) -> bool:
    """Whether tables with these columns all came before, so that they were read as a person left it then."""
    return LayoutMemory.objects.filter(signature__in=signatures).count() == len(set(signatures))


def batch_of(batch_id: UUID | str) -> "Batch":
    """A batch that came in through a file; the command line asks for no duty. Raises NotFound."""
    upload = Upload.objects.filter(batch_id=batch_id).select_related("batch").first()
    if upload is None or upload.batch is None:
        raise NotFound(_("There is no list with this batch."))
    return upload.batch


def interrupted_upload(fingerprint: str, by: "User | None") -> Upload | None:
    """An import of this very file that was begun by the same user and not finished, so that it can be gone on with."""
    return Upload.objects.filter(fingerprint=fingerprint, by=by, state=Upload.State.IMPORTING).first()


def upload_of_batch(batch_id: UUID | str) -> Upload | None:
    """The file through which a batch came in, for its marked-up sheet."""
    return Upload.objects.filter(batch_id=batch_id).first()
