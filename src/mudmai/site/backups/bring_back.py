"""Bring a backup back."""

import json
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from mudmai.kernel import clock
from mudmai.kernel.errors import Conflict
from mudmai.site import migrating
from mudmai.site.backups import dumping
from mudmai.site.backups.contents import (
    DATABASE_NAMES,
    FILES,
    FORMAT,
    KEYRING_NAME,
    MANIFEST,
    SECRET_NAME,
    BackupUnusable,
    Manifest,
    copy_and_sum,
    place_of,
    secret_path,
)


class HomeInUse(Conflict):
    """There is data here already, or a worker is running."""

    code = "home_in_use"


def bring_back(source: Path, *, force: bool = False) -> Manifest:
    """Replace this installation's data by the backup's, after every part was checked.

    What SQLite, keys and files held before is moved to `before-restore-…` in the home folder, not deleted.
    Raises BackupUnusable, HomeInUse, ProgramMissing, ProgramFailed.
    """
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix="restore-") as folder:
        manifest = unpack(source, Path(folder))
        fits(manifest)
        if not force:
            refuse_if_in_use()
        put_in_place(manifest, Path(folder))
    migrating.bring_up_to_date()
    return manifest


def unpack(source: Path, staging: Path) -> Manifest:
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = read_manifest(json.loads(archive.read(MANIFEST)))
            for name, wanted in manifest.parts.items():
                target = place_of(name, staging)
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as part, target.open("wb") as copy:
                    if copy_and_sum(part, copy) != wanted:  # type: ignore[arg-type]  # typeshed: IO[bytes]
                        raise BackupUnusable(name)
    except FileNotFoundError as error:
        raise BackupUnusable(_("There is no file %(path)s.") % {"path": source}) from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, EOFError, BackupUnusable) as error:
        raise BackupUnusable(
            _("%(path)s is no backup of Mudmai, or it is damaged (%(error)s). Nothing was changed.")
            % {"path": source, "error": str(error)[:200]}
        ) from error
    return manifest


def read_manifest(stored: Any) -> Manifest:
    manifest = Manifest(**stored)
    if manifest.format != FORMAT or DATABASE_NAMES.get(manifest.database) not in manifest.parts:
        raise ValueError("manifest")
    return manifest


def fits(manifest: Manifest) -> None:
    """Raises BackupUnusable when this installation cannot take the backup."""
    if manifest.database != connection.vendor:
        raise BackupUnusable(
            _("The backup is of %(theirs)s, but this installation uses %(ours)s. Set DATABASE_URL to match.")
            % {"theirs": manifest.database, "ours": connection.vendor}
        )
    known = {".".join(key) for key in MigrationLoader(None, load=True).disk_migrations}
    if set(manifest.migrations) - known:
        raise BackupUnusable(
            _("The backup was made by Mudmai %(version)s, which is newer than this one. Install that first.")
            % {"version": manifest.version}
        )


def refuse_if_in_use() -> None:
    if "accounts_user" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user")
        users = cursor.fetchone()[0]
    if users:
        raise HomeInUse(_("There is data here already. Stop Mudmai and say --force to put the backup in its place."))


def put_in_place(manifest: Manifest, staging: Path) -> None:
    aside = Path(settings.HOME) / f"before-restore-{clock.now():%Y%m%d-%H%M%S}"
    database = staging / DATABASE_NAMES[manifest.database]
    if not dumping.is_sound(database):
        raise BackupUnusable(_("The database inside the backup is damaged. Nothing was changed."))
    dumping.load(database, aside)
    swap(staging / KEYRING_NAME, Path(settings.KEYRING), aside)
    swap(staging / SECRET_NAME, secret_path(), aside)
    swap(staging / FILES, Path(settings.MEDIA_ROOT), aside)


def swap(fresh: Path, present: Path, aside: Path) -> None:
    """Move the fresh file or folder to its place and the present one aside; without a fresh one nothing moves."""
    if not fresh.exists():
        return
    if present.exists():
        aside.mkdir(parents=True, exist_ok=True)
        shutil.move(present, aside / present.name)
    if fresh.is_file():
        fresh.chmod(0o600)
    present.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(fresh, present)
