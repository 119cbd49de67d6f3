"""What the registry remembers: three things for good (batches of records, decisions), and what follows from them."""

import re
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mudmai.kernel.uuid7 import uuid7
from mudmai.people.rules.fold import packed, unpacked

# The key of a submission and the part of it that a record is from: for programs, not for people.
FROM_A_FORM = re.compile(r"[0-9a-f]{32} ")


class KnownField(models.JSONField):
    """What is known of a person or a house, kept packed; see rules.fold.Known."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        stored = super().from_db_value(value, expression, connection)
        return None if stored is None else unpacked(stored)  # None: the other side of an outer join

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(packed(value) if isinstance(value, dict) else value)


class Source(models.Model):
    """A sender of lists: one office's list of one kind. Rows are added, never deleted."""

    code = models.SlugField(_("code"), max_length=60, primary_key=True)
    kind = models.CharField(_("kind of source"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    owner = models.CharField(_("owner"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """Records that came together: one file, one edit, one sync. Never deleted once closed; withdrawn whole instead."""

    class State(models.TextChoices):
        OPEN = "open", _("being written")  # its records do not stand yet
        CLOSED = "closed", _("standing")

    id = models.UUIDField(primary_key=True, default=uuid7)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    kind = models.CharField(_("kind of source"), max_length=40)
    label = models.CharField(_("label"), max_length=300)
    as_of = models.DateField(_("as of"))
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    complete = models.BooleanField(_("complete list"), default=False)
    fingerprint = models.CharField(_("fingerprint of the file"), max_length=64, blank=True, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)  # follows from decisions
    # When what follows from its last withdrawal or return was last worked on; empty once everything follows.
    turning_at = models.DateTimeField(_("being taken back or put back"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    summary = models.JSONField(_("summary"), default=dict)

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        indexes = [models.Index(fields=["kind", "area_code", "as_of"], name="people_batch_kind")]

    def __str__(self) -> str:
        return f"{self.label} ({self.as_of})"


class Record(models.Model):
    """What one source said about one person and/or one household at one time. Never changed, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+", db_index=False, verbose_name=_("batch"))
    kind = models.CharField(_("kind of source"), max_length=40)
    about = models.CharField(_("about"), max_length=10, default="person")  # person, household or both
    observed_on = models.DateField(_("observed on"))
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    said = models.JSONField(_("what was said"))
    confirmed = models.BooleanField(_("confirmed by hand"), default=False)
    cid_hash = models.BinaryField(_("keyed hash of the id"), max_length=16, null=True)
    cid_tail_hash = models.BinaryField(_("keyed hash of the id's last four digits"), max_length=16, null=True)
    cid_sealed = models.BinaryField(_("sealed id"), max_length=80, null=True)
    household_key = models.UUIDField(_("household key"), null=True)
    row_ref = models.CharField(_("place in the file"), max_length=120, blank=True)
    digest = models.BinaryField(_("digest of what was said"), max_length=16)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)  # follows from decisions

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        indexes = [models.Index(fields=["batch", "id"], name="people_record_batch")]

    def __str__(self) -> str:
        return f"record {self.id}"

    @property
    def place(self) -> str:
        """Where it stands in its file, for people to read; "" where it came by a form and not in a file."""
        return "" if FROM_A_FORM.match(self.row_ref) else self.row_ref


class Decision(models.Model):
    """A statement about who is who, or that something does not stand. Never changed; taken back by another decision."""

    class Kind(models.TextChoices):
        LINK = "link", _("is this person or household")
        MERGE = "merge", _("are one and the same")
        DIFFERENT = "different", _("are not the same")
        WITHDRAW = "withdraw", _("does not stand")
        RESTORE = "restore", _("stands again")

    class Basis(models.TextChoices):
        CID = "cid", _("13-digit id")
        MODEL = "model", _("the linkage model")
        RULE = "rule", _("a fixed rule")
        STAFF = "staff", _("a person decided")

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    about = models.CharField(_("about"), max_length=10)  # person, household, batch, record, decision
    left = models.UUIDField(_("left"))
    right = models.UUIDField(_("right"), null=True)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices, default=Basis.STAFF)
    score = models.FloatField(_("score"), null=True)
    evidence = models.JSONField(_("evidence"), default=dict)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+", null=True, verbose_name=_("batch"))
    decided_at = models.DateTimeField(_("decided at"))
    withdrawn = models.BooleanField(_("withdrawn"), default=False)  # follows from later decisions

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [
            models.Index(fields=["left", "kind"], name="people_decision_left"),
            models.Index(fields=["right", "kind"], name="people_decision_right"),
            models.Index(fields=["decided_at", "id"], name="people_decision_when"),
            models.Index(fields=["kind", "decided_at", "id"], name="people_decision_kind"),
            models.Index(fields=["basis", "decided_at", "id"], name="people_decision_basis"),
            # Few are withdrawn, so the rest is not in it.
            models.Index(fields=["decided_at", "id"], name="people_decision_gone", condition=Q(withdrawn=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["link", "merge", "different"]) | Q(right__isnull=False),
                name="people_decision_two_sides",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.left}"


class Household(models.Model):
    """A house and the people who live there, as the standing records tell it. Derived: made anew by the fold."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    house_no = models.CharField(_("house number"), max_length=40, blank=True)
    sort_key = models.CharField(_("order within the village"), max_length=80, blank=True)
    moo = models.PositiveSmallIntegerField(_("moo"), null=True)
    village_name = models.CharField(_("village"), max_length=100, blank=True)
    soi = models.CharField(_("soi"), max_length=100, blank=True)
    road = models.CharField(_("road"), max_length=100, blank=True)
    house_code = models.CharField(_("house code"), max_length=11, blank=True)
    lat = models.FloatField(_("latitude"), null=True)
    lon = models.FloatField(_("longitude"), null=True)
    pin_cell = models.BigIntegerField(_("map cell"), null=True)
    member_count = models.PositiveIntegerField(_("members"), default=0)
    head_name = models.CharField(_("head"), max_length=200, blank=True)
    known = KnownField(_("what is known"), default=dict)

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        indexes = [
            models.Index(
                fields=["area_code", "sort_key", "id", "pin_cell", "member_count"], name="people_household_list"
            ),
            models.Index(fields=["pin_cell", "area_code", "lat", "lon"], name="people_household_map"),
            models.Index(fields=["sort_key", "area_code"], name="people_household_number"),
            models.Index(fields=["house_code"], name="people_household_code", condition=~Q(house_code="")),
        ]

    def __str__(self) -> str:
        return self.house_no or str(self.id)

    @property
    def code(self) -> str:
        """Short code people read out: area and the end of the key."""
        return household_code(self.id.hex, self.area_code)


class Person(models.Model):
    """One person, as the standing records of the cluster tell it. Derived: made anew by the fold."""

    class Status(models.TextChoices):
        ALIVE = "alive", _("alive")
        DEAD = "dead", _("dead")
        MOVED = "moved", _("moved away")
        LEFT = "left", _("left the register, to be checked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    cid_hash = models.BinaryField(_("keyed hash of the id"), max_length=16, null=True, db_index=True)
    cid_tail_hash = models.BinaryField(_("keyed hash of the id's last four digits"), max_length=16, null=True)
    cid_sealed = models.BinaryField(_("sealed id"), max_length=80, null=True)
    title = models.CharField(_("title"), max_length=60, blank=True)
    given_name = models.CharField(_("given name"), max_length=200, blank=True)
    family_name = models.CharField(_("family name"), max_length=200, blank=True)
    given_key = models.CharField(_("given name, for comparison"), max_length=200, blank=True)
    family_key = models.CharField(_("family name, for comparison"), max_length=200, blank=True)
    given_sound = models.CharField(_("sound of the given name"), max_length=60, blank=True)
    family_sound = models.CharField(_("sound of the family name"), max_length=60, blank=True)
    sex = models.CharField(_("sex"), max_length=1, blank=True)
    birth_date = models.CharField(_("birth date"), max_length=10, blank=True)  # ISO, may be a year or a month
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ALIVE)
    residence = models.CharField(_("residence type"), max_length=1, blank=True)
    relation = models.CharField(_("relation to the head"), max_length=20, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    household = models.ForeignKey(
        Household,
        models.DO_NOTHING,
        null=True,
        related_name="members",
        db_constraint=False,
        verbose_name=_("household"),
    )
    registered_household = models.ForeignKey(
        Household,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name=_("registered at"),
    )
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    sort_key = models.CharField(_("order within the village"), max_length=200, blank=True)
    known = KnownField(_("what is known"), default=dict)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = [
            models.Index(
                fields=["area_code", "sort_key", "id", "sex", "birth_date", "status"], name="people_person_list"
            ),
            models.Index(fields=["given_key", "family_key"], name="people_person_given"),
            models.Index(fields=["family_key", "given_key"], name="people_person_family"),
            models.Index(fields=["cid_tail_hash"], name="people_person_tail"),
            # Who may be the person of a single row: see queries.alike.
            models.Index(fields=["given_sound", "birth_date"], name="people_person_heard"),
            models.Index(fields=["family_sound", "given_sound", "birth_date"], name="people_person_family_heard"),
            models.Index(fields=["phone"], name="people_person_phone", condition=~Q(phone="")),
            # Most people live where they are registered; the few who do not are found by this.
            models.Index(
                fields=["registered_household"],
                name="people_person_elsewhere",
                condition=~Q(registered_household=F("household")) | Q(household__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return full_name(self.title, self.given_name, self.family_name)

    @property
    def code(self) -> str:
        """Short code people read out."""
        return person_code(self.id.hex)


class Filing(models.Model):
    """Where a standing record is filed now: which person, which household. Derived from the decisions."""

    record = models.OneToOneField(
        Record, models.DO_NOTHING, primary_key=True, related_name="filing", db_constraint=False
    )
    person_id = models.UUIDField(_("person"), null=True, db_index=True)
    household_id = models.UUIDField(_("household"), null=True, db_index=True)

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")

    def __str__(self) -> str:
        return f"filing of {self.record_id}"


class Fact(models.Model):
    """One known fact that lists are filtered by, in the order of the lists. Derived."""

    subject = models.UUIDField(_("person or household"))
    about = models.CharField(_("about"), max_length=10)
    code = models.CharField(_("fact"), max_length=40)
    value = models.CharField(_("value"), max_length=80)
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    sort_key = models.CharField(_("order"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        indexes = [
            models.Index(fields=["code", "value", "area_code", "sort_key", "subject"], name="people_fact_list"),
            models.Index(fields=["subject"], name="people_fact_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.code}={self.value}"


class Tally(models.Model):
    """How many of what live in an area: what the home page and the map add up. Derived.

    `level` is the number of digits of the area, which is counted with all that lies inside it; OWN counts those who are
    known to live in the area, but not where inside it.
    """

    OWN = 9

    area_code = models.CharField(_("area"), max_length=8)
    level = models.PositiveSmallIntegerField(_("level"), default=OWN)
    measure = models.CharField(_("measure"), max_length=40)
    key = models.CharField(_("key"), max_length=80, blank=True)
    n = models.PositiveIntegerField(_("count"))

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        indexes = [models.Index(fields=["level", "area_code", "measure", "key", "n"], name="people_tally_level")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.measure} {self.key}: {self.n}"


class PinCount(models.Model):
    """How many pinned houses of one area lie in one cell of the map: what far views draw. Derived."""

    area_code = models.CharField(_("area"), max_length=8)
    cell = models.BigIntegerField(_("map cell"))  # of rules.addressing.COUNTED_CELL cells of pins
    n = models.PositiveIntegerField(_("count"))
    lat = models.FloatField(_("latitude"))  # their middle
    lon = models.FloatField(_("longitude"))
    first = models.BigIntegerField(_("first map cell"))  # where one of them lies

    class Meta:
        verbose_name = _("count of pins")
        verbose_name_plural = _("counts of pins")
        indexes = [
            models.Index(fields=["cell", "area_code", "n", "lat", "lon", "first"], name="people_pincount_cell"),
            models.Index(fields=["area_code"], name="people_pincount_area"),
        ]

    def __str__(self) -> str:
        return f"{self.area_code} {self.cell}: {self.n}"


def full_name(title: str, given: str, family: str) -> str:
    """Title joined to the given name as Thai people write it: นางสาวสมหญิง ใจดี."""
    joined = f"{title}{given}" if not title or not title[-1].isascii() else f"{title} {given}"
    return f"{joined} {family}".strip()


def person_code(key: str) -> str:
    return f"P-{key[-12:-8]}-{key[-8:-4]}-{key[-4:]}".upper()


def household_code(key: str, area_code: str) -> str:
    return f"H-{area_code or '0'}-{key[:4]}-{key[4:8]}".upper()
