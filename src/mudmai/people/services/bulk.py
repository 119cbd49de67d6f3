"""Many rows at once, the same on SQLite and PostgreSQL: COPY there, executemany here.

Values go in as plain text, numbers, bytes and booleans: ids as 32 hex digits, dates as ISO text, JSON as text.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from mudmai.people.queries.rows import CHUNK, as_bytes, from_json, hexed, iso, listing, select, select_in

__all__ = [
    "CHUNK",
    "append",
    "as_bytes",
    "execute_in",
    "fill",
    "from_json",
    "hexed",
    "insert",
    "iso",
    "select",
    "select_in",
    "tidy",
    "to_json",
    "update",
    "upsert",
]


def append(model: type[Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows that are known to be new."""
    table, names = model._meta.db_table, ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, table, names, rows)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(rows))


@transaction.atomic
def fill(model: type[Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert very many rows that are known to be new into a table that holds few.

    SQLite makes its indexes anew at the end, which takes half the time of keeping them with each row. PostgreSQL would
    keep readers waiting for that.
    """
    if connection.vendor == "postgresql":
        append(model, columns, rows)
        return
    indexes = select(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
        [model._meta.db_table],
    )
    with connection.cursor() as cursor:
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        append(model, columns, rows)
        for _, made in indexes:
            cursor.execute(made)


def insert(model: type[Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, leaving out those whose key stands already, so that sending twice is harmless."""
    _write(model, columns, rows, "DO NOTHING", hopeful=True)


def upsert(
    model: type[Model],
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    *,
    key: str = "id",
    hopeful: bool = False,
) -> None:
    """Insert rows, or replace those with the same key; `hopeful`: all are new, unless somebody else was quicker."""
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name != key)
    _write(model, columns, rows, f'("{key}") DO UPDATE SET {changes}', hopeful=hopeful)


def update(model: type[Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Set these columns of rows that stand; the last value of each row is its id."""
    if not rows:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(f'"{name}"' for name in (*columns, "id"))
            _copy_aside(cursor, table, names, rows)
            changes = ", ".join(f'"{name}" = aside."{name}"' for name in columns)
            cursor.execute(f'UPDATE "{table}" SET {changes} FROM "bulk_{table}" AS aside WHERE "{table}".id = aside.id')
            cursor.execute(f'DROP TABLE "bulk_{table}"')
        else:
            changes = ", ".join(f'"{name}" = %s' for name in columns)
            cursor.executemany(f'UPDATE "{table}" SET {changes} WHERE id = %s', rows)


def _copy_aside(cursor: Any, table: str, names: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """PostgreSQL: the rows in a table of their own, from where one statement brings them in."""
    cursor.execute(f'CREATE TEMP TABLE "bulk_{table}" AS SELECT {names} FROM "{table}" WITH NO DATA')
    _copy(cursor, f"bulk_{table}", names, rows)


def _copy(cursor: Any, table: str, names: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def tidy(*models: type[Model]) -> None:
    """Let the database count anew what it plans its queries by: after many rows its old counts lead it astray."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')


def _write(
    model: type[Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]], conflict: str, *, hopeful: bool
) -> None:
    if not rows:
        return
    table = model._meta.db_table
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if hopeful and _copied(cursor, table, names, rows):
                return
            _copy_aside(cursor, table, names, rows)
            cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM "bulk_{table}" ON CONFLICT {conflict}')
            cursor.execute(f'DROP TABLE "bulk_{table}"')
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks}) ON CONFLICT {conflict}', rows)


def _copied(cursor: Any, table: str, names: str, rows: Sequence[tuple[Any, ...]]) -> bool:
    """PostgreSQL: whether the rows went straight in; nothing is written where one of them stands already."""
    try:
        with transaction.atomic(), connection.wrap_database_errors:
            _copy(cursor, table, names, rows)
    except IntegrityError:
        return False
    return True


def execute_in(sql: str, values: Iterable[Any], params: Sequence[Any] = ()) -> None:
    """A statement holding `IN {in}`, run in chunks; `params` stand before the list."""
    found = list(values)
    with connection.cursor() as cursor:
        for start in range(0, len(found), CHUNK):
            chosen, listed = listing(sql, found[start : start + CHUNK])
            cursor.execute(chosen, [*params, *listed])


def to_json(value: Any) -> str:
    return orjson.dumps(value).decode()
