"""Folding a batch in by joining: what is known, joined with each new record. No look at older records is needed."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import transaction

from mudmai.people.models import Batch, Fact, Filing, Household, Person, PinCount, Record, Tally
from mudmai.people.rules.catalogue import indexed_attributes
from mudmai.people.rules.fold import Known, Told, join
from mudmai.people.rules.following import status_of
from mudmai.people.services import bulk
from mudmai.people.services.reading import (
    RECORD_SQL,
    Row,
    area_of_houses,
    household_of_keys,
    known_households,
    known_persons,
    person_of_keys,
    row_of,
)
from mudmai.people.services.refold import refold_house_members, refold_keys, refold_members
from mudmai.people.services.shape import SHAPING_ATTRIBUTES, Sealed
from mudmai.people.services.tallies import recount
from mudmai.people.services.writing import write_households, write_known, write_member_counts, write_persons

# A person's columns, facts and place in the lists follow from these; other values stand in `known` alone.
SHAPING = SHAPING_ATTRIBUTES | indexed_attributes()
# How many live in a house, and who heads it, follows from these.
HEADING = SHAPING_ATTRIBUTES - {"cid", "sex", "phone", "residence_type", "listed_area"}
MANY = 5000
STEP = 8000  # rows in one transaction: other writers of SQLite wait for about a second


def absorb(batch: Batch, progress: Callable[[int, int], None]) -> None:
    """Fold the records of a closed batch into persons and households. Idempotent: joining twice changes nothing."""
    links, others, other_houses = _decisions(batch)
    rows = bulk.select(
        "SELECT id FROM people_record WHERE batch_id = %s AND withdrawn = %s ORDER BY id", [batch.id.hex, False]
    )
    ids = [bulk.hexed(row[0]) for row in rows]
    areas: set[str] = set()
    houses: set[str] = set()
    renamed: set[str] = set()
    for start in range(0, len(ids), STEP):
        with transaction.atomic():
            _absorb_step(ids[start : start + STEP], links, areas, houses, renamed)
        progress(min(start + STEP, len(ids)), len(ids))
    if others:
        refold_keys(others)
    if other_houses:
        refold_house_members(other_houses)
    refold_members(renamed)
    with transaction.atomic():
        write_member_counts(houses)
        recount(areas)
    if len(ids) > MANY:
        bulk.tidy(Person, Household, Filing, Fact, Record, Tally, PinCount)


def _decisions(batch: Batch) -> tuple[dict[str, str], list[str], list[str]]:
    """Links of this batch {record: key}, and the keys of merges of persons and of houses, which need the full fold."""
    links: dict[str, str] = {}
    others: list[str] = []
    houses: list[str] = []
    for kind, about, left, right in bulk.select(
        'SELECT kind, about, "left", "right" FROM people_decision WHERE batch_id = %s AND withdrawn = %s',
        [batch.id.hex, False],
    ):
        if kind == "link" and about == "person":
            links[bulk.hexed(left)] = bulk.hexed(right)
        elif kind == "merge":
            (houses if about == "household" else others).extend([bulk.hexed(left), bulk.hexed(right)])
    return links, others, houses


def _absorb_step(ids: list[str], links: dict[str, str], areas: set[str], houses: set[str], renamed: set[str]) -> None:
    rows = [row_of(found) for found in bulk.select_in(RECORD_SQL + " WHERE r.id IN {in}", ids)]
    rows.sort(key=lambda row: row.told.id)
    house_of = household_of_keys({row.told.household for row in rows if row.told.household})
    people = person_of_keys({links.get(row.told.id, row.told.id) for row in rows if row.about != "household"}, links)
    filings = []
    for row in rows:
        person = None if row.about == "household" else people[links.get(row.told.id, row.told.id)]
        house = house_of.get(row.told.household or "")
        filings.append((row.told.id, person, house))
    bulk.upsert(Filing, ("record_id", "person_id", "household_id"), filings, key="record_id", hopeful=True)
    told = [
        (
            row,
            row.told if house is None or house == row.told.household else row.told._replace(household=house),
            person,
            house,
        )
        for row, (_, person, house) in zip(rows, filings, strict=True)
    ]
    _join_households([(row, record, house) for row, record, _, house in told if house], areas, houses, renamed)
    _join_persons([(row, record, person) for row, record, person, _ in told if person], areas, houses)


def _join_households(told: list[tuple[Row, Told, str]], areas: set[str], houses: set[str], renamed: set[str]) -> None:
    by_house = _grouped(told)
    known = known_households(by_house)
    changed: dict[str, Known] = {}
    told_anew: dict[str, Known] = {}
    for house, records in by_house.items():
        before = known.get(house)
        state = before.known if before else {}
        old_area = state.get("area", [""])[0]
        won, other = False, set[str]()
        for _, record in records:
            won = join(state, record, "household", other) or won
        if before is None or other:
            changed[house] = state
        elif won:
            told_anew[house] = state
        area = state.get("area", [""])[0]
        if before is not None and area != old_area:
            renamed.add(house)
            areas.add(old_area)
        areas.add(area)
    houses.update(by_house.keys() - known.keys())
    write_households(changed, {house: before.members for house, before in known.items()})
    write_known(Household, told_anew)


def _join_persons(told: list[tuple[Row, Told, str]], areas: set[str], houses: set[str]) -> None:
    by_person = _grouped(told)
    known = known_persons(by_person)
    changed: dict[str, Known] = {}
    told_anew: dict[str, Known] = {}
    sealed: dict[str, Sealed | None] = {}
    for person, records in by_person.items():
        before = known.get(person)
        state = before.known if before else {}
        cid = before.cid if before else None
        if before:
            areas.add(before.area)
        old_house, old_status = state.get("lives_at", [None])[0], status_of(state)
        won, other = False, set[str]()
        for row, record in records:
            if join(state, record, "person", other):
                won = True
                if state.get("cid", [None] * 4)[3] == record.id:
                    cid = row.cid
        # Whether somebody left may follow from a newer day alone.
        stirred = before is None or status_of(state) != old_status
        if stirred or other & SHAPING:
            changed[person], sealed[person] = state, cid
            if stirred or other & HEADING:
                houses |= {house for house in (old_house, state.get("lives_at", [None])[0]) if house}
        elif won:
            told_anew[person] = state
    write_persons(changed, sealed, area_of_houses(changed.values()), areas, new=changed.keys() - known.keys())
    write_known(Person, told_anew)


def _grouped(told: Iterable[tuple[Row, Told, str]]) -> dict[str, list[tuple[Row, Told]]]:
    groups: dict[str, list[tuple[Row, Told]]] = defaultdict(list)
    for row, record, key in told:
        groups[key].append((row, record))
    return groups
