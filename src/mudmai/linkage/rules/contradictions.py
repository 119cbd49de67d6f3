"""A person whose rows contradict each other: what does not fit, and the weakest decision that holds it together.

One list never joins a contradiction (`rules.groups`), but over the years a chain can: one list brings A to B, the
next B to C, and A and C were never compared. The answer is a pure function of the set of rows and decisions.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from mudmai.linkage.rules.comparisons import GENERATION
from mudmai.people.rules.catalogue import CONFIRMED, catalogue
from mudmai.people.rules.fold import Known, Told, fold, value_of

# From this trust on, a kind of source has checked the 13-digit id, not only copied it.
VERIFIES = 65
# From this trust on, a kind of source that names where somebody lives has seen that person alive.
SEES = 75
STRENGTH = {"staff": 0, "cid": 1, "rule": 2, "model": 3}
# A machine's own decision may be taken back by the machine only where one of these speaks against it.
SURE = frozenset({"two_ids", "kept_apart"})
# What the findings of an answered question tell of a contradiction: who saw them and decided, knew.
KNOWN_BY = {
    "two_ids": ("cid", "different"),
    "two_sexes": ("sex", "different"),
    "generation": ("birth", "generation"),
    "dead_and_seen": ("life", "dead_and_seen"),
    "kept_apart": ("why", "kept_apart"),
}


class Joint(NamedTuple):
    """One standing decision that holds two keys together."""

    id: str
    left: str
    right: str
    basis: str
    score: float
    decided_at: str  # ISO
    evidence: Mapping[str, Mapping[str, Any]]

    @property
    def strength(self) -> tuple[int, float, str, str]:
        """Sorts joints, strongest first: people before ids before the model, then by score, the older first."""
        return STRENGTH.get(self.basis, 3), -self.score, self.decided_at, self.id

    def knew(self, reason: str) -> bool:
        """Whether a person decided this with the contradiction before the eyes."""
        name, level = KNOWN_BY[reason]
        return self.basis == "staff" and str(self.evidence.get(name, {}).get("level", "")) == level


class Contradiction(NamedTuple):
    """Why one person may be two, the decision that is doubted, and the two rows that do not fit together."""

    reason: str
    joint: Joint
    left: str
    right: str

    @property
    def sure(self) -> bool:
        """Whether it can be taken back without asking: the model's, against two checked ids or a person's word."""
        return self.reason in SURE and self.joint.basis == "model"


class _Unit(NamedTuple):
    """Rows that are one beyond doubt: of one id, a row with its corrections, or joined by a person who knew."""

    keys: frozenset[str]
    known: Known
    cid: tuple[str, str] | None  # (keyed hash, the row that told it), where a checking source told it
    died: tuple[str, str] | None  # (ISO day, row)
    seen: tuple[str, str] | None  # the last day on which somebody saw the person alive


def contradictions(
    rows: Iterable[Told], joints: Iterable[Joint], apart: Iterable[tuple[str, str]] = ()
) -> list[Contradiction]:
    """The contradictions within one person, each with the weakest decision that brings the two sides together.

    `apart`: pairs of keys of which a person said that they are not the same. Joints are taken strongest first; one that
    would bring a contradiction together is doubted and left out. The result does not depend on any order.
    """
    told = {row.id: row for row in sorted(rows)}
    held = sorted(joints, key=lambda joint: joint.strength)
    kept_apart = {frozenset(pair) for pair in apart}
    groups = _Groups(_units(told, held))
    found = []
    for joint in held:
        left, right = groups.of(joint.left), groups.of(joint.right)
        if left is right:
            continue
        clash = _clash(left, right, kept_apart)
        if clash is None:
            groups.join(left, right)
        else:
            found.append(Contradiction(clash[0], joint, clash[1], clash[2]))
    return found


class _Groups:
    """Which units are together so far. A key without a row of its own is a unit that says nothing."""

    def __init__(self, units: Iterable[_Unit]) -> None:
        self._of: dict[str, list[_Unit]] = {}
        for unit in units:
            group = [unit]
            self._of |= dict.fromkeys(unit.keys, group)

    def of(self, key: str) -> list[_Unit]:
        return self._of.setdefault(key, [_Unit(frozenset({key}), {}, None, None, None)])

    def join(self, left: list[_Unit], right: list[_Unit]) -> None:
        left += right
        for unit in right:
            self._of |= dict.fromkeys(unit.keys, left)


def _units(told: Mapping[str, Told], held: Iterable[Joint]) -> list[_Unit]:
    parent = {key: key for key in told}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    first_of_id: dict[str, str] = {}
    for key, row in told.items():
        if row.cid:
            parent[root(key)] = root(first_of_id.setdefault(row.cid, key))
    for joint in held:
        corrects = joint.left in told and told[joint.left].kind == "staff"
        if corrects or any(joint.knew(reason) for reason in KNOWN_BY):
            parent[root(joint.left)] = root(joint.right)
    members: dict[str, list[str]] = defaultdict(list)
    for key in parent:
        members[root(key)].append(key)
    return [_unit(keys, [told[key] for key in keys if key in told]) for keys in members.values()]


def _unit(keys: list[str], rows: list[Told]) -> _Unit:
    known = fold(rows, "person")
    cid = known.get("cid")
    checked = (str(cid[0]), str(cid[3])) if cid is not None and cid[1] >= VERIFIES else None
    death = max(((day, row.id) for row in rows if (day := _day_of_death(row))), default=None)
    alive = (row for row in rows if _sees(row) and not _day_of_death(row))
    seen = max(((row.observed_on, row.id) for row in alive), default=None)
    # What a person confirmed about life and death counts whatever was seen.
    presence = known.get("presence")
    if death is not None and presence is not None and presence[1] >= CONFIRMED and presence[0] != "dead":
        death = None
    return _Unit(frozenset(keys), known, checked, death, seen)


def _day_of_death(row: Told) -> str:
    died = row.said.get("death_date")
    if isinstance(died, str) and died[:1].isdigit():
        return died
    return row.observed_on if row.said.get("presence") == "dead" else ""


def _sees(row: Told) -> bool:
    kind = catalogue().level(row.kind, "lives_at")
    return kind >= SEES or row.said.get("in_civil_register") is True


def _clash(left: list[_Unit], right: list[_Unit], apart: set[frozenset[str]]) -> tuple[str, str, str] | None:
    """The gravest contradiction between two groups, and the rows that tell it; None where they fit."""
    found = [clash for one in left for other in right for clash in _between(one, other, apart)]
    return min(found, key=lambda clash: (REASONS.index(clash[0]), clash[1:]), default=None)


REASONS = ("kept_apart", "two_ids", "generation", "two_sexes", "dead_and_seen")


def _between(one: _Unit, other: _Unit, apart: set[frozenset[str]]) -> Iterable[tuple[str, str, str]]:
    for pair in apart:
        ours, theirs = pair & one.keys, pair & other.keys
        if ours and theirs and len(pair) == 2:
            yield "kept_apart", min(ours), min(theirs)
    if one.cid and other.cid and one.cid[0] != other.cid[0]:
        yield "two_ids", one.cid[1], other.cid[1]
    if _born_apart(one.known, other.known):
        yield "generation", _row(one, "birth_date"), _row(other, "birth_date")
    sexes = value_of(one.known, "sex"), value_of(other.known, "sex")
    if set(sexes) == {"m", "f"}:
        yield "two_sexes", _row(one, "sex"), _row(other, "sex")
    for dead, alive, swapped in ((one, other, False), (other, one, True)):
        if dead.died and alive.seen and alive.seen[0] > dead.died[0]:
            rows = dead.died[1], alive.seen[1]
            yield "dead_and_seen", *(rows[::-1] if swapped else rows)


def _born_apart(one: Known, other: Known) -> bool:
    years = [str(value_of(known, "birth_date") or "")[:4] for known in (one, other)]
    return all(year.isdigit() for year in years) and abs(int(years[0]) - int(years[1])) >= GENERATION


def _row(unit: _Unit, code: str) -> str:
    return str(unit.known[code][3])
