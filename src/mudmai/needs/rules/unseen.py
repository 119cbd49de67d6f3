"""How many nobody has found yet: capture–recapture, from how the sources that did find people overlap.

Two sources: Chapman (bias-corrected Lincoln–Petersen), with the transformed logit interval of Sadinle.
Three or four: log-linear models with dependences of pairs, chosen by AICc, with an interval by profile likelihood;
beside them Chao's lower bound. Where the sources cannot tell, a refusal with its reason, never a number.

Source:  Chapman 1951; Seber 1982 §3.1 (variance); Sadinle 2009 (interval); Fienberg 1972 and Cormack 1992 (log-linear,
         profile likelihood); Chao 1987 (lower bound, interval); Burnham & Anderson 2002 (AICc, difference of two);
         docs/rules/unseen.md; reviewed 2569-11.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from math import exp, inf, lgamma, log, sqrt

import numpy as np
import numpy.typing as npt

History = tuple[bool, ...]
Pairs = tuple[tuple[int, int], ...]

CHAPMAN, LOG_LINEAR, CHAO = "chapman", "log_linear", "chao"
# Reasons why nothing is said.
NOBODY, ONE_SOURCE, NO_OVERLAP, COMPLETE, TOO_MANY, NO_MODEL = (
    "nobody", "one_source", "no_overlap", "complete", "too_many_sources", "no_model",
)  # fmt: skip
# What weakens an answer.
FEW_SHARED, NO_UPPER, SOURCE_EMPTY, NESTED, MODELS_DIFFER, NO_TEST, BAD_FIT = (
    "few_shared", "no_upper", "source_empty", "nested", "models_differ", "no_test", "bad_fit",
)  # fmt: skip

MOST_SOURCES = 4
Z = 1.959964  # 95 %
CHI2 = 3.841459  # 95 %, one degree of freedom
# 95 % of the chi-squared distribution by degrees of freedom: a model of which the deviance lies beyond fits badly.
CHI2_OF = (0.0, 3.84, 5.99, 7.81, 9.49, 11.07, 12.59, 14.07, 15.51, 16.92, 18.31)
# Below seven shared people the bias of Chapman's estimate is no longer small: Seber 1982 p. 60 (Robson & Regier 1964).
ENOUGH_SHARED = 7
AS_GOOD = 2.0  # models this near in AICc are as good; the simplest is taken
FARTHEST = 50  # times as many as were seen: an upper end beyond is none
LARGEST_EFFECT = 12.0  # of a parameter: beyond, a cell without anybody has driven it off


@dataclass(frozen=True)
class Refusal:
    """Why the sources cannot tell; `source` is the one that holds everybody."""

    code: str
    seen: int
    source: int = -1


@dataclass(frozen=True)
class Fit:
    """One log-linear model: which pairs of sources depend on each other, and how many there are by it."""

    pairs: Pairs
    total: float
    error: float
    deviance: float
    free: int
    aicc: float
    bic: float


@dataclass(frozen=True)
class Estimate:
    """How many there are, with the 95 % interval. `high` is infinite where nothing bounds it."""

    method: str
    seen: int
    total: float
    low: float
    high: float
    error: float
    pairs: Pairs = ()
    fits: tuple[Fit, ...] = ()
    at_least: float = 0.0  # Chao's lower bound, where there are three sources or more
    notes: tuple[str, ...] = ()

    @property
    def unseen(self) -> float:
        return max(self.total - self.seen, 0.0)

    @property
    def unseen_low(self) -> float:
        return max(self.low - self.seen, 0.0)

    @property
    def unseen_high(self) -> float:
        return self.high - self.seen


def counted(histories: Iterable[Sequence[bool]]) -> dict[History, int]:
    """{history: how many people}; one history a person: whether each source has her."""
    found: dict[History, int] = {}
    for history in histories:
        key = tuple(map(bool, history))
        found[key] = found.get(key, 0) + 1
    return found


def estimate(counts: Mapping[History, int]) -> Estimate | Refusal:
    """How many there are, by the overlap of two to four sources; a refusal where they cannot tell.

    >>> found = estimate({(True, True): 167, (True, False): 781, (False, True): 254})
    >>> round(found.total), round(found.error)
    (2383, 129)
    """
    counts = {history: n for history, n in counts.items() if n > 0 and any(history)}
    seen = sum(counts.values())
    if not counts:
        return Refusal(NOBODY, 0)
    width = len(next(iter(counts)))
    sizes = [sum(n for history, n in counts.items() if history[source]) for source in range(width)]
    used = [source for source in range(width) if sizes[source]]
    if len(used) < 2:
        return Refusal(ONE_SOURCE, seen, used[0])
    if len(used) > MOST_SOURCES:
        return Refusal(TOO_MANY, seen)
    notes = [SOURCE_EMPTY] if len(used) < width else []
    whole = next((source for source in used if sizes[source] == seen), None)
    if whole is not None:
        return Refusal(COMPLETE, seen, whole)
    apart = _without_nested(counts, used)
    if len(apart) < len(used):
        notes.append(NESTED)
    merged = _only(counts, apart)
    if not any(sum(history) > 1 for history in merged):
        return Refusal(NO_OVERLAP, seen)
    if len(apart) == 2:
        both = sum(n for history, n in merged.items() if all(history))
        return chapman(sizes[apart[0]], sizes[apart[1]], both, notes=tuple(notes))
    return _many(merged, apart, tuple(notes))


def _without_nested(counts: Mapping[History, int], used: Sequence[int]) -> list[int]:
    """The sources without those of which everybody stands in another one too: a part of a list is no second look."""
    left = list(used)
    for source in sorted(used, key=lambda each: sum(n for history, n in counts.items() if history[each])):
        inside = any(all(history[other] for history in counts if history[source]) for other in left if other != source)
        if inside and len(left) > 2:
            left.remove(source)
    return left


def _only(counts: Mapping[History, int], used: Sequence[int]) -> dict[History, int]:
    found: dict[History, int] = {}
    for history, n in counts.items():
        key = tuple(history[source] for source in used)
        found[key] = found.get(key, 0) + n
    return found


def chapman(first: int, second: int, both: int, *, notes: tuple[str, ...] = ()) -> Estimate:
    """Two sources: how many each has, and how many are in both."""
    total = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    seen = first + second - both
    # Sadinle 2009: counts with a half added, on the scale of the logarithm of those in neither.
    a, b, c = both + 0.5, first - both + 0.5, second - both + 0.5
    spread = Z * sqrt(1 / a + 1 / b + 1 / c + a / (b * c))
    neither = b * c / a
    low, high = seen - 0.5 + neither * exp(-spread), seen - 0.5 + neither * exp(spread)
    weak = (FEW_SHARED,) if both < ENOUGH_SHARED else ()
    return Estimate(CHAPMAN, seen, total, max(low, float(seen)), high, sqrt(variance), notes=(*notes, *weak))


def chao(seen: int, once: int, twice: int, sources: int) -> Estimate:
    """At least so many there are, however unequally people are found: from those found once and twice."""
    share = (sources - 1) / sources
    more = share * once * (once - 1) / (2 * (twice + 1))
    variance = (
        more
        + share**2 * once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
        + share**2 * once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    if more <= 0:
        return Estimate(CHAO, seen, float(seen), float(seen), float(seen), 0.0)
    reach = exp(Z * sqrt(log(1 + variance / more**2)))
    return Estimate(CHAO, seen, seen + more, seen + more / reach, seen + more * reach, sqrt(variance))


def models(sources: int) -> list[Pairs]:
    """Every set of dependences of pairs, the simplest first."""
    pairs = list(combinations(range(sources), 2))
    return list(chain.from_iterable(combinations(pairs, size) for size in range(len(pairs) + 1)))


def fit(counts: Mapping[History, int], pairs: Pairs) -> Fit | None:
    """One log-linear model by maximum likelihood; None where the data do not decide its parameters."""
    table = _Table(counts, pairs)
    beta = table.solve(table.told, table.design)
    if beta is None or np.abs(beta[1:]).max() > LARGEST_EFFECT:
        return None
    mean = np.exp(table.design @ beta)
    information = table.design.T @ (mean[:, None] * table.design)
    try:
        spread = np.linalg.inv(information)
    except np.linalg.LinAlgError:
        return None
    neither = exp(float(beta[0]))
    seen, size = float(table.told.sum()), len(beta)
    # The variance of a sum of those seen and a number that was estimated: Rivest & Lévesque 2001.
    error = sqrt(neither + neither**2 * float(spread[0, 0]))
    loglik = float((table.told * np.log(mean) - mean).sum()) - sum(lgamma(n + 1) for n in table.told)
    aic = -2 * loglik + 2 * size
    aicc = aic + 2 * size * (size + 1) / (seen - size - 1) if seen > size + 1 else inf
    return Fit(
        pairs, seen + neither, error, table.deviance(table.told, mean), len(table.told) - size, aicc,
        -2 * loglik + size * log(seen),
    )  # fmt: skip


def profile(counts: Mapping[History, int], pairs: Pairs) -> tuple[float, float, float]:
    """The likeliest number by one model, and its 95 % interval by profile likelihood; the upper end may be infinite."""
    table = _Table(counts, pairs)
    seen = float(table.told.sum())
    best = _highest(table, seen)
    top = table.likelihood(best)
    wanted = top - CHI2 / 2
    low = 0.0 if table.likelihood(0.0) >= wanted else _crossing(table, wanted, 0.0, best)
    far = max(best, 1.0)
    while table.likelihood(far) > wanted:
        far *= 2
        if far > FARTHEST * seen:
            return seen + best, seen + low, inf
    return seen + best, seen + low, seen + _crossing(table, wanted, far, max(best, far / 4))


def _many(counts: dict[History, int], used: Sequence[int], notes: tuple[str, ...]) -> Estimate | Refusal:
    """Three or four sources: the best log-linear model, and Chao's bound beside it."""
    seen = sum(counts.values())
    fits = [found for pairs in models(len(used)) if (found := fit(counts, pairs)) is not None]
    once = sum(n for history, n in counts.items() if sum(history) == 1)
    twice = sum(n for history, n in counts.items() if sum(history) == 2)
    bound = chao(seen, once, twice, len(used))
    if not fits:
        return Refusal(NO_MODEL, seen)
    best = min(each.aicc for each in fits)
    # Where there are too few people even to compare, all are as good, and the simplest stands.
    near = [each for each in fits if each.aicc <= best + AS_GOOD]
    chosen = min(near, key=lambda each: (len(each.pairs), each.aicc))
    total, low, high = profile(counts, chosen.pairs)
    weak = []
    if seen - once < ENOUGH_SHARED:
        weak.append(FEW_SHARED)
    if high == inf:
        weak.append(NO_UPPER)
    if any(not low <= each.total <= high for each in near):
        weak.append(MODELS_DIFFER)
    if 0 < chosen.free < len(CHI2_OF) and chosen.deviance > CHI2_OF[chosen.free]:
        weak.append(BAD_FIT)
    if chosen.free == 0:
        # Every pair depends: nothing is left to test the model by. Van Hest 2007: such totals are often far too high.
        weak.append(NO_TEST)
    named = [tuple((used[a], used[b]) for a, b in each.pairs) for each in fits]
    told = tuple(
        Fit(pairs, each.total, each.error, each.deviance, each.free, each.aicc, each.bic)
        for pairs, each in zip(named, fits, strict=True)
    )
    pairs = tuple((used[a], used[b]) for a, b in chosen.pairs)
    return Estimate(
        LOG_LINEAR, seen, total, low, high, chosen.error, pairs,
        tuple(sorted(told, key=lambda each: each.aicc)), bound.total, (*notes, *weak),
    )  # fmt: skip


