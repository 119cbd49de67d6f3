"""Questions about many at once, for linkage and import; they check no duty: their callers act for an office."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max

from mudmai.people.models import Batch, Decision
from mudmai.people.queries.rows import FEW, as_bytes, from_json, hexed, select, select_in
from mudmai.people.rules.fold import Known, unpacked


class LinkageRow(NamedTuple):
    """One living person as linkage compares it; ids as 32 hex digits."""

    id: str
    cid_hash: bytes | None
    household_id: str | None
    given_name: str
    family_name: str
    given_key: str
    family_key: str
    given_sound: str
    family_sound: str
    sex: str
    birth_date: str
    phone: str
    area_code: str
    house_no: str
    house_code: str


LINKAGE_SQL = (
    "SELECT p.id, p.cid_hash, p.household_id, p.given_name, p.family_name, p.given_key, p.family_key, "
    "p.given_sound, p.family_sound, p.sex, p.birth_date, p.phone, p.area_code, coalesce(h.house_no, ''), "
    "coalesce(h.house_code, '') FROM people_person p LEFT JOIN people_household h ON h.id = p.household_id"
)


def linkage_row(row: tuple[Any, ...]) -> LinkageRow:
    """One row of LINKAGE_SQL."""
    return LinkageRow(hexed(row[0]), as_bytes(row[1]), hexed(row[2]), *row[3:])


LINKAGE_TABLE = (
    "SELECT id, cid_hash, household_id, given_key, family_key, given_sound, family_sound, sex, birth_date, phone, "
    "area_code FROM people_person"
)


def linkage_table() -> Iterator[list[Sequence[Any]]]:
    """Every person, whatever the status (lists go on naming the dead and those who moved), some hundreds at a time.

    Each time columns, as LINKAGE_TABLE names them; ids and keyed hashes as hex. A million rows as objects would take
    twice as long and much memory.
    """
    for persons, hashes, households, *told in _columns(LINKAGE_TABLE):
        hexes = [found if found is None else found.hex() for found in hashes]
        yield [_hexed(persons), hexes, _hexed(households), *told]


def linkage_houses() -> Iterator[list[Sequence[Any]]]:
    """Every household that has a number or a code, likewise: id, house number, 11-digit code."""
    sql = "SELECT id, house_no, house_code FROM people_household WHERE house_no <> '' OR house_code <> ''"
    for households, *told in _columns(sql):
        yield [_hexed(households), *told]


def _hexed(column: Sequence[Any]) -> Sequence[Any]:
    """Ids as hex; SQLite keeps them so."""
    return column if connection.vendor == "sqlite" else list(map(hexed, column))


def _columns(sql: str) -> Iterator[Iterator[Sequence[Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(FEW):
            yield zip(*rows, strict=True)


def linkage_rows(persons: Iterable[str]) -> list[LinkageRow]:
    """These persons."""
    return list(map(linkage_row, select_in(f"{LINKAGE_SQL} WHERE p.id IN {{in}}", persons)))


def persons_by_key(keys: Iterable[str]) -> dict[str, str]:
    """{key: id of the person it belongs to now}, for keys of records that were filed."""
    sql = "SELECT record_id, person_id FROM people_filing WHERE record_id IN {in}"
    return {hexed(key): hexed(person) for key, person in select_in(sql, keys) if person is not None}


def known_of(persons: Iterable[str]) -> dict[str, Known]:
    """What is known of these persons."""
    return _known("people_person", persons)


def known_of_households(households: Iterable[str]) -> dict[str, Known]:
    """What is known of these households."""
    return _known("people_household", households)


def _known(table: str, keys: Iterable[str]) -> dict[str, Known]:
    sql = f"SELECT id, CAST(known AS text) FROM {table} WHERE id IN {{in}}"
    return {hexed(key): unpacked(from_json(known)) for key, known in select_in(sql, keys)}


def digests_of_lists(kind: str, as_of: date) -> set[bytes]:
    """Digests of every standing record of a kind of source that came with a list of that day: what was said already."""
    rows = select(
        "SELECT r.digest FROM people_record r JOIN people_batch b ON b.id = r.batch_id WHERE b.kind = %s "
        "AND b.as_of = %s AND NOT r.withdrawn AND NOT b.withdrawn AND b.state = 'closed'",
        [kind, as_of],
    )
    return {bytes(row[0]) for row in rows}


def members_of_last_list(kind: str, area: str, before: Any) -> tuple[Batch | None, dict[str, str]]:
    """The newest standing complete list of a kind for an area up to a day, and {person id: area code} on it."""
    batch = (
        Batch.objects.filter(
            kind=kind, area_code=area, complete=True, withdrawn=False, state=Batch.State.CLOSED, as_of__lte=before
        )
        .order_by("-as_of", "-made_at")
        .first()
    )
    if batch is None:
        return None, {}
    rows = select(
        "SELECT f.person_id, r.area_code FROM people_record r JOIN people_filing f ON f.record_id = r.id "
        "WHERE r.batch_id = %s AND NOT r.withdrawn AND f.person_id IS NOT NULL AND r.row_ref <> ''",
        [batch.id.hex],
    )
    return batch, {hexed(person): area_code for person, area_code in rows}


def different_pairs(keys: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs that a person said are not the same, both ways round, among decisions that touch these keys."""
    wanted = list(keys)
    found: set[tuple[str, str]] = set()
    for side in ("left", "right"):
        sql = (
            f'SELECT "left", "right" FROM people_decision WHERE "{side}" IN {{in}} '
            "AND kind = 'different' AND NOT withdrawn"
        )
        for left, right in select_in(sql, wanted):
            found |= {(hexed(left), hexed(right)), (hexed(right), hexed(left))}
    return found


def link_scores(batch_id: str) -> tuple[int, dict[str, float]]:
    """How many rows of a batch are about a person, and {row: score} of those that were linked when it came."""
    [[count]] = select("SELECT count(*) FROM people_record WHERE batch_id = %s AND about <> 'household'", [batch_id])
    rows = select(
        "SELECT \"left\", score FROM people_decision WHERE batch_id = %s AND kind = 'link' AND about = 'person'",
        [batch_id],
    )
    return count, {hexed(key): score or 0.0 for key, score in rows}


def stamp() -> str:
    """Changes whenever the registry does: for caches, and to see whether a preview is still true."""
    # PostgreSQL knows no max() of a uuid before version 18.
    newest = Decision.objects.order_by("-id").values_list("id", flat=True).first()
    closed = Batch.objects.aggregate(at=Max("closed_at"))["at"]
    return f"{newest}-{closed}"
