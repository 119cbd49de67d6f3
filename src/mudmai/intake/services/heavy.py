"""What a job with hundreds of thousands of rows asks of SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# While many rows are written, SQLite's log may grow to 400 MB before it is written back, and 160 MB of pages stay in
# memory; else as `site.env` sets them. Random pages of the indexes are then written once and not for every chunk.
_MANY = ("PRAGMA wal_autocheckpoint = 100000", "PRAGMA cache_size = -160000")
_USUAL = ("PRAGMA wal_autocheckpoint = 1000", "PRAGMA cache_size = -32000")


@contextmanager
def many_writes() -> Iterator[None]:
    """Lets SQLite gather writes to the same pages before they go to their places."""
    if connection.vendor != "sqlite":
        yield
        return
    _set(_MANY)
    try:
        yield
    finally:
        _set(_USUAL)


def _set(pragmas: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for pragma in pragmas:
            cursor.execute(pragma)
