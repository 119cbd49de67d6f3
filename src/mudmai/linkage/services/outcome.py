"""From groups to one answer for each row, with the evidence in a form that can be kept."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from mudmai.linkage.rules.groups import Groups, Pair
from mudmai.linkage.rules.model import probability_of
from mudmai.linkage.rules.schemes import UNKNOWN
from mudmai.linkage.rules.subjects import Candidate, Match, Subject
from mudmai.linkage.services.scoring import Scorer

Evidence = dict[str, dict[str, Any]]


class Findings:
    """The pairs that brought rows together or need an answer, and what is needed to write down why."""

    def __init__(self, plain: dict[str, Pair], joined: list[Pair], asked: list[Pair], scorer: Scorer) -> None:
        """`plain`: {row: the one pair that settles it}."""
        self.plain, self.asked, self.scorer = plain, asked, scorer
        self.joins: dict[str, list[Pair]] = defaultdict(list)
        for pair in joined:
            self.joins[pair.left].append(pair)
            self.joins[pair.right].append(pair)
        self._rows = {key: place for place, key in enumerate(scorer.table.keys[: scorer.table.rows])}
        self._kept: dict[tuple[Any, ...], Evidence] = {}

    def _place(self, key: str) -> int:
        place = self._rows.get(key)
        return self.scorer.table.persons[key] if place is None else place

    def evidence(self, pair: Pair, *, shown: bool = False) -> Evidence:
        """What speaks for and against a pair. The 13-digit id is never written down, only whether it agrees.

        `shown` adds the values of both sides. Equal evidence of sure links is one object: a list has many of them.
        """
        place = self._place(pair.left)
        extra = {name: round(bits, 1) for name, bits in self.scorer.rareness(place, pair.levels).items()}
        key = (pair.levels, *extra.values(), pair.reason)
        evidence = self._kept.get(key)
        if evidence is None:
            evidence = self._kept[key] = self._written(pair, extra)
        return self._with_values(evidence, place, self._place(pair.right)) if shown else evidence

    def _written(self, pair: Pair, extra: dict[str, float]) -> Evidence:
        model, levels = self.scorer.model, pair.levels._asdict()
        plain = model.plain(pair.levels)
        return {"why": {"level": pair.reason, "model": model.version}} | {
            name: {"level": levels[name], "weight": round(bits + extra.get(name, 0.0), 1)}
            for name, bits in plain.items()
            if levels[name] != UNKNOWN
        }

    def _with_values(self, evidence: Evidence, left: int, right: int) -> Evidence:
        shown = self.scorer.table.shown
        return {
            name: found | {"left": shown[name][left], "right": shown[name][right]} if name in shown else found
            for name, found in evidence.items()
        }


def matches_of(subjects: Sequence[Subject], groups: Groups, findings: Findings) -> list[Match]:
    """One answer for each row, in the order given."""
    first: dict[str, str] = {}
    for subject in subjects:
        first.setdefault(groups.root(subject.key), subject.key)
    questions = _questions(groups, findings.asked)
    return [
        _settled(findings.plain[subject.key], findings)
        if subject.key in findings.plain
        else _match(subject.key, first, groups, findings, questions.get(subject.key, []))
        for subject in subjects
    ]


def _questions(groups: Groups, asked: list[Pair]) -> dict[str, list[Pair]]:
    """{row: what to ask about it}, each question on the side that is not a registered person by now."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in asked:
        if groups.person(pair.left) is not None and groups.person(pair.right) is None:
            pair = pair._replace(left=pair.right, right=pair.left)  # the findings are the same both ways
        if groups.person(pair.left) is None and groups.root(pair.left) != groups.root(pair.right):
            found[pair.left].append(pair)
    return found


def _settled(pair: Pair, findings: Findings) -> Match:
    evidence = findings.evidence(pair)
    return Match(pair.left, "linked", pair.right, probability_of(pair.bits), "cid", evidence)


def _match(key: str, first: dict[str, str], groups: Groups, findings: Findings, asked: list[Pair]) -> Match:
    person = groups.person(key)
    others = _others(asked, first, groups, findings)
    target = person if person is not None else first[groups.root(key)]
    if target == key:
        best = others[0] if others else Candidate("", 0.0, {})
        return Match(key, "review" if others else "new", None, best.score, "model", best.evidence, others)
    pair = _why(key, target, groups, findings)
    evidence = findings.evidence(pair)
    basis = "cid" if pair.by_id else "model"
    return Match(key, "linked", target, probability_of(pair.bits), basis, evidence, others)  # type: ignore[arg-type]  # both are bases


def _why(key: str, target: str, groups: Groups, findings: Findings) -> Pair:
    """The pair that tells best why a row is where it is: with the target itself, else with another of the group."""
    root = groups.root(target)
    joins = [pair for pair in findings.joins[key] if groups.root(pair.left) == groups.root(pair.right) == root]
    return max(joins, key=lambda pair: (target in (pair.left, pair.right), pair.by_id, pair.bits))


def _others(asked: list[Pair], first: dict[str, str], groups: Groups, findings: Findings) -> tuple[Candidate, ...]:
    """Whom to ask about: the best candidates of other groups, each group once."""
    thresholds = findings.scorer.model.thresholds
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
