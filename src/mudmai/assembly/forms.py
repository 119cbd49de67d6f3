"""Forms of an assembly."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import Scope
from mudmai.access.rules import PURPOSES
from mudmai.assembly.rules.minutes import POSITIONS, USUAL_SIGNERS
from mudmai.kernel import dates
from mudmai.kernel.clock import today
from mudmai.people import queries as people

RUN = "assembly.run"
VILLAGE = 8
# The lists a meeting is asked about, in the words of the meeting.
LISTS: dict[str, Any] = {
    "bedridden": _("bedridden people"),
    "homebound": _("people who cannot leave the house"),
    "disabled": _("people with a disability"),
    "tpmap": _("people on the TPMAP list"),
    "old_age_allowance": _("people who receive the old-age allowance"),
    "disability_allowance": _("people who receive the disability allowance"),
    "welfare_card": _("people with a state welfare card"),
}


class FreezeForm(forms.Form):
    """Which village, which lists, which day."""

    area_code = forms.ChoiceField(label=_("Village"))
    title = forms.CharField(
        label=_("Title of the list"), max_length=200, initial=_("Vulnerable people of the village"),
        help_text=_("As it will stand on the paper."),
    )  # fmt: skip
    facts = forms.MultipleChoiceField(
        label=_("Who is on it"), choices=list(LISTS.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one list.")},
    )  # fmt: skip
    held_on = forms.CharField(label=_("Day of the meeting"), max_length=30)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    purpose = forms.ChoiceField(
        label=_("What for (kept in the log)"),
        choices=[("", _("Choose…")), *((c, p.label) for c, p in PURPOSES.items())],
    )

    def __init__(self, data: Any, *, scope: Scope, area: str = "") -> None:
        super().__init__(data, initial={"held_on": dates.format_thai_date(today()), "area_code": area})
        own = scope.prefixes_for(RUN)
        chosen = str((data or {}).get("area_code") or area or (own[0] if len(own) == 1 else ""))
        field = self.fields["area_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *people.area_choices(scope, RUN, chosen)]
        # A country has 75,000 villages: choosing an area opens what lies inside it.
        field.widget.attrs |= {
            "hx-get": "",
            "hx-trigger": "change",
            # The choice alone is made anew: what is ticked meanwhile stays.
            "hx-target": "this",
            "hx-select": "#id_area_code",
        }
        field.widget.attrs |= {"hx-swap": "outerHTML", "hx-include": "closest form"}

    def clean_area_code(self) -> str:
        code = str(self.cleaned_data["area_code"])
        if len(code) != VILLAGE:
            raise forms.ValidationError(_("Choose one village: its assembly decides about its own list."))
        return code

    def clean_held_on(self) -> date:
        parsed = dates.thai_date(str(self.cleaned_data["held_on"]), today=today(), may_be_future=True)
        if parsed.value is None or parsed.value.precision != "day":
            raise forms.ValidationError(_("Write the day like 15/11/2569."))
        return parsed.value.first_day()


class CloseForm(forms.Form):
    """Who has to sign."""

    signers = forms.MultipleChoiceField(
        label=_("Who signs"), choices=list(POSITIONS.items()), widget=forms.CheckboxSelectMultiple,
        initial=list(USUAL_SIGNERS),
    )  # fmt: skip


class CheckForm(forms.Form):
    """One line of a paper, as it is printed there."""

    no = forms.IntegerField(label=_("Number on the paper"), min_value=1, max_value=9999)
    name = forms.CharField(label=_("Name on the paper"), max_length=200)


class PinForm(forms.Form):
    """Six digits, typed twice."""

    pin = forms.CharField(label=_("Six digits"), max_length=20, widget=forms.PasswordInput)
    again = forms.CharField(label=_("The same digits again"), max_length=20, widget=forms.PasswordInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "new-password"}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("pin") != given.get("again"):
            raise forms.ValidationError(_("The two do not match. Type the digits again."))
        return given
