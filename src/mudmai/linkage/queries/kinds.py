"""Questions of one kind of findings, to be answered many at once where nothing speaks against."""

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Avg, Count, Exists, Min, OuterRef, QuerySet

from mudmai.linkage.models import BulkAnswer, Question
from mudmai.linkage.queries.queue import PENDING, open_questions_for, standing_questions_for
from mudmai.linkage.rules.patterns import LEAST_SCORE, may_be_bulk

if TYPE_CHECKING:
    from mudmai.accounts.models import User

SAMPLES = 10
MOST_KINDS = 20
RECENT = 10


class Kind(NamedTuple):
    """A kind of questions, how many there are, and how likely the least likely is."""

    pattern: str
    n: int
    least: float
    samples: list[Question]


def alike(user: "User", pattern: str) -> QuerySet[Question]:
    """The user's open questions of one kind that may be answered together, likeliest first.

    Without rows that several people fit: who of them it is, is looked at one by one.
    """
    return _obvious(user).filter(pattern=pattern)


def kinds_for(user: "User") -> list[Kind]:
    """The kinds that may be answered together, likeliest first, each with a few samples."""
    counted = _obvious(user).order_by().values("pattern").annotate(n=Count("pk"), least=Min("score"), mean=Avg("score"))
    kinds = [each for each in counted.order_by("-mean", "pattern") if may_be_bulk(each["pattern"])]
    return [
        Kind(each["pattern"], each["n"], each["least"], list(samples[:SAMPLES]))
        for each in kinds[:MOST_KINDS]
        for samples in (alike(user, each["pattern"]).select_related("left", "batch", "right__filing"),)
    ]


def bulk_answers_for(user: "User") -> list[BulkAnswer]:
    """The newest bulk answers in the user's areas, those taken back too."""
    mine = standing_questions_for(user).filter(bulk=OuterRef("pk"))
    seen = BulkAnswer.objects.filter(Exists(mine)) | BulkAnswer.objects.filter(by=user)
    return list(seen.select_related("by", "undone_by").order_by("-at")[:RECENT])


def _obvious(user: "User") -> QuerySet[Question]:
    rivals = Question.objects.filter(left=OuterRef("left"), state__in=PENDING).exclude(pk=OuterRef("pk"))
    return open_questions_for(user).filter(~Exists(rivals), score__gte=LEAST_SCORE).exclude(pattern="")
