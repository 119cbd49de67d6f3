"""What was known on a past day: folded again from the records observed by then that stand now, under the ids of now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from mudmai.access.queries import bounds
from mudmai.kernel import text
from mudmai.people.queries.frames.reading import Gathered
from mudmai.people.queries.frames.whom import Whom
from mudmai.people.queries.rows import from_json, hexed, iso, select, select_in
from mudmai.people.rules.fold import Known, Told, join, value_of
from mudmai.people.rules.following import area_of, status_of, word

STANDING = (
    "SELECT f.person_id, f.household_id, r.id, r.kind, r.about, r.observed_on, CAST(r.said AS text), r.confirmed, "
    "r.area_code, r.cid_hash FROM people_record r JOIN people_batch b ON b.id = r.batch_id "
    "JOIN people_filing f ON f.record_id = r.id "
    "WHERE b.state = 'closed' AND NOT b.withdrawn AND NOT r.withdrawn AND r.observed_on <= %s"
)
# What the columns, the status and the area of a person follow from, and the area of a house.
SHAPING_PERSONS = frozenset(
    {
        *("given_name", "family_name", "sex", "birth_date", "death_date", "presence", "in_civil_register"),
        *("lives_at", "registered_at", "listed_area"),
    }
)
SHAPING_HOUSES = frozenset({"area"})


def frame_then(
    whom: Whom, of_houses: Collection[str], of_persons: Collection[str], on: date
) -> tuple[Gathered, Gathered, Mapping[str, str]]:
    """The houses and the persons of whom is asked as they were on a day, and the area of every house they name."""
    past = Past(on, frozenset(of_persons), frozenset(of_houses))
    if whom.everybody:
        past.read("", [])
    elif whom.houses is None:
        past.read_areas(whom.areas)
    else:
        past.read_houses(whom)
    return past.gathered(whom)


class Past:
    """Persons and houses as they were told by a day; ids as 32 hex digits."""

    def __init__(self, on: date, of_persons: frozenset[str], of_houses: frozenset[str]) -> None:
        self.on = on
        self.of_persons, self.of_houses = of_persons, of_houses
        self.person_codes, self.house_codes = of_persons | SHAPING_PERSONS, of_houses | SHAPING_HOUSES
        self.persons: dict[str, Known] = defaultdict(dict)
        self.houses: dict[str, Known] = defaultdict(dict)

    def read(self, condition: str, values: Iterable[Any] | None = None) -> None:
        """Join the records in; a record that is read twice changes nothing."""
        for row in self._rows(condition, values):
            self._join(row)

    def _rows(self, condition: str, values: Iterable[Any] | None) -> Iterator[tuple[Any, ...]]:
        if not condition:
            yield from select(STANDING, [self.on.isoformat()])
            return
        # The day stands before the list only in the text of the query, so it is written into it: it is a date of ours.
        sql = STANDING.replace("%s", f"'{self.on.isoformat()}'")
        yield from select_in(f"{sql} AND {condition}", values or ())

    def _join(self, row: tuple[Any, ...]) -> None:
        person, house, key, kind, about, observed_on, stored, confirmed, area, cid = row
        said = from_json(stored)
        told = Told(
            hexed(key), kind, iso(observed_on), {}, bool(confirmed), hexed(house), area,
            bytes(cid).hex() if cid is not None else None,
        )  # fmt: skip
        if person is not None and about != "household":
            words = {code: said[code] for code in said.keys() & self.person_codes}
            join(self.persons[hexed(person)], told._replace(said=words), "person")
        if house is not None:
            words = {code: said[code] for code in said.keys() & self.house_codes}
            join(self.houses[hexed(house)], told._replace(said=words), "household")

    def read_areas(self, areas: Collection[str]) -> None:
        """Whoever is, or was ever told to be, in these areas, with the houses."""
        inside = " OR ".join(["(area_code >= %s AND area_code <= %s)"] * len(areas)) or "1 = 0"
        limits = [bound for area in areas for bound in bounds(area)]
        filed = select(
            "SELECT f.person_id, f.household_id FROM people_filing f JOIN people_record r ON r.id = f.record_id "
            f"WHERE {inside.replace('area_code', 'r.area_code')}",
            limits,
        )
        persons = {hexed(row[0]) for row in select(f"SELECT id FROM people_person WHERE {inside}", limits)}
        houses = {hexed(row[0]) for row in select(f"SELECT id FROM people_household WHERE {inside}", limits)}
        self._read_all(
            persons | {hexed(row[0]) for row in filed if row[0] is not None},
            houses | {hexed(row[1]) for row in filed if row[1] is not None},
        )

    def read_houses(self, whom: Whom) -> None:
        """These houses with everybody who was ever told to be there, and these persons with where they lived then."""
        self.read("f.person_id IN {in}", whom.persons)
        self._read_all(set(whom.persons), set(whom.houses or ()) | self._homes(whom.persons))

    def _read_all(self, persons: set[str], houses: set[str]) -> None:
        """Everything told of these houses, and of everybody who was ever filed there."""
        self.read("f.household_id IN {in}", houses)
        self.read("f.person_id IN {in}", persons | self.persons.keys())
        elsewhere = self._homes(self.persons) - houses
        self.read("f.household_id IN {in}", elsewhere)
        self.read("f.person_id IN {in}", {key for key in self.persons if key not in persons})

    def _homes(self, persons: Iterable[str]) -> set[str]:
        return {value_of(self.persons[key], "lives_at") for key in persons if "lives_at" in self.persons[key]}

    def gathered(self, whom: Whom) -> tuple[Gathered, Gathered, Mapping[str, str]]:
        """Those of whom is asked, as they were."""
        area_of_house = {key: word(known, "area", 8) for key, known in self.houses.items() if known}
        living = {key: value_of(known, "lives_at") for key, known in self.persons.items() if known}
        areas = {key: area_of(self.persons[key], area_of_house) for key in living}
        if whom.houses is None:
            houses = {key for key, area in area_of_house.items() if whom.covers(area)}
            kept = {key for key, area in areas.items() if whom.covers(area)}
        else:
            kept = {key for key in whom.persons if key in living}
            houses = {key for key in whom.houses if key in area_of_house}
        houses |= {living[key] for key in kept} & area_of_house.keys()
        kept |= {key for key, home in living.items() if home in houses}
        homes = Gathered(self.of_houses)
        for key in area_of_house:
            if key in houses:
                homes.ids.append(key)
                homes.areas.append(area_of_house[key])
                homes.tell(len(homes.ids) - 1, [self.houses[key]])
        people = Gathered(self.of_persons)
        for key in living:
            if key in kept:
                self._add(people, key, areas[key])
        return homes, people, area_of_house

    def _add(self, people: Gathered, key: str, area: str) -> None:
        known = self.persons[key]
        given, family = word(known, "given_name", 200), word(known, "family_name", 200)
        people.ids.append(key)
        people.areas.append(area)
        people.homes.append(value_of(known, "lives_at"))
        people.registered.append(value_of(known, "registered_at"))
        people.born.append(word(known, "birth_date", 10))
        people.sexes.append(word(known, "sex", 1))
        people.statuses.append(status_of(known))
        people.sort_keys.append(text.thai_sort_key(f"{given} {family}")[:200])
        people.tell(len(people.ids) - 1, [known])
