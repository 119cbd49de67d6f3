"""Sets of persons: who has this fact, stands on that list, lives here; who is in two of them, or in one alone.

A set tells of everybody whether she is in it, is not, or it is not known: absence from a list says something only where
that list is complete. What is asked is SQL, walked in the order of lists and counted; nobody else is read.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection

from mudmai.access.queries import Scope, bounds
from mudmai.people.models import Batch, Person
from mudmai.people.queries.frames.closing import CompleteList, complete_lists, kinds_that_close
from mudmai.people.queries.keyset import PAGE, Page, Wanted, all_rows, count, one_page
from mudmai.people.queries.lists import _beside
from mudmai.people.queries.rows import hexed, iso, select, select_in
from mudmai.people.queries.scope import scope_of
from mudmai.people.rules.catalogue import catalogue

if TYPE_CHECKING:
    from mudmai.accounts.models import User

# Parts of two sets.
BOTH, ONLY_FIRST, ONLY_SECOND, FIRST_UNSURE, SECOND_UNSURE = (
    "both", "only_first", "only_second", "first_unsure", "second_unsure",
)  # fmt: skip
PARTS = (BOTH, ONLY_FIRST, FIRST_UNSURE, ONLY_SECOND, SECOND_UNSURE)
VIEW, COUNTS = "people.view", "counts.view"

KEY = ("p.area_code", "p.sort_key", "p.id")
EVERYBODY = "people_person p"
# Where a list has somebody: the area of the house where she is registered, else where she lives.
HOME = (
    "coalesce((SELECT nullif(h.area_code, '') FROM people_household h WHERE h.id = p.registered_household_id), "
    "p.area_code)"
)
FILED = (
    "people_filing f JOIN people_record r ON r.id = f.record_id JOIN people_batch b ON b.id = r.batch_id "
    "WHERE NOT r.withdrawn AND NOT b.withdrawn AND b.state = 'closed'"
)
FACT = "EXISTS (SELECT 1 FROM people_fact x WHERE x.subject = p.id AND x.code = %s"
ABSENT = "EXISTS (SELECT 1 FROM people_fact y WHERE y.subject = p.id AND y.code = 'presence' AND y.value = 'absent')"
NEVER = "1 = 0"
# A list of one kind for an area stands until a newer one of the same kind for the same area comes.
MOST_LISTS = 400


# SQLite would rather walk everybody in the order of lists than the few who are in a set, and sort these.
THEN = "CROSS JOIN" if connection.vendor == "sqlite" else "JOIN"
TAMBON = 6  # digits of its code


def few_between(first: str, last: str) -> bool:
    """Whether these are the first and last code of a tambon or a village."""
    return first[:TAMBON] == last[:TAMBON] and len(first) >= TAMBON


class Walk(NamedTuple):
    """How to go through those in a set without going through everybody: a table joined to `people_person p`."""

    table: str
    conditions: tuple[str, ...] = ()
    params: tuple[Any, ...] = ()  # of the table, then of the conditions


@dataclass(frozen=True)
class PersonSet:
    """A set of persons as SQL about `people_person p`. In it: `inside`; surely not: `outside` and not `inside`."""

    inside: str
    inside_params: tuple[Any, ...] = ()
    outside: str = NEVER
    outside_params: tuple[Any, ...] = ()
    walk: Callable[[str, str], Walk | None] | None = None  # between the first and the last code of an area
    classes: frozenset[str] = frozenset()  # whoever is named must be somebody of whom the user sees these
    kinds: frozenset[str] = frozenset()  # sources that put people into it
    lists: tuple[CompleteList, ...] = ()  # complete lists that say who is not in it, the newest first
    batches: frozenset[str] = field(default_factory=frozenset)  # the very lists, by id, where it is about lists

    def condition(self, answer: int) -> tuple[str, tuple[Any, ...]]:
        """The SQL of those who are in it (1), are surely not (-1), or of whom it is not known (0), and its values."""
        if answer > 0:
            return f"({self.inside})", self.inside_params
        sure = f"({self.outside})" if answer < 0 else f"NOT ({self.outside})"
        return f"NOT ({self.inside}) AND {sure}", (*self.inside_params, *self.outside_params)


def persons_with(code: str, value: str = "1") -> PersonSet:
    """Who has this fact, of the facts that lists are filtered by; the dead and those who moved too."""
    attribute = catalogue().attributes[code]
    gone, gone_params = _told_of_the_gone(code, value)
    lists: tuple[CompleteList, ...] = ()
    kinds: frozenset[str] = frozenset()
    if attribute.kind == "yes_no":
        closing = kinds_that_close(code)
        kinds = frozenset(closing)
        lists = tuple(each for each in complete_lists() if each.kind in closing)
        closed, params = _home_in(each.area_code for each in lists)
        other = "1" if value == "0" else "0"
        no, no_params = _told_of_the_gone(code, other)
        outside, outside_params = f"{FACT} AND x.value = %s) OR {no} OR {closed}", (code, other, *no_params, *params)
    else:
        outside, outside_params = f"{FACT} AND x.value <> %s)", (code, value)

    def walk(first: str, last: str) -> Walk:
        # Facts are kept of the living alone; what was told of the others stands with what is known of them.
        table = (
            "(SELECT x.subject AS id FROM people_fact x WHERE x.code = %s AND x.value = %s AND x.about = 'person' "
            "AND x.area_code >= %s AND x.area_code <= %s UNION ALL SELECT p.id FROM people_person p "
            f"WHERE p.area_code >= %s AND p.area_code <= %s AND {gone}) m {THEN} people_person p ON p.id = m.id"
        )
        return Walk(table, (), (code, value, first, last, first, last, *gone_params))

    inside = f"{FACT} AND x.value = %s) OR {gone}"
    return PersonSet(
        inside, (code, value, *gone_params), outside, outside_params, walk, frozenset({str(attribute.data_class)}),
        kinds, lists,
    )  # fmt: skip


def _told_of_the_gone(code: str, value: str) -> tuple[str, tuple[Any, ...]]:
    """SQL for being dead, moved or left, with this value told, and its values."""
    yes_no = catalogue().attributes[code].kind == "yes_no"
    if connection.vendor == "postgresql":
        told = {"1": "true", "0": "false"}.get(value, value) if yes_no else value
        return "(p.status <> 'alive' AND p.known -> %s::text ->> 0 IS NOT DISTINCT FROM %s::text)", (code, told)
    told_here: Any = int(value) if yes_no else value
    return "(p.status <> 'alive' AND json_extract(p.known, %s) IS %s)", (f"$.{code}[0]", told_here)


def persons_on(batches: Sequence[Batch], data_class: str) -> PersonSet:
    """Who stands on one of these lists."""
    ids = [batch.pk.hex for batch in batches[:MOST_LISTS]]
    chosen = f"r.batch_id IN ({', '.join(['%s'] * len(ids))})" if ids else NEVER
    lists = tuple(
        CompleteList(batch.kind, batch.area_code, batch.as_of, batch.label)
        for batch in sorted(batches, key=lambda batch: batch.as_of, reverse=True)
        if batch.complete and batch.area_code
    )
    outside, params = _home_in(each.area_code for each in lists)
    return PersonSet(
        f"EXISTS (SELECT 1 FROM {FILED} AND f.person_id = p.id AND {chosen})", tuple(ids), outside, params,
        _walk_of(chosen, tuple(ids)), frozenset({data_class}), frozenset(batch.kind for batch in batches), lists,
        frozenset(ids),
    )  # fmt: skip


def persons_told_by(kind: str, data_class: str) -> PersonSet:
    """Of whom a source of this kind ever told something that stands: a visit, a survey. Silence says nothing."""
    return PersonSet(
        f"EXISTS (SELECT 1 FROM {FILED} AND f.person_id = p.id AND r.kind = %s)", (kind,),
        walk=_walk_of("b.kind = %s", (kind,)), classes=frozenset({data_class}), kinds=frozenset({kind}),
    )  # fmt: skip


def persons_being(state: str) -> PersonSet:
    """Who lives here, is dead, moved away, left the register, is away, or is gone in one of the first three ways."""
    if state == "living":
        inside = f"p.status = 'alive' AND p.household_id IS NOT NULL AND NOT {ABSENT}"
        return PersonSet(inside, (), f"p.status <> 'alive' OR {ABSENT}")
    if state == "absent":
        return PersonSet(ABSENT, (), f"NOT {ABSENT}")
    which = {"gone": ("dead", "moved", "left")}.get(state, (state,))
    marks = ", ".join(["%s"] * len(which))
    return PersonSet(f"p.status IN ({marks})", which, f"p.status NOT IN ({marks})", which)


def newest_lists(kind: str) -> list[Batch]:
    """The newest standing list of a kind for each area; complete ones before others of that area."""
    found: dict[str, Batch] = {}
    standing = Batch.objects.filter(kind=kind, withdrawn=False, state=Batch.State.CLOSED, turning_at__isnull=True)
    for batch in standing.order_by("-complete", "-as_of", "-made_at", "-id"):
        found.setdefault(batch.area_code, batch)
    return list(found.values())


def _walk_of(chosen: str, params: tuple[Any, ...]) -> Callable[[str, str], Walk | None]:
    listed = f"(SELECT DISTINCT f.person_id AS id FROM {FILED} AND {chosen} AND f.person_id IS NOT NULL) m"
    walk = Walk(f"{listed} {THEN} people_person p ON p.id = m.id", (), params)
    # Few people are asked one by one what told of them; of many, the lists themselves are read.
    return lambda first, last: None if few_between(first, last) else walk


def _home_in(areas: Iterable[str]) -> tuple[str, tuple[Any, ...]]:
    """SQL for living where one of these areas is, and its values."""
    runs = [bounds(area) for area in sorted(set(areas)) if area]
    if not runs:
        return NEVER, ()
    either = " OR ".join([f"({HOME} >= %s AND {HOME} <= %s)"] * len(runs))
    return f"({either})", tuple(code for run in runs for code in run)


def count_part(user: "User", first: PersonSet, second: PersonSet, part: str, area: str, action: str = COUNTS) -> int:
    """How many are in this part of two sets, in the user's areas; kept until the registry changes."""
    return count(_wanted(user, first, second, part, area, action))


