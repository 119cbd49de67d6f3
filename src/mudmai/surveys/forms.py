"""Forms of the back office: sending a form in, who fills it in, where its answers go, which submissions are shown."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mudmai.access.queries import area_q, scope_for, teams_for
from mudmai.access.rules import DataClass
from mudmai.kernel import clock
from mudmai.kernel.dates import thai_date
from mudmai.people.queries import area_choices
from mudmai.people.rules.catalogue import catalogue, fillable_by_forms
from mudmai.surveys.models import Submission
from mudmai.surveys.queries import form_choices, sender_choices
from mudmai.surveys.queries.forms import MANAGE
from mudmai.surveys.queries.submissions import READ
from mudmai.surveys.rules.mapping import NOWHERE, Use, offered

if TYPE_CHECKING:
    from mudmai.accounts.models import User

Choices = list[tuple[Any, Any]]


class UploadForm(forms.Form):
    """To whom a new form belongs. The files themselves are read from the request."""

    area_code = forms.ChoiceField(label=_lazy("The area that manages the form"))

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = managed_areas(user)
        cast(forms.ChoiceField, self.fields["area_code"]).choices = choices
        # The whole country is no code at all.
        self.fields["area_code"].required = all(code for code, _label in choices)
        self.initial.setdefault("area_code", choices[0][0] if choices else "")


class AssignForm(forms.Form):
    """Who fills a form in: everybody who visits in an area, or one team."""

    area_code = forms.ChoiceField(label=_lazy("Area"), required=False)
    team: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(None, label=_lazy("Team"), required=False)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["area_code"]).choices = managed_areas(user)
        team = cast("forms.ModelChoiceField[Any]", self.fields["team"])
        team.queryset = teams_for(user)
        team.empty_label = _("— everybody who visits there —")


def managed_areas(user: "User") -> Choices:
    """Where the user manages forms, down to the villages of one tambon."""
    scope = scope_for(user)
    own = scope.prefixes_for(MANAGE)
    whole: Choices = [("", _("Thailand"))] if "" in own else []
    return whole + list(area_choices(scope, MANAGE, own[0] if len(own) == 1 else ""))


class MappingForm(forms.Form):
    """One choice for each question that can fill something: what its name says, another attribute, or nowhere."""

    def __init__(self, *args: Any, uses: list[Use], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "th"
        self.names: dict[str, str] = {}  # field of this form: path of the question
        for i, use in enumerate(uses):
            if use.applies and use.why != "special":
                self.names[f"q{i}"] = use.field.path
                codes = {*offered(use.field), *filter(None, (use.attribute, use.suggested))}
                field = forms.ChoiceField(
                    choices=_by_class(codes, language), required=False, label=use.field.said(language)
                )
                field.widget.attrs["class"] = "input"
                self.fields[f"q{i}"] = field
                self.initial[f"q{i}"] = use.attribute or use.suggested or NOWHERE
        self.uses = {f"q{i}": use for i, use in enumerate(uses)}

    @property
    def mapping(self) -> dict[str, str]:
        """What map_answers wants: "" where the name of the question says it by itself."""
        told = {}
        for name, path in self.names.items():
            chosen, use = self.cleaned_data[name] or NOWHERE, self.uses[name]
            says_itself = use.field.name if use.field.name in fillable_by_forms(use.applies) else NOWHERE
            told[path] = "" if chosen == says_itself else chosen
        return told


def _by_class(codes: Iterable[str], language: str) -> Choices:
    """What can be filled, by class of data."""
    groups: dict[str, Choices] = {str(label): [] for label in DataClass.labels}
    for code in codes:
        about = catalogue().attributes[code]
        groups[str(about.data_class.label)].append((code, about.label(language)))
    named = [(label, sorted(found, key=lambda each: each[1])) for label, found in groups.items() if found]
    return [(NOWHERE, _("— stays in the form —")), *named]


class DayField(forms.CharField):
    """A day as people write it: 15/11/2569. Its value is a date; None where nothing is typed."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, max_length=30, required=False)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        parsed = thai_date(typed, today=clock.today()) if typed else None
        if parsed is not None and parsed.value is None:
            raise forms.ValidationError(_("Write the day like 15/11/2569."))
        return parsed.value.first_day() if parsed and parsed.value else None


class SubmissionFilterForm(forms.Form):
    """Which submissions a list keeps."""

    form = forms.ChoiceField(label=_lazy("Form"), required=False)
    state = forms.ChoiceField(
        label=_lazy("State"), choices=[("", _lazy("All states")), *Submission.State.choices], required=False
    )
    area = forms.ChoiceField(label=_lazy("Area"), required=False)
    by = forms.ChoiceField(label=_lazy("Sent by"), required=False)
    since = DayField(label=_lazy("From (day it came)"))
    until = DayField(label=_lazy("Until"))

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = scope_for(user)
        chosen = str(self.data.get("area", ""))
        self._choose("form", [("", _("All forms")), *form_choices(user)])
        self._choose("area", [("", _("All your areas")), *area_choices(scope, READ, chosen)])
        self._choose("by", [("", _("Everybody")), *sender_choices(user)])

    def _choose(self, name: str, choices: Choices) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def kept(self) -> Q:
        """The condition of what was chosen; a field that cannot be understood keeps everything."""
        told = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        kept = Q()
        for name, field in (("form", "form_id"), ("state", "state"), ("by", "by_id")):
            if told.get(name):
                kept &= Q(**{field: told[name]})
        if told.get("area"):
            kept &= area_q([told["area"]])
        if told.get("since"):
            kept &= Q(received_at__gte=_midnight(told["since"]))
        if told.get("until"):
            kept &= Q(received_at__lt=_midnight(told["until"] + timedelta(days=1)))
        return kept


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.BANGKOK)


class FlagForm(forms.Form):
    """Why a registrar takes or leaves a submission that was found wrong."""

    reason = forms.CharField(label=_lazy("Your reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
