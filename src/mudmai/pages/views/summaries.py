"""One page for paper about a village or a tambon: who lives there, what is needed, who gets nothing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel import clock
from mudmai.kernel.errors import NotFound
from mudmai.needs import queries as needs
from mudmai.needs.rules import priority
from mudmai.needs.rules.measures import FEWEST
from mudmai.needs.rules.words import DIMENSIONS, GROUPS
from mudmai.pages.views.overview import own_area
from mudmai.people import queries as people
from mudmai.people.queries import area_names
from mudmai.places import queries as places
from mudmai.rights import queries as rights

TAMBON, VILLAGE = 6, 8  # digits of their codes
# Codes of people.FACT_FILTERS: who is looked after first.
VULNERABLE = {
    "bedridden": _lazy("Bedridden"),
    "homebound": _lazy("Homebound"),
    "disabled": _lazy("Registered disabled"),
}
TOP_REASONS = 5
TOP_VILLAGES = 8
TOP_PROGRAMMES = 8


@require_GET
def summary(request: SignedInRequest, code: str) -> HttpResponse:
    """The page of one village or tambon inside the user's. Raises NotFound."""
    scope = scope_for(request.user)
    own_area(request.user, code)
    if len(code) not in {TAMBON, VILLAGE}:
        raise NotFound(_("There is a page for paper of a village and of a tambon."))
    sees_people = scope.allows("people.view", code)
    numbers = people.area_numbers([code], clock.today())
    needed = needs.area_needs([code])
    missed = rights.missed_numbers(code)
    context: dict[str, Any] = {
        "code": code,
        "title": places.full_name(code),
        "is_village": len(code) == VILLAGE,
        "today": clock.today(),
        "numbers": numbers,
        "needed": needed,
        "unassessed": max(0, numbers.households - needed.assessed),
        "vulnerable": [
            {"label": label, "words": shown(numbers.facts.get(key, 0), sees_people)}
            for key, label in VULNERABLE.items()
        ],
        "dimensions": _dimensions(needed, sees_people),
        "groups": [{"label": label, "n": needed.groups.get(key, 0)} for key, label in GROUPS.items()],
        "urgencies": [
            {"label": priority.urgency_label(each), "n": n}
            for each, n in zip(priority.URGENCIES, (needed.urgent, needed.pressing, needed.can_wait), strict=True)
        ],
        "reasons": needs.top_reasons(needed, scope.classes_at(code) if sees_people else None, TOP_REASONS),
        "missed": missed,
        "missed_people": shown(missed.people, sees_people),
        "programmes": [
            {"label": label, "words": shown(n, sees_people)} for _code, label, n, _baht in missed.by_programme if n
        ][:TOP_PROGRAMMES],
        "villages": _villages(code) if len(code) == TAMBON else [],
        "sees_people": sees_people,
        "back": reverse("needs:area_of", args=[code]),
    }
    return render(request, "pages/summary.html", context)


def shown(n: int, sees_people: bool) -> str:
    """A count of people in words; of one to four only that they are few, for whoever may see no person."""
    if sees_people or n == 0 or n >= FEWEST:
        return f"{n:,}"
    return _("fewer than %(n)s") % {"n": FEWEST}


def _dimensions(needed: "needs.AreaNeeds", sees_people: bool) -> list[dict[str, Any]]:
    rows = []
    for code, label in DIMENSIONS.items():
        failed, passed = needed.failed.get(code, 0), needed.passed.get(code, 0)
        open_ = sees_people or failed == 0 or failed >= FEWEST
        known = failed + passed
        rows.append(
            {
                "label": label,
                "failed": shown(failed, sees_people),
                "known": known,
                "unsure": needed.unsure.get(code, 0),
                "percent": round(100 * failed / known) if known and open_ else None,
            }
        )
    return rows


def _villages(code: str) -> list[dict[str, Any]]:
    """The villages of a tambon by their share of poor households, the largest first."""
    found = {key: each for key, each in needs.needs_by_child(code, VILLAGE).items() if len(key) == VILLAGE}
    names = area_names(found)
    rows: list[dict[str, Any]] = [
        {"name": names[key], "needed": each, "percent": round(100 * each.poor / each.assessed)}
        for key, each in found.items()
        if each.assessed
    ]
    return sorted(rows, key=lambda row: (-row["percent"], row["name"]))[:TOP_VILLAGES]
