"""From groups to one answer for each row, with the evidence in a form that can be kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from mudmai.linkage.rules.groups import Groups, Pair
from mudmai.linkage.rules.model import probability_of
from mudmai.linkage.rules.schemes import UNKNOWN
from mudmai.linkage.rules.subjects import Candidate, Match
from mudmai.linkage.services.scoring import Scored, Scorer

Evidence = dict[str, dict[str, Any]]


class Findings:
    """The pairs that brought rows together or need an answer, and what is needed to write down why."""

    def __init__(self, joined: list[Pair], asked: list[Pair], scorer: Scorer, met: Mapping[str, int]) -> None:
        """`met`: the places of all who stand in a pair."""
        self.asked, self.scorer, self._met = asked, scorer, met
        self.joins: dict[str, list[Pair]] = defaultdict(list)
        for pair in joined:
            self.joins[pair.left].append(pair)
            self.joins[pair.right].append(pair)
        self._plain: dict[Any, Evidence] = {}
        self._kept: dict[tuple[Any, ...], Evidence] = {}
        self._shown = scorer.table.shown(key for pair in asked for key in (pair.left, pair.right))

    def of_pair(self, pair: Pair) -> Evidence:
        """What speaks for and against a pair."""
        return self.evidence(self._met[pair.left], pair.levels, pair.reason)

    def evidence(self, left: int, levels: Any, reason: str) -> Evidence:
        """The same, by the place of the left side. The 13-digit id is never written down, only whether it agrees.

        Equal evidence is one object: a list has many of them.
        """
        rare = self.scorer.rareness(left, levels)
        evidence = self._kept.get((levels, reason, rare))
        if evidence is None:
            rounded = tuple(round(bits, 1) for bits in rare)
            evidence = self._kept.get((levels, reason, rounded)) or self._written(levels, reason, rounded)
            self._kept |= {(levels, reason, bits): evidence for bits in (rare, rounded)}
        return evidence

    def _written(self, levels: Any, reason: str, rare: tuple[float, ...]) -> Evidence:
        model = self.scorer.model
        plain = self._plain.get(levels)
        if plain is None:
            plain = self._plain[levels] = {
                name: {"level": getattr(levels, name), "weight": round(bits, 1)}
                for name, bits in model.plain(levels).items()
                if getattr(levels, name) != UNKNOWN
            }
        evidence: Evidence = {"why": {"level": reason, "model": model.version}, **plain}
        for (at, code, _of), bits in zip(model.scheme.frequencies, rare, strict=True):
            if levels[at] == code:
                name = levels._fields[at]
                weight = model.weights[name][code].bits + bits
                evidence[name] = {"level": code, "weight": round(weight, 1)}
        return evidence

    def with_values(self, pair: Pair) -> Evidence:
        """The evidence of a question, with the values of both sides."""
        left, right = self._shown.get(pair.left, {}), self._shown.get(pair.right, {})
        return {
            name: found | {"left": left[name], "right": right[name]} if name in left else found
            for name, found in self.of_pair(pair).items()
        }


class Answers:
    """From groups to one answer for each row."""

    def __init__(self, groups: Groups, findings: Findings, rows: Iterable[str]) -> None:
        """`rows`: the keys of those that are not settled, in the order of the list."""
        self._groups, self._findings = groups, findings
        self._thresholds = findings.scorer.model.thresholds
        self._first: dict[str, str] = {}
        for key in rows:
            self._first.setdefault(groups.root(key), key)
        self._questions = self._asked()

    def _asked(self) -> dict[str, list[Pair]]:
        """{row: what to ask about it}, each question on the side that is not a registered person by now."""
        groups, found = self._groups, defaultdict[str, list[Pair]](list)
        for pair in self._findings.asked:
            if groups.person(pair.left) is not None and groups.person(pair.right) is None:
                pair = pair._replace(left=pair.right, right=pair.left)  # the findings are the same both ways
            if groups.person(pair.left) is None and groups.root(pair.left) != groups.root(pair.right):
                found[pair.left].append(pair)
        return found

    def settled(self, scored: Scored) -> Match:
        """The answer for a row whose id leads to one person, when nothing else was found about either."""
        keys = self._findings.scorer.table.keys
        evidence = self._findings.evidence(scored.left, scored.levels, "cid")
        return Match(keys[scored.left], "linked", keys[scored.right], probability_of(scored.bits), "cid", evidence)

    def of(self, key: str) -> Match:
        """The answer for any other row."""
        others = self._others(self._questions[key]) if key in self._questions else ()
        root = self._groups.root(key)
        target = self._groups.person(root) or self._first[root]
        if target == key:
            best = others[0] if others else Candidate("", 0.0, {})
            return Match(key, "review" if others else "new", None, best.score, "model", best.evidence, others)
        pair = self._why(key, target)
        basis = "cid" if pair.by_id else "model"
        evidence = self._findings.of_pair(pair)
        return Match(key, "linked", target, probability_of(pair.bits), basis, evidence, others)  # type: ignore[arg-type]  # both are bases

    def _why(self, key: str, target: str) -> Pair:
        """The pair that tells best why a row is where it is: with the target itself, else with another of the group."""
        joins = self._findings.joins[key]
        if len(joins) > 1:
            root = self._groups.root
            joins = [pair for pair in joins if root(pair.left) == root(pair.right)]
        return max(joins, key=lambda pair: (target in (pair.left, pair.right), pair.by_id, pair.bits))

    def _others(self, asked: list[Pair]) -> tuple[Candidate, ...]:
        """Whom to ask about: the best candidates of other groups, each group once."""
        best: dict[str, Pair] = {}
        for pair in asked:
            root = self._groups.root(pair.right)
            if root not in best or best[root].bits < pair.bits:
                best[root] = pair
        ranked = sorted(best.items(), key=lambda found: (-found[1].bits, found[0]))
        return tuple(
            Candidate(
                self._groups.person(root) or self._first.get(root, pair.right),
                probability_of(pair.bits),
                self._findings.with_values(pair),
            )
            for root, pair in ranked[: self._thresholds.most_asked]
            if pair.bits >= ranked[0][1].bits - self._thresholds.near_best
        )
