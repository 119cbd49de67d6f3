"""Folding again from the records: after something was taken away, merged or separated."""

from collections.abc import Callable, Iterable

from django.db import transaction

from mudmai.people.models import Filing
from mudmai.people.rules.fold import value_of
from mudmai.people.services import bulk
from mudmai.people.services.folding import folded_houses, folded_persons, keys_of_houses
from mudmai.people.services.reading import area_of_houses, household_of_keys, persons_in
from mudmai.people.services.tallies import recount
from mudmai.people.services.writing import (
    delete_households,
    delete_persons,
    write_households,
    write_member_counts,
    write_persons,
)

STEP = 1000  # persons folded in one transaction
Progress = Callable[[int, int], None]


def refold_records(ids: Iterable[str], progress: Progress = lambda done, total: None) -> None:
    """Fold again every person and household in which these records are, were, or now belong."""
    ids = list(ids)
    filed = list(
        bulk.select_in("SELECT record_id, person_id, household_id FROM people_filing WHERE record_id IN {in}", ids)
    )
    persons = {bulk.hexed(row[1]) for row in filed if row[1] is not None}
    houses = {bulk.hexed(row[2]) for row in filed if row[2] is not None}
    keys = sorted(persons | {bulk.hexed(row[0]) for row in filed if row[1] is not None})
    _refold(keys, houses, progress)


def refold_keys(keys: Iterable[str]) -> None:
    """Fold again the persons and households of these keys, after a decision about them."""
    keys = list(keys)
    sql = "SELECT person_id, household_id FROM people_filing WHERE record_id IN {in}"
    filed = list(bulk.select_in(sql, keys))
    persons = {bulk.hexed(row[0]) for row in filed if row[0] is not None}
    houses = {bulk.hexed(row[1]) for row in filed if row[1] is not None}
    _refold(sorted(persons | set(keys)), houses | set(keys), lambda done, total: None)


def refold_house_members(houses: Iterable[str]) -> None:
    """Fold houses again, with everybody who has a record there: after houses were merged or parted."""
    keys = keys_of_houses(set(houses))
    rows = bulk.select_in("SELECT record_id FROM people_filing WHERE household_id IN {in}", keys)
    refold_records([bulk.hexed(row[0]) for row in rows])


def refold_members(houses: Iterable[str]) -> None:
    """Write anew the persons of houses whose area changed."""
    keys = persons_in(houses)
    if keys:
        _refold(keys, set(), lambda done, total: None)


def _refold(keys: list[str], houses: set[str], progress: Progress) -> None:
    areas: set[str] = set()
    touched = set(houses)
    done: set[str] = set()
    with transaction.atomic():
        moved = _fold_households(houses, areas)
    keys = sorted({*keys, *persons_in(moved)})
    for start in range(0, len(keys), STEP):
        step = [key for key in keys[start : start + STEP] if key not in done]
        if step:
            with transaction.atomic():
                done |= _fold_persons(step, areas, touched)
        progress(min(start + STEP, len(keys)), len(keys))
    with transaction.atomic():
        write_member_counts(touched)
        recount(areas)


def _fold_persons(keys: list[str], areas: set[str], touched: set[str]) -> set[str]:
    found = folded_persons(set(keys))
    _file(found.nodes, found.named)
    for old in found.before.values():
        areas.add(old.area)
        touched |= {old.known[tie][0] for tie in ("lives_at",) if tie in old.known}
    touched |= {state["lives_at"][0] for state in found.states.values() if "lives_at" in state}
    delete_persons(found.before.keys() - found.states.keys())
    write_persons(found.states, found.sealed, area_of_houses(found.states.values()), areas)
    return found.nodes


def _file(nodes: set[str], named: dict[str, str]) -> None:
    """File every record among these keys under the person its key is of, standing or not: old links lead there."""
    sql = "SELECT record_id, person_id, household_id FROM people_filing WHERE record_id IN {in}"
    rows = [
        (bulk.hexed(key), named[bulk.hexed(key)], bulk.hexed(house))
        for key, person, house in bulk.select_in(sql, nodes)
        if bulk.hexed(person) != named[bulk.hexed(key)] and person is not None
    ]
    bulk.upsert(Filing, ("record_id", "person_id", "household_id"), rows, key="record_id")


def _fold_households(houses: set[str], areas: set[str]) -> set[str]:
    """Fold these houses again; those with no standing record go. Returns those that are in another area now."""
    if not houses:
        return set()
    found = folded_houses(houses)
    _file_houses(found.keys)
    areas |= {state.known["area"][0] for state in found.before.values() if "area" in state.known}
    areas |= {state["area"][0] for state in found.states.values() if "area" in state}
    delete_households(found.before.keys() - found.states.keys())
    write_households(found.states, {key: state.members for key, state in found.before.items()})
    area_then = {key: value_of(state.known, "area") for key, state in found.before.items()}
    return {key for key, area in area_then.items() if value_of(found.states.get(key, {}), "area") != area}


def _file_houses(keys: set[str]) -> None:
    sql = (
        "SELECT r.id, f.person_id, r.household_key, f.household_id FROM people_record r "
        "JOIN people_filing f ON f.record_id = r.id WHERE f.household_id IN {in}"
    )
    found = list(bulk.select_in(sql, keys))
    house_of = household_of_keys({bulk.hexed(row[2]) for row in found})
    rows = [
        (bulk.hexed(key), bulk.hexed(person), house_of[bulk.hexed(house)])
        for key, person, house, filed in found
        if bulk.hexed(filed) != house_of[bulk.hexed(house)]
    ]
    bulk.upsert(Filing, ("record_id", "person_id", "household_id"), rows, key="record_id")
