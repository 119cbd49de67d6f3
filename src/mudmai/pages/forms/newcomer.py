"""Somebody who is added by hand: what is typed, read as a list's cells are, and the same as a row for linkage."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import Scope
from mudmai.intake.rules.reading.cells import is_no_name
from mudmai.kernel import addresses, ids, names
from mudmai.kernel.addresses import house_no_key
from mudmai.kernel.uuid7 import uuid7
from mudmai.linkage.rules import Subject
from mudmai.pages.forms.registry import CatalogueForm, sentence_of
from mudmai.people.queries import area_choices
from mudmai.people.rules.addressing import household_key

if TYPE_CHECKING:
    from mudmai.people.models import Household

TOLD = ("title", "given_name", "family_name", "sex", "birth_date", "phone", "relation_to_head")
ENOUGH = 2  # filled-in fields from which it makes sense to look who this may be
TAMBON, VILLAGE = 6, 8


class NewcomerForm(CatalogueForm):
    """A new person of a house, or of a village; `house` is where the page was opened, if it was there."""

    # The id of the record, made when the page is: what is sent twice over a slow line is written once.
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, scope: Scope, house: "Household | None" = None, area: str = "") -> None:
        super().__init__(data, initial={"key": uuid7()})
        self.house = house
        self.add_attributes(TOLD, {})
        del self.fields["reason"]
        self.fields["given_name"].required = True
        self.fields["new_cid"] = forms.CharField(
            label=_("13-digit id"), max_length=40, required=False, help_text=_("As it stands on the card")
        )
        self.fields["new_cid"].widget.attrs["inputmode"] = "numeric"
        if house is None:
            own = scope.prefixes_for("people.edit")
            chosen = str((data or {}).get("area") or area or (own[0] if len(own) == 1 else ""))
            # One step down the areas at a time: choosing one asks for what lies inside it.
            choices = [("", "—"), *area_choices(scope, "people.edit", chosen)]
            self.fields["area"] = forms.ChoiceField(label=_("Village"), choices=choices, initial=area)
            finer = {"hx-post": reverse("pages:alike_persons"), "hx-trigger": "change consume", "hx-target": "#alike"}
            self.fields["area"].widget.attrs.update(finer)
            self.fields["house_no"] = forms.CharField(label=_("House number"), max_length=40, required=False)
        self.order_fields(["new_cid", *TOLD])
        self.cid: str | None = None

    @property
    def enough(self) -> bool:
        """Whether so much is typed that others can be compared with it."""
        return self.is_bound and sum(bool(self.data.get(name)) for name in ("new_cid", *TOLD)) >= ENOUGH

    @property
    def record_key(self) -> str:
        key = self.cleaned_data.get("key")
        return key.hex if key else uuid7().hex

    @property
    def area_code(self) -> str:
        return self.house.area_code if self.house else str(self.cleaned_data.get("area") or "")

    @property
    def household_key(self) -> str | None:
        if self.house is not None:
            return self.house.pk.hex
        number = str(self.cleaned_data.get("house_no") or "")
        return household_key(area=self.area_code, house_no_key=house_no_key(number)) if number else None

    def clean_new_cid(self) -> str:
        value = str(self.cleaned_data["new_cid"])
        parsed = ids.citizen_id(value)
        if value and (parsed.value is None or parsed.problem):
            raise forms.ValidationError(sentence_of(parsed.problem or "cid_length"))
        self.cid = parsed.value
        return value

    def clean_area(self) -> str:
        area = str(self.cleaned_data["area"])
        if len(area) < TAMBON:
            raise forms.ValidationError(_("Choose the village, or at least the subdistrict."))
        return area

    def clean_house_no(self) -> str:
        parsed = addresses.house_no(self.cleaned_data["house_no"])
        if parsed.problem:
            raise forms.ValidationError(sentence_of(parsed.problem))
        if parsed.value and len(str(self.cleaned_data.get("area") or "")) == TAMBON:
            raise forms.ValidationError(_("A house number needs its village: choose the village above."))
        return parsed.value or ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for code in ("given_name", "family_name"):
            if is_no_name(str(cleaned.get(code) or "")):
                self.add_error(code, sentence_of("name_is_no_name"))
        self._part_the_name()
        return cleaned

    def _part_the_name(self) -> None:
        """A title or the family name typed into the given name is put where it belongs."""
        given, family = self.said.get("given_name", ""), self.said.get("family_name")
        parsed = names.person_name(given, title=self.said.get("title"), family=family)
        if not given or "given_name" in self.errors:
            return
        if parsed.value is None:
            self.add_error("given_name", sentence_of(parsed.problem or "name_unreadable"))
            return
        found = parsed.value
        told = {"title": found.title, "given_name": found.given, "family_name": found.family, "sex": found.sex_hint}
        told = {code: value for code, value in told.items() if value}
        # What a title says of the sex counts only where nobody said it.
        self.said = told | self.said | {code: told[code] for code in told if code != "sex"}

    def subject(self) -> Subject:
        """What is readable so far, as a row: wrong fields are left out, a mistyped id is kept as typed."""
        phone = self.said.get("phone")
        return Subject(
            key=self.record_key,
            cid=self.cid or str(self.data.get("new_cid") or "") or None,
            title=self.said.get("title", ""),
            given=self.said.get("given_name", ""),
            family=self.said.get("family_name", ""),
            sex=self.said.get("sex", ""),
            birth_date=self.said.get("birth_date", ""),
            phone=phone[0] if isinstance(phone, list) and phone else "",
            area=self.area_code,
            house_no=self.house.house_no if self.house else str(self.cleaned_data.get("house_no") or ""),
            household_key=self.household_key,
            house_code=self.house.house_code if self.house else "",
        )

    def told(self) -> dict[str, Any]:
        """What the record says: the person, and the house where it is told here."""
        number = str(self.cleaned_data.get("house_no") or "")
        house = {"house_no": number, "area": self.area_code, "moo": int(self.area_code[6:])} if number else {}
        return self.said | house
