"""By what the households of each area are measured: the usual set, or one that its office brought in and put to use."""

from datetime import datetime
from functools import lru_cache

from mudmai.kernel import clock
from mudmai.needs.models import IndicatorSet as Kept
from mudmai.needs.rules.assessing import Setup, setup
from mudmai.needs.rules.sets import check
from mudmai.needs.rules.targets import read_targets


def setups() -> list[tuple[str, Setup]]:
    """(area, what its households are measured by), larger areas first; the first, of area "", holds everywhere else."""
    rows = Kept.objects.filter(in_use=True, valid_from__lte=clock.today()).order_by("valid_from", "id")
    in_use = {area: (key, made_at) for area, key, made_at in rows.values_list("area_code", "id", "made_at")}
    found = [("", setup())] if "" not in in_use else []
    found += [(area, _of_office(*in_use[area])) for area in sorted(in_use, key=lambda area: (len(area), area))]
    return found


def setup_of(area: str) -> Setup:
    """What holds in an area: that of the smallest area around it."""
    return [found for prefix, found in setups() if area.startswith(prefix)][-1]


@lru_cache(maxsize=64)
def _of_office(key: int, made_at: datetime) -> Setup:
    """A kept set never changes, so it is read once. One that can no longer be read gives way to the usual one."""
    body = Kept.objects.values_list("body", flat=True).get(id=key)
    found, _faults = check(body)
    targets, _wrong = read_targets(body.get("targets", {}))
    return setup(found, targets)
