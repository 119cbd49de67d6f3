"""Finds a name among names although it was typed with slips."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

# Names shorter than this differ too little from each other to be repaired; longer ones bear one slip, long ones two.
_SHORTEST = 4
_LONG = 9


def slips_allowed(name: str) -> int:
    """How many letters may be wrong, missing, too many or swapped.

    >>> [slips_allowed("ก" * length) for length in (3, 4, 9)]
    [0, 1, 2]
    """
    if len(name) < _SHORTEST:
        return 0
    return 1 if len(name) < _LONG else 2


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one name nearest to `name` within the slips allowed; None where none is near, or two are equally near.

    >>> nearest("เกาะค่า", ["เกาะคา", "ท่าผา"]), nearest("บ้านใหม่", ["บ้านไหม่", "บ้านใหม"]) is None
    ('เกาะคา', True)
    """
    allowed = slips_allowed(name)
    if not allowed:
        return None
    found = process.extract(name, list(names), scorer=OSA.distance, score_cutoff=allowed, limit=2)
    if not found or (len(found) > 1 and found[0][1] == found[1][1]):
        return None
    return str(found[0][0])
