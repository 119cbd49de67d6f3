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


class Team(models.Model):
    """People who work together: the volunteers of a village, or a group across agencies that follows some people."""

    class Kind(models.TextChoices):
        VILLAGE = "village", _("village team")  # ทีมอสม. ของหมู่บ้าน
        GROUP = "group", _("group across agencies")  # กลุ่มดูแลข้ามหน่วยงาน

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.VILLAGE)
    area_code = models.CharField(_("area"), max_length=8)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(_("made at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One user's part in a team for a time. Ended by a date, never deleted."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships", verbose_name=_("team"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=30)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [models.Index(fields=["user", "starts_on"], name="access_membership_user")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"