def part_page(
    user: "User", first: PersonSet, second: PersonSet, part: str, area: str, *, after: str = "", before: str = "",
    size: int = PAGE,
) -> Page:  # fmt: skip
    """Those in this part whom the user may see with what puts them there, by village and name, from a key on."""
    wanted = _wanted(user, first, second, part, area, VIEW)
    return one_page(Person, *wanted, after, before, size, related=("household", "registered_household"), defer=())


def part_to_export(user: "User", first: PersonSet, second: PersonSet, part: str, area: str) -> Any:
    """Every person of this part whom the user may take along."""
    wanted = _wanted(user, first, second, part, area, "people.export")
    return all_rows(Person, wanted, ("household", "registered_household"), ())


def members_of_set(user: "User", chosen: PersonSet, area: str, action: str = COUNTS) -> dict[str, str]:
    """{id of everybody in the set: area}, as 32 hex digits, in the user's areas; for counting several at once."""
    wanted = _of_one(user, chosen, area, action)
    found: dict[str, str] = {}
    for first, last in wanted.ranges:
        where = " AND ".join([*wanted.conditions, f"{wanted.key[0]} >= %s", f"{wanted.key[0]} <= %s"])
        sql = f"SELECT p.id, p.area_code FROM {wanted.table} WHERE {where}"
        found |= {hexed(key): code for key, code in select(sql, [*wanted.params, first, last])}
    return found


