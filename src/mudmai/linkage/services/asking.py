"""Keep the questions of a list that was committed."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from mudmai.kernel import clock
from mudmai.linkage.models import Question
from mudmai.linkage.rules.subjects import Match
from mudmai.people import queries as people


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
    Question.objects.bulk_create(
        [
            Question(
                left_id=UUID(key), right_id=UUID(other.person), batch_id=batch_id, score=other.score,
                evidence=other.evidence, asked_at=now,
            )
            for key, other in asked
            if (key, other.person) not in different
        ],
        batch_size=200,
        # A batch that was discarded and written again keeps its questions, under its new id.
        update_conflicts=True,
        unique_fields=["left", "right"],
        update_fields=["batch"],
    )  # fmt: skip
    _place(batch_id)
    return Question.objects.count() - before


def _place(batch_id: UUID | str) -> None:
    """Write down in whose area each question lies: the row's, or where it names none, the list's."""
    unplaced = Question.objects.filter(batch_id=batch_id, area_code="").select_related("left", "batch")
    placed = []
    for question in unplaced.only("id", "left__area_code", "batch__area_code"):
        question.area_code = question.left.area_code or question.batch.area_code
        placed.append(question)
    Question.objects.bulk_update(placed, ["area_code"], batch_size=200)
