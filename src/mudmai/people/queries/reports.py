"""What one reporter told: the records of a report, and what of them the registry does not follow, and why."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from mudmai.people.models import Batch, Record
from mudmai.people.queries.bulk import known_of, known_of_households
from mudmai.people.rules.catalogue import CONFIRMED, Attribute, attributes_of, catalogue
from mudmai.people.rules.fold import Known


class Outvoted(NamedTuple):
    """One value of a record that lost against another record's; keys of now as 32 hex digits, "" for none."""

    record: Record
    person: str
    household: str
    attribute: Attribute
    told: Any
    stands: Any
    winner: Record  # with its batch, source and who sent it
    why: str  # confirmed: by staff | trust: of the kind of source | newer: the day | later: of one day


def outvoted(batches: Iterable[UUID]) -> list[Outvoted]:
    """Every value of the standing records of these batches that is not the one followed now."""
    standing = Record.objects.filter(batch__in=list(batches), withdrawn=False, batch__withdrawn=False)
    records = list(standing.filter(batch__state=Batch.State.CLOSED, filing__isnull=False).select_related("filing"))
    persons = known_of({each.filing.person_id.hex for each in records if each.filing.person_id})
    houses = known_of_households({each.filing.household_id.hex for each in records if each.filing.household_id})
    lost = []
    for record in records:
        person = record.filing.person_id.hex if record.filing.person_id else ""
        house = record.filing.household_id.hex if record.filing.household_id else ""
        for applies, known in (("person", persons.get(person)), ("household", houses.get(house))):
            lost += [(record, person, house, *each) for each in _lost(record, applies, known or {})]
    winners = Record.objects.select_related("batch__source", "batch__by").in_bulk({UUID(each[6]) for each in lost})
    return [
        Outvoted(record, person, house, attribute, told, stands, winners[UUID(by)], why)
        for record, person, house, attribute, told, stands, by, why in lost
        if UUID(by) in winners
    ]


def _lost(record: Record, applies: str, known: Known) -> Iterable[tuple[Attribute, Any, Any, str, str]]:
    """(attribute, told, what stands, record that told it, why) of what a record told in vain."""
    day = record.observed_on.isoformat()
    for code in record.said.keys() & attributes_of(applies) & known.keys():
        stands, level, observed_on, by = known[code]
        if by == record.pk.hex or stands == record.said[code]:
            continue
        own = catalogue().level(record.kind, code) + (CONFIRMED if record.confirmed else 0)
        confirmed = level >= CONFIRMED > own
        why = "confirmed" if confirmed else "trust" if level > own else "newer" if observed_on > day else "later"
        yield catalogue().attributes[code], record.said[code], stands, by, why


def records_from(batch_id: UUID, begins: str) -> list[Record]:
    """The records of a batch whose place in it begins so, standing or not."""
    return list(Record.objects.filter(batch=batch_id, row_ref__startswith=begins).order_by("pk"))
