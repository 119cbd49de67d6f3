"""What is loaded, what is missing, and what does not fit together."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mudmai.places.models import Area, Boundary, Coverage, LocalGovernment, Population
from mudmai.places.queries.areas import prefix_q
from mudmai.places.queries.populations import HOUSES, rollup_differences

_SHOWN = 12


@dataclass(frozen=True)
class Finding:
    """One thing that is missing or does not fit. A `warning` can be lived with, an `error` cannot."""

    level: str
    message: str
    codes: tuple[str, ...] = ()


def totals(prefix: str = "") -> dict[str, int]:
    """How many areas in use of each kind, outlines, local governments and population rows lie inside an area."""
    inside = prefix_q("code", [prefix])
    counted = Area.objects.filter(inside, abolished_on=None).values("kind").annotate(n=Count("code")).order_by("kind")
    found = {row["kind"]: row["n"] for row in counted}
    found["boundaries"] = Boundary.objects.filter(prefix_q("area_id", [prefix])).count()
    found["local_governments"] = LocalGovernment.objects.filter(
        prefix_q("geocode", [prefix]), is_abolished=False
    ).count()
    found["population_rows"] = Population.objects.filter(inside).count()
    return found


def findings(prefix: str = "") -> list[Finding]:
    """What is missing or contradictory about the places inside an area."""
    if not Area.objects.filter(level=1).exists():
        return [Finding("error", _("The national list of areas is not loaded. Run: mudmai migrate"))]
    return [*_orphans(prefix), *_without_boundary(prefix), *_coverage_gaps(), *_rollups(prefix)]


def _orphans(prefix: str) -> list[Finding]:
    villages = Area.objects.filter(prefix_q("code", [prefix]), kind="village", abolished_on=None)
    lost = villages.exclude(parent_code__in=Area.objects.filter(level=3, abolished_on=None).values("code"))
    codes = tuple(lost.order_by("code").values_list("code", flat=True))
    message = ngettext(
        "%(n)s village stands under a tambon that is not in use.",
        "%(n)s villages stand under tambons that are not in use.",
        len(codes),
    )
    return [Finding("error", message % {"n": len(codes)}, codes[:_SHOWN])] if codes else []


def _without_boundary(prefix: str) -> list[Finding]:
    found = []
    for level, label in ((1, _("provinces")), (2, _("districts")), (3, _("tambons"))):
        areas = Area.objects.filter(prefix_q("code", [prefix]), level=level, abolished_on=None)
        bare = tuple(areas.filter(boundary=None).order_by("code").values_list("code", flat=True))
        if bare:
            message = _("%(n)s of %(all)s %(areas)s have no boundary; the map cannot show them.")
            words = {"n": len(bare), "all": areas.count(), "areas": label}
            found.append(Finding("warning", message % words, bare[:_SHOWN]))
    return found


def _coverage_gaps() -> list[Finding]:
    known = Area.objects.filter(level=3, abolished_on=None).values("code")
    lost = tuple(Coverage.objects.exclude(area_code__in=known).values_list("area_code", flat=True).distinct())
    message = _("%(n)s tambons that local governments cover are not in use.")
    return [Finding("warning", message % {"n": len(lost)}, lost[:_SHOWN])] if lost else []


def _rollups(prefix: str) -> list[Finding]:
    found = []
    persons, houses = tuple(rollup_differences(prefix)), tuple(rollup_differences(prefix, HOUSES))
    if persons:
        message = _("The population of %(n)s areas is not the sum of their tambons.")
        found.append(Finding("error", message % {"n": len(persons)}, persons[:_SHOWN]))
    if houses:
        message = _("The printed number of houses of %(n)s areas is not the sum of their tambons.")
        found.append(Finding("warning", message % {"n": len(houses)}, houses[:_SHOWN]))
    return found
