"""The weights, read once from `model.toml`, and what a set of findings weighs."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mudmai.linkage.rules.chances import bits_of, probability_of
from mudmai.linkage.rules.people import PEOPLE
from mudmai.linkage.rules.schemes import UNKNOWN, Scheme

__all__ = ["Model", "Names", "Thresholds", "Weight", "bits_of", "model", "probability_of"]


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
    """A scheme with all weights of one version."""

    scheme: Scheme
    version: str
    fewest: int
    most: int
    imagined: int
    thresholds: Thresholds
    weights: dict[str, dict[str, Weight]]

    @classmethod
    def of(cls, scheme: Scheme, told: Mapping[str, Any]) -> "Model":
        """The model that `told` tells, in the form of `model.toml`.

        Raises ValueError where a finding has no weight, or a weight no finding.
        """
        weights = {}
        for comparison in scheme.comparisons:
            numbers = told.get(comparison.name, {})
            if numbers.keys() != set(comparison.findings):
                raise ValueError(f"the weights and the findings of {scheme.name} differ about {comparison.name}")
            weights[comparison.name] = {code: Weight(**numbers[code]) for code in comparison.findings}
        thresholds = Thresholds(**told["thresholds"])
        return cls(scheme, told["version"], **told["prior"], thresholds=thresholds, weights=weights)

    def prior(self, people: int) -> float:
        """The chance that two random rows are the same, when so many are at hand."""
        return 1.0 / min(max(people, self.fewest), self.most)

    def plain(self, levels: Any) -> dict[str, float]:
        """What each finding weighs, before it is asked how common the names are."""
        return {
            name: 0.0 if code == UNKNOWN else self.weights[name][code].bits
            for name, code in zip(levels._fields, levels, strict=True)
        }

    def names(self, counts: Mapping[str, Mapping[str, int]]) -> "Names":
        """How common each name is, from how many of those at hand bear it: {column: {name: count}}."""
        bits, shares = {}, {}
        for at, code, column in self.scheme.frequencies:
            exact = self.weights[self.scheme.comparisons[at].name][code]
            found = shares[column] = self._shares(exact.u, counts[column])
            bits[column] = {name: math.log2(exact.u / max(share, exact.least)) for name, share in found.items()}
        return Names(bits, shares)

    def _shares(self, usual: float, counts: Mapping[str, int]) -> dict[str, float]:
        people = sum(counts.values())
        return {name: (n + usual * self.imagined) / (people + self.imagined) for name, n in counts.items()}


class Names(NamedTuple):
    """By column, of each name at hand: the bits that its rareness adds, and its share."""

    bits: dict[str, dict[str, float]]
    shares: dict[str, dict[str, float]]


def told() -> dict[str, Any]:
    """What `model.toml` tells: the weights as they are shipped."""
    return tomllib.loads(Path(__file__).with_name("model.toml").read_text(encoding="utf-8"))


@cache
def model() -> Model:
    """The model of people as it is shipped. Raises ValueError where a finding has no weight."""
    return Model.of(PEOPLE, told())
