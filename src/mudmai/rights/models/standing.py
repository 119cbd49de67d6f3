"""Who is entitled to what, and whether the lists say that they get it. Derived: made anew from the registry."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.Model):
    """One person and one programme, where there is something to see: entitled, receiving, or to be asked. Derived.

    Guarded programmes are never stored: they are worked out on the person's own page, for those who may see them.
    """

    class Finding(models.TextChoices):
        MISSED = "missed", _("entitled, does not receive")
        OVER = "over", _("receives, not (any more) entitled")
        UNKNOWN = "unknown", _("not known")
        PAID = "paid", _("entitled and receives")

    id = models.UUIDField(primary_key=True)  # follows from person and programme: rules.standing.row_id
    person_id = models.UUIDField(_("person"))
    programme = models.CharField(_("programme"), max_length=40)
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    sort_key = models.CharField(_("order"), max_length=200, blank=True)
    finding = models.CharField(_("finding"), max_length=10, choices=Finding.choices)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2, default=0)  # baht a month, or once
    why = models.CharField(_("why"), max_length=200, blank=True)  # code of what decides
    lacks = models.CharField(_("missing paper"), max_length=60, blank=True)  # code of the paper

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        indexes = [
            models.Index(fields=["person_id"], name="rights_standing_person"),
            models.Index(fields=["programme", "finding", "area_code", "sort_key", "id"], name="rights_standing_list"),
            models.Index(fields=["finding", "area_code", "sort_key", "id"], name="rights_standing_any"),
            models.Index(fields=["area_code"], name="rights_standing_area"),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.finding}"


class Watched(models.Model):
    """A person of whom something changes soon: then he is evaluated again, although nobody told anything. Derived."""

    person_id = models.UUIDField(_("person"), primary_key=True)
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    next_on = models.DateField(_("next change"))

    class Meta:
        verbose_name = _("watched person")
        verbose_name_plural = _("watched persons")
        indexes = [
            models.Index(fields=["next_on"], name="rights_watched_next"),
            models.Index(fields=["area_code"], name="rights_watched_area"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class Notice(models.Model):
    """One day that matters to one person: turns 60, a card that expires, a claim that closes. Derived."""

    id = models.UUIDField(primary_key=True)  # follows from person, programme and kind
    person_id = models.UUIDField(_("person"))
    programme = models.CharField(_("programme"), max_length=40)
    kind = models.CharField(_("kind"), max_length=40)
    on = models.DateField(_("on"))
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    sort_key = models.CharField(_("order"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["person_id"], name="rights_notice_person"),
            models.Index(fields=["kind", "area_code", "sort_key", "id"], name="rights_notice_list"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class RightsTally(models.Model):
    """How many people of one village stand so with one programme, and how much money that is. Derived."""

    area_code = models.CharField(_("area"), max_length=8, blank=True)
    programme = models.CharField(_("programme"), max_length=40)
    finding = models.CharField(_("finding"), max_length=10)
    n = models.PositiveIntegerField(_("count"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("tally of entitlements")
        verbose_name_plural = _("tallies of entitlements")
        constraints = [
            models.UniqueConstraint(fields=["area_code", "programme", "finding"], name="rights_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.area_code} {self.programme} {self.finding}: {self.n}"


class Due(models.Model):
    """A person or house about whom something changed, to be evaluated anew. Deleted when done."""

    subject = models.UUIDField(_("person or household"), primary_key=True)

    class Meta:
        verbose_name = _("to be evaluated")
        verbose_name_plural = _("to be evaluated")

    def __str__(self) -> str:
        return str(self.subject)


class Evaluation(models.Model):
    """How everybody was last evaluated: one row, which whoever evaluates holds while writing."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    rules = models.CharField(_("fingerprint of the rules"), max_length=64, blank=True)
    on = models.DateField(_("as of"), null=True)
    version = models.PositiveIntegerField(_("state"), default=0)  # another one with each writing, for caches
    begun_at = models.DateTimeField(_("begun at"), null=True)  # of a run over everybody that is not finished
    finished_at = models.DateTimeField(_("finished at"), null=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("total"), default=0)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")

    def __str__(self) -> str:
        return f"{self.on} {self.rules}"
