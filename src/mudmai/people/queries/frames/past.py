"""What was known on a past day: folded again from the records observed by then that stand now, under the ids of now.

Some thousands of houses or people are folded at a time, so that the past of a million fits into memory.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

import orjson

from mudmai.access.queries import bounds
from mudmai.kernel import text
from mudmai.people.queries.frames.gathering import Houses, Persons
from mudmai.people.queries.frames.whom import Whom
from mudmai.people.queries.rows import CHUNK, as_bytes, hex_of, hexed, iso, json_of, select, select_in
from mudmai.people.rules.fold import Known, Told, join, value_of
from mudmai.people.rules.following import area_of, status_of, word

STANDING = (
    "SELECT {key}, {house}, {id}, r.kind, r.observed_on, {said}, r.confirmed, r.area_code, r.cid_hash "
    "FROM people_filing f JOIN people_record r ON r.id = f.record_id JOIN people_batch b ON b.id = r.batch_id "
    "WHERE f.{column} IN {in} AND b.state = 'closed' AND NOT b.withdrawn AND NOT r.withdrawn AND r.observed_on <= %s"
)
# What the columns of a person, and the area of a house, follow from.
OF_PERSONS = frozenset(
    {
        *("given_name", "family_name", "sex", "birth_date", "death_date", "presence", "in_civil_register"),
        *("lives_at", "registered_at", "listed_area"),
    }
)
OF_HOUSES = frozenset({"area"})


def frame_then(
    whom: Whom, of_houses: Collection[str], of_persons: Collection[str], on: date
) -> tuple[Houses, Persons, Mapping[str, str]]:
    """The houses and the persons of whom is asked as they were on a day, and the areas of houses that they name.

    Houses where they lived that lay elsewhere come along, with all who lived there.
    """
    persons, candidates = _candidates(whom)
    then = Then(on, frozenset(of_persons), frozenset(of_houses))
    then.add_houses(candidates, whom)
    people = Persons(of_persons, then.houses)
    then.add_persons(people, persons, whom)
    if elsewhere := set(people.homes.elsewhere.values()):
        besides = Whom((), frozenset(elsewhere))
        then.add_houses(elsewhere, besides)
        then.add_persons(people, _filed("person_id", "household_id", elsewhere) - set(people.ids), besides)
    return then.houses, people, then.areas


def _candidates(whom: Whom) -> tuple[set[str], set[str]]:
    """Persons and houses that may have been among those of whom is asked: whatever was ever told of them."""
    if whom.everybody:
        persons, houses = (
            {hexed(row[0]) for row in select(f"SELECT DISTINCT {column} FROM people_filing")}
            for column in ("person_id", "household_id")
        )
        return persons - {None}, houses - {None}
    if whom.houses is not None:
        return _filed("person_id", "household_id", whom.houses) | whom.persons, set(whom.houses)
    inside = " OR ".join(["(area_code >= %s AND area_code <= %s)"] * len(whom.areas)) or "1 = 0"
    limits = [bound for area in whom.areas for bound in bounds(area)]
    filed = select(
        "SELECT f.person_id, f.household_id FROM people_filing f JOIN people_record r ON r.id = f.record_id "
        f"WHERE {inside.replace('area_code', 'r.area_code')}",
        limits,
    )
    of_now = [
        select(f"SELECT id FROM {table} WHERE {inside}", limits) for table in ("people_person", "people_household")
    ]
    houses = {hexed(row[1]) for row in filed} | {hexed(row[0]) for row in of_now[1]}
    persons = {hexed(row[0]) for row in filed} | {hexed(row[0]) for row in of_now[0]}
    return persons - {None}, houses - {None}


def _filed(wanted: str, by: str, keys: Iterable[str]) -> set[str]:
    rows = select_in(f"SELECT {wanted} FROM people_filing WHERE {by} IN {{in}}", keys)
    return {hexed(row[0]) for row in rows if row[0] is not None}


class Then:
    """What was known on a day; ids as 32 hex digits."""

    def __init__(self, on: date, of_persons: frozenset[str], of_houses: frozenset[str]) -> None:
        self.on = on
        self.person_codes, self.house_codes = of_persons | OF_PERSONS, of_houses | OF_HOUSES
        self.houses = Houses(of_houses)
        self.areas: dict[str, str] = {}  # {house: its area then}, "" for one that was not known then

    def add_houses(self, keys: Iterable[str], whom: Whom) -> None:
        """Those of these houses that were known then and are asked for."""
        for part in _parts(keys):
            known = self._folded(part, "household", self.house_codes)
            kept = {}
            for key in part:
                self.areas[key] = area = word(known[key], "area", 8) if key in known else ""
                if key in known and whom.holds_house(key, area):
                    kept[key] = known[key]
            self.houses.add(list(kept), [self.areas[key] for key in kept], kept.values())

    def add_persons(self, people: Persons, keys: Iterable[str], whom: Whom) -> None:
        """Those of these persons who were known then and are asked for."""
        for part in _parts(keys):
            known = self._folded(part, "person", self.person_codes)
            self._look_up(known.values())
            areas = {key: area_of(each, self.areas) for key, each in known.items()}
            kept = [key for key in known if whom.holds_person(key, areas[key], value_of(known[key], "lives_at"))]
            self._add(people, {key: known[key] for key in kept}, [areas[key] for key in kept])

    def _add(self, people: Persons, known: Mapping[str, Known], areas: list[str]) -> None:
        states = list(known.values())
        people.add(list(known), areas, states)
        people.add_people(
            [value_of(each, "lives_at") for each in states],
            [value_of(each, "registered_at") for each in states],
            [word(each, "birth_date", 10) for each in states],
            [word(each, "sex", 1) for each in states],
            [status_of(each) for each in states],
            [
                text.thai_sort_key(f"{word(each, 'given_name', 200)} {word(each, 'family_name', 200)}")[:200]
                for each in states
            ],
        )

    def _look_up(self, states: Iterable[Known]) -> None:
        """The areas of houses that these persons name and that were not looked at yet."""
        named = {each[tie][0] for each in states for tie in ("lives_at", "registered_at") if tie in each}
        for part in _parts(named - self.areas.keys()):
            known = self._folded(part, "household", OF_HOUSES)
            self.areas |= {key: word(known[key], "area", 8) if key in known else "" for key in part}

    def _folded(self, keys: Collection[str], about: str, codes: frozenset[str]) -> dict[str, Known]:
        """What was known of these persons or houses; those of whom nothing was are left out."""
        column = "person_id" if about == "person" else "household_id"
        sql = STANDING.replace("{column}", column).replace("{said}", json_of("r.said"))
        for name, source in (("key", f"f.{column}"), ("house", "f.household_id"), ("id", "r.id")):
            sql = sql.replace(f"{{{name}}}", hex_of(source))
        if about == "person":
            sql += " AND r.about <> 'household'"
        states: dict[str, Known] = defaultdict(dict)
        for key, house, record, kind, observed_on, stored, confirmed, area, cid in select_in(
            sql, keys, [self.on.isoformat()]
        ):
            said = orjson.loads(stored)
            words = {code: said[code] for code in said.keys() & codes}
            hashed = as_bytes(cid)
            told = Told(
                record, kind, iso(observed_on), words, bool(confirmed), house, area, hashed.hex() if hashed else None
            )
            join(states[key], told, about)
        return {key: known for key, known in states.items() if known}


def _parts(keys: Iterable[str]) -> Iterator[list[str]]:
    """Some thousands at a time, in one order on every machine."""
    ordered = iter(sorted(keys))
    while part := list(islice(ordered, CHUNK)):
        yield part
