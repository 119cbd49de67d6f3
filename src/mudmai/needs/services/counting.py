"""Counting households by what they need: village by village, and from there up to the province."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from mudmai.access.queries import bounds
from mudmai.kernel.uuid7 import uuid7
from mudmai.needs.models import Edition, NeedTally
from mudmai.needs.rules.priority import bit_of, reasons
from mudmai.needs.rules.targets import GROUPS
from mudmai.people.services import bulk

VILLAGE = 8
# From the tambon up; the country is the sum of its provinces.
UPWARDS = (6, 4, 2)
DIMENSIONS_BITS = 8  # a profile is written as failed * 2**8 + unsure while it is counted
COLUMNS = ("level", "area_code", "measure", "houses", "people")
Row = tuple[int, str, str, int, int]


def recount(areas: Iterable[str]) -> None:
    """Count these areas and those that they lie in anew."""
    areas = sorted(set(areas))
    if not areas:
        return
    bulk.upsert(Edition, ("id", "stamp"), [(1, uuid7().hex)])
    bulk.execute_in(
        f"DELETE FROM needs_needtally WHERE level IN ({VILLAGE}, {NeedTally.OWN}) AND area_code IN {{in}}", areas
    )
    bulk.append(NeedTally, COLUMNS, _counted(areas))
    for level in UPWARDS:
        above = sorted({area[:level] for area in areas if len(area) >= level})
        bulk.execute_in(f"DELETE FROM needs_needtally WHERE level = {level} AND area_code IN {{in}}", above)
        for area in above:
            bulk.append(NeedTally, COLUMNS, _added_up(level, area))


def _counted(areas: Sequence[str]) -> list[Row]:
    sql = (
        "SELECT area_code, red, urgency, groups, failed, unsure, fragile, marks, members FROM needs_houseneed "
        "WHERE area_code IN {in}"
    )
    found = list(bulk.select_in(sql, areas))
    if not found:
        return []
    codes, *columns = zip(*found, strict=True)
    red, urgency, groups, failed, unsure, fragile, marks, members = (np.array(column, np.int64) for column in columns)
    places = {area: place for place, area in enumerate(areas)}
    where = np.array([places[code] for code in codes])
    rows: list[Row] = []

    def count(measure: str, mask: Any) -> None:
        houses = np.bincount(where[mask], minlength=len(areas))
        people = np.bincount(where[mask], weights=members[mask], minlength=len(areas))
        for place in np.flatnonzero(houses).tolist():
            area = areas[place]
            level = VILLAGE if len(area) == VILLAGE else NeedTally.OWN
            rows.append((level, area, measure, int(houses[place]), int(people[place])))

    count("houses", np.ones(len(where), bool))
    count("red", red != 0)
    for each in np.unique(urgency).tolist():
        count(f"urgency:{each}", urgency == each)
    for place, group in enumerate(GROUPS):
        count(f"group:{group}", (groups >> place) & 1 != 0)
    for each in np.unique(fragile[fragile >= 0]).tolist():
        count(f"fragile:{each}", fragile == each)
    for code in reasons():
        count(f"reason:{code}", (marks & bit_of(code)) != 0)
    profile = (failed << DIMENSIONS_BITS) + unsure
    for each in np.unique(profile).tolist():
        count(f"profile:{each >> DIMENSIONS_BITS}:{each & (2**DIMENSIONS_BITS - 1)}", profile == each)
    return rows


def _added_up(level: int, area: str) -> list[Row]:
    """What lies directly inside, and what is known no nearer, together."""
    inside = f"(level = {level + 2} OR (level = {NeedTally.OWN} AND length(area_code) IN ({level}, {level + 1})))"
    rows = bulk.select(
        "SELECT measure, sum(houses), sum(people) FROM needs_needtally "
        f"WHERE {inside} AND area_code >= %s AND area_code <= %s GROUP BY measure",
        bounds(area),
    )
    return [(level, area, measure, int(houses), int(people)) for measure, houses, people in rows]
