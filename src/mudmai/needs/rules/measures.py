"""What a map and a table of areas can show of needs, and which counts are too small to be shown to everybody."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

# Of fewer houses than this a neighbour may guess which ones they are. Source: the usual threshold of official
# statistics (UNECE, Managing Statistical Confidentiality and Microdata Access, 2007: 3 to 10); reviewed 2569-11.
FEWEST = 5


class Measure(NamedTuple):
    """One number of an area: so many houses, or their share among those of whom it is known.

    `counted` and `among` name numbers of `queries.AreaNeeds`: an attribute, or an entry of one as "failed:income".
    """

    label: Promise
    counted: str
    among: tuple[str, ...] = ()
    # Whether a small count tells what is the matter in a house; the totals do not.
    tells: bool = False

    def houses(self, numbers: Any) -> int:
        return picked(numbers, self.counted)

    def value(self, numbers: Any) -> int | None:
        """The number, or the share in percent; None where nobody was assessed, or nothing is known."""
        if not numbers.assessed:
            return None
        if not self.among:
            return self.houses(numbers)
        known = sum(picked(numbers, name) for name in self.among)
        return round(100 * self.houses(numbers) / known) if known else None

    def words(self, value: int | None, *, few: bool = False) -> str:
        """The number as it is read out."""
        if value is None:
            return _("not known")
        if few:
            return _("withheld (few)")
        return f"{value:,}%" if self.among else f"{value:,}"


def picked(numbers: Any, name: str) -> int:
    """The count of this name; 0 where nobody is so."""
    attribute, _colon, entry = name.partition(":")
    found = getattr(numbers, attribute)
    return int(found.get(entry, 0) if entry else found)


def _share(label: Promise, dimension: str) -> Measure:
    return Measure(label, f"failed:{dimension}", (f"failed:{dimension}", f"passed:{dimension}"), tells=True)


# By the name that stands in the address of the page and of the outlines.
MEASURES: dict[str, Measure] = {
    "need_red": Measure(_lazy("Red cases (houses)"), "red"),
    "need_urgent": Measure(_lazy("Very urgent houses"), "urgent"),
    "need_poor_percent": Measure(_lazy("Houses that fail in a dimension (%)"), "poor", ("assessed",)),
    "need_health_percent": _share(_lazy("Houses that fail in health (%)"), "health"),
    "need_living_percent": _share(_lazy("Houses that fail in living (%)"), "living"),
    "need_education_percent": _share(_lazy("Houses that fail in education (%)"), "education"),
    "need_income_percent": _share(_lazy("Houses that fail in income (%)"), "income"),
    "need_access_percent": _share(_lazy("Houses that fail in access to services (%)"), "access"),
    "need_tpmap": Measure(_lazy("Target houses in TPMAP"), "groups:tpmap"),
    "need_missed": Measure(_lazy("Poor houses that TPMAP missed"), "groups:missed"),
    "need_vulnerable": Measure(_lazy("Vulnerable houses"), "groups:vulnerable"),
}
USUAL = "need_poor_percent"


def too_few(counts: Mapping[str, int]) -> frozenset[str]:
    """Which of the parts of a whole are too small to be shown: from one to four; and where that is one part alone,
    the next smallest too, for else the difference to the whole tells it.

    >>> sorted(too_few({"a": 3, "b": 40, "c": 12, "d": 0}))
    ['a', 'c']
    >>> sorted(too_few({"a": 3, "b": 2, "c": 12}))
    ['a', 'b']
    """
    few = {part for part, n in counts.items() if 0 < n < FEWEST}
    if len(few) == 1:
        others = sorted((n, part) for part, n in counts.items() if n >= FEWEST)
        few |= {part for _n, part in others[:1]}
    return frozenset(few)
