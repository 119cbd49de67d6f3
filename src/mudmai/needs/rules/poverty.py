"""Multidimensional poverty after Alkire and Foster, with bounds for what is not known, and TPMAP's flag.

    H   the share of people who are poor: the weights of what they fail in come to k at least
    A   how much the poor fail in on average, as a share of all there is to fail in
    M0  H × A: the share of all failures that there could be which the poor bear

What is not known is once taken as passed and once as failed; the truth lies between. Weights are equal unless told
otherwise; only their proportions matter, and k is told in the same measure (of five equal weights of 1, k = 2 is two
dimensions). A weight of zero means that a dimension is looked at and does not count. TPMAP's own rule (failing one of
five dimensions is enough) is k = 1 of five.

Source:  S. Alkire, J. Foster, Counting and multidimensional poverty measurement, J. Public Econ. 95 (2011) 476–487;
         reference §1.3.4, §1.3.8 (A); reviewed 2569-11.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from mudmai.kernel.errors import BadInput
from mudmai.needs.rules.words import DIMENSIONS

Profile = tuple[int, int]  # bits of what is failed, and of what is not known
Profiles = Mapping[Profile, int]  # how many people
_EXACT = 1e-12


class WeightsRefused(BadInput):
    """Nothing can be measured with these weights, or with this k."""

    code = "weights_refused"


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
    # {dimension: its share of M0}, with what is not known taken as passed, and as failed; empty where M0 is 0.
    parts_low: dict[str, float] = {}
    parts_high: dict[str, float] = {}


def shares_of(weights: Mapping[str, float] | None, names: Sequence[str] = tuple(DIMENSIONS)) -> dict[str, float]:
    """{dimension: its share of all weights}; equal where no weights are told, zero where one is not named.

    >>> shares_of({"health": 2, "living": 1, "education": 0, "income": 1})["health"]
    0.5
    """
    if weights is None:
        return dict.fromkeys(names, 1 / len(names))
    for name, weight in weights.items():
        if name not in names:
            raise WeightsRefused(_("There is no dimension “%(name)s” to weigh.") % {"name": name})
        if not 0 <= weight < float("inf"):
            raise WeightsRefused(_("The weight of “%(name)s” must be a number from zero on.") % {"name": name})
    total = sum(weights.values())
    if total <= 0:
        raise WeightsRefused(_("All weights are zero, so nothing would count. Give one of them a weight above zero."))
    return {name: weights.get(name, 0.0) / total for name in names}


def alkire_foster(
    profiles: Profiles,
    k: float = 1,
    weights: Mapping[str, float] | None = None,
    names: Sequence[str] = tuple(DIMENSIONS),
) -> Poverty:
    """H, A and M0 of people who fail in, or are not known in, dimensions as the bits of their profiles say."""
    share = shares_of(weights, names)
    total = sum(weights.values()) if weights is not None else float(len(names))
    if not 0 < k <= total + _EXACT:
        raise WeightsRefused(
            _("Poor is who fails in a weight of k together: k lies above zero and not above all weights, %(total)g.")
            % {"total": total}
        )
    people = sum(profiles.values())
    if not people:
        return Poverty(0, None, None, None)
    each, line = list(share.values()), k / total - _EXACT
    options = [(sorted(_shares(profile, each)), n) for profile, n in profiles.items()]
    surely = sum(n for shares, n in options if shares[0] >= line)
    perhaps = sum(n for shares, n in options if shares[-1] >= line)
    low = sum(shares[0] * n for shares, n in options if shares[0] >= line)
    high = sum(shares[-1] * n for shares, n in options if shares[-1] >= line)
    return Poverty(
        people,
        Bounds(surely / people, perhaps / people),
        Bounds(_extreme(options, line, -1), _extreme(options, line, 1)) if perhaps else None,
        Bounds(low / people, high / people),
        _parts(profiles, share, line, low, with_unknown=False),
        _parts(profiles, share, line, high, with_unknown=True),
    )


def is_poor(failed: int, unsure: int) -> bool | None:
    """TPMAP's flag: failing in any dimension; None where that is not known.

    >>> is_poor(0b1, 0b10), is_poor(0, 0b10), is_poor(0, 0)
    (True, None, False)
    """
    return True if failed else None if unsure else False


def _shares(profile: Profile, each: Sequence[float]) -> Iterator[float]:
    """Every share of all weights that somebody of a profile may fail in."""
    failed, unsure = profile
    sure = sum(weight for place, weight in enumerate(each) if failed >> place & 1)
    found = [sure]
    for place, weight in enumerate(each):
        if unsure >> place & 1 and weight:
            found += [share + weight for share in found]
    yield from found


def _extreme(options: Sequence[tuple[list[float], int]], line: float, sign: int) -> float:
    """The least (sign -1) or the greatest (sign 1) average share among the poor.

    Each profile that may be poor chooses whether it is, and with how much. The best average cannot be told profile by
    profile; but whether some choice beats a given average can, and the best choice against one average gives the next,
    until it stays (Dinkelbach 1967).
    """
    average = _mean([(max(shares, key=lambda s: sign * s), n) for shares, n in options if shares[-1] >= line])
    while True:
        chosen = []
        for shares, n in options:
            best = max((share for share in shares if share >= line), key=lambda s: sign * s, default=None)
            if best is not None and (shares[0] >= line or sign * (best - average) > 0):
                chosen.append((best, n))
        found = _mean(chosen) if chosen else average
        if not chosen:
            # Nobody is surely poor, and nobody alone beats the average: the best one alone is the answer.
            poor = [share for shares, _n in options for share in shares if share >= line]
            return max(poor, key=lambda s: sign * s)
        if abs(found - average) < _EXACT:
            return found
        average = found


def _mean(chosen: Sequence[tuple[float, int]]) -> float:
    return sum(share * n for share, n in chosen) / sum(n for _, n in chosen)


def _parts(
    profiles: Profiles, share: Mapping[str, float], line: float, borne: float, *, with_unknown: bool
) -> dict[str, float]:
    """{dimension: its part of all that the poor bear}."""
    if borne <= 0:
        return {}
    parts = dict.fromkeys(share, 0.0)
    for (failed, unsure), n in profiles.items():
        fails = failed | unsure if with_unknown else failed
        hit = [name for place, name in enumerate(share) if fails >> place & 1]
        if sum(share[name] for name in hit) >= line:
            for name in hit:
                parts[name] += share[name] * n / borne
    return parts
