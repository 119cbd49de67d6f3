"""Of whom a person was put together: each part with its own rows, as it would stand if the merges were taken back."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Q

from mudmai.people.models import Batch, Decision, Person, Record, full_name
from mudmai.people.queries.one import keys_of_person
from mudmai.people.rules.fold import Told, fold, value_of
from mudmai.people.rules.identity import Edge, clusters

STANDING = Q(withdrawn=False, batch__withdrawn=False, batch__state=Batch.State.CLOSED)


class Part(NamedTuple):
    """One of those who were put together."""

    key: str  # 32 hex digits
    name: str
    batches: list[Batch]  # where it was seen, newest first; no corrections


def parts_of(person: Person) -> list[Part]:
    """The parts of a person, the one that names her first; one alone where nobody put anything together."""
    keys = keys_of_person(person.id)
    records = Record.objects.filter(STANDING, pk__in=keys).select_related("batch__source")
    told = {record.pk.hex: record for record in records}
    links = Decision.objects.filter(left__in=list(told), kind="link", withdrawn=False).values_list("left", "right")
    edges = [Edge("link", left.hex, right.hex) for left, right in links if right is not None]
    named = clusters(told, edges)
    groups: dict[str, list[Record]] = defaultdict(list)
    for key, record in told.items():
        groups[named[key]].append(record)
    parts = [Part(key, _name(found), _batches(found)) for key, found in groups.items()]
    return sorted(parts, key=lambda part: (part.key != person.id.hex, part.key))


def _name(records: list[Record]) -> str:
    told = (Told(r.pk.hex, r.kind, r.observed_on.isoformat(), r.said, r.confirmed) for r in records)
    known = fold(told, "person")
    return full_name(*(str(value_of(known, code) or "") for code in ("title", "given_name", "family_name")))


def _batches(records: list[Record]) -> list[Batch]:
    found = {record.batch.pk: record.batch for record in records if record.kind != "staff"}
    return sorted(found.values(), key=lambda batch: (batch.as_of, batch.pk), reverse=True)
