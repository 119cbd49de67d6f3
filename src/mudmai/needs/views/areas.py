"""What an area needs, in numbers: from the country down to a village. The mayor's page: counts, and no person."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from mudmai.access import services as access
from mudmai.access.queries import Scope, scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel import clock
from mudmai.needs import queries
from mudmai.needs.rules import priority
from mudmai.needs.rules.measures import MEASURES, USUAL, Measure
from mudmai.needs.rules.words import COLOURS, DIMENSIONS, GROUPS, of_dimension
from mudmai.people import queries as people
from mudmai.people.queries import area_crumbs, area_title, own_area
from mudmai.places.rules import shades

VILLAGE = 8  # digits of its code
# Who is known only to live somewhere in the area counts there, under these words by the length of the codes below it.
UNKNOWN_BELOW = {
    2: _lazy("Province not known"),
    4: _lazy("District not known"),
    6: _lazy("Tambon not known"),
    8: _lazy("Village not known"),
}
TOP_REASONS = 8


@require_GET
def area(request: SignedInRequest, code: str = "") -> HttpResponse:
    """The numbers of an area inside the user's; without a code, of the user's own. Raises NotFound."""
    access.require_somewhere(request.user, "counts.view")
    scope = scope_for(request.user)
    code = own_area(scope, code)
    prefixes = (code,) if code else scope.prefixes_for("counts.view")
    found = _parts(code, prefixes)
    numbers = queries.total(found.values())
    known = people.sum_of(_known(code, prefixes).values())
    measure = request.GET.get("measure", USUAL)
    measure = measure if measure in MEASURES else USUAL
    sees_people = scope.allows("people.view", code) if code else scope.allows_somewhere("people.view")
    rows = _rows(code, prefixes, found, scope, MEASURES[measure])
    dimensions = _dimensions(code, numbers, scope)
    context: dict[str, Any] = {
        "code": code,
        "title": area_title(code, prefixes),
        "today": clock.today(),
        "crumbs": area_crumbs(code, scope, "needs:area_of"),
        "numbers": numbers,
        "known": known,
        "unassessed": max(0, known.households - numbers.assessed),
        "poor_percent": _percent(numbers.poor, numbers.assessed),
        "sees_people": sees_people,
        "dimensions": dimensions,
        "urgencies": _urgencies(numbers),
        "groups": _groups(numbers),
        "reasons": queries.top_reasons(numbers, scope.classes_at(code) if code and sees_people else None, TOP_REASONS),
        # Of few houses the index would tell what the bars hold back.
        "poverty": None if any(row["few"] for row in dimensions) else queries.alkire_foster(numbers),
        "rows": rows,
        "rest": _rest(code, prefixes, found),
        "largest": max((row["value"] or 0 for row in rows), default=0) or 1,
        "measures": [(key, each.label) for key, each in MEASURES.items()],
        "measure": measure,
        "measure_label": MEASURES[measure].label,
        "map_config": _map(code, prefixes, rows, measure),
    }
    return render(request, "needs/area.html", context)


def _parts(code: str, prefixes: tuple[str, ...]) -> dict[str, queries.AreaNeeds]:
    """The needs of the areas one level down, of the user's several areas, or of the village itself."""
    if len(prefixes) == 1 and len(code) < VILLAGE:
        return queries.needs_by_child(prefixes[0], len(prefixes[0]) + 2)
    return {prefix: queries.area_needs([prefix]) for prefix in prefixes}


def _known(code: str, prefixes: tuple[str, ...]) -> dict[str, people.AreaNumbers]:
    """How many the registry knows there, so that whoever was not assessed yet does not go unseen."""
    if len(prefixes) == 1 and len(code) < VILLAGE:
        return people.numbers_by_child(prefixes[0], len(prefixes[0]) + 2, clock.today())
    return {prefix: people.area_numbers([prefix], clock.today()) for prefix in prefixes}


