"""What linkage remembers: the questions that only a person can answer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mudmai.kernel.uuid7 import uuid7


class Question(models.Model):
    """Is this row that person? Made when a list is committed; never deleted, except with a batch never finished.

    Both sides are keys, as in decisions: `left` is the row, `right` the person's key, which can be an earlier row.
    Whether a question still stands follows from its rows and persons each time it is shown.
    """

    class State(models.TextChoices):
        OPEN = "open", _("to be answered")
        LATER = "later", _("put off")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("settled by another answer")

    class Verdict(models.TextChoices):
        SAME = "same", _("the same person")
        DIFFERENT = "different", _("not the same person")

    id = models.UUIDField(primary_key=True, default=uuid7)
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
    area_code = models.CharField(_("area of the row"), max_length=8, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict.choices, blank=True)
    # The decision that the answer made, or that closed this question together with its siblings.
    decision = models.ForeignKey(
        "people.Decision", models.PROTECT, related_name="+", null=True, verbose_name=_("decision")
    )
    asked_at = models.DateTimeField(_("asked at"))
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("answered by")
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [
            models.Index(fields=["state", "area_code", "-score", "id"], name="linkage_question_queue"),
            models.Index(fields=["decision"], name="linkage_question_decision"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["left", "right"],
                name="linkage_question_asked_once",
                violation_error_message=_("This question was asked before."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="answered", verdict__in=["same", "different"], decision__isnull=False)
                | models.Q(~models.Q(state="answered"), verdict=""),
                name="linkage_question_answer_told",
                violation_error_message=_("An answered question tells its answer and its decision."),
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.id}"