def _of_one(user: "User", chosen: PersonSet, area: str, action: str) -> Wanted:
    return _asked(user, chosen, [], chosen.classes, area, action)


def _wanted(user: "User", first: PersonSet, second: PersonSet, part: str, area: str, action: str) -> Wanted:
    """The walk along the set that is left whole, and what the other must say of each."""
    classes = first.classes | second.classes
    if part == BOTH:
        # Along the one that has a walk of its own; both are asked of each.
        along, other = (first, second) if first.walk is not None or second.walk is None else (second, first)
        return _asked(user, along, [other.condition(1)], classes, area, action)
    along, other = (first, second) if part in (ONLY_FIRST, FIRST_UNSURE) else (second, first)
    return _asked(user, along, [other.condition(-1 if part in (ONLY_FIRST, ONLY_SECOND) else 0)], classes, area, action)


def _asked(
    user: "User", along: PersonSet, more: list[tuple[str, tuple[Any, ...]]], classes: frozenset[str], area: str,
    action: str,
) -> Wanted:  # fmt: skip
    everybody = Walk(EVERYBODY, (f"({along.inside})",), along.inside_params)
    walk = (along.walk(*bounds(area)) if along.walk else None) or everybody
    conditions, params = list(walk.conditions), list(walk.params)
    for sql, values in more:
        conditions.append(sql)
        params += values
    scope = scope_of(user)
    # Numbers are for everybody who counts; names only for who sees what puts a person there.
    seen = frozenset() if action == COUNTS else classes
    ranges = [bounds(prefix) for prefix in prefixes_within(scope, area, action, seen)]
    persons = _common([scope.persons_for(action, each) for each in seen] or [scope.persons_for(action)])
    houses = _common([scope.households_for(action, each) for each in seen] or [scope.households_for(action)])
    followed = [("p.id IN {in}", persons), ("p.household_id IN {in}", houses)]
    return Wanted(walk.table, KEY, ranges, conditions, params, _beside(followed, area))


