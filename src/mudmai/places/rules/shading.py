"""How areas are coloured by a number: five classes of equal size in values, from light to dark."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

CLASSES = 5


class Shading(NamedTuple):
    """Value and class (0–4) of each area: the first class begins at `base`, each is `step` wide."""

    values: dict[str, int]
    base: int
    step: int

    def class_of(self, code: str) -> int:
        return max(0, min(CLASSES - 1, (self.values.get(code, 0) - self.base) // self.step))

    def legend(self, title: Any) -> dict[str, Any]:
        """Title and rows of the map's legend."""
        borders = [self.base + number * self.step for number in range(CLASSES)]
        rows = [
            {"class": number, "label": f"{low:,}" if self.step == 1 else f"{low:,}–{low + self.step - 1:,}"}
            for number, low in enumerate(borders[:-1])
        ]
        last = {"class": CLASSES - 1, "label": str(_("%(n)s and more")) % {"n": f"{borders[-1]:,}"}}
        return {"title": str(title), "rows": [*rows, last]}


def shades(values: Mapping[str, int]) -> Shading:
    """Classes with round borders from the smallest value to the largest, so that differences show."""
    smallest, largest = min(values.values(), default=0), max(values.values(), default=0)
    step = round_step(largest - smallest)
    base = smallest // step * step
    while largest >= base + CLASSES * step:  # rounding the base down may have left the largest outside
        step = round_step(CLASSES * step)
        base = smallest // step * step
    return Shading(dict(values), base, step)


def round_step(span: int) -> int:
    """The width of a class: 1, 2 or 5 times a power of ten, so that five classes reach over the span.

    >>> [round_step(n) for n in (0, 4, 9, 23, 100, 730)]
    [1, 1, 2, 5, 50, 200]
    """
    power = 1
    while True:
        for factor in (1, 2, 5):
            if span < CLASSES * factor * power:
                return factor * power
        power *= 10
