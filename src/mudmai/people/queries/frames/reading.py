"""What is known now of many people and houses, gathered code by code."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mudmai.people.queries.frames.whom import Whom
from mudmai.people.queries.rows import from_json, hexed, select_in

PERSONS = (
    "SELECT id, household_id, registered_household_id, area_code, birth_date, sex, status, sort_key, "
    "CAST(known AS text) FROM people_person"
)
HOUSES = "SELECT id, area_code, CAST(known AS text) FROM people_household"
ByCode = dict[str, tuple[list[int], list[Any]]]  # {code: (places, values)}


@dataclass
class Gathered:
    """Some persons, or some houses: lists of one entry for each, and for each code where it was told, and what."""

    codes: Collection[str]
    ids: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    homes: list[str | None] = field(default_factory=list)
    registered: list[str | None] = field(default_factory=list)
    born: list[str] = field(default_factory=list)
    sexes: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    sort_keys: list[str] = field(default_factory=list)
    told: ByCode = field(init=False)

    def __post_init__(self) -> None:
        self.told = {code: ([], []) for code in self.codes}

    def tell(self, known: Mapping[str, Any]) -> None:
        """Note what is known, packed or not, of whoever was added last."""
        place = len(self.ids) - 1
        for code, (places, values) in self.told.items():
            if code in known:
                places.append(place)
                values.append(known[code][0])


def frame_now(
    whom: Whom, of_houses: Collection[str], of_persons: Collection[str]
) -> tuple[Gathered, Gathered, Mapping[str, str]]:
    """The houses and the persons of whom is asked, and the area of every house they name.

    Houses of theirs that lie elsewhere come along, with all who live there.
    """
    houses, people = Gathered(of_houses), Gathered(of_persons)
    for row in whom.rows(HOUSES, "id"):
        _add_house(houses, row)
    seen: set[str] = set()
    _add_persons(people, whom.rows(PERSONS, "household_id", "id"), seen)
    if whom.everybody:
        return houses, people, dict(zip(houses.ids, houses.areas, strict=True))
    elsewhere = {key for key in people.homes if key} - set(houses.ids)
    for row in select_in(f"{HOUSES} WHERE id IN {{in}}", elsewhere):
        _add_house(houses, row)
    _add_persons(people, select_in(f"{PERSONS} WHERE household_id IN {{in}}", elsewhere), seen)
    return houses, people, _areas_of(houses, people.registered)


def _add_house(found: Gathered, row: tuple[Any, ...]) -> None:
    key, area, known = row
    found.ids.append(hexed(key))
    found.areas.append(area)
    found.tell(from_json(known))


def _add_persons(found: Gathered, rows: Iterable[tuple[Any, ...]], seen: set[str]) -> None:
    for key, home, registered, area, born, sex, status, sort_key, known in rows:
        key = hexed(key)
        if key in seen:
            continue
        seen.add(key)
        found.ids.append(key)
        found.homes.append(hexed(home))
        found.registered.append(hexed(registered))
        found.areas.append(area)
        found.born.append(born)
        found.sexes.append(sex)
        found.statuses.append(status)
        found.sort_keys.append(sort_key)
        found.tell(from_json(known))


def _areas_of(houses: Gathered, registered: Iterable[str | None]) -> Mapping[str, str]:
    """{house id: area} of the houses that were read, and of those where people are registered."""
    known = dict(zip(houses.ids, houses.areas, strict=True))
    missing = {key for key in registered if key} - known.keys()
    sql = "SELECT id, area_code FROM people_household WHERE id IN {in}"
    return known | {hexed(key): area for key, area in select_in(sql, missing)}
