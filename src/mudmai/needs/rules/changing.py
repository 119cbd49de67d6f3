"""What became of households and people between two days: better, the same, worse, or not to be told.

A dimension is better where it failed and does not any more, worse the other way round; where one of the days does
not know it, nothing is said of it. A household goes by how many dimensions were mended and how many fell. Neither
points nor red cases count: towns change their weights, and many a red case is no new misery but became known; they
are counted beside.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mudmai.needs.rules.frameworks import DIMENSIONS
from mudmai.needs.rules.targets import GROUPS

BETTER, SAME, WORSE, UNKNOWN, NEW, GONE = "better", "same", "worse", "unknown", "new", "gone"
WAYS = (BETTER, SAME, WORSE, UNKNOWN, NEW, GONE)
ALL_DIMENSIONS: int = 2 ** len(DIMENSIONS) - 1


class Stand(NamedTuple):
    """How a household stood on a day."""

    red: bool
    failed: int
    unsure: int
    groups: int
    urgency: int = 1
    score: int = 0
    members: int = 0
    people: tuple[str, ...] = ()


@dataclass
class Moved:
    """How many went which way."""

    better: int = 0
    same: int = 0
    worse: int = 0
    unknown: int = 0


@dataclass
class Kept:
    """How many came to be so, are so no more, and stayed so."""

    entered: int = 0
    left: int = 0
    stayed: int = 0


@dataclass
class Changes:
    """What became of an area between two days: of the households, and of the same people wherever they live there."""

    houses: dict[str, int] = field(default_factory=lambda: dict.fromkeys(WAYS, 0))
    people: dict[str, int] = field(default_factory=lambda: dict.fromkeys(WAYS, 0))
    dimensions: dict[str, Moved] = field(default_factory=lambda: {code: Moved() for code in DIMENSIONS})
    groups: dict[str, Kept] = field(default_factory=lambda: {code: Kept() for code in GROUPS})
    red: Kept = field(default_factory=Kept)
    ways: dict[str, str] = field(default_factory=dict)  # {household: its way}

    @property
    def followed(self) -> int:
        """Households that stood on both days."""
        return sum(self.houses[way] for way in (BETTER, SAME, WORSE, UNKNOWN))

    @property
    def people_followed(self) -> int:
        return sum(self.people[way] for way in (BETTER, SAME, WORSE, UNKNOWN))

    @property
    def better(self) -> int:
        return self.houses[BETTER]

    @property
    def same(self) -> int:
        return self.houses[SAME]

    @property
    def worse(self) -> int:
        return self.houses[WORSE]

    @property
    def unknown(self) -> int:
        return self.houses[UNKNOWN]

    @property
    def new(self) -> int:
        return self.houses[NEW]

    @property
    def gone(self) -> int:
        return self.houses[GONE]


def mended(before: Stand, now: Stand) -> int:
    """Bits of the dimensions that failed and surely do not any more."""
    return int(before.failed & ~now.failed & ~now.unsure & ALL_DIMENSIONS)


def fallen(before: Stand, now: Stand) -> int:
    """Bits of the dimensions that surely did not fail and do now."""
    return int(now.failed & ~before.failed & ~before.unsure & ALL_DIMENSIONS)


def way_of(before: Stand, now: Stand) -> str:
    """Which way a household went.

    >>> way_of(Stand(False, 3, 0, 0), Stand(True, 1, 0, 0)), way_of(Stand(False, 1, 0, 0), Stand(False, 3, 0, 0))
    ('better', 'worse')
    >>> way_of(Stand(False, 0, 31, 0), Stand(True, 1, 0, 0)), way_of(Stand(False, 1, 0, 0), Stand(False, 1, 0, 0))
    ('unknown', 'same')
    """
    balance = mended(before, now).bit_count() - fallen(before, now).bit_count()
    if balance:
        return BETTER if balance > 0 else WORSE
    return SAME if ~(before.unsure | now.unsure) & ALL_DIMENSIONS else UNKNOWN


def compare(before: Mapping[str, Stand], now: Mapping[str, Stand]) -> Changes:
    """What became of these households; both under the ids of now."""
    found = Changes()
    for key in before.keys() | now.keys():
        old, new = before.get(key), now.get(key)
        way = NEW if old is None else GONE if new is None else way_of(old, new)
        found.ways[key] = way
        found.houses[way] += 1
        if old is not None and new is not None:
            _count(found, old, new)
    _follow(found, before, now)
    return found


def _count(found: Changes, old: Stand, new: Stand) -> None:
    up, down = mended(old, new), fallen(old, new)
    for place, code in enumerate(DIMENSIONS):
        bit, moved = 1 << place, found.dimensions[code]
        if up & bit:
            moved.better += 1
        elif down & bit:
            moved.worse += 1
        elif (old.unsure | new.unsure) & bit:
            moved.unknown += 1
        else:
            moved.same += 1
    for place, code in enumerate(GROUPS):
        _keep(found.groups[code], bool(old.groups >> place & 1), bool(new.groups >> place & 1))
    _keep(found.red, old.red, new.red)


def _keep(kept: Kept, was: bool, is_now: bool) -> None:
    kept.entered += is_now and not was
    kept.left += was and not is_now
    kept.stayed += was and is_now


def _follow(found: Changes, before: Mapping[str, Stand], now: Mapping[str, Stand]) -> None:
    """The same people, from the house where they lived then to the one where they live now."""
    then = {person: stand for stand in before.values() for person in stand.people}
    today = {person: stand for stand in now.values() for person in stand.people}
    for person in then.keys() | today.keys():
        old, new = then.get(person), today.get(person)
        way = NEW if old is None else GONE if new is None else way_of(old, new)
        found.people[way] += 1


def joined(one: Stand, other: Stand) -> Stand:
    """Two households that are one now, as one: whatever was so of either."""
    failed = one.failed | other.failed
    return Stand(
        one.red or other.red,
        failed,
        (one.unsure | other.unsure) & ~failed,
        one.groups | other.groups,
        max(one.urgency, other.urgency),
        max(one.score, other.score),
        one.members + other.members,
        one.people + other.people,
    )
