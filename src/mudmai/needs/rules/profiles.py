"""Multidimensional poverty of an area after Alkire and Foster, with bounds for what is not known.

    H   the share of people who are poor: who fail in dimensions of at least the weight k together
    A   how many (weighted) dimensions the poor fail in on average, as a share of all
    M0  H × A: the share of all failures that there could be which the poor bear

What is not known is once taken as passed and once as failed; the truth lies between. Equal weights unless told others.
Source:  S. Alkire, J. Foster, Counting and multidimensional poverty measurement, J. Public Econ. 95 (2011) 476–487;
         TPMAP's own rule (failing one of five dimensions) is k = 1 of 5, reference §1.3.4 (A) and §1.3.8 (A).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from mudmai.needs.rules.frameworks import DIMENSIONS

Profile = tuple[int, int]  # bits of the dimensions failed, and of those not known
Profiles = Mapping[Profile, int]  # how many people
EXACT = 1e-12


class Bounds(NamedTuple):
    """The least and the most that a number can be."""

    low: float
    high: float


class Poverty(NamedTuple):
    """The three numbers; None where nobody is, or nobody can be poor."""

    people: int
    h: Bounds | None
    a: Bounds | None
    m0: Bounds | None


def alkire_foster(profiles: Profiles, k: float = 1, weights: Mapping[str, float] | None = None) -> Poverty:
    """H, A and M0 of these people. Weights count dimensions, one each where none are given; so does `k`."""
    told = weights or dict.fromkeys(DIMENSIONS, 1.0)
    total = sum(told.get(code, 0.0) for code in DIMENSIONS)
    if total <= 0 or not 0 < k <= total + EXACT:
        raise ValueError("k lies above zero and not above the sum of the weights")
    each = [told.get(code, 0.0) / total for code in DIMENSIONS]
    line = k / total - EXACT
    people = sum(profiles.values())
    if not people:
        return Poverty(0, None, None, None)
    options = [(list(_shares(profile, each)), n) for profile, n in profiles.items()]
    low = [(min(shares), n) for shares, n in options]
    high = [(max(shares), n) for shares, n in options]

    def poor(found: list[tuple[float, int]]) -> float:
        return sum(n for share, n in found if share >= line) / people

    def borne(found: list[tuple[float, int]]) -> float:
        return sum(share * n for share, n in found if share >= line) / people

    can_be_poor = poor(high) > 0
    return Poverty(
        people,
        Bounds(poor(low), poor(high)),
        Bounds(_extreme(options, line, min), _extreme(options, line, max)) if can_be_poor else None,
        Bounds(borne(low), borne(high)),
    )


def _shares(profile: Profile, each: list[float]) -> Iterator[float]:
    """Every share of dimensions that somebody of a profile may fail in."""
    failed, unsure = profile
    sure = sum(weight for place, weight in enumerate(each) if failed >> place & 1)
    open_ = [weight for place, weight in enumerate(each) if unsure >> place & 1]
    for chosen in range(1 << len(open_)):
        yield sure + sum(weight for place, weight in enumerate(open_) if chosen >> place & 1)


def _extreme(options: list[tuple[list[float], int]], line: float, which: Callable[..., float]) -> float:
    """The least or the greatest average share among the poor.

    A quotient of two sums over independent choices (Dinkelbach 1967): with the best quotient so far, each profile
    chooses alone whether, and with how much, it is poor; the quotient of these choices is the next one.
    """
    average = _quotient([(which(s for s in shares if s >= line), n) for shares, n in options if max(shares) >= line])
    while True:
        chosen: list[tuple[float, int]] = []
        for shares, n in options:
            poor = [share for share in shares if share >= line]
            if poor and (min(shares) >= line or which(which(poor) - average, 0.0) != 0.0):
                chosen.append((which(poor), n))
        found = _quotient(chosen) if chosen else average
        if abs(found - average) < EXACT:
            return average
        average = found


def _quotient(chosen: list[tuple[float, int]]) -> float:
    return sum(share * n for share, n in chosen) / sum(n for _, n in chosen)
