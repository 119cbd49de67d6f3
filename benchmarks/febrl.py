"""The public sets FEBRL 1 to 4 and Splink's fake_1000 through the machinery of linkage, beside plain Splink.

The sets are about invented Australians and Britons, so they bring a scheme of their own: what is compared and which
pairs are looked at. Weights are learned on each set without its truth. The machinery is the one for people: levels,
blocking, Splink with our weights, groups.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

from benchmarks import figures, plain_febrl
from benchmarks.public_sets import (
    NAMES,
    Australian,
    AustralianLevels,
    Briton,
    BritonLevels,
    Rows,
    rows_of,
    together,
    true_pairs,
)

RANDOM_PAIRS = 400_000
ROUNDS = 12
TAKEN = 0.5  # pairs more likely than not are taken
# What is to be reached, as plain Splink did (F1 by pairs).
LIMITS = {"febrl3": 0.990, "febrl4": 0.998}


def main() -> None:
    folder = Path(sys.argv[1])
    figures.start()
    for name in NAMES:
        rows = rows_of(folder, name)
        if rows is None:
            print(f"{name}: not in {folder}", file=sys.stderr)
            continue
        scheme, true = (briton() if name == "fake_1000" else australian()), true_pairs(rows)
        begun = time.monotonic()
        ours = linked(scheme, rows)
        done = time.monotonic()
        pairs = plain_febrl.linked(rows, name)
        tell(name, "Mudmai", ours, true, done - begun)
        tell(name, "plain Splink", pairs, true, time.monotonic() - done)


def tell(name: str, who: str, found: set[tuple[int, int]], true: set[tuple[int, int]], seconds: float) -> None:
    right = len(found & true)
    precision, recall = right / max(1, len(found)), right / len(true)
    limit = LIMITS.get(name) if who == "Mudmai" else None
    for measure, value in (("precision", precision), ("recall", recall)):
        figures.tell(f"{name}, {who}: {measure}", round(value, 4), "")
    f1 = round(2 * right / (len(found) + len(true)), 4)
    figures.tell(f"{name}, {who}: F1", f1, "", limit=limit, at_least=True)
    figures.tell(f"{name}, {who}: time", round(seconds, 1), "s")


def edits(code: str, column: str, at_most: int) -> Any:
    """So many letters left out, added, replaced or swapped with the next."""
    from mudmai.linkage.rules.schemes import Level

    def holds(a: Any, b: Any) -> bool:
        return DamerauLevenshtein.distance(getattr(a, column), getattr(b, column)) <= at_most

    return Level(code, f"damerau_levenshtein({column}_l, {column}_r) <= {at_most}", holds)


def exchanged(code: str, column: str, other: str) -> Any:
    """Two columns that took each other's place."""
    from mudmai.linkage.rules.schemes import Level, told_alike

    def holds(a: Any, b: Any) -> bool:
        return told_alike(getattr(a, column), getattr(b, other)) and told_alike(getattr(a, other), getattr(b, column))

    return Level(code, f"{column}_l = {other}_r AND {other}_l = {column}_r", holds)


def name(column: str, *more: Any) -> Any:
    from mudmai.linkage.rules.schemes import Comparison, equal, missing, similar

    levels = (
        equal("exact", column, frequent=True),
        *more,
        similar("close", column, 0.92),
        similar("loose", column, 0.8),
    )
    return Comparison(column, missing(column), levels, "different")


def number(column: str, at_most: int, *, frequent: bool = False) -> Any:
    from mudmai.linkage.rules.schemes import Comparison, equal, missing

    slips = tuple(edits(f"slips_{count}", column, count) for count in range(1, at_most + 1))
    return Comparison(column, missing(column), (equal("exact", column, frequent=frequent), *slips), "different")


def australian() -> Any:
    from mudmai.linkage.rules.schemes import Block, Scheme, both

    return Scheme(
        "febrl",
        Australian,
        AustralianLevels,
        (
            name("given", exchanged("exchanged", "given", "family")),
            name("family", exchanged("exchanged", "family", "given")),
            number("number", 1),
            name("street", exchanged("exchanged", "street", "area")),
            name("area", exchanged("exchanged", "area", "street")),
            name("suburb"),
            number("postcode", 1, frequent=True),
            number("state", 0),
            number("birth", 2),
            number("ssn", 2),
        ),
        (
            both("ssn"),
            both("birth"),
            both("given", "family"),
            Block(("given", "family"), ("family", "given")),
            both("family", "postcode"),
            both("given", "postcode"),
            both("family", "suburb"),
            both("given", "suburb"),
            both("street", "number"),
            both("street", "postcode"),
            both("street", "family"),
            both("street", "given"),
            both("area", "family"),
            both("area", "given"),
        ),
        crowd=1_000,
    )


def briton() -> Any:
    from mudmai.linkage.rules.schemes import Comparison, Scheme, both, equal, missing, similar

    email = (equal("exact", "email", frequent=True), similar("close", "email", 0.9))
    return Scheme(
        "fake_1000",
        Briton,
        BritonLevels,
        (
            name("given", exchanged("exchanged", "given", "family")),
            name("family", exchanged("exchanged", "family", "given")),
            number("birth", 2),
            name("city"),
            Comparison("email", missing("email"), email, "different"),
        ),
        (both("email"), both("birth"), both("given", "family"), both("family", "city"), both("given", "city")),
        crowd=1_000,
    )


