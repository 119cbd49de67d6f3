"""Forms of staff: what they type is read like a list's cells, and said to the registry as a record."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from mudmai.intake.rules.reading.cells import reader_of
from mudmai.intake.rules.words import sentence
from mudmai.kernel import addresses, clock, geo, ids
from mudmai.kernel.dates import format_thai_date
from mudmai.kernel.errors import DomainError
from mudmai.kernel.phones import format_phone
from mudmai.people import queries as people
from mudmai.people.queries import area_names, children_of
from mudmai.people.rules.catalogue import NONE_TOLD, catalogue

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Household, Person

PERSON_FIELDS = (
    "title", "given_name", "family_name", "nickname", "sex", "birth_date", "phone", "relation_to_head", "occupation",
    "presence", "death_date", "disability_types", "adl_score", "caregiver_name", "caregiver_phone", "note",
    "aids_diagnosed", "aids_allowance",
)  # fmt: skip
HOUSEHOLD_FIELDS = ("house_no", "village_name", "soi", "road", "house_code", "house_condition", "household_need")


class CatalogueForm(forms.Form):
    """A form over attributes of the catalogue: `said` holds what was changed, as plain JSON."""

    reason = forms.CharField(label=_("Why (kept with the correction)"), max_length=200, required=False)

    def add_attributes(self, codes: Iterable[str], known: dict[str, list[Any]]) -> None:
        """One field for each attribute, filled with what is known."""
        language = get_language() or "th"
        self.said: dict[str, Any] = {}
        self.codes = tuple(codes)
        for code in self.codes:
            attribute = catalogue().attributes[code]
            value = known[code][0] if code in known else ""
            label = attribute.label(language)
            if attribute.kind == "code":
                choices = choices_of(attribute.list, language)
                field: forms.Field = forms.ChoiceField(label=label, choices=[("", "—"), *choices], required=False)
                self.initial[code] = value
            elif attribute.kind == "codes":
                choices = choices_of(attribute.list, language)
                field = forms.MultipleChoiceField(
                    label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
                )
                self.initial[code] = value if isinstance(value, list) else []
            else:
                hint = _("Write it like 15/03/2493, or only the year") if attribute.kind == "date" else ""
                field = forms.CharField(label=label, max_length=300, required=False, help_text=hint)
                self.initial[code] = typed(attribute.kind, value)
            self.fields[code] = field
        self.order_fields([*self.codes, "reason"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for code in self.codes:
            if code in cleaned and cleaned[code] != (self.initial.get(code) or type(cleaned[code])()):
                self._read(code, cleaned[code])
        return cleaned

    def _read(self, code: str, value: Any) -> None:
        """Read one changed field; an emptied one says "there is none"."""
        if value in ("", []):
            self.said[code] = NONE_TOLD
            return
        if catalogue().attributes[code].kind in {"code", "codes"}:
            self.said[code] = value
            return
        reading = reader_of(code, today=clock.today())(value)
        if reading.problem or reading.value is None:
            self.add_error(code, sentence_of(reading.problem or "text_unreadable"))
        else:
            self.said[code] = reading.value


def choices_of(name: str, language: str) -> list[tuple[str, str]]:
    """The codes of a list with their labels."""
    return [(each.code, each.label(language)) for each in catalogue().lists[name].values()]


def typed(kind: str, value: Any) -> str:
    """A known value as a person would type it."""
    if value in (None, "", NONE_TOLD):
        return ""
    if kind == "date":
        return format_thai_date(str(value))
    if kind == "phone" and isinstance(value, list):
        return ", ".join(format_phone(str(each)) for each in value)
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return str(value)


def sentence_of(code: str) -> Any:
    """The sentence of a parser's problem, translated."""
    try:
        return gettext(sentence(code))
    except KeyError:
        return gettext("This cannot be read. Check how it is written.")


def _in_words(part: people.Part) -> str:
    lists = ", ".join(batch.source.name for batch in part.batches[:3])
    return f"{part.name} ({lists})" if lists else part.name or "–"


