"""Forms of review: what to ask a volunteer, what came back, and the share of second looks."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mudmai.accounts.models import User
from mudmai.kernel import clock
from mudmai.kernel.dates import thai_date
from mudmai.kernel.words import sentence


class InquiryForm(forms.Form):
    """What to find out, and from whom."""

    to = forms.ChoiceField(label=_("Whom to ask"), required=False)
    note = forms.CharField(
        label=_("What to find out"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For instance: does Mrs Malee of house 12/3 also go by the name Malai?"),
        error_messages={"required": _("Write in a few words what the volunteer should find out.")},
    )

    def __init__(self, *args: Any, volunteers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._volunteers = {str(user.pk): user for user in volunteers}
        each = ((key, str(user)) for key, user in self._volunteers.items())
        choices = [("", _("All volunteers of this area")), *each]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them

    @property
    def chosen(self) -> User | None:
        """The volunteer, or None for all of them."""
        return self._volunteers.get(self.cleaned_data["to"])


class ReplyForm(forms.Form):
    """What a volunteer found out, and what follows."""

    reply = forms.CharField(
        label=_("What was found out"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write in a few words what was found out.")},
    )
    told_by = forms.CharField(label=_("Who told it"), max_length=100, required=False)
    answer = forms.ChoiceField(
        label=_("What follows"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("same", _("The same person")),
            ("different", _("Not the same")),
            ("", _("Still not clear: back to the queue")),
        ],
    )


class ShareForm(forms.Form):
    """The share of answers that get a second look, from a day on."""

    percent = forms.DecimalField(label=_("Share in percent"), max_digits=5, decimal_places=2)
    starts_on = forms.CharField(label=_("From"), help_text=_("Day, month and year, as 1/12/2569"))

    def clean_starts_on(self) -> date:
        found = thai_date(self.cleaned_data["starts_on"], today=clock.today())
        if found.problem or found.value is None:
            raise forms.ValidationError(_(sentence(found.problem or "date_unreadable")))
        return found.value.first_day()
