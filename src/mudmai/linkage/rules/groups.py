"""Rows and persons joined into groups under what was found, never against a contradiction.

The result does not depend on the order of the rows: pairs are joined strongest first, and ties fall by key.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

from mudmai.linkage.rules.schemes import Answer


class Pair(NamedTuple):
    """A row and somebody it may be: both by key."""

    left: str
    right: str
    bits: float
    levels: Any  # of the scheme
    answer: Answer
    reason: str

    @property
    def by_id(self) -> bool:
        return self.answer is Answer.SAME and self.reason == "cid"


class Groups:
    """Who is with whom. A group holds one registered person at most, one valid id at most, and no pair kept apart."""

    def __init__(self, persons: Iterable[str], ids: Mapping[str, str], apart: Iterable[tuple[str, str]]) -> None:
        """`ids`: {key: keyed hash of a valid id}; `apart`: pairs of keys that are not the same."""
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._person = {person: person for person in persons}
        self._id = dict(ids)
        self._apart: dict[str, set[str]] = defaultdict(set)
        for left, right in apart:
            self._apart[left].add(right)
            self._apart[right].add(left)

    def root(self, key: str) -> str:
        found = self._parent.get(key)
        if found is None:
            return key
        while (above := self._parent.get(found)) is not None:
            found = above
        while (above := self._parent[key]) != found:
            self._parent[key], key = found, above
        return found

    def members(self, key: str) -> list[str]:
        root = self.root(key)
        return self._members.get(root, [root])

    def person(self, key: str) -> str | None:
        """The registered person of the key's group."""
        return self._person.get(self.root(key))

    def _contradiction(self, left: str, right: str) -> str:
        """Why two groups, by their roots, cannot be one: the code of the reason, or "" where they can."""
        if left in self._person and right in self._person:
            return "several"
        ids = self._id.get(left), self._id.get(right)
        if ids[0] is not None and ids[1] is not None and ids[0] != ids[1]:
            return "two_ids"
        apart = (self._apart[key] for key in self.members(left) if key in self._apart)
        return "kept_apart" if any(not others.isdisjoint(self.members(right)) for others in apart) else ""

    def join(self, left: str, right: str) -> str:
        """Join two groups; returns the reason where that cannot be, else ""."""
        left, right = self.root(left), self.root(right)
        if left == right:
            return ""
        reason = self._contradiction(left, right)
        if not reason:
            self._parent[left] = right
            self._members[right] = self._members.get(right, [right]) + self._members.pop(left, [left])
            for facts in (self._person, self._id):
                if left in facts:
                    facts[right] = facts.pop(left)
        return reason


def strength(pair: Pair) -> tuple[bool, float, str, str]:
    """Sorts pairs: by id first, then by weight; ties by keys, whichever side they stand on."""
    return (not pair.by_id, -pair.bits, min(pair.left, pair.right), max(pair.left, pair.right))


def without_rivals(pairs: Iterable[Pair], persons: Container[str], lead: float) -> list[Pair]:
    """Pairs with a registered person of which nobody can say which is right become questions.

    Two persons fit a row about equally well, or the row's id belongs to somebody of another name.
    """
    of_row: dict[str, list[Pair]] = defaultdict(list)
    found: list[Pair] = []
    for pair in pairs:
        if pair.right in persons:
            of_row[pair.left].append(pair)
        else:
            found.append(pair)
    for rivals in of_row.values():
        found += _settled(rivals, lead) if len(rivals) > 1 else rivals
    return found


def _settled(rivals: list[Pair], lead: float) -> list[Pair]:
    if any(pair.by_id for pair in rivals):
        return rivals
    reason = ""
    if any(pair.reason == "id_two_people" for pair in rivals):
        reason = "id_of_another"
    else:
        best = sorted((pair.bits for pair in rivals if pair.answer is Answer.SAME), reverse=True)
        if len(best) > 1 and best[0] - best[1] < lead:
            reason = "several"
    if not reason:
        return rivals
    return [p._replace(answer=Answer.ASK, reason=reason) if p.answer is Answer.SAME else p for p in rivals]