class PersonForm(CatalogueForm):
    """What staff may say about a person."""

    def __init__(self, data: Any, *, person: "Person", classes: frozenset[str], parts: list[people.Part]) -> None:
        super().__init__(data, initial={})
        attributes = catalogue().attributes
        self.add_attributes((code for code in PERSON_FIELDS if attributes[code].data_class in classes), person.known)
        self.cid: str | None = None
        self.fields["new_cid"] = forms.CharField(
            label=_("13-digit id, if it is wrong or missing"), max_length=40, required=False
        )
        if len(parts) > 1:
            self.fields["about"] = forms.ChoiceField(
                label=_("Which of them the correction is about"),
                help_text=_(
                    "This person was put together from several. A correction stays with the one it is about, also when "
                    "they are parted again."
                ),
                choices=[(part.key, _in_words(part)) for part in parts],
                initial=parts[0].key,
                widget=forms.RadioSelect,
            )
            self.order_fields(["about"])

    def clean_new_cid(self) -> str:
        value = str(self.cleaned_data["new_cid"])
        if value:
            parsed = ids.citizen_id(value)
            if parsed.value is None or parsed.problem:
                raise forms.ValidationError(sentence_of(parsed.problem or "cid_length"))
            self.cid = parsed.value
        return value


class HouseholdForm(CatalogueForm):
    """What staff may say about a house; another village moves it whole."""

    def __init__(self, data: Any, *, household: "Household") -> None:
        super().__init__(data, initial={})
        self.household = household
        self.add_attributes(HOUSEHOLD_FIELDS, household.known)
        codes = sorted({*children_of(household.area_code[:6]), household.area_code})
        names = area_names(codes)
        villages = [(code, names[code]) for code in codes]
        self.fields["area"] = forms.ChoiceField(label=_("Village"), choices=villages, initial=household.area_code)
        self.order_fields(["house_no", "area"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        area = cleaned.get("area")
        if area and area != self.household.area_code:
            self.said |= {"area": area} | ({"moo": int(area[6:8])} if len(area) == 8 else {})
        return cleaned


class PinForm(forms.Form):
    """Where a house stands."""

    lat = forms.CharField(label=_("Latitude"), max_length=40)
    lon = forms.CharField(label=_("Longitude"), max_length=40)
    pin_accuracy_m = forms.FloatField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        parsed = geo.coordinates(cleaned.get("lat"), cleaned.get("lon"))
        if parsed.value is None:
            raise forms.ValidationError(sentence_of(parsed.problem or "coordinates_unreadable"))
        self.said: dict[str, Any] = {"lat": round(parsed.value.lat, 6), "lon": round(parsed.value.lon, 6)}
        if cleaned.get("pin_accuracy_m") is not None:
            self.said["pin_accuracy_m"] = round(cleaned["pin_accuracy_m"], 1)
        return cleaned


class SplitForm(forms.Form):
    """Who leaves the household, and for which house number."""

    movers_ids = forms.MultipleChoiceField(label=_("Who moves out"), widget=forms.CheckboxSelectMultiple)
    house_no = forms.CharField(label=_("House number of the new household"), max_length=40)

    def __init__(self, data: Any, *, members: list["Person"]) -> None:
        super().__init__(data)
        self.members = {str(person.pk): person for person in members}
        field = self.fields["movers_ids"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, person.full_name) for key, person in self.members.items()]

    def clean_house_no(self) -> str:
        parsed = addresses.house_no(self.cleaned_data["house_no"])
        if not parsed.value:
            raise forms.ValidationError(sentence_of(parsed.problem or "house_no_unreadable"))
        return parsed.value

    @property
    def movers(self) -> list["Person"]:
        return [self.members[key] for key in self.cleaned_data["movers_ids"]]


class MergeForm(forms.Form):
    """Which other house this one is."""

    number = forms.CharField(label=_("House number of the other household, in the same village"), max_length=40)
    reason = forms.CharField(label=_("Why (kept with the decision)"), max_length=200, required=False)

    def __init__(self, data: Any, *, household: "Household", user: "User") -> None:
        super().__init__(data)
        self.household, self.user = household, user

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        try:
            self.other = people.house_in_village(self.user, self.household, number)
        except DomainError as problem:
            raise forms.ValidationError(str(problem.message)) from problem
        return number
