"""What follows for each house and each area. Derived: made anew whenever the registry or the weights change."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Weighing(models.Model):
    """The points per reason of one town from a day on. Never changed; a later one takes its place."""

    area_code = models.CharField(_("area"), max_length=8, blank=True)
    valid_from = models.DateField(_("valid from"))
    points = models.JSONField(_("points per reason"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("weights")
        verbose_name_plural = _("weights")

    def __str__(self) -> str:
        return f"{self.area_code} {self.valid_from}"


class HouseNeed(models.Model):
    """How one household stands today: dimensions, target groups, score and why. Derived."""

    household_id = models.UUIDField(_("household"), primary_key=True)
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    # Red cases first, then by score: smaller comes first, so that lists are read along an index.
    place = models.IntegerField(_("place"))
    score = models.PositiveSmallIntegerField(_("score"), default=0)
    urgency = models.PositiveSmallIntegerField(_("urgency"), default=1)  # 1, 5 or 9
    red = models.BooleanField(_("red case"), default=False)
    reasons = models.JSONField(_("reasons"), default=list)  # codes of rules.priority with what they rest on
    groups = models.PositiveSmallIntegerField(_("target groups"), default=0)  # bits of rules.targets
    failed = models.PositiveSmallIntegerField(_("dimensions failed"), default=0)  # bits of the five dimensions
    unsure = models.PositiveSmallIntegerField(_("dimensions not known"), default=0)  # likewise
    results = models.CharField(_("results of the indicators"), max_length=120, blank=True)  # a letter for each
    members = models.PositiveSmallIntegerField(_("members"), default=0)

    class Meta:
        verbose_name = _("need of a household")
        verbose_name_plural = _("needs of households")
        indexes = [
            models.Index(fields=["place", "household_id"], name="needs_houseneed_place"),
            models.Index(fields=["area_code", "place", "household_id"], name="needs_houseneed_area"),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}: {self.score}"


class NeedTally(models.Model):
    """How many households or people of one village are so. Derived; levels add up by prefix."""

    area_code = models.CharField(_("area"), max_length=8)
    measure = models.CharField(_("measure"), max_length=40)
    n = models.PositiveIntegerField(_("count"))

    class Meta:
        verbose_name = _("tally of needs")
        verbose_name_plural = _("tallies of needs")
        indexes = [models.Index(fields=["area_code", "measure", "n"], name="needs_tally_area")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.measure}: {self.n}"


class Due(models.Model):
    """A house or person about whom something changed, to be assessed anew. Deleted when done."""

    subject = models.UUIDField(_("person or household"), primary_key=True)

    class Meta:
        verbose_name = _("to be assessed")
        verbose_name_plural = _("to be assessed")

    def __str__(self) -> str:
        return str(self.subject)


class Snapshot(models.Model):
    """How an area stood on a day, kept so that two days can be compared."""

    area_code = models.CharField(_("area"), max_length=8, blank=True)
    as_of = models.DateField(_("as of"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    houses = models.PositiveIntegerField(_("households"), default=0)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")

    def __str__(self) -> str:
        return f"{self.area_code} {self.as_of}"


class SnapshotRow(models.Model):
    """One household in a snapshot."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="rows", verbose_name=_("snapshot"))
    household_id = models.UUIDField(_("household"))
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    score = models.PositiveSmallIntegerField(_("score"), default=0)
    red = models.BooleanField(_("red case"), default=False)
    urgency = models.PositiveSmallIntegerField(_("urgency"), default=1)
    groups = models.PositiveSmallIntegerField(_("target groups"), default=0)
    failed = models.PositiveSmallIntegerField(_("dimensions failed"), default=0)
    unsure = models.PositiveSmallIntegerField(_("dimensions not known"), default=0)
    members = models.PositiveSmallIntegerField(_("members"), default=0)

    class Meta:
        verbose_name = _("row of a snapshot")
        verbose_name_plural = _("rows of snapshots")
        indexes = [models.Index(fields=["snapshot", "area_code", "household_id"], name="needs_snapshot_area")]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.household_id}"
