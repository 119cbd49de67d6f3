"""What a map of areas can show: numbers of the people who live there, and of what they need."""

from collections.abc import Collection
from typing import NamedTuple, TypeVar

from django.utils.functional import Promise

from mudmai.access.queries import Scope
from mudmai.kernel import clock
from mudmai.needs import queries as needs
from mudmai.needs.rules import measures as need_measures
from mudmai.pages.rules.shading import MEASURES, value_of
from mudmai.people import queries as people
from mudmai.places.rules import Shading, shades

Numbers = TypeVar("Numbers")


class Painting(NamedTuple):
    """Areas of one length painted by one number; `words` is what stands on each, `page` where a press leads."""

    label: Promise
    shading: Shading
    words: dict[str, str]
    page: str


def measures() -> dict[str, Promise]:
    """Everything that a map can show, by the name that stands in the address."""
    return MEASURES | {key: measure.label for key, measure in need_measures.MEASURES.items()}


def painting(scope: Scope, prefix: str, length: int, measure: str) -> Painting | None:
    """The areas of `length` digits inside `prefix` of which the user sees numbers; None for a measure that is none."""
    prefixes = scope.prefixes_for("counts.view")
    if measure in MEASURES:
        found = _inside(people.numbers_by_child(prefix, length, clock.today()), prefixes, length)
        values = {code: value_of(numbers, measure) for code, numbers in found.items()}
        sign = "%" if measure.endswith("_percent") else ""
        words = {code: f"{value:,}{sign}" for code, value in values.items()}
        return Painting(MEASURES[measure], shades(values), words, "pages:area")
    if measure in need_measures.MEASURES:
        return _of_needs(scope, prefix, length, measure)
    return None


def _of_needs(scope: Scope, prefix: str, length: int, measure: str) -> Painting:
    """Areas where nobody was assessed stay without a colour, and small numbers for whoever sees no person."""
    wanted = need_measures.MEASURES[measure]
    found = _inside(needs.needs_by_child(prefix, length), scope.prefixes_for("counts.view"), length)
    told = {code: value for code, numbers in found.items() if (value := wanted.value(numbers)) is not None}
    few = needs.few_in({code: wanted.houses(numbers) for code, numbers in found.items()}, scope, wanted)
    words = {code: wanted.words(value, few=code in few) for code, value in told.items()}
    open_ = {code: value for code, value in told.items() if code not in few}
    return Painting(wanted.label, shades(open_), words, "needs:area_of")


def _inside(numbers: dict[str, Numbers], prefixes: Collection[str], length: int) -> dict[str, Numbers]:
    """Without those who are known only to live somewhere above: no outline is theirs."""
    return {
        key: found
        for key, found in numbers.items()
        if len(key) == length and any(key.startswith(prefix) for prefix in prefixes)
    }
