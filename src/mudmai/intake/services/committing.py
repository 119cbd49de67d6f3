"""Bringing a previewed list into the registry: a job that can be stopped, killed and begun again without harm."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.audit import services as audit
from mudmai.intake.models import Upload
from mudmai.intake.queries.staged import Staged, chunks_of, left_of
from mudmai.intake.rules.layout import Layout
from mudmai.intake.services.heavy import many_writes
from mudmai.intake.services.layouts import layout_of, remember
from mudmai.intake.services.preview import stage
from mudmai.intake.services.staging import forget_rows, keep_marks_only
from mudmai.intake.services.states import Cancelled, Teller, WrongState, move
from mudmai.kernel.memory import without_collector
from mudmai.linkage import services as linkage
from mudmai.linkage.services import Candidate, Match
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.rules.catalogue import catalogue
from mudmai.people.services import NewDecision, NewRecord

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Batch

Listener = Callable[[str, int, int], None]


def begin_commit(upload: Upload, *, by: "User | None" = None) -> None:
    """Set a previewed file on its way; the job does the rest. Raises WrongState, OutsideYourAreas, DutyDoesNotAllow."""
    if by is not None:
        access.require(by, "intake.import", upload.area_code)
    move(upload, Upload.State.IMPORTING, cancel_asked=False, error="", done=0, total=0)


def commit(upload: Upload, *, listener: Listener | None = None) -> Upload:
    """Write the staged rows and fold them in. Safe to repeat: begun again after a crash it goes on where it was.

    Raises Cancelled (nothing is kept) and StoppedEarly (the job is begun again after the restart).
    """
    upload.refresh_from_db()
    if upload.state == Upload.State.DONE:
        return upload
    if upload.state == Upload.State.PREVIEWED:
        begin_commit(upload)
    if upload.state != Upload.State.IMPORTING:
        raise WrongState(_("This file is %(state)s, so it cannot be imported.") % {"state": upload.get_state_display()})
    with without_collector(), many_writes():
        if upload.batch is None and upload.stamp != people.stamp():
            _compare_again(upload, listener)
        if not upload.summary.get("written"):
            return _nothing_to_write(upload)
        _write_all(upload, Teller(upload, listener))
    return upload


def _compare_again(upload: Upload, listener: Listener | None) -> None:
    """The registry is no longer the one of the preview: find out again who is who."""
    try:
        fields = stage(upload, Teller(upload, listener))
    except Cancelled:
        move(upload, Upload.State.PREVIEWED, phase="", cancel_asked=False)
        raise
    fields["summary"]["remarks"].append(["linked_again", {}])
    Upload.objects.filter(pk=upload.pk).update(**fields)
    upload.refresh_from_db()


def _nothing_to_write(upload: Upload) -> Upload:
    move(upload, Upload.State.DONE, phase="")
    keep_marks_only(upload)
    return upload


def _write_all(upload: Upload, teller: Teller) -> None:
    layout = layout_of(upload)
    batch = _batch_of(upload, layout)
    try:
        questions = _write_records(upload, batch, teller)
        teller.phase("folding", upload.summary["rows"])
        registry.close_batch(batch, progress=teller)
    except Cancelled:
        if _take_back(upload, batch):
            raise
        questions = _write_records(upload, batch, Teller(upload))
    if questions:
        linkage.ask(batch.pk, questions)
    linkage.tally_scores(batch.pk)
    linkage.check_batch(batch)
    with transaction.atomic():
        remember(layout)
        audit.record(
            upload.by, "intake.list.imported", "batch", batch.pk, area_code=upload.area_code, kind=layout.kind,
            rows=upload.summary["rows"],
        )  # fmt: skip
        move(upload, Upload.State.DONE, phase="", done=1, total=1)
        keep_marks_only(upload)


def _batch_of(upload: Upload, layout: Layout) -> "Batch":
    """The batch of this upload, opened once."""
    if upload.batch is not None:
        return upload.batch
    kind = catalogue().kinds[layout.kind]
    with transaction.atomic():
        code = f"{layout.kind}-{layout.area_code or 'all'}"[:60]
        source = registry.ensure_source(code=code, kind=layout.kind, name=kind.th)
        batch = registry.open_batch(
            by=upload.by, source=source, label=upload.filename, as_of=layout.as_of, area_code=layout.area_code,
            complete=kind.complete, fingerprint=upload.fingerprint, rows=upload.summary["rows"],
        )  # fmt: skip
        Upload.objects.filter(pk=upload.pk).update(batch=batch)
    upload.batch = batch
    return batch


def _write_records(upload: Upload, batch: "Batch", teller: Teller) -> list[Match]:
    """Write the staged rows chunk by chunk; returns the questions about unsure ones."""
    sheets = [table["sheet"] for table in upload.contents["tables"]]
    total = upload.summary["rows"]
    teller.phase("writing", total)
    questions: list[Match] = []
    done = 0
    for rows in chunks_of(upload):
        kept = [row for row in rows if row["out"] != "problem" and not row.get("skip")]
        _write(batch, [_record(row, sheets) for row in kept], kept)
        questions += [_question(row) for row in kept if row.get("ask")]
        done += len(rows)
        teller(min(done, total), total)
    left = left_of(upload)
    _write(batch, [NewRecord(said=row["said"], id=row["id"], area_code=row["area"]) for row in left], left)
    return questions


def _question(row: Staged) -> Match:
    return Match(row["id"], "review", None, 0.0, "model", {}, tuple(Candidate(*other) for other in row["ask"]))


def _write(batch: "Batch", records: list[NewRecord], rows: list[Staged]) -> None:
    decisions = [
        NewDecision("link", row["id"], right, basis=basis, score=score, evidence=evidence, id=key)
        for row in rows
        if (link := row.get("link"))
        for key, right, basis, score, evidence in (link,)
    ]
    with transaction.atomic():
        registry.add_records(batch, records)
        registry.add_decisions(decisions, by=batch.by, batch=batch)


def _record(row: Staged, sheets: list[str]) -> NewRecord:
    return NewRecord(
        said=row["said"],
        id=row["id"],
        cid=row["cid"],
        household_key=row["hk"],
        observed_on=date.fromisoformat(row["on"]) if row["on"] else None,
        area_code=row["area"],
        row_ref=f"{sheets[row['t']]}!{row['r']}"[:120],
        about=row["about"],
    )


def _take_back(upload: Upload, batch: "Batch") -> bool:
    """Leave the registry as if the batch had never begun; False where it came too late, and the batch stands."""
    registry.discard_batch(batch)
    if batch.closed_at is not None:
        return False
    move(upload, Upload.State.PREVIEWED, batch=None, phase="", done=0, total=0, cancel_asked=False)
    return True


def cancel(upload: Upload, *, by: "User | None" = None) -> Upload:
    """Ask a job to stop, or give up on a file that waits. What is done already is taken back by `undo`."""
    if by is not None and upload.area_code:
        access.require(by, "intake.import", upload.area_code)
    if upload.is_working:
        Upload.objects.filter(pk=upload.pk).update(cancel_asked=True)
        upload.refresh_from_db()
        return upload
    move(upload, Upload.State.CANCELLED, phase="")
    forget_rows(upload)
    return upload


def result_of(upload: Upload) -> dict[str, Any]:
    """The numbers that the command line and the page give."""
    summary = upload.summary
    numbers = {
        code: summary.get(code, 0)
        for code in ("rows", "problems", "new_people", "linked", "to_review", "new_households")
    }
    batch = str(upload.batch_id) if upload.batch_id else summary.get("twin")
    return {"batch": batch, **numbers}
