"""Batches, records and decisions, for whom may see them; and what taking something back would change."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import either, scope_for
from mudmai.kernel import clock
from mudmai.kernel.errors import NotFound
from mudmai.people.models import Batch, Decision, Filing, Household, Person, Record
from mudmai.people.queries.rows import CHUNK
from mudmai.people.queries.scope import scope_of, seen_through_follows

if TYPE_CHECKING:
    from mudmai.accounts.models import User

# A turn gives a sign of life every ten seconds; one step of it, held up by other writers, may take half a minute.
GIVEN_UP_AFTER = timedelta(minutes=2)


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


def is_turning() -> bool:
    """Whether something is being taken back or put back right now: what is read meanwhile is not to be kept."""
    return Batch.objects.filter(turning_at__isnull=False).exists()


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
    """A record of the user's areas, or of whom the user's groups follow. Raises NotFound."""
    scope = scope_of(user)
    inside = either(scope.area_filter(), seen_through_follows(scope))
    record = Record.objects.filter(inside, pk=record_id).select_related("batch").first()
    if record is None:
        raise NotFound(_("This row is not here, or not in your area."))
    return record


def filed_under(user: "User", record: Record) -> tuple[Person | None, Household | None]:
    """The person and the house a row is about now, as far as the user may see them."""
    filing = Filing.objects.filter(record=record).first()
    if filing is None:
        return None, None
    scope = scope_of(user)
    persons = Person.objects.filter(scope.person_filter())
    houses = Household.objects.filter(scope.household_filter())
    person = persons.filter(pk=filing.person_id).first() if filing.person_id else None
    house = houses.filter(pk=filing.household_id).first() if filing.household_id else None
    return person, house


def batches_of_records(ids: Iterable[str]) -> dict[str, Batch]:
    """{record id hex: the batch it came with}, to name the source of a value."""
    found: dict[str, Batch] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), CHUNK):
        part = Record.objects.filter(pk__in=wanted[start : start + CHUNK]).select_related("batch__source")
        found |= {record.pk.hex: record.batch for record in part.only("id", "batch")}
    return found
