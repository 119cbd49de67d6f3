"""Write a backup."""

import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from mudmai import __version__
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput
from mudmai.site.backups import dumping
from mudmai.site.backups.contents import (
    DATABASE_NAMES,
    FILES,
    KEYRING_NAME,
    MANIFEST,
    SECRET_NAME,
    Manifest,
    applied_migrations,
    copy_and_sum,
    secret_path,
)


class BackupExists(BadInput):
    """A file of that name is there already."""

    code = "backup_exists"


def back_up(target: Path, *, with_keys: bool = True, tell: Callable[[str], None] = lambda _name: None) -> Manifest:
    """Write everything to `target`, whole or not at all, while Mudmai goes on working.

    Raises BackupExists, ProgramMissing, ProgramFailed.
    """
    if target.exists():
        raise BackupExists(_("%(path)s exists already. Choose another name.") % {"path": target})
    if not target.parent.is_dir():
        raise BadInput(_("The folder %(path)s does not exist.") % {"path": target.parent})
    manifest = Manifest(__version__, clock.now().isoformat(), connection.vendor, applied_migrations())
    unfinished = target.with_name(f"{target.name}.unfinished-{os.getpid()}")
    try:
        unfinished.touch(mode=0o600)
        with tempfile.TemporaryDirectory(dir=settings.HOME, prefix="backup-") as folder:
            write(unfinished, manifest, list(parts(Path(folder), with_keys=with_keys)), tell)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def parts(folder: Path, *, with_keys: bool) -> Iterator[tuple[str, Path]]:
    """Name and file of each part. The database comes first: files it speaks of are then surely there."""
    name = DATABASE_NAMES[connection.vendor]
    dumping.dump(folder / name)
    yield name, folder / name
    if with_keys:
        for key_name, path in ((KEYRING_NAME, Path(settings.KEYRING)), (SECRET_NAME, secret_path())):
            if path.exists():
                yield key_name, path
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.exists() else ():
        if path.is_file():
            yield f"{FILES}/{path.relative_to(root).as_posix()}", path


def write(target: Path, manifest: Manifest, named: list[tuple[str, Path]], tell: Callable[[str], None]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name, path in named:
            tell(name)
            with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as part:
                manifest.parts[name] = copy_and_sum(source, part)  # type: ignore[arg-type]  # typeshed: IO[bytes]
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
