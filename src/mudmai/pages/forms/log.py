"""Which lines of the log to show."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mudmai.audit.queries import Wanted
from mudmai.kernel import dates
from mudmai.kernel.clock import today
from mudmai.pages.rules.acts import SUBJECTS


class LogFilterForm(forms.Form):
    """Subject and days; days are typed as people write them."""

    about = forms.ChoiceField(label=_("What about"), required=False, choices=[("", _("Everything")), *SUBJECTS.items()])
    since = forms.CharField(label=_("From (day/month/year)"), max_length=30, required=False)
    until = forms.CharField(label=_("To (day/month/year)"), max_length=30, required=False)
    object_kind = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    object_id = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def clean_since(self) -> Any:
        return self._day("since")

    def clean_until(self) -> Any:
        return self._day("until")

    def _day(self, name: str) -> Any:
        typed = self.cleaned_data[name]
        if not typed:
            return None
        parsed = dates.thai_date(typed, today=today())
        if parsed.value is None:
            raise forms.ValidationError(_("Write the day like 15/11/2569."))
        return parsed.value.first_day()

    def wanted(self) -> Wanted:
        found = self.cleaned_data
        return Wanted(
            action=found.get("about") or "",
            since=found.get("since"),
            until=found.get("until"),
            object_kind=found.get("object_kind") or "",
            object_id=found.get("object_id") or "",
        )
