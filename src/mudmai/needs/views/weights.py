"""How many points each reason counts in a town: seen, tried out, and changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.accounts.models import User
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import BadInput
from mudmai.needs import queries, services
from mudmai.needs.forms import WeightsForm
from mudmai.needs.rules import priority
from mudmai.needs.rules.words import COLOURS
from mudmai.people import queries as people
from mudmai.people.queries import area_title, own_area
from mudmai.places import queries as places

WEIGH = "needs.weigh"
FIRST = 50  # places at the head of the list of which it is told who comes in and who goes out


@require_http_methods(["GET", "POST"])
def weights(request: SignedInRequest) -> HttpResponse:
    """The points, a look at who would move, and the history. Nothing is kept before "save" is pressed."""
    access.require_somewhere(request.user, WEIGH)
    scope = scope_for(request.user)
    code = own_area(scope, request.GET.get("in", ""), WEIGH)
    in_force, standing = queries.weighing_for(code)
    form = WeightsForm(request.POST if request.method == "POST" else None, weights=in_force)
    preview = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "save":
            try:
                services.weigh(by=request.user, area_code=code, points=form.points, note=form.cleaned_data["note"])
            except BadInput as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, _("The points are kept. The list is put in order anew within some minutes."))
                return redirect(reverse("needs:weights") + (f"?in={code}" if code else ""))
        else:
            preview = queries.preview_weights(request.user, code, form.points, FIRST)
    context: dict[str, Any] = {
        "form": form,
        "rows": form.rows(),
        "code": code,
        "title": area_title(code, scope.prefixes_for(WEIGH)),
        "areas": people.area_choices(scope, WEIGH, code),
        "standing": standing,
        "preview": preview,
        "first": FIRST,
        "urgencies": _urgencies(preview) if preview else [],
        "history": _history(request.user, code),
    }
    return render(request, "needs/weights.html", context, status=422 if form.errors else 200)


def _urgencies(preview: queries.Preview) -> list[dict[str, Any]]:
    return [
        {
            "label": priority.urgency_label(each),
            "colour": COLOURS[each],
            "before": preview.urgency_before.get(each, 0),
            "after": preview.urgency_after.get(each, 0),
        }
        for each in priority.URGENCIES
    ]


def _history(user: User, code: str) -> list[dict[str, Any]]:
    """Who set the points when and where, with what each changed, newest first."""
    language = get_language() or "th"
    labels = {key: reason.label(language) for key, reason in priority.reasons().items()}
    labels |= {"band_5": _("Urgent from (points)"), "band_9": _("Very urgent from (points)")}
    before: dict[str, dict[str, int]] = {}
    rows = []
    for weighing in reversed(queries.weighings_of(user, code)):
        was = before.get(weighing.area_code, _flat(priority.usual_weights()))
        now = before[weighing.area_code] = _flat(priority.weights_of(weighing.points))
        changed = [{"label": labels[key], "before": was[key], "after": now[key]} for key in now if now[key] != was[key]]
        area = places.full_name(weighing.area_code) if weighing.area_code else _("The whole country")
        rows.append({"weighing": weighing, "changed": changed, "area": area})
    return rows[::-1]


def _flat(weights: priority.Weights) -> dict[str, int]:
    return {**weights.points, **{priority.BANDS[urgency]: points for urgency, points in weights.bands.items()}}
