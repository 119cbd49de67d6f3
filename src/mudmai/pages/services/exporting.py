"""Lists as files: written piece by piece while they are sent, or by a job where a file must be whole first."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mudmai.access.queries import scope_for
from mudmai.kernel import stopping, tables
from mudmai.kernel.errors import NotFound
from mudmai.pages.models import Export
from mudmai.pages.rules import points
from mudmai.pages.rules.exports import PERSONS
from mudmai.pages.rules.points import Placed
from mudmai.pages.services.rows import Rows
from mudmai.people import queries as people
from mudmai.people import services as registry

if TYPE_CHECKING:
    from mudmai.accounts.models import User

# A workbook is a zip that is whole only at its end; up to here it is made while one waits, in some three seconds.
MOST_AT_ONCE = 20_000
TELL_EVERY_ROWS = 1000
PIECE_BYTES = 2**16


def title_of(what: str) -> str:
    return _("Persons") if what == PERSONS else _("Households")


def pieces(form: str, title: str, header: list[str], rows: Iterable[Placed]) -> tuple[str, Iterator[bytes]]:
    """The ending of the file's name, and the file piece by piece, in a form that can be sent while it is written."""
    if form == "kml":
        zipped, parts = points.kml_pieces(title, header, rows)
        return ("zip" if zipped else "kml"), _gathered(parts)
    if form == "geojson":
        return form, _gathered(points.geojson_pieces(header, rows))
    return "csv", _gathered(tables.csv_pieces(header, (row.cells for row in rows)))


def _gathered(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The same in fewer pieces, each written in the language of now: the request is over while they are sent."""
    language = translation.get_language() or "th"
    return iter(lambda: _piece(parts, language), b"")


def _piece(parts: Iterator[bytes], language: str) -> bytes:
    found, size = [], 0
    with translation.override(language):
        for part in parts:
            found.append(part)
            size += len(part)
            if size >= PIECE_BYTES:
                break
    return b"".join(found)


def write(file: IO[bytes], form: str, title: str, header: list[str], rows: Iterator[Placed]) -> tuple[int, str]:
    """Write the rows in one of FORMATS; returns how many, and the ending of the file's name."""
    if form == "xlsx":
        return tables.write_xlsx(file, title, header, (row.cells for row in rows)), form
    count = 0

    def counted() -> Iterator[Placed]:
        nonlocal count
        for row in rows:
            if form != "kml" or row.lat is not None:
                count += 1
                yield row

    ending, parts = pieces(form, title, header, counted())
    file.writelines(parts)
    return count, ending


def begin_export(user: "User", what: str, keep: Any, columns: list[str], *, full_id: bool, total: int) -> Export:
    """Set a long list on its way to a workbook; the job does the rest."""
    return Export.objects.create(
        by=user, what=what, keep=asdict(keep), columns=columns, full_id=full_id, total=total,
        language=translation.get_language() or "th",
    )  # fmt: skip


def finish_export(export: Export) -> None:
    """Write the workbook, sealed. Safe to repeat: begun again after a crash, it writes it anew."""
    Export.objects.filter(pk=export.pk).update(failed=False, done=0)
    keep = (people.PersonFilter if export.what == PERSONS else people.HouseholdFilter)(**export.keep)
    try:
        with translation.override(export.language):
            rows = Rows(scope_for(export.by), export.what, export.columns, full_id=export.full_id)
            book = io.BytesIO()
            write(book, "xlsx", title_of(export.what), rows.header, _told(export, rows.placed(export.by, keep)))
    except stopping.StoppedEarly:
        raise
    except Exception:
        Export.objects.filter(pk=export.pk).update(failed=True)
        raise
    path = path_of(export)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(registry.seal_file(book.getvalue()))
    Export.objects.filter(pk=export.pk).update(done=export.total, finished_at=timezone.now())


def _told(export: Export, rows: Iterator[Placed]) -> Iterator[Placed]:
    """The same rows; tells how far the job is, and minds a request to stop."""
    for number, row in enumerate(rows, 1):
        if number % TELL_EVERY_ROWS == 0:
            Export.objects.filter(pk=export.pk).update(done=min(number, export.total))
            stopping.pause_if_asked()
        yield row


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "exports"


def path_of(export: Export) -> Path:
    return folder() / f"{export.pk}.sealed"


def bytes_of_export(export: Export) -> bytes:
    """The workbook. Raises NotFound where it was cleared."""
    try:
        return registry.open_file(path_of(export).read_bytes())
    except FileNotFoundError:
        raise NotFound(_("This file is no longer kept. Make it again.")) from None


def clear_exports() -> int:
    """A chore: delete files that were made a while ago, fetched or not; returns how many."""
    old = list(Export.objects.filter(made_at__lt=timezone.now() - settings.KEEP_EXPORTS))
    for export in old:
        path_of(export).unlink(missing_ok=True)
        export.delete()
    return len(old)