def _rows(
    code: str, prefixes: tuple[str, ...], found: dict[str, queries.AreaNeeds], scope: Scope, measure: Measure
) -> list[dict[str, Any]]:
    """A row for each area below, the largest number first; areas where nobody was assessed come last."""
    if len(code) >= VILLAGE:
        return []
    known = _known(code, prefixes)
    below = [key for key in {*found, *known} if len(key) > len(code)]
    names = people.area_names(below)
    few = queries.few_in({key: measure.houses(found[key]) for key in below if key in found}, scope, measure)
    rows = []
    for key in below:
        numbers = found.get(key)
        value = measure.value(numbers) if numbers is not None else None
        rows.append(
            {
                "code": key,
                "name": names[key],
                "numbers": numbers if numbers is not None and numbers.assessed else None,
                "households": known[key].households if key in known else 0,
                "poor_percent": _percent(numbers.poor, numbers.assessed) if numbers is not None else None,
                "value": None if key in few else value,
                "words": measure.words(value, few=key in few),
            }
        )
    return sorted(rows, key=lambda row: (row["numbers"] is None, -(row["value"] or 0), row["code"]))


def _rest(code: str, prefixes: tuple[str, ...], found: dict[str, queries.AreaNeeds]) -> dict[str, Any] | None:
    """The row of those of whom only the area itself is known, so that all rows together are the area."""
    numbers = found.get(prefixes[0]) if len(prefixes) == 1 and len(code) < VILLAGE else None
    if numbers is None or not numbers.assessed:
        return None
    return {"name": UNKNOWN_BELOW[len(prefixes[0]) + 2], "numbers": numbers}


def _dimensions(code: str, numbers: queries.AreaNeeds, scope: Scope) -> list[dict[str, Any]]:
    """The five bars: of the houses of which it is known, how many fail; and of how many it is not known."""
    rows: list[dict[str, Any]] = []
    for dimension, label in DIMENSIONS.items():
        failed, passed = numbers.failed.get(dimension, 0), numbers.passed.get(dimension, 0)
        few = _few_here(code, scope, MEASURES[f"need_{dimension}_percent"], failed)
        rows.append(
            {
                "code": dimension,
                "label": label,
                "failed": failed,
                "known": failed + passed,
                "unsure": numbers.unsure.get(dimension, 0),
                "percent": None if few else _percent(failed, failed + passed),
                "few": few,
                "listed": scope.sees(of_dimension(dimension)),
            }
        )
    worst = max((row["percent"] or 0 for row in rows), default=0)
    return [row | {"hot": bool(worst) and row["percent"] == worst} for row in rows]


def _few_here(code: str, scope: Scope, measure: Measure, n: int) -> bool:
    """Whether this area's own count is too small to be shown: as its row on the page above is."""
    if not code or n == 0 or scope.allows("people.view", code):
        return False
    above = code[:-2]
    if not any(above.startswith(prefix) for prefix in scope.prefixes_for("counts.view")):
        return code in queries.few_in({code: n}, scope, measure)
    beside = queries.needs_by_child(above, len(code))
    return code in queries.few_in({key: measure.houses(each) for key, each in beside.items()}, scope, measure)


def _urgencies(numbers: queries.AreaNeeds) -> list[dict[str, Any]]:
    counts = {9: numbers.urgent, 5: numbers.pressing, 1: numbers.can_wait}
    return [
        {"code": code, "label": priority.urgency_label(code), "n": counts[code], "colour": COLOURS[code]}
        for code in priority.URGENCIES
    ]


def _groups(numbers: queries.AreaNeeds) -> list[dict[str, Any]]:
    return [{"code": code, "label": label, "n": numbers.groups.get(code, 0)} for code, label in GROUPS.items()]


def _map(code: str, prefixes: tuple[str, ...], rows: list[dict[str, Any]], measure: str) -> dict[str, Any] | None:
    """The areas below painted by the measure; several areas far apart have no map of their own."""
    if len(prefixes) != 1 or not rows:
        return None
    values = {row["code"]: row["value"] for row in rows if row["value"] is not None}
    return {
        "areas": f"{reverse('pages:area_shapes', args=[len(prefixes[0]) // 2 + 1])}?in={prefixes[0]}&measure={measure}",
        "fill": True,
        "legend": shades(values).legend(MEASURES[measure].label),
    }


def _percent(n: int, whole: int) -> int | None:
    return round(100 * n / whole) if whole else None
