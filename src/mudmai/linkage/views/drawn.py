"""A drawing of how scores lie, as numbers for an SVG: one column for each band, and one for rows without a score."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from mudmai.linkage.rules.bands import BANDS, band_of

WIDE, HIGH, BAR, STEP = 480, 140, 26, 32
LEFT = 8


class Bar(NamedTuple):
    """One part of one column."""

    x: int
    y: float
    height: float
    outcome: str


class Chart(NamedTuple):
    """Bars, and where the thresholds stand."""

    wide: int
    high: int
    bar: int
    bars: list[Bar]
    ask: int
    sure: int


def chart_of(counts: Mapping[str, list[int]], rows: int, *, ask: float, sure: float) -> Chart:
    """Heights are the square roots of the shares: nearly all rows are sure, and the few unsure must be seen.

    >>> chart = chart_of({"linked": [0] * 12 + [96], "asked": [0] * 5 + [4] + [0] * 7, "new": [0] * 13}, 100,
    ...                  ask=0.3, sure=0.99)
    >>> [(bar.outcome, round(bar.height)) for bar in chart.bars]
    [('asked', 28), ('linked', 137)]
    """
    bars = []
    if rows and (new := sum(counts["new"])):
        bars.append(_bar(LEFT, 0.0, math.sqrt(new / rows), "new"))
    for band in range(len(BANDS)):
        total = sum(counts[outcome][band] for outcome in ("linked", "asked"))
        if not rows or not total:
            continue
        height, below = math.sqrt(total / rows), 0.0
        for outcome in ("asked", "linked"):
            part = height * counts[outcome][band] / total
            if part:
                bars.append(_bar(_left_of(band), below, part, outcome))
            below += part
    gap = (STEP - BAR) // 2
    lines = [_left_of(band_of(edge)) - gap for edge in (ask, sure)]
    return Chart(WIDE, HIGH, BAR, bars, *lines)


def _left_of(band: int) -> int:
    return LEFT + STEP * (band + 1) + 12


def _bar(x: int, below: float, part: float, outcome: str) -> Bar:
    height = round(part * HIGH, 1)
    return Bar(x, round(HIGH - below * HIGH - height, 1), height, outcome)
