"""What surveys remember: forms and their versions, who fills them where, phones, and what the phones sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mudmai.kernel.uuid7 import uuid7


class Form(models.Model):
    """One form through all its versions, known by the id its XLSForm gives it. Retired, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    form_id = models.CharField(_("form id"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=300)
    # Who manages it: somebody with forms.manage there. "" for the forms of the whole installation.
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    ready = models.CharField(_("made from the ready form"), max_length=60, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(_("made at"))
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")

    def __str__(self) -> str:
        return self.title


class FormVersion(models.Model):
    """One version of a form as it was uploaded and converted. Never changed but for its state and mapping."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        REPLACED = "replaced", _("replaced")  # by a newer one; what phones still send of it is accepted

    id = models.UUIDField(primary_key=True, default=uuid7)
    form = models.ForeignKey(Form, models.PROTECT, related_name="versions", verbose_name=_("form"))
    version = models.CharField(_("version"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    filename = models.CharField(_("file name"), max_length=300)
    source = models.BinaryField(_("the file as it came"))
    xform = models.TextField(_("XForm"))
    md5 = models.CharField(_("MD5 of the XForm"), max_length=32)  # what OpenRosa clients compare
    mapping = models.JSONField(_("where answers go"), default=dict)  # {path: attribute, or "-" for nowhere}
    warnings = models.JSONField(_("warnings"), default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(_("made at"))
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        verbose_name = _("version of a form")
        verbose_name_plural = _("versions of forms")
        constraints = [models.UniqueConstraint(fields=["form", "version"], name="surveys_version_once")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.version}"


class Media(models.Model):
    """A file that a version of a form needs: a picture, a list of choices."""

    version = models.ForeignKey(FormVersion, models.CASCADE, related_name="media", verbose_name=_("version"))
    name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(_("content"))
    mime = models.CharField(_("kind of file"), max_length=100)
    md5 = models.CharField(_("MD5"), max_length=32)

    class Meta:
        verbose_name = _("file of a form")
        verbose_name_plural = _("files of forms")
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="surveys_media_once")]

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """A form is to be filled in an area, by everybody there or by one team, for a time. Ended by a date."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="assignments", verbose_name=_("form"))
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    team = models.ForeignKey("access.Team", models.PROTECT, related_name="+", null=True, verbose_name=_("team"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    def __str__(self) -> str:
        return f"{self.form_id} {self.area_code}"


class Device(models.Model):
    """One user on one phone (or one ODK Collect). Locked out, never deleted."""

    id = models.UUIDField(primary_key=True)  # made by the phone
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("user"))
    token = models.ForeignKey("accounts.Token", models.PROTECT, related_name="+", null=True)
    # Of clients that sign in by digest (ODK Collect): what proves their password, and is as good as it.
    ha1 = models.BinaryField(_("sealed HA1"), default=bytes)
    name = models.CharField(_("name"), max_length=200, blank=True)
    app_version = models.CharField(_("version of the app"), max_length=40, blank=True)
    protocol = models.PositiveSmallIntegerField(_("protocol"), default=1)
    first_seen = models.DateTimeField(_("first seen"))
    last_seen = models.DateTimeField(_("last seen"))
    skew_seconds = models.IntegerField(_("seconds by which its clock is behind"), default=0)
    waiting = models.PositiveIntegerField(_("not sent yet"), default=0)  # as it said at its last contact
    locked_at = models.DateTimeField(_("locked out at"), null=True)  # told to wipe itself at the next contact
    wiped_at = models.DateTimeField(_("wiped at"), null=True)

    class Meta:
        verbose_name = _("phone")
        verbose_name_plural = _("phones")
        indexes = [models.Index(fields=["user", "last_seen"], name="surveys_device_user")]

    def __str__(self) -> str:
        return self.name or str(self.id)


class Submission(models.Model):
    """One filled form as it came, sealed. Never changed; only what became of it is noted."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for its files")
        RECEIVED = "received", _("received")  # whole; a job takes it from here
        SETTLED = "settled", _("in the registry")
        FLAGGED = "flagged", _("to be looked at")  # nothing of it stands until a registrar says so
        LEFT = "left", _("left out")  # a registrar looked and left it out

    id = models.UUIDField(primary_key=True)  # made by the phone: the instanceID
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+", null=True, verbose_name=_("version"))
    form_id = models.CharField(_("form id"), max_length=100)  # as told
    form_version = models.CharField(_("version"), max_length=100, blank=True)  # as told
    channel = models.CharField(_("way in"), max_length=12)  # app, openrosa
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    device = models.ForeignKey(Device, models.PROTECT, related_name="+", null=True, verbose_name=_("phone"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.RECEIVED)
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    household_id = models.UUIDField(_("household"), null=True)
    person_id = models.UUIDField(_("person"), null=True)
    observed_on = models.DateField(_("observed on"), null=True)
    sealed = models.BinaryField(_("sealed XML"))
    digest = models.BinaryField(_("SHA-256 of the XML"), max_length=32)
    files = models.JSONField(_("files it names"), default=list)
    problems = models.BinaryField(_("sealed problems"), default=bytes)
    # Came under the id of another submission with other content, and is kept under an id of its own.
    beside = models.UUIDField(_("kept beside"), null=True)
    skew_seconds = models.IntegerField(_("seconds by which the clock was behind"), null=True)
    batch = models.ForeignKey("people.Batch", models.PROTECT, related_name="+", null=True, verbose_name=_("batch"))
    received_at = models.DateTimeField(_("received at"))
    settled_at = models.DateTimeField(_("settled at"), null=True)
    # Who said that a flagged one is taken or left out, and why.
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    judged_at = models.DateTimeField(_("judged at"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        indexes = [
            models.Index(fields=["state", "received_at"], name="surveys_submission_state"),
            models.Index(fields=["by", "received_at"], name="surveys_submission_by"),
            models.Index(fields=["area_code", "received_at"], name="surveys_submission_area"),
            models.Index(fields=["household_id"], name="surveys_submission_house"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.id}"


class Attachment(models.Model):
    """A photo or another file of a submission; it may come before the submission does, and in pieces."""

    submission_id = models.UUIDField(_("submission"))
    name = models.CharField(_("file name"), max_length=200)
    mime = models.CharField(_("kind of file"), max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)  # whole
    have = models.PositiveBigIntegerField(_("bytes that are here"), default=0)
    sha256 = models.BinaryField(_("SHA-256"), max_length=32, null=True)
    path = models.CharField(_("sealed file"), max_length=300, blank=True)  # inside MEDIA_ROOT; "" until it is whole
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [models.UniqueConstraint(fields=["submission_id", "name"], name="surveys_attachment_once")]

    def __str__(self) -> str:
        return self.name


class SentArea(models.Model):
    """What a phone was last sent of an area: digests by household under a cursor that follows from the content."""

    cursor = models.CharField(_("cursor"), max_length=64, primary_key=True)
    area_code = models.CharField(_("area"), max_length=8)
    digests = models.BinaryField(_("digests by household"))
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("state of an area on phones")
        verbose_name_plural = _("states of areas on phones")

    def __str__(self) -> str:
        return self.cursor
