"""The points that a town gives for each reason."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mudmai.kernel.errors import BadInput
from mudmai.needs.rules import priority


class WeightsForm(forms.Form):
    """A whole number for each reason, and from how many points on a household is urgent."""

    band_5 = forms.IntegerField(label=_("Urgent from (points)"), min_value=1, max_value=priority.MOST_SCORE)
    band_9 = forms.IntegerField(label=_("Very urgent from (points)"), min_value=1, max_value=priority.MOST_SCORE)
    note = forms.CharField(
        label=_("Why it is changed"), max_length=300, required=False,
        help_text=_("For example: decided by the committee of 5 November. Everybody who sees the history reads it."),
    )  # fmt: skip

    def __init__(self, data: Any, *, weights: priority.Weights) -> None:
        super().__init__(data)
        language = get_language() or "th"
        self.before = weights
        for urgency, name in priority.BANDS.items():
            self.fields[name].initial = weights.bands[urgency]
        for code, reason in priority.reasons().items():
            least = 1 if reason.fixed else 0
            self.fields[code] = forms.IntegerField(
                label=reason.label(language), min_value=least, max_value=priority.MOST_POINTS,
                initial=weights.points[code],
                widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                priority.checked_points(self._points(found), get_language() or "th")
            except BadInput as problem:
                raise forms.ValidationError(str(problem)) from None
        return found

    @property
    def points(self) -> dict[str, int]:
        """The points as `services.weigh` takes them."""
        return self._points(self.cleaned_data)

    def rows(self) -> list[dict[str, Any]]:
        """A row for each reason: {field, reason, usual, off}, in the order of reasons."""
        usual = priority.usual_weights()
        return [
            {
                "field": self[code],
                "reason": reason,
                "usual": usual.points[code],
                "off": self[code].value() in (0, "0"),
            }
            for code, reason in priority.reasons().items()
        ]

    def bands(self) -> list[Any]:
        return [self[name] for name in priority.BANDS.values()]

    def _points(self, cleaned: dict[str, Any]) -> dict[str, int]:
        return {name: cleaned[name] for name in (*priority.reasons(), *priority.BANDS.values())}
