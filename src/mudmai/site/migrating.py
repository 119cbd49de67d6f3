"""Bring the database up to date, one process at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mudmai.places import services as places

PATIENCE_SECONDS = 600
# Any number will do as long as all processes of Mudmai use the same.
LOCK_NUMBER = 2569_1101


@contextmanager
def only_one() -> Iterator[None]:
    """Wait until no other process migrates. The lock falls by itself when its holder dies, and works on any system."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
        return
    lock = sqlite3.connect(Path(settings.HOME) / "migrate.lock", timeout=PATIENCE_SECONDS, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()


def pending() -> list[str]:
    """Names of migrations that the database lacks, in their order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Apply what is missing and load the national area codes; costs little when nothing is to be done."""
    if pending():
        call_command("migrate", interactive=False, verbosity=verbosity)
    else:
        places.ensure_national_codes()
