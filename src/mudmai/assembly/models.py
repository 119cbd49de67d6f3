"""What an assembly remembers: the chain of its steps, sealed; its photos; and the PINs that confirm a signature."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mudmai.kernel.uuid7 import uuid7


class Assembly(models.Model):
    """One list of a village, discussed and signed. What stands in it follows from its steps."""

    class Phase(models.TextChoices):
        OPEN = "open", _("being discussed")
        CLOSED = "closed", _("to be signed")
        CERTIFIED = "certified", _("certified")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid7)
    area_code = models.CharField(_("village"), max_length=8)
    title = models.CharField(_("title of the list"), max_length=200)
    held_on = models.DateField(_("held on"))
    phase = models.CharField(_("state"), max_length=12, choices=Phase.choices, default=Phase.OPEN)  # follows from steps
    head = models.CharField(_("hash of the last step"), max_length=64)
    steps_count = models.PositiveIntegerField(_("steps"), default=0)
    # In the printed QR: whoever holds the paper may ask whether it is the one that was signed.
    token = models.CharField(_("token of the paper"), max_length=32, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(_("made at"))
    batch = models.ForeignKey("people.Batch", models.PROTECT, related_name="+", null=True, verbose_name=_("batch"))

    class Meta:
        verbose_name = _("village assembly")
        verbose_name_plural = _("village assemblies")
        indexes = [models.Index(fields=["area_code", "held_on"], name="assembly_area")]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """One step as its maker wrote it, sealed, bound to the one before. Never changed, never deleted."""

    assembly = models.ForeignKey(Assembly, models.PROTECT, related_name="steps", verbose_name=_("assembly"))
    n = models.PositiveIntegerField(_("number"))
    previous = models.CharField(_("hash before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)
    sealed = models.BinaryField(_("sealed text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [models.UniqueConstraint(fields=["assembly", "n"], name="assembly_step_once")]

    def __str__(self) -> str:
        return f"{self.assembly_id}/{self.n}"


class Photo(models.Model):
    """A picture of the meeting, sealed; the step that tells of it names its SHA-256."""

    assembly = models.ForeignKey(Assembly, models.PROTECT, related_name="photos", verbose_name=_("assembly"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    mime = models.CharField(_("kind of file"), max_length=40)
    sealed = models.BinaryField(_("sealed picture"))

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [models.UniqueConstraint(fields=["assembly", "sha256"], name="assembly_photo_once")]

    def __str__(self) -> str:
        return self.sha256[:12]


class SigningPin(models.Model):
    """The six digits with which one user confirms a signature; only their hash is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", primary_key=True)
    hashed = models.CharField(_("hash of the PIN"), max_length=128)
    wrong = models.PositiveSmallIntegerField(_("wrong tries"), default=0)
    locked_until = models.DateTimeField(_("locked until"), null=True)

    class Meta:
        verbose_name = _("signing PIN")
        verbose_name_plural = _("signing PINs")

    def __str__(self) -> str:
        return f"PIN of {self.user_id}"
