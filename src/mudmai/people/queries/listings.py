"""On which lists persons stand: month by month, for whoever asks whether somebody dropped out."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from mudmai.people.queries.rows import hexed, iso, select_in


def days_on_lists(kind: str, persons: Iterable[str]) -> dict[str, list[date]]:
    """{person: the days of the standing lists of this kind that name them, oldest first}; ids as 32 hex digits."""
    sql = (
        "SELECT DISTINCT f.person_id, b.as_of FROM people_filing f JOIN people_record r ON r.id = f.record_id "
        "JOIN people_batch b ON b.id = r.batch_id WHERE f.person_id IN {in} AND b.kind = %s AND NOT r.withdrawn "
        "AND NOT b.withdrawn AND b.state = 'closed' AND r.row_ref <> ''"
    )
    found: dict[str, list[date]] = defaultdict(list)
    for person, day in select_in(sql, persons, [kind]):
        found[hexed(person)].append(date.fromisoformat(iso(day)[:10]))
    return {person: sorted(days) for person, days in found.items()}
