"""What the screens remember: long lists on their way to a file."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mudmai.kernel.uuid7 import uuid7


class Export(models.Model):
    """A list too long to wait for: a job writes it, and it waits, sealed, for the one who asked. Cleared soon after."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("by"))
    what = models.CharField(_("what"), max_length=20)  # persons or households
    keep = models.JSONField(_("filter"), default=dict)
    columns = models.JSONField(_("columns"), default=list)
    full_id = models.BooleanField(_("with whole ids"), default=False)
    language = models.CharField(_("language"), max_length=5)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    failed = models.BooleanField(_("failed"), default=False)
    made_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")

    def __str__(self) -> str:
        return f"{self.what} {self.made_at:%Y-%m-%d}"
