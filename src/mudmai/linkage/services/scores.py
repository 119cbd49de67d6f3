"""Count how the scores of a list lie, once, when it is committed: a page of a year's lists then reads little."""

from collections import Counter
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from mudmai.linkage.models import Question, ScoreTally
from mudmai.linkage.rules.bands import band_of
from mudmai.people import queries as people

LINKED, ASKED, NEW = ScoreTally.Outcome.LINKED, ScoreTally.Outcome.ASKED, ScoreTally.Outcome.NEW


@transaction.atomic
def tally_scores(batch_id: UUID) -> None:
    """Keep how many rows of a committed list were linked, asked about or new, by band of score. Safe to repeat.

    A new row has no score: nobody came as near as the threshold of asking. It stands in the lowest band.
    """
    rows, linked = people.link_scores(batch_id.hex)
    asked = {
        key.hex: score
        for key, score in Question.objects.filter(batch=batch_id, about=Question.About.PERSON)
        .values_list("left_id")
        .order_by()
        .annotate(best=Max("score"))
        if key.hex not in linked
    }
    counts = Counter((LINKED, band_of(score)) for score in linked.values())
    counts.update((ASKED, band_of(score)) for score in asked.values())
    counts[NEW, 0] = max(0, rows - len(linked) - len(asked))
    ScoreTally.objects.filter(batch=batch_id).delete()
    ScoreTally.objects.bulk_create(
        ScoreTally(batch_id=batch_id, outcome=outcome, band=band, n=n) for (outcome, band), n in counts.items() if n
    )