Numbers = npt.NDArray[np.float64]


class _Table:
    """The counts of all histories but the empty one, and the design of a model for them; the empty one comes first."""

    def __init__(self, counts: Mapping[History, int], pairs: Pairs) -> None:
        sources = len(next(iter(counts)))
        histories = list(product((0, 1), repeat=sources))  # (0, 0, …) first
        columns = [[1.0, *map(float, h), *(float(h[a] * h[b]) for a, b in pairs)] for h in histories]
        self.whole: Numbers = np.array(columns)
        self.design: Numbers = self.whole[1:]
        self.told: Numbers = np.array([float(counts.get(tuple(map(bool, history)), 0)) for history in histories[1:]])
        self._start: Numbers | None = None

    def solve(self, told: Numbers, design: Numbers, start: Numbers | None = None) -> Numbers | None:
        """The parameters of the Poisson model, by Newton's method; None where it does not settle."""
        beta = np.linalg.lstsq(design, np.log(told + 0.5), rcond=None)[0] if start is None else start
        for _round in range(60):
            mean = np.exp(np.clip(design @ beta, -30, 30))
            try:
                step = np.linalg.solve(design.T @ (mean[:, None] * design), design.T @ (told - mean))
            except np.linalg.LinAlgError:
                return None
            largest = float(np.abs(step).max())
            if not np.isfinite(largest):
                return None
            beta = beta + step * min(1.0, 4.0 / largest if largest else 1.0)
            if largest < 1e-8:
                return np.asarray(beta)
        return np.asarray(beta)

    @staticmethod
    def deviance(told: Numbers, mean: Numbers) -> float:
        held = told > 0
        return float(2 * ((told[held] * np.log(told[held] / mean[held])).sum() - (told - mean).sum()))

    def likelihood(self, neither: float) -> float:
        """The logarithm of the likelihood, where so many were found by nobody and the rest of the model fits best."""
        told = np.concatenate([[neither], self.told])
        beta = self.solve(told, self.whole, self._start)
        if beta is None:
            return -inf
        if np.abs(beta).max() < LARGEST_EFFECT:
            self._start = beta
        total = float(told.sum())
        share = np.clip(self.whole @ beta, -30, 30) - log(total)
        return lgamma(total + 1) - lgamma(neither + 1) + float((told * share).sum())


def _highest(table: _Table, seen: float) -> float:
    """Where the likelihood is highest: golden section on the logarithm of those in neither."""
    low, high = log(1e-3), log(FARTHEST * seen)
    golden = (sqrt(5) - 1) / 2
    left, right = high - golden * (high - low), low + golden * (high - low)
    at_left, at_right = table.likelihood(exp(left)), table.likelihood(exp(right))
    while high - low > 1e-4:
        if at_left >= at_right:
            high, right, at_right = right, left, at_left
            left = high - golden * (high - low)
            at_left = table.likelihood(exp(left))
        else:
            low, left, at_left = left, right, at_right
            right = low + golden * (high - low)
            at_right = table.likelihood(exp(right))
    return exp((low + high) / 2)


def _crossing(table: _Table, wanted: float, outside: float, inside: float) -> float:
    """Where the likelihood falls below what is wanted, between a place outside and one inside."""
    for _round in range(40):
        middle = (outside + inside) / 2
        if table.likelihood(middle) >= wanted:
            inside = middle
        else:
            outside = middle
        if abs(outside - inside) < 1e-3 * max(1.0, inside):
            break
    return (outside + inside) / 2
