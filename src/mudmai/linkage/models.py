"""What linkage remembers: questions, who answered them, how the scores lay, and the weights it learned."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mudmai.kernel.uuid7 import uuid7


class BulkAnswer(models.Model):
    """One press that answered many questions of one kind of findings "the same"; undone whole."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    pattern = models.CharField(_("findings"), max_length=200)
    count = models.PositiveIntegerField(_("questions"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)

    class Meta:
        verbose_name = _("bulk answer")
        verbose_name_plural = _("bulk answers")
        indexes = [models.Index(fields=["-at"], name="linkage_bulkanswer_at")]

    def __str__(self) -> str:
        return f"bulk answer {self.id}"


class Question(models.Model):
    """Is this row that person, or this house that house? Never deleted, except with a batch never finished.

    Both sides are keys, as in decisions: `left` is the row, `right` the person's key, which can be an earlier row.
    Of a household question both are household keys, `left` the one told later.
    Whether a question still stands follows from its rows and persons each time it is shown.
    """

    class About(models.TextChoices):
        PERSON = "person", _("person")
        HOUSEHOLD = "household", _("household")

    class State(models.TextChoices):
        OPEN = "open", _("to be answered")
        LATER = "later", _("put off")
        ASKED = "asked", _("asked in the village")  # waits for what a volunteer finds out
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("settled by another answer")

    class Verdict(models.TextChoices):
        SAME = "same", _("the same person")
        DIFFERENT = "different", _("not the same person")
        MOVED = "moved", _("the household moved")  # only of households: the same one, now at the left address

    id = models.UUIDField(primary_key=True, default=uuid7)
    about = models.CharField(_("about"), max_length=10, choices=About.choices, default=About.PERSON)
    # The two keys lead to records, where people keep what was told; a batch that is discarded takes its records along.
    left = models.ForeignKey(
        "people.Record", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("row")
    )
    right = models.ForeignKey(
        "people.Record", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("person")
    )
    batch = models.ForeignKey(
        "people.Batch", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("batch")
    )
    score = models.FloatField(_("score"))
    evidence = models.JSONField(_("evidence"), default=dict)
    # The findings in one word, so that questions of a kind are counted and answered together; see rules.patterns.
    pattern = models.CharField(_("findings"), max_length=200, blank=True)
    area_code = models.CharField(_("area of the row"), max_length=8, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict.choices, blank=True)
    # The decision that the answer made, or that closed this question together with its siblings.
    decision = models.ForeignKey(
        "people.Decision", models.PROTECT, related_name="+", null=True, verbose_name=_("decision")
    )
    # The decision in doubt, where both sides are one person already and contradict each other.
    doubts = models.ForeignKey(
        "people.Decision", models.PROTECT, related_name="+", null=True, verbose_name=_("decision in doubt")
    )
    # What the answer wrote besides: the new address of a household that moved.
    edit = models.ForeignKey("people.Batch", models.PROTECT, related_name="+", null=True, verbose_name=_("edit"))
    asked_at = models.DateTimeField(_("asked at"))
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("answered by")
    )
    bulk = models.ForeignKey(
        BulkAnswer, models.PROTECT, related_name="questions", null=True, verbose_name=_("bulk answer")
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [
            models.Index(fields=["state", "area_code", "-score", "id"], name="linkage_question_queue"),
            models.Index(fields=["decision"], name="linkage_question_decision"),
            models.Index(fields=["state", "pattern"], name="linkage_question_pattern"),
            models.Index(fields=["right", "state"], name="linkage_question_right"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["left", "right"],
                name="linkage_question_asked_once",
                violation_error_message=_("This question was asked before."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="answered", verdict__in=["same", "different", "moved"], decision__isnull=False)
                | models.Q(~models.Q(state="answered"), verdict=""),
                name="linkage_question_answer_told",
                violation_error_message=_("An answered question tells its answer and its decision."),
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.id}"


class Inquiry(models.Model):
    """A question put to the volunteers of an area. Kept with what they found out; the newest of a question counts."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    question = models.ForeignKey(Question, models.PROTECT, related_name="inquiries", verbose_name=_("question"))
    area_code = models.CharField(_("area of the volunteers"), max_length=8, blank=True)
    # Empty: whoever of the area's volunteers comes by.
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("whom to ask")
    )
    note = models.CharField(_("what to find out"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    asked_at = models.DateTimeField(_("asked at"))
    reply = models.CharField(_("what was found out"), max_length=300, blank=True)
    # A name in words: whoever answered at the door or on the phone need not be a user.
    told_by = models.CharField(_("who told it"), max_length=100, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("written down by")
    )
    closed_at = models.DateTimeField(_("came back at"), null=True)

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        indexes = [models.Index(fields=["area_code", "closed_at"], name="linkage_inquiry_area")]

    def __str__(self) -> str:
        return f"inquiry {self.id}"


class SecondLook(models.Model):
    """A second person answers a question without seeing the first answer: how often do reviewers agree?

    Where the two differ it waits to be settled; the registry follows the newest of the answers.
    """

    question = models.OneToOneField(
        Question, models.PROTECT, primary_key=True, related_name="second_look", verbose_name=_("question")
    )
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    first_verdict = models.CharField(_("first answer"), max_length=10)
    first_at = models.DateTimeField(_("first answered at"))
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    second_verdict = models.CharField(_("second answer"), max_length=10, blank=True)
    second_at = models.DateTimeField(_("second answered at"), null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    settled_verdict = models.CharField(_("settled as"), max_length=10, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)

    class Meta:
        verbose_name = _("second look")
        verbose_name_plural = _("second looks")
        indexes = [models.Index(fields=["area_code", "second_at"], name="linkage_secondlook_area")]

    def __str__(self) -> str:
        return f"second look at {self.question_id}"


class SecondLookShare(models.Model):
    """From a day on, this share of answers is looked at by a second person. Rows are added, the newest day counts."""

    starts_on = models.DateField(_("from"), unique=True)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    set_at = models.DateTimeField(_("set at"))

    class Meta:
        verbose_name = _("share of second looks")
        verbose_name_plural = _("shares of second looks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__gte=0, percent__lte=100),
                name="linkage_secondlookshare_percent",
                violation_error_message=_("Write a share between 0 and 100 percent."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.percent}% from {self.starts_on}"


class ScoreTally(models.Model):
    """How many rows of a list were linked, asked about or new, by band of score; counted at its commit."""

    class Outcome(models.TextChoices):
        LINKED = "linked", _("linked")
        ASKED = "asked", _("asked")
        NEW = "new", _("new")

    batch = models.ForeignKey(
        "people.Batch", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("batch")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    band = models.PositiveSmallIntegerField(_("band of scores"))  # a place in rules.bands.BANDS
    n = models.PositiveIntegerField(_("count"))

    class Meta:
        verbose_name = _("tally of scores")
        verbose_name_plural = _("tallies of scores")
        constraints = [
            models.UniqueConstraint(fields=["batch", "outcome", "band"], name="linkage_scoretally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.outcome} {self.band}: {self.n}"


class Weights(models.Model):
    """Weights of the model of people, learned from the registry on one day. Never changed; one row at most is in use.

    `numbers` holds {comparison: {finding: {"m": …, "u": …}}}; where none is in use, the shipped weights judge.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    version = models.CharField(_("version"), max_length=40, unique=True)
    shipped = models.CharField(_("made from"), max_length=40)  # version of the shipped weights they were drawn towards
    made_at = models.DateTimeField(_("made at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    same_pairs = models.PositiveIntegerField(_("pairs known to be one person"))
    random_pairs = models.PositiveIntegerField(_("random pairs"))
    # Of the pairs known to be one person: how many are sure without their ids, in percent.
    sure_before = models.FloatField(_("sure by the weights before"))
    sure_after = models.FloatField(_("sure by these weights"))
    numbers = models.JSONField(_("weights"))
    active = models.BooleanField(_("in use"), default=False)

    class Meta:
        verbose_name = _("weights")
        verbose_name_plural = _("weights")
        constraints = [
            models.UniqueConstraint(
                fields=["active"], condition=models.Q(active=True), name="linkage_weights_one_in_use",
                violation_error_message=_("Other weights are in use."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.version
