"""Telling other modules what the fold wrote, so that what they derive from it follows."""

from collections.abc import Iterable

from django.dispatch import Signal

from mudmai.access.queries import bounds
from mudmai.people.models import Batch
from mudmai.people.queries.frames.closing import closes
from mudmai.people.services import bulk

# Sent inside the transaction of every write, with `persons` and `households`: frozensets of 32 hex digits, of whatever
# was written or deleted. Receivers note them in a table of their own, and work once the transaction is committed.
stirred = Signal()


def stir(*, persons: Iterable[str] = (), households: Iterable[str] = ()) -> None:
    """Say what was written or deleted. Costs nothing where nobody listens."""
    if not stirred.receivers:
        return
    told = frozenset(persons), frozenset(households)
    if any(told):
        stirred.send(sender=None, persons=told[0], households=told[1])


def stir_closed_by(batch: Batch) -> None:
    """Say that everybody in the area of a complete list is seen anew: who is not on it is told of by its silence."""
    if not stirred.receivers or not closes(batch.kind, batch.complete, batch.area_code):
        return
    inside = bounds(batch.area_code)
    living = bulk.select("SELECT id FROM people_person WHERE area_code >= %s AND area_code <= %s", inside)
    # Whoever is registered there and lives elsewhere is on the lists of there.
    registered = bulk.select(
        "SELECT p.id FROM people_person p JOIN people_household h ON h.id = p.registered_household_id "
        "WHERE (p.registered_household_id <> p.household_id OR p.household_id IS NULL) "
        "AND h.area_code >= %s AND h.area_code <= %s",
        inside,
    )
    found = sorted({bulk.hexed(row[0]) for row in (*living, *registered)})
    for start in range(0, len(found), bulk.CHUNK):
        stir(persons=found[start : start + bulk.CHUNK])
