"""Takes loaded places away again."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mudmai.audit.services import record
from mudmai.kernel.errors import BadInput
from mudmai.places.models import Area, Boundary, LocalGovernment, Population
from mudmai.places.queries import prefix_q
from mudmai.places.services.editions import AREAS, BOUNDARIES, mark_changed

REMOVABLE = ("boundaries", "villages", "communities", "local_governments", "population")


@transaction.atomic
def remove(kind: str, prefix: str = "") -> int:
    """Remove what was loaded of one kind inside an area, or everywhere; how many rows went. Raises BadInput.

    Records keep their area codes: only names, outlines and counts go. The national list is never removed.
    """
    rows = _rows(kind, prefix)
    count = rows.count()
    rows.delete()
    mark_changed(BOUNDARIES)
    if kind != "boundaries":
        mark_changed(AREAS)
    record(None, "places.file.removed", "places", kind, area_code=prefix, rows=count)
    return count


def _rows(kind: str, prefix: str) -> QuerySet[Any]:
    if kind == "boundaries":
        return Boundary.objects.filter(prefix_q("area_id", [prefix]))
    if kind == "villages":
        return Area.objects.filter(prefix_q("code", [prefix]), kind="village")
    if kind == "communities":
        return Area.objects.filter(prefix_q("code", [prefix]), kind="community")
    if kind == "local_governments":
        return LocalGovernment.objects.filter(prefix_q("geocode", [prefix]))
    if kind == "population":
        return Population.objects.filter(prefix_q("code", [prefix]))
    raise BadInput(
        _("%(kind)s cannot be removed. Choose one of: %(kinds)s.") % {"kind": kind, "kinds": ", ".join(REMOVABLE)}
    )
