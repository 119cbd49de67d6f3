"""Two replicas hold the same registry when their digests agree; where they differ, the area says where to look."""

import hashlib
from collections import defaultdict

from mudmai.access.queries import bounds
from mudmai.people.queries.rows import hexed, select


def digests(prefix: str = "", length: int = 8) -> dict[str, str]:
    """{area code of `length` digits: digest} over what stands in each area; "" holds what has no area.

    Decisions count in the area of their left record. Order and time of arrival do not matter.
    """
    first, last = bounds(prefix)
    inside = "r.area_code >= %s AND r.area_code <= %s" if prefix else "1 = 1"
    params = [first, last] if prefix else []
    standing = "NOT r.withdrawn AND NOT b.withdrawn AND b.state = 'closed'"
    lines: dict[str, list[str]] = defaultdict(list)
    for area, key in select(
        "SELECT r.area_code, r.id FROM people_record r JOIN people_batch b ON b.id = r.batch_id "
        f"WHERE {inside} AND {standing}",
        params,
    ):
        lines[area[:length]].append("r" + hexed(key))
    for area, kind, left, right in select(
        'SELECT r.area_code, d.kind, d."left", d."right" FROM people_decision d '
        'JOIN people_record r ON r.id = d."left" JOIN people_batch b ON b.id = r.batch_id '
        "LEFT JOIN people_batch db ON db.id = d.batch_id "
        f"WHERE {inside} AND NOT d.withdrawn AND d.kind IN ('link', 'merge', 'different') "
        # A link stands as long as its record and the list that it came with.
        f"AND (d.kind <> 'link' OR ({standing})) AND (db.id IS NULL OR (db.state = 'closed' AND NOT db.withdrawn))",
        params,
    ):
        lines[area[:length]].append(f"d{kind}{hexed(left)}{hexed(right)}")
    return {
        area: hashlib.blake2b("\n".join(sorted(found)).encode(), digest_size=16).hexdigest()
        for area, found in lines.items()
    }
