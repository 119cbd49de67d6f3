"""Who is who: clusters of keys under the decisions that stand.

Every record is also a *key*: a record nobody linked founds its own person. A `link` says "this record is the person
with that key" and stands only while its record does; a `merge` says "these two keys are one" and stands by itself.
Withdrawing is a decision too, so that two replicas with the same set of decisions agree.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

LINK, MERGE, DIFFERENT, WITHDRAW, RESTORE = "link", "merge", "different", "withdraw", "restore"


class Edge(NamedTuple):
    """One standing `link` or `merge`, as clustering needs it; ids are 32 hex digits."""

    kind: str
    left: str
    right: str


def clusters(keys: Iterable[str], edges: Iterable[Edge]) -> dict[str, str]:
    """Name the cluster of every key: {key: cluster id}. A pure function of the two sets.

    The id of a cluster is its smallest key that no standing link leads away from (a root), so that adding a linked
    record never renames a person; where every key is linked away (a circle), the smallest key.
    """
    parent: dict[str, str] = {key: key for key in keys}

    def root_of(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    led_away: set[str] = set()
    for edge in edges:
        for key in (edge.left, edge.right):
            parent.setdefault(key, key)
        if edge.kind == LINK:
            led_away.add(edge.left)
        parent[root_of(edge.left)] = root_of(edge.right)

    members: dict[str, list[str]] = defaultdict(list)
    for key in parent:
        members[root_of(key)].append(key)
    named: dict[str, str] = {}
    for group in members.values():
        roots = [key for key in group if key not in led_away]
        name = min(roots or group)
        for key in group:
            named[key] = name
    return named


class Withdrawal(NamedTuple):
    """One `withdraw` or `restore`: the newest about a target decides."""

    kind: str
    target: str
    decided_at: str  # ISO time
    id: str


def withdrawn_targets(withdrawals: Iterable[Withdrawal]) -> set[str]:
    """Ids of batches, records and decisions that do not stand. A pure function of the set."""
    newest: dict[str, Withdrawal] = {}
    for each in withdrawals:
        known = newest.get(each.target)
        if known is None or (each.decided_at, each.id) > (known.decided_at, known.id):
            newest[each.target] = each
    return {target for target, each in newest.items() if each.kind == WITHDRAW}
