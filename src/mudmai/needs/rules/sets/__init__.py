"""Sets of indicators as data: what each asks, of whom, and how its result follows from facts."""

from typing import Any

from mudmai.needs.rules.sets.model import Indicator, IndicatorSet, Number, NumberRow, Rule
from mudmai.needs.rules.sets.reading import DIMENSIONS, Checked, whole
from mudmai.needs.rules.sets.reading import check as check_body
from mudmai.needs.rules.sets.shipped import shipped_bodies, shipped_sets, usual_set

__all__ = [
    "DIMENSIONS", "Checked", "Indicator", "IndicatorSet", "Number", "NumberRow", "Rule", "check", "check_body",
    "shipped_bodies", "shipped_sets", "usual_set", "whole_body",
]  # fmt: skip


def check(body: object) -> Checked:
    """Read a set that an office wrote, as TOML text or as the table it holds; it may be based on a shipped one."""
    return check_body(body, bases=shipped_bodies())


def whole_body(body: object) -> dict[str, Any]:
    """The table of a set with all that it takes from the shipped set it is based on."""
    return whole(body, shipped_bodies())
