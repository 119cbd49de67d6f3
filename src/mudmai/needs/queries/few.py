"""Counts that are too small to be shown to whoever sees numbers but no person."""

from collections.abc import Mapping

from mudmai.access.queries import Scope
from mudmai.needs.rules.measures import Measure, too_few


def few_in(counts: Mapping[str, int], scope: Scope, measure: Measure) -> frozenset[str]:
    """The areas, among all parts of one area, whose count would tell the user of houses that he may not see."""
    if not measure.tells:
        return frozenset()
    return frozenset(code for code in too_few(counts) if not scope.allows("people.view", code))
