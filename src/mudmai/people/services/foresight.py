"""What taking something back, or putting it back, would change: folded as if it were so, and nothing written."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from mudmai.people.models import Batch, Decision, Person, Record, full_name
from mudmai.people.rules.fold import Known, unpacked
from mudmai.people.rules.following import area_of, status_of, word
from mudmai.people.services import bulk
from mudmai.people.services.folding import FoldedPersons, folded_houses, folded_persons, keys_of_houses
from mudmai.people.services.reading import AsIf, area_of_houses

# Up to here everybody touched is folded and told one by one; of more, these are told and the rest is counted.
TOLD_PERSONS = 200
# Values of up to so many people are counted one by one.
COUNTED_PERSONS = 20_000
TOLD_DECISIONS = 50


class FieldChange(NamedTuple):
    """One value of a person or a house, as it is and as it would be; None where nothing is known."""

    code: str
    old: Any
    new: Any


@dataclass(frozen=True)
class SubjectChange:
    """What would become of one person or one house; ids as 32 hex digits."""

    id: str
    how: str  # changes, goes (nothing is known any more), comes, parts (from `other`), joins (`other`)
    other: str
    rows: int  # how many standing records speak of it: afterwards, or where it goes or joins, now
    area: str
    name: str
    fields: list[FieldChange]


class Edit(NamedTuple):
    """A correction by staff made while two were one: where it would end."""

    record: Record
    key: str  # the key it was linked to, 32 hex digits
    person: str  # the person it would belong to


@dataclass
class Changes:
    """What would change. Counts are of everything; the lists stop at TOLD_PERSONS and TOLD_DECISIONS."""

    withdrawn: bool  # whether it would be withdrawn, or stand again
    records: int = 0  # rows that stop counting, or count again
    persons: int = 0  # touched
    persons_gone: int = 0  # known from nothing else
    households_gone: int = 0
    fields: int | None = 0  # values that become others, or unknown; None where they are too many to be counted at once
    all_told: bool = True
    told: list[SubjectChange] = field(default_factory=list)  # persons
    houses: list[SubjectChange] = field(default_factory=list)
    # Decisions made elsewhere that rest on what goes: their records fall silent, or they were made while two were one.
    decisions: list[Decision] = field(default_factory=list)
    decisions_count: int = 0
    edits: list[Edit] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether no person and no house would look different."""
        return not (self.told or self.houses or self.persons_gone or self.households_gone or self.fields)


def foresee(target: Batch | Record | Decision) -> Changes:
    """What withdrawing would change, or, of what is withdrawn, letting it stand again. Writes nothing."""
    as_if = AsIf(target.pk.hex, not target.withdrawn)
    changes = Changes(as_if.withdrawn)
    filed = _filed(target)
    changes.records = len(filed) if not isinstance(target, Decision) else 0
    keys = _keys(target, filed)
    found = folded_persons(set(keys[:TOLD_PERSONS]), as_if)
    changes.all_told = len(keys) <= TOLD_PERSONS
    changes.told = _persons(found)
    changes.houses = _houses(_house_keys(target, filed, found), as_if, found)
    changes.persons = len(found.before.keys() | found.states.keys())
    changes.persons_gone = sum(each.how == "goes" for each in changes.told)
    changes.households_gone = sum(each.how == "goes" for each in changes.houses)
    changes.fields = sum(len(each.fields) for each in changes.told)
    if isinstance(target, Batch) and not changes.all_told:
        _count(changes, target, filed)
    _resting(changes, target, found)
    return changes


def _filed(target: Batch | Record | Decision) -> list[tuple[str, str | None, str | None]]:
    """(record, person, house) of the records in question."""
    sql = "SELECT f.record_id, f.person_id, f.household_id FROM people_filing f "
    if isinstance(target, Batch):
        sql += "JOIN people_record r ON r.id = f.record_id WHERE r.batch_id = %s AND NOT r.withdrawn ORDER BY r.id"
        rows = bulk.select(sql, [target.pk.hex])
    elif isinstance(target, Record):
        rows = bulk.select(sql + "WHERE f.record_id = %s", [target.pk.hex])
    elif target.about == "household":
        houses = keys_of_houses({target.left.hex, target.right.hex if target.right else target.left.hex})
        rows = list(bulk.select_in(sql + "WHERE f.household_id IN {in}", houses))
    else:
        rows = list(bulk.select_in(sql + "WHERE f.record_id IN {in}", _sides(target)))
    return [(bulk.hexed(record), bulk.hexed(person), bulk.hexed(house)) for record, person, house in rows]


def _sides(decision: Decision) -> list[str]:
    return [key.hex for key in (decision.left, decision.right) if key is not None]


