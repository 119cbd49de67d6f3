"""A newer complete list of a kind: who came, who left, and what leaving means."""

from dataclasses import dataclass, field
from typing import Any

from mudmai.intake.queries.staged import Staged
from mudmai.intake.rules.layout import Layout
from mudmai.intake.services.comparing import Comparison
from mudmai.kernel import uuid7
from mudmai.people import queries as people
from mudmai.people.rules.catalogue import catalogue

# Where more than this share of the last list is missing, the new one is rather a part than the whole.
MOST_LEAVE = 0.3
_MANY = 20


@dataclass
class Members:
    """What follows from comparing a complete list with the one before it."""

    rows: list[Staged] = field(default_factory=list)
    numbers: dict[str, Any] = field(default_factory=dict)
    remarks: list[list[Any]] = field(default_factory=list)


def who_came_and_left(layout: Layout, comparison: Comparison) -> Members:
    """Records for the persons who stood on the last list of this kind and area, and do not stand on this one."""
    kind = catalogue().kinds[layout.kind]
    found = Members()
    if not kind.complete or comparison.standing:
        return found
    last, before = people.members_of_last_list(layout.kind, layout.area_code, layout.as_of)
    if last is None:
        return found
    gone = {person: area for person, area in before.items() if person not in comparison.present}
    came = sum(1 for row in comparison.rows if _is_newcomer(row, before))
    found.numbers = {"last_list": str(last.pk), "last_as_of": last.as_of.isoformat(), "came": came, "left": len(gone)}
    if len(gone) > max(_MANY, MOST_LEAVE * len(before)) and not layout.complete:
        found.numbers["left"] = 0
        found.remarks.append(["many_left", {"count": len(gone), "of": len(before)}])
        return found
    evidence = {"why": {"level": "left_list"}, "last_list": str(last.pk)}
    for person, area in gone.items():
        key, decision = uuid7.uuid7().hex, uuid7.uuid7().hex
        found.rows.append(
            {
                "id": key, "out": "left", "said": dict(kind.left), "area": area, "who": person,
                "link": [decision, person, "rule", 1.0, evidence],
            }
        )  # fmt: skip
    return found


def _is_newcomer(row: Staged, before: dict[str, str]) -> bool:
    if row["out"] in ("problem", "duplicate", "review") or row["about"] == "household":
        return False
    return row.get("who") not in before
