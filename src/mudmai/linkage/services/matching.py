"""Meet a list with the registry: who is known, who is new, about whom somebody must be asked."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, nullcontext
from functools import cached_property
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from mudmai.kernel.memory import without_collector
from mudmai.linkage.rules.groups import Groups, Pair, strength, without_rivals
from mudmai.linkage.rules.model import bits_of
from mudmai.linkage.rules.schemes import Answer
from mudmai.linkage.rules.subjects import Match, Subject
from mudmai.linkage.rules.verdicts import judge
from mudmai.linkage.services.outcome import Findings, matches_of
from mudmai.linkage.services.people import Table, names_of, table_of
from mudmai.linkage.services.scoring import Scored, Scorer
from mudmai.linkage.services.weights import model_in_use
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.linkage.services.splinking import Splinking

FEW_ROWS = 200  # up to which plain Python is quicker than starting Splink (about a second)
FEW_PAIRS = 5_000
MANY_OF_ONE_ID = 8  # rows of one list with one id, up to which each is compared with each
# Reasons that hold whatever else is found: such pairs are not brought together through a third row either.
LASTING = frozenset({"generation", "twins", "siblings", "other_name", "two_people", "id_two_people", "kept_apart"})
Progress = Callable[[int, int], None]
STEPS = 4


def unheard(done: int, total: int) -> None:
    """Progress that nobody waits for."""


def link(subjects: Sequence[Subject], *, progress: Progress = unheard, within_list: bool = True) -> list[Match]:
    """Say of each row who it is, in the order given; reads the registry and writes nothing.

    The answers do not depend on the order of the rows, but for which of two equal rows is called the earlier one.
    """
    if not subjects:
        return []
    # All is kept to the end: over a long list, searching for circles cost a quarter more.
    with without_collector() if len(subjects) > FEW_ROWS else nullcontext():
        table, weights = table_of(subjects), model_in_use()
        return resolved(subjects, Scorer(table, names_of(table, weights), weights), progress, within_list)


def resolved(
    subjects: Sequence[Subject], scorer: Scorer, progress: Progress = unheard, within_list: bool = True
) -> list[Match]:
    """The answer for each row, from the people of the scorer's table."""
    table = scorer.table
    progress(1, STEPS)
    with ExitStack() as stack:
        many = _Lazily(scorer, stack)
        equal_ids = list(_equal_ids(table, within_list))
        pairs = _judged(many.or_few(len(equal_ids) > FEW_PAIRS).of_pairs(equal_ids), scorer)
        progress(2, STEPS)
        pairs += _judged(_other_pairs(pairs, many, within_list), scorer)
    progress(3, STEPS)
    result = _grouped(pairs, subjects, scorer)
    progress(STEPS, STEPS)
    return result


class _Lazily:
    """Splink and DuckDB, begun only when a list is long: they take half a second and 70 MB to load."""

    def __init__(self, scorer: Scorer, stack: ExitStack) -> None:
        self.scorer, self._stack = scorer, stack

    def or_few(self, is_many: bool) -> "Scorer | Splinking":
        """What weighs pairs: Splink for many, plain Python for few."""
        return self._begun if is_many else self.scorer

    @cached_property
    def _begun(self) -> "Splinking":
        from mudmai.linkage.services.splinking import Splinking

        return self._stack.enter_context(closing(Splinking(self.scorer)))


def _equal_ids(table: Table, within_list: bool) -> Iterator[tuple[int, int]]:
    """All pairs whose 13-digit ids are equal: looked up, not searched for."""
    cids = table.columns["cid"]
    asked = {cid for cid in cids[: table.rows] if cid is not None}
    holders: dict[str, list[int]] = defaultdict(list)
    for place in range(table.rows, len(table)):
        if cids[place] in asked:
            holders[cids[place]].append(place)
    rows: dict[str, list[int]] = defaultdict(list)
    for place in range(table.rows):
        cid = cids[place]
        if cid is not None:
            rows[cid].append(place)
            for holder in holders.get(cid, ()):
                yield place, holder
    if within_list:
        for places in rows.values():
            if len(places) > 1:
                yield from _each_with_each(places, table.keys)


def _each_with_each(places: list[int], keys: list[str]) -> Iterator[tuple[int, int]]:
    """(later, earlier) pairs. Where a list repeats one id on every row, each meets its neighbour by key only."""
    few = len(places) <= MANY_OF_ONE_ID
    found: Iterable[tuple[int, int]] = (
        combinations(places, 2) if few else pairwise(sorted(places, key=keys.__getitem__))
    )
    return ((max(pair), min(pair)) for pair in found)


def _judged(found: Iterable[Scored], scorer: Scorer) -> list[Pair]:
    keys, weights = scorer.table.keys, scorer.model
    return [
        Pair(keys[left], keys[right], bits, levels, *judge(levels, bits, weights))
        for left, right, bits, levels in found
    ]


def _other_pairs(by_id: list[Pair], many: _Lazily, within_list: bool) -> Iterator[Scored]:
    """Pairs of the rows that no id has settled, with the registry and with the rest of the list."""
    table = many.scorer.table
    settled = {pair.left for pair in by_id if pair.by_id and pair.right in table.persons}
    open_rows = [place for place in range(table.rows) if table.keys[place] not in settled]
    if not open_rows or (len(table) == table.rows and not within_list):
        return
    least = bits_of(many.scorer.model.thresholds.ask)
    for scored in many.or_few(len(open_rows) > FEW_ROWS).of_rows(open_rows, least):
        # Pairs with equal ids were judged before.
        if scored.levels.cid != "exact" and (within_list or scored.right >= table.rows):
            yield scored


def _grouped(pairs: list[Pair], subjects: Sequence[Subject], scorer: Scorer) -> list[Match]:
    table, lead = scorer.table, scorer.model.thresholds.lead
    pairs = without_rivals(_not_known_apart(pairs, table.persons), table.persons, lead)
    apart = [(pair.left, pair.right) for pair in pairs if pair.reason in LASTING]
    ids = {key: cid for key, cid in zip(table.keys, table.columns["cid"], strict=True) if cid}
    groups = Groups(table.persons, ids, apart)
    asked = [pair for pair in pairs if pair.answer is Answer.ASK]
    same = [pair for pair in pairs if pair.answer is Answer.SAME]
    plain, rest = _plain_and_rest(same, table, {key for pair in apart for key in pair})
    for pair in plain.values():
        groups.settle(pair.left, pair.right)
    for pair in sorted(rest, key=strength):
        reason = groups.join(pair.left, pair.right)
        if reason and reason != "kept_apart":
            asked.append(pair._replace(answer=Answer.ASK, reason=reason))
    return matches_of(subjects, groups, Findings(plain, rest, asked, scorer))


def _plain_and_rest(same: list[Pair], table: Table, apart: set[str]) -> tuple[dict[str, Pair], list[Pair]]:
    """Rows whose id leads to one person and who are in no other pair, {row: pair}, and the pairs to be weighed up.

    `apart`: keys that are kept apart from somebody.
    """
    seen = Counter(key for pair in same for key in (pair.left, pair.right) if key not in table.persons)
    plain: dict[str, Pair] = {}
    rest: list[Pair] = []
    for pair in same:
        alone = pair.by_id and seen[pair.left] == 1 and pair.right in table.persons
        if alone and pair.left not in apart and pair.right not in apart:
            plain[pair.left] = pair
        else:
            rest.append(pair)
    return plain, rest


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
