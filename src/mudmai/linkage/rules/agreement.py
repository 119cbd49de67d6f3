"""How far two people agree who answer the same questions.

Source: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960).
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Agreement(NamedTuple):
    """`kappa` is 1 for full agreement, 0 for what chance alone would give; None where both always say one thing."""

    n: int
    agreed: int
    kappa: float | None
    counts: dict[tuple[str, str], int]

    @property
    def rate(self) -> float | None:
        return self.agreed / self.n if self.n else None


def agreement(answers: Iterable[tuple[str, str]]) -> Agreement:
    """Agreement and Cohen's kappa of pairs of answers (the one's, the other's).

    >>> yes, no = "same", "different"
    >>> cohen = agreement([(yes, yes)] * 20 + [(yes, no)] * 5 + [(no, yes)] * 10 + [(no, no)] * 15)
    >>> cohen.n, cohen.rate, round(cohen.kappa, 3)
    (50, 0.7, 0.4)
    >>> agreement([(yes, yes)] * 3).kappa is None
    True
    """
    counts = Counter(answers)
    n = sum(counts.values())
    agreed = sum(count for (one, other), count in counts.items() if one == other)
    if not n:
        return Agreement(0, 0, None, {})
    ones: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for (one, other), count in counts.items():
        ones[one] += count
        others[other] += count
    by_chance = sum(ones[word] * others[word] for word in ones) / n**2
    kappa = None if by_chance == 1 else (agreed / n - by_chance) / (1 - by_chance)
    return Agreement(n, agreed, kappa, dict(counts))
