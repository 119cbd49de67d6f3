"""Cutting long work over areas into steps of about the same size."""

from collections.abc import Iterator, Mapping, Sequence

# More areas than this make one question to the database too long.
MOST_AREAS = 200


def steps(areas: Sequence[str], houses: Mapping[str, int], at_once: int) -> Iterator[list[str]]:
    """The areas some at a time, in their order, so that each step holds about so many houses.

    >>> list(steps(["a", "b", "c"], {"a": 3, "b": 2, "c": 1}, 4))
    [['a'], ['b', 'c']]
    """
    step: list[str] = []
    size = 0
    for area in areas:
        if step and (size + houses.get(area, 0) > at_once or len(step) == MOST_AREAS):
            yield step
            step, size = [], 0
        step.append(area)
        size += houses.get(area, 0)
    if step:
        yield step
