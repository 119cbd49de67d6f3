"""Keeping the needs of every household in step with the registry, the calendar and the weights of the towns."""

from collections.abc import Callable, Collection, Mapping, Sequence

from django.db import connection, transaction

from mudmai.access.queries import bounds
from mudmai.kernel import clock
from mudmai.kernel.memory import without_collector
from mudmai.kernel.stopping import pause_if_asked
from mudmai.needs.models import Assessed, Due, HouseNeed
from mudmai.needs.queries.judging import codes, judged_of, stamps_of
from mudmai.needs.queries.weights import Weighings
from mudmai.needs.services.counting import recount
from mudmai.needs.services.stepping import steps
from mudmai.needs.services.storing import Row, rows_of, stored_in, stored_of, write
from mudmai.people.queries import Frame, frame, houses_by_area, houses_just_in
from mudmai.people.services import bulk

# Other writers wait while so many houses are assessed: about a second.
HOUSES_AT_ONCE = 4000
DUE_AT_ONCE = 2000
MANY = 10_000
# Whoever assesses reads, works and writes alone, so that nobody writes what was read before another's write.
ALONE = 0x6E656564

Progress = Callable[[int, int], None]


def assess_all(areas: Sequence[str] = ("",), progress: Progress = lambda done, total: None) -> int:
    """Assess every household of these areas anew; returns how many there were. Safe to repeat, goes on after a stop."""
    for prefix in areas:
        first, last = bounds(prefix)
        Assessed.objects.filter(area_code__gte=first, area_code__lte=last).delete()
    return assess_stale(areas, progress)


def assess_stale(areas: Sequence[str] = ("",), progress: Progress = lambda done, total: None) -> int:
    """Assess the areas that were not assessed today by the rules and weights of now; returns how many houses."""
    houses = houses_by_area()
    stored = set(HouseNeed.objects.order_by().values_list("area_code", flat=True).distinct())
    known = sorted(area for area in stored | houses.keys() if any(area.startswith(prefix) for prefix in areas))
    stamps = stamps_of(known)
    fresh = dict(Assessed.objects.filter(day=clock.today()).values_list("area_code", "rules"))
    wanted = [area for area in known if fresh.get(area) != stamps[area]]
    total, done = sum(houses.get(area, 0) for area in wanted), 0
    progress(0, total)
    for step in steps(wanted, houses, HOUSES_AT_ONCE):
        with without_collector(), transaction.atomic():
            _work_alone()
            _assess_areas(step)
            _mark_fresh(step, stamps)
        done += sum(houses.get(area, 0) for area in step)
        progress(done, total)
        pause_if_asked()
    if total > MANY:
        _tidy()
    return total


def assess_daily() -> None:
    """The chore: what changed first, then everybody where the day, a rule or a weight is another than last time."""
    assess_due()
    assess_stale()


def assess_due() -> int:
    """Assess whatever changed since it was assessed; returns how many persons and houses were noted."""
    done = 0
    while True:
        with transaction.atomic():
            _work_alone()
            noted = [key.hex for key in Due.objects.order_by("subject").values_list("subject", flat=True)[:DUE_AT_ONCE]]
            # First struck out, then read: what changes from here on is noted anew.
            bulk.execute_in("DELETE FROM needs_due WHERE subject IN {in}", noted)
            if noted:
                recount(_assess(noted))
        done += len(noted)
        if len(noted) < DUE_AT_ONCE:
            return done
        pause_if_asked()


def assess_houses(ids: Collection[str]) -> None:
    """Assess these households (32 hex digits) now; those that are gone are forgotten."""
    with transaction.atomic():
        _work_alone()
        recount(_assess(ids))


def note_due(persons: Collection[str], households: Collection[str]) -> None:
    """Keep that something changed about these; within the transaction of the change."""
    keys = sorted({*persons, *households})
    if not keys:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO needs_due (subject) SELECT unnest(%s::uuid[]) ON CONFLICT DO NOTHING",
                ["{" + ",".join(keys) + "}"],
            )
        else:
            cursor.execute(
                "INSERT OR IGNORE INTO needs_due (subject) SELECT value FROM json_each(%s)", [bulk.to_json(keys)]
            )


def _assess(keys: Collection[str]) -> set[str]:
    """Assess the houses of these keys, which may be of houses or persons; returns the areas whose counts change."""
    found = frame(codes(), households=keys, persons=keys)
    old = stored_of({*keys, *found.houses.ids})
    return write(old, _rows(found))


def _assess_areas(areas: Sequence[str]) -> None:
    """Assess all houses that lie just in these areas."""
    old = stored_in(areas)
    villages = [area for area in areas if len(area) == 8]
    new: dict[str, Row] = {}
    if villages:
        # A house elsewhere that comes with somebody who counts here has its own turn.
        new = {key: row for key, row in _rows(frame(codes(), areas=villages)).items() if row[1] in areas}
    others = [area for area in areas if len(area) < 8]
    if others:
        new |= _rows(frame(codes(), households=houses_just_in(others)))
    moved = old.keys() - new.keys()
    if moved:
        new |= _rows(frame(codes(), households=moved))
    recount(write(old | stored_of(new.keys() - old.keys()), new))


def _rows(found: Frame) -> dict[str, Row]:
    if not len(found.houses):
        return {}
    assessed, judged = judged_of(found)
    return rows_of(found, assessed, judged, Weighings())


def _mark_fresh(areas: Sequence[str], stamps: Mapping[str, str]) -> None:
    day = clock.today().isoformat()
    rows = [(area, day, stamps[area]) for area in areas]
    bulk.upsert(Assessed, ("area_code", "day", "rules"), rows, key="area_code")


def _tidy() -> None:
    """Let the database count anew what it plans by; PostgreSQL also sees then that lists need the index alone."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) needs_houseneed")
    else:
        bulk.tidy(HouseNeed)


def _work_alone() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ALONE])
