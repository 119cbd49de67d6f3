"""What a list keeps: choices in the address bar, so that a filtered list can be kept as a bookmark."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import Scope
from mudmai.kernel import clock
from mudmai.people import queries as people
from mudmai.people.queries import area_choices
from mudmai.people.rules.catalogue import catalogue

AGES: dict[str, tuple[int, int | None]] = {
    "0-14": (0, 14),
    "15-59": (15, 59),
    "60-69": (60, 69),
    "70-79": (70, 79),
    "80-89": (80, 89),
    "90": (90, None),
    "60": (60, None),
}
AGE_CHOICES = [
    ("", _("Any age")),
    ("0-14", _("0–14 years")),
    ("15-59", _("15–59 years")),
    ("60", _("60 and over")),
    ("60-69", _("60–69 years")),
    ("70-79", _("70–79 years")),
    ("80-89", _("80–89 years")),
    ("90", _("90 and over")),
]
FACTS = {
    "bedridden": _("Bedridden"),
    "homebound": _("Homebound"),
    "disabled": _("Registered disabled"),
    "old_age_allowance": _("Get the old-age allowance"),
    "disability_allowance": _("Get the disability allowance"),
    "tpmap": _("On the TPMAP list of the poor"),
    "welfare_card": _("Hold a state welfare card"),
    "absent": _("Registered but absent"),
    "self_harm": _("Need mental health care at once"),
}
SEXES = [("", _("Men and women")), ("m", _("Men")), ("f", _("Women"))]
STATUSES = [
    ("alive", _("Alive, living here")),
    ("left", _("Left the register, to be checked")),
    ("moved", _("Moved away")),
    ("dead", _("Dead")),
    ("any", _("All")),
]
PINS = [("", _("With and without a pin")), ("yes", _("With a pin")), ("no", _("Without a pin"))]
EMPTY = [("", _("All")), ("yes", _("Nobody lives there"))]


class FilterForm(forms.Form):
    """Choices of a list. What makes no sense counts as not chosen: a mistyped address still shows a list."""

    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, data: Any, *, scope: Scope, action: str = "people.view") -> None:
        super().__init__(data)
        asked = str(data.get("area") or "")
        chosen = asked if asked.isdecimal() and len(asked) in {2, 4, 6, 8} else ""
        choices = [("", _("All my areas")), *area_choices(scope, action, chosen)]
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)
        area.choices = choices
        self.limit(scope)
        self.full_clean()

    def limit(self, scope: Scope) -> None:
        """Leave out what the user may not ask for."""

    def chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    def in_words(self) -> list[str]:
        """What was chosen, for the heading of a print-out, an export and the log."""
        words = []
        for name, field in self.fields.items():
            value = self.chosen(name)
            if value and isinstance(field, forms.ChoiceField):
                words.append(str(dict(field.choices).get(value, value)).strip())  # type: ignore[arg-type]
        return words


class PersonFilterForm(FilterForm):
    """What a list of persons keeps."""

    sex = forms.ChoiceField(label=_("Sex"), choices=SEXES, required=False)
    age = forms.ChoiceField(label=_("Age"), choices=AGE_CHOICES, required=False)
    fact = forms.ChoiceField(label=_("What lists say"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=STATUSES, required=False)

    def limit(self, scope: Scope) -> None:
        attributes = catalogue().attributes
        seen = [
            (code, label)
            for code, label in FACTS.items()
            if scope.sees(str(attributes[people.FACT_FILTERS[code][0]].data_class))
        ]
        fact = self.fields["fact"]
        assert isinstance(fact, forms.ChoiceField)
        fact.choices = [("", _("Everybody")), *seen]

    def keep(self) -> people.PersonFilter:
        status = self.chosen("status") or "alive"
        born_from, born_until = birth_range(self.chosen("age"), clock.today())
        return people.PersonFilter(
            area=self.chosen("area"),
            sex=self.chosen("sex"),
            born_from=born_from,
            born_until=born_until,
            status="" if status == "any" else status,
            fact=self.chosen("fact"),
        )


class HouseholdFilterForm(FilterForm):
    """What a list of households keeps."""

    pin = forms.ChoiceField(label=_("Pin"), choices=PINS, required=False)
    empty = forms.ChoiceField(label=_("People"), choices=EMPTY, required=False)

    def keep(self) -> people.HouseholdFilter:
        return people.HouseholdFilter(area=self.chosen("area"), pin=self.chosen("pin"), empty=self.chosen("empty"))


def birth_range(band: str, today: date) -> tuple[str, str]:
    """The first and the last day of birth (ISO) of a band of ages in whole years; "" where there is no bound.

    >>> birth_range("60-69", date(2026, 11, 2))
    ('1956-11-03', '1966-11-02')
    """
    if band not in AGES:
        return "", ""
    youngest, oldest = AGES[band]
    until = f"{today.year - youngest:04d}{today:-%m-%d}"
    first = "" if oldest is None else f"{today.year - oldest - 1:04d}{_next_day(today)}"
    return first, until


def _next_day(today: date) -> str:
    """The month and day after today's, as text; "31" after every 30th is harmless, for no birthday lies on it."""
    return f"-{today.month:02d}-{today.day + 1:02d}"
