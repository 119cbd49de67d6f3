"""Batches, records and decisions, for whom may see them; and what taking something back would change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import scope_for
from mudmai.kernel import clock
from mudmai.kernel.errors import NotFound
from mudmai.people.models import Batch, Decision, Filing, Household, Person, Record
from mudmai.people.queries.bulk import known_of
from mudmai.people.queries.rows import CHUNK, hexed, select

if TYPE_CHECKING:
    from mudmai.accounts.models import User

# Ties and marks say little to a reader; one value of a person leaves room for others.
NO_SAMPLES = {"lives_at", "registered_at", "cid", "listed_area", "in_civil_register"}
SAMPLES_A_PERSON = 1
COUNTED_PERSONS = 20_000
# A turn gives a sign of life every ten seconds; one step of it, held up by other writers, may take half a minute.
GIVEN_UP_AFTER = timedelta(minutes=2)
SAMPLED_PERSONS = 500


def batches_for(user: "User") -> QuerySet[Batch]:
    """Closed batches of the user's areas, newest first; single corrections are left out."""
    area = scope_for(user).area_filter()
    return Batch.objects.filter(area, state=Batch.State.CLOSED).exclude(kind="staff").order_by("-made_at")


def batch_for(user: "User", batch_id: UUID | str) -> Batch:
    """A batch of the user's areas. Raises NotFound."""
    batch = Batch.objects.filter(scope_for(user).area_filter(), pk=batch_id).first()
    if batch is None:
        raise NotFound(_("This import is not here, or not in your area."))
    return batch


def turns_of_batch(batch: Batch) -> list[Decision]:
    """Each time the list was taken back or put back, newest first."""
    found = Decision.objects.filter(left=batch.pk, about="batch", kind__in=["withdraw", "restore"])
    return list(found.select_related("by").order_by("-decided_at", "-id"))


def unfinished_turns() -> list[Batch]:
    """Batches that are neither wholly taken back nor wholly put back, and on which nobody works any more."""
    return list(Batch.objects.filter(turning_at__lt=clock.now() - GIVEN_UP_AFTER).order_by("turning_at"))


class BatchRow(NamedTuple):
    """One row of a list, and whom it is about now."""

    record: Record
    person: Person | None
    household: Household | None


def rows_of_batch(
    user: "User", batch: Batch, *, after: UUID | None = None, size: int = 50
) -> tuple[list[BatchRow], UUID | None]:
    """Rows of a batch in the user's areas in the order they came, and the key that leads on (None at the end)."""
    scope = scope_for(user)
    records = (
        Record.objects.filter(scope.area_filter(), batch=batch).select_related("filing").order_by("batch_id", "id")
    )
    if after is not None:
        records = records.filter(id__gt=after)
    found = list(records[: size + 1])
    more, found = len(found) > size, found[:size]
    filings = {record.pk: record.filing for record in found if hasattr(record, "filing")}
    persons = Person.objects.filter(scope.area_filter(), pk__in=[f.person_id for f in filings.values() if f.person_id])
    houses = Household.objects.filter(
        scope.area_filter(), pk__in=[f.household_id for f in filings.values() if f.household_id]
    )
    by_person, by_house = persons.defer("known").in_bulk(), houses.defer("known").in_bulk()
    rows = [
        BatchRow(record, by_person.get(filing.person_id), by_house.get(filing.household_id))
        if (filing := filings.get(record.pk))
        else BatchRow(record, None, None)
        for record in found
    ]
    return rows, found[-1].pk if more else None


def record_for(user: "User", record_id: UUID | str) -> Record:
    """A record of the user's areas. Raises NotFound."""
    record = Record.objects.filter(scope_for(user).area_filter(), pk=record_id).select_related("batch").first()
    if record is None:
        raise NotFound(_("This row is not here, or not in your area."))
    return record


def batches_of_records(ids: Iterable[str]) -> dict[str, Batch]:
    """{record id hex: the batch it came with}, to name the source of a value."""
    found: dict[str, Batch] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), CHUNK):
        part = Record.objects.filter(pk__in=wanted[start : start + CHUNK]).select_related("batch__source")
        found |= {record.pk.hex: record.batch for record in part.only("id", "batch")}
    return found


@dataclass
class UndoPreview:
    """What withdrawing a batch would change."""

    records: int = 0
    persons: int = 0  # touched
    persons_gone: int = 0  # known from this batch alone
    households_gone: int = 0
    # Values that fall back to another source, or become unknown; None where they are too many to be counted at once.
    fields: int | None = 0
    samples: list[tuple[str, str, Any]] = field(
        default_factory=list
    )  # (person id hex, attribute code, value that goes)


def undo_preview(batch: Batch, *, samples: int = 12) -> UndoPreview:
    """Count what withdrawing would change, without changing anything."""
    ids = {hexed(row[0]) for row in select("SELECT id FROM people_record WHERE batch_id = %s", [batch.id.hex])}
    preview, fields = UndoPreview(records=len(ids)), 0
    filings = Filing.objects.filter(record__batch=batch)
    persons = {key.hex for key in filings.values_list("person_id", flat=True) if key is not None}
    preview.persons = len(persons)
    preview.persons_gone = _alone("person_id", batch)
    preview.households_gone = _alone("household_id", batch)
    counted = len(persons) <= COUNTED_PERSONS
    for person, known in known_of(persons if counted else islice(persons, SAMPLED_PERSONS)).items():
        shown = 0
        for code, (value, _level, _on, record) in known.items():
            if record in ids:
                fields += 1
                if len(preview.samples) < samples and shown < SAMPLES_A_PERSON and code not in NO_SAMPLES:
                    preview.samples.append((person, code, value))
                    shown += 1
    preview.fields = fields if counted else None
    return preview


def _alone(column: str, batch: Batch) -> int:
    """Persons or households whose every standing record is of this batch."""
    sql = (
        f"SELECT count(*) FROM (SELECT f.{column} FROM people_filing f JOIN people_record r ON r.id = f.record_id "
        "JOIN people_batch b ON b.id = r.batch_id AND b.state = 'closed' AND NOT b.withdrawn "
        f"WHERE NOT r.withdrawn AND f.{column} IN (SELECT f2.{column} FROM people_filing f2 "
        "JOIN people_record r2 ON r2.id = f2.record_id WHERE r2.batch_id = %s) "
        f"GROUP BY f.{column} HAVING sum(CASE WHEN r.batch_id = %s THEN 0 ELSE 1 END) = 0) AS alone"
    )
    return int(select(sql, [batch.id.hex, batch.id.hex])[0][0])
