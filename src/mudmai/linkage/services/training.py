"""Learn the weights from the registry itself: m from pairs known to be one person, u from random pairs.

Which rows are one person is known where their ids agree and where somebody answered; no other truth is at hand, and
none is guessed. Why no expectation-maximisation: docs/decisions/0007-weights-are-counted.md.
"""

import math
from collections.abc import Iterator
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mudmai.access.services import require_somewhere
from mudmai.audit.services import record
from mudmai.kernel import clock
from mudmai.kernel.errors import Conflict
from mudmai.linkage.models import Weights
from mudmai.linkage.rules.model import Model, bits_of, model, told
from mudmai.linkage.rules.subjects import Subject
from mudmai.linkage.services.matching import Progress, unheard
from mudmai.linkage.services.people import Table, names_of, table_of
from mudmai.linkage.services.scoring import Scorer
from mudmai.linkage.services.weights import MANAGE, model_in_use, model_of
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.accounts.models import User

MOST_SAME, MOST_RANDOM = 50_000, 1_000_000
STEPS = 4
Counts = dict[tuple[str, str], tuple[int, int]]


class TooFewPairs(Conflict):
    code = "too_few_pairs"


def train(*, by: "User | None" = None, progress: Progress = unheard) -> Weights:
    """Learn weights from what stands in the registry now and keep them, not yet in use. Takes a minute or two.

    `by` is None on the command line. Raises NotAllowed, TooFewPairs.
    """
    if by is not None:
        require_somewhere(by, MANAGE)
    enough()
    # Loaded only here: DuckDB and Arrow take 70 MB, and few processes ever train.
    from mudmai.linkage.services.everyone import table_of_everyone

    progress(0, STEPS)
    same, registry = _told_twice(), table_of_everyone()
    progress(1, STEPS)
    pairs = [(place, same.rows // 2 + place) for place in range(same.rows // 2)]
    of_same = _counted(same, pairs)
    progress(2, STEPS)
    strangers = list(_random_pairs(len(registry)))
    of_random = _counted(registry, strangers)
    progress(3, STEPS)
    learned = Weights(
        version=_version(), shipped=model().version, made_at=clock.now(), by=by, same_pairs=len(pairs),
        random_pairs=len(strangers), numbers=learned_numbers(of_same, of_random), sure_before=0.0, sure_after=0.0,
    )  # fmt: skip
    learned.sure_before = _sure(same, registry, pairs, model_in_use())
    learned.sure_after = _sure(same, registry, pairs, model_of(learned))
    with transaction.atomic():
        learned.save(force_insert=True)
        record(by, "linkage.weights.learned", "weights", learned.pk, version=learned.version, pairs=len(pairs))
    progress(STEPS, STEPS)
    return learned


def enough() -> int:
    """How many pairs there are to learn from. Raises TooFewPairs."""
    found, fewest = people.count_told_twice(), int(told()["learning"]["fewest"])
    if found < fewest:
        raise TooFewPairs(
            _(
                "There are only %(found)s rows of which it is known for certain who they are; "
                "%(fewest)s are needed. Bring in lists with 13-digit ids, or answer questions, and try again."
            )
            % {"found": found, "fewest": fewest}
        )
    return found


def learned_numbers(of_same: Counts, of_random: Counts) -> dict[str, dict[str, dict[str, float]]]:
    """{comparison: {finding: {"m", "u"}}}: the counts drawn towards the shipped weights, and kept near them."""
    shipped, rules = model(), told()["learning"]
    numbers: dict[str, dict[str, dict[str, float]]] = {}
    for comparison in shipped.scheme.comparisons:
        if comparison.name in rules["by_hand"]:
            continue
        limits = rules["at_least"].get(comparison.name, {})
        found = numbers[comparison.name] = {}
        for code in comparison.findings:
            weight, key = shipped.weights[comparison.name][code], (comparison.name, code)
            m = _drawn(of_same[key], weight.m, rules["same"])
            u = _drawn(of_random[key], weight.u, rules["random"])
            least = max(limits.get(code, -math.inf), weight.bits - rules["most_bits"])
            bits = min(max(math.log2(m / u), least), weight.bits + rules["most_bits"])
            u = min(u, 2**-bits)  # m is a share, too
            found[code] = {"m": round(u * 2**bits, 9), "u": round(u, 9)}
    return numbers


def _drawn(counted: tuple[int, int], share: float, weight: int) -> float:
    """A share counted, as if it had been seen before on so many pairs."""
    n, of = counted
    return float((n + share * weight) / (of + weight))


def _told_twice() -> Table:
    """What two records say of one person: all first ones, then all second ones."""
    pairs = list(people.told_twice(MOST_SAME))
    return table_of([_subject(pair, side, at) for side in (0, 1) for at, pair in enumerate(pairs)])


def _subject(pair: people.ToldTwice, side: int, at: int) -> Subject:
    said = pair.said[side]
    phone = said.get("phone") or ""
    return Subject(
        key=f"{side}-{at}", given=said.get("given_name", ""), family=said.get("family_name", ""),
        sex=said.get("sex", ""), birth_date=said.get("birth_date", ""),
        phone=phone if isinstance(phone, str) else phone[0], area=pair.areas[side], house_no=said.get("house_no", ""),
        household_key=pair.houses[side], house_code=said.get("house_code", ""),
    )  # fmt: skip


def _random_pairs(n: int) -> Iterator[tuple[int, int]]:
    """Pairs of different places, the same ones each time; with few places, each about once."""
    rng, wanted = Random(n), min(MOST_RANDOM, n * (n - 1) // 2)
    for left, right in zip(rng.choices(range(n), k=wanted), rng.choices(range(n), k=wanted), strict=True):
        if left != right:
            yield left, right


def _counted(table: Table, pairs: list[tuple[int, int]]) -> Counts:
    from mudmai.linkage.services.many import Many

    weights = model()
    with closing(Many(Scorer(table, names_of(table, weights), weights))) as many:
        return many.counted(pairs)


def _sure(same: Table, registry: Table, pairs: list[tuple[int, int]], weights: Model) -> float:
    """Of pairs known to be one person, how many percent are sure by these weights, without their ids."""
    from mudmai.linkage.services.many import Many

    scorer = Scorer(same, names_of(registry, weights), weights, len(registry))
    limit = bits_of(weights.thresholds.sure)
    with closing(Many(scorer)) as many:
        sure = sum(found.bits >= limit for found in many.of_pairs(pairs))
    return round(100 * sure / max(1, len(pairs)), 2)


def _version() -> str:
    """The day in the Buddhist era and a running number: 2569-11-21.1."""
    today: Any = clock.today()
    day = f"{today.year + 543}-{today:%m-%d}"
    return f"{day}.{Weights.objects.filter(version__startswith=f'{day}.').count() + 1}"
