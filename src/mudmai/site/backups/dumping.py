"""The database as a file, and back: SQLite by its online copy, PostgreSQL by its own programs."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from mudmai.kernel.errors import DomainError


class ProgramMissing(DomainError):
    """PostgreSQL's own backup programs are not on this machine."""

    code = "program_missing"


class ProgramFailed(DomainError):
    """PostgreSQL's backup program said no."""

    code = "program_failed"


def dump(target: Path) -> None:
    """Write the whole database as it is at one moment, while others go on working. Raises ProgramMissing/Failed."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy, pages=4096)
            copy.execute("PRAGMA journal_mode=DELETE")
        return
    run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def load(source: Path, aside: Path) -> None:
    """Put the dumped database in place of the present one; SQLite's present one is kept in `aside`."""
    connection.close()
    if connection.vendor == "sqlite":
        load_sqlite(source, aside)
        return
    run("pg_restore", ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", str(source)])


def load_sqlite(source: Path, aside: Path) -> None:
    present = Path(str(settings.DATABASES["default"]["NAME"]))
    for path in (present, Path(f"{present}-wal"), Path(f"{present}-shm")):
        if path.exists():
            aside.mkdir(parents=True, exist_ok=True)
            shutil.move(path, aside / path.name)
    present.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, present)


def is_sound(source: Path) -> bool:
    """Whether the dumped file can be read at all."""
    if source.suffix != ".sqlite3":
        return source.read_bytes()[:5] == b"PGDMP"
    try:
        with closing(sqlite3.connect(source)) as copy:
            return bool(copy.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def run(program: str, arguments: list[str]) -> None:
    found = shutil.which(program)
    if found is None:
        raise ProgramMissing(
            _("%(program)s is missing on this machine. Install PostgreSQL's client (Debian: postgresql-client).")
            % {"program": program}
        )
    words, extra = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    name = words[-1]
    where = words[1:-1]
    command = [found, *where, f"--dbname={name}", *arguments]
    done = subprocess.run(
        command,
        env={**os.environ, **(extra or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ProgramFailed(
            _("%(program)s failed: %(words)s") % {"program": program, "words": done.stderr.strip()[-500:]}
        )
