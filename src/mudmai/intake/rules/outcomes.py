"""What a row would change: the fold is a join, so its outcome can be told before anything is written."""

from typing import Any, NamedTuple

from mudmai.people.rules.fold import Known, Told, join, said_about

NEW, CHANGED, SAME, REVIEW, DUPLICATE, PROBLEM = "new", "changed", "same", "review", "duplicate", "problem"
# The system's own ties that say nothing to a reader.
_SILENT = frozenset(["listed_area", "cid", "area"])


class Change(NamedTuple):
    """One value that differs from what is known. `wins` says whether it goes first from now on; `old_record` tells
    the source of the other."""

    about: str  # person or household
    code: str
    old: Any
    new: Any
    wins: bool
    old_record: str
    old_on: str


def changes_of(known: Known, told: Told, applies: str) -> list[Change]:
    """Where a record differs from what is known, whether it wins or not. `known` stays as it is."""
    after = dict(known)
    join(after, told, applies)
    found = []
    for code, value in said_about(told, applies):
        if code in _SILENT or code not in after or value is None or value == "":
            continue
        before = known.get(code)
        if before is None:
            found.append(Change(applies, code, None, value, True, "", ""))
        elif before[0] != value:
            found.append(Change(applies, code, before[0], value, after[code][3] == told.id, before[3], before[2]))
    return found
