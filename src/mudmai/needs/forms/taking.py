"""What a list that leaves as a file is for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mudmai.access.rules import PURPOSES
from mudmai.people.services import FORMS_OF_FILES


class TakeForm(forms.Form):
    """The purpose, which the log keeps, and the form of the file."""

    purpose = forms.ChoiceField(
        label=_("What for (kept in the log)"),
        choices=[("", _("Choose…")), *((code, purpose.label) for code, purpose in PURPOSES.items())],
        error_messages={"required": _("Say what the list is for: the law asks for a purpose.")},
    )
    format = forms.ChoiceField(
        label=_("Form of the file"), choices=list(FORMS_OF_FILES.items()), initial="xlsx", widget=forms.RadioSelect
    )
