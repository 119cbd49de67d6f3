"""Who would move if a town gave other points: worked out from the reasons that are kept, and nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from django.utils.translation import get_language

from mudmai.access.queries import bounds
from mudmai.needs.queries.weights import Weighings
from mudmai.needs.rules.priority import URGENCIES, checked_points, weights_of
from mudmai.needs.rules.priority_scoring import Placed, counts_of, placed
from mudmai.people.queries import scope_of, visible_households
from mudmai.people.services import bulk

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Household

WEIGH = "needs.weigh"
FIRST = 50
LISTED = 50
Numbers = npt.NDArray[Any]


@dataclass(frozen=True)
class Mover:
    """One household that would stand elsewhere."""

    house: "Household"
    place_before: int  # 1 is the first of the area
    place_after: int
    score_before: int
    score_after: int
    urgency_before: int
    urgency_after: int

    @property
    def steps(self) -> int:
        """How many places earlier (above zero) or later."""
        return self.place_before - self.place_after


@dataclass(frozen=True)
class Preview:
    """What would change in an area."""

    assessed: int
    first: int  # how many count as the first of the list
    moved_up: int
    moved_down: int
    unchanged: int
    into: list[Mover]  # come among the first
    out: list[Mover]  # are no longer among them
    biggest: list[Mover]  # move furthest
    urgency_before: dict[int, int]
    urgency_after: dict[int, int]
    red_before: int
    red_after: int
    more: int  # that came in or went out, beyond those listed


def preview_weights(user: "User", area: str, points: Mapping[str, int], first: int = FIRST) -> Preview:
    """Who would move in an area, as far as the user may weigh there. Raises WeightsRefused for what cannot be kept."""
    weights = weights_of(checked_points(points, get_language() or "th"))
    prefixes = [
        max(each, area, key=len)
        for each in scope_of(user).prefixes_for(WEIGH)
        if each.startswith(area) or area.startswith(each)
    ]
    ids, areas, held = _kept(prefixes)
    counts = counts_of(held)
    before, after = _empty(len(ids)), placed(counts, weights, len(ids))
    for town, mask in Weighings().by_town(areas):
        found = placed({code: count[mask] for code, count in counts.items()}, town, int(mask.sum()))
        for name in ("score", "urgency", "red", "place"):
            getattr(before, name)[mask] = getattr(found, name)
    return _compared(user, ids, before, after, first)


def _kept(prefixes: list[str]) -> tuple[list[str], Numbers, list[dict[str, list[Any]]]]:
    rows = [
        row
        for prefix in prefixes
        for row in bulk.select(
            "SELECT household_id, area_code, CAST(reasons AS text) FROM needs_houseneed "
            "WHERE area_code >= %s AND area_code <= %s",
            bounds(prefix),
        )
    ]
    ids = [bulk.hexed(row[0]) for row in rows]
    return ids, np.array([row[1] for row in rows], "U8"), [bulk.from_json(row[2]) for row in rows]


def _empty(size: int) -> Placed:
    return Placed(np.zeros(size, np.int32), np.zeros(size, np.int16), np.zeros(size, bool), np.zeros(size, np.int32))


def _order(found: Placed, ids: list[str]) -> Numbers:
    """The place of each in the list, 1 for the first; those alike by their ids, as the list has them."""
    order = np.lexsort((np.array(ids), found.place))
    places = np.empty(len(ids), np.int64)
    places[order] = np.arange(1, len(ids) + 1)
    return places


def _compared(user: "User", ids: list[str], before: Placed, after: Placed, first: int) -> Preview:
    then, now = _order(before, ids), _order(after, ids)
    steps = then - now
    into = np.flatnonzero((now <= first) & (then > first))
    out = np.flatnonzero((then <= first) & (now > first))
    far = np.argsort(-np.abs(steps), kind="stable")[:LISTED]
    far = far[steps[far] != 0]
    listed = {ids[row] for part in (into[:LISTED], out[:LISTED], far) for row in part.tolist()}
    houses = {house.pk.hex: house for house in visible_households(user).filter(pk__in=listed)}

    def movers(rows: Numbers) -> list[Mover]:
        return [
            Mover(
                houses[ids[row]], int(then[row]), int(now[row]), int(before.score[row]), int(after.score[row]),
                int(before.urgency[row]), int(after.urgency[row]),
            )
            for row in rows[:LISTED].tolist()
            if ids[row] in houses
        ]  # fmt: skip

    return Preview(
        assessed=len(ids),
        first=first,
        moved_up=int((steps > 0).sum()),
        moved_down=int((steps < 0).sum()),
        unchanged=int((steps == 0).sum()),
        into=movers(into[np.argsort(now[into])]),
        out=movers(out[np.argsort(then[out])]),
        biggest=movers(far),
        urgency_before={each: int((before.urgency == each).sum()) for each in URGENCIES},
        urgency_after={each: int((after.urgency == each).sum()) for each in URGENCIES},
        red_before=int(before.red.sum()),
        red_after=int(after.red.sum()),
        more=max(0, len(into) - LISTED) + max(0, len(out) - LISTED),
    )
