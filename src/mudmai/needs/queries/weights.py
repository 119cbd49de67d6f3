"""The points that each town gives: what holds where, and what was set before."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mudmai.access.queries import area_q
from mudmai.kernel import clock
from mudmai.needs.models import Weighing
from mudmai.needs.rules.priority import Weights, usual_weights, weights_of
from mudmai.people.queries import scope_of

if TYPE_CHECKING:
    from mudmai.accounts.models import User


class Weighings:
    """The weights of every town on one day: the newest of the narrowest area holds."""

    def __init__(self, on: date | None = None) -> None:
        rows = Weighing.objects.filter(valid_from__lte=on or clock.today()).order_by("valid_from", "id")
        newest = {row.area_code: row for row in rows}
        self.rows = dict(sorted(newest.items(), key=lambda each: (len(each[0]), each[0])))
        self._weights = {area: weights_of(row.points) for area, row in self.rows.items()}

    def of(self, area: str) -> tuple[Weights, Weighing | None]:
        """The weights that hold in an area, and the row that says so; None where nothing was set."""
        found = [each for each in self.rows if area.startswith(each)]
        return (self._weights[found[-1]], self.rows[found[-1]]) if found else (usual_weights(), None)

    def by_town(self, areas: npt.NDArray[Any]) -> Iterator[tuple[Weights, npt.NDArray[np.bool_]]]:
        """The weights, and which of these areas they hold for; each area once."""
        towns = np.full(len(areas), -1)
        for number, area in enumerate(self.rows):
            towns[np.char.startswith(areas, area)] = number
        weights = [usual_weights(), *self._weights.values()]
        for town in np.unique(towns).tolist():
            yield weights[town + 1], towns == town


def weighing_for(area: str, on: date | None = None) -> tuple[Weights, Weighing | None]:
    """The weights that hold in an area, and the row that says so; None where the usual ones hold."""
    return Weighings(on).of(area)


def weighings_of(user: "User", area: str = "") -> list[Weighing]:
    """What was set for an area, for what holds it and for what lies inside, the newest first; in the user's areas."""
    scope = scope_of(user)
    above = [area[:length] for length in range(0, len(area), 2)]
    found = Weighing.objects.filter(area_q([area])) | Weighing.objects.filter(area_code__in=above)
    rows = found.select_related("by").order_by("-valid_from", "-id")
    prefixes = scope.prefixes
    return [row for row in rows if any(_touch(row.area_code, prefix) for prefix in prefixes)]


def _touch(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
