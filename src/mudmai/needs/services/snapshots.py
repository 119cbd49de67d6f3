"""Keeping how an area stood on a day, so that two days can be compared."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput
from mudmai.kernel.stopping import pause_if_asked
from mudmai.needs.models import Snapshot, SnapshotRow
from mudmai.needs.queries.judging import codes, judged_of
from mudmai.needs.queries.weights import Weighings
from mudmai.needs.services.stepping import steps
from mudmai.needs.services.storing import rows_of
from mudmai.people.queries import STATUSES, Frame, frame, houses_by_area, houses_just_in
from mudmai.people.services import bulk

if TYPE_CHECKING:
    from mudmai.accounts.models import User

WEIGH = "needs.weigh"
COLUMNS = (
    "snapshot_id", "household_id", "area_code", "score", "red", "urgency", "groups", "failed", "unsure", "members",
    "people",
)  # fmt: skip
HOUSE, AREA = COLUMNS.index("household_id"), COLUMNS.index("area_code")
VILLAGE = 8
HOUSES_AT_ONCE = 4000
EVERY = timedelta(days=28)
# Sent when a snapshot waits to be taken; the jobs of the module listen.
snapshot_wanted = Signal()
Progress = Callable[[int, int], None]


class NotAPastDay(BadInput):
    """What is not yet cannot be kept."""

    code = "not_a_past_day"


@transaction.atomic
def take_snapshot(*, by: "User", area_code: str, as_of: date | None = None) -> Snapshot:
    """Keep how an area stood on a day, today by default; a job does it. Taken already, that one is given back.

    Raises NotAllowed, NotAPastDay.
    """
    access.require(by, WEIGH, area_code)
    day = as_of or clock.today()
    if day > clock.today():
        raise NotAPastDay(_("This day is still to come. Choose today or an earlier one."))
    kept = Snapshot.objects.filter(area_code=area_code, as_of=day).order_by("id").first()
    if kept is None:
        kept = Snapshot.objects.create(area_code=area_code, as_of=day, by=by)
        audit.record(by, "needs.snapshot.asked", "snapshot", kept.pk, area_code=area_code, day=day.isoformat())
    if kept.finished_at is None:
        snapshot_wanted.send(sender=None, key=kept.pk)
    return kept


def fill_snapshot(key: int, progress: Progress = lambda done, total: None) -> None:
    """Work a snapshot out, village by village; goes on where it was stopped."""
    snapshot = Snapshot.objects.get(pk=key)
    if snapshot.finished_at:
        return
    houses = {area: n for area, n in houses_by_area().items() if area.startswith(snapshot.area_code)}
    total = sum(houses.values())
    for step in steps(sorted(houses), houses, HOUSES_AT_ONCE):
        with transaction.atomic():
            # Whoever else works on it waits here, and then finds this step done.
            snapshot = Snapshot.objects.select_for_update().get(pk=key)
            if snapshot.done and step[-1] <= snapshot.done:
                continue
            _keep(snapshot, step)
            snapshot.done = step[-1]
            snapshot.houses = snapshot.rows.count()
            snapshot.save(update_fields=["houses", "done"])
        progress(snapshot.houses, total)
        pause_if_asked()
    Snapshot.objects.filter(pk=key).update(finished_at=timezone.now())


def _keep(snapshot: Snapshot, areas: Sequence[str]) -> None:
    """Keep the households of these areas: those that lay in these villages, and those of which no village was known.

    The latter by where they lie now. Done twice it keeps each once.
    """
    on = None if snapshot.as_of == clock.today() else snapshot.as_of
    bulk.execute_in("DELETE FROM needs_snapshotrow WHERE snapshot_id = %s AND area_code IN {in}", areas, [snapshot.pk])
    villages = {area for area in areas if len(area) == VILLAGE}
    found = _rows(snapshot, frame(codes(), areas=sorted(villages), on=on)) if villages else []
    found = [row for row in found if row[AREA] in villages]
    others = set(houses_just_in(areas)) - {row[HOUSE] for row in found}
    if others:
        told = _rows(snapshot, frame(codes(), households=others, on=on))
        found += [row for row in told if len(row[AREA]) < VILLAGE and row[HOUSE] in others]
    bulk.append(SnapshotRow, COLUMNS, found)


def _rows(snapshot: Snapshot, told: Frame) -> list[tuple[Any, ...]]:
    if not len(told.houses):
        return []
    assessed, judged = judged_of(told)
    living: list[list[str]] = [[] for _ in told.houses.ids]
    for person in np.flatnonzero((told.house >= 0) & (told.status == STATUSES.index("alive"))).tolist():
        living[told.house[person]].append(told.persons.ids[person])
    rows = rows_of(told, assessed, judged, Weighings(snapshot.as_of))
    found = []
    for place, (key, row) in enumerate(rows.items()):
        _key, area, _place, score, urgency, red, _marks, groups, failed, unsure, _results, _fragile, members, _why = row
        people = bytes.fromhex("".join(sorted(living[place])))
        found.append((snapshot.pk, key, area, score, red, urgency, groups, failed, unsure, members, people))
    return found


def keep_monthly() -> None:
    """The chore: how everything stands, once in four weeks; and what was asked for and never finished."""
    for waiting in Snapshot.objects.filter(finished_at=None).order_by("id").values_list("pk", flat=True):
        fill_snapshot(waiting)
    newest = Snapshot.objects.filter(area_code="").order_by("-as_of").first()
    if newest is None or clock.today() - newest.as_of >= EVERY:
        fill_snapshot(Snapshot.objects.create(area_code="", as_of=clock.today()).pk)
