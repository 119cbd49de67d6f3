"""How a file for another office is laid out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Layout(models.Model):
    """One version of the columns of a file that goes out to, or comes in from, TPMAP or its Logbook."""

    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    columns = models.JSONField(_("columns"))  # [{"header": ..., "code": ...}], as rules.layouts reads it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("layout")
        verbose_name_plural = _("layouts")

    def __str__(self) -> str:
        return self.title
