"""What one household needs: its score and why, the five dimensions, each indicator with what it rests on."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel import clock
from mudmai.needs import queries, services
from mudmai.needs.rules import priority
from mudmai.needs.rules.words import COLOURS
from mudmai.people import queries as people
from mudmai.places import queries as places

# By result: colour, and with it the icon, of `shared/tag.html`, and the word.
RESULTS: dict[str, tuple[str, Any]] = {
    "fail": ("bad", _lazy("fails")),
    "unknown": ("warn", _lazy("not known")),
    "pass": ("ok", _lazy("passes")),
    "na": ("", _lazy("concerns nobody here")),
    "withheld": ("", _lazy("not for you to see")),
}
# The order in which results are read: what is wrong, what is to be asked, what is well.
ORDER = {result: place for place, result in enumerate(RESULTS)}
TOLD: dict[bool | None, tuple[str, Any]] = {
    True: ("bad", _lazy("told as failing")),
    False: ("ok", _lazy("told as not failing")),
    None: ("", _lazy("not told")),
}
STATES: dict[str, tuple[str, Any]] = {
    "yes": ("warn", _lazy("yes")),
    "no": ("", _lazy("no")),
    "unknown": ("", _lazy("not known")),
    "withheld": RESULTS["withheld"],
}


@require_GET
def house(request: SignedInRequest, household_id: UUID) -> HttpResponse:
    """Everything that assessment says of one house, as far as the user may see it. Raises NotFound."""
    found = people.household_for(request.user, household_id)
    line = queries.need_of(request.user, found.pk)
    told = queries.explained(request.user, found.pk)
    classes = set(told.classes) | ({each for reason in line.reasons for each in reason.data_classes} if line else set())
    services.looked_at_house(request.user, found, classes)
    village = people.area_names([found.area_code])[found.area_code] if found.area_code else ""
    indicators = sorted(told.indicators, key=lambda each: ORDER[each.result])
    context: dict[str, Any] = {
        "house": found,
        "village": village,
        "area_name": places.full_name(found.area_code) if found.area_code else "",
        "today": clock.today(),
        "line": line,
        "urgency": priority.urgency_label(line.urgency) if line else "",
        "colour": COLOURS.get(line.urgency, "") if line else "",
        "full": max([1, *(reason.points for reason in line.reasons)]) if line else 1,
        "told": told,
        "dimensions": _dimensions(told),
        "indicators": [
            {"label": label, "colour": colour, "result": result, "rows": [_indicator(each) for each in rows]}
            for result, rows in groupby(indicators, key=lambda each: each.result)
            for colour, label in [RESULTS[result]]
        ],
        "missing": _missing(told),
        "groups": [_state(each) for each in told.groups],
        "fragile": [_state(each) for each in told.fragile],
        "burdens": [_state(each) for each in told.burdens if each.state == "yes"],
        "smart": [_state(each) for each in told.smart],
        "crumbs": [
            {"url": reverse("needs:ranked"), "label": _("Who comes first")},
            {"url": "", "label": _("House %(number)s") % {"number": found.house_no or "–"}},
        ],
    }
    return render(request, "needs/house.html", context)


def _dimensions(told: queries.HouseExplained) -> list[dict[str, Any]]:
    """A bar for each dimension: of its indicators, how many fail; our own finding beside what TPMAP told."""
    beside = {each.dimension: each for each in told.told}
    rows = []
    for dimension in told.dimensions:
        of_it = [each for each in told.indicators if each.dimension == dimension.code]
        concern = [each for each in of_it if each.result != "na"]
        flag = beside.get(dimension.code)
        rows.append(
            {
                "code": dimension.code,
                "label": dimension.label,
                "colour": RESULTS[dimension.state][0],
                "word": RESULTS[dimension.state][1],
                "failed": sum(each.result == "fail" for each in of_it),
                "unknown": sum(each.result == "unknown" for each in of_it),
                "all": len(concern),
                "told": flag,
                "told_colour": TOLD[flag.told if flag else None][0],
                "told_word": TOLD[flag.told if flag else None][1],
            }
        )
    return rows


def _indicator(line: queries.IndicatorLine) -> dict[str, Any]:
    people_of_it = [
        {
            "person": each,
            "url": reverse("pages:person", args=[UUID(each.person_id)]),
            "colour": RESULTS[each.result][0],
            "word": RESULTS[each.result][1],
        }
        for each in line.people
    ]
    return {"line": line, "people": people_of_it}


def _missing(told: queries.HouseExplained) -> list[dict[str, Any]]:
    """How to find out what is not known: each way once, with what it brings and the indicators that wait for that."""
    ways: dict[str, dict[str, list[str]]] = {}
    for line in told.indicators:
        if line.result == "unknown":
            for each in line.missing:
                waiting = ways.setdefault(each.how, {}).setdefault(each.label, [])
                if line.no not in waiting:
                    waiting.append(line.no)
    return [
        {"how": how, "rows": [{"label": label, "indicators": numbers} for label, numbers in found.items()]}
        for how, found in ways.items()
    ]


def _state(line: Any) -> dict[str, Any]:
    """A group (yes, no), or a field (fail, pass), with its colour and word."""
    colour, word = (STATES | RESULTS)[line.state]
    return {"line": line, "colour": colour, "word": word}
