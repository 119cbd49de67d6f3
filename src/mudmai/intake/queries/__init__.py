"""Questions about files on their way into the registry. The door for every other module."""

from mudmai.intake.queries.staged import Staged, chunks_of, left_of, marks_of, read_chunk, rows_page
from mudmai.intake.queries.uploads import (
    all_remembered,
    batch_of,
    interrupted_upload,
    upload_for,
    upload_of_batch,
    uploads_for,
)

__all__ = [
    "Staged",
    "all_remembered",
    "batch_of",
    "chunks_of",
    "interrupted_upload",
    "left_of",
    "marks_of",
    "read_chunk",
    "rows_page",
    "upload_for",
    "upload_of_batch",
    "uploads_for",
]
