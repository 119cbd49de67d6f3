"""The people who are compared: the rows of one list, and behind them the whole registry, column by column."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mudmai.kernel import ids, names
from mudmai.linkage.rules.model import Model, Names
from mudmai.linkage.rules.sides import Birth, Place, Side, birth_parts, coded, place_parts
from mudmai.linkage.rules.subjects import Subject
from mudmai.people import queries as people
from mudmai.people.services import hash_cid, hash_cids

# What a question shows of both sides, by the comparison it belongs to.
SHOWN = {
    "given": "given_name", "family": "family_name", "birth": "birth_date", "sex": "sex", "house": "house_no",
    "phone": "phone",
}  # fmt: skip


# Our columns, and where they are found in the registry's.
REGISTRY = {
    "key": "id", "cid": "cid_hash", "given_name": "given_name", "family_name": "family_name", "given_key": "given_key",
    "family_key": "family_key", "given_sound": "given_sound", "family_sound": "family_sound", "sex": "sex",
    "birth_date": "birth_date", "phone": "phone", "area": "area_code", "house_no": "house_no", "house": "household_id",
    "house_code": "house_code",
}  # fmt: skip
ONE_OBJECT = frozenset({"given_name", "family_name", "house"})


@dataclass
class Table:
    """Everybody by place: the rows of the list first, then the registry. `columns` are those of `kind`, a side."""

    keys: list[str]
    rows: int
    columns: dict[str, list[Any]]
    shown: dict[str, list[str]]
    kind: type[Any] = Side

    @cached_property
    def persons(self) -> dict[str, int]:
        """{person id: place} of the registry."""
        return {key: self.rows + place for place, key in enumerate(self.keys[self.rows :])}

    @cached_property
    def _in_order(self) -> list[list[Any]]:
        return [self.columns[name] for name in self.kind._fields]

    def side(self, place: int) -> Any:
        """The compared values of one place, as the scheme names them."""
        return self.kind(*[column[place] for column in self._in_order])

    def __len__(self) -> int:
        return len(self.keys)


def table_of(subjects: Sequence[Subject], registry: Iterable[people.LinkageRow] | None = None) -> Table:
    """The list and, behind it, these people of the registry, or all: people move, so no area is left out."""
    told = _of_registry(people.linkage_table() if registry is None else _as_columns(registry))
    rows = _of_rows(subjects)
    keys = [row.key for row in subjects] + told.pop("key")
    hashes = told.pop("cid")
    cids, near, slips = _ids_of(subjects, {found for found in hashes if found})
    merged = {name: rows[name] + told[name] for name in rows}
    columns: dict[str, list[Any]] = {"cid": cids + hashes, "near": near + [None] * len(hashes)}
    columns["slip"] = slips + [None] * len(hashes)
    for name in ("given", "family"):
        columns[name] = _each(coded, merged[f"{name}_key"])
        columns[f"{name}_sound"] = _each(coded, merged[f"{name}_sound"])
    columns |= _parts(BIRTH_COLUMNS, map(birth_parts, merged["birth_date"]))
    columns |= _parts(Place._fields, map(place_parts, merged["area"], merged["house_no"]))
    for name in ("sex", "house", "house_code", "phone"):
        columns[name] = [value or None for value in merged[name]]
    parts = (slice(len(subjects)), slice(len(subjects), None))
    columns["mates"] = [found for at in parts for found in _mates(columns["house"][at], columns["given"][at])]
    return Table(keys, len(subjects), columns, {name: merged[column] for name, column in SHOWN.items()})


# Where more than this live under one number it is a temple, a camp or a gap in a list, and no family.
LARGEST_FAMILY = 20


def _mates(houses: list[str | None], given: list[str | None]) -> list[tuple[str, ...] | None]:
    """Of each person, the given names of the others of the house, sorted; None where nobody else is told."""
    living: dict[str, list[int]] = defaultdict(list)
    for place, house in enumerate(houses):
        if house is not None and given[place] is not None:
            living[house].append(place)
    found: list[tuple[str, ...] | None] = [None] * len(houses)
    for places in living.values():
        if 1 < len(places) <= LARGEST_FAMILY:
            names = [given[place] or "" for place in places]
            for at, place in enumerate(places):
                found[place] = tuple(sorted({*names[:at], *names[at + 1 :]}))
    return found


BIRTH_COLUMNS = ("birth", "birth_swapped", "birth_told", "birth_day", "birth_month", "birth_year")


def _parts(names: Sequence[str], parts: Iterable[Birth] | Iterable[Place]) -> dict[str, list[Any]]:
    found = list(parts)
    columns = map(list, zip(*found, strict=True)) if found else ([] for _ in names)
    return dict(zip(names, columns, strict=True))


def _each(function: Callable[[str], Any], values: list[str]) -> list[Any]:
    """The function of each value, asked once for equal values."""
    known = {value: function(value) for value in set(values)}
    return [known[value] for value in values]


def _as_columns(rows: Iterable[people.LinkageRow]) -> Iterator[list[Sequence[Any]]]:
    found = list(rows)
    if found:
        yield list(zip(*found, strict=True))


def _of_registry(everybody: Iterable[list[Sequence[Any]]]) -> dict[str, list[Any]]:
    """The registry as columns. Equal names and houses are one object, for they are long and kept to the end."""
    told: dict[str, list[Any]] = {name: [] for name in REGISTRY}
    kept: dict[Any, Any] = {}
    fields = people.LinkageRow._fields
    for columns in everybody:
        by_field = dict(zip(fields, columns, strict=True))
        for name, field in REGISTRY.items():
            values = by_field[field]
            told[name] += map(kept.setdefault, values, values) if name in ONE_OBJECT else values
    told["cid"] = [value.hex() if value else None for value in told["cid"]]
    return told


def _of_rows(subjects: Sequence[Subject]) -> dict[str, list[Any]]:
    given, family = _each(names.bare_given_name, [row.given for row in subjects]), [row.family for row in subjects]
    return {
        "given_name": given,
        "family_name": family,
        "given_key": _each(names.name_key, given),
        "family_key": _each(names.name_key, family),
        "given_sound": _each(names.sound_key, given),
        "family_sound": _each(names.sound_key, family),
        "sex": [row.sex for row in subjects],
        "birth_date": [row.birth_date for row in subjects],
        "phone": [row.phone for row in subjects],
        "area": [row.area for row in subjects],
        "house_no": [row.house_no for row in subjects],
        "house": [row.household_key for row in subjects],
        "house_code": [row.house_code for row in subjects],
    }


def _ids_of(subjects: Sequence[Subject], known: set[str]) -> tuple[list[str | None], ...]:
    """Keyed hash of each valid id, of the known id that is nearest to each mistyped one, and how it was mistyped.

    A mistyped id is never compared digit by digit with the ids of the registry, which stay sealed: the valid ids that
    one slip could have made of it are few, and their hashes are looked up.
    """
    valid = [row.cid if row.cid and ids.citizen_id(row.cid).value else None for row in subjects]
    hexed = [found.hex() if found else None for found in hash_cids(valid)]
    known = known.union(found for found in hexed if found)
    near = [
        _nearest(row.cid, known) if row.cid and not fine else (None, None)
        for row, fine in zip(subjects, valid, strict=True)
    ]
    return hexed, [found for found, _slip in near], [slip for _found, slip in near]


def _nearest(cid: str, known: set[str]) -> tuple[str | None, str | None]:
    for candidate in ids.near_misses(cid):
        found = hash_cid(candidate).hex()
        if found in known:
            return found, "swap" if sorted(candidate) == sorted(cid) else "digit"
    return None, None


def names_of(table: Table, model: Model) -> Names:
    """How common each name is among all people at hand."""
    counts = {column: Counter(table.columns[column]) for _at, _code, column in model.scheme.frequencies}
    for counted in counts.values():
        counted.pop(None, None)
    return model.names(counts)
