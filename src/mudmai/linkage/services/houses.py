"""Find the houses that may be one, and ask about them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import closing
from typing import Any

from mudmai.kernel.stopping import pause_if_asked
from mudmai.linkage.rules.houses import House, house_model, number_parts
from mudmai.linkage.rules.model import Model, bits_of, probability_of
from mudmai.linkage.rules.schemes import UNKNOWN, Answer
from mudmai.linkage.rules.verdicts import judge
from mudmai.linkage.services.asking import HousePair, ask_about_houses
from mudmai.linkage.services.people import Table, names_of
from mudmai.linkage.services.scoring import Scored, Scorer
from mudmai.people import queries as people

# Of the crowd that lives under one number, such as a temple, this many names say enough.
MOST_NAMES = 20
FEW_HOUSES = 2_000  # up to which plain Python is quicker than starting DuckDB


def ask_about_alike_houses(prefix: str = "") -> int:
    """Ask about every pair of houses of an area that may be one; returns how many questions are new. Safe to repeat."""
    pairs = alike_houses(prefix)
    newest = people.newest_told_of({pair.left for pair in pairs})
    by_batch: dict[str, list[HousePair]] = defaultdict(list)
    for pair in pairs:
        if pair.left in newest:
            _record, batch = newest[pair.left]
            by_batch[batch].append(pair)
    asked = 0
    for batch, of_batch in by_batch.items():
        pause_if_asked()
        asked += ask_about_houses(batch, of_batch)
    return asked


def alike_houses(prefix: str = "") -> list[HousePair]:
    """Pairs of houses of an area that may be one, the likeliest first; reads the registry and writes nothing."""
    dwellings = people.dwellings(prefix)
    table, weights = _table(dwellings, prefix), house_model()
    scorer = Scorer(table, names_of(table, weights), weights)
    asked = []
    for scored in _scored(scorer, bits_of(weights.thresholds.ask)):
        verdict = judge(scored.levels, scored.bits, weights)
        if verdict.answer is Answer.ASK:
            asked.append((scored, verdict.reason))
    newest = people.newest_told_of({table.keys[place] for scored, _reason in asked for place in scored[:2]})
    pairs = []
    for scored, reason in asked:
        both = sorted((dwellings[place] for place in scored[:2]), key=lambda each: (newest.get(each.id, ()), each.id))
        pairs.append(_pair(scored, reason, both[1], both[0], weights))
    return sorted(pairs, key=lambda pair: (-pair.score, pair.left, pair.right))


def _scored(scorer: Scorer, least: float) -> list[Scored]:
    everywhere = range(len(scorer.table))
    if len(scorer.table) <= FEW_HOUSES:
        return list(scorer.of_rows(everywhere, least))
    from mudmai.linkage.services.many import Many

    with closing(Many(scorer)) as many:
        return list(many.of_rows(everywhere, least))


def _table(dwellings: list[people.Dwelling], prefix: str) -> Table:
    numbers = [number_parts(each.house_no) for each in dwellings]
    areas = [each.area_code for each in dwellings]
    told = people.seen_where_people_moved()
    times = Counter(person for _house, person in told)
    seen, movers = _by_house(told), _by_house((house, person) for house, person in told if times[person] > 1)
    living = _by_house(people.names_in_houses(prefix))
    columns: dict[str, list[Any]] = {
        "code": [each.house_code or None for each in dwellings],
        "village": [area if len(area) == 8 else None for area in areas],
        "tambon": [area[:6] if len(area) >= 6 else None for area in areas],
        "number": [key for key, _digits, _first in numbers],
        "digits": [digits for _key, digits, _first in numbers],
        "first": [first for _key, _digits, first in numbers],
        "living": [living.get(each.id) for each in dwellings],
        "seen": [seen.get(each.id) for each in dwellings],
        "one_seen": [movers[each.id][0] if each.id in movers else None for each in dwellings],
    }
    return Table([each.id for each in dwellings], len(dwellings), columns, kind=House)


def _by_house(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for house, value in pairs:
        found[house].add(value)
    return {house: tuple(sorted(values)[:MOST_NAMES]) for house, values in found.items()}


def _pair(scored: Scored, reason: str, later: people.Dwelling, earlier: people.Dwelling, weights: Model) -> HousePair:
    """The pair with its evidence; left is the house that was told later."""
    levels, plain = scored.levels._asdict(), weights.plain(scored.levels)
    evidence: dict[str, dict[str, Any]] = {"why": {"level": reason, "model": weights.version}}
    evidence |= {
        name: {"level": levels[name], "weight": round(bits, 1)}
        for name, bits in plain.items()
        if levels[name] != UNKNOWN
    }
    if "house_number" in evidence:
        evidence["house_number"] |= {"left": later.house_no, "right": earlier.house_no}
    area = later.area_code or earlier.area_code
    return HousePair(later.id, earlier.id, probability_of(scored.bits), evidence, area)
