"""Why something is taken back or put back, and where the corrections made meanwhile go."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mudmai.kernel.dates import format_thai_date

if TYPE_CHECKING:
    from mudmai.people.models import Record
    from mudmai.people.services import Changes


class UndoForm(forms.Form):
    """The reason, which stays with the decision."""

    reason = forms.CharField(label=_("Why (kept with the decision)"), max_length=200, required=False)


class TakeBackForm(UndoForm):
    """The same, and for each correction made while two were one, with whom it stays."""

    def __init__(self, data: Any, *, changes: "Changes", names: dict[str, str]) -> None:
        super().__init__(data)
        self.edits = {f"edit_{edit.record.pk.hex}": edit for edit in changes.edits}
        choices = [(key, name or "–") for key, name in names.items()]
        for name, edit in self.edits.items():
            day = format_thai_date(edit.record.observed_on.isoformat())
            label = _("The correction of %(day)s by %(who)s is about")
            words = {"day": day, "who": edit.record.batch.by or "–"}
            self.fields[name] = forms.ChoiceField(
                label=label % words, choices=choices, initial=edit.person, required=False, widget=forms.RadioSelect
            )
        self.order_fields([*self.edits, "reason"])

    def sent_elsewhere(self) -> "dict[Record, str]":
        """The corrections that go with another one than the key they are linked to says."""
        chosen = {name: self.cleaned_data.get(name) for name in self.edits}
        return {self.edits[name].record: key for name, key in chosen.items() if key and key != self.edits[name].person}
