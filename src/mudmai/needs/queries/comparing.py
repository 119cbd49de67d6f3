"""Any two registers compared, both ways: counts for whoever sees numbers, names and reasons for whoever sees these."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import get_language

from mudmai.needs.queries.edition import edition
from mudmai.needs.rules import comparing as rules
from mudmai.needs.rules.comparing import Circumstances, OtherSide, Reason, Term
from mudmai.needs.rules.words import DIMENSIONS, GROUPS, of_dimension
from mudmai.people import queries as people
from mudmai.people.queries import PersonSet, Walk
from mudmai.people.rules.catalogue import NONE_TOLD

if TYPE_CHECKING:
    from mudmai.accounts.models import User

# The part of a comparison: which side a person is on for sure, and which other is asked about her.
FIRST_PARTS, SECOND_PARTS = ("only_first", "first_unsure"), ("only_second", "second_unsure")
ABSENT = "absent"
DISTRICT = 4  # digits of its code
WELL = "well"  # asked of in full and found poor in nothing; no side of a comparison


@dataclass(frozen=True)
class Side:
    """One side: what it is, how it is called, and who is in it."""

    term: Term
    label: str
    persons: PersonSet


class Line(NamedTuple):
    """One person of a part, with why she may be in it."""

    person: Any
    reasons: list[Reason]


@dataclass(frozen=True)
class Comparison:
    """Two sides."""

    first: Side
    second: Side

    @property
    def classes(self) -> frozenset[str]:
        """The classes of data that a name in any part tells of."""
        return self.first.persons.classes | self.second.persons.classes


def comparison(user: "User", first: Term, second: Term) -> Comparison:
    """The two sides as the registry stands. Raises NotFound for a list outside the user's areas."""
    return Comparison(side_of(user, first), side_of(user, second))


def side_of(user: "User", term: Term) -> Side:
    """One side. Raises NotFound for a list outside the user's areas."""
    language = get_language() or "th"
    if term.what == rules.LIST:
        batch = people.batch_for(user, term.code)
        return Side(term, str(batch), people.persons_on([batch], rules.class_of_kind(batch.kind)))
    return Side(term, rules.label_of(term, language), _set_of(term))


def _set_of(term: Term) -> PersonSet:
    if term.what == rules.FACT:
        code, equals, value = term.code.partition("=")
        return people.persons_with(code, value if equals else "1")
    if term.what == rules.KIND:
        data_class = rules.class_of_kind(term.code)
        if term.code in rules.TOLD_AT_ANY_TIME:
            return people.persons_told_by(term.code, data_class)
        return people.persons_on(people.newest_lists(term.code), data_class)
    if term.what == rules.STATE:
        return people.persons_being(term.code)
    return persons_in_need(term.code)


def persons_in_need(code: str) -> PersonSet:
    """Who lives in a house that was found so: poor in a dimension, a red case, in a target group."""
    what, _dash, which = code.partition("-")
    classes: frozenset[str] = frozenset()
    if code == rules.POOR:
        so, not_so = "n.failed > 0", "n.failed = 0 AND n.unsure = 0"
    elif code == WELL:
        so, not_so = "n.failed = 0 AND n.unsure = 0", "n.failed > 0"
    elif code == rules.RED:
        so, not_so = "n.red", "NOT n.red"
    elif what == "failed":
        bit = 1 << list(DIMENSIONS).index(which)
        so, not_so = f"(n.failed & {bit}) <> 0", f"(n.failed & {bit}) = 0 AND (n.unsure & {bit}) = 0"
        classes = frozenset({of_dimension(which)})
    else:
        bit = 1 << list(GROUPS).index(which)
        so, not_so = f"(n.groups & {bit}) <> 0", f"(n.groups & {bit}) = 0 AND n.unsure = 0"
    # Counts are kept until the registry changes; what was assessed anew since is another question.
    so = f"{so} /* {edition()} */"
    houses = f"needs_houseneed n {people.THEN} people_person p ON p.household_id = n.household_id"
    of_house = "SELECT 1 FROM needs_houseneed n WHERE n.household_id = p.household_id"

    def walk(first: str, last: str) -> Walk:
        inside = ("n.area_code >= %s AND n.area_code <= %s", so, "p.status = 'alive'")
        return Walk(houses, inside, (first, last))

    return PersonSet(
        f"p.status = 'alive' AND EXISTS ({of_house} AND {so})", (),
        f"p.status <> 'alive' OR EXISTS ({of_house} AND {not_so})", (),
        walk,
        classes,
    )  # fmt: skip


