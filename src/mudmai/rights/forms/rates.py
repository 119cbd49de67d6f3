"""The form of a new dated row: from when to when, how much, and on what it rests."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mudmai.kernel import dates, numbers
from mudmai.kernel.clock import today
from mudmai.kernel.words import sentence
from mudmai.rights.rules.charts import worded
from mudmai.rights.rules.rows import ADD, REPLACE, Parameter, Row, Value

MODES = [
    (REPLACE, _lazy("in place of the rate that holds")),
    (ADD, _lazy("on top of it, for a time")),
]
CONFIDENCE = [
    ("", _lazy("Choose…")),
    ("A", _lazy("A: I have the official text before me")),
    ("B", _lazy("B: several places say the same")),
    ("C", _lazy("C: one weak source")),
    ("K", _lazy("K: not confirmed yet")),
]
YES_NO = [("yes", _lazy("yes")), ("no", _lazy("no"))]
# Empty lines beneath the steps of a scale, for steps that are new.
MORE_STEPS = 2
# Years; what begins later is a slip of the era: 2070 for 2570.
FURTHEST_AHEAD = 30


class RowForm(forms.Form):
    """One row; its amount is a number, yes or no, or a line for each step."""

    valid_from = forms.CharField(
        label=_lazy("First day"), max_length=30, help_text=_lazy("For example 1 ต.ค. 2570 or 1/10/2570.")
    )
    valid_to = forms.CharField(
        label=_lazy("Last day"), max_length=30, required=False,
        help_text=_lazy("Leave it empty where no end is known: whatever begins later takes over by itself."),
    )  # fmt: skip
    mode = forms.ChoiceField(label=_lazy("How it counts"), choices=MODES, widget=forms.RadioSelect, initial=REPLACE)
    legal_basis = forms.CharField(
        label=_lazy("Legal basis"), max_length=300,
        help_text=_lazy("Regulation, resolution or announcement, with its number and day."),
    )  # fmt: skip
    source = forms.CharField(
        label=_lazy("Where you read it"), max_length=300, required=False, help_text=_lazy("Address or document.")
    )
    confidence = forms.ChoiceField(label=_lazy("How sure is it?"), choices=CONFIDENCE)
    area_code = forms.ChoiceField(label=_lazy("Where it holds"))

    def __init__(self, data: Any, *, parameter: Parameter, now: Value | None, areas: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.parameter, self.now = parameter, now
        choice = self.fields["area_code"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = list(areas)
        if len(areas) == 1:
            choice.widget, choice.initial = forms.HiddenInput(), areas[0][0]
        if parameter.kind == "yes_no":
            self.fields["value"] = forms.ChoiceField(label=_("Value"), choices=YES_NO, widget=forms.RadioSelect)
            self.fields["mode"].widget = forms.HiddenInput()
        elif parameter.kind == "number":
            self.fields["value"] = forms.CharField(
                label=_("Value"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"})
            )
        self.steps = self._steps(data) if parameter.kind == "scale" else []

    def _steps(self, data: Any) -> list[dict[str, str]]:
        """The lines of a scale: what was typed, or what holds today with some empty lines beneath."""
        if data is not None:
            typed = zip(data.getlist("step_from"), data.getlist("step_amount"), strict=False)
            return [{"start": start[:20], "amount": amount[:20]} for start, amount in list(typed)[:60]]
        steps = self.now if isinstance(self.now, tuple) else ()
        known = [{"start": worded(start), "amount": worded(amount)} for start, amount in steps]
        return [*known, *({"start": "", "amount": ""} for _more in range(MORE_STEPS))]

    def clean_valid_from(self) -> date:
        return _day(str(self.cleaned_data["valid_from"]), last=False)

    def clean_valid_to(self) -> date | None:
        typed = str(self.cleaned_data["valid_to"]).strip()
        return _day(typed, last=True) if typed else None

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            found["read"] = self._read(found)
        return found

    def _read(self, found: dict[str, Any]) -> Value:
        if self.parameter.kind == "yes_no":
            return bool(found["value"] == "yes")
        if self.parameter.kind == "number":
            return _amount(str(found["value"]), _("Value"))
        lines = [each for each in self.steps if each["start"].strip() or each["amount"].strip()]
        if not lines:
            raise forms.ValidationError(_("Write at least one step."))
        steps = [(_amount(each["start"], _("From")), _amount(each["amount"], _("Amount"))) for each in lines]
        return tuple(sorted(steps))

    @property
    def row(self) -> Row:
        """What was typed, as a row."""
        told = self.cleaned_data
        return Row(
            self.parameter.name, told["valid_from"], told["valid_to"], told["read"], told["mode"], told["legal_basis"],
            told["source"], told["confidence"], area_code=told["area_code"], office=True,
        )  # fmt: skip


def _day(typed: str, *, last: bool) -> date:
    """The day that was typed; of a month or a year, the first or the last one."""
    parsed = dates.thai_date(typed, today=today(), may_be_future=True)
    if parsed.value is None:
        raise forms.ValidationError(
            _(sentence(parsed.problem)) if parsed.problem else _("Write a day, for example 1 ต.ค. 2570.")
        )
    found = parsed.value.last_day() if last else parsed.value.first_day()
    if found.year > today().year + FURTHEST_AHEAD:
        raise forms.ValidationError(
            _("%(day)s lies more than %(years)s years ahead. Check the year, and whether it is B.E.")
            % {"day": dates.format_thai_date(found), "years": FURTHEST_AHEAD}
        )
    return found


def _amount(typed: str, label: str) -> float:
    parsed = numbers.number(typed)
    if parsed.value is None:
        raise forms.ValidationError(_("%(label)s: “%(typed)s” is no number.") % {"label": label, "typed": typed})
    return float(parsed.value)
