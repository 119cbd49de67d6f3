"""What became of an area between two days: of its households, and of the same people."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from mudmai.access.queries import bounds
from mudmai.kernel import clock
from mudmai.kernel.errors import NotFound
from mudmai.needs.models import Snapshot
from mudmai.needs.queries.edition import edition
from mudmai.needs.rules.changing import GONE, Changes, Stand, compare, fallen, joined, mended
from mudmai.needs.rules.frameworks import DIMENSIONS
from mudmai.needs.rules.words import of_dimension
from mudmai.people.queries import (
    classes_of,
    houses_by_area,
    houses_now,
    people_by_house,
    persons_by_key,
    scope_of,
    visible_households,
)
from mudmai.people.services import bulk

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Household

COUNTS = "counts.view"
LISTED = 500
KEPT_SECONDS = 600
DISTRICT = 4


@dataclass(frozen=True)
class ChangedHouse:
    """One household of a list of changes."""

    house: "Household"
    way: str
    mended: tuple[str, ...]  # dimensions, as far as the reader sees their class
    fallen: tuple[str, ...]
    red_before: bool
    red_now: bool
    score_before: int
    score_now: int


def snapshots_for(user: "User", area: str = "") -> list[Snapshot]:
    """The days that can be compared for an area: kept for it, or for what holds it, the newest first."""
    scope = scope_of(user)
    above = [area[:length] for length in range(0, len(area) + 1, 2)]
    found = Snapshot.objects.filter(area_code__in=above).select_related("by").order_by("-as_of", "-id")
    return [each for each in found if any(_touch(each.area_code, prefix) for prefix in scope.prefixes_for(COUNTS))]


def snapshot_for(user: "User", pk: int, area: str = "") -> Snapshot:
    """One of these. Raises NotFound."""
    found = next((each for each in snapshots_for(user, area) if each.pk == pk), None)
    if found is None:
        raise NotFound(_("This day is not kept, or not for your area."))
    return found


def progress_of(snapshot: Snapshot) -> tuple[int, int]:
    """How many households of a snapshot are kept, and how many there will be."""
    if snapshot.finished_at:
        return snapshot.houses, snapshot.houses
    total = sum(n for area, n in houses_by_area().items() if area.startswith(snapshot.area_code))
    return min(snapshot.houses, total), total


def changes(user: "User", area: str, older: Snapshot, newer: Snapshot | None = None) -> Changes:
    """What became of an area between two days, as far as the user sees numbers there; `newer` None: today.

    Kept for some minutes, or until an assessment changes anything; of more than a district, where it takes long, for
    the minutes whatever changes.
    """
    prefixes = _prefixes(user, area)
    is_wide = any(len(prefix) < DISTRICT for prefix in prefixes)
    what = f"{'' if is_wide else edition()} {clock.today()} {older.pk} {newer and newer.pk} {prefixes}"
    key = f"needs-changes-{blake2b(what.encode(), digest_size=16).hexdigest()}"
    kept: Changes | None = cache.get(key)
    if kept is None:
        kept = compare(*_stands(prefixes, older, newer))
        kept.ways.clear()
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def changed_houses(
    user: "User", area: str, older: Snapshot, newer: Snapshot | None = None, way: str = ""
) -> list[ChangedHouse]:
    """The households that went one way (or any), the greatest change first; only those that the user may see."""
    before, now = _stands(_prefixes(user, area), older, newer)
    ways = compare(before, now).ways
    wanted = [key for key, went in ways.items() if went != GONE and (not way or went == way)]
    scope = scope_of(user)
    nothing = Stand(False, 0, 2 ** len(DIMENSIONS) - 1, 0)
    wanted.sort(key=lambda key: -abs(now[key].score - before.get(key, nothing).score))
    houses = {house.pk.hex: house for house in visible_households(user).filter(pk__in=wanted[:LISTED])}
    found = []
    for key in wanted[:LISTED]:
        if key in houses:
            old, new = before.get(key, nothing), now[key]
            seen = classes_of(scope, houses[key])
            found.append(
                ChangedHouse(
                    houses[key], ways[key], _seen(mended(old, new), seen), _seen(fallen(old, new), seen),
                    old.red, new.red, old.score, new.score,
                )
            )  # fmt: skip
    return found


def _seen(bits: int, seen: frozenset[str]) -> tuple[str, ...]:
    return tuple(code for place, code in enumerate(DIMENSIONS) if bits >> place & 1 and of_dimension(code) in seen)


def _prefixes(user: "User", area: str) -> list[str]:
    """The areas inside this one, or around it, where the user sees numbers."""
    found = scope_of(user).prefixes_for(COUNTS)
    return sorted(max(prefix, area, key=len) for prefix in found if _touch(prefix, area))


def _stands(prefixes: list[str], older: Snapshot, newer: Snapshot | None) -> tuple[dict[str, Stand], dict[str, Stand]]:
    """How the households stood on both days, under the ids of now."""
    old = _kept(older, prefixes)
    new = _kept(newer, prefixes) if newer else _of_today(prefixes)
    # Keys that stand on both days need no other name; the few that do not may have been merged since.
    houses = houses_now(old.keys() ^ new.keys())
    then = {person for stand in old.values() for person in stand.people}
    persons = persons_by_key(then ^ {person for stand in new.values() for person in stand.people})
    return _renamed(old, houses, persons), _renamed(new, houses, persons)


COLUMNS = "household_id, red, failed, unsure, groups, urgency, score, members"


def _kept(snapshot: Snapshot, prefixes: Iterable[str]) -> dict[str, Stand]:
    rows = (
        row
        for prefix in prefixes
        for row in bulk.select(
            f"SELECT {COLUMNS}, people FROM needs_snapshotrow "
            "WHERE snapshot_id = %s AND area_code >= %s AND area_code <= %s",
            [snapshot.pk, *bounds(prefix)],
        )
    )
    return {bulk.hexed(row[0]): _stand(row, _ids(row[8])) for row in rows}


def _of_today(prefixes: Iterable[str]) -> dict[str, Stand]:
    found: dict[str, Stand] = {}
    for prefix in prefixes:
        where = "WHERE area_code >= %s AND area_code <= %s"
        living = people_by_house(prefix)
        for row in bulk.select(f"SELECT {COLUMNS} FROM needs_houseneed {where}", bounds(prefix)):
            key = bulk.hexed(row[0])
            found[key] = _stand(row, tuple(living.get(key, ())))
    return found


def _stand(row: tuple[Any, ...], people: tuple[str, ...]) -> Stand:
    _key, red, failed, unsure, groups, urgency, score, members = row[:8]
    return Stand(bool(red), failed, unsure, groups, urgency, score, members, people)


def _ids(packed: Any) -> tuple[str, ...]:
    told = bytes(packed or b"")
    return tuple(told[start : start + 16].hex() for start in range(0, len(told), 16))


def _renamed(stands: dict[str, Stand], houses: dict[str, Any], persons: dict[str, str]) -> dict[str, Stand]:
    found: dict[str, Stand] = {}
    for key, stand in stands.items():
        people = tuple(dict.fromkeys(persons.get(person, person) for person in stand.people))
        named = houses[key].id if key in houses else key
        told = stand._replace(people=people)
        found[named] = joined(found[named], told) if named in found else told
    return found


def _touch(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
