"""Many rows at once, as plain tuples, the same on SQLite and PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson
from django.db import connection

CHUNK = 900  # below SQLite's old limit of variables in one statement


def select(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows of a query, as the driver gives them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def select_in(sql: str, values: Iterable[Any], params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """Rows of a query holding `{in}` in place of a list, asked in chunks."""
    found = list(values)
    for start in range(0, len(found), CHUNK):
        part = found[start : start + CHUNK]
        yield from select(sql.replace("{in}", "(" + ", ".join(["%s"] * len(part)) + ")"), [*part, *params])


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
