"""Letting go of files that nobody went on with: what is not needed is not kept."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from mudmai.audit import services as audit
from mudmai.intake.models import Upload
from mudmai.intake.services.files import folder, path_of

KEPT_STATES = (Upload.State.IMPORTING, Upload.State.DONE)


def clear_abandoned() -> int:
    """A chore: delete files that were never imported and that nobody touched for a while; returns how many.

    The sealed file goes, the staged rows, and the sample values of its columns. What came in stays.
    """
    limit = timezone.now() - settings.KEEP_ABANDONED_UPLOADS
    abandoned = Upload.objects.filter(batch=None, changed_at__lt=limit).exclude(state__in=KEPT_STATES)
    count = 0
    for upload in abandoned.iterator(chunk_size=200):
        path_of(upload).unlink(missing_ok=True)
        upload.delete()
        count += 1
    count += _clear_strays(limit)
    if count:
        audit.record(None, "intake.files.cleared", "upload", "", count=count)
    return count


def _clear_strays(limit: datetime) -> int:
    """Files whose row was never written, because the power failed between the two."""
    old = [path for path in folder().glob("*.sealed") if path.stat().st_mtime < limit.timestamp()]
    known = {str(key) for key in Upload.objects.values_list("pk", flat=True)} if old else set()
    strays = [path for path in old if path.stem not in known]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
