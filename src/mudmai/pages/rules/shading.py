"""What a map of areas can show of the people who live there."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Attribute of the numbers (or name of a fact) and its words.
MEASURES: dict[str, Promise] = {
    "elderly_percent": _("People aged 60 and over (%)"),
    "bedridden": _("Bedridden people"),
    "disabled": _("Registered disabled people"),
    "tpmap": _("On the TPMAP list of the poor"),
    "pinned_percent": _("Houses with a pin (%)"),
    "people": _("People"),
}


def value_of(numbers: Any, measure: str) -> int:
    """One number of an area: a count, a percentage, or how many have a fact."""
    return int(getattr(numbers, measure) if hasattr(numbers, measure) else numbers.facts.get(measure, 0))
