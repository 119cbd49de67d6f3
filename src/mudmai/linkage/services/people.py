"""The two tables that are compared: the registry, and the rows of one list."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mudmai.kernel import ids, names
from mudmai.linkage.rules.model import Model, Shares
from mudmai.linkage.rules.sides import Side, Told, side
from mudmai.linkage.rules.subjects import Subject
from mudmai.people import queries as people
from mudmai.people.services import hash_cid, hash_cids


@dataclass
class Table:
    """Keys and sides, in step. The rows of the list stand first, then the registry."""

    keys: list[str] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)
    shown: list[tuple[str, ...]] = field(default_factory=list)  # given, family, birth, sex, house number, phone
    rows: int = 0

    @cached_property
    def persons(self) -> dict[str, int]:
        """{person id: place} of the registry."""
        return {key: self.rows + place for place, key in enumerate(self.keys[self.rows :])}

    def add(self, key: str, told: Told, shown: tuple[str, ...]) -> None:
        self.keys.append(key)
        self.sides.append(side(told))
        self.shown.append(shown)


def table_of(subjects: Sequence[Subject]) -> Table:
    """The list and, behind it, the whole registry: people move, so no area is left out."""
    registry = Table()
    for row in people.linkage_table():
        told = Told(
            row.cid_hash.hex() if row.cid_hash else None, None, row.given_key, row.family_key, row.given_sound,
            row.family_sound, row.birth_date, row.sex, row.area_code, row.house_no, row.household_id, row.phone,
        )  # fmt: skip
        shown = (row.given_name, row.family_name, row.birth_date, row.sex, row.house_no, row.phone)
        registry.add(row.id, told, shown)
    table = Table(rows=len(subjects))
    known = {found.cid for found in registry.sides if found.cid}
    for row, (hashed, near) in zip(subjects, _ids_of(subjects, known), strict=True):
        told = Told(
            hashed, near, names.name_key(row.given), names.name_key(row.family), names.sound_key(row.given),
            names.sound_key(row.family), row.birth_date, row.sex, row.area, row.house_no, row.household_key, row.phone,
        )  # fmt: skip
        table.add(row.key, told, (row.given, row.family, row.birth_date, row.sex, row.house_no, row.phone))
    table.keys += registry.keys
    table.sides += registry.sides
    table.shown += registry.shown
    return table


def _ids_of(subjects: Sequence[Subject], known: set[str]) -> list[tuple[str | None, str | None]]:
    """(keyed hash of a valid id, keyed hash of the known id nearest to a mistyped one) of each row.

    A mistyped id is never compared digit by digit with the ids of the registry, which stay sealed: the valid ids that
    one slip could have made of it are few, and their hashes are looked up.
    """
    valid = [bool(row.cid) and ids.citizen_id(row.cid).value is not None for row in subjects]
    hashes = hash_cids(row.cid if fine else None for row, fine in zip(subjects, valid, strict=True))
    hexed = [found.hex() if found else None for found in hashes]
    known = known | {found for found in hexed if found}
    near = (
        None if fine or not row.cid else _nearest(row.cid, known) for row, fine in zip(subjects, valid, strict=True)
    )
    return list(zip(hexed, near, strict=True))


def _nearest(cid: str, known: set[str]) -> str | None:
    hashes = (hash_cid(candidate).hex() for candidate in ids.near_misses(cid))
    return next((found for found in hashes if found in known), None)


def shares_of(sides: Iterable[Side], model: Model) -> Shares:
    """{column: {name: its share}}: how common each name is among all people at hand."""
    found: dict[str, dict[str, float]] = {}
    sides = list(sides)
    for column in ("given", "family"):
        place = Side._fields.index(column)
        counts = Counter(row[place] for row in sides)
        counts.pop(None, None)
        total = sum(counts.values())
        found[column] = {str(name): model.share(column, count, total) for name, count in counts.items()}
    return found
