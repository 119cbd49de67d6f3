"""Comparing rows with what the registry knows: new, changed, same, to review; and what each would change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from mudmai.intake.queries.staged import Staged
from mudmai.intake.rules.layout import Layout
from mudmai.intake.rules.outcomes import CHANGED, DUPLICATE, NEW, PROBLEM, REVIEW, SAME, Change, changes_of
from mudmai.intake.rules.reading import Draft
from mudmai.intake.services.staging import CHUNK
from mudmai.intake.services.states import Teller
from mudmai.kernel import uuid7
from mudmai.linkage.services import Match
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.rules.fold import Known, Told
from mudmai.people.services import NewRecord

# Reasons of a question that mean: the id on this row belongs to somebody else, so the record does not keep it.
_NOT_HERS = frozenset(["id_two_people", "id_of_another"])
_WHOLE_ROW = -1


@dataclass
class Comparison:
    """All rows with their outcome, and the numbers that follow."""

    rows: list[Staged] = field(default_factory=list)
    new_people: int = 0
    linked: int = 0
    new_households: int = 0
    written: int = 0
    present: set[str] = field(default_factory=set)  # persons that a row is, or may be
    standing: bool = False  # every row that could be imported stands already, word for word


def compare(
    layout: Layout, drafts: Sequence[Draft], matches: Sequence[Match], teller: Teller, *, complete: bool
) -> Comparison:
    """What becomes of each row. `complete` lists keep every row, so that it is known who stood on them."""
    found = {match.key: match for match in matches}
    comparer = _Comparer(layout, found)
    standing = _standing(layout, drafts)
    for start in range(0, len(drafts), CHUNK):
        part = drafts[start : start + CHUNK]
        comparer.chunk(part)
        teller(start + len(part), len(drafts))
    result = comparer.result
    able = [row for row in result.rows if row["out"] != PROBLEM]
    result.standing = bool(able) and all(row["id"] in standing for row in able)
    if result.standing or not complete:
        for row in able:
            if row["id"] in standing:
                row["out"], row["skip"] = SAME, True
                for key in ("link", "ask", "ch", "nh"):
                    row.pop(key, None)
    _count(result)
    return result


def _count(result: Comparison) -> None:
    importable = [row for row in result.rows if row["out"] != PROBLEM and not row.get("skip")]
    result.written = len(importable)
    result.linked = sum(1 for row in importable if row.get("link"))
    result.new_people = sum(1 for row in importable if row["about"] != "household" and not row.get("link"))
    result.new_households = len({row["hk"] for row in importable if row.get("nh")})


def _standing(layout: Layout, drafts: Sequence[Draft]) -> set[str]:
    """Ids of rows that stand in the registry already, word for word."""
    known = people.digests_of_lists(layout.kind, layout.as_of)
    if not known:
        return set()
    able = [draft for draft in drafts if not draft.fatal]
    found = {draft.id for draft in able if _digest(layout, draft, keep_id=True) in known}
    if found and len(found) < len(able):
        # An id that belongs to somebody else was not kept when the row was imported.
        rest = [draft for draft in able if draft.id not in found and draft.cid]
        found |= {draft.id for draft in rest if _digest(layout, draft, keep_id=False) in known}
    return found


def _digest(layout: Layout, draft: Draft, *, keep_id: bool) -> bytes:
    return registry.record_digest(layout.kind, new_record(draft, keep_id=keep_id), layout.as_of)


def new_record(draft: Draft, *, keep_id: bool = True) -> NewRecord:
    return NewRecord(
        said=draft.said,
        id=draft.id,
        cid=draft.cid if keep_id else None,
        household_key=draft.household_key,
        observed_on=date.fromisoformat(draft.observed_on) if draft.observed_on else None,
        area_code=draft.area,
        about=draft.about,
    )


class _Comparer:
    """Walks the rows chunk by chunk, asking the registry once for each chunk."""

    def __init__(self, layout: Layout, matches: dict[str, Match]) -> None:
        self.kind, self.as_of = layout.kind, layout.as_of.isoformat()
        self.matches = matches
        self.result = Comparison()
        self.rows_seen: dict[str, tuple[int, int]] = {}  # row id -> where it stands
        self.person_of_row: dict[str, str] = {}
        self.first_row_of: dict[str, str] = {}  # person -> the row that was she first
        self.houses_seen: set[str] = set()

    def chunk(self, drafts: Sequence[Draft]) -> None:
        persons = {self._person(draft) for draft in drafts} - {""}
        known = people.known_of(persons)
        houses = people.known_of_households({draft.household_key for draft in drafts if draft.household_key})
        hashes = registry.hash_cids([draft.cid for draft in drafts])
        for draft, hashed in zip(drafts, hashes, strict=True):
            self.result.rows.append(self._row(draft, hashed, known, houses))

    def _person(self, draft: Draft) -> str:
        """The person this row is, following rows of the same list; "" for a new one."""
        match = self.matches.get(draft.id)
        if match is None or match.person is None:
            self.person_of_row[draft.id] = ""
            return ""
        person = self.person_of_row.get(match.person)
        if person is None:
            person = "" if match.person in self.matches else match.person
        self.person_of_row[draft.id] = person
        return person

    def _row(self, draft: Draft, hashed: bytes | None, known: dict[str, Known], houses: dict[str, Known]) -> Staged:
        row: Staged = {
            "t": draft.table, "r": draft.number, "id": draft.id, "said": draft.said, "cid": draft.cid,
            "hk": draft.household_key, "on": draft.observed_on, "area": draft.area, "about": draft.about,
            "p": draft.problems, "d": draft.doubts,
        }  # fmt: skip
        if draft.fatal:
            row["out"] = PROBLEM
            return row
        told = Told(
            draft.id, self.kind, draft.observed_on or self.as_of, draft.said, False, draft.household_key, draft.area,
            hashed.hex() if hashed else None,
        )  # fmt: skip
        changes = self._house(row, draft, told, houses)
        match = self.matches.get(draft.id)
        row["out"] = self._who(row, draft, match, told, known, changes) if match else self._house_outcome(row, changes)
        if changes:
            row["ch"] = [tuple(change) for change in changes]
        self.rows_seen[draft.id] = (draft.table, draft.number)
        return row

    def _house(self, row: Staged, draft: Draft, told: Told, houses: dict[str, Known]) -> list[Change]:
        key = draft.household_key
        if key is None:
            return []
        if key in houses:
            return changes_of(houses[key], told, "household")
        if key not in self.houses_seen:
            self.houses_seen.add(key)
            row["nh"] = True
        return []

    @staticmethod
    def _house_outcome(row: Staged, changes: list[Change]) -> str:
        if row.get("nh"):
            return NEW
        return CHANGED if any(change.wins for change in changes) else SAME

    def _who(
        self, row: Staged, draft: Draft, match: Match, told: Told, known: dict[str, Known], changes: list[Change]
    ) -> str:
        self._questions(row, draft, match)
        person = self.person_of_row.get(draft.id, "")
        if match.person is None:
            return REVIEW if match.others else NEW
        row["link"] = [uuid7.uuid7().hex, match.person, match.basis, round(match.score, 4), match.evidence]
        target = person or match.person
        earlier = self.first_row_of.get(target) or (match.person if match.person in self.rows_seen else "")
        row["who"] = target
        if person:
            self.result.present.add(person)
            self.first_row_of.setdefault(person, draft.id)
            changes += changes_of(known.get(person, {}), told, "person")
        if match.others:
            return REVIEW
        if earlier:
            row["rep"] = self.rows_seen[earlier]
            draft.doubts.append((_WHOLE_ROW, "row_repeats"))
            return DUPLICATE
        return CHANGED if any(change.wins for change in changes) else SAME

    def _questions(self, row: Staged, draft: Draft, match: Match) -> None:
        if not match.others:
            return
        row["ask"] = [list(other) for other in match.others]
        self.result.present |= {other.person for other in match.others}
        reasons = {other.evidence.get("why", {}).get("level") for other in match.others}
        if match.person is None and reasons & _NOT_HERS and row["cid"]:
            row["cid"] = None
            draft.problems.append((_WHOLE_ROW, "id_not_kept"))
