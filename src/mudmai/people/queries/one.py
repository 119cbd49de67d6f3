"""One person, one household: fetch and permission are one call; outside your areas it does not exist."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from mudmai.kernel.errors import NotAllowed, NotFound
from mudmai.people.models import Batch, Decision, Filing, Household, Person, Record
from mudmai.people.queries.rows import hexed
from mudmai.people.queries.scope import may, scope_of
from mudmai.people.queries.sealing import unseal_cid
from mudmai.people.rules.catalogue import Attribute, catalogue
from mudmai.people.rules.fold import Told, ranked
from mudmai.people.rules.ordering import house_sort_key

if TYPE_CHECKING:
    from mudmai.accounts.models import User


class ToldValue(NamedTuple):
    """One value that was told, with where it came from."""

    value: Any
    batch: Batch
    record: Record
    wins: bool


class FieldTrace(NamedTuple):
    """One field of a person or a house: the value that stands first, then those that lost, best first."""

    attribute: Attribute
    told: list[ToldValue]


class TimelineEntry(NamedTuple):
    """One thing that was told on one day."""

    on: date
    batch: Batch
    record: Record
    said: list[tuple[Attribute, Any]]


def person_for(user: "User", person_id: UUID | str) -> Person:
    """The person, if the user may see people who live there. Raises NotFound."""
    person = (
        Person.objects.select_related("household", "registered_household")
        .filter(scope_of(user).person_filter(), pk=person_id)
        .first()
    )
    if person is None:
        raise NotFound(_("This person is not in the registry, or not in your area."))
    return person


def visible_persons(user: "User", action: str = "people.view") -> QuerySet[Person]:
    """Everybody with whom the user may do this; for other modules to ask about their own rows."""
    return Person.objects.filter(scope_of(user).person_filter(action))


def visible_households(user: "User", action: str = "people.view") -> QuerySet[Household]:
    """Every house with which the user may do this."""
    return Household.objects.filter(scope_of(user).household_filter(action))


def house_or_none(user: "User", household_id: UUID | str | None) -> Household | None:
    """The household, if it stands and the user may see people who live there."""
    return visible_households(user).filter(pk=household_id).first() if household_id else None


def person_of_key(user: "User", key: UUID) -> Person:
    """The person to whom the record of this key belongs now. Raises NotFound."""
    person = Filing.objects.filter(record_id=key).values_list("person_id", flat=True).first()
    return person_for(user, person or key)


def redirected_person(user: "User", key: UUID) -> Person:
    """The person to whom an old id belongs now (merged, or filed anew). Raises NotFound."""
    filing = Filing.objects.filter(record_id=key).first()
    if filing is None or filing.person_id is None or filing.person_id == key:
        raise NotFound(_("This person is not in the registry, or not in your area."))
    return person_for(user, filing.person_id)


def household_for(user: "User", household_id: UUID | str) -> Household:
    """The household, if the user may see people who live there. Raises NotFound."""
    household = Household.objects.filter(scope_of(user).household_filter(), pk=household_id).first()
    if household is None:
        raise NotFound(_("This household is not in the registry, or not in your area."))
    return household


def members_of(household: Household) -> QuerySet[Person]:
    """Who lives there: the head first, then by age; the dead and those who moved come last."""
    order = Case(When(status="alive", then=Value(0)), default=Value(1))
    head = Case(When(relation="head", then=Value(0)), default=Value(1))
    return Person.objects.filter(household=household).order_by(order, head, "birth_date", "id")


def registered_only(household: Household) -> QuerySet[Person]:
    """Who is registered there but lives elsewhere."""
    return (
        Person.objects.filter(registered_household=household).exclude(household=household).order_by("birth_date", "id")
    )


def full_cid(user: "User", person: Person) -> str:
    """The 13-digit id in plain. Raises NotAllowed; "" where none is known."""
    if not may(scope_of(user), "people.see_full_id", person):
        raise NotAllowed(_("You may not see full id numbers here."))
    return unseal_cid(person.cid_sealed)


def trace_of_person(person: Person, classes: Iterable[str]) -> list[FieldTrace]:
    """Every field with the value, its source and date, and the values that lost; only classes of data given."""
    records = _records(Q(filing__person_id=person.id))
    return _trace(records, "person", frozenset(classes))


def trace_of_household(household: Household, classes: Iterable[str]) -> list[FieldTrace]:
    """The same for a house."""
    records = _records(Q(filing__household_id=household.id))
    return _trace(records, "household", frozenset(classes))


def timeline_of_person(person: Person, classes: Iterable[str]) -> list[TimelineEntry]:
    """What was told about the person, newest first."""
    return _timeline(_records(Q(filing__person_id=person.id)), frozenset(classes), "person")


def timeline_of_household(household: Household, classes: Iterable[str]) -> list[TimelineEntry]:
    """What was told about the house itself, newest first; what was told about its people stands on their pages."""
    return _timeline(_records(Q(filing__household_id=household.id)), frozenset(classes), "household")


def _records(condition: Q) -> list[Record]:
    standing = Q(withdrawn=False, batch__withdrawn=False, batch__state=Batch.State.CLOSED)
    found = Record.objects.filter(condition, standing)
    return list(
        found.select_related("batch", "batch__source", "batch__by", "filing").order_by("-observed_on", "-id")[:2000]
    )


def _told(record: Record) -> Told:
    house = record.filing.household_id or record.household_key
    return Told(
        record.id.hex, record.kind, record.observed_on.isoformat(), record.said, record.confirmed,
        hexed(house), record.area_code, bytes(record.cid_hash).hex() if record.cid_hash else None,
    )  # fmt: skip


def _trace(records: list[Record], applies: str, classes: frozenset[str]) -> list[FieldTrace]:
    by_id = {record.id.hex: record for record in records}
    found = ranked((_told(record) for record in records), applies)
    attributes = catalogue().attributes
    traces = []
    for code, attribute in attributes.items():
        if code in found and attribute.data_class in classes:
            rows = [
                ToldValue(value, by_id[told.id].batch, by_id[told.id], place == 0)
                for place, (value, told, _level) in enumerate(found[code])
            ]
            traces.append(FieldTrace(attribute, rows))
    return traces


def _timeline(records: list[Record], classes: frozenset[str], applies: str) -> list[TimelineEntry]:
    attributes = catalogue().attributes
    entries = []
    for record in records:
        said = [
            (attributes[code], value)
            for code, value in record.said.items()
            if code in attributes and attributes[code].applies == applies and attributes[code].data_class in classes
        ]
        if said or applies == "person":
            entries.append(TimelineEntry(record.observed_on, record.batch, record, said))
    return entries


def kept_apart(left: UUID, right: UUID) -> Decision | None:
    """The standing decision that the persons of these two keys are not the same; None where nobody said so."""
    return kept_apart_among(keys_of_person(left), keys_of_person(right))


def kept_apart_among(ours: Iterable[UUID], theirs: Iterable[UUID]) -> Decision | None:
    """The same of two persons by all their keys."""
    ours, theirs = list(ours), list(theirs)
    either = Q(left__in=ours, right__in=theirs) | Q(left__in=theirs, right__in=ours)
    told = Decision.objects.filter(either, kind=Decision.Kind.DIFFERENT, about="person", withdrawn=False)
    return told.select_related("by").order_by("-decided_at").first()


def keys_of_person(key: UUID) -> list[UUID]:
    """Every key that belongs to the person of this key now."""
    person = Filing.objects.filter(record_id=key).values("person_id")
    return list(Filing.objects.filter(person_id__in=person).values_list("record_id", flat=True)) or [key]


def keys_linked_to(key: UUID) -> list[UUID]:
    """Records of which a standing link says that they are the person with this key."""
    links = Decision.objects.filter(right=key, kind=Decision.Kind.LINK, about="person", withdrawn=False)
    return list(links.values_list("left", flat=True)[:500])


def house_in_village(user: "User", household: Household, number: str) -> Household:
    """Another house of the same village by its number. Raises NotFound."""
    found = Household.objects.filter(
        scope_of(user).household_filter(), area_code=household.area_code, sort_key=house_sort_key(number.strip())
    )
    other = found.exclude(pk=household.pk).first()
    if other is None:
        raise NotFound(_("There is no other house with this number in the village."))
    return other
