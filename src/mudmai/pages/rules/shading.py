"""How areas are coloured: five classes of equal size in values, from light to dark."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CLASSES = 5
# What a map of areas can show: attribute of the numbers (or name of a fact) and its words.
MEASURES: dict[str, Promise] = {
    "elderly_percent": _("People aged 60 and over (%)"),
    "bedridden": _("Bedridden people"),
    "disabled": _("Registered disabled people"),
    "tpmap": _("On the TPMAP list of the poor"),
    "pinned_percent": _("Houses with a pin (%)"),
    "people": _("People"),
}


class Shading(NamedTuple):
    """Value and class (0–4) of each area."""

    values: dict[str, int]
    step: int

    def class_of(self, code: str) -> int:
        return min(CLASSES - 1, self.values.get(code, 0) // self.step)

    def legend(self, title: Any) -> dict[str, Any]:
        """Title and rows of the map's legend."""
        rows = [
            {"class": number, "label": f"{number * self.step:,}–{(number + 1) * self.step - 1:,}"}
            for number in range(CLASSES - 1)
        ]
        last = CLASSES - 1
        return {
            "title": str(title),
            "rows": [*rows, {"class": last, "label": str(_("%(n)s and more")) % {"n": f"{last * self.step:,}"}}],
        }


def shades(numbers: Mapping[str, Any], measure: str) -> Shading:
    """Classes with round borders that hold the largest value in the last one."""
    values = {code: value_of(each, measure) for code, each in numbers.items()}
    return Shading(values, round_step(max(values.values(), default=0)))


def value_of(numbers: Any, measure: str) -> int:
    """One number of an area: a count, a percentage, or how many have a fact."""
    return int(getattr(numbers, measure) if hasattr(numbers, measure) else numbers.facts.get(measure, 0))


def round_step(largest: int) -> int:
    """The width of a class: 1, 2 or 5 times a power of ten, so that five classes reach the largest value.

    >>> [round_step(n) for n in (0, 4, 9, 23, 100, 730)]
    [1, 1, 2, 5, 50, 200]
    """
    step = 1
    for factor in (1, 2, 5):
        if largest < CLASSES * factor:
            return factor
    while True:
        step *= 10
        for factor in (1, 2, 5):
            if largest < CLASSES * factor * step:
                return factor * step
