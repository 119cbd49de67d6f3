"""The day to look at something: a date in the address bar, as people write it."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from mudmai.pages.forms.fields import DayField


class DayForm(forms.Form):
    """The day asked for; what is no day is told as an error and counts as today."""

    on = DayField(label=_("As of"))

    def day(self) -> date | None:
        found = self.cleaned_data.get("on") if self.is_valid() else None
        return found if isinstance(found, date) else None

    def typed(self) -> str:
        return str(self.data.get("on") or "")[:30]

    def wrong(self) -> str:
        """What is wrong with the day, in a sentence; "" where nothing is."""
        return str(next(iter(self.errors.get("on", [])), ""))
