"""Taking a file in, sealed, and reading its tables."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.audit import services as audit
from mudmai.intake.models import Upload
from mudmai.intake.rules.tables import Table, find_tables
from mudmai.intake.services.states import fail, move
from mudmai.kernel.errors import BadInput
from mudmai.kernel.workbook import UnreadableFile, Workbook, read_workbook
from mudmai.people import services as people

if TYPE_CHECKING:
    from mudmai.accounts.models import User


class NoSuchFile(BadInput):
    code = "file_gone"


@dataclass
class Contents:
    """A file, read: its tables in order, and what was remarked."""

    workbook: Workbook
    tables: list[Table] = field(default_factory=list)


# The file read last, so that reading, guessing and the preview within one job open it once.
_last: dict[str, Contents] = {}


def receive(*, by: "User | None", filename: str, data: bytes) -> Upload:
    """Keep a file, sealed, as it came. Raises DutyDoesNotAllow. `by` is None on the command line."""
    if by is not None:
        access.require_somewhere(by, "intake.import")
    upload = Upload(
        by=by, filename=Path(filename).name[-300:] or "?", fingerprint=hashlib.sha256(data).hexdigest(), size=len(data)
    )
    path = path_of(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(people.seal_file(data))
    upload.save()
    audit.record(by, "intake.file.received", "upload", upload.pk, bytes=len(data))
    return upload


def folder() -> Path:
    """Where the sealed files lie."""
    return Path(settings.MEDIA_ROOT) / "uploads"


def path_of(upload: Upload) -> Path:
    return folder() / f"{upload.pk}.sealed"


def bytes_of(upload: Upload) -> bytes:
    """The file as it came. Raises NoSuchFile where it was deleted from the disk."""
    path = path_of(upload)
    if not path.exists():
        raise NoSuchFile(_("The file “%(name)s” is no longer kept. Send it again.") % {"name": upload.filename})
    return people.open_file(path.read_bytes())


def read(upload: Upload) -> Upload:
    """Read the file and note what it holds. A file that cannot be read becomes `failed`, with its sentence."""
    try:
        contents = contents_of(upload)
    except UnreadableFile as problem:
        fail(upload, _(problem.sentence) % problem.params)
        return upload
    move(upload, Upload.State.READ, contents=_told(contents), error="")
    return upload


def contents_of(upload: Upload) -> Contents:
    """The tables of the file. Raises UnreadableFile."""
    key = str(upload.pk)
    if key not in _last:
        _last.clear()
        workbook = read_workbook(bytes_of(upload), upload.filename)
        tables = [table for sheet in workbook.sheets for table in find_tables(sheet)]
        _last[key] = Contents(workbook, tables)
    return _last[key]


def forget_contents() -> None:
    """Let go of the file read last; a large one weighs some hundred megabytes."""
    _last.clear()


def _told(contents: Contents) -> dict[str, Any]:
    """What the screen says about the file: sheets, tables, what was taken and what was left, and why."""
    return {
        "format": contents.workbook.kind,
        "remarks": [[remark.code, dict(remark.params)] for remark in contents.workbook.remarks],
        "sheets": [{"name": sheet.name, "rows": len(sheet.rows)} for sheet in contents.workbook.sheets],
        "tables": [
            {
                "sheet": table.sheet,
                "header_rows": list(table.header_rows),
                "titles": [title[:300] for title in table.titles[:6]],
                "rows": len(table.rows),
                "left": dict(table.left_by_reason),
                "remarks": list(table.remarks),
            }
            for table in contents.tables
        ],
    }
