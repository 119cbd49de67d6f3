"""Folding again from the records: after something was taken away, merged or separated."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from mudmai.people.models import Filing
from mudmai.people.rules.fold import Told, fold
from mudmai.people.rules.identity import Edge, clusters
from mudmai.people.services import bulk
from mudmai.people.services.reading import (
    RECORD_SQL,
    STANDING,
    Row,
    area_of_houses,
    household_of_keys,
    known_households,
    known_persons,
    persons_in,
    row_of,
)
from mudmai.people.services.shape import Sealed
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
    keys = _keys_of_houses(set(houses))
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
        _fold_households(houses, areas)
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
    nodes, edges = neighbourhood(set(keys))
    named = clusters(nodes, edges)
    before = known_persons(set(keys) | set(named.values()) | _filed_persons(nodes))
    records = _standing(nodes)
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in records:
        groups[named[row.told.id]].append(row)
    _file(nodes, named)
    for old in before.values():
        areas.add(old.area)
        touched |= {old.known[tie][0] for tie in ("lives_at",) if tie in old.known}
    states = {key: fold((row.told for row in rows), "person") for key, rows in groups.items()}
    sealed = {key: _cid_of(states[key], rows) for key, rows in groups.items()}
    touched |= {state["lives_at"][0] for state in states.values() if "lives_at" in state}
    delete_persons(before.keys() - states.keys())
    write_persons(states, sealed, area_of_houses(states.values()), areas)
    return nodes


def neighbourhood(keys: set[str]) -> tuple[set[str], list[Edge]]:
    """All keys that hang together with these under standing decisions, and the decisions that hold them."""
    nodes: set[str] = set()
    edges: dict[tuple[str, str, str], Edge] = {}
    frontier = set(keys)
    while frontier:
        nodes |= frontier
        found: set[str] = set()
        # Whatever was filed with a key stays in sight, so that what falls apart is filed anew.
        for filed in bulk.select_in("SELECT record_id FROM people_filing WHERE person_id IN {in}", frontier):
            found.add(bulk.hexed(filed[0]))
        for side in ("left", "right"):
            for kind, left, right in bulk.select_in(_edge_sql(side), frontier, [False]):
                edge = Edge(kind, bulk.hexed(left), bulk.hexed(right))
                edges[edge] = edge
                found |= {edge.left, edge.right}
        frontier = found - nodes
    return nodes, list(edges.values())


def _edge_sql(side: str) -> str:
    # A link dies with its record and with its batch; a merge stands by itself until it is withdrawn.
    return (
        'SELECT d.kind, d."left", d."right" FROM people_decision d '
        "LEFT JOIN people_batch b ON b.id = d.batch_id "
        "LEFT JOIN people_record r ON r.id = d.\"left\" AND d.kind = 'link' "
        "LEFT JOIN people_batch rb ON rb.id = r.batch_id "
        f"WHERE d.\"{side}\" IN {{in}} AND d.about = 'person' AND d.kind IN ('link', 'merge') AND d.withdrawn = %s "
        "AND (b.id IS NULL OR (b.state = 'closed' AND NOT b.withdrawn)) "
        "AND (d.kind = 'merge' OR r.id IS NULL OR (NOT r.withdrawn AND rb.state = 'closed' AND NOT rb.withdrawn))"
    )


def _filed_persons(nodes: set[str]) -> set[str]:
    sql = "SELECT person_id FROM people_filing WHERE record_id IN {in}"
    return {bulk.hexed(row[0]) for row in bulk.select_in(sql, nodes) if row[0] is not None}


def _standing(nodes: set[str]) -> list[Row]:
    """The standing records among these keys, with the household they are filed under."""
    sql = RECORD_SQL + STANDING + " AND r.about <> 'household' AND r.id IN {in}"
    rows = [row_of(found) for found in bulk.select_in(sql, nodes)]
    return _with_house(rows)


def _with_house(rows: list[Row]) -> list[Row]:
    house_of = household_of_keys({row.told.household for row in rows if row.told.household})
    return [
        row._replace(told=row.told._replace(household=house_of[row.told.household])) if row.told.household else row
        for row in rows
    ]


def _file(nodes: set[str], named: dict[str, str]) -> None:
    """File every record among these keys under the person its key is of, standing or not: old links lead there."""
    sql = "SELECT record_id, person_id, household_id FROM people_filing WHERE record_id IN {in}"
    rows = [
        (bulk.hexed(key), named[bulk.hexed(key)], bulk.hexed(house))
        for key, person, house in bulk.select_in(sql, nodes)
        if bulk.hexed(person) != named[bulk.hexed(key)] and person is not None
    ]
    bulk.upsert(Filing, ("record_id", "person_id", "household_id"), rows, key="record_id")


def _cid_of(state: dict[str, Any], rows: list[Row]) -> Sealed | None:
    """The sealed id that belongs to the winning one."""
    winner = state.get("cid")
    return next((row.cid for row in rows if winner and row.told.id == winner[3]), None)


def _fold_households(houses: set[str], areas: set[str]) -> None:
    """Fold these houses again; those with no standing record go."""
    if not houses:
        return
    named = household_of_keys(houses)
    wanted = set(named.values()) | houses
    keys = _keys_of_houses(wanted)
    sql = RECORD_SQL + " JOIN people_filing f ON f.record_id = r.id" + STANDING + " AND f.household_id IN {in}"
    groups: dict[str, list[Told]] = defaultdict(list)
    for row in _with_house([row_of(found) for found in bulk.select_in(sql, keys | wanted)]):
        if row.told.household is not None:
            groups[row.told.household].append(row.told)
    _file_houses(keys | wanted)
    before = known_households(wanted)
    areas |= {state.known["area"][0] for state in before.values() if "area" in state.known}
    states = {key: fold(told, "household") for key, told in groups.items()}
    areas |= {state["area"][0] for state in states.values() if "area" in state}
    delete_households(before.keys() - states.keys())
    write_households(states, {key: state.members for key, state in before.items()})


def _keys_of_houses(houses: set[str]) -> set[str]:
    """Every household key that was ever merged into, or with, these."""
    sql = "SELECT \"left\", \"right\" FROM people_decision WHERE about = 'household' AND kind = 'merge'"
    named = clusters(houses, [Edge("merge", bulk.hexed(left), bulk.hexed(right)) for left, right in bulk.select(sql)])
    ours = {named[house] for house in houses}
    return {key for key, name in named.items() if name in ours}


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
