"""Setting the points of a town: kept for good, dated, and followed by a new order of its households."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.needs.models import Weighing
from mudmai.needs.rules.priority import WeightsRefused, checked_points

if TYPE_CHECKING:
    from mudmai.accounts.models import User

WEIGH = "needs.weigh"
# Sent when the weights of an area changed; the jobs of the module listen.
weighed = Signal()


@transaction.atomic
def weigh(
    *, by: "User", area_code: str, points: Mapping[str, int], note: str = "", valid_from: date | None = None
) -> Weighing:
    """Set the points of an area from a day on. What is not named counts as usual.

    Raises NotAllowed, WeightsRefused.
    """
    access.require(by, WEIGH, area_code)
    day = valid_from or clock.today()
    told = checked_points(points, get_language() or "th")
    if day < clock.today():
        raise WeightsRefused(_("Weights hold from today on, or from a later day: what was is not weighed anew."))
    kept = Weighing.objects.create(area_code=area_code, valid_from=day, points=told, note=note.strip()[:300], by=by)
    audit.record(by, "needs.weights.set", "weights", kept.pk, area_code=area_code, points=told, day=day.isoformat())
    weighed.send(sender=None, area=area_code)
    return kept
