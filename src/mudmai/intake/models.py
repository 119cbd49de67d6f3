"""What intake remembers: files on their way into the registry, their staged rows, how each sender lays out a list."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mudmai.kernel.uuid7 import uuid7


class Upload(models.Model):
    """One file from the moment it came until its list stands in the registry, or was given up."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        READ = "read", _("read")
        MAPPED = "mapped", _("columns understood")
        PREVIEWING = "previewing", _("being compared")
        PREVIEWED = "previewed", _("ready to import")
        IMPORTING = "importing", _("being imported")
        DONE = "done", _("imported")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")

    # From where a person may go where; tasks and services keep to it.
    MOVES: dict[str, frozenset[str]] = {
        State.RECEIVED: frozenset({State.READ, State.FAILED, State.CANCELLED}),
        State.READ: frozenset({State.MAPPED, State.FAILED, State.CANCELLED}),
        State.MAPPED: frozenset({State.MAPPED, State.PREVIEWING, State.FAILED, State.CANCELLED}),
        State.PREVIEWING: frozenset({State.PREVIEWING, State.PREVIEWED, State.MAPPED, State.FAILED, State.CANCELLED}),
        State.PREVIEWED: frozenset({State.MAPPED, State.PREVIEWING, State.IMPORTING, State.CANCELLED}),
        State.IMPORTING: frozenset({State.DONE, State.PREVIEWED, State.CANCELLED}),
        State.DONE: frozenset(),
        State.CANCELLED: frozenset(),
        State.FAILED: frozenset({State.READ, State.CANCELLED}),
    }

    id = models.UUIDField(primary_key=True, default=uuid7)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    filename = models.CharField(_("file name"), max_length=300)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.RECEIVED)
    error = models.TextField(_("what went wrong"), blank=True)
    phase = models.CharField(_("phase"), max_length=20, blank=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    cancel_asked = models.BooleanField(_("asked to stop"), default=False)
    kind = models.CharField(_("kind of list"), max_length=40, blank=True)
    as_of = models.DateField(_("as of"), null=True)
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    layout = models.JSONField(_("layout"), default=dict)
    contents = models.JSONField(_("what the file holds"), default=dict)
    summary = models.JSONField(_("summary"), default=dict)
    stamp = models.CharField(_("state of the registry at the preview"), max_length=120, blank=True)
    batch = models.OneToOneField("people.Batch", models.SET_NULL, related_name="+", null=True, verbose_name=_("batch"))
    made_at = models.DateTimeField(_("received at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        indexes = [models.Index(fields=["area_code", "-made_at"], name="intake_upload_area")]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_working(self) -> bool:
        """Whether a job is busy with it, so that a page should ask again."""
        return self.state in (self.State.PREVIEWING, self.State.IMPORTING)

    @property
    def share_done(self) -> int:
        """Percent of the phase at hand."""
        return min(100, self.done * 100 // self.total) if self.total else 0


class StagedChunk(models.Model):
    """Some rows of a preview, sealed. Once imported, only the marks stay: what became of each row."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="chunks", verbose_name=_("file"))
    n = models.IntegerField(_("number"))  # from 0; -1 holds what follows from who left the list
    rows = models.PositiveIntegerField(_("rows"), default=0)
    counts = models.JSONField(_("rows of each outcome"), default=dict)
    blob = models.BinaryField(_("sealed rows"), default=bytes)
    marks = models.BinaryField(_("sealed marks"), default=bytes)

    class Meta:
        verbose_name = _("staged rows")
        verbose_name_plural = _("staged rows")
        constraints = [models.UniqueConstraint(fields=["upload", "n"], name="intake_chunk_once")]

    def __str__(self) -> str:
        return f"{self.upload_id}/{self.n}"


class LayoutMemory(models.Model):
    """How a table with these columns was read the last time, so that a sender's next list needs no correction."""

    signature = models.CharField(_("signature of the columns"), max_length=32, primary_key=True)
    mapping = models.JSONField(_("columns"), default=dict)  # {place of the column: attribute}
    kind = models.CharField(_("kind of list"), max_length=40, blank=True)
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    used = models.PositiveIntegerField(_("times used"), default=0)
    used_at = models.DateTimeField(_("last used"), auto_now=True)

    class Meta:
        verbose_name = _("remembered layout")
        verbose_name_plural = _("remembered layouts")

    def __str__(self) -> str:
        return self.signature
