"""Which persons are told of in ways that do not fit together, and what holds their rows together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q
from django.db.models.fields.json import KT

from mudmai.people.models import Batch, Decision, Filing, Record
from mudmai.people.queries.rows import CHUNK, hexed, select
from mudmai.people.rules.fold import Told

STANDING = Q(withdrawn=False, batch__withdrawn=False, batch__state=Batch.State.CLOSED)


class HeldTogether(NamedTuple):
    """One person: the standing rows, the decisions that hold them together, and pairs that somebody kept apart."""

    person: str
    rows: list[Told]
    decisions: list[Decision]
    apart: list[tuple[str, str]]


def told_differently(batch: Batch) -> list[str]:
    """Ids (32 hex digits) of the persons of a list of whom not all rows say the same id, sex, birth or life.

    Most of them differ harmlessly; `held_together` gives what is needed to look closer.
    """
    touched = Filing.objects.filter(record__batch=batch, person_id__isnull=False).values("person_id")
    rows = (
        Record.objects.filter(STANDING, filing__person_id__in=touched)
        .values("filing__person_id")
        .annotate(
            told=Count("id"),
            ids=Count("cid_hash", distinct=True),
            sexes=Count(KT("said__sex"), distinct=True),
            first=Min(KT("said__birth_date")),
            last=Max(KT("said__birth_date")),
            deaths=Count(KT("said__death_date")) + Count("id", filter=Q(said__presence="dead")),
        )
        .filter(told__gt=1)
        .filter(Q(ids__gt=1) | Q(sexes__gt=1) | Q(deaths__gt=0) | Q(last__gt=F("first")))
        .order_by()
    )
    found = {hexed(row["filing__person_id"]) for row in rows if _differs(row)}
    return sorted(found | _kept_apart_in(batch))


def _differs(row: Mapping[str, Any]) -> bool:
    # A year told beside its exact day is no difference; "none" is no year.
    years = [str(row[name] or "")[:4] for name in ("first", "last")]
    return row["ids"] > 1 or row["sexes"] > 1 or row["deaths"] > 0 or years[0] != years[1]


def _kept_apart_in(batch: Batch) -> set[str]:
    rows = select(
        'SELECT l.person_id FROM people_decision d JOIN people_filing l ON l.record_id = d."left" '
        'JOIN people_filing r ON r.record_id = d."right" AND r.person_id = l.person_id '
        "WHERE d.kind = 'different' AND d.about = 'person' AND NOT d.withdrawn AND EXISTS (SELECT 1 "
        "FROM people_filing f JOIN people_record b ON b.id = f.record_id "
        "WHERE f.person_id = l.person_id AND b.batch_id = %s)",
        [batch.pk.hex],
    )
    return {hexed(row[0]) for row in rows}


def held_together(persons: Iterable[str]) -> list[HeldTogether]:
    """Each of these persons (32 hex digits) with the rows and decisions that make them one."""
    wanted = [UUID(person) for person in persons]
    found: list[HeldTogether] = []
    for start in range(0, len(wanted), CHUNK // 2):
        found += _held(wanted[start : start + CHUNK // 2])
    return found


def _held(persons: list[UUID]) -> list[HeldTogether]:
    filings = Filing.objects.filter(person_id__in=persons).values_list("record_id", "person_id")
    person_of = {record: person for record, person in filings if person is not None}
    rows: dict[UUID, list[Told]] = defaultdict(list)
    standing: set[UUID] = set()
    for record in Record.objects.filter(STANDING, filing__person_id__in=persons).defer("cid_sealed", "batch"):
        standing.add(record.pk)
        rows[person_of[record.pk]].append(_told(record))
    joints: dict[UUID, list[Decision]] = defaultdict(list)
    apart: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    about = Decision.objects.filter(about="person", withdrawn=False, kind__in=["link", "merge", "different"])
    came = Q(batch=None) | Q(batch__withdrawn=False, batch__state=Batch.State.CLOSED)
    for decision in about.filter(came, left__in=Filing.objects.filter(person_id__in=persons).values("record_id")):
        if decision.right is None or (one := person_of.get(decision.left)) is None:
            continue
        if person_of.get(decision.right) != one:
            continue
        if decision.kind == Decision.Kind.DIFFERENT:
            apart[one].append((decision.left.hex, decision.right.hex))
        elif decision.kind == Decision.Kind.MERGE or decision.left in standing:
            joints[one].append(decision)
    return [HeldTogether(person.hex, rows[person], joints[person], apart[person]) for person in persons if rows[person]]


def _told(record: Record) -> Told:
    return Told(
        record.pk.hex, record.kind, record.observed_on.isoformat(), record.said, record.confirmed,
        area=record.area_code, cid=bytes(record.cid_hash).hex() if record.cid_hash else None,
    )  # fmt: skip
