"""Sets of indicators that an office brings in itself; the ones we ship lie in rules/sets."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class IndicatorSet(models.Model):
    """One version of a set of indicators of an office's own. Never changed once it is in use; a new version instead."""

    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    valid_from = models.DateField(_("valid from"))
    body = models.JSONField(_("indicators"))  # as rules.sets reads it
    source = models.CharField(_("source"), max_length=300, blank=True)
    in_use = models.BooleanField(_("in use"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("set of indicators")
        verbose_name_plural = _("sets of indicators")

    def __str__(self) -> str:
        return f"{self.title} ({self.valid_from})"
