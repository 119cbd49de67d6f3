"""The fold: what we know is what the records say.

`fold(told) -> known` is a pure function of a *set* of records. Per attribute the winning value is the one of highest
rank, and rank is (level, observed on, record id), so the fold is a join: commutative, associative, idempotent. That is
why records may come in any order and any number of times, and why adding records to what is known needs no look at
the older ones. Only taking away folds again from the records.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from mudmai.people.rules.catalogue import CONFIRMED, attributes_of, catalogue

# One known value: [value, level, observed on (ISO), record id (32 hex digits)]; a list, as JSON gives it back.
Known = dict[str, list[Any]]


class Told(NamedTuple):
    """What one record says, as the fold needs it."""

    id: str  # 32 hex digits
    kind: str  # kind of source
    observed_on: str  # ISO date
    said: dict[str, Any]
    confirmed: bool = False
    household: str | None = None  # key of the household the record names, 32 hex digits
    area: str = ""
    cid: str | None = None  # keyed hash of the 13-digit id, 32 hex digits


def fold(told: Iterable[Told], applies: str) -> Known:
    """Fold records about one person or one household (`applies`) into what is known."""
    known: Known = {}
    for record in told:
        join(known, record, applies)
    return known


def join(known: Known, record: Told, applies: str, changed: set[str] | None = None) -> bool:
    """Add one record to what is known, in place. Says whether any winning value is now this record's.

    `changed` collects the codes whose value is another one now, not merely told anew.
    """
    levels = catalogue().levels.get(record.kind, {})
    allowed = attributes_of(applies)
    confirmed = CONFIRMED if record.confirmed else 0
    observed_on, record_id = record.observed_on, record.id
    won = False
    for code, value in said_about(record, applies):
        if value is None or value == "" or code not in allowed:
            continue
        level = levels.get(code, 50) + confirmed
        standing = known.get(code)
        if standing is None or (level, observed_on, record_id) > (standing[1], standing[2], standing[3]):
            if changed is not None and (standing is None or standing[0] != value):
                changed.add(code)
            known[code] = [value, level, observed_on, record_id]
            won = True
    return won


def said_about(record: Told, applies: str) -> Iterable[tuple[str, Any]]:
    """What a record says, with the ties that follow from where it was said."""
    if applies == "household":
        return record.said.items()
    ties: list[tuple[str, Any]] = list(record.said.items())
    if record.household:
        if "lives_at" not in record.said:
            ties.append(("lives_at", record.household))
        kind = catalogue().kinds.get(record.kind)
        if kind is not None and kind.address == "registered":
            ties.append(("registered_at", record.household))
    if record.cid:
        ties.append(("cid", record.cid))
    if record.area:
        ties.append(("listed_area", record.area))
    return ties


def value_of(known: Known, code: str) -> Any:
    """The winning value, or None where nothing was told."""
    standing = known.get(code)
    return standing[0] if standing is not None else None


def ranked(told: Iterable[Told], applies: str) -> dict[str, list[tuple[Any, Told, int]]]:
    """Every value that was told, best first, so that the page can show those that lost and why.

    The first of each list is what `fold` keeps.
    """
    rows: dict[str, list[tuple[int, str, str, Any, Told]]] = {}
    allowed = attributes_of(applies)
    for record in {record.id: record for record in told}.values():
        confirmed = CONFIRMED if record.confirmed else 0
        for code, value in said_about(record, applies):
            if value is None or value == "" or code not in allowed:
                continue
            level = catalogue().level(record.kind, code) + confirmed
            rows.setdefault(code, []).append((level, record.observed_on, record.id, value, record))
    return {
        code: [
            (value, record, level) for level, _, _, value, record in sorted(found, key=lambda r: r[:3], reverse=True)
        ]
        for code, found in rows.items()
    }


def packed(known: Known) -> dict[str, Any]:
    """The same for keeping: each pair of day and record once, under "@"; a third of the size.

    >>> packed({"sex": ["f", 90, "2026-10-01", "aa"], "title": ["นาง", 90, "2026-10-01", "aa"]})
    {'@': ['2026-10-01aa'], 'sex': ['f', 90, 0], 'title': ['นาง', 90, 0]}
    """
    places: dict[str, int] = {}
    stored: dict[str, Any] = {"@": places}
    for code, (value, level, observed_on, record_id) in known.items():
        place = places.setdefault(observed_on + record_id, len(places))
        stored[code] = [value, level, place]
    stored["@"] = list(places)
    return stored


def unpacked(stored: dict[str, Any]) -> Known:
    """What was packed, as it was."""
    told = [(each[:10], each[10:]) for each in stored.pop("@", ())]
    return {code: [value, level, *told[place]] for code, (value, level, place) in stored.items()}
