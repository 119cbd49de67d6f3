"""Keep the questions of a list that was committed, and of houses that may be one."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from mudmai.kernel import clock
from mudmai.linkage.models import Question
from mudmai.linkage.rules.patterns import pattern_of
from mudmai.linkage.rules.subjects import Match
from mudmai.people import queries as people


class HousePair(NamedTuple):
    """Two household keys (32 hex digits) that may be one house; `left` is the one told later."""

    left: str
    right: str
    score: float
    evidence: dict[str, dict[str, Any]]
    area_code: str


@transaction.atomic
def ask(batch_id: UUID | str, matches: Iterable[Match]) -> int:
    """Keep a question for every candidate of every match; returns how many are new.

    The records of the batch are written before. Safe to repeat: a pair is asked about once, and never when somebody
    said that the two are not the same.
    """
    asked = [(match.key, other) for match in matches for other in match.others]
    different = people.different_pairs({key for pair in asked for key in (pair[0], pair[1].person)})
    now = clock.now()
    before = Question.objects.count()
    _keep(
        Question(
            left_id=UUID(key), right_id=UUID(other.person), batch_id=batch_id, score=other.score,
            evidence=other.evidence, pattern=pattern_of(other.evidence), asked_at=now,
        )
        for key, other in asked
        if (key, other.person) not in different
    )  # fmt: skip
    _place(batch_id)
    return Question.objects.count() - before


@transaction.atomic
def ask_about_houses(batch_id: UUID | str, pairs: Iterable[HousePair]) -> int:
    """Keep a question for every pair of houses that may be one; returns how many are new. Safe to repeat, as `ask`."""
    pairs = list(pairs)
    different = people.different_pairs({key for pair in pairs for key in (pair.left, pair.right)})
    now = clock.now()
    before = Question.objects.count()
    _keep(
        Question(
            about=Question.About.HOUSEHOLD, left_id=UUID(pair.left), right_id=UUID(pair.right), batch_id=batch_id,
            score=pair.score, evidence=pair.evidence, area_code=pair.area_code, asked_at=now,
        )
        for pair in pairs
        if (pair.left, pair.right) not in different
    )  # fmt: skip
    return Question.objects.count() - before


def _keep(questions: Iterable[Question]) -> None:
    Question.objects.bulk_create(
        questions,
        batch_size=200,
        # A batch that was discarded and written again keeps its questions, under its new id.
        update_conflicts=True,
        unique_fields=["left", "right"],
        update_fields=["batch"],
    )


def _place(batch_id: UUID | str) -> None:
    """Write down in whose area each question lies: the row's, or where it names none, the list's."""
    unplaced = Question.objects.filter(batch_id=batch_id, area_code="", about=Question.About.PERSON)
    placed = []
    for question in unplaced.select_related("left", "batch").only("id", "left__area_code", "batch__area_code"):
        question.area_code = question.left.area_code or question.batch.area_code
        placed.append(question)
    Question.objects.bulk_update(placed, ["area_code"], batch_size=200)
