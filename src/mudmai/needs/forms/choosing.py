"""What the ranked list keeps: choices in the address bar, so that a filtered list can be kept as a bookmark."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import Scope
from mudmai.access.rules import DataClass
from mudmai.needs import queries
from mudmai.needs.rules import priority
from mudmai.needs.rules.words import DIMENSIONS, GROUPS, of_dimension
from mudmai.people import queries as people


class RankForm(forms.Form):
    """Choices of the ranked list. What makes no sense counts as not chosen: a mistyped address still shows a list."""

    area = forms.ChoiceField(label=_("Area"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False)
    group = forms.ChoiceField(label=_("Target group"), required=False)
    dimension = forms.ChoiceField(label=_("Fails in"), required=False)
    reason = forms.ChoiceField(label=_("Reason"), required=False)

    def __init__(self, data: Any, *, scope: Scope, action: str = "people.view") -> None:
        super().__init__(data)
        language = get_language() or "th"
        asked = str(data.get("area") or "")
        chosen = asked if asked.isdecimal() and len(asked) in {2, 4, 6, 8} else ""
        urgencies = [(str(each), priority.urgency_label(each)) for each in priority.URGENCIES]
        seen = [each for each in DataClass.values if scope.sees(each)]
        reasons = [
            (code, reason.label(language)) for code, reason in priority.reasons().items() if reason.may_be_named(seen)
        ]
        dimensions = [(code, label) for code, label in DIMENSIONS.items() if scope.sees(of_dimension(code))]
        self._offer("area", _("All my areas"), people.area_choices(scope, action, chosen))
        self._offer("urgency", _("Any urgency"), [("red", _("Red cases")), *urgencies])
        self._offer("group", _("All groups"), list(GROUPS.items()))
        self._offer("dimension", _("All dimensions"), dimensions)
        self._offer("reason", _("Any reason"), reasons)
        self.full_clean()

    def _offer(self, name: str, every: Any, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", every), *choices]

    def chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    def keep(self) -> "queries.NeedFilter":
        urgency = self.chosen("urgency")
        return queries.NeedFilter(
            area=self.chosen("area"),
            urgency=int(urgency) if urgency.isdecimal() else 0,
            red=urgency == "red",
            group=self.chosen("group"),
            dimension=self.chosen("dimension"),
            reason=self.chosen("reason"),
        )

    def in_words(self) -> list[str]:
        """What was chosen, for the heading of a print-out, an export and the log."""
        words = []
        for name, field in self.fields.items():
            value = self.chosen(name)
            if value and isinstance(field, forms.ChoiceField):
                words.append(str(dict(field.choices).get(value, value)).strip())  # type: ignore[arg-type]
        return words
