"""Actions: the door for other modules."""

from mudmai.needs.services.assessing import assess_all, assess_daily, assess_due, assess_houses, assess_stale, note_due
from mudmai.needs.services.layouts import LayoutRefused, keep_layout
from mudmai.needs.services.looks import looked_at_house
from mudmai.needs.services.sets import SetRefused, keep_set, use_set
from mudmai.needs.services.snapshots import NotAPastDay, fill_snapshot, keep_monthly, snapshot_wanted, take_snapshot
from mudmai.needs.services.weighing import weigh, weighed

__all__ = [
    "LayoutRefused",
    "NotAPastDay",
    "SetRefused",
    "assess_all",
    "assess_daily",
    "assess_due",
    "assess_houses",
    "assess_stale",
    "fill_snapshot",
    "keep_layout",
    "keep_monthly",
    "keep_set",
    "looked_at_house",
    "note_due",
    "snapshot_wanted",
    "take_snapshot",
    "use_set",
    "weigh",
    "weighed",
]
