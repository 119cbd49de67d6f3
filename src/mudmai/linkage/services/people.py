"""The people who are compared: the rows of one list, and behind them people of the registry, column by column."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mudmai.kernel import ids, names
from mudmai.linkage.rules.model import Model, Names
from mudmai.linkage.rules.sides import Side, area_parts, birth_parts, coded, in_area, number_of_house
from mudmai.linkage.rules.subjects import Subject
from mudmai.people import queries as people
from mudmai.people.services import hash_cids

# What a question shows of both sides, by the comparison it belongs to.
SHOWN = {
    "given": "given_name", "family": "family_name", "birth": "birth_date", "sex": "sex", "house": "house_no",
    "phone": "phone",
}  # fmt: skip
# What is read of the registry to be compared, and the name it has there.
TOLD = {
    "given_key": "given_key", "family_key": "family_key", "given_sound": "given_sound", "family_sound": "family_sound",
    "sex": "sex", "birth_date": "birth_date", "phone": "phone", "area": "area_code", "house_no": "house_no",
    "house": "household_id", "house_code": "house_code",
}  # fmt: skip

Column = Any  # a list, or an array of Arrow
Columns = dict[str, Column]
# {key: {comparison: what a question shows of it}}
Shown = dict[str, dict[str, str]]


def nothing_shown(_keys: Iterable[str]) -> Shown:
    """Nobody asks."""
    return {}


@dataclass
class Table:
    """Everybody by place: the rows of the list first, then the registry. `columns` are those of `kind`, a side."""

    keys: list[str]
    rows: int
    columns: Columns
    shown: Callable[[Iterable[str]], Shown] = nothing_shown
    kind: type[Any] = Side
    _listed: dict[str, list[Any]] = field(default_factory=dict)

    @cached_property
    def _in_order(self) -> list[list[Any]]:
        return [self.listed(name) for name in self.kind._fields]

    def listed(self, name: str) -> list[Any]:
        """A column as a list."""
        if name not in self._listed:
            column = self.columns[name]
            self._listed[name] = column if isinstance(column, list) else column.to_pylist()
        return self._listed[name]

    def side(self, place: int) -> Any:
        """The compared values of one place, as the scheme names them."""
        return self.kind(*[column[place] for column in self._in_order])

    def __len__(self) -> int:
        return len(self.keys)


def table_of(subjects: Sequence[Subject], registry: Iterable[people.LinkageRow] = ()) -> Table:
    """The list and, behind it, these people of the registry. For everybody there is `everyone.table_of_everyone`."""
    met, rows = list(registry), told_by(subjects)
    hashes = [each.cid_hash.hex() if each.cid_hash else None for each in met]
    told = {name: rows[name] + [getattr(each, column) for each in met] for name, column in TOLD.items()}
    cids, near, slips = ids_of(subjects, hashes)
    columns: Columns = {"cid": cids + hashes, "near": near + [None] * len(met), "slip": slips + [None] * len(met)}
    columns |= compared(told, _of_lists)
    columns |= {name: [value or None for value in told[name]] for name in AS_TOLD}
    numbers = list(map(number_of_house, told["house_no"]))
    columns |= {name: list(map(in_area, columns[area], numbers)) for name, area in HOUSES.items()}
    parts = (slice(len(subjects)), slice(len(subjects), None))
    columns["mates"] = [found for at in parts for found in mates(columns["house"][at], columns["given"][at])]

    def met_of(keys: set[str]) -> Iterable[people.LinkageRow]:
        return (each for each in met if each.id in keys)

    keys = [row.key for row in subjects] + [each.id for each in met]
    return Table(keys, len(subjects), columns, shown_of(rows, met_of))


def shown_of(
    rows: Mapping[str, list[Any]], persons: Callable[[set[str]], Iterable[people.LinkageRow]]
) -> Callable[[Iterable[str]], Shown]:
    """What a question shows of rows, as `told_by` tells them, and of persons, who are asked for by their ids."""

    def shown(keys: Iterable[str]) -> Shown:
        wanted = set(keys)
        found = {
            key: {name: rows[column][place] for name, column in SHOWN.items()}
            for place, key in enumerate(rows["key"])
            if key in wanted
        }
        for each in persons(wanted - found.keys()):
            found[each.id] = {name: getattr(each, column) for name, column in SHOWN.items()}
        return found

    return shown


def told_by(subjects: Sequence[Subject]) -> dict[str, list[Any]]:
    """What the rows tell, as the registry keeps it."""
    given, family = _each(names.bare_given_name, [row.given for row in subjects]), [row.family for row in subjects]
    return {
        "key": [row.key for row in subjects],
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


def _each(function: Callable[[str], Any], values: list[str]) -> list[Any]:
    """The function of each value, asked once for equal values."""
    known = {value: function(value) for value in set(values)}
    return [known[value] for value in values]


def _alone(function: Callable[[str], Any]) -> Callable[[str], tuple[Any]]:
    return lambda told: (function(told),)


BIRTH_COLUMNS = ("birth", "birth_swapped", "birth_told", "birth_day", "birth_month", "birth_year")
# Columns of a side that follow from one of TOLD: their names, how, and from which.
MADE: tuple[tuple[tuple[str, ...], Callable[[str], tuple[Any, ...]], str], ...] = (
    (("given",), _alone(coded), "given_key"),
    (("given_sound",), _alone(coded), "given_sound"),
    (("family",), _alone(coded), "family_key"),
    (("family_sound",), _alone(coded), "family_sound"),
    (BIRTH_COLUMNS, birth_parts, "birth_date"),
    (("village", "tambon"), area_parts, "area"),
)
# Columns of a side that are what is told; blank is unknown.
AS_TOLD = ("sex", "house", "house_code", "phone")
# The house in an area, by the area.
HOUSES = {"address": "village", "house_number": "tambon"}
# Makes columns from one: their names, how, from which.
Making = Callable[[tuple[str, ...], Callable[[str], tuple[Any, ...]], Column], Iterable[Column]]


def compared(told: Mapping[str, Column], making: Making) -> Columns:
    """The columns of a side that follow from what is told of each alone."""
    columns: Columns = {}
    for made, function, needed in MADE:
        columns |= zip(made, making(made, function, told[needed]), strict=True)
    return columns


def _of_lists(made: tuple[str, ...], function: Callable[[str], tuple[Any, ...]], needed: list[str]) -> list[list[Any]]:
    found = list(map(function, needed))
    return [[row[at] for row in found] for at in range(len(made))]


# Where more than this live under one number it is a temple, a camp or a gap in a list, and no family.
LARGEST_FAMILY = 20


def mates(houses: list[str | None], given: list[str | None]) -> list[tuple[str, ...] | None]:
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


def ids_of(subjects: Sequence[Subject], known: Iterable[str | None]) -> tuple[list[str | None], ...]:
    """Keyed hash of each valid id, of the known id that is nearest to each mistyped one, and how it was mistyped.

    A mistyped id is never compared digit by digit with the ids of the registry, which stay sealed: the valid ids that
    one slip could have made of it are few, and their hashes are looked up.
    """
    valid = [row.cid if row.cid and ids.citizen_id(row.cid).value else None for row in subjects]
    hexed = _hexed(valid)
    known = {*known, *hexed}
    near, slips = list[str | None](), list[str | None]()
    for row, fine in zip(subjects, valid, strict=True):
        found, slip = _nearest(row.cid, known) if row.cid and not fine else (None, None)
        near.append(found)
        slips.append(slip)
    return hexed, near, slips


def _hexed(cids: Iterable[str | None]) -> list[str | None]:
    return [None if found is None else found.hex() for found in hash_cids(cids)]


def _nearest(cid: str, known: set[str | None]) -> tuple[str | None, str | None]:
    candidates = ids.near_misses(cid)
    for candidate, found in zip(candidates, _hexed(candidates), strict=True):
        if found in known:
            return found, "swap" if sorted(candidate) == sorted(cid) else "digit"
    return None, None


def names_of(table: Table, model: Model) -> Names:
    """How common each name is among all people at hand."""
    counts = {column: Counter(table.listed(column)) for _at, _code, column in model.scheme.frequencies}
    for counted in counts.values():
        counted.pop(None, None)
    return model.names(counts)
