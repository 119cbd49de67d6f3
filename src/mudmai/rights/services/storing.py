"""Writes what was found: only what differs from what is stored, so that most evenings write little."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import Model

from mudmai.people.services import bulk
from mudmai.rights.models import Notice, RightsTally, Standing, Watched
from mudmai.rights.rules.standing import bits_of

Row = tuple[Any, ...]
# (area, programme, finding) → how many, and how much money.
Tallies = dict[tuple[str, str, str], tuple[int, float]]


class Table(NamedTuple):
    """A table of this module: its columns with the key first and the person and the area at the places named."""

    model: type[Model]
    columns: tuple[str, ...]
    person: int

    @property
    def name(self) -> str:
        return self.model._meta.db_table


STANDING = Table(
    Standing,
    ("id", "person_id", "programme", "area_code", "sort_key", "finding", "amount", "why", "lacks"),
    1,
)
WATCHED = Table(Watched, ("person_id", "area_code", "unsure", "next_on"), 0)
NOTICE = Table(Notice, ("id", "person_id", "programme", "kind", "on", "area_code", "sort_key"), 1)


class Found(NamedTuple):
    """What there is to store of some persons: rows of each table."""

    standings: list[Row]
    watched: list[Row]
    notices: list[Row]


def stored_of(persons: Iterable[str]) -> Found:
    """What is stored of these persons."""
    wanted = list(persons)
    return Found(*([_plain(row) for row in _read(table, wanted)] for table in (STANDING, WATCHED, NOTICE)))


def stored_in(prefix: str) -> Found:
    """What is stored of the people of an area."""
    return Found(*([_plain(row) for row in _read_area(table, prefix)] for table in (STANDING, WATCHED, NOTICE)))


def write(old: Found, new: Found) -> int:
    """Bring the tables from the old rows to the new; returns how many rows were touched. In one transaction."""
    tables = (STANDING, WATCHED, NOTICE)
    return sum(_bring(table, old[place], new[place]) for place, table in enumerate(tables))


def tallies_of(found: Found, programmes: list[str]) -> Tallies:
    """How many of each finding the rows hold, by area, and how much money that is."""
    counted: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0, 0.0])
    for row in found.standings:
        cell = counted[row[3], row[2], row[5]]
        cell[0] += 1
        cell[1] += row[6]
    for _person, area, unsure, _next_on in found.watched:
        for programme in bits_of(unsure, programmes) if unsure else ():
            counted[area, programme, "unknown"][0] += 1
    return {key: (int(n), amount) for key, (n, amount) in counted.items()}


def add_to_tallies(old: Tallies, new: Tallies) -> None:
    """Bring the counts of some areas along with what changed in them."""
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    if not changed:
        return
    stored = _stored_tallies({area for area, _, _ in changed})
    rows = []
    for key in changed:
        (n, amount), (less, minus), (more, plus) = (each.get(key, (0, 0.0)) for each in (stored, old, new))
        if n - less + more > 0:
            rows.append((*key, n - less + more, round(amount - minus + plus, 2)))
    _forget_tallies(changed)
    bulk.append(RightsTally, ("area_code", "programme", "finding", "n", "amount"), rows)


def write_tallies(prefix: str, tallies: Tallies) -> None:
    """The counts of an area made anew."""
    stored = {key: told for key, told in _tallies_in(prefix).items() if tallies.get(key) != told}
    _forget_tallies(stored)
    kept = _tallies_in(prefix)
    rows = [(*key, n, amount) for key, (n, amount) in tallies.items() if n and key not in kept]
    bulk.append(RightsTally, ("area_code", "programme", "finding", "n", "amount"), rows)


def _stored_tallies(areas: Iterable[str]) -> Tallies:
    sql = "SELECT area_code, programme, finding, n, amount FROM rights_rightstally WHERE area_code IN {in}"
    return {(area, code, finding): (n, float(sum_)) for area, code, finding, n, sum_ in bulk.select_in(sql, areas)}


def _tallies_in(prefix: str) -> Tallies:
    sql = "SELECT area_code, programme, finding, n, amount FROM rights_rightstally"
    rows = bulk.select(sql) if not prefix else bulk.select(f"{sql} WHERE area_code LIKE %s", [f"{prefix}%"])
    return {(area, code, finding): (n, float(sum_)) for area, code, finding, n, sum_ in rows}


def _forget_tallies(keys: Iterable[tuple[str, str, str]]) -> None:
    by_kind: dict[tuple[str, str], list[str]] = defaultdict(list)
    for area, programme, finding in keys:
        by_kind[programme, finding].append(area)
    for (programme, finding), areas in by_kind.items():
        RightsTally.objects.filter(programme=programme, finding=finding, area_code__in=areas).delete()


def _bring(table: Table, old: Sequence[Row], new: Sequence[Row]) -> int:
    """Delete what is gone or differs, insert what is new or differs."""
    if not old:
        bulk.append(table.model, table.columns, new)
        return len(new)
    before = {row[0]: row for row in old}
    fresh = [row for row in new if before.get(row[0]) != row]
    keys = {row[0] for row in new}
    gone = [key for key in before if key not in keys]
    changed = [row[0] for row in fresh if row[0] in before]
    if gone or changed:
        bulk.execute_in(f'DELETE FROM {table.name} WHERE "{table.columns[0]}" IN {{in}}', [*gone, *changed])
    bulk.append(table.model, table.columns, fresh)
    return len(gone) + len(fresh)


def _read(table: Table, persons: list[str]) -> Iterator[Row]:
    names = ", ".join(f'"{name}"' for name in table.columns)
    return bulk.select_in(f"SELECT {names} FROM {table.name} WHERE person_id IN {{in}}", persons)


def _read_area(table: Table, prefix: str) -> list[Row]:
    names = ", ".join(f'"{name}"' for name in table.columns)
    sql = f"SELECT {names} FROM {table.name}"
    return bulk.select(f"{sql} WHERE area_code LIKE %s", [f"{prefix}%"]) if prefix else bulk.select(sql)


def _plain(row: Row) -> Row:
    """Ids as hex, days as ISO text and money as a number, however the database gave them."""
    return tuple(_as_written(value) for value in row)


def _as_written(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if hasattr(value, "hex"):
        return value.hex
    return value.isoformat() if hasattr(value, "isoformat") else float(value)
