"""What leaves the registry as a file: which columns, for what purpose, in which form."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import Scope
from mudmai.access.rules import DataClass
from mudmai.pages.forms.fields import PurposeField
from mudmai.pages.rules.exports import FORMATS, PERSONS
from mudmai.people.rules.catalogue import Attribute, catalogue

# Ties and the id have columns of their own, or none.
NOT_COLUMNS = {"cid", "lives_at", "registered_at", "caregiver_of", "listed_area", "in_civil_register", "area"}
# Ticked at first: what a list on a desk needs.
USUAL = {"title", "given_name", "family_name", "sex", "birth_date", "house_no", "moo", "village_name", "lat", "lon"}
PROTECTED = (DataClass.HEALTH, DataClass.MENTAL, DataClass.MONEY)


def columns_of(what: str) -> dict[str, Attribute]:
    """Attributes of the catalogue that may be a column of this list, by code."""
    about = "person" if what == PERSONS else "household"
    return {
        code: attribute
        for code, attribute in catalogue().attributes.items()
        if attribute.applies == about
        and not (attribute.is_input_only or attribute.is_guarded)
        and code not in NOT_COLUMNS
    }


class ExportForm(forms.Form):
    """Asks no more than the user may see; the purpose is kept in the log."""

    format = forms.ChoiceField(
        label=_("Form of the file"), choices=list(FORMATS.items()), initial="xlsx", widget=forms.RadioSelect
    )
    purpose = PurposeField()
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one column.")},
    )

    def __init__(self, data: Any, *, what: str, scope: Scope) -> None:
        super().__init__(data)
        language = get_language() or "th"
        offered = {
            code: attribute
            for code, attribute in columns_of(what).items()
            if scope.prefixes_for("people.export", str(attribute.data_class))
        }
        columns = self.fields["columns"]
        assert isinstance(columns, forms.MultipleChoiceField)
        columns.choices = [(code, attribute.label(language)) for code, attribute in offered.items()]
        columns.initial = [code for code in offered if code in USUAL]
        self.offered = offered
        if what == PERSONS and scope.prefixes_for("people.see_full_id"):
            self.fields["full_id"] = forms.BooleanField(
                label=_("The whole 13-digit id, where I may see it (each use is logged)"), required=False
            )

    def groups(self) -> list[dict[str, Any]]:
        """The columns by class of data: {label, protected, boxes}; for the page."""
        boxes = {box.data["value"]: box for box in self["columns"].subwidgets}
        found = []
        for data_class in DataClass:
            inside = [boxes[code] for code, each in self.offered.items() if each.data_class == data_class]
            if inside:
                found.append({"label": data_class.label, "protected": data_class in PROTECTED, "boxes": inside})
        return found
