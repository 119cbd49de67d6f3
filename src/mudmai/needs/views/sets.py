"""Sets of indicators: every one with its rules in words; and an office's own, checked and brought in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import BadInput
from mudmai.needs import queries, services
from mudmai.needs.forms import OwnSetForm
from mudmai.needs.rules import sets as rules
from mudmai.needs.rules.words import DIMENSIONS
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places

WEIGH = "needs.weigh"
# What the grades of a source mean, as a reader takes them.
CONFIDENCES = {
    "A": _lazy("A: read in an official page"),
    "B": _lazy("B: several pages agree"),
    "C": _lazy("C: a single weak source"),
    "K": _lazy("K: a guess, to be checked"),
}
UNITS = {"person": _lazy("of each person"), "household": _lazy("of the household")}


@require_GET
def sets(request: SignedInRequest) -> HttpResponse:
    """Every set that there is, and which is used where."""
    access.require_somewhere(request.user, "counts.view")
    language = get_language() or "th"
    rows = [
        {
            "set": each.set,
            "title": each.set.label(language),
            "url": reverse("needs:set", args=[each.key]),
            "area": _area(each.area_code),
            "confidence": _confidence(each.set.confidence),
            "in_use": each.in_use,
        }
        for each in queries.sets_for(request.user)
    ]
    may_add = scope_for(request.user).allows_somewhere(WEIGH)
    return render(request, "needs/sets.html", {"rows": rows, "may_add": may_add})


@require_GET
def one_set(request: SignedInRequest, key: str) -> HttpResponse:
    """One set: its indicators by dimension, each rule in words, with sources. Raises NotFound."""
    access.require_somewhere(request.user, "counts.view")
    language = get_language() or "th"
    found = queries.set_of(request.user, key)
    context: dict[str, Any] = {
        "set": found.set,
        "row": found.row,
        "title": found.set.label(language),
        "note": found.set.note(language),
        "confidence": _confidence(found.set.confidence),
        "dimensions_confidence": found.set.dimensions_confidence,
        "dimensions": _by_dimension(found.set, language),
        "numbers": [
            {"label": number.label(language), "unit": number.unit, "number": row, "value": f"{row.value:,.10g}"}
            for number in found.set.numbers.values()
            for row in number.rows
        ],
        "area": _area(found.area_code),
        "in_use": found.in_use,
        "may_change": found.may_change,
        "crumbs": [
            {"url": reverse("needs:sets"), "label": _("Sets of indicators")},
            {"url": "", "label": found.set.label(language)},
        ],
    }
    return render(request, "needs/set.html", context)


def _by_dimension(found: rules.IndicatorSet, language: str) -> list[dict[str, Any]]:
    """The five dimensions with their indicators, then those that count in none."""
    parts = []
    for code, label in [*DIMENSIONS.items(), ("", _("In none of the five dimensions"))]:
        rows = [_indicator(each, language) for each in found.indicators if found.dimension_of(each.no) == code]
        if rows:
            parts.append({"label": label, "rows": rows})
    return parts


def _indicator(indicator: rules.Indicator, language: str) -> dict[str, Any]:
    attributes = catalogue().attributes
    return {
        "indicator": indicator,
        "text": indicator.label(language),
        "passes": indicator.passes(language),
        "note": indicator.note(language),
        "rules": [words for rule in indicator.rules if (words := rule.label(language))],
        "facts": [attributes[code].label(language) for code in indicator.facts() if code in attributes],
        "unit": UNITS[indicator.unit],
        "confidence": indicator.confidence,
        "unasked": not indicator.can_be_evaluated,
    }


def _area(code: str) -> str:
    return places.full_name(code) if code else _("The whole country")


def _confidence(grade: str) -> str:
    return str(CONFIDENCES.get(grade, grade))


@require_http_methods(["GET", "POST"])
def own_set(request: SignedInRequest) -> HttpResponse:
    """Check a set of the office's own, and keep it where nothing is wrong with it."""
    access.require_somewhere(request.user, WEIGH)
    scope = scope_for(request.user)
    prefixes = scope.prefixes_for(WEIGH)
    form = OwnSetForm(
        request.POST if request.method == "POST" else None, request.FILES or None,
        scope=scope, action=WEIGH, area=prefixes[0] if len(prefixes) == 1 else "",
    )  # fmt: skip
    faults: list[str] = []
    checked = None
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["body"]
        checked, faults = rules.check(body)
        if checked is not None and request.POST.get("do") == "keep":
            try:
                row = services.keep_set(by=request.user, area_code=form.cleaned_data["area"], body=body)
            except BadInput as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, _("The set is kept. It is used once you say so here."))
                return redirect("needs:set", queries.key_of(row))
        # What was in the file stands in the field now, to be mended and sent again.
        form = (
            OwnSetForm({"area": form.cleaned_data["area"], "body": body}, scope=scope, action=WEIGH)
            if not form.errors
            else form
        )
    context = {
        "form": form,
        "faults": faults,
        "checked": checked,
        "crumbs": [
            {"url": reverse("needs:sets"), "label": _("Sets of indicators")},
            {"url": "", "label": _("A set of our own")},
        ],
    }
    wrong = bool(faults or (request.method == "POST" and form.errors))
    return render(request, "needs/own_set.html", context, status=422 if wrong else 200)


@require_POST
def use_set(request: SignedInRequest, set_id: int) -> HttpResponse:
    """Put a set of the office's own to use, or take it out of use."""
    row = services.use_set(by=request.user, set_id=set_id, in_use=request.POST.get("in_use") == "yes")
    messages.success(request, _("Every household there is assessed anew now; that takes some minutes."))
    return redirect("needs:set", queries.key_of(row))
