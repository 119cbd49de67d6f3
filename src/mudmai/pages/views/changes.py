"""What taking something back would change, in words; only of people and classes of data that the user sees."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mudmai.access.queries import Scope, scope_for
from mudmai.pages.views.shown import shown_value
from mudmai.people import queries as people
from mudmai.people.rules.catalogue import NONE_TOLD, catalogue
from mudmai.people.services import Changes, FieldChange, SubjectChange

if TYPE_CHECKING:
    from mudmai.accounts.models import User

# Where rows lie is shown as a house; the id is never written out.
HIDDEN = {"cid", "listed_area", "in_civil_register", "registered_at", "caregiver_of", "lat", "lon"}
TOLD = 40


def shown_changes(user: "User", changes: Changes) -> dict[str, Any]:
    """The changes for pages/changes.html."""
    scope = scope_for(user)
    houses = _house_numbers(user, changes)
    seen = [each for each in changes.told if scope.allows("people.view", each.area)]
    names = {each.id: each.name for each in changes.told} | _names(user, {each.other for each in seen if each.other})
    persons = [_person(each, scope, houses, names) for each in seen]
    dwellings = [_house(each) for each in changes.houses if scope.allows("people.view", each.area)]
    return {
        "counts": changes,
        "persons": persons[:TOLD],
        "more": max(0, changes.persons - len(persons[:TOLD]))
        if not changes.all_told
        else len(persons) - len(persons[:TOLD]),
        "houses": dwellings[:TOLD],
    }


def _names(user: "User", keys: set[str]) -> dict[str, str]:
    found = people.visible_persons(user).filter(pk__in=[UUID(key) for key in keys]).defer("known")
    return {person.pk.hex: person.full_name for person in found}


def _house_numbers(user: "User", changes: Changes) -> dict[str, str]:
    keys = {
        str(value)
        for each in changes.told
        for field in each.fields
        if field.code == "lives_at"
        for value in (field.old, field.new)
        if value
    }
    known = {each.id: each.name for each in changes.houses}
    found = people.visible_households(user).filter(pk__in=[UUID(key) for key in keys]).defer("known")
    return known | {house.pk.hex: house.house_no for house in found}


def _person(each: SubjectChange, scope: Scope, houses: dict[str, str], names: dict[str, str]) -> dict[str, Any]:
    classes = scope.classes_at(each.area)
    words = {"name": names.get(each.other) or "–"}
    how = {
        "goes": _("is no longer known: nothing else tells of this person"),
        "comes": _("is known again"),
        "parts": _("becomes a person of its own, apart from %(name)s") % words,
        "joins": _("becomes one with %(name)s") % words,
        "changes": "",
    }[each.how]
    attributes = catalogue().attributes
    fields = [
        _field(field, houses)
        for field in each.fields
        if field.code in attributes and attributes[field.code].data_class in classes and field.code not in HIDDEN
    ]
    exists = each.how not in {"comes", "parts"}
    return {
        "name": each.name or "–",
        "url": reverse("pages:person", args=[UUID(each.id)]) if exists else "",
        "how": how,
        "kind": each.how,
        "rows": each.rows,
        "id_changes": any(field.code == "cid" for field in each.fields) and each.how == "changes",
        "fields": fields if each.how == "changes" else [],
        "told": fields if each.how != "changes" else [],
    }


def _house(each: SubjectChange) -> dict[str, Any]:
    how = {"goes": _("is no longer known"), "comes": _("is known again")}.get(each.how, "")
    attributes = catalogue().attributes
    fields = [_field(field, {}) for field in each.fields if field.code in attributes and field.code not in HIDDEN]
    members = next((field for field in each.fields if field.code == "members"), None)
    if members is not None:
        fields.append({"label": _("People"), "old": str(members.old), "new": str(members.new), "is_date": False})
    exists = each.how != "comes"
    return {
        "name": each.name or "–",
        "url": reverse("pages:household", args=[UUID(each.id)]) if exists else "",
        "how": how,
        "fields": fields if each.how == "changes" else [],
    }


def _field(field: FieldChange, houses: dict[str, str]) -> dict[str, Any]:
    language = get_language() or "th"
    attribute = catalogue().attributes[field.code]

    def words(value: Any) -> str:
        if value is None:
            return ""
        if field.code == "lives_at":
            return houses.get(str(value)) or "–"
        return shown_value(field.code, value, language)

    is_date = attribute.kind == "date" and NONE_TOLD not in (field.old, field.new)
    return {"label": attribute.label(language), "old": words(field.old), "new": words(field.new), "is_date": is_date}
