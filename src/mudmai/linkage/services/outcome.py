"""From groups to one answer for each row, with the evidence in a form that can be kept."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mudmai.linkage.rules.comparisons import UNKNOWN
from mudmai.linkage.rules.groups import Groups, Pair
from mudmai.linkage.rules.model import Model, Shares, probability_of
from mudmai.linkage.rules.subjects import Candidate, Match, Subject
from mudmai.linkage.rules.verdicts import Answer
from mudmai.linkage.services.people import Table

SHOWN = ("given", "family", "birth", "sex", "house", "phone")  # in the order of Table.shown
Evidence = dict[str, dict[str, Any]]


@dataclass
class Findings:
    """The pairs that were looked at, and what is needed to write down why."""

    pairs: list[Pair]
    asked: list[Pair]
    table: Table
    shares: Shares
    model: Model

    def __post_init__(self) -> None:
        self.place = {key: place for place, key in enumerate(self.table.keys)}
        self._plain: dict[tuple[Any, ...], Evidence] = {}
        self.joins: dict[str, list[Pair]] = defaultdict(list)
        for pair in self.pairs:
            if pair.answer is Answer.SAME:
                self.joins[pair.left].append(pair)
                if pair.right in self.place and self.place[pair.right] < self.table.rows:
                    self.joins[pair.right].append(pair)

    def evidence(self, pair: Pair, *, shown: bool) -> Evidence:
        """What speaks for and against a pair. The 13-digit id is never written down, only whether it agrees.

        `shown` adds the values of both sides. Equal evidence of sure links is one object: a list has many of them.
        """
        left, right = self.place[pair.left], self.place[pair.right]
        sides = self.table.sides
        weights = self.model.bits(pair.levels, sides[left], sides[right], self.shares)
        kept = tuple(round(bits, 1) for bits in weights.values())
        if not shown:
            found = self._plain.get((*pair.levels, *kept, pair.reason))
            if found is not None:
                return found
        evidence: Evidence = {"why": {"level": pair.reason}}
        for (name, level), bits in zip(pair.levels._asdict().items(), kept, strict=True):
            if level != UNKNOWN:
                evidence[name] = {"level": level, "weight": bits}
        if shown:
            for name, one, other in zip(SHOWN, self.table.shown[left], self.table.shown[right], strict=True):
                if name in evidence:
                    evidence[name] |= {"left": one, "right": other}
        else:
            self._plain[(*pair.levels, *kept, pair.reason)] = evidence
        return evidence


def matches_of(subjects: Sequence[Subject], groups: Groups, findings: Findings) -> list[Match]:
    """One answer for each row, in the order given."""
    first: dict[str, str] = {}
    for subject in subjects:
        first.setdefault(groups.root(subject.key), subject.key)
    questions = _questions(groups, findings.asked)
    return [_match(subject.key, first, groups, findings, questions.get(subject.key, [])) for subject in subjects]


def _questions(groups: Groups, asked: list[Pair]) -> dict[str, list[Pair]]:
    """{row: what to ask about it}, each question on the side that is not a registered person by now."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in asked:
        if groups.person(pair.left) is not None and groups.person(pair.right) is None:
            pair = pair._replace(left=pair.right, right=pair.left)  # the findings are the same both ways
        if groups.person(pair.left) is None and groups.root(pair.left) != groups.root(pair.right):
            found[pair.left].append(pair)
    return found


def _match(key: str, first: dict[str, str], groups: Groups, findings: Findings, asked: list[Pair]) -> Match:
    person = groups.person(key)
    others = _others(asked, first, groups, findings)
    target = person if person is not None else first[groups.root(key)]
    if target == key:
        best = others[0] if others else Candidate("", 0.0, {})
        return Match(key, "review" if others else "new", None, best.score, "model", best.evidence, others)
    pair = _why(key, target, groups, findings)
    basis = "cid" if pair.by_id else "model"
    return Match(key, "linked", target, probability_of(pair.bits), basis, findings.evidence(pair, shown=False), others)


def _why(key: str, target: str, groups: Groups, findings: Findings) -> Pair:
    """The pair that tells best why a row is where it is: with the target itself, else with another of the group."""
    root = groups.root(target)
    joins = [pair for pair in findings.joins[key] if groups.root(pair.left) == groups.root(pair.right) == root]
    return max(joins, key=lambda pair: (target in (pair.left, pair.right), pair.by_id, pair.bits))


def _others(asked: list[Pair], first: dict[str, str], groups: Groups, findings: Findings) -> tuple[Candidate, ...]:
    """Whom to ask about: the best candidates of other groups, each group once."""
    thresholds = findings.model.thresholds
    best: dict[str, Pair] = {}
    for pair in asked:
        root = groups.root(pair.right)
        if root not in best or best[root].bits < pair.bits:
            best[root] = pair
    ranked = sorted(best.items(), key=lambda found: (-found[1].bits, found[0]))
    return tuple(
        Candidate(
            groups.person(root) or first.get(root, pair.right),
            probability_of(pair.bits),
            findings.evidence(pair, shown=True),
        )
        for root, pair in ranked[: thresholds.most_asked]
        if pair.bits >= ranked[0][1].bits - thresholds.near_best
    )
