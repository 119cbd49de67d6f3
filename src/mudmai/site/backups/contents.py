"""What a backup file is made of: one zip whose manifest names every part with its size and checksum.

manifest.json        format, version, day, kind of database, applied migrations, checksums
database.sqlite3     or database.pgdump
keyring.json         without it the sealed ids and uploads cannot be read
secret-key           signs sessions; without it everybody signs in again
files/…              uploads, sealed
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from mudmai.kernel.errors import BadInput

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
KEYRING_NAME = "keyring.json"
SECRET_NAME = "secret-key"  # noqa: S105  # the name of a file
FILES = "files"
CHUNK = 2**20


class BackupUnusable(BadInput):
    """The file is no backup, is damaged, or does not fit this installation."""

    code = "backup_unusable"


@dataclass
class Manifest:
    """The first thing read of a backup, the last thing written."""

    version: str
    made_at: str
    database: str
    migrations: list[str]
    parts: dict[str, dict[str, str | int]] = field(default_factory=dict)
    format: int = FORMAT


def applied_migrations() -> list[str]:
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def secret_path() -> Path:
    return Path(settings.HOME) / SECRET_NAME


def place_of(name: str, staging: Path) -> Path:
    """Where a part lies while it is checked. Raises BackupUnusable for a name that leads elsewhere."""
    path = PurePosixPath(name)
    known = name in {*DATABASE_NAMES.values(), KEYRING_NAME, SECRET_NAME}
    inside = path.parts[:1] == (FILES,) and len(path.parts) > 1 and ".." not in path.parts
    if not known and (not inside or "\\" in name or ":" in name):
        raise BackupUnusable(name)
    return staging.joinpath(*path.parts)


def copy_and_sum(source: BinaryIO, target: BinaryIO) -> dict[str, str | int]:
    """Copy to the end; returns size and SHA-256 of what went through."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        target.write(chunk)
    return {"size": size, "sha256": digest.hexdigest()}