def _keys(target: Batch | Record | Decision, filed: list[tuple[str, str | None, str | None]]) -> list[str]:
    """The persons in question, each once, in the order of the records, and the keys that may become persons again."""
    if isinstance(target, Decision) and target.kind not in {"link", "merge"}:
        return []
    keys = dict.fromkeys(person for _, person, _ in filed if person is not None)
    if not isinstance(target, Batch) or target.withdrawn:
        keys |= dict.fromkeys(record for record, person, _ in filed if person is not None)
    if isinstance(target, Decision) and target.about == "person":
        keys |= dict.fromkeys(_sides(target))
    if isinstance(target, Batch):
        sql = 'SELECT "left", "right" FROM people_decision WHERE batch_id = %s AND kind = \'merge\''
        merged = bulk.select(sql + " AND about = 'person'", [target.pk.hex])
        keys |= dict.fromkeys(bulk.hexed(key) for row in merged for key in row)
    return list(keys)


def _persons(found: FoldedPersons) -> list[SubjectChange]:
    was = _person_of_records(found)
    now = {row.told.id: key for key, rows in found.rows.items() for row in rows}
    left: dict[str, set[str]] = defaultdict(set)
    came: dict[str, set[str]] = defaultdict(set)
    for record, person in was.items():
        if now.get(record, person) != person:
            left[person].add(now[record])
            came[now[record]].add(person)
    houses = area_of_houses([*found.states.values(), *(each.known for each in found.before.values())])
    told = []
    for key in found.before.keys() | found.states.keys():
        old, new = found.before.get(key), found.states.get(key)
        if old is None:
            how, others = ("parts", came[key]) if came[key] else ("comes", set())
        elif new is None:
            how, others = ("joins", left[key]) if left[key] else ("goes", set())
        else:
            how, others = "changes", set()
        fields = _differing(old.known if old else {}, new or {})
        if how == "changes" and not fields:
            continue
        known: Known = new if new is not None else old.known  # type: ignore[union-attr]  # one of the two is there
        rows = len(found.rows.get(key, ())) or sum(person == key for person in was.values())
        name = full_name(word(known, "title", 60), word(known, "given_name", 200), word(known, "family_name", 200))
        area = old.area if old else area_of(known, houses)
        told.append(SubjectChange(key, how, min(others, default=""), rows, area, name, fields))
    return sorted(told, key=lambda each: (ORDER[each.how], each.name, each.id))


# Who goes and who parts comes first: that is what one looks for.
ORDER = {"goes": 0, "parts": 1, "joins": 2, "comes": 3, "changes": 4}


def _person_of_records(found: FoldedPersons) -> dict[str, str]:
    """{record: the person it belongs to now}, of records that count now."""
    sql = "SELECT record_id, person_id FROM people_filing WHERE record_id IN {in}"
    filed = ((bulk.hexed(record), bulk.hexed(person)) for record, person in bulk.select_in(sql, found.nodes))
    return {record: person for record, person in filed if person in found.before}


def _differing(old: Known, new: Known) -> list[FieldChange]:
    pairs = ((code, old[code][0] if code in old else None, new[code][0] if code in new else None) for code in old | new)
    return [FieldChange(code, before, after) for code, before, after in pairs if before != after]


def _house_keys(
    target: Batch | Record | Decision, filed: list[tuple[str, str | None, str | None]], found: FoldedPersons
) -> set[str]:
    houses = list(dict.fromkeys(house for _, _, house in filed if house is not None))[:TOLD_PERSONS]
    states = [*found.states.values(), *(each.known for each in found.before.values())]
    lived = {state["lives_at"][0] for state in states if "lives_at" in state}
    asked = set(_sides(target)) if isinstance(target, Decision) and target.about == "household" else set()
    return set(houses) | lived | asked


def _houses(keys: set[str], as_if: AsIf, persons: FoldedPersons) -> list[SubjectChange]:
    if not keys:
        return []
    found = folded_houses(keys, as_if)
    moved = _members(persons)
    changes = []
    for key in found.before.keys() | found.states.keys():
        old, new = found.before.get(key), found.states.get(key)
        fields = _differing(old.known if old else {}, new or {})
        members = old.members[0] if old else 0
        if moved.get(key) and new is not None:
            fields.append(FieldChange("members", members, members + moved[key]))
        how = "comes" if old is None else "goes" if new is None else "changes"
        if how == "changes" and not fields:
            continue
        known: Known = new if new is not None else old.known  # type: ignore[union-attr]  # one of the two is there
        name, area = word(known, "house_no", 40), word(known, "area", 8)
        changes.append(SubjectChange(key, how, "", 0, area, name, fields))
    return sorted(changes, key=lambda each: (ORDER[each.how], each.name, each.id))


def _members(found: FoldedPersons) -> dict[str, int]:
    """How many more, or fewer, would live in each house."""
    more: dict[str, int] = defaultdict(int)
    states = [(each.known, -1) for each in found.before.values()] + [(state, 1) for state in found.states.values()]
    for known, one in states:
        if "lives_at" in known and status_of(known) == Person.Status.ALIVE:
            more[known["lives_at"][0]] += one
    return more


