"""What the values of parameters are measured in, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

UNITS: dict[str, Promise] = {
    "baht": _lazy("baht"),
    "baht/house": _lazy("baht a house"),
    "baht/month": _lazy("baht a month"),
    "baht/month by years of age": _lazy("baht a month"),
    "baht/person/year": _lazy("baht a person and year"),
    "baht/piece": _lazy("baht a piece"),
    "baht/time": _lazy("baht each time"),
    "baht/year": _lazy("baht a year"),
    "deaths_per_1000_a_year": _lazy("deaths a year of 1,000 people"),
    "month of the year": _lazy("month of the year (1–12)"),
    "months": _lazy("months"),
    "pieces/day": _lazy("pieces a day"),
    "points": _lazy("points"),
    "times/fiscal year": _lazy("times a fiscal year"),
    "years": _lazy("years"),
    "years of age": _lazy("years of age"),
}
