"""What an office adds to the rules that are shipped: rows of parameters and cases. Added, never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ParameterRow(models.Model):
    """One dated value of one parameter, in place of the shipped one or on top of it. Taken back, never deleted."""

    class Mode(models.TextChoices):
        REPLACE = "replace", _("in place of")
        ADD = "add", _("on top of")

    parameter = models.CharField(_("parameter"), max_length=120)  # dotted name in rules/law/parameters
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.REPLACE)
    value = models.JSONField(_("value"))
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    source = models.CharField(_("source"), max_length=300, blank=True)
    confidence = models.CharField(_("confidence"), max_length=1, default="B")  # A, B, C or K
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("taken back by")
    )

    class Meta:
        verbose_name = _("row of a parameter")
        verbose_name_plural = _("rows of parameters")

    def __str__(self) -> str:
        return f"{self.parameter} {self.valid_from}"


class CaseRow(models.Model):
    """One worked example of a rule that an official wrote: what goes in, what should come out."""

    programme = models.CharField(_("programme"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    corrects = models.CharField(_("in place of the shipped case"), max_length=200, blank=True)
    area_code = models.CharField(_("area"), max_length=8, blank=True)  # whose officials keep it
    on = models.DateField(_("as of"))
    given = models.JSONField(_("given"))
    expected = models.JSONField(_("expected"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("taken back by")
    )

    class Meta:
        verbose_name = _("case of a rule")
        verbose_name_plural = _("cases of rules")

    def __str__(self) -> str:
        return self.name
