"""Writing persons, households and what follows from them, many at once."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from mudmai.people.models import Fact, Household, Person, full_name
from mudmai.people.rules.fold import Known, packed
from mudmai.people.services import bulk
from mudmai.people.services.shape import (
    FACT_COLUMNS,
    HOUSEHOLD_COLUMNS,
    PERSON_COLUMNS,
    Sealed,
    fact_rows,
    household_row,
    person_row,
)
from mudmai.people.services.stirring import stir


def write_persons(
    states: dict[str, Known],
    sealed: dict[str, Sealed | None],
    area_of_house: dict[str, str],
    areas: set[str],
    *,
    new: Collection[str] = (),
) -> None:
    """Write the persons; notes the areas they are in now. `new`: keys that had no row, whose facts need no delete."""
    facts: list[tuple[Any, ...]] = []

    def made(keys: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Rows one by one, so that the database takes in the first while the next are made."""
        for key in keys:
            known = states[key]
            row = person_row(key, known, sealed.get(key) or Sealed(), area_of_house, bulk.to_json(packed(known)))
            status, area, sort_key = row[13], row[19], row[20]
            areas.add(area)
            if status == Person.Status.ALIVE:
                facts.extend(fact_rows(key, "person", known, area, sort_key))
            yield row

    old = sorted(states.keys() - set(new))
    if len(old) < len(states):
        bulk.append(Person, PERSON_COLUMNS, made(sorted(states.keys() & set(new))))
    bulk.upsert(Person, PERSON_COLUMNS, list(made(old)))
    _write_facts(old, facts)
    stir(persons=states)


def write_households(states: dict[str, Known], members: dict[str, tuple[int, str]]) -> None:
    """Write the households; the members of those that stood are kept, and counted later by `write_member_counts`."""
    rows: list[tuple[Any, ...]] = []
    fresh: list[tuple[Any, ...]] = []
    facts: list[tuple[Any, ...]] = []
    for key, known in states.items():
        row = household_row(key, known, members.get(key, (0, "")), bulk.to_json(packed(known)))
        (rows if key in members else fresh).append(row)
        facts += fact_rows(key, "household", known, row[1], row[3])
    bulk.upsert(Household, HOUSEHOLD_COLUMNS, fresh, hopeful=True)
    bulk.upsert(Household, HOUSEHOLD_COLUMNS, rows)
    _write_facts(members.keys() & states.keys(), facts)
    stir(households=states)


def write_known(model: type[Person] | type[Household], states: dict[str, Known]) -> None:
    """Write what is known where no column follows from the change: sources and dates are newer, the values the same."""
    bulk.update(model, ("known",), [(bulk.to_json(packed(known)), key) for key, known in states.items()])
    if model is Person:
        stir(persons=states)
    else:
        stir(households=states)


def _write_facts(had: Iterable[str], facts: list[tuple[Any, ...]]) -> None:
    bulk.execute_in("DELETE FROM people_fact WHERE subject IN {in}", had)
    bulk.append(Fact, FACT_COLUMNS, facts)


def delete_persons(keys: Iterable[str]) -> None:
    keys = list(keys)
    bulk.execute_in("DELETE FROM people_fact WHERE subject IN {in}", keys)
    bulk.execute_in("DELETE FROM people_person WHERE id IN {in}", keys)
    stir(persons=keys)


def delete_households(keys: Iterable[str]) -> None:
    keys = list(keys)
    bulk.execute_in("DELETE FROM people_fact WHERE subject IN {in}", keys)
    bulk.execute_in("DELETE FROM people_household WHERE id IN {in}", keys)
    stir(households=keys)


def write_member_counts(houses: Iterable[str]) -> None:
    """Count who lives in these houses and name the head: who is told to be, else the oldest grown-up."""
    houses = list(houses)
    for start in range(0, len(houses), bulk.CHUNK):
        part = houses[start : start + bulk.CHUNK]
        members: dict[str, list[tuple[Any, ...]]] = {}
        sql = (
            "SELECT household_id, relation, birth_date, id, title, given_name, family_name FROM people_person "
            "WHERE status = 'alive' AND household_id IN {in}"
        )
        for row in bulk.select_in(sql, part):
            members.setdefault(bulk.hexed(row[0]), []).append(row[1:])
        sql = "SELECT id, member_count, head_name FROM people_household WHERE id IN {in}"
        rows, found = [], []
        for key, *stood in bulk.select_in(sql, part):
            house = bulk.hexed(key)
            found.append(house)
            living = members.get(house, [])
            counted = [len(living), head_of(living)]
            if counted != stood:
                rows.append((*counted, house))
        bulk.update(Household, ("member_count", "head_name"), rows)
        # One who came and one who went leave the count as it was.
        stir(households=found)


def head_of(members: list[tuple[Any, ...]]) -> str:
    """Full name of the head among (relation, birth date, id, title, given, family); "" for an empty house."""
    if not members:
        return ""
    # Unknown birth dates sort last; ids settle ties, so that the head does not depend on the order of rows.
    first = min(members, key=lambda m: (m[0] != "head", m[1] or "9999", bulk.hexed(m[2])))
    return full_name(first[3], first[4], first[5])[:200]
