"""Which lines of the log to show."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mudmai.audit.queries import Wanted
from mudmai.pages.forms.fields import DayField
from mudmai.pages.rules.acts import SUBJECTS


class LogFilterForm(forms.Form):
    """Subject and days; days are typed as people write them."""

    about = forms.ChoiceField(label=_("What about"), required=False, choices=[("", _("Everything")), *SUBJECTS.items()])
    since = DayField(label=_("From (day/month/year)"))
    until = DayField(label=_("To (day/month/year)"))
    object_kind = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    object_id = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def wanted(self) -> Wanted:
        found = self.cleaned_data
        return Wanted(
            action=found.get("about") or "",
            since=found.get("since"),
            until=found.get("until"),
            object_kind=found.get("object_kind") or "",
            object_id=found.get("object_id") or "",
        )
