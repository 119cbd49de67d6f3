"""A set of indicators of an office's own, brought in as a file or as text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import Scope
from mudmai.people import queries as people

# A set of 120 indicators with long rules is 100 kB.
LARGEST = 1_000_000


class OwnSetForm(forms.Form):
    """Where the set holds, and the set itself."""

    area = forms.ChoiceField(label=_("Area"), required=False, help_text=_("For which area the set is meant."))
    file = forms.FileField(
        label=_("File of the set (.toml)"), required=False,
        widget=forms.FileInput(attrs={"accept": ".toml,text/plain"}),
    )  # fmt: skip
    body = forms.CharField(
        label=_("Or the set as text"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, data: Any, files: Any = None, *, scope: Scope, action: str, area: str = "") -> None:
        super().__init__(data, files, initial={"area": area})
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        chosen = str((data or {}).get("area") or area)
        field.choices = people.area_choices(scope, action, chosen)
        if "" in scope.prefixes_for(action):
            field.choices = [("", _("The whole country")), *field.choices]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        file = found.get("file")
        if file is not None and file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large for a set of indicators: 1 MB at most."))
        if file is not None:
            try:
                found["body"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise forms.ValidationError(
                    _("This is no text file. Save the set as text in UTF-8, with the ending .toml.")
                ) from None
        if not found.get("body", "").strip():
            raise forms.ValidationError(_("Choose a file, or write the set into the field."))
        return found