def compare_counts(user: "User", compared: Comparison, area: str) -> dict[str, int]:
    """How many are in each part, in the user's areas."""
    sides = compared.first.persons, compared.second.persons
    return {part: people.count_part(user, *sides, part, area) for part in people.PARTS}


def count_named(user: "User", compared: Comparison, part: str, area: str, action: str = "people.view") -> int:
    """How many of a part the user may see by name, or do this with."""
    return people.count_part(user, compared.first.persons, compared.second.persons, part, area, action)


def compare_page(
    user: "User", compared: Comparison, part: str, area: str, *, after: str = "", before: str = "",
    size: int = people.PAGE,
) -> people.Page:  # fmt: skip
    """The persons of a part with their reasons, as Line, by village and name."""
    found = people.part_page(
        user, compared.first.persons, compared.second.persons, part, area, after=after, before=before, size=size
    )
    return found._replace(rows=lines(compared, part, found.rows))


def compare_to_export(user: "User", compared: Comparison, part: str, area: str) -> Iterator[Line]:
    """Every person of a part whom the user may take along, with the reasons, some hundreds at a time."""
    kept: list[Any] = []
    for person in people.part_to_export(user, compared.first.persons, compared.second.persons, part, area):
        kept.append(person)
        if len(kept) == 500:
            yield from lines(compared, part, kept)
            kept = []
    yield from lines(compared, part, kept)


def lines(compared: Comparison, part: str, persons: Iterable[Any]) -> list[Line]:
    """Why each of these persons may be in this part."""
    listed = list(persons)
    in_it, other = compared.first, compared.second
    if part in SECOND_PARTS:
        in_it, other = other, in_it
    told = people.tellings(person.pk.hex for person in listed)
    found = []
    for person in listed:
        telling = told.get(person.pk.hex, people.Telling())
        about = _circumstances(person, telling, in_it.persons)
        found.append(Line(person, rules.reasons(about, _other(other, part, about) if part != "both" else None)))
    return found


def _circumstances(person: Any, telling: Any, in_it: PersonSet) -> Circumstances:
    registered = person.registered_household.area_code if person.registered_household else ""
    died, presence = person.known.get("death_date"), person.known.get("presence")
    return Circumstances(
        status=person.status,
        died_on=str(died[0]) if died and died[0] != NONE_TOLD else "",
        absent=bool(presence) and presence[0] == ABSENT,
        has_house=person.household_id is not None,
        home=registered or person.area_code,
        lives=person.household.area_code if person.household else "",
        registered=registered,
        born=person.birth_date,
        told_first=telling.first,
        by_name=telling.by_name_alone(in_it),
    )


def _other(side: Side, part: str, about: Circumstances) -> OtherSide:
    listed = people.list_over(side.persons, about.home)
    return OtherSide(
        side.term.what, side.label, listed.as_of if listed else None, bool(side.persons.lists),
        part in ("first_unsure", "second_unsure"),
        side.term.what == rules.KIND and side.term.code in rules.TOLD_AT_ANY_TIME,
    )  # fmt: skip


def twice_on_lists(user: "User", area: str) -> list[Any]:
    """Who stands twice on the newest list of a kind, in the user's areas: `people.TwiceOnList`.

    The civil register, which is long and keeps its own order, is read from a district on down.
    """
    kinds = [kind for kind in rules.kinds_compared() if kind not in rules.TOLD_AT_ANY_TIME]
    if len(area) < DISTRICT:
        kinds.remove("civil_register")
    lists = [
        (batch, rules.class_of_kind(kind))
        for kind in kinds
        for batch in people.newest_lists(kind)
        if batch.area_code.startswith(area) or area.startswith(batch.area_code)
    ]
    return people.twice_on(user, lists, area)
