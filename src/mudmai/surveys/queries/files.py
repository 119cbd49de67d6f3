"""The photos and other files of a submission, and which of them are not here yet."""

from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mudmai.kernel.errors import NotFound
from mudmai.people import services as registry
from mudmai.surveys.models import Attachment, Submission


def files_of(submission: Submission) -> QuerySet[Attachment]:
    """All that came with it, whole or not, by name."""
    return Attachment.objects.filter(submission_id=submission.beside or submission.pk).order_by("name")


def missing_files(submission: Submission) -> dict[str, Attachment | None]:
    """Files that it names and that are not whole: with what there is of each."""
    if not submission.files:
        return {}
    have = {each.name: each for each in files_of(submission).order_by()}
    return {name: have.get(name) for name in submission.files if not (name in have and have[name].path)}


def bytes_of_file(submission: Submission, name: str) -> bytes:
    """One file as it came. Raises NotFound."""
    found = Attachment.objects.filter(~Q(path=""), submission_id=submission.beside or submission.pk, name=name).first()
    path = Path(settings.MEDIA_ROOT) / found.path if found else None
    if path is None or not path.exists():
        raise NotFound(_("There is no such file with this form."))
    return registry.open_file(path.read_bytes())
