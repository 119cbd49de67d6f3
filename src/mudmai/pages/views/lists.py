"""Lists of persons and of households, filtered and paged."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from mudmai.access import services as access
from mudmai.access.queries import Scope
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel import clock
from mudmai.pages.forms import HouseholdFilterForm, PersonFilterForm
from mudmai.pages.rules import tags
from mudmai.people import queries as people
from mudmai.people.queries import area_names

# A list on paper holds this many rows; a village has fewer houses.
ON_PAPER = 1000


@require_GET
def persons(request: SignedInRequest) -> HttpResponse:
    """Persons of the user's areas, by village and name."""
    access.require_somewhere(request.user, "people.view")
    scope = people.scope_of(request.user)
    form = PersonFilterForm(request.GET, scope=scope)
    keep = form.keep()
    page = people.persons_page(request.user, keep, after=asked(request, "after"), before=asked(request, "before"))
    count = people.count_persons(request.user, keep)
    context = frame(request, form, page, scope) | {
        "rows": _person_rows(page.rows, scope),
        "count": ngettext("%(n)s person", "%(n)s people", count) % {"n": f"{count:,}"},
        "export_url": reverse("pages:export", args=["persons"]) + people.kept_query(request.GET),
        "may_add": bool(scope.prefixes_for("people.edit")),
        "add_url": reverse("pages:add_person") + (f"?area={keep.area}" if keep.area else ""),
    }
    return render(request, "pages/persons.html", context)


def _person_rows(found: list[Any], scope: Scope) -> list[dict[str, Any]]:
    facts = people.facts_of([person.pk.hex for person in found])
    names = area_names({person.area_code for person in found})
    return [
        {
            "person": person,
            "area": names[person.area_code],
            "house_seen": person.household is not None and people.may(scope, "people.view", person.household),
            "tags": tags.tags_of(facts.get(person.pk.hex, {}), people.classes_of(scope, person)),
        }
        for person in found
    ]


@require_GET
def households(request: SignedInRequest) -> HttpResponse:
    """Households of the user's areas, by village and house number; `print` gives the whole list for paper."""
    access.require_somewhere(request.user, "people.view")
    scope = people.scope_of(request.user)
    form = HouseholdFilterForm(request.GET, scope=scope)
    keep = form.keep()
    on_paper = "print" in request.GET
    page = people.households_page(
        request.user, keep, after=asked(request, "after"), before=asked(request, "before"),
        size=ON_PAPER if on_paper else people.PAGE,
    )  # fmt: skip
    names = area_names({house.area_code for house in page.rows})
    count = people.count_households(request.user, keep)
    context = frame(request, form, page, scope) | {
        "rows": [
            {"house": house, "area": names[house.area_code], "may_pin": people.may(scope, "map.pin", house)}
            for house in page.rows
        ],
        "missing": keep.pin == "no",
        "on_paper": on_paper,
        "today": clock.today(),
        "count": ngettext("%(n)s household", "%(n)s households", count) % {"n": f"{count:,}"},
        "print_url": reverse("pages:households") + people.kept_query(request.GET, print="1"),
        "export_url": reverse("pages:export", args=["households"]) + people.kept_query(request.GET),
    }
    return render(request, "pages/print_households.html" if on_paper else "pages/households.html", context)


def frame(request: SignedInRequest, form: Any, page: people.Page, scope: Scope) -> dict[str, Any]:
    """What both lists show around their rows."""
    return {
        "form": form,
        "chosen": form.in_words(),
        "may_export": scope.allows_somewhere("people.export"),
        "page": page.links(request.GET),
    }


def asked(request: SignedInRequest, name: str) -> str:
    return request.GET.get(name, "")[:400]
