"""Staged rows: what a preview found, sealed in chunks, until they are imported or given up.

A staged row is a plain dictionary, with short keys because there are many of them:
t place of the table, r row of the sheet, id record id, out outcome, said, cid, hk household key, on observed on, area,
about, p problems and d doubts [column, code], link [decision id, right, basis, score, evidence],
ask [[person, score, evidence]…], ch changes [about, code, old, new, wins, old record, old day], nh a new household,
who person id, rep the row [table, row] that it repeats, skip it stands already.
"""

import zlib
from collections.abc import Iterator
from typing import Any

import orjson

from mudmai.intake.models import StagedChunk, Upload
from mudmai.people import services as people

LEFT = -1  # the chunk with what follows from who left the list
Staged = dict[str, Any]


def unpacked(blob: bytes | memoryview) -> list[Staged]:
    rows: list[Staged] = orjson.loads(zlib.decompress(people.open_file(bytes(blob))))
    return rows


def read_chunk(chunk: StagedChunk) -> list[Staged]:
    """The staged rows of a chunk; only their marks once they were imported."""
    return unpacked(chunk.blob or chunk.marks)


def marks_of(upload: Upload) -> Iterator[list[Staged]]:
    """What became of each row (id, t, r, out, p, d, hk, area, rep, who), chunk by chunk."""
    for chunk in upload.chunks.filter(n__gte=0).order_by("n").defer("blob").iterator(chunk_size=1):
        yield unpacked(chunk.marks)


def chunks_of(upload: Upload) -> Iterator[list[Staged]]:
    """The staged rows of the list in their order, chunk by chunk."""
    for chunk in upload.chunks.filter(n__gte=0).order_by("n").iterator(chunk_size=1):
        yield read_chunk(chunk)


def left_of(upload: Upload) -> list[Staged]:
    """Who stood on the last list of this kind and does not stand on this one."""
    chunk = upload.chunks.filter(n=LEFT).first()
    return read_chunk(chunk) if chunk is not None else []


def rows_page(upload: Upload, *, outcome: str = "", after: int = 0, count: int = 50) -> tuple[list[Staged], int | None]:
    """Some staged rows of one outcome ("" for all), and where the next page begins (None at the end).

    Only chunks that hold such rows are opened; `after` counts the rows of this outcome.
    """
    found: list[Staged] = []
    passed = 0
    for chunk in upload.chunks.filter(n__gte=0).order_by("n").defer("blob", "marks"):
        here = chunk.counts.get(outcome, 0) if outcome else chunk.rows
        if passed + here <= after:
            passed += here
            continue
        rows = [row for row in read_chunk(chunk) if not outcome or row["out"] == outcome]
        found += rows[max(0, after - passed) : max(0, after - passed) + count + 1 - len(found)]
        passed += here
        if len(found) > count:
            return found[:count], after + count
    return found, None
