"""The weights, read once from `model.toml`, and what a set of findings weighs."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mudmai.linkage.rules.comparisons import COMPARISONS, UNKNOWN, Levels
from mudmai.linkage.rules.sides import Side

Shares = Mapping[str, Mapping[str, float]]  # {column: {value: share among all people at hand}}


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

    def share(self, column: str, count: int, people: int) -> float:
        """The share of a name that so many of the people at hand bear."""
        usual = self.weights[column]["exact"].u
        return (count + usual * self.imagined) / (people + self.imagined)

    def bits(self, levels: Levels, left: Side, right: Side, shares: Shares) -> dict[str, float]:
        """What each finding weighs."""
        found: dict[str, float] = {}
        for name, code in zip(Levels._fields, levels, strict=True):
            if code == UNKNOWN:
                found[name] = 0.0
                continue
            weight = self.weights[name][code]
            found[name] = weight.bits
            if weight.frequency:
                share = shares[name].get(getattr(left, name))
                if share is not None:
                    found[name] += math.log2(weight.u / max(share, weight.least))
        return found

    def total(self, bits: Mapping[str, float], people: int) -> float:
        """The weight of all findings together with the prior, in bits."""
        return bits_of(self.prior(people)) + sum(bits.values())


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
    return round(1.0 / (1.0 + 2.0 ** -min(bits, 60.0)), 4)


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
