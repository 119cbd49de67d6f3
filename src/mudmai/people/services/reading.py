"""Reading records and what is known of persons and households, many at once."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from mudmai.people.rules.fold import Known, Told, unpacked
from mudmai.people.rules.identity import Edge, clusters
from mudmai.people.services import bulk
from mudmai.people.services.shape import Sealed

RECORD_SQL = (
    "SELECT r.id, r.kind, r.about, r.observed_on, CAST(r.said AS text), r.confirmed, r.household_key, r.area_code, "
    "r.cid_hash, r.cid_tail_hash, r.cid_sealed FROM people_record r"
)


class AsIf(NamedTuple):
    """A batch, a record or a decision read as withdrawn, or as standing, whatever it is now: to foresee a change."""

    key: str  # 32 hex digits
    withdrawn: bool


def withdrawn(alias: str, as_if: AsIf | None = None) -> str:
    """SQL: whether the row of this alias is withdrawn, or would be."""
    if as_if is None:
        return f"{alias}.withdrawn"
    # The key is one of ours, 32 hex digits; both databases know the words TRUE and FALSE.
    here = f"{alias}.id = '{UUID(as_if.key).hex}'"
    return f"(CASE WHEN {here} THEN {str(as_if.withdrawn).upper()} ELSE {alias}.withdrawn END)"


def standing(as_if: AsIf | None = None) -> str:
    """SQL after RECORD_SQL: a record stands when neither it nor its batch was withdrawn, and the batch is complete."""
    return (
        f" JOIN people_batch b ON b.id = r.batch_id AND b.state = 'closed' AND NOT {withdrawn('b', as_if)} "
        f"WHERE NOT {withdrawn('r', as_if)}"
    )


class Row(NamedTuple):
    """One record as the fold needs it, with its sealed id."""

    told: Told
    about: str
    cid: Sealed


class KnownPerson(NamedTuple):
    """What a person row holds before a change."""

    known: Known
    cid: Sealed
    area: str


class KnownHousehold(NamedTuple):
    """What a household row holds before a change."""

    known: Known
    members: tuple[int, str]


def row_of(found: tuple[Any, ...]) -> Row:
    key, kind, about, observed_on, said, confirmed, house, area, hashed, tail, sealed = found
    cid = Sealed(bulk.as_bytes(hashed), bulk.as_bytes(tail), bulk.as_bytes(sealed))
    told = Told(
        bulk.hexed(key), kind, bulk.iso(observed_on), bulk.from_json(said), bool(confirmed), bulk.hexed(house), area,
        cid.hashed.hex() if cid.hashed else None,
    )  # fmt: skip
    return Row(told, about, cid)


def person_of_keys(keys: set[str], links: dict[str, str]) -> dict[str, str]:
    """{key: person id} for keys of records, old or about to be filed; follows links within the same batch."""
    known = {
        bulk.hexed(key): bulk.hexed(person)
        for key, person in bulk.select_in(
            "SELECT record_id, person_id FROM people_filing WHERE record_id IN {in}", keys
        )
        if person is not None
    }
    found: dict[str, str] = {}
    for key in keys:
        end, seen = key, set()
        # A filed key is where it is filed; only unfiled keys of this batch are followed along their links.
        while end in links and end not in known and end not in seen:
            seen.add(end)
            end = links[end]
        found[key] = known.get(end, end)
    return found


def household_of_keys(keys: set[str], as_if: AsIf | None = None) -> dict[str, str]:
    """{household key: household id}: itself, but for houses that were merged."""
    found = {key: key for key in keys}
    merged = bulk.select(
        'SELECT d."left", d."right" FROM people_decision d '
        f"WHERE d.about = 'household' AND d.kind = 'merge' AND NOT {withdrawn('d', as_if)}"
    )
    if merged:
        edges = [Edge("merge", bulk.hexed(left), bulk.hexed(right)) for left, right in merged]
        named = clusters((), edges)
        found.update({key: named[key] for key in keys & named.keys()})
    return found


def known_persons(keys: Iterable[str]) -> dict[str, KnownPerson]:
    sql = (
        "SELECT id, CAST(known AS text), cid_hash, cid_tail_hash, cid_sealed, area_code "
        "FROM people_person WHERE id IN {in}"
    )
    return {
        bulk.hexed(key): KnownPerson(
            unpacked(bulk.from_json(known)),
            Sealed(bulk.as_bytes(hashed), bulk.as_bytes(tail), bulk.as_bytes(sealed)),
            area,
        )
        for key, known, hashed, tail, sealed, area in bulk.select_in(sql, keys)
    }


def known_households(keys: Iterable[str]) -> dict[str, KnownHousehold]:
    sql = "SELECT id, CAST(known AS text), member_count, head_name FROM people_household WHERE id IN {in}"
    return {
        bulk.hexed(key): KnownHousehold(unpacked(bulk.from_json(known)), (count, head))
        for key, known, count, head in bulk.select_in(sql, keys)
    }


def area_of_houses(states: Iterable[Known]) -> dict[str, str]:
    """{household id: area code} of every house that these persons' ties name."""
    keys = {state[tie][0] for state in states for tie in ("lives_at", "registered_at") if tie in state}
    sql = "SELECT id, area_code FROM people_household WHERE id IN {in}"
    return {bulk.hexed(key): area for key, area in bulk.select_in(sql, keys)}


def persons_in(houses: Iterable[str]) -> list[str]:
    """Ids of persons who live in, or are registered at, these houses."""
    houses = list(houses)
    living = bulk.select_in("SELECT id FROM people_person WHERE household_id IN {in}", houses)
    registered = bulk.select_in(
        "SELECT id FROM people_person WHERE registered_household_id IN {in} "
        "AND (household_id IS NULL OR household_id <> registered_household_id)",
        houses,
    )
    return sorted({bulk.hexed(row[0]) for row in [*living, *registered]})
