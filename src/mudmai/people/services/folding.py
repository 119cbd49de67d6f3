"""Folding persons and houses from their records without writing: as everything stands, or as if one thing did not.

Taking back and foreseeing it read the same: `refold` writes what is found here, `preview` compares it with what is.
"""

from collections import defaultdict
from typing import Any, NamedTuple

from mudmai.people.rules.fold import Known, Told, fold
from mudmai.people.rules.identity import Edge, clusters
from mudmai.people.services import bulk
from mudmai.people.services.reading import (
    RECORD_SQL,
    AsIf,
    KnownHousehold,
    KnownPerson,
    Row,
    household_of_keys,
    known_households,
    known_persons,
    row_of,
    standing,
    withdrawn,
)
from mudmai.people.services.shape import Sealed


class FoldedPersons(NamedTuple):
    """What the standing records of some keys, and of all that hang together with them, say; ids as 32 hex digits."""

    nodes: set[str]  # all keys that were looked at
    named: dict[str, str]  # {key: person id}
    before: dict[str, KnownPerson]  # as the registry holds them now
    rows: dict[str, list[Row]]  # {person id: standing records}
    states: dict[str, Known]  # {person id: what is known}

    @property
    def sealed(self) -> dict[str, Sealed | None]:
        """The sealed id that belongs to the winning one, by person."""
        return {key: _cid_of(self.states[key], rows) for key, rows in self.rows.items()}


class FoldedHouses(NamedTuple):
    """The same for houses."""

    keys: set[str]
    before: dict[str, KnownHousehold]
    states: dict[str, Known]


def folded_persons(keys: set[str], as_if: AsIf | None = None) -> FoldedPersons:
    """Fold the persons of these keys from their records."""
    nodes, edges = neighbourhood(keys, as_if)
    named = clusters(nodes, edges)
    before = known_persons(keys | set(named.values()) | _filed_persons(nodes))
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in _standing_rows(nodes, as_if):
        rows[named[row.told.id]].append(row)
    states = {key: fold((row.told for row in found), "person") for key, found in rows.items()}
    return FoldedPersons(nodes, named, before, dict(rows), states)


def neighbourhood(keys: set[str], as_if: AsIf | None = None) -> tuple[set[str], list[Edge]]:
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
            for kind, left, right in bulk.select_in(_edge_sql(side, as_if), frontier, [False]):
                edge = Edge(kind, bulk.hexed(left), bulk.hexed(right))
                edges[edge] = edge
                found |= {edge.left, edge.right}
        frontier = found - nodes
    return nodes, list(edges.values())


def _edge_sql(side: str, as_if: AsIf | None) -> str:
    # A link dies with its record and with its batch; a merge stands by itself until it is withdrawn.
    return (
        'SELECT d.kind, d."left", d."right" FROM people_decision d '
        "LEFT JOIN people_batch b ON b.id = d.batch_id "
        "LEFT JOIN people_record r ON r.id = d.\"left\" AND d.kind = 'link' "
        "LEFT JOIN people_batch rb ON rb.id = r.batch_id "
        f"WHERE d.\"{side}\" IN {{in}} AND d.about = 'person' AND d.kind IN ('link', 'merge') "
        f"AND {withdrawn('d', as_if)} = %s "
        f"AND (b.id IS NULL OR (b.state = 'closed' AND NOT {withdrawn('b', as_if)})) "
        f"AND (d.kind = 'merge' OR r.id IS NULL OR (NOT {withdrawn('r', as_if)} "
        f"AND rb.state = 'closed' AND NOT {withdrawn('rb', as_if)}))"
    )


def _filed_persons(nodes: set[str]) -> set[str]:
    sql = "SELECT person_id FROM people_filing WHERE record_id IN {in}"
    return {bulk.hexed(row[0]) for row in bulk.select_in(sql, nodes) if row[0] is not None}


def _standing_rows(nodes: set[str], as_if: AsIf | None) -> list[Row]:
    """The standing records among these keys, with the household they are filed under."""
    sql = RECORD_SQL + standing(as_if) + " AND r.about <> 'household' AND r.id IN {in}"
    return _with_house([row_of(found) for found in bulk.select_in(sql, nodes)], as_if)


def _with_house(rows: list[Row], as_if: AsIf | None) -> list[Row]:
    house_of = household_of_keys({row.told.household for row in rows if row.told.household}, as_if)
    return [
        row._replace(told=row.told._replace(household=house_of[row.told.household])) if row.told.household else row
        for row in rows
    ]


def _cid_of(state: dict[str, Any], rows: list[Row]) -> Sealed | None:
    winner = state.get("cid")
    return next((row.cid for row in rows if winner and row.told.id == winner[3]), None)


def folded_houses(houses: set[str], as_if: AsIf | None = None) -> FoldedHouses:
    """Fold these houses, and those they were ever merged with, from their records."""
    wanted = set(household_of_keys(houses, as_if).values()) | houses
    keys = keys_of_houses(wanted) | wanted
    sql = RECORD_SQL + " JOIN people_filing f ON f.record_id = r.id" + standing(as_if) + " AND f.household_id IN {in}"
    told: dict[str, list[Told]] = defaultdict(list)
    for row in _with_house([row_of(found) for found in bulk.select_in(sql, keys)], as_if):
        if row.told.household is not None:
            told[row.told.household].append(row.told)
    return FoldedHouses(keys, known_households(keys), {key: fold(found, "household") for key, found in told.items()})


def keys_of_houses(houses: set[str]) -> set[str]:
    """Every household key that was ever merged into, or with, these."""
    sql = "SELECT \"left\", \"right\" FROM people_decision WHERE about = 'household' AND kind = 'merge'"
    named = clusters(houses, [Edge("merge", bulk.hexed(left), bulk.hexed(right)) for left, right in bulk.select(sql)])
    ours = {named[house] for house in houses}
    return {key for key, name in named.items() if name in ours}
