"""Many rows at once, as plain tuples, the same on SQLite and PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import orjson
from django.db import connection

CHUNK = 5000  # below SQLite's limit of variables in one statement (32,766 since 2020)


def select(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows of a query, as the driver gives them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


# Fewer rows at a time than elsewhere: what the driver hands over still lies in the processor's cache when it is read.
FEW = 500


def stream(sql: str, params: Sequence[Any] = ()) -> Iterator[list[tuple[Any, ...]]]:
    """Rows of a query whose columns are all text, some hundreds at a time, so that not all of them are held at once.

    Nothing else can be asked of the database until the last of them is read.
    """
    with connection.chunked_cursor() if connection.vendor == "sqlite" else connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(sql, params)
            while rows := cursor.fetchmany(FEW):
                yield list(rows)
        else:
            # PostgreSQL writes the next rows while these are read; with a cursor one of both would always wait.
            with cursor.copy(f"COPY ({sql}) TO STDOUT", params) as copied:
                found = copied.rows()
                while rows := list(islice(found, FEW)):
                    yield rows


def hex_of(column: str) -> str:
    """SQL: a column of ids as 32 hex digits; making an object of each of a million takes longer than reading them."""
    return f"encode(uuid_send({column}), 'hex')" if connection.vendor == "postgresql" else column


def json_of(column: str) -> str:
    """SQL: a column of JSON as it is written, for `orjson.loads`; SQLite need not make text of the bytes."""
    return f"CAST({column} AS {'text' if connection.vendor == 'postgresql' else 'BLOB'})"


def select_in(sql: str, values: Iterable[Any], params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """Rows of a query holding `IN {in}` in place of a list of ids, codes or numbers, asked in chunks."""
    found = list(values)
    for start in range(0, len(found), CHUNK):
        chosen, listed = listing(sql, found[start : start + CHUNK])
        yield from select(chosen, [*listed, *params])


def listing(sql: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """The statement for so many values in place of `IN {in}`, and its parameters."""
    if connection.vendor == "postgresql":
        # One text is read ten times quicker than thousands of parameters.
        return sql.replace("IN {in}", "= ANY(%s)"), ["{" + ",".join(map(str, values)) + "}"]
    return sql.replace("{in}", "(" + ", ".join(["%s"] * len(values)) + ")"), list(values)


def hexed(value: Any) -> Any:
    """An id as 32 hex digits, however the database gave it; None stays None."""
    return value if value is None or isinstance(value, str) else value.hex


def from_json(value: Any) -> Any:
    """JSON as the database gave it: text on SQLite, already read on PostgreSQL."""
    return orjson.loads(value) if isinstance(value, str | bytes) else value


def as_bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)


def iso(value: Any) -> str:
    """A date as ISO text, however the database gave it."""
    return value if isinstance(value, str) else value.isoformat()
