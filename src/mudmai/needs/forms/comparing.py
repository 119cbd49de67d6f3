"""Which two registers are compared, and where."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import Scope
from mudmai.needs.rules import comparing as rules
from mudmai.people import queries as people

NEWEST_LISTS = 20


class CompareForm(forms.Form):
    """Two sides and an area, in the address, so that a comparison can be kept as a bookmark."""

    a = forms.ChoiceField(label=_("First"))
    b = forms.ChoiceField(label=_("Second"))
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, data: Any, *, scope: Scope, area: str, lists: list[Any]) -> None:
        super().__init__(data, initial={"area": area})
        choices = sides(lists)
        for name in ("a", "b"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Choose…")), *choices]
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All my areas")), *people.area_choices(scope, "counts.view", area)]


def sides(lists: list[Any]) -> list[tuple[Any, list[tuple[str, str]]]]:
    """What can be a side, in groups: (label, [(code, words)])."""
    language = get_language() or "th"

    def group(what: str, codes: list[str]) -> list[tuple[str, str]]:
        terms = [rules.Term(what, code) for code in codes]
        return [(str(term), rules.label_of(term, language)) for term in terms]

    return [
        (_("What is known"), group(rules.FACT, rules.facts_compared())),
        (_("What was found here"), group(rules.NEED, rules.needs_compared())),
        (_("Where the person is"), group(rules.STATE, list(rules.STATES))),
        (_("Newest list of a kind"), group(rules.KIND, rules.kinds_compared())),
        (_("One list"), [(f"{rules.LIST}:{batch.pk.hex}", str(batch)) for batch in lists[:NEWEST_LISTS]]),
    ]
