"""Writes what was found: only what differs from what is stored, so that most evenings write little."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from mudmai.access.queries import bounds
from mudmai.people.services import bulk
from mudmai.rights.models import Notice, RightsTally, Standing, Watched
from mudmai.rights.rules.standing import PEOPLE

MANY = 50_000
Row = tuple[Any, ...]
# (area, programme, finding) → how many, and how much money.
Tallies = dict[tuple[str, str, str], tuple[int, float]]
TALLY = ("area_code", "programme", "finding", "n", "amount")


class Table(NamedTuple):
    """A table of this module: its columns, the key first; and which of them are ids, days and money."""

    model: type[Model]
    columns: tuple[str, ...]
    person: int  # the place of the person among the columns
    ids: frozenset[str] = frozenset(["id", "person_id"])
    days: frozenset[str] = frozenset(["on", "next_on"])
    money: frozenset[str] = frozenset(["amount"])

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def select(self) -> str:
        """SQL that reads rows as they are written: ids as hex, days as ISO text, money as a number."""
        return f"SELECT {', '.join(map(self._read, self.columns))} FROM {self.name}"

    def _read(self, column: str) -> str:
        if column in self.days:
            return f'CAST("{column}" AS text)'
        if connection.vendor == "sqlite":
            return f'CAST("{column}" AS real)' if column in self.money else f'"{column}"'
        if column in self.ids:
            return f"encode(uuid_send(\"{column}\"), 'hex')"
        return f'CAST("{column}" AS float8)' if column in self.money else f'"{column}"'


STANDING = Table(
    Standing, ("id", "person_id", "programme", "area_code", "sort_key", "finding", "amount", "why", "lacks"), 1
)
WATCHED = Table(Watched, ("person_id", "area_code", "next_on"), 0)
NOTICE = Table(Notice, ("id", "person_id", "programme", "kind", "on", "area_code", "sort_key"), 1)
TABLES = (STANDING, WATCHED, NOTICE)
# Of a row of STANDING: area, programme and finding; area, finding and person.
_CELL, _PERSON, _AMOUNT = itemgetter(3, 2, 5), itemgetter(3, 5, 1), 6


class Found(NamedTuple):
    """What there is to store of some persons: rows of each table."""

    standings: list[Row]
    watched: list[Row]
    notices: list[Row]

    def plus(self, other: "Found") -> "Found":
        return Found(*(first + more for first, more in zip(self, other, strict=True)))

    def persons(self) -> set[str]:
        return {row[table.person] for table, rows in zip(TABLES, self, strict=True) for row in rows}


def stored_of(persons: Iterable[str]) -> Found:
    """What is stored of these persons."""
    wanted = list(persons)
    return Found(*(list(bulk.select_in(f"{table.select} WHERE person_id IN {{in}}", wanted)) for table in TABLES))


def stored_in(prefix: str) -> Found:
    """What is stored of the people of an area."""
    where, params = (" WHERE area_code >= %s AND area_code <= %s", bounds(prefix)) if prefix else ("", ())
    return Found(*(bulk.select(table.select + where, params) for table in TABLES))


def write(old: Found, new: Found) -> int:
    """Bring the tables from the old rows to the new; returns how many rows were touched. In one transaction."""
    return sum(_bring(*each) for each in zip(TABLES, old, new, strict=True))


def tallies_of(found: Found) -> Tallies:
    """How many of each finding the rows hold, by area, and how much money that is."""
    counted = Counter(map(_CELL, found.standings))
    baht: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in found.standings:
        if row[_AMOUNT]:
            baht[_CELL(row)] += row[_AMOUNT]
    # Whoever is missed by several programmes is one person.
    people = Counter((area, PEOPLE, finding) for area, finding, _person in set(map(_PERSON, found.standings)))
    return {key: (n, round(baht.get(key, 0.0), 2)) for key, n in (counted | people).items()}


def add_to_tallies(old: Tallies, new: Tallies) -> None:
    """Bring the counts of some areas along with what changed in them."""
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    if not changed:
        return
    stored = _tallies(bulk.select_in(_SELECT_TALLIES + " WHERE area_code IN {in}", {area for area, _, _ in changed}))
    rows = []
    for key in changed:
        (n, amount), (less, minus), (more, plus) = (each.get(key, (0, 0.0)) for each in (stored, old, new))
        if n - less + more > 0:
            rows.append((*key, n - less + more, round(amount - minus + plus, 2)))
    _forget(changed & stored.keys())
    bulk.append(RightsTally, TALLY, rows)


def write_tallies(tallies: Tallies) -> None:
    """All counts made anew."""
    stored = _tallies(bulk.select(_SELECT_TALLIES))
    _forget({key for key, told in stored.items() if tallies.get(key) != told})
    bulk.append(RightsTally, TALLY, [(*key, *told) for key, told in tallies.items() if stored.get(key) != told])


_SELECT_TALLIES = "SELECT area_code, programme, finding, n, amount FROM rights_rightstally"


def _tallies(rows: Iterable[Row]) -> Tallies:
    return {(area, code, finding): (n, float(baht)) for area, code, finding, n, baht in rows}


def _forget(keys: Iterable[tuple[str, str, str]]) -> None:
    by_kind: dict[tuple[str, str], list[str]] = defaultdict(list)
    for area, programme, finding in keys:
        by_kind[programme, finding].append(area)
    for kind, areas in by_kind.items():
        sql = "DELETE FROM rights_rightstally WHERE programme = %s AND finding = %s AND area_code IN {in}"
        bulk.execute_in(sql, areas, kind)


def _bring(table: Table, old: Sequence[Row], new: Sequence[Row]) -> int:
    """Delete what is gone or differs, insert what is new or differs."""
    if not old:
        # A first run over everybody fills the table.
        (bulk.fill if len(new) > MANY else bulk.append)(table.model, table.columns, new)
        return len(new)
    before = set(old)
    fresh = [row for row in new if row not in before]
    stale = before.difference(new)
    if stale:
        bulk.execute_in(f"DELETE FROM {table.name} WHERE {table.columns[0]} IN {{in}}", [row[0] for row in stale])
    bulk.append(table.model, table.columns, fresh)
    return len(stale) + len(fresh)