def linked(scheme: Any, rows: Rows) -> set[tuple[int, int]]:
    """The pairs that stand together in one group in the end."""
    from mudmai.linkage.rules.chances import bits_of
    from mudmai.linkage.rules.groups import Groups, Pair, strength
    from mudmai.linkage.rules.schemes import Answer
    from mudmai.linkage.services.people import Table

    table = Table(rows.keys, rows.asked, rows.columns, kind=scheme.side)
    model, found = learned(scheme, table)
    scorer = scorer_of(table, model)
    groups = Groups(rows.keys[rows.asked :], {}, ())
    pairs = [
        Pair(rows.keys[left], rows.keys[right], bits, levels, Answer.SAME, "model")
        for left, right, levels in found
        if (bits := scorer.bits(left, levels)) >= bits_of(TAKEN)
    ]
    for pair in sorted(pairs, key=strength):
        groups.join(pair.left, pair.right)
    return together(rows, ((place, groups.root(key)) for place, key in enumerate(rows.keys)))


def scorer_of(table: Any, model: Any) -> Any:
    from mudmai.linkage.services.people import names_of
    from mudmai.linkage.services.scoring import Scorer

    return Scorer(table, names_of(table, model), model)


def learned(scheme: Any, table: Any) -> tuple[Any, list[tuple[int, int, Any]]]:
    """The model of one set, and the findings about all pairs that its blocks bring together.

    How often strangers agree (u) is counted over random pairs; how often the same do (m), and how many are the same, by
    expectation maximisation over the pairs of all blocks. The truth is not looked at.
    """
    from mudmai.linkage.services.many import Many

    many = Many(scorer_of(table, model_of(scheme, {}, {}, 1_000)))
    dedupe = table.rows == len(table)
    strangers = counted(scheme, ((each.levels, 1.0) for each in many.of_pairs(random_pairs(table, dedupe))))
    found = [
        (each.left, each.right, each.levels)
        for each in many.of_rows(range(table.rows), -1e9)
        if dedupe or each.right >= table.rows
    ]
    many.close()
    possible = len(table) * (len(table) - 1) / 2 if dedupe else table.rows * (len(table) - table.rows)
    u, m, same = shares(strangers), {}, len(table) / 2
    for _ in range(ROUNDS):
        model = model_of(scheme, m, u, possible / same)
        scorer = scorer_of(table, model)
        chances = [(levels, chance_of(scorer.bits(left, levels))) for left, _right, levels in found]
        same = sum(chance for _levels, chance in chances)
        m = shares(counted(scheme, chances))
    return model_of(scheme, m, u, possible / same), found


def chance_of(bits: float) -> float:
    return 1.0 / (1.0 + 2.0 ** -max(-60.0, min(60.0, bits)))


def random_pairs(table: Any, dedupe: bool) -> Iterator[tuple[int, int]]:
    rng = Random(1)
    for _ in range(RANDOM_PAIRS):
        left, right = rng.randrange(table.rows), rng.randrange(0 if dedupe else table.rows, len(table))
        if left != right:
            yield left, right


def counted(scheme: Any, told: Iterable[tuple[Any, float]]) -> dict[str, Counter[str]]:
    """{comparison: {finding: weight}}, half a pair added to each, so that none is impossible."""
    found = {each.name: Counter(dict.fromkeys(each.findings, 0.5)) for each in scheme.comparisons}
    for levels, weight in told:
        for column, code in zip(levels._fields, levels, strict=True):
            if code in found[column]:
                found[column][code] += weight
    return found


def shares(counts: dict[str, Counter[str]]) -> dict[str, dict[str, float]]:
    return {column: {code: n / each.total() for code, n in each.items()} for column, each in counts.items()}


def model_of(scheme: Any, m: dict[str, Any], u: dict[str, Any], one_in: float) -> Any:
    """A model of these shares; where none is known, a first guess: agreement is likely for the same."""
    from mudmai.linkage.rules.model import Model

    told: dict[str, Any] = {
        "version": "learned here",
        "prior": {"fewest": one_in, "most": one_in, "imagined": 0},
        "thresholds": {"sure": TAKEN, "ask": TAKEN, "lead": 0.0, "near_best": 0.0, "most_asked": 1},
    }
    for each in scheme.comparisons:
        guess = {code: 0.8 if code == each.findings[0] else 0.2 / (len(each.findings) - 1) for code in each.findings}
        of_same, of_strangers = m.get(each.name, guess), u.get(each.name, dict.fromkeys(each.findings, 0.5))
        told[each.name] = {code: {"m": of_same[code], "u": of_strangers[code]} for code in each.findings}
        if each.frequency_of:
            told[each.name][each.findings[0]] |= {"frequency": True, "least": 0.0001}
    return Model.of(scheme, told)


if __name__ == "__main__":
    main()
