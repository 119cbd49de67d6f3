"""What changed between two days: the same households followed, better, the same or worse."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from mudmai.access import services as access
from mudmai.access.queries import Scope, scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel import clock, dates
from mudmai.kernel.errors import BadInput
from mudmai.needs import queries, services
from mudmai.needs.rules.measures import FEWEST
from mudmai.needs.rules.words import DIMENSIONS, GROUPS
from mudmai.people import queries as people
from mudmai.people.queries import area_crumbs, area_title, own_area

NOW = "now"
# Ways of a household, with the colour and icon of `shared/tag.html`.
WAYS: dict[str, tuple[str, Any]] = {
    "better": ("ok", _lazy("better")),
    "worse": ("bad", _lazy("worse")),
    "new": ("info", _lazy("new")),
}
HOUSES = 100
# Of more households than this the list is asked for in a part of the area: it is worked out anew each time.
LISTED_OF = 20_000
SEE, WEIGH = "people.view", "needs.weigh"


@require_GET
def changes(request: SignedInRequest) -> HttpResponse:
    """Two days of an area compared. Households by name only for whoever may see them."""
    access.require_somewhere(request.user, "counts.view")
    scope = scope_for(request.user)
    code = own_area(scope, request.GET.get("in", ""))
    kept = list(queries.snapshots_for(request.user, code))
    running = next((each for each in kept if each.finished_at is None), None)
    if running is not None and request.htmx:
        return render(request, "shared/progress.html", {"job": _job(request, running)})
    if request.htmx:
        return HttpResponseClientRefresh()
    ready = [each for each in kept if each.finished_at is not None]
    older, newer = _chosen(request, ready)
    way = request.GET.get("way", "")
    way = way if way in WAYS else "worse"
    sees_people = scope.allows(SEE, code) if code else scope.allows_somewhere(SEE)
    context: dict[str, Any] = {
        "code": code,
        "title": area_title(code, scope.prefixes_for("counts.view")),
        "crumbs": area_crumbs(code, scope, "needs:area_of"),
        "areas": people.area_choices(scope, "counts.view", code),
        "snapshots": ready,
        "older": older,
        "newer": newer,
        "may_take": _may_take(scope, code),
        "job": _job(request, running) if running else None,
        "sees_people": sees_people,
        "way": way,
        "ways": [(key, label) for key, (_colour, label) in WAYS.items()],
    }
    if older is not None:
        found = queries.changes(request.user, code, older, newer)
        context |= _numbers(found, sees_people)
        if sees_people and context["found"].followed <= LISTED_OF:
            houses = queries.changed_houses(request.user, code, older, newer, way)
            context |= {
                "houses": [_house(each) for each in houses[:HOUSES]],
                "more": len(houses) > HOUSES,
                "listed": True,
            }
    return render(request, "needs/changes.html", context)


def _chosen(request: SignedInRequest, ready: list[queries.Snapshot]) -> tuple[Any, Any]:
    """The two days asked for, the older first; without a choice, the newest day before today, and now."""
    if not ready:
        return None, None
    by_key = {str(each.pk): each for each in ready}
    earlier = [each for each in ready if each.as_of < clock.today()] or ready
    newest = max(earlier, key=lambda each: (each.as_of, each.pk))
    older = by_key.get(request.GET.get("from", ""), newest)
    newer = by_key.get(request.GET.get("to", NOW))
    if newer is not None and newer.as_of < older.as_of:
        older, newer = newer, older
    return older, newer if newer is not None and newer.pk != older.pk else None


def _numbers(found: queries.Changes, sees_people: bool) -> dict[str, Any]:
    """The numbers of the page; small counts by dimension only for whoever may see the households."""

    def words(n: int) -> str:
        return _("withheld (few)") if 0 < n < FEWEST and not sees_people else f"{n:,}"

    return {
        "found": found,
        "dimensions": [
            {
                "label": label,
                "better": words(moved.better),
                "same": words(moved.same),
                "worse": words(moved.worse),
                "unknown": words(moved.unknown),
            }
            for code, label in DIMENSIONS.items()
            if (moved := found.dimensions.get(code)) is not None
        ],
        "groups": [
            {"label": label, "moved": found.groups[code]} for code, label in GROUPS.items() if code in found.groups
        ],
    }


def _house(changed: queries.ChangedHouse) -> dict[str, Any]:
    colour, word = WAYS[changed.way]
    return {
        "changed": changed,
        "colour": colour,
        "word": word,
        "mended": [DIMENSIONS[code] for code in changed.mended],
        "fallen": [DIMENSIONS[code] for code in changed.fallen],
    }


def _may_take(scope: Scope, code: str) -> bool:
    return scope.allows(WEIGH, code) if code else scope.allows_somewhere(WEIGH)


def _job(request: SignedInRequest, snapshot: queries.Snapshot) -> dict[str, Any]:
    done, total = queries.progress_of(snapshot)
    return {
        "title": _("The day is being kept, so that others can be compared with it"),
        "url": request.get_full_path(),
        "running": True,
        "done": done,
        "total": total,
    }


@require_POST
def keep_day(request: SignedInRequest) -> HttpResponse:
    """Keep how the area stands today, or stood on an earlier day as far as records of then tell. A job writes it."""
    scope = scope_for(request.user)
    access.require_somewhere(request.user, WEIGH)
    code = own_area(scope, request.POST.get("in", ""), WEIGH)
    page = reverse("needs:changes") + (f"?in={code}" if code else "")
    typed = request.POST.get("day", "").strip()[:40]
    day = None
    if typed:
        parsed = dates.thai_date(typed, today=clock.today())
        if parsed.value is None or parsed.value.precision != "day":
            messages.error(request, _("Write the day like 15/11/2569."))
            return redirect(page)
        day = parsed.value.first_day()
    try:
        services.take_snapshot(by=request.user, area_code=code, as_of=day)
    except BadInput as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The day is kept for comparing, as soon as it is written."))
    return redirect(page)
