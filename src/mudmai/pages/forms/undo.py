"""Why a list is taken back or put back."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UndoForm(forms.Form):
    """The reason, which stays with the decision."""

    reason = forms.CharField(label=_("Why (kept with the decision)"), max_length=200, required=False)
