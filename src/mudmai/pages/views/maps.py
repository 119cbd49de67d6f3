"""The map: its page, and the outlines of areas painted by their numbers."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mudmai.access import services as access
from mudmai.access.queries import Scope
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import NotFound
from mudmai.pages.queries import Painting, measures, painting
from mudmai.people import queries as people
from mudmai.people.queries import area_choices, area_names
from mudmai.places import queries as places

LEVELS = (1, 2, 3, 4)
# How finely outlines are drawn, by the length of the area they lie in: the country, a province, a district, a tambon.
ZOOM_OF = {0: 5.0, 2: 8.0, 4: 10.0, 6: 12.0, 8: 12.0}
MISSING_SHOWN = 12
VILLAGE = 8  # digits of its code; there is nothing below it


@require_GET
def map_page(request: SignedInRequest) -> HttpResponse:
    """The map of an area: its houses, or its parts painted by a number; below it the same in words."""
    scope = _scope(request)
    code = area_of(request, scope)
    sees_people = scope.allows("people.view", code) if code else scope.allows_somewhere("people.view")
    default = "" if sees_people else "people"
    measure = request.GET.get("measure", default)
    offered = measures()
    measure = measure if measure in offered else default
    painted = painting(scope, code, len(code) + 2, measure) if measure and len(code) < VILLAGE else None
    words = painted.words if painted else {}
    names = area_names(words)
    missing = people.households_page(request.user, people.HouseholdFilter(area=code, pin="no"), size=MISSING_SHOWN)
    context: dict[str, Any] = {
        "code": code,
        "title": places.full_name(code) if code else _("Map"),
        "areas": area_choices(scope, "counts.view", code),
        "measure": measure,
        "measures": [("", _("Houses only")), *offered.items()] if sees_people else [*offered.items()],
        "measure_label": offered.get(measure, ""),
        "sees_people": sees_people,
        "missing": _with_area(missing.rows) if sees_people else [],
        "more_missing": bool(missing.after),
        "may_pin": scope.allows("map.pin", code) if code else scope.allows_somewhere("map.pin"),
        "figures": [(reverse(painted.page, args=[key]), names[key], words[key]) for key in sorted(words)]
        if painted
        else [],
        "map_config": _config(request, scope, code, measure, painted, sees_people),
    }
    return render(request, "pages/map.html", context)


def _scope(request: SignedInRequest) -> Scope:
    """The map is for whoever sees numbers, or houses that a team of his follows. Raises DutyDoesNotAllow."""
    scope = people.scope_of(request.user)
    if not scope.allows_somewhere("people.view"):
        access.require_somewhere(request.user, "counts.view")
    return scope


def _with_area(houses: list[Any]) -> list[tuple[Any, str]]:
    names = area_names({house.area_code for house in houses})
    return [(house, names[house.area_code]) for house in houses]


def area_of(request: HttpRequest, scope: Scope) -> str:
    """The area that `in` asks for, else the user's own. Raises NotFound outside the user's areas."""
    prefixes = scope.prefixes_for("counts.view")
    code = request.GET.get("in", "")
    if not code:
        return prefixes[0] if len(prefixes) == 1 else ""
    if not code.isdecimal() or not any(code.startswith(prefix) for prefix in prefixes):
        raise NotFound(_("This area does not exist, or is not yours."))
    return code


def _config(
    request: SignedInRequest, scope: Scope, code: str, measure: str, painted: Painting | None, sees_people: bool
) -> dict[str, Any]:
    level = min(4, len(code) // 2 + 1)
    query = {"in": code[:6]} | ({"measure": measure} if measure else {})
    config: dict[str, Any] = {"areas": f"{reverse('pages:area_shapes', args=[level])}?{urlencode(query)}"}
    if measure and not sees_people:
        config["fill"] = True
    if sees_people:
        config |= {"tiles": tile_address(), "houseUrl": house_address(), "fill": bool(measure)}
    box = places.bounds_of(code) if code else None
    if box is None and sees_people:
        box = people.pins_bounds(request.user, code)
    if box is not None:
        config["bounds"] = list(box)
    if places.basemap_path():
        config["basemap"] = reverse("pages:basemap")
    legend = _legend(scope, painted, sees_people)
    return config | ({"legend": legend} if legend["rows"] else {})


def _legend(scope: Scope, painted: Painting | None, sees_people: bool) -> dict[str, Any]:
    title: dict[str, Any] = {"title": _("On the map"), "rows": []}
    legend = painted.shading.legend(painted.label) if painted else title
    if sees_people:
        legend["rows"] = [*legend["rows"], {"dot": "house", "label": _("a house; a circle: so many houses")}]
        if scope.sees("health"):
            legend["rows"].append({"dot": "need", "label": _("somebody bedridden lives there")})
    return legend


def tile_address() -> str:
    """The address of tiles with {z}, {x} and {y} to be filled in by the map."""
    return reverse("pages:tile", args=[0, 0, 0]).replace("0/0/0", "{z}/{x}/{y}")


def house_address() -> str:
    nobody = UUID(int=0)
    return reverse("pages:household", args=[nobody]).replace(str(nobody), "{id}")


@require_GET
def area_shapes(request: SignedInRequest, level: int) -> HttpResponse:
    """Outlines of one level inside `in` as GeoJSON, painted by `measure` where the user sees the numbers.

    Where no outlines of that level are loaded, the outline of the area itself.
    """
    scope = _scope(request)
    code = request.GET.get("in", "")
    if level not in LEVELS or (code and not code.isdecimal()) or level > len(code) // 2 + 2:
        raise NotFound(_("This area does not exist, or is not yours."))
    zoom = ZOOM_OF.get(len(code), 12.0)
    shapes = orjson.loads(places.boundaries_geojson(code, level, zoom))
    if not shapes["features"] and len(code) >= 2:
        shapes = orjson.loads(places.boundaries_geojson(code, len(code) // 2, zoom))
    painted = painting(scope, code, level * 2, request.GET.get("measure", ""))
    if painted is not None:
        _paint(shapes["features"], painted)
    response = HttpResponse(orjson.dumps(shapes), content_type="application/geo+json")
    response["Cache-Control"] = "private, max-age=60"
    return response


def _paint(features: list[dict[str, Any]], painted: Painting) -> None:
    for feature in features:
        properties = feature["properties"]
        key = properties["code"]
        if key in painted.words:
            if key in painted.shading.values:
                properties["class"] = painted.shading.class_of(key)
            properties["shown"] = painted.words[key]
            properties["url"] = reverse(painted.page, args=[key])
