"""The weights, read once from `model.toml`, and what a set of findings weighs."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mudmai.linkage.rules.comparisons import COMPARISONS, UNKNOWN, Levels
from mudmai.linkage.rules.sides import Side


@dataclass(frozen=True, slots=True)
class Weight:
    """How often one finding is made of one person (m) and of two (u)."""

    m: float
    u: float
    frequency: bool = False
    least: float = 0.0

    @property
    def bits(self) -> float:
        return math.log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where sure and unsure begin; `lead` and `near_best` in bits."""

    sure: float
    ask: float
    lead: float
    near_best: float
    most_asked: int


@dataclass(frozen=True)
class Model:
    """All weights of one version."""

    version: str
    fewest: int
    most: int
    imagined: int
    thresholds: Thresholds
    weights: dict[str, dict[str, Weight]]

    def prior(self, people: int) -> float:
        """The chance that two random rows are the same person, when so many people are at hand."""
        return 1.0 / min(max(people, self.fewest), self.most)

    def plain(self, levels: Levels) -> dict[str, float]:
        """What each finding weighs, before it is asked how common the names are."""
        return {
            name: 0.0 if code == UNKNOWN else self.weights[name][code].bits
            for name, code in zip(Levels._fields, levels, strict=True)
        }

    def extra(self, levels: Levels, left: Side, names: "Names") -> dict[str, float]:
        """What the rareness of an agreeing name adds; below zero for a common one."""
        found = {}
        if levels.given == "exact":
            found["given"] = names.given.get(left.given or "", 0.0)
        if levels.family == "exact":
            found["family"] = names.family.get(left.family or "", 0.0)
        return found

    def names(self, given: Mapping[str, int], family: Mapping[str, int]) -> "Names":
        """How common each name is, from how many of the people at hand bear it."""
        shares = [self._shares("given", given), self._shares("family", family)]
        return Names(
            *(self._rareness(at, share) for at, share in zip(("given", "family"), shares, strict=True)), *shares
        )

    def _shares(self, column: str, counts: Mapping[str, int]) -> dict[str, float]:
        usual, people = self.weights[column]["exact"].u, sum(counts.values())
        return {name: (n + usual * self.imagined) / (people + self.imagined) for name, n in counts.items()}

    def _rareness(self, column: str, shares: Mapping[str, float]) -> dict[str, float]:
        exact = self.weights[column]["exact"]
        return {name: math.log2(exact.u / max(share, exact.least)) for name, share in shares.items()}


class Names(NamedTuple):
    """Of each name at hand: the bits that its rareness adds, and its share."""

    given: dict[str, float]
    family: dict[str, float]
    given_shares: dict[str, float]
    family_shares: dict[str, float]


def bits_of(probability: float) -> float:
    """A chance as bits of evidence.

    >>> bits_of(0.5), round(bits_of(0.99), 2)
    (0.0, 6.63)
    """
    return math.log2(probability / (1.0 - probability))


def probability_of(bits: float) -> float:
    """Bits of evidence as a chance between 0 and 1, with four decimals.

    >>> probability_of(0.0), probability_of(6.63), probability_of(-2000.0)
    (0.5, 0.99, 0.0)
    """
    if bits < -60:
        return 0.0
    return round(1.0 / (1.0 + math.pow(2.0, -min(bits, 60.0))), 4)


@cache
def model() -> Model:
    """The model in use. Raises ValueError where a finding has no weight, or a weight no finding."""
    read: dict[str, Any] = tomllib.loads(Path(__file__).with_name("model.toml").read_text(encoding="utf-8"))
    weights = {
        comparison.name: {code: Weight(**numbers) for code, numbers in read[comparison.name].items()}
        for comparison in COMPARISONS
    }
    for comparison in COMPARISONS:
        codes = {level.code for level in comparison.levels} | {comparison.otherwise}
        if codes != weights[comparison.name].keys():
            raise ValueError(f"model.toml and comparisons.py differ about {comparison.name}")
    return Model(read["version"], **read["prior"], thresholds=Thresholds(**read["thresholds"]), weights=weights)
