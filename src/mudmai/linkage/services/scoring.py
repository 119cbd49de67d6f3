"""Scored pairs: a few rows in plain Python, many with Splink on DuckDB. Both use the same model and agree."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from mudmai.linkage.rules.comparisons import BLOCKING, Levels, compare
from mudmai.linkage.rules.model import Model, Shares
from mudmai.linkage.rules.sides import Side


class Scored(NamedTuple):
    """One pair by place, and what its findings weigh together with the prior."""

    left: int
    right: int
    bits: float
    levels: Levels


def score_few(
    open_rows: Sequence[int], sides: Sequence[Side], partner: Callable[[int, int], bool],
    shares: Shares, model: Model, least: float,
) -> Iterator[Scored]:  # fmt: skip
    """Pairs of these rows with everybody whom a blocking rule brings together with them, of at least so many bits.

    `partner(left, right)` says whether a pair is wanted.
    """
    seen: set[tuple[int, int]] = set()
    for rule in BLOCKING:
        key_of = _key_of(rule)
        wanted: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for left in open_rows:
            key = key_of(sides[left])
            if None not in key:
                wanted[key].append(left)
        for right, side in enumerate(sides):
            for left in wanted.get(key_of(side), ()):
                if (left, right) not in seen and partner(left, right):
                    seen.add((left, right))
                    scored = _score(left, right, sides, shares, model)
                    if scored.bits >= least:
                        yield scored


def _key_of(rule: Sequence[str]) -> Callable[[Side], tuple[Any, ...]]:
    return itemgetter(*(Side._fields.index(name) for name in rule))


def _score(left: int, right: int, sides: Sequence[Side], shares: Shares, model: Model) -> Scored:
    levels = compare(sides[left], sides[right])
    bits = model.bits(levels, sides[left], sides[right], shares)
    return Scored(left, right, model.total(bits, len(sides)), levels)
