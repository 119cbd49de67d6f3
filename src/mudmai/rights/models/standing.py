"""Who is entitled to what, and whether the lists say that they get it. Derived: made anew from the registry."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.Model):
    """One person and one programme, where there is something to see: entitled, receiving, or not known. Derived."""

    class Finding(models.TextChoices):
        MISSED = "missed", _("entitled, does not receive")
        OVER = "over", _("receives, not (any more) entitled")
        UNKNOWN = "unknown", _("not known")
        PAID = "paid", _("entitled and receives")

    person_id = models.UUIDField(_("person"))
    programme = models.CharField(_("programme"), max_length=40)
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    sort_key = models.CharField(_("order"), max_length=200, blank=True)
    finding = models.CharField(_("finding"), max_length=10, choices=Finding.choices)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2, default=0)  # baht a month, or once
    why = models.CharField(_("why"), max_length=200, blank=True)  # codes of the conditions that decide
    next_on = models.DateField(_("next change"), null=True)
    next_what = models.CharField(_("what changes then"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        indexes = [
            models.Index(fields=["person_id"], name="rights_standing_person"),
            models.Index(
                fields=["programme", "finding", "area_code", "sort_key", "person_id"], name="rights_standing_list"
            ),
            models.Index(fields=["next_on", "area_code"], name="rights_standing_next"),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.finding}"


class RightsTally(models.Model):
    """How many people of one village stand so with one programme, and how much money that is. Derived."""

    area_code = models.CharField(_("area"), max_length=8)
    programme = models.CharField(_("programme"), max_length=40)
    finding = models.CharField(_("finding"), max_length=10)
    n = models.PositiveIntegerField(_("count"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("tally of entitlements")
        verbose_name_plural = _("tallies of entitlements")
        indexes = [models.Index(fields=["area_code", "programme", "finding"], name="rights_tally_area")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.programme} {self.finding}: {self.n}"


class Due(models.Model):
    """A person about whom something changed, to be evaluated anew. Deleted when done."""

    subject = models.UUIDField(_("person or household"), primary_key=True)

    class Meta:
        verbose_name = _("to be evaluated")
        verbose_name_plural = _("to be evaluated")

    def __str__(self) -> str:
        return str(self.subject)
