"""Fields that several forms of the screens ask for in the same words."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mudmai.access.rules import PURPOSES
from mudmai.kernel import dates
from mudmai.kernel.clock import today


class DayField(forms.CharField):
    """A day as people write it: 15/11/2569. Its value is a date; None where nothing is typed."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, max_length=30, required=False)

    def clean(self, value: Any) -> date | None:
        typed = super().clean(value)
        if not typed:
            return None
        parsed = dates.thai_date(typed, today=today())
        if parsed.value is None:
            raise forms.ValidationError(_("Write the day like 15/11/2569."))
        return parsed.value.first_day()


class PurposeField(forms.ChoiceField):
    """What a file is for, which the log keeps."""

    def __init__(self) -> None:
        super().__init__(
            label=_("What for (kept in the log)"),
            choices=[("", _("Choose…")), *((code, purpose.label) for code, purpose in PURPOSES.items())],
            error_messages={"required": _("Say what the list is for: the law asks for a purpose.")},
        )
