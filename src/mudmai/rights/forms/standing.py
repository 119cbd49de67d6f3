"""Choices of work lists, notices and letters: in the address bar, so that a list can be kept as a bookmark."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import Scope
from mudmai.access.rules import PURPOSES
from mudmai.people.queries import area_choices
from mudmai.people.services import FORMS_OF_FILES
from mudmai.rights import queries

FINDINGS = {
    "missed": _("Entitled, does not receive"),
    "over": _("Receives, entitlement to be checked"),
    "unknown": _("Nobody can tell yet"),
    "paid": _("Entitled and receives"),
}


class ChoiceForm(forms.Form):
    """What makes no sense counts as not chosen: a mistyped address still shows a list."""

    def offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def offer_areas(self, data: Any, scope: Scope, action: str) -> None:
        asked = str(data.get("area") or "")
        chosen = asked if asked.isdecimal() and len(asked) in {2, 4, 6, 8} else ""
        self.offer("area", [("", _("All my areas")), *area_choices(scope, action, chosen)])

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


class WorklistForm(ChoiceForm):
    """What a work list keeps."""

    finding = forms.ChoiceField(label=_("Finding"), choices=list(FINDINGS.items()), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    lacks = forms.ChoiceField(
        label=_("Paper"), choices=[("", _("All")), ("yes", _("Only a paper is missing"))], required=False
    )

    def __init__(self, data: Any, *, scope: Scope, action: str = "people.view") -> None:
        super().__init__(data)
        language = get_language() or "th"
        seen = queries.seen_programmes(scope, action)
        programmes = [(code, programme.label(language)) for code, programme in seen.items()]
        self.offer("programme", [("", _("All programmes")), *programmes])
        self.offer_areas(data, scope, action)
        self.full_clean()

    def keep(self) -> queries.Worklist:
        return queries.Worklist(
            area=self.chosen("area"),
            programme=self.chosen("programme"),
            finding=self.chosen("finding") or "missed",
            lacks=self.chosen("lacks"),
        )


class AlertForm(ChoiceForm):
    """Which kind of notices, and where."""

    kind = forms.ChoiceField(label=_("What is coming"), required=False, widget=forms.HiddenInput)
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, data: Any, *, scope: Scope, kinds: list[tuple[str, Any]], action: str = "people.view") -> None:
        super().__init__(data)
        self.offer("kind", kinds)
        self.offer_areas(data, scope, action)
        self.full_clean()


class TakeForm(forms.Form):
    """What a list that leaves as a file is for, which the log keeps, and the form of the file."""

    purpose = forms.ChoiceField(
        label=_("What for (kept in the log)"),
        choices=[("", _("Choose…")), *((code, purpose.label) for code, purpose in PURPOSES.items())],
        error_messages={"required": _("Say what the list is for: the law asks for a purpose.")},
    )
    format = forms.ChoiceField(
        label=_("Form of the file"), choices=list(FORMS_OF_FILES.items()), initial="xlsx", widget=forms.RadioSelect
    )
