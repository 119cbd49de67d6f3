"""One household: who lives there, where it stands, what is known, and what staff may change."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mudmai.access.queries import Scope
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import services as audit
from mudmai.needs import queries as needs
from mudmai.needs import services as assessment
from mudmai.needs.rules.priority import urgency_label
from mudmai.needs.rules.words import COLOURS
from mudmai.pages.forms import HouseholdForm, MergeForm, PinForm, SplitForm
from mudmai.pages.views.following import followers_of
from mudmai.pages.views.persons import field_groups, tags_of
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.queries import area_names
from mudmai.places import queries as places
from mudmai.surveys import queries as surveys


@require_GET
def household(request: SignedInRequest, household_id: UUID) -> HttpResponse:
    house = people.household_for(request.user, household_id)
    scope = people.scope_of(request.user)
    classes = people.classes_of(scope, house)
    need = needs.need_of(request.user, house.pk)
    told = {each for reason in need.reasons for each in reason.data_classes} if need else set()
    assessment.looked_at_house(request.user, house, told)
    living_here = people.members_of(house)
    members = [{"person": each, "tags": tags_of(each, classes)} for each in living_here]
    context = {
        "house": house,
        "members": members,
        "living": sum(each.status == "alive" for each in living_here),
        "elsewhere": elsewhere(scope, house),
        "groups": field_groups(people.trace_of_household(house, classes)),
        "need": need,
        "need_urgency": urgency_label(need.urgency) if need else "",
        "need_colour": COLOURS.get(need.urgency, "") if need else "",
        "need_full": max([1, *(reason.points for reason in need.reasons)]) if need else 1,
        "visits": surveys.visits_of(request.user, households=[house.pk]),
        "timeline": by_list(people.timeline_of_household(house, classes)),
        "area_name": places.full_name(house.area_code) if house.area_code else "",
        "village": area_names([house.area_code])[house.area_code] if house.area_code else "",
        "followers": followers_of(request, [house.pk], house.area_code),
        "may_follow": scope.allows("people.edit", house.area_code),
        "may_edit": people.may(scope, "people.edit", house),
        "may_pin": people.may(scope, "map.pin", house),
        "map_config": map_of(house) if house.lat is not None else None,
        "crumbs": [
            {"url": reverse("pages:households"), "label": _("Households")},
            {"url": "", "label": _("House %(number)s") % {"number": house.house_no or "–"}},
        ],
    }
    return render(request, "pages/household.html", context)


def elsewhere(scope: Scope, house: Any) -> Any:
    """Who is registered here but lives elsewhere; whoever only follows the house sees those whom he follows too."""
    found = people.registered_only(house)
    return found if scope.reaches(house.area_code) else found.filter(scope.person_filter())


def by_list(timeline: list["people.TimelineEntry"]) -> list[dict[str, Any]]:
    """One entry for each list and day, with all its rows: a house of six stands on six rows of one list."""
    found: dict[tuple[Any, Any], dict[str, Any]] = {}
    for entry in timeline:
        line = found.setdefault((entry.on, entry.batch.pk), {"on": entry.on, "batch": entry.batch, "rows": []})
        if entry.record.place:
            line["rows"].append(entry.record.place)
    return list(found.values())


def map_of(house: Any, *, pin: bool = False) -> dict[str, Any]:
    """The map around one house, or around its village where it has no pin yet."""
    config: dict[str, Any] = {"areas": f"{reverse('pages:area_shapes', args=[4])}?in={house.area_code[:6]}"}
    if house.lat is not None:
        config |= {"point": [house.lon, house.lat], "center": [house.lon, house.lat], "zoom": 15}
    else:
        box = places.bounds_of(house.area_code) or places.bounds_of(house.area_code[:6])
        config |= {"bounds": list(box)} if box else {}
    if places.basemap_path():
        config["basemap"] = reverse("pages:basemap")
    return config | ({"pin": True} if pin else {})


def _house_to_change(request: SignedInRequest, household_id: UUID, action: str = "people.edit") -> Any:
    house = people.household_for(request.user, household_id)
    registry.require(request.user, action, house)
    return house


@require_http_methods(["GET", "POST"])
def edit_household(request: SignedInRequest, household_id: UUID) -> HttpResponse:
    """Correct a house, or move it whole to another address."""
    house = _house_to_change(request, household_id)
    form = HouseholdForm(request.POST or None, household=house)
    if request.method == "POST" and form.is_valid():
        if form.said:
            registry.correct_household(house, form.said, by=request.user, reason=form.cleaned_data["reason"])
            audit.record(
                request.user, "people.household.corrected", "household", house.pk,
                area_code=house.area_code, fields=sorted(form.said),
            )  # fmt: skip
            messages.success(request, _("The correction is kept. The earlier values are still in the history."))
        return redirect("pages:household", house.pk)
    return _form(request, "pages/edit_household.html", form, house)


@require_http_methods(["GET", "POST"])
def pin_household(request: SignedInRequest, household_id: UUID) -> HttpResponse:
    """Set the pin of a house by tapping the map or typing its coordinates."""
    house = _house_to_change(request, household_id, "map.pin")
    form = PinForm(request.POST or None, initial={"lat": house.lat, "lon": house.lon})
    if request.method == "POST" and form.is_valid():
        registry.correct_household(house, form.said, by=request.user, reason=_("Pin set on the map"))
        audit.record(request.user, "people.household.pinned", "household", house.pk, area_code=house.area_code)
        messages.success(request, _("The pin is kept."))
        return redirect("pages:household", house.pk)
    return _form(request, "pages/pin_household.html", form, house, map_config=map_of(house, pin=True))


@require_http_methods(["GET", "POST"])
def split_household(request: SignedInRequest, household_id: UUID) -> HttpResponse:
    """Part some members into a household of their own."""
    house = _house_to_change(request, household_id)
    members = list(people.members_of(house))
    form = SplitForm(request.POST or None, members=members)
    if request.method == "POST" and form.is_valid():
        key = registry.split_household(house, form.movers, {"house_no": form.cleaned_data["house_no"]}, by=request.user)
        audit.record(request.user, "people.household.split", "household", house.pk, area_code=house.area_code)
        messages.success(request, _("They have a household of their own now."))
        return redirect("pages:household", UUID(key))
    return _form(request, "pages/split_household.html", form, house)


@require_http_methods(["GET", "POST"])
def merge_household(request: SignedInRequest, household_id: UUID) -> HttpResponse:
    """Say that this house and another of the same village are one."""
    house = _house_to_change(request, household_id)
    form = MergeForm(request.POST or None, household=house, user=request.user)
    if request.method == "POST" and form.is_valid():
        decision = registry.merge_households(form.other, house, by=request.user, reason=form.cleaned_data["reason"])
        audit.record(
            request.user, "people.household.merged", "household", house.pk,
            area_code=house.area_code, decision=str(decision.pk),
        )  # fmt: skip
        messages.success(request, _("The two are one household now. This can be taken back at any time."))
        return redirect("pages:household", min(house.pk, form.other.pk))
    return _form(request, "pages/merge_household.html", form, house)


def _form(request: SignedInRequest, template: str, form: Any, house: Any, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form, "house": house} | more, status=422 if form.errors else 200)
