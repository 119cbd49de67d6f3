"""Days that matter, by kind and village: who turns 60, whose card expires, who got nothing for three months."""

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mudmai.access import services as access
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel import clock
from mudmai.kernel.dates import format_thai_date
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.queries import kept_query
from mudmai.places import queries as places
from mudmai.rights import queries
from mudmai.rights.forms.standing import AlertForm, TakeForm
from mudmai.rights.rules.notices import Kind
from mudmai.rights.views.shown import asked, log_look, paper_of

ON_PAPER = 1000


@require_GET
def alerts(request: SignedInRequest) -> HttpResponse:
    """Notices of one kind, with how many there are of each; `print` gives the list for paper."""
    scope = people.scope_of(request.user)
    if not scope.allows_somewhere("people.view"):
        access.require_somewhere(request.user, "counts.view")
        return redirect("rights:missed")
    kinds = queries.kinds_seen(request.user)
    form = AlertForm(request.GET, scope=scope, kinds=[(code, kind.label) for code, kind in kinds.items()])
    area, on_paper = form.chosen("area"), "print" in request.GET
    counts = {code: queries.count_alerts(request.user, kind, area) for code, kind in kinds.items()}
    kind = kinds.get(form.chosen("kind")) or next((kinds[code] for code in kinds if counts[code]), None)
    # Another area is asked for with the kind that is shown.
    form.data = {**request.GET.dict(), "kind": kind.code if kind else ""}
    today = clock.today()
    page = (
        queries.alerts_page(
            request.user, kind, area, after=asked(request, "after"), before=asked(request, "before"),
            size=ON_PAPER if on_paper else people.PAGE,
        )
        if kind
        else people.Page([], "", "")
    )  # fmt: skip
    log_look(request, "rights-alerts", page.rows, area, on_paper=on_paper)
    words = _counted(counts[kind.code]) if kind else ""
    context: dict[str, Any] = {
        "form": form,
        "kind": kind,
        "today": today,
        "tabs": [
            {"label": each.label, "n": counts[code], "current": kind is each, "url": _url(code, area)}
            for code, each in kinds.items()
        ],
        "rows": _rows(page.rows, today),
        "count": words,
        "page": page.links(request.GET),
        "may_export": scope.allows_somewhere("people.export"),
        "print_url": kept_query(request.GET, kind=kind.code, print="1") if kind else "",
        "export_url": reverse("rights:alerts_export") + kept_query(request.GET, kind=kind.code) if kind else "",
    }
    if on_paper and kind:
        paper = paper_of(str(kind.label), area, scope.prefixes_for("people.view"), today, words, _url(kind.code, area))
        context["paper"] = paper | {"lines": [kind.help], "more": bool(page.after)}
        return render(request, "rights/print_alerts.html", context)
    return render(request, "rights/alerts.html", context)


def _url(kind: str, area: str) -> str:
    return reverse("rights:alerts") + "?" + urlencode({"kind": kind, "area": area})


def _counted(count: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": f"{count:,}"}


def _rows(found: list[queries.Alert], today: Any) -> list[dict[str, Any]]:
    language = get_language() or "th"
    names = people.area_names({each.person.area_code for each in found})
    return [
        {
            "person": each.person,
            "village": names[each.person.area_code],
            "on": each.on,
            "days": each.days_left(today),
            "ago": -each.days_left(today),
            "colour": "bad" if each.days_left(today) < 0 else "warn" if each.days_left(today) <= 30 else "info",
            "programme": each.programme.label(language),
        }
        for each in found
    ]


@require_http_methods(["GET", "POST"])
def alerts_export(request: SignedInRequest) -> HttpResponseBase:
    """The notices of a kind as a file, after its purpose was asked."""
    access.require_somewhere(request.user, "people.export")
    scope = people.scope_of(request.user)
    kinds = queries.kinds_seen(request.user, "people.export")
    labels = [(code, kind.label) for code, kind in kinds.items()]
    filters = AlertForm(request.GET, scope=scope, kinds=labels, action="people.export")
    kind = kinds.get(filters.chosen("kind"))
    if kind is None:
        return redirect("rights:alerts")
    area = filters.chosen("area")
    form = TakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = registry.leave_as_file(
            request.user, "rights-alerts", title=str(kind.label)[:31], header=_header(),
            rows=(_cells(each, kind) for each in queries.alerts_to_export(request.user, kind, area)),
            purpose=form.cleaned_data["purpose"], form=form.cleaned_data["format"], area=area,
            filter=request.GET.dict(),
        )  # fmt: skip
        return FileResponse(found.file, as_attachment=True, filename=found.name, content_type=found.content_type)
    back = _url(kind.code, area)
    take = {
        "title": _("Export notices"),
        "count": _counted(queries.count_alerts(request.user, kind, area, "people.export")),
        "chosen": filters.in_words(),
        "back": back,
    }
    crumbs = [{"url": back, "label": kind.label}, {"url": "", "label": _("Export")}]
    context = {"form": form, "take": take, "crumbs": crumbs}
    return render(request, "shared/take.html", context, status=422 if form.errors else 200)


def _header() -> list[str]:
    return [_("Code"), _("Name"), _("Birth date"), _("House number"), _("Area"), _("What is coming"), _("Day")]


def _cells(alert: queries.Alert, kind: Kind) -> list[str | int | float | None]:
    person = alert.person
    return [
        person.code,
        person.full_name,
        person.birth_date,
        person.household.house_no if person.household else "",
        places.full_name(person.area_code) if person.area_code else "",
        str(kind.label),
        format_thai_date(alert.on),
    ]
