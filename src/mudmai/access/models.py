"""Duties and teams: what a user may do, where or of whom, and from when to when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mudmai.access import rules
from mudmai.kernel import clock
from mudmai.kernel.uuid7 import uuid7


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

    Kind = rules.TeamKind

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.VILLAGE)
    area_code = models.CharField(_("area"), max_length=8)
    # Of a village team: every member looks after the whole area. Else each looks after the houses given to him.
    whole_area = models.BooleanField(_("the whole area"), default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(_("made at"), default=clock.now)
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        indexes = [models.Index(fields=["area_code", "name"], name="access_team_area")]
        constraints = [
            models.CheckConstraint(condition=Q(kind="village") | Q(whole_area=False), name="access_group_has_no_area")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_village(self) -> bool:
        return self.kind == self.Kind.VILLAGE


class Invitation(models.Model):
    """Lets whoever holds its code join a team in one role. Only the code's hash is kept; revoked, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    team = models.ForeignKey(Team, models.PROTECT, related_name="invitations", verbose_name=_("team"))
    role = models.CharField(_("role"), max_length=30)
    hashed = models.CharField(_("hash of the code"), max_length=64, unique=True)
    expires_on = models.DateField(_("last day"))
    most_uses = models.PositiveIntegerField(_("how many may join"))
    used = models.PositiveIntegerField(_("joined"), default=0)
    needs_yes = models.BooleanField(_("each waits for a yes"), default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"), default=clock.now)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.team_id} #{self.pk}"

    @property
    def role_label(self) -> str:
        return role_label(self.role)

    @property
    def stands(self) -> bool:
        return self.revoked_at is None and self.expires_on >= clock.today() and self.used < self.most_uses


class Membership(models.Model):
    """One user's part in a team for a time. Ended by a date, never deleted."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships", verbose_name=_("team"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=30)
    # Came by an invitation and gives nothing until somebody who manages the team says yes.
    waiting = models.BooleanField(_("waits for a yes"), default=False)
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="+", null=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [models.Index(fields=["user", "starts_on"], name="access_membership_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "user"], condition=Q(ends_on__isnull=True), name="access_membership_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="access_membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"

    @property
    def role_label(self) -> str:
        return role_label(self.role)


class Followed(models.Model):
    """A person or house that a team follows for a time, or one member of it alone. Ended by a date, never deleted."""

    About = rules.About

    team = models.ForeignKey(Team, models.PROTECT, related_name="followed", verbose_name=_("team"))
    # Empty: the whole team follows it.
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="followed", null=True)
    about = models.CharField(_("about"), max_length=10, choices=About.choices)
    key = models.UUIDField(_("key"))  # of the registry, which knows to whom the key belongs now
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("what a team follows")
        verbose_name_plural = _("what teams follow")
        indexes = [
            models.Index(fields=["team", "starts_on"], name="access_followed_team"),
            models.Index(fields=["key"], name="access_followed_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "about", "key"],
                condition=Q(ends_on__isnull=True, membership__isnull=True),
                name="access_followed_once",
            ),
            models.UniqueConstraint(
                fields=["membership", "about", "key"],
                condition=Q(ends_on__isnull=True, membership__isnull=False),
                name="access_followed_once_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.key}"


def role_label(code: str) -> str:
    role = rules.GROUP_ROLES.get(code)
    return str(role.label) if role else code
