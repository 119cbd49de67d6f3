"""Meet a list with the registry: who is known, who is new, about whom somebody must be asked."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, combinations, pairwise
from typing import TYPE_CHECKING

from mudmai.kernel.memory import without_collector
from mudmai.linkage.rules.groups import Groups, Pair, strength, without_rivals
from mudmai.linkage.rules.model import bits_of
from mudmai.linkage.rules.schemes import Answer, Verdict
from mudmai.linkage.rules.subjects import Match, Subject
from mudmai.linkage.rules.verdicts import judge
from mudmai.linkage.services.outcome import Answers, Findings
from mudmai.linkage.services.people import Table, names_of
from mudmai.linkage.services.scoring import Scored, Scorer
from mudmai.linkage.services.weights import model_in_use
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.linkage.services.many import Many

MANY_OF_ONE_ID = 8  # rows of one list with one id, up to which each is compared with each
# Reasons that hold whatever else is found: such pairs are not brought together through a third row either.
LASTING = frozenset({"generation", "twins", "siblings", "other_name", "two_people", "id_two_people", "kept_apart"})
BY_ID = Verdict(Answer.SAME, "cid")
Judged = tuple[Scored, Verdict]
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
    # Loaded only here: DuckDB and Arrow take 70 MB, and few processes link lists.
    from mudmai.linkage.services.everyone import table_of_everyone
    from mudmai.linkage.services.many import Many

    # All is kept to the end: over a long list, searching for circles cost a quarter more.
    with without_collector():
        table, weights = table_of_everyone(subjects), model_in_use()
        scorer = Scorer(table, names_of(table, weights), weights)
        with closing(Many(scorer)) as many:
            return resolved(subjects, scorer, many, progress, within_list)


def resolved(
    subjects: Sequence[Subject],
    scorer: Scorer,
    weighing: "Scorer | Many",
    progress: Progress = unheard,
    within_list: bool = True,
) -> list[Match]:
    """The answer for each row, from the people of the scorer's table; `weighing` finds and weighs the pairs."""
    table = scorer.table
    progress(1, STEPS)
    by_id = _judged(weighing.of_pairs(_equal_ids(table, within_list)), scorer)
    progress(2, STEPS)
    settled = {scored.left for scored, verdict in by_id if verdict == BY_ID and scored.right >= table.rows}
    open_rows = [place for place in range(table.rows) if place not in settled]
    others = _judged(_other_pairs(open_rows, scorer, weighing, within_list), scorer)
    progress(3, STEPS)
    plain, rest = _plain_and_rest(by_id, others, table.rows)
    result = _grouped(plain, rest, subjects, scorer)
    progress(STEPS, STEPS)
    return result


def _equal_ids(table: Table, within_list: bool) -> Iterator[tuple[int, int]]:
    """All pairs whose 13-digit ids are equal: looked up, not searched for."""
    cids = table.listed("cid")
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


def _judged(found: Iterable[Scored], scorer: Scorer) -> list[Judged]:
    return [(scored, judge(scored.levels, scored.bits, scorer.model)) for scored in found]


def _other_pairs(
    open_rows: list[int], scorer: Scorer, weighing: "Scorer | Many", within_list: bool
) -> Iterator[Scored]:
    """Pairs of the rows that no id has settled, with the registry and with the rest of the list."""
    table = scorer.table
    if not open_rows or (len(table) == table.rows and not within_list):
        return
    for scored in weighing.of_rows(open_rows, bits_of(scorer.model.thresholds.ask)):
        # Pairs with equal ids were judged before.
        if scored.levels.cid != "exact" and (within_list or scored.right >= table.rows):
            yield scored


def _plain_and_rest(by_id: list[Judged], others: list[Judged], rows: int) -> tuple[dict[int, Scored], list[Judged]]:
    """Rows whose id leads to one person where neither is in any other pair, and the pairs to be weighed up."""
    times = Counter(place for scored, _verdict in chain(by_id, others) for place in scored[:2])
    plain: dict[int, Scored] = {}
    rest: list[Judged] = []
    for judged in by_id:
        scored, verdict = judged
        if verdict == BY_ID and scored.right >= rows and times[scored.left] == times[scored.right] == 1:
            plain[scored.left] = scored
        else:
            rest.append(judged)
    return plain, rest + others


def _grouped(plain: dict[int, Scored], rest: list[Judged], subjects: Sequence[Subject], scorer: Scorer) -> list[Match]:
    """One answer for each row, in the order given."""
    table, keys, cids = scorer.table, scorer.table.keys, scorer.table.listed("cid")
    pairs = [Pair(keys[each.left], keys[each.right], each.bits, each.levels, *verdict) for each, verdict in rest]
    met = {keys[place]: place for each, _verdict in rest for place in each[:2]}
    persons = {key for key, place in met.items() if place >= table.rows}
    pairs = without_rivals(_not_known_apart(pairs), persons, scorer.model.thresholds.lead)
    apart = [(pair.left, pair.right) for pair in pairs if pair.reason in LASTING]
    groups = Groups(persons, {key: cids[place] for key, place in met.items() if cids[place]}, apart)
    asked = [pair for pair in pairs if pair.answer is Answer.ASK]
    same = [pair for pair in pairs if pair.answer is Answer.SAME]
    for pair in sorted(same, key=strength):
        reason = groups.join(pair.left, pair.right)
        if reason and reason != "kept_apart":
            asked.append(pair._replace(answer=Answer.ASK, reason=reason))
    open_keys = [subject.key for place, subject in enumerate(subjects) if place not in plain]
    answers = Answers(groups, Findings(same, asked, scorer, met), open_keys)
    return [
        answers.settled(plain[place]) if place in plain else answers.of(subject.key)
        for place, subject in enumerate(subjects)
    ]


def _not_known_apart(pairs: list[Pair]) -> list[Pair]:
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
