"""The closed world of complete lists: who is not on the list of all payees is not paid.

Nothing told is not known, and stays so, unless a list came that names everybody. Then silence is an answer.
"""

from datetime import date
from typing import NamedTuple

import numpy as np

from mudmai.kernel.logic import NO, UNKNOWN
from mudmai.people.queries.frames.columns import Column, Mask
from mudmai.people.queries.rows import iso, select
from mudmai.people.rules.catalogue import catalogue


class CompleteList(NamedTuple):
    """A standing list that names everybody of its kind in an area."""

    kind: str
    area_code: str
    as_of: date
    label: str


def complete_lists(on: date | None = None) -> list[CompleteList]:
    """Every standing complete list, the newest first; `on`: only those that tell of that day, or of an earlier one.

    A list that is still being folded in, or taken back, is none yet, or none any more: until then whoever stands on it
    would seem not to. A list of nobody knows which area closes nothing.
    """
    rows = select(
        "SELECT kind, area_code, as_of, label FROM people_batch WHERE complete AND NOT withdrawn AND state = 'closed' "
        "AND closed_at IS NOT NULL AND turning_at IS NULL AND area_code <> '' AND as_of <= %s "
        "ORDER BY as_of DESC, made_at DESC, id DESC",
        [(on or date.max).isoformat()],
    )
    return [CompleteList(kind, area, date.fromisoformat(iso(as_of)), label) for kind, area, as_of, label in rows]


def kinds_that_close(code: str) -> list[str]:
    """The kinds of source by whose complete lists a fact of a person is NO for whoever is not told of."""
    return [kind.code for kind in catalogue().kinds.values() if kind.says.get(code) is True]


def closes(kind: str, complete: bool, area: str) -> bool:
    """Whether such a list makes anything known of those who are not on it."""
    return complete and bool(area) and any(told is True for told in catalogue().kinds[kind].says.values())


def close(told: dict[str, Column], area: Column, on: date | None) -> dict[str, list[CompleteList]]:
    """Write NO in place of UNKNOWN, in place, where a complete list covers the area; says which lists did."""
    closing = {code: kinds for code in told if (kinds := kinds_that_close(code))}
    if not closing:
        return {}
    standing = complete_lists(on)
    closed = {}
    for code, kinds in closing.items():
        lists = [each for each in standing if each.kind in kinds]
        column = told[code]
        column[(column == UNKNOWN) & covered(area, {each.area_code for each in lists})] = NO
        closed[code] = lists
    return closed


def covered(area: Column, prefixes: set[str]) -> Mask:
    """Which areas lie inside one of these."""
    found = np.zeros(len(area), bool)
    for length in sorted({len(prefix) for prefix in prefixes}):
        found |= np.isin(area.astype(f"U{length}"), [prefix for prefix in prefixes if len(prefix) == length])
    return found
