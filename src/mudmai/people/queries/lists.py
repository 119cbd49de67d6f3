"""Lists of persons and households: filtered, scoped, and paged by key, never by offset."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mudmai.access.queries import Scope, bounds
from mudmai.people.models import Household, Person
from mudmai.people.queries.keyset import PAGE, Page, Wanted, all_rows, count, one_page
from mudmai.people.queries.rows import hexed, listing, select_in
from mudmai.people.queries.scope import scope_of
from mudmai.people.rules.catalogue import catalogue

if TYPE_CHECKING:
    from mudmai.accounts.models import User

# Facts offered as filters: code and the value that means "yes".
FACT_FILTERS: dict[str, tuple[str, str]] = {
    "bedridden": ("adl_group", "bedridden"),
    "homebound": ("adl_group", "homebound"),
    "disabled": ("disability_registered", "1"),
    "old_age_allowance": ("old_age_allowance", "1"),
    "disability_allowance": ("disability_allowance", "1"),
    "tpmap": ("tpmap_poor", "1"),
    "welfare_card": ("state_welfare_card", "1"),
    "absent": ("presence", "absent"),
    "self_harm": ("self_harm_alert", "1"),
}


@dataclass(frozen=True)
class PersonFilter:
    """What a list of persons keeps."""

    area: str = ""
    sex: str = ""
    born_from: str = ""  # ISO: born on or after
    born_until: str = ""  # ISO: born on or before
    status: str = "alive"  # "" = any
    fact: str = ""  # a code of FACT_FILTERS


@dataclass(frozen=True)
class HouseholdFilter:
    """What a list of households keeps."""

    area: str = ""
    pin: str = ""  # yes | no | "" = any
    empty: str = ""  # yes = nobody lives there


def persons_page(user: "User", keep: PersonFilter, *, after: str = "", before: str = "", size: int = PAGE) -> Page:
    """Persons by village and name, from a key on. Every page costs the same, however deep."""
    wanted = _persons_wanted(user, keep)
    return one_page(Person, *wanted, after, before, size, related=("household",), defer=("known", "household__known"))


def households_page(
    user: "User", keep: HouseholdFilter, *, after: str = "", before: str = "", size: int = PAGE
) -> Page:
    """Households by village and house number, from a key on."""
    return one_page(Household, *_households_wanted(user, keep), after, before, size, defer=("known",))


def count_persons(user: "User", keep: PersonFilter, action: str = "people.view") -> int:
    """How many the whole list holds where the user may do this; kept until the registry changes."""
    return count(_persons_wanted(user, keep, action))


def count_households(user: "User", keep: HouseholdFilter, action: str = "people.view") -> int:
    """How many the whole list holds where the user may do this; kept until the registry changes."""
    return count(_households_wanted(user, keep, action))


def persons_to_export(user: "User", keep: PersonFilter) -> Iterator[Person]:
    """Every person of the list in its order, with all that is known, where the user may export."""
    yield from all_rows(Person, _persons_wanted(user, keep, "people.export"), ("household",), ("household__known",))


def households_to_export(user: "User", keep: HouseholdFilter) -> Iterator[Household]:
    """Every household of the list in its order, with all that is known, where the user may export."""
    yield from all_rows(Household, _households_wanted(user, keep, "people.export"), (), ())


def facts_of(ids: list[str]) -> dict[str, dict[str, list[str]]]:
    """{id hex: {fact: its values}} of the persons or households of a page."""
    found: dict[str, dict[str, list[str]]] = {}
    for subject, code, value in select_in("SELECT subject, code, value FROM people_fact WHERE subject IN {in}", ids):
        found.setdefault(hexed(subject), {}).setdefault(code, []).append(value)
    return found


def _persons_wanted(user: "User", keep: PersonFilter, action: str = "people.view") -> Wanted:
    table, key = "people_person p", ("p.area_code", "p.sort_key", "p.id")
    conditions: list[str] = []
    params: list[Any] = []
    data_class = None
    if keep.fact in FACT_FILTERS:
        code, value = FACT_FILTERS[keep.fact]
        table, key = (
            "people_fact f JOIN people_person p ON p.id = f.subject",
            ("f.area_code", "f.sort_key", "f.subject"),
        )
        conditions, params = ["f.code = %s", "f.value = %s"], [code, value]
        # Standing on such a list is itself what the class protects.
        data_class = str(catalogue().attributes[code].data_class)
    for condition, wanted in (
        ("p.sex = %s", keep.sex),
        ("p.birth_date >= %s", keep.born_from),
        ("p.birth_date <= %s", keep.born_until),
        ("p.status = %s", keep.status),
    ):
        if wanted:
            conditions.append(condition)
            params.append(wanted)
    if keep.born_until and not keep.born_from:
        conditions.append("p.birth_date <> ''")
    scope = scope_of(user)
    ranges = _ranges(scope, keep.area, action, data_class)
    followed = [
        ("p.id IN {in}", scope.persons_for(action, data_class)),
        ("p.household_id IN {in}", scope.households_for(action, data_class)),
    ]
    return Wanted(table, key, ranges, conditions, params, _beside(followed, keep.area))


def _households_wanted(user: "User", keep: HouseholdFilter, action: str = "people.view") -> Wanted:
    conditions = {"yes": ["p.pin_cell IS NOT NULL"], "no": ["p.pin_cell IS NULL"]}.get(keep.pin, [])
    if keep.empty == "yes":
        conditions = [*conditions, "p.member_count = 0"]
    key = ("p.area_code", "p.sort_key", "p.id")
    scope = scope_of(user)
    followed = [("p.id IN {in}", scope.households_for(action))]
    ranges = _ranges(scope, keep.area, action)
    return Wanted("people_household p", key, ranges, conditions, [], _beside(followed, keep.area))


def _beside(followed: list[tuple[str, frozenset[UUID]]], area: str) -> tuple[str, list[Any]] | None:
    """SQL and values of those whom the user sees wherever they live, because a team follows them; None: nobody."""
    parts = [listing(sql, sorted(key.hex for key in keys)) for sql, keys in followed if keys]
    if not parts:
        return None
    first, last = bounds(area)
    either = " OR ".join(sql for sql, _ in parts)
    values = [value for _, listed in parts for value in listed]
    return f"({either}) AND p.area_code >= %s AND p.area_code <= %s", [*values, first, last]


def _ranges(scope: Scope, area: str, action: str, data_class: str | None = None) -> list[tuple[str, str]]:
    """The runs of area codes that the user may see within the area asked for."""
    prefixes = scope.prefixes_for(action, data_class)
    inside = [max(prefix, area, key=len) for prefix in prefixes if prefix.startswith(area) or area.startswith(prefix)]
    return [bounds(prefix) for prefix in sorted(inside)]
