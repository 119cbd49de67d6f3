"""Lists of persons and households: filtered, scoped, and paged by key, never by offset."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection

from mudmai.access.queries import bounds, scope_for
from mudmai.people.models import Household, Person
from mudmai.people.queries.rows import hexed, select

if TYPE_CHECKING:
    from mudmai.accounts.models import User

PAGE = 50
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


class Page(NamedTuple):
    """One page: its rows, and the keys that lead on and back ("" at the ends)."""

    rows: list[Any]
    after: str
    before: str


def persons_page(user: "User", keep: PersonFilter, *, after: str = "", before: str = "", size: int = PAGE) -> Page:
    """Persons by village and name, from a key on. Every page costs the same, however deep."""
    ranges = _ranges(user, keep.area)
    if keep.fact in FACT_FILTERS:
        code, value = FACT_FILTERS[keep.fact]
        table, key = (
            "people_fact f JOIN people_person p ON p.id = f.subject",
            ("f.area_code", "f.sort_key", "f.subject"),
        )
        conditions, params = ["f.code = %s", "f.value = %s"], [code, value]
    else:
        table, key = "people_person p", ("p.area_code", "p.sort_key", "p.id")
        conditions, params = [], []
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
    return _page(Person, table, key, ranges, conditions, params, after, before, size, related=("household",))


def households_page(
    user: "User", keep: HouseholdFilter, *, after: str = "", before: str = "", size: int = PAGE
) -> Page:
    """Households by village and house number, from a key on."""
    conditions = {"yes": ["p.pin_cell IS NOT NULL"], "no": ["p.pin_cell IS NULL"]}.get(keep.pin, [])
    if keep.empty == "yes":
        conditions = [*conditions, "p.member_count = 0"]
    key = ("p.area_code", "p.sort_key", "p.id")
    return _page(Household, "people_household p", key, _ranges(user, keep.area), conditions, [], after, before, size)


def _ranges(user: "User", area: str) -> list[tuple[str, str]]:
    """The runs of area codes that the user may see within the area asked for."""
    prefixes = scope_for(user).prefixes_for("people.view")
    inside = [max(prefix, area, key=len) for prefix in prefixes if prefix.startswith(area) or area.startswith(prefix)]
    return [bounds(prefix) for prefix in sorted(inside)]


def _page(
    model: Any,
    table: str,
    key: tuple[str, str, str],
    ranges: list[tuple[str, str]],
    conditions: list[str],
    params: list[Any],
    after: str,
    before: str,
    size: int,
    *,
    related: tuple[str, ...] = (),
) -> Page:
    if not ranges:
        return Page([], "", "")
    backwards = bool(before)
    start = _read_key(before or after)
    columns = ", ".join(key)
    order = ", ".join(f"{column} {'DESC' if backwards else 'ASC'}" for column in key)
    found: list[tuple[Any, ...]] = []
    # Each run of areas is one walk along the index; runs are few (a user's duties) and in order.
    for first, last in reversed(ranges) if backwards else ranges:
        where, values = [*conditions, f"{key[0]} >= %s", f"{key[0]} <= %s"], [*params, first, last]
        if start:
            where.append(f"({columns}) {'<' if backwards else '>'} (%s, %s, %s)")
            values += start
        sql = (
            f"SELECT {columns} FROM {table} WHERE {' AND '.join(where)} ORDER BY {order} LIMIT {size + 1 - len(found)}"
        )
        found += select(sql, values)
        if len(found) > size:
            break
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    rows = _objects(model, [row[2] for row in found], related)
    first_key = _write_key(found[0]) if found and ((backwards and more) or (start and not backwards)) else ""
    last_key = _write_key(found[-1]) if found and (backwards or more) else ""
    return Page(rows, last_key, first_key)


def _objects(model: Any, ids: list[Any], related: tuple[str, ...]) -> list[Any]:
    found = {row.pk.hex: row for row in model.objects.filter(pk__in=ids).select_related(*related).defer("known")}
    return [found[hexed(key)] for key in ids if hexed(key) in found]


def _write_key(row: tuple[Any, ...]) -> str:
    return "|".join((row[0], hexed(row[2]), row[1]))


def _read_key(key: str) -> list[str]:
    """Area, order and id of a page key; [] for a key that is not one, which starts from the beginning."""
    parts = key.split("|", 2)
    try:
        return [parts[0], parts[2], UUID(parts[1]).hex if connection.vendor == "sqlite" else str(UUID(parts[1]))]
    except (ValueError, IndexError):
        return []
