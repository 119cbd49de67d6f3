"""The one form of the columns screen: what the list is, of which day, about where, and what each column holds."""

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import scope_for
from mudmai.access.rules import DataClass
from mudmai.intake.rules.kinds import list_kinds
from mudmai.intake.rules.layout import EXTRAS, FAILS, Layout, flagged
from mudmai.kernel import clock
from mudmai.kernel.dates import format_thai_date, thai_date
from mudmai.kernel.words import sentence
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places

if TYPE_CHECKING:
    from mudmai.accounts.models import User

Choices = list[tuple[Any, Any]]
EXTRA_LABELS = {
    "observed_on": _("day of the survey or visit"),
    "birth_day": _("day of birth (only the day)"),
    "birth_month": _("month of birth (only the month)"),
    "birth_year": _("year of birth (only the year)"),
}
GROUPS = {
    "person": _("The person"),
    "household": _("The house and its address"),
    DataClass.SOCIAL: _("Welfare and society"),
    DataClass.HEALTH: _("Health"),
    DataClass.MENTAL: _("Mental health"),
    DataClass.MONEY: _("Money"),
}
WIDE, NARROW = 4, 6  # lengths of area codes between which villages are offered


class ThaiDayField(forms.CharField):
    """A day as people write it: 1/10/2569 or 1 ต.ค. 2569."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = thai_date(text, today=clock.today())
        if found.problem or found.value is None:
            raise forms.ValidationError(_(sentence(found.problem or "date_unreadable")))
        return found.value.first_day()


def day_as_typed(day: date) -> str:
    """A day as it stands in the field."""
    if (get_language() or "th").startswith("th"):
        return format_thai_date(day)
    return f"{day.day}/{day.month}/{day.year + clock.BUDDHIST_OFFSET}"


class LayoutForm(forms.Form):
    """How a file is laid out, open to correction. Once valid, `is_changed`, `mapping` and `take` tell what is new."""

    kind = forms.ChoiceField(label=_("What this list is"))
    as_of = ThaiDayField(label=_("The day it speaks of"), max_length=40)
    area_code = forms.ChoiceField(label=_("The area it is about"), required=False)
    complete = forms.BooleanField(
        label=_("The list is whole: whoever is missing has left it"),
        required=False,
    )

    def __init__(self, *args: Any, layout: Layout, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout = layout
        language = get_language() or "th"
        self._choose("kind", [(kind.code, kind.label(language)) for kind in list_kinds()], layout.kind)
        self._choose("area_code", area_choices(user, layout.area_code), layout.area_code)
        self.initial["as_of"] = day_as_typed(layout.as_of)
        self.initial["complete"] = layout.complete
        if not catalogue().kinds[layout.kind].complete:
            del self.fields["complete"]
        attributes = attribute_choices(language)
        for i, shape in enumerate(layout.shapes):
            self.fields[f"take-{i}"] = forms.BooleanField(label=_("Part of the list"), required=False)
            self.initial[f"take-{i}"] = shape.take
            for column in shape.columns:
                label = column.header or _("(no name)")
                name = f"column-{i}-{column.index}"
                self.fields[name] = forms.ChoiceField(label=label, choices=attributes, required=False)
                self.fields[name].widget.attrs["class"] = "input"
                self.initial[name] = column.attribute if column.attribute != "ignore" else ""

    def _choose(self, name: str, choices: Choices, chosen: str) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices
        self.initial[name] = chosen

    @property
    def take(self) -> dict[str, bool]:
        shapes = enumerate(self.layout.shapes)
        return {shape.signature: self.cleaned_data[f"take-{i}"] for i, shape in shapes}

    @property
    def mapping(self) -> dict[str, dict[int, str]]:
        """What the columns of the tables that are taken hold; a running number stays what it was."""
        return {
            shape.signature: {
                column.index: self.cleaned_data[f"column-{i}-{column.index}"] or _left_out(column.attribute)
                for column in shape.columns
            }
            for i, shape in enumerate(self.layout.shapes)
            if self.cleaned_data[f"take-{i}"]
        }

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what is noted already."""
        data, layout = self.cleaned_data, self.layout
        told = (data["kind"], data["as_of"], data["area_code"], data.get("complete", layout.complete))
        if told != (layout.kind, layout.as_of, layout.area_code, layout.complete):
            return True
        if self.take != {shape.signature: shape.take for shape in layout.shapes}:
            return True
        now = {
            shape.signature: {column.index: column.attribute for column in shape.columns}
            for shape in layout.shapes
            if shape.take
        }
        return self.mapping != now

    def mark_twice(self, words: str) -> None:
        """Show beside each column that is chosen more than once in its table why this cannot be."""
        for i, columns in enumerate(self.layout.shapes):
            names = [f"column-{i}-{column.index}" for column in columns.columns]
            chosen = Counter(self.cleaned_data.get(name) for name in names)
            for name in names:
                attribute = self.cleaned_data.get(name)
                if attribute and chosen[attribute] > 1:
                    self.add_error(name, words)


def _left_out(was: str) -> str:
    return was if was == "ignore" else ""


@lru_cache(maxsize=4)
def attribute_choices(language: str) -> Choices:
    """What a column can be, grouped, in the order of the catalogue."""
    groups: dict[str, Choices] = {str(key): [] for key in GROUPS}
    for attribute in catalogue().attributes.values():
        if attribute.kind in ("key", "ignore") or attribute.code == "listed_area" or attribute.is_guarded:
            continue
        if attribute.applies == "household":
            group = "household"
        elif attribute.data_class in (DataClass.IDENTITY, DataClass.CONTACT):
            group = "person"
        else:
            group = str(attribute.data_class)
        groups[group].append((attribute.code, attribute.label(language)))
    groups["person"] += EXTRA_LABELS.items()
    for code in EXTRAS:
        if told := flagged(code):
            words = _("%(indicator)s: 1 = failed") if code.startswith(FAILS) else _("%(indicator)s: 1 = passed")
            label = words % {"indicator": catalogue().label(told, language)}
            groups[str(DataClass.SOCIAL)].append((code, label))
    named = [(GROUPS[key], groups[str(key)]) for key in GROUPS if groups[str(key)]]
    return [("", _("— leave this column out —")), *named]


def area_choices(user: "User", current: str) -> Choices:
    """The areas in which the user imports, down to the villages where they are not too many."""
    groups: Choices = [("", _("— as each row says —"))]
    prefixes = scope_for(user).prefixes_for("intake.import")
    offered: set[str] = set()
    for prefix in prefixes:
        for parent in _parents(prefix, current):
            options = _options(parent)
            offered |= {code for code, _label in options}
            groups.append((places.full_name(parent) or _("Thailand"), options))
    if current and current not in offered:
        groups.append((current, places.full_name(current)))
    return groups


def _parents(prefix: str, current: str) -> list[str]:
    """The areas whose parts are listed under their name."""
    if len(prefix) >= NARROW:
        return [prefix]
    if len(prefix) == WIDE:
        return [prefix, *(area.code for area in places.children(prefix))]
    near = [current[:length] for length in (2, 4, 6) if len(current) >= length > len(prefix)]
    return [prefix, *near]


def _options(parent: str) -> list[tuple[str, str]]:
    own = [(parent, _("All of %(area)s") % {"area": places.name_of(parent)})] if parent else []
    return [*own, *((area.code, area.title) for area in places.children(parent))]
