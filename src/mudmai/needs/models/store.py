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
    # Red cases first, then by urgency and score: smaller comes first, so that lists are read along an index.
    place = models.IntegerField(_("place"))
    score = models.PositiveSmallIntegerField(_("score"), default=0)
    urgency = models.PositiveSmallIntegerField(_("urgency"), default=1)  # 1, 5 or 9
    red = models.BooleanField(_("red case"), default=False)
    reasons = models.JSONField(_("reasons"), default=list)  # as rules.standing writes it
    marks = models.BigIntegerField(_("reasons that hold"), default=0)  # a bit for each, for filters
    groups = models.PositiveSmallIntegerField(_("target groups"), default=0)  # bits of rules.targets
    failed = models.PositiveSmallIntegerField(_("dimensions failed"), default=0)  # bits of the five dimensions
    unsure = models.PositiveSmallIntegerField(_("dimensions not known"), default=0)  # likewise
    results = models.CharField(_("results of the indicators"), max_length=120, blank=True)  # a letter for each
    fragile = models.SmallIntegerField(_("level of fragility"), default=-1)  # -1: not fragile, or not known
    members = models.PositiveSmallIntegerField(_("members"), default=0)

    class Meta:
        verbose_name = _("need of a household")
        verbose_name_plural = _("needs of households")
        # Each holds all that lists are filtered by: a list of a few among many is found without reading the rows.
        indexes = [
            models.Index(
                fields=["place", "household_id", "area_code", "groups", "failed", "marks"], name="needs_houseneed_place"
            ),
            models.Index(
                fields=["area_code", "place", "household_id", "groups", "failed", "marks"], name="needs_houseneed_area"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}: {self.score}"


class NeedTally(models.Model):
    """How many households of an area are so, and how many people live in them. Derived.

    `level` is the number of digits of the area, which is counted with all that lies inside it; OWN counts the
    households that are known to lie in the area, but not where inside it.
    """

    OWN = 9

    area_code = models.CharField(_("area"), max_length=8)
    level = models.PositiveSmallIntegerField(_("level"), default=OWN)
    measure = models.CharField(_("measure"), max_length=40)
    houses = models.PositiveIntegerField(_("households"))
    people = models.PositiveIntegerField(_("people"))

    class Meta:
        verbose_name = _("tally of needs")
        verbose_name_plural = _("tallies of needs")
        indexes = [models.Index(fields=["level", "area_code", "measure", "houses", "people"], name="needs_tally_level")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.measure}: {self.houses}"


class Assessed(models.Model):
    """When an area was last assessed as a whole, and by which rules: so that work that was stopped goes on."""

    area_code = models.CharField(_("area"), max_length=8, primary_key=True)
    day = models.DateField(_("day"))
    rules = models.CharField(_("rules"), max_length=32)

    class Meta:
        verbose_name = _("assessed area")
        verbose_name_plural = _("assessed areas")

    def __str__(self) -> str:
        return f"{self.area_code} {self.day}"


class Edition(models.Model):
    """One row, another after everything that was written here: by it those who keep an answer see that it is old."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.CharField(_("stamp"), max_length=32)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return self.stamp


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
    done = models.CharField(_("done so far"), max_length=8, blank=True)  # areas up to this one are kept
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
    people = models.BinaryField(_("who lived there"), default=b"")  # their ids, 16 bytes each

    class Meta:
        verbose_name = _("row of a snapshot")
        verbose_name_plural = _("rows of snapshots")
        indexes = [models.Index(fields=["snapshot", "area_code", "household_id"], name="needs_snapshot_area")]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.household_id}"
