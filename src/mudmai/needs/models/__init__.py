"""What assessment of needs remembers: sets of indicators, weights, and what follows from them for each house."""

from mudmai.needs.models.layouts import Layout
from mudmai.needs.models.sets import IndicatorSet
from mudmai.needs.models.store import Assessed, Due, Edition, HouseNeed, NeedTally, Snapshot, SnapshotRow, Weighing

__all__ = [
    "Assessed",
    "Due",
    "Edition",
    "HouseNeed",
    "IndicatorSet",
    "Layout",
    "NeedTally",
    "Snapshot",
    "SnapshotRow",
    "Weighing",
]
