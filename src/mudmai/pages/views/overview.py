"""The numbers of an area, and what waits there; drill-down from the country to a village."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from mudmai.access.queries import scope_for, teams_for
from mudmai.accounts.models import User
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel import clock
from mudmai.kernel.errors import NotFound
from mudmai.linkage import queries as linkage
from mudmai.needs import queries as needs
from mudmai.pages.queries import measures, painting
from mudmai.people import queries as people
from mudmai.people.queries import area_names
from mudmai.places import queries as places

NEXT_LENGTH = {0: 2, 2: 4, 4: 6, 6: 8}
# Who is known only to live somewhere in the area counts there, under these words by the length of the codes below it.
UNKNOWN_BELOW = {
    2: _lazy("Province not known"),
    4: _lazy("District not known"),
    6: _lazy("Tambon not known"),
    8: _lazy("Village not known"),
}
USUAL_MEASURE = "elderly_percent"
BANDS = range(90, -1, -10)
# Codes of people.FACT_FILTERS shown on the overview, in the order of urgency.
NEEDS = {
    "bedridden": _lazy("Bedridden"),
    "homebound": _lazy("Homebound"),
    "disabled": _lazy("Registered disabled"),
    "tpmap": _lazy("On the TPMAP list of the poor"),
    "old_age_allowance": _lazy("Get the old-age allowance"),
    "disability_allowance": _lazy("Get the disability allowance"),
    "absent": _lazy("Registered but absent"),
}


@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    """The area of the user's duty; for duties in several places, their sum; for whoever has a team alone, his teams."""
    prefixes = scope_for(request.user).prefixes_for("counts.view")
    if not prefixes and teams_for(request.user).exists():
        return redirect("pages:teams")
    return _overview(request, prefixes[0] if len(prefixes) == 1 else "", prefixes)


@require_GET
def area(request: SignedInRequest, code: str) -> HttpResponse:
    """One area inside the user's. Raises NotFound."""
    own_area(request.user, code)
    return _overview(request, code, (code,))


def own_area(user: User, code: str) -> None:
    """Go on only for an area that there is, inside those whose numbers the user sees. Raises NotFound."""
    prefixes = scope_for(user).prefixes_for("counts.view")
    if not code.isdecimal() or not any(code.startswith(prefix) for prefix in prefixes):
        raise NotFound(_("This area does not exist, or is not yours."))
    numbers = people.area_numbers((code,), clock.today())
    if places.area_or_none(code) is None and not (numbers.households or numbers.people):
        raise NotFound(_("This area does not exist, or is not yours."))


def _overview(request: SignedInRequest, code: str, prefixes: tuple[str, ...]) -> HttpResponse:
    scope, today = scope_for(request.user), clock.today()
    found = _inside(code, prefixes)
    numbers, children = people.sum_of(found.values()), _children(code, found)
    offered = measures()
    measure = request.GET.get("measure", USUAL_MEASURE)
    measure = measure if measure in offered else USUAL_MEASURE
    looked_after = [{"code": name, "label": label, "n": numbers.facts.get(name, 0)} for name, label in NEEDS.items()]
    level = len(children[0]["code"]) // 2 if children else 0
    # Several areas far apart have no map of their own.
    painted = painting(scope, code, level * 2, measure) if children and len(prefixes) == 1 else None
    legend = painted.shading.legend(painted.label) if painted else None
    context: dict[str, Any] = {
        "code": code,
        "needs": looked_after,
        "needs_max": max((numbers.facts.get(name, 0) for name in NEEDS), default=0) or 1,
        "title": people.area_title(code, prefixes),
        "numbers": numbers,
        "children": children,
        "rest": _rest(code, prefixes, found),
        "crumbs": people.area_crumbs(code, scope, "pages:area"),
        "pyramid": _pyramid(numbers),
        "today": today,
        "measures": list(offered.items()),
        "measure": measure,
        "sees_people": (scope.allows("people.view", code) if code else scope.allows_somewhere("people.view")),
        # A screening said so; whoever may see it is to act at once.
        "at_once": people.count_persons(request.user, people.PersonFilter(area=code, fact="self_harm"))
        if scope.sees("mental")
        else 0,
        "needed": needs.area_needs(prefixes),
        "questions": linkage.open_count(request.user) if scope.allows_somewhere("linkage.review") else 0,
        "map_config": {
            "areas": f"{reverse('pages:area_shapes', args=[level])}?in={code}&measure={measure}",
            "fill": True,
            "legend": legend,
        }
        if painted
        else None,
    }
    return render(request, "pages/overview.html", context)


def _inside(code: str, prefixes: tuple[str, ...]) -> dict[str, people.AreaNumbers]:
    """The numbers of the areas one level down, of the user's several areas, or of the village itself."""
    if len(prefixes) == 1 and len(code) in NEXT_LENGTH:
        return people.numbers_by_child(code, NEXT_LENGTH[len(code)], clock.today())
    return {prefix: people.area_numbers([prefix], clock.today()) for prefix in prefixes}


def _children(code: str, found: dict[str, people.AreaNumbers]) -> list[dict[str, Any]]:
    """A row for each area below that has anybody in it, in the order of their codes."""
    below = sorted(key for key in found if len(key) > len(code))
    names = area_names(below)
    return [{"code": key, "name": names[key], "numbers": found[key]} for key in below]


def _rest(code: str, prefixes: tuple[str, ...], found: dict[str, people.AreaNumbers]) -> dict[str, Any] | None:
    """The row of those of whom only the area itself is known, so that all rows together are the area."""
    numbers = found.get(code)
    if len(prefixes) != 1 or len(code) not in NEXT_LENGTH or numbers is None:
        return None
    return {"name": UNKNOWN_BELOW[NEXT_LENGTH[len(code)]], "numbers": numbers}


def _pyramid(numbers: "people.AreaNumbers") -> list[dict[str, Any]]:
    """Rows of ten years, oldest first: {label, men, women, and their share of the largest bar in percent}."""
    largest = max(numbers.ages.values(), default=0) or 1
    rows = []
    for band in BANDS:
        men, women = numbers.ages.get(("m", band), 0), numbers.ages.get(("f", band), 0)
        label = _("90 and over") if band == 90 else f"{band}–{band + 9}"
        rows.append(
            {
                "label": label,
                "men": men,
                "women": women,
                "men_share": round(100 * men / largest),
                "women_share": round(100 * women / largest),
            }
        )
    return rows
