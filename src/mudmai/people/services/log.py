"""Adding to what is stored for good: sources, batches, records, decisions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from mudmai.kernel import clock
from mudmai.kernel.memory import without_collector
from mudmai.kernel.uuid7 import uuid7
from mudmai.people.models import Batch, Decision, Record, Source
from mudmai.people.queries.sealing import hash_cid, hash_cids, hash_tails, seal_cids
from mudmai.people.services import bulk
from mudmai.people.services.absorb import absorb
from mudmai.people.services.refold import refold_house_members, refold_records
from mudmai.people.services.sealing import digest_of
from mudmai.people.services.stirring import stir_closed_by
from mudmai.people.services.tallies import count_everything

if TYPE_CHECKING:
    from mudmai.accounts.models import User

Progress = Callable[[int, int], None]
RECORD_COLUMNS = (
    "id", "batch_id", "kind", "about", "observed_on", "area_code", "said", "confirmed", "cid_hash", "cid_tail_hash",
    "cid_sealed", "household_key", "row_ref", "digest", "withdrawn",
)  # fmt: skip
DECISION_COLUMNS = (
    "id", "kind", "about", "left", "right", "basis", "score", "evidence", "reason", "by_id", "batch_id", "decided_at",
    "withdrawn",
)  # fmt: skip


@dataclass(slots=True)
class NewRecord:
    """One record to add. `id` is made by the sender (32 hex digits), so that sending twice is harmless."""

    said: dict[str, Any]
    id: str = field(default_factory=lambda: uuid7().hex)
    cid: str | None = None
    household_key: str | None = None
    observed_on: date | None = None  # None: the day the batch speaks of
    area_code: str = ""
    row_ref: str = ""
    about: str = "person"  # person | household | both
    confirmed: bool = False


@dataclass(slots=True)
class NewDecision:
    """One statement to add: `left` is `right`, or is not; keys as 32 hex digits."""

    kind: str
    left: str
    right: str | None = None
    about: str = "person"
    basis: str = "staff"
    score: float | None = None
    evidence: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    id: str = field(default_factory=lambda: uuid7().hex)


def ensure_source(*, code: str, kind: str, name: str, owner: str = "") -> Source:
    """The source with this code, made if it is new."""
    return Source.objects.get_or_create(code=code, defaults={"kind": kind, "name": name, "owner": owner})[0]


def open_batch(
    *,
    by: "User | None",
    source: Source,
    label: str,
    as_of: date,
    area_code: str = "",
    complete: bool = False,
    fingerprint: str = "",
    rows: int = 0,
) -> Batch:
    """Begin a batch. Its records do not stand until it is closed."""
    return Batch.objects.create(
        by=by, source=source, kind=source.kind, label=label[:300], as_of=as_of, area_code=area_code,
        complete=complete, fingerprint=fingerprint, rows=rows,
    )  # fmt: skip


def record_digest(kind: str, record: NewRecord, as_of: date) -> bytes:
    """What tells a record's content from another's, before it is stored."""
    cid_hash = hash_cid(record.cid) if record.cid else None
    return digest_of(kind, record.said, cid_hash, record.household_key, record.observed_on or as_of)


def add_records(batch: Batch, records: Sequence[NewRecord]) -> None:
    """Write records of an open batch; those that were written before are left alone."""
    cids = [record.cid for record in records]
    columns = zip(records, hash_cids(cids), hash_tails(cids), seal_cids(cids), strict=True)
    as_of = batch.as_of.isoformat()
    rows = [
        (
            new.id, batch.id.hex, batch.kind, new.about, new.observed_on.isoformat() if new.observed_on else as_of,
            new.area_code, bulk.to_json(new.said), new.confirmed, hashed, tail, sealed, new.household_key, new.row_ref,
            digest_of(batch.kind, new.said, hashed, new.household_key, new.observed_on or batch.as_of), False,
        )
        for new, hashed, tail, sealed in columns
    ]  # fmt: skip
    with transaction.atomic():
        bulk.insert(Record, RECORD_COLUMNS, rows)


def add_decisions(
    decisions: Sequence[NewDecision],
    *,
    by: "User | None" = None,
    batch: Batch | None = None,
    at: datetime | None = None,
) -> None:
    """Write decisions; those that were written before are left alone. Does not fold: the caller does."""
    stamp = connection.ops.adapt_datetimefield_value(at or clock.now())
    by_id, batch_id = (by.pk if by else None), (batch.id.hex if batch else None)
    rows = [
        (
            new.id, new.kind, new.about, new.left, new.right, new.basis, new.score, bulk.to_json(new.evidence),
            new.reason[:300], by_id, batch_id, stamp, False,
        )
        for new in decisions
    ]  # fmt: skip
    with transaction.atomic():
        bulk.insert(Decision, DECISION_COLUMNS, rows)


def close_batch(batch: Batch, *, progress: Progress = lambda done, total: None) -> None:
    """Make a batch stand and fold its records in. Safe to repeat: after a crash, call it again and it finishes."""
    batch.refresh_from_db()
    broke_off = batch.state == Batch.State.CLOSED and batch.closed_at is None
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.CLOSED, rows=Record.objects.filter(batch=batch).count())
    with without_collector():
        absorb(batch, progress)
        if broke_off:
            refold_house_members(_houses_of(batch))
            count_everything()
    with transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(closed_at=clock.now())
        stir_closed_by(batch)
    batch.refresh_from_db()


def _houses_of(batch: Batch) -> list[str]:
    rows = bulk.select(
        "SELECT DISTINCT f.household_id FROM people_filing f JOIN people_record r ON r.id = f.record_id "
        "WHERE r.batch_id = %s AND f.household_id IS NOT NULL",
        [batch.id.hex],
    )
    return [bulk.hexed(row[0]) for row in rows]


def discard_batch(batch: Batch) -> None:
    """Leave a batch that was never finished as if it had never begun: its records are not part of the log yet."""
    Batch.objects.filter(pk=batch.pk, closed_at__isnull=True).update(state=Batch.State.OPEN)
    batch.refresh_from_db()
    if batch.closed_at is not None:
        return
    ids = [
        bulk.hexed(row[0]) for row in bulk.select("SELECT id FROM people_record WHERE batch_id = %s", [batch.id.hex])
    ]
    refold_records(ids)
    with transaction.atomic():
        for start in range(0, len(ids), bulk.CHUNK):
            bulk.execute_in("DELETE FROM people_filing WHERE record_id IN {in}", ids[start : start + bulk.CHUNK])
        Decision.objects.filter(batch=batch).delete()
        Record.objects.filter(batch=batch).delete()
        batch.delete()
