"""By what the households of each area are measured: the usual set, or one that its office brought in and put to use."""

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mudmai.kernel import clock
from mudmai.kernel.errors import NotFound
from mudmai.needs.models import IndicatorSet as Kept
from mudmai.needs.rules.assessing import Setup, setup
from mudmai.needs.rules.sets import IndicatorSet, check, shipped_sets
from mudmai.needs.rules.sets.shipped import USUAL
from mudmai.needs.rules.targets import read_targets
from mudmai.people.queries import scope_of

if TYPE_CHECKING:
    from mudmai.accounts.models import User

WEIGH = "needs.weigh"


class SetOffered(NamedTuple):
    """A set of indicators that there is: one that came with the program, or one that an office brought in."""

    key: str  # its code, or the number of the office's row
    set: IndicatorSet
    row: Kept | None
    area_code: str
    in_use: bool
    may_change: bool


def sets_for(user: "User") -> list[SetOffered]:
    """The shipped sets, the usual one first, then what offices around and inside the user's areas brought in."""
    wholly = any(area == "" for area in Kept.objects.filter(in_use=True).values_list("area_code", flat=True))
    shipped = sorted(shipped_sets().values(), key=lambda each: each.code != USUAL)
    found = [SetOffered(each.code, each, None, "", each.code == USUAL and not wholly, False) for each in shipped]
    scope = scope_of(user)
    for row in Kept.objects.select_related("by").order_by("-in_use", "-made_at", "-id"):
        read = check(row.body).set
        if read is not None and any(_touch(row.area_code, prefix) for prefix in scope.prefixes):
            found.append(
                SetOffered(key_of(row), read, row, row.area_code, row.in_use, scope.allows(WEIGH, row.area_code))
            )
    return found


def set_of(user: "User", key: str) -> SetOffered:
    """One of them. Raises NotFound."""
    found = next((each for each in sets_for(user) if each.key == key), None)
    if found is None:
        raise NotFound(_("There is no such set of indicators."))
    return found


def key_of(row: Kept) -> str:
    """By which a set of an office is asked for."""
    return str(row.pk)


def _touch(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


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
