"""Moves of an upload from state to state, and the truth about how far a job is."""

import time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mudmai.intake.models import Upload
from mudmai.kernel import stopping
from mudmai.kernel.errors import BadInput, Conflict

_TELL_EVERY_SECONDS = 0.4


class WrongState(Conflict):
    code = "upload_wrong_state"


class Cancelled(Conflict):
    """The person asked to stop; what was begun is taken back."""

    code = "import_cancelled"


class Unreadable(BadInput):
    """The file cannot be read; the sentence says why."""

    code = "unreadable_file"


class NoArea(BadInput):
    code = "area_missing"


class NoList(BadInput):
    code = "no_list"


def move(upload: Upload, to: str, **fields: Any) -> None:
    """Put the upload into another state. Raises WrongState where somebody else was quicker, or it makes no sense."""
    sources = [state for state, targets in Upload.MOVES.items() if to in targets]
    changed = Upload.objects.filter(pk=upload.pk, state__in=sources).update(
        state=to, changed_at=timezone.now(), **fields
    )
    upload.refresh_from_db()
    if not changed:
        raise WrongState(
            _("This file is %(state)s, so this cannot be done now.") % {"state": upload.get_state_display()}
        )


def fail(upload: Upload, sentence: str) -> None:
    """Give up on a file, with the sentence why; nothing of it was written to the registry."""
    Upload.objects.filter(pk=upload.pk).update(
        state=Upload.State.FAILED, changed_at=timezone.now(), error=sentence, phase="", done=0, total=0
    )
    upload.refresh_from_db()


class Teller:
    """Tells how far a job is, not more often than somebody looks; between steps it minds requests to stop."""

    def __init__(self, upload: Upload, listener: Any = None) -> None:
        self.upload, self.listener = upload, listener
        self._next = 0.0

    def phase(self, phase: str, total: int) -> None:
        self.upload.phase = phase
        self._write(0, total)

    def __call__(self, done: int, total: int) -> None:
        """Note the progress. Raises Cancelled, or StoppedEarly where the process is to stop."""
        if time.monotonic() >= self._next or done >= total:
            self._write(done, total)
            self.mind()

    def mind(self) -> None:
        """Stop here if somebody asked for it."""
        if Upload.objects.filter(pk=self.upload.pk, cancel_asked=True).exists():
            raise Cancelled(_("The import was stopped, and nothing of it was kept."))
        stopping.pause_if_asked()

    def _write(self, done: int, total: int) -> None:
        self._next = time.monotonic() + _TELL_EVERY_SECONDS
        phase = self.upload.phase
        Upload.objects.filter(pk=self.upload.pk).update(phase=phase, done=done, total=total)
        if self.listener is not None:
            self.listener(phase, done, total)
