"""Working out what a frame of households needs: by the indicators of each office, and the reasons of priority."""

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

import mudmai.needs.rules
from mudmai.kernel import clock
from mudmai.needs.models import IndicatorSet
from mudmai.needs.queries.setting_up import setups
from mudmai.needs.queries.weights import Weighings
from mudmai.needs.rules.assessing import Assessed, assess, codes_of
from mudmai.needs.rules.priority_scoring import Judged, judge
from mudmai.needs.rules.priority_terms import codes as codes_of_terms
from mudmai.people.queries import Frame

# What is kept of each household. Results of other sets than the usual have other columns, so only these are joined.
KEPT = ("letters", "dimensions", "failed", "unsure", "groups", "group_bits", "level", "members")


def codes() -> frozenset[str]:
    """Every catalogue code that assessment reads."""
    return codes_of_terms().union(*(codes_of(setup) for _, setup in setups()))


def judged_of(frame: Frame) -> tuple[Assessed, Judged]:
    """What the indicators say of each household, and which reasons hold."""
    found: Assessed | None = None
    for prefix, setup in setups():
        if found is None:
            found = assess(frame, setup)
        elif (mask := np.char.startswith(frame.houses.area, prefix)).any():
            found = _joined(found, assess(frame, setup), mask)
    assert found is not None, "one set at least holds everywhere"
    return found, judge(frame, found)


def _joined(usual: Assessed, own: Assessed, mask: npt.NDArray[np.bool_]) -> Assessed:
    """The usual results with those of an office's own set in its area."""
    told = {}
    for name in KEPT:
        one, other = getattr(own, name), getattr(usual, name)
        told[name] = np.where(mask.reshape(-1, *[1] * (one.ndim - 1)), one, other)
    return usual._replace(**told)


def stamps_of(areas: Iterable[str]) -> dict[str, str]:
    """{area: what changes whenever it is to be assessed by other rules or weights}."""
    in_use = IndicatorSet.objects.filter(in_use=True, valid_from__lte=clock.today()).order_by("area_code", "id")
    sets = list(in_use.values_list("area_code", "id"))
    weighings = Weighings()
    found = {}
    for area in areas:
        row = weighings.of(area)[1]
        told = f"{_shipped()} {[key for code, key in sets if area.startswith(code)]} {row and row.pk}"
        found[area] = blake2b(told.encode(), digest_size=16).hexdigest()
    return found


@cache
def _shipped() -> str:
    folder = Path(mudmai.needs.rules.__file__).parent
    text = b"".join(path.read_bytes() for path in sorted(folder.rglob("*.toml")))
    return blake2b(text, digest_size=8).hexdigest()
