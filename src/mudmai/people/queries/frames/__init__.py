"""Everybody as columns of numbers, for assessment: rules are then worked out for a million people at once."""

from mudmai.people.queries.frames.asking import frame
from mudmai.people.queries.frames.closing import CompleteList, complete_lists
from mudmai.people.queries.frames.columns import STATUSES, UNTOLD_DAY, Columns, Frame, code_index, day_number

__all__ = [
    "STATUSES",
    "UNTOLD_DAY",
    "Columns",
    "CompleteList",
    "Frame",
    "code_index",
    "complete_lists",
    "day_number",
    "frame",
]
