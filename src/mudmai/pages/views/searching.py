"""Search as you type: the bar on every page, and a page of its own."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.people import queries as people
from mudmai.people.queries import area_names


@require_GET
def search(request: SignedInRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    found = people.search(request.user, query) if query else people.Found([], [])
    areas = {person.area_code for person in found.persons} | {house.area_code for house in found.households}
    context = {
        "query": query,
        "found": found,
        "names": area_names(areas),
        "may_search": scope_for(request.user).allows_somewhere("people.view"),
    }
    return render(request, "pages/search.html", context)
