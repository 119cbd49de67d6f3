"""The form of a worked example: what is known of somebody, and what must come out, in the words of the office."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mudmai.kernel.clock import today
from mudmai.kernel.dates import PartialDate, format_thai_date
from mudmai.kernel.errors import BadInput
from mudmai.rights.rules.case_words import EXPECTED, GIVEN, Word
from mudmai.rights.rules.cases import Case, read_case
from mudmai.rights.rules.programmes import Programme

# What is asked of everybody, whatever the rule.
WHO = ("birth_date", "status", "thai", "registered_here", "lives_here", "others_born")
# What may be expected of every rule; the single conditions stand in a fold beneath.
OUTCOME = ("entitled", "amount", "finding", "why", "next_on", "next_what")
GIVE, EXPECT = "given_", "expected_"
YES_NO = (("yes", _lazy("yes")), ("no", _lazy("no")))


class CaseForm(forms.Form):
    """Fields for the facts that a rule asks for; what is left empty is not known."""

    name = forms.CharField(label=_lazy("Name of the example"), max_length=200)
    on = forms.CharField(label=_lazy("As of"), max_length=30)

    def __init__(self, data: Any, *, programme: Programme, case: Case | None = None) -> None:
        super().__init__(data, initial=_initial(case))
        self.programme, language = programme, get_language() or "th"
        given = case.given if case else {}
        expected = case.expected if case else {}
        self.given = [code for code in GIVEN if code in WHO or code in programme.codes or code in given]
        conditions = [each.code for each in programme.conditions]
        self.outcome = [code for code in EXPECTED if code in OUTCOME or (code in expected and code not in conditions)]
        self.conditions = [code for code in conditions if code in EXPECTED]
        for code in self.given:
            self.fields[GIVE + code] = _field(GIVEN[code], language)
        for code in [*self.outcome, *self.conditions]:
            self.fields[EXPECT + code] = _field(EXPECTED[code], language, _reasons(code, programme, language))

    def given_fields(self) -> list[Any]:
        return [self[GIVE + code] for code in self.given]

    def outcome_fields(self) -> list[Any]:
        return [self[EXPECT + code] for code in self.outcome]

    def condition_fields(self) -> list[Any]:
        return [self[EXPECT + code] for code in self.conditions]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return found
        try:
            found["case"] = read_case(
                self.programme.code, found["name"].strip(), found["on"], _typed(found, GIVE), _typed(found, EXPECT)
            )
        except BadInput as problem:
            raise forms.ValidationError(str(problem)) from None
        if not found["case"].expected:
            raise forms.ValidationError(_("Say what should come out."))
        return found


def _typed(found: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """{code: what was typed}, without what was left empty."""
    return {name.removeprefix(prefix): value for name, value in found.items() if name.startswith(prefix) and value}


def _initial(case: Case | None) -> dict[str, Any]:
    if case is None:
        return {"on": format_thai_date(today())}
    given = {GIVE + code: _shown(GIVEN[code], value) for code, value in case.given.items() if code in GIVEN}
    expected = {EXPECT + code: _shown(EXPECTED[code], value) for code, value in case.expected.items()}
    return {"name": case.name, "on": format_thai_date(case.on), **given, **expected}


def _shown(word: Word, value: Any) -> Any:
    """A kept value as its field holds it."""
    if word.kind in {"yes_no", "mark"}:
        return "yes" if value else "no"
    if word.kind == "date":
        return format_thai_date(PartialDate.from_iso(value)) if value else ""
    if word.kind == "dates":
        return ", ".join(format_thai_date(PartialDate.from_iso(each)) for each in value)
    return f"{value:.10g}" if word.kind == "number" and isinstance(value, float) else value


def _reasons(code: str, programme: Programme, language: str) -> list[tuple[str, str]] | None:
    """Only the conditions of the rule itself can be why."""
    return [(each.code, each.label(language)) for each in programme.conditions] if code == "why" else None


def _field(word: Word, language: str, only: list[tuple[str, str]] | None = None) -> forms.Field:
    label = word.label(language)
    at = 0 if language.startswith("th") else 1
    choices = only or [(code, words[at]) for code, words in word.choices.items() if code]
    if word.kind in {"yes_no", "answer", "mark"}:
        answers = [("", "—"), *YES_NO]
        if word.kind == "answer":
            answers.append(("unknown", _lazy("not known")))
        return forms.ChoiceField(label=label, required=False, choices=answers)
    if word.kind == "code":
        return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *choices])
    if word.kind == "codes":
        return forms.MultipleChoiceField(label=label, required=False, choices=choices)
    attributes = {"inputmode": "decimal"} if word.kind == "number" else {}
    return forms.CharField(label=label, required=False, max_length=200, widget=forms.TextInput(attrs=attributes))