def prefixes_within(scope: Scope, area: str, action: str, classes: Iterable[str] = ()) -> list[str]:
    """The parts of an area in which the user may do this and sees all of these classes."""
    found = _inside([area], scope.prefixes_for(action))
    for each in classes:
        found = _inside(found, scope.prefixes_for(action, each))
    return sorted(found)


def _inside(left: Iterable[str], right: Iterable[str]) -> list[str]:
    right = list(right)
    pairs = [(one, other) for one in left for other in right if one.startswith(other) or other.startswith(one)]
    return sorted({max(pair, key=len) for pair in pairs})


def _common(keys: list[frozenset[UUID]]) -> frozenset[UUID]:
    return frozenset.intersection(*keys)


@dataclass(frozen=True)
class Telling:
    """Since when a person is told of, and how each of her records was found to be hers: (kind, list, basis)."""

    first: date | None = None
    links: tuple[tuple[str, str, str], ...] = ()

    def by_name_alone(self, chosen: PersonSet) -> bool:
        """Whether every record that puts her into the set was matched without the 13-digit id."""
        ours = [
            basis
            for kind, batch, basis in self.links
            if (batch in chosen.batches if chosen.batches else kind in chosen.kinds)
        ]
        return bool(ours) and all(basis in ("model", "rule", "staff") for basis in ours)


def tellings(persons: Iterable[str]) -> dict[str, Telling]:
    """{id: when and how each of these persons came to be told of}; corrections by staff are left out."""
    ids = list(persons)
    days: dict[str, date] = {}
    sql = f"SELECT f.person_id, min(r.observed_on) FROM {FILED} AND f.person_id IN {{in}} AND r.kind <> 'staff' "
    for key, day in select_in(sql + "GROUP BY f.person_id", ids):
        days[hexed(key)] = date.fromisoformat(iso(day))
    links: dict[str, list[tuple[str, str, str]]] = {}
    sql = (
        "SELECT f.person_id, r.kind, r.batch_id, d.basis FROM people_filing f "
        "JOIN people_record r ON r.id = f.record_id "
        "LEFT JOIN people_decision d ON d.\"left\" = r.id AND d.kind = 'link' AND d.about = 'person' "
        "AND NOT d.withdrawn WHERE f.person_id IN {in} AND NOT r.withdrawn"
    )
    for key, kind, batch, basis in select_in(sql, ids):
        links.setdefault(hexed(key), []).append((kind, hexed(batch), basis or ""))
    return {key: Telling(days.get(key), tuple(links.get(key, ()))) for key in days.keys() | links.keys()}


def list_over(chosen: PersonSet, home: str) -> CompleteList | None:
    """The newest complete list that covers an area and so says who is not in the set."""
    return next((each for each in chosen.lists if home.startswith(each.area_code)), None)


def living_among(persons: Iterable[str]) -> dict[str, str | None]:
    """{id: house} of those of these persons who are alive and have not moved away."""
    sql = "SELECT id, household_id FROM people_person WHERE id IN {in} AND status = 'alive'"
    return {hexed(key): hexed(house) for key, house in select_in(sql, persons)}
