"""Persons whose rows contradict each other: parted where it is sure, put to a person where it is not.

After each list and each answer only the persons it touched are looked at.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import transaction

from mudmai.kernel import clock
from mudmai.linkage.models import Question
from mudmai.linkage.queries import PENDING
from mudmai.linkage.rules.contradictions import KNOWN_BY, Contradiction, Joint, contradictions
from mudmai.linkage.rules.patterns import pattern_of
from mudmai.people import queries as registry
from mudmai.people import services as people
from mudmai.people.rules.fold import Told

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Batch, Decision

# How heavily a contradiction speaks against, where no weight was learned for it.
AGAINST_BITS = -10.0
# The attribute whose two values a question shows.
SHOWN = {"two_sexes": ("sex", "sex"), "generation": ("birth", "birth_date")}


class Checked(NamedTuple):
    """What was done about contradictions."""

    parted: int  # decisions of the model that were taken back
    asked: int  # new questions


def check_batch(batch: "Batch") -> Checked:
    """Look at everybody a list told of. Safe to repeat: what was parted or asked is not done again."""
    return _check(registry.told_differently(batch))


def check_persons(keys: Iterable[str]) -> Checked:
    """Look at the persons of these keys (32 hex digits), after somebody put people together or parted them."""
    return _check(set(registry.persons_by_key(keys).values()))


def _check(persons: Iterable[str]) -> Checked:
    parted = asked = 0
    for held in registry.held_together(persons):
        decisions = {decision.pk.hex: decision for decision in held.decisions}
        rows = {row.id: row for row in held.rows}
        for found in contradictions(held.rows, map(_joint, held.decisions), held.apart):
            doubted = decisions[found.joint.id]
            if found.sure:
                evidence = {"why": {"level": found.reason}, "rows": {"left": found.left, "right": found.right}}
                people.withdraw(doubted, by=None, basis="rule", evidence=evidence)
                parted += 1
            else:
                asked += _ask(found, doubted, rows)
    return Checked(parted, asked)


def _joint(decision: "Decision") -> Joint:
    assert decision.right is not None  # the database holds links and merges to two sides
    return Joint(
        decision.pk.hex, decision.left.hex, decision.right.hex, decision.basis, decision.score or 0.0,
        decision.decided_at.isoformat(), decision.evidence,
    )  # fmt: skip


@transaction.atomic
def _ask(found: Contradiction, doubted: "Decision", rows: dict[str, Told]) -> bool:
    """Keep the question, once for each pair of rows and decision; says whether it is new."""
    if Question.objects.filter(doubts=doubted, state__in=PENDING).exists():
        return False
    left, right = found.left, found.right
    if _asked(left, right):
        # The pair was asked about when it was still two people; the other way round it is another question.
        left, right = right, left
    batch = registry.batches_of_records([left]).get(left)
    if batch is None or _asked(left, right):
        return False
    evidence = _evidence(found.reason, rows.get(left), rows.get(right))
    Question.objects.create(
        left_id=UUID(left), right_id=UUID(right), batch=batch, score=doubted.score or 0.5, evidence=evidence,
        pattern=pattern_of(evidence), area_code=rows[left].area or batch.area_code, doubts=doubted,
        asked_at=clock.now(),
    )  # fmt: skip
    return True


def _asked(left: str, right: str) -> bool:
    return Question.objects.filter(left_id=UUID(left), right_id=UUID(right)).exists()


def _evidence(reason: str, left: Told | None, right: Told | None) -> dict[str, dict[str, Any]]:
    evidence: dict[str, dict[str, Any]] = {"why": {"level": reason}}
    name, level = KNOWN_BY[reason]
    if name == "why":
        return evidence
    evidence[name] = {"level": level, "weight": AGAINST_BITS}
    if reason in SHOWN and left is not None and right is not None:
        code = SHOWN[reason][1]
        evidence[name] |= {"left": left.said.get(code, ""), "right": right.said.get(code, "")}
    return evidence


def settle_doubt(question: Question, verdict: str, by: "User") -> "Decision":
    """Write the answer about a person in doubt: one after all, for good; or two, and the doubted decision goes."""
    left, right = question.left_id.hex, question.right_id.hex
    if verdict == "same":
        return people.keep_together(left, right, by=by, evidence=question.evidence)
    if question.doubts is not None and not question.doubts.withdrawn:
        people.withdraw(question.doubts, by=by)
    return people.mark_different(left, right, by=by, evidence=question.evidence)
