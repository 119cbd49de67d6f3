"""Meet a list with the registry: who is known, who is new, about whom somebody must be asked."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from mudmai.linkage.rules.comparisons import compare
from mudmai.linkage.rules.groups import Groups, Pair, strength, without_rivals
from mudmai.linkage.rules.model import Model, Shares, bits_of, model
from mudmai.linkage.rules.subjects import Match, Subject
from mudmai.linkage.rules.verdicts import Answer, judge
from mudmai.linkage.services.outcome import Findings, matches_of
from mudmai.linkage.services.people import Table, shares_of, table_of
from mudmai.linkage.services.scoring import Scored, score_few
from mudmai.linkage.services.splinking import score_many
from mudmai.people import queries as people

FEW = 200  # rows up to which plain Python is quicker than starting Splink (about a second)
MANY_OF_ONE_ID = 8  # rows of one list with one id, up to which each is compared with each
# Reasons that hold whatever else is found: such pairs are not brought together through a third row either.
LASTING = frozenset({"generation", "twins", "siblings", "other_name", "id_two_people"})
Progress = Callable[[int, int], None]
STEPS = 4


def link(
    subjects: Sequence[Subject], *, progress: Progress = lambda done, total: None, within_list: bool = True
) -> list[Match]:
    """Say of each row who it is, in the order given; reads the registry and writes nothing.

    The answers do not depend on the order of the rows, but for which of two equal rows is called the earlier one.
    """
    if not subjects:
        return []
    table = table_of(subjects)
    progress(1, STEPS)
    weights = model()
    shares = shares_of(table.sides, weights)
    pairs = _judged(_id_pairs(table, within_list, shares, weights), table, weights)
    progress(2, STEPS)
    pairs += _judged(_other_pairs(pairs, table, within_list, shares, weights), table, weights)
    progress(3, STEPS)
    result = _resolved(pairs, subjects, table, shares, weights)
    progress(STEPS, STEPS)
    return result


def _id_pairs(table: Table, within_list: bool, shares: Shares, weights: Model) -> Iterator[Scored]:
    """All pairs whose 13-digit ids are equal: looked up, not searched for."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place in range(table.rows, len(table.sides)):
        cid = table.sides[place].cid
        if cid is not None:
            holders[cid].append(place)
    rows: dict[str, list[int]] = defaultdict(list)
    for place in range(table.rows):
        cid = table.sides[place].cid
        if cid is not None:
            rows[cid].append(place)
            for holder in holders.get(cid, ()):
                yield _scored(place, holder, table, shares, weights)
    if within_list:
        for places in rows.values():
            for left, right in _each_with_each(places, table.keys):
                yield _scored(left, right, table, shares, weights)


def _each_with_each(places: list[int], keys: list[str]) -> Iterator[tuple[int, int]]:
    """(later, earlier) pairs. Where a list repeats one id on every row, each meets its neighbour by key only."""
    if len(places) <= MANY_OF_ONE_ID:
        found = combinations(places, 2)
    else:
        by_key = sorted(places, key=keys.__getitem__)
        found = zip(by_key, by_key[1:], strict=False)  # type: ignore[assignment]  # both give pairs of places
    for one, other in found:
        yield max(one, other), min(one, other)


def _scored(left: int, right: int, table: Table, shares: Shares, weights: Model) -> Scored:
    one, other = table.sides[left], table.sides[right]
    levels = compare(one, other)
    return Scored(left, right, weights.total(weights.bits(levels, one, other, shares), len(table.sides)), levels)


def _judged(found: Iterator[Scored], table: Table, weights: Model) -> list[Pair]:
    keys = table.keys
    return [
        Pair(keys[left], keys[right], bits, levels, *judge(levels, bits, weights))
        for left, right, bits, levels in found
    ]


def _other_pairs(
    by_id: list[Pair], table: Table, within_list: bool, shares: Shares, weights: Model
) -> Iterator[Scored]:
    """Pairs of the rows that no id has settled, with the registry and with the rest of the list."""
    persons = table.persons
    settled_keys = {pair.left for pair in by_id if pair.by_id and pair.right in persons}
    open_rows = [place for place in range(table.rows) if table.keys[place] not in settled_keys]
    if not open_rows or (len(table.sides) == table.rows and not within_list):
        return
    is_open = [False] * len(table.sides)
    for place in open_rows:
        is_open[place] = True
    least = bits_of(weights.thresholds.ask)
    if len(open_rows) <= FEW:
        found = score_few(
            open_rows, table.sides, lambda left, right: right < left if is_open[right] else True, shares, weights, least
        )
    else:
        found = score_many(open_rows, [not each for each in is_open], table.sides, shares, weights, least)
    for scored in found:
        # Pairs with equal ids were judged before.
        if scored.levels.cid != "exact" and (within_list or scored.right >= table.rows):
            yield scored


def _resolved(
    pairs: list[Pair], subjects: Sequence[Subject], table: Table, shares: Shares, weights: Model
) -> list[Match]:
    persons = table.persons
    pairs = without_rivals(_not_known_apart(pairs, persons), persons, weights.thresholds.lead)
    ids = {key: side.cid for key, side in zip(table.keys, table.sides, strict=True) if side.cid}
    apart = [(pair.left, pair.right) for pair in pairs if pair.reason in LASTING | {"kept_apart"}]
    groups = Groups(persons, ids, apart)
    asked = [pair for pair in pairs if pair.answer is Answer.ASK]
    for pair in sorted((pair for pair in pairs if pair.answer is Answer.SAME), key=strength):
        reason = groups.join(pair.left, pair.right)
        if reason and reason != "kept_apart":
            asked.append(pair._replace(answer=Answer.ASK, reason=reason))
    return matches_of(subjects, groups, Findings(pairs, asked, table, shares, weights))


def _not_known_apart(pairs: list[Pair], persons: dict[str, int]) -> list[Pair]:
    """Leave out what somebody said is not the same; those pairs keep their place as a contradiction."""
    told = [pair for pair in pairs if pair.answer is not Answer.APART and not pair.by_id]
    keys = {key for pair in told for key in (pair.left, pair.right)}
    different = people.different_pairs(keys)
    if not different:
        return pairs
    now = people.persons_by_key({key for pair in different for key in pair})
    known = different | {(now.get(left, left), now.get(right, right)) for left, right in different}
    return [
        pair._replace(answer=Answer.APART, reason="kept_apart") if (pair.left, pair.right) in known else pair
        for pair in pairs
    ]
