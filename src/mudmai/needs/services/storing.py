"""Writing what follows for households: only what differs from what stands, so that most nights write little."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from mudmai.needs.models import HouseNeed
from mudmai.needs.queries.weights import Weighings
from mudmai.needs.rules.assessing import Assessed
from mudmai.needs.rules.priority_scoring import Judged, kept, placed
from mudmai.people.queries import Frame
from mudmai.people.services import bulk

COLUMNS = (
    "household_id", "area_code", "place", "score", "urgency", "red", "marks", "groups", "failed", "unsure", "results",
    "fragile", "members", "reasons",
)  # fmt: skip
AREA, REASONS = COLUMNS.index("area_code"), COLUMNS.index("reasons")
Row = tuple[Any, ...]


def rows_of(frame: Frame, assessed: Assessed, judged: Judged, weighings: Weighings) -> dict[str, Row]:
    """What is to stand of each household of a frame, by its id."""
    size = len(frame.houses)
    columns: list[list[Any]] = [[0] * size for _ in range(4)]
    for weights, mask in weighings.by_town(frame.houses.area):
        found = placed({code: count[mask] for code, count in judged.counts.items()}, weights, int(mask.sum()))
        where = np.flatnonzero(mask).tolist()
        for column, values in zip(columns, (found.place, found.score, found.urgency, found.red), strict=True):
            for house, value in zip(where, values.tolist(), strict=True):
                column[house] = value
    reasons = [kept(held) for held in judged.held]
    rows = zip(
        frame.houses.ids,
        frame.houses.area.tolist(),
        *columns,
        judged.marks.tolist(),
        assessed.group_bits.tolist(),
        assessed.failed.tolist(),
        assessed.unsure.tolist(),
        assessed.letters.tolist(),
        assessed.level.tolist(),
        assessed.members.tolist(),
        reasons,
        strict=True,
    )
    return {row[0]: row for row in rows}


def stored_of(houses: Iterable[str]) -> dict[str, Row]:
    """What stands of these households."""
    return dict(map(_stored, bulk.select_in(f"{_SELECT} WHERE household_id IN {{in}}", houses)))


def stored_in(areas: Sequence[str]) -> dict[str, Row]:
    """What stands of the households that are known to lie just in these areas."""
    return dict(map(_stored, bulk.select_in(f"{_SELECT} WHERE area_code IN {{in}}", areas)))


_SELECT = f"SELECT {', '.join(COLUMNS[:-1])}, CAST(reasons AS text) FROM needs_houseneed"


def _stored(row: Row) -> tuple[str, Row]:
    key = bulk.hexed(row[0])
    return key, (key, *row[1:5], bool(row[5]), *row[6:REASONS], bulk.from_json(row[REASONS]))


def write(old: dict[str, Row], new: dict[str, Row]) -> set[str]:
    """Bring what stands from the old rows to the new ones; returns the areas whose counts change."""
    gone = old.keys() - new.keys()
    changed = [row for key, row in new.items() if old.get(key) != row]
    bulk.upsert(
        HouseNeed,
        COLUMNS,
        [(*row[:REASONS], bulk.to_json(row[REASONS])) for row in changed],
        key="household_id",
        hopeful=not old,
    )
    bulk.execute_in("DELETE FROM needs_houseneed WHERE household_id IN {in}", sorted(gone))
    areas = {row[AREA] for row in changed} | {old[key][AREA] for key in gone}
    return areas | {old[row[0]][AREA] for row in changed if row[0] in old}
