"""Writing staged rows, and letting go of them."""

import zlib
from collections import Counter
from collections.abc import Sequence

import orjson
from django.db import transaction

from mudmai.intake.models import StagedChunk, Upload
from mudmai.intake.queries.staged import LEFT, Staged
from mudmai.people import services as people

CHUNK = 2000
_MARKED = ("id", "t", "r", "out", "p", "d", "hk", "area", "rep", "who", "about")


def write_chunks(upload: Upload, rows: Sequence[Staged], left: Sequence[Staged]) -> None:
    """Replace the staged rows of an upload."""
    with transaction.atomic():
        forget_rows(upload)
    for n, start in enumerate(range(0, len(rows), CHUNK)):
        _write(upload, n, rows[start : start + CHUNK])
    if left:
        _write(upload, LEFT, left)


def _write(upload: Upload, n: int, rows: Sequence[Staged]) -> None:
    counts = Counter(row["out"] for row in rows)
    marks = [{key: row[key] for key in _MARKED if row.get(key)} for row in rows] if n != LEFT else []
    StagedChunk.objects.create(
        upload=upload, n=n, rows=len(rows), counts=dict(counts), blob=_packed(rows), marks=_packed(marks)
    )


def _packed(rows: Sequence[Staged]) -> bytes:
    return people.seal_file(zlib.compress(orjson.dumps(rows), 1))


def forget_rows(upload: Upload) -> None:
    """Throw the staged rows away, marks and all."""
    upload.chunks.all().delete()


def keep_marks_only(upload: Upload) -> None:
    """The rows are in the registry now; what became of each stays for the marked-up sheet."""
    upload.chunks.filter(n=LEFT).delete()
    upload.chunks.update(blob=b"")
