"""Duties: what a user may do, where, and from when to when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mudmai.access import rules


class Duty(models.Model):
    """One user's role in one area for a time. Ended by a date, never deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=30)
    # A prefix: "" the whole country, 2 digits a province, 4 a district, 6 a tambon, 8 a village.
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        indexes = [models.Index(fields=["user", "starts_on"], name="access_duty_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="access_duty_ends_after_start",
                violation_error_message=_("A duty cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.area_code or '*'} #{self.pk}"

    @property
    def role_label(self) -> str:
        role = rules.ROLES.get(self.role)
        return str(role.label) if role else self.role