def _count(changes: Changes, batch: Batch, filed: list[tuple[str, str | None, str | None]]) -> None:
    """The numbers of a long list: those told one by one are only the first."""
    persons = {person for _, person, _ in filed if person is not None}
    changes.persons = len(persons)
    if not changes.withdrawn:
        changes.persons_gone = changes.households_gone = 0
        changes.fields = None
        return
    changes.persons_gone, changes.households_gone = _alone("person_id", batch), _alone("household_id", batch)
    changes.fields = _values_of(batch, persons) if len(persons) <= COUNTED_PERSONS else None


def _values_of(batch: Batch, persons: Iterable[str]) -> int:
    """How many known values of these persons were told by the batch."""
    ids = {
        bulk.hexed(row[0]) for row in bulk.select("SELECT id FROM people_record WHERE batch_id = %s", [batch.pk.hex])
    }
    sql = "SELECT CAST(known AS text) FROM people_person WHERE id IN {in}"
    count = 0
    for (stored,) in bulk.select_in(sql, persons):
        known = unpacked(bulk.from_json(stored))
        count += sum(record in ids for _value, _level, _on, record in known.values())
    return count


def _alone(column: str, batch: Batch) -> int:
    """Persons or households whose every standing record is of this batch."""
    sql = (
        f"SELECT count(*) FROM (SELECT f.{column} FROM people_filing f JOIN people_record r ON r.id = f.record_id "
        "JOIN people_batch b ON b.id = r.batch_id AND b.state = 'closed' AND NOT b.withdrawn "
        f"WHERE NOT r.withdrawn AND f.{column} IN (SELECT f2.{column} FROM people_filing f2 "
        "JOIN people_record r2 ON r2.id = f2.record_id WHERE r2.batch_id = %s) "
        f"GROUP BY f.{column} HAVING sum(CASE WHEN r.batch_id = %s THEN 0 ELSE 1 END) = 0) AS alone"
    )
    return int(bulk.select(sql, [batch.id.hex, batch.id.hex])[0][0])


def _resting(changes: Changes, target: Batch | Record | Decision, found: FoldedPersons) -> None:
    """The decisions that rest on what goes, and the corrections made while two were one."""
    if not changes.withdrawn or (isinstance(target, Decision) and target.kind not in {"link", "merge"}):
        return
    if isinstance(target, Decision):
        resting = _made_since(target, found)
        changes.edits = _edits_since(target, found)
    else:
        resting = _about_records(target)
    changes.decisions_count = len(resting)
    by_id = Decision.objects.select_related("by", "batch").in_bulk(resting[:TOLD_DECISIONS])
    changes.decisions = list(by_id.values())


def _about_records(target: Batch | Record) -> list[str]:
    """Standing decisions, made elsewhere, one side of which is a record that falls silent; not the row's own link."""
    if isinstance(target, Batch):
        which = "r.batch_id = %s AND (d.batch_id IS NULL OR d.batch_id <> r.batch_id)"
    else:
        which = "r.id = %s AND NOT (d.kind = 'link' AND d.\"left\" = r.id)"
    ids: dict[str, None] = {}
    for side in ("left", "right"):
        sql = (
            f'SELECT d.id FROM people_record r JOIN people_decision d ON d."{side}" = r.id '
            f"WHERE {which} AND d.kind IN ('link', 'merge', 'different') AND NOT d.withdrawn ORDER BY d.id"
        )
        ids |= dict.fromkeys(bulk.hexed(row[0]) for row in bulk.select(sql, [target.pk.hex]))
    return list(ids)


def _made_since(target: Decision, found: FoldedPersons) -> list[str]:
    """Standing decisions made after this one about all that a merge held together, or the part that a link held."""
    part = found.named.get(target.left.hex)
    nodes = found.nodes if target.kind == "merge" else {key for key in found.nodes if found.named[key] == part}
    ids: dict[str, None] = {}
    for side in ("left", "right"):
        sql = (
            f'SELECT d.id, d.decided_at FROM people_decision d WHERE d."{side}" IN {{in}} '
            "AND d.about = 'person' AND d.kind IN ('link', 'merge', 'different') AND NOT d.withdrawn "
            "AND d.decided_at > %s AND d.id <> %s ORDER BY d.decided_at, d.id"
        )
        params = [connection.ops.adapt_datetimefield_value(target.decided_at), target.pk.hex]
        ids |= dict.fromkeys(bulk.hexed(row[0]) for row in bulk.select_in(sql, nodes, params))
    return list(ids)


def _edits_since(target: Decision, found: FoldedPersons) -> list[Edit]:
    """Corrections by staff made after the decision, and where each would belong."""
    staff = [row.told.id for rows in found.rows.values() for row in rows if row.told.kind == "staff"]
    now = {row.told.id: key for key, rows in found.rows.items() for row in rows}
    links = Decision.objects.filter(left__in=staff, kind="link", withdrawn=False)
    keys = {link.left.hex: link.right.hex for link in links if link.right is not None}
    records = Record.objects.filter(pk__in=staff, batch__made_at__gt=target.decided_at).select_related("batch__by")
    return [
        Edit(record, keys[record.pk.hex], now[record.pk.hex])
        for record in records.order_by("id")
        if record.pk.hex in keys
    ]
