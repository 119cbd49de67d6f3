"""Who may stand in the registry, or on one list, twice."""

from typing import TYPE_CHECKING, Any, NamedTuple

from mudmai.access.queries import bounds
from mudmai.people.models import Batch, Person
from mudmai.people.queries.one import kept_apart
from mudmai.people.queries.rows import hexed, select
from mudmai.people.queries.scope import scope_of
from mudmai.people.queries.sets import VIEW, prefixes_within

if TYPE_CHECKING:
    from mudmai.accounts.models import User

MOST_SHOWN = 500


class TwiceOnList(NamedTuple):
    """One person who stands on one list more than once, and at which places of the file."""

    person: Person
    batch: Batch
    places: list[str]


class MaybeOne(NamedTuple):
    """Two persons with the same name and the same day of birth, of whom nobody said that they are two."""

    first: Person
    second: Person


def twice_on(user: "User", batches: list[tuple[Batch, str]], area: str, most: int = MOST_SHOWN) -> list[TwiceOnList]:
    """Who stands twice on one of these lists, each given with the class of data it tells of; in the user's areas."""
    scope = scope_of(user)
    found: list[tuple[str, str, str]] = []
    for batch, data_class in batches:
        for prefix in prefixes_within(scope, area, VIEW, [data_class]):
            rows = select(
                "SELECT f.person_id, r.row_ref FROM people_record r JOIN people_filing f ON f.record_id = r.id "
                "WHERE r.batch_id = %s AND NOT r.withdrawn AND f.person_id IN (SELECT g.person_id FROM people_record q "
                "JOIN people_filing g ON g.record_id = q.id JOIN people_person p ON p.id = g.person_id "
                "WHERE q.batch_id = %s AND NOT q.withdrawn AND q.about <> 'household' "
                "AND p.area_code >= %s AND p.area_code <= %s "
                "GROUP BY g.person_id HAVING count(*) > 1) AND r.about <> 'household' ORDER BY f.person_id, r.id",
                [batch.pk.hex, batch.pk.hex, *bounds(prefix)],
            )
            found += [(hexed(person), batch.pk.hex, place) for person, place in rows]
    places: dict[tuple[str, str], list[str]] = {}
    for person, listed, place in found:
        places.setdefault((person, listed), []).append(place)
    keys = list(places)[:most]
    persons = {each.pk.hex: each for each in _persons(person for person, _ in keys)}
    by_id = {batch.pk.hex: batch for batch, _ in batches}
    lines = [
        TwiceOnList(persons[person], by_id[listed], places[person, listed])
        for person, listed in keys
        if person in persons
    ]
    return sorted(lines, key=lambda line: (line.person.area_code, line.person.sort_key, line.person.pk.hex))


def maybe_one(user: "User", area: str, most: int = MOST_SHOWN) -> list[MaybeOne]:
    """Pairs of living persons of one name and day of birth in the user's areas, whom nobody kept apart."""
    scope = scope_of(user)
    pairs: list[tuple[str, str]] = []
    for prefix in prefixes_within(scope, area, VIEW):
        rows = select(
            "SELECT p.id, q.id FROM people_person p JOIN people_person q ON q.given_key = p.given_key "
            "AND q.family_key = p.family_key AND q.birth_date = p.birth_date AND q.id > p.id "
            "WHERE p.area_code >= %s AND p.area_code <= %s AND q.area_code >= %s AND q.area_code <= %s "
            "AND p.given_key <> '' AND p.family_key <> '' AND p.birth_date <> '' "
            "AND p.status = 'alive' AND q.status = 'alive' ORDER BY p.area_code, p.sort_key, p.id LIMIT %s",
            [*bounds(prefix), *bounds(prefix), most],
        )
        pairs += [(hexed(one), hexed(other)) for one, other in rows]
    persons = {each.pk.hex: each for each in _persons(key for pair in pairs for key in pair)}
    return [
        MaybeOne(persons[one], persons[other])
        for one, other in pairs[:most]
        if one in persons and other in persons and kept_apart(persons[one].pk, persons[other].pk) is None
    ]


def _persons(ids: Any) -> list[Person]:
    return list(Person.objects.filter(pk__in=set(ids)).select_related("household").defer("known", "household__known"))
