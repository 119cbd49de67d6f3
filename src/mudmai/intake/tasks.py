"""Background jobs of intake: each can be killed and begun again."""

from contextlib import suppress

from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from mudmai.intake import services
from mudmai.intake.models import Upload
from mudmai.intake.services.states import fail
from mudmai.kernel.errors import DomainError
from mudmai.kernel.stopping import StoppedEarly


@task()
def prepare_upload(upload_id: str, language: str = "th") -> None:
    """From the file as it came to the preview, in one go; what stops it is written on the upload."""
    upload = Upload.objects.get(pk=upload_id)
    with translation.override(language):
        try:
            if upload.state == Upload.State.RECEIVED:
                services.read(upload)
            if upload.state == Upload.State.READ:
                services.guess(upload)
            if upload.state in (Upload.State.MAPPED, Upload.State.PREVIEWING):
                services.preview(upload)
        except DomainError:
            pass  # its sentence is written on the upload, where the person reads it
        except (StoppedEarly, OSError):
            raise
        except Exception:
            fail(upload, _("Something went wrong with this file that should not. The maintainers find it in the log."))
            raise


@task()
def preview_upload(upload_id: str, language: str = "th") -> None:
    """Preview a file again after its layout was corrected."""
    upload = Upload.objects.get(pk=upload_id)
    with translation.override(language), suppress(DomainError):
        services.preview(upload)


@task()
def commit_upload(upload_id: str, language: str = "th") -> None:
    """Bring a previewed list into the registry."""
    upload = Upload.objects.get(pk=upload_id)
    with translation.override(language), suppress(services.Cancelled):
        services.commit(upload)
