"""Which decisions a list keeps, and what an export of them is for."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import Scope
from mudmai.pages.forms.fields import DayField, PurposeField
from mudmai.pages.forms.filters import FilterForm
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.accounts.models import User

KINDS = [
    ("", _("All kinds")),
    ("link", _("is this person or household")),
    ("merge", _("are one and the same")),
    ("different", _("are not the same")),
    ("withdraw", _("taken back")),
    ("restore", _("put back")),
]
ABOUT = [
    ("", _("Everything")),
    ("person", _("Persons")),
    ("household", _("Households")),
    ("batch", _("Lists")),
    ("record", _("Rows")),
    ("decision", _("Decisions")),
]
BASES = [
    ("", _("Whatever ground")),
    ("staff", _("a person decided")),
    ("cid", _("13-digit id")),
    ("model", _("the linkage model")),
    ("rule", _("a fixed rule")),
]
BANDS = [
    ("", _("However sure")),
    ("0.999", _("99.9 % and more")),
    ("0.99", _("99 to 99.9 %")),
    ("0.9", _("90 to 99 %")),
    ("0", _("less than 90 %")),
]
STANDS = [("", _("Standing and taken back")), ("yes", _("Standing")), ("no", _("Taken back"))]


class DecisionFilterForm(FilterForm):
    """What a list of decisions keeps."""

    kind = forms.ChoiceField(label=_("What was decided"), choices=KINDS, required=False)
    about = forms.ChoiceField(label=_("About"), choices=ABOUT, required=False)
    basis = forms.ChoiceField(label=_("Ground"), choices=BASES, required=False)
    band = forms.ChoiceField(label=_("How sure"), choices=BANDS, required=False)
    by = forms.ChoiceField(label=_("Who"), required=False)
    stands = forms.ChoiceField(label=_("State"), choices=STANDS, required=False)
    since = DayField(label=_("From (day/month/year)"))
    until = DayField(label=_("To (day/month/year)"))
    batch = forms.UUIDField(required=False, widget=forms.HiddenInput)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: "User", scope: Scope, action: str) -> None:
        self.deciders = [(str(key), name) for key, name in people.deciders_for(user)]
        super().__init__(data, scope=scope, action=action)

    def limit(self, scope: Scope) -> None:
        by = self.fields["by"]
        assert isinstance(by, forms.ChoiceField)
        by.choices = [("", _("Everybody")), *self.deciders]

    def keep(self) -> people.DecisionFilter:
        found, chosen = self.cleaned_data, self.chosen
        return people.DecisionFilter(
            kind=chosen("kind"), about=chosen("about"), basis=chosen("basis"), area=chosen("area"), band=chosen("band"),
            stands=chosen("stands"), by=int(chosen("by")) if chosen("by") else None, since=found.get("since"),
            until=found.get("until"), batch=found.get("batch"), person=found.get("person"),
        )  # fmt: skip


class DecisionExportForm(forms.Form):
    """What the file is for, which the log keeps, and in which form."""

    purpose = PurposeField()
    format = forms.ChoiceField(
        label=_("Form of the file"),
        choices=[("xlsx", _("Excel (.xlsx)")), ("csv", _("CSV, for any program"))],
        initial="xlsx",
        widget=forms.RadioSelect,
    )
