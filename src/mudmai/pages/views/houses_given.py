"""Giving houses to one member of a village team: many at once, by ticking them off a list."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mudmai.access import queries as access
from mudmai.access import services
from mudmai.access.rules import covers
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import DomainError
from mudmai.pages.forms import HousesFilterForm
from mudmai.pages.views.lists import asked
from mudmai.pages.views.teams import crumbs_of
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.access.models import Membership

# A village has fewer houses than this on one or two pages.
AT_ONCE = 200


@require_http_methods(["GET", "POST"])
def give_houses(request: SignedInRequest, membership_id: int) -> HttpResponse:
    found = access.membership_for(request.user, membership_id)
    services.require_to_manage(request.user, found.team)
    if request.method == "POST":
        return _give(request, found)
    team = found.team
    codes = people.children_of(team.area_code) if len(team.area_code) < 8 else []
    form = HousesFilterForm(request.GET, team=team, codes=codes)
    form.is_valid()
    keep = people.HouseholdFilter(area=form.cleaned_data.get("area") or team.area_code)
    page = people.households_page(
        request.user, keep, after=asked(request, "after"), before=asked(request, "before"), size=AT_ONCE
    )
    given = access.houses_given(team)
    now = people.houses_now(key.hex for key in given)
    whose = {UUID(now[key.hex].id): members for key, members in given.items() if key.hex in now}
    names = people.area_names({house.area_code for house in page.rows})
    rows = [
        {"house": house, "area": names[house.area_code], "whose": whose.get(house.pk, [])}
        for house in page.rows
        if not (form.cleaned_data.get("free") and house.pk in whose)
    ]
    context: dict[str, Any] = {
        "form": form,
        "membership": found,
        "team": team,
        "rows": rows,
        "page": page.links(request.GET) | {"shown": ""},
        "crumbs": [*crumbs_of(team)[:2], {"url": "", "label": _("Give houses to %(name)s") % {"name": found.user}}],
    }
    return render(request, "pages/teams/houses.html", context)


def _give(request: SignedInRequest, found: "Membership") -> HttpResponse:
    """Give the ticked houses that the user sees in the area of the team, or take them."""
    ticked = request.POST.getlist("house")
    houses = people.visible_households(request.user).filter(pk__in=_keys(ticked)).values_list("pk", "area_code")
    inside = [(key, area) for key, area in houses if covers(found.team.area_code, area)]
    words = {"name": found.user}
    try:
        if request.POST.get("act") == "take":
            n = services.take_houses(found, _told_as(found, [key for key, _area in inside]), by=request.user)
            done = ngettext("%(n)s house was taken from %(name)s.", "%(n)s houses were taken from %(name)s.", n)
        else:
            n = services.give_houses(found, inside, by=request.user)
            done = ngettext("%(n)s house was given to %(name)s.", "%(n)s houses were given to %(name)s.", n)
        messages.success(request, done % (words | {"n": n}))
    except DomainError as problem:
        messages.error(request, str(problem))
    return redirect("pages:give_houses", found.pk)


def _told_as(found: "Membership", houses: list[UUID]) -> list[UUID]:
    """The keys under which these houses were given, which may have been merged since."""
    keys = [row.key for row in access.followed_by(found.team, found)]
    now = people.houses_now(key.hex for key in keys)
    wanted = {house.hex for house in houses}
    return [key for key in keys if key.hex in now and now[key.hex].id in wanted]


def _keys(ticked: list[str]) -> list[UUID]:
    found = []
    for text in ticked:
        try:
            found.append(UUID(text))
        except ValueError:
            continue  # no key, so no house
    return found
