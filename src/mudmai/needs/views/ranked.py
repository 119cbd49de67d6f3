"""Who comes first: the households of the user's areas in the order of their needs, each with its reasons."""

from typing import Any

from django.http import HttpResponse
from django.http.response import FileResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from mudmai.access import rules as access_rules
from mudmai.access import services as access
from mudmai.access.queries import Scope
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.needs import queries
from mudmai.needs.forms import RankForm, TakeForm
from mudmai.needs.rules import priority
from mudmai.needs.rules.words import COLOURS, DIMENSIONS, GROUPS
from mudmai.needs.views.shown import asked
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.queries import kept_query
from mudmai.places import queries as places

# A list on paper holds this many rows; a village has fewer houses.
ON_PAPER = 1000
# Rows are tall, for each says why: so many on a page, and so many reasons that stand open.
ON_SCREEN = 25
SHOWN = 2
# A bar is full at this score, or at the largest on the page where that is more.
FULL = 100


@require_GET
def ranked(request: SignedInRequest) -> HttpResponse:
    """The list; `print` gives the whole of it for paper. Whoever sees numbers alone is led to these."""
    scope = people.scope_of(request.user)
    if not scope.allows_somewhere("people.view"):
        access.require_somewhere(request.user, "counts.view")
        return redirect("needs:area")
    form = RankForm(request.GET, scope=scope)
    keep = form.keep()
    on_paper = "print" in request.GET
    page = queries.ranked_page(
        request.user, keep, after=asked(request, "after"), before=asked(request, "before"),
        size=ON_PAPER if on_paper else ON_SCREEN,
    )  # fmt: skip
    _log_look(request, page.rows, keep.area, on_paper=on_paper)
    count = queries.count_needs(request.user, keep)
    words = ngettext("%(n)s household", "%(n)s households", count) % {"n": f"{count:,}"}
    context: dict[str, Any] = {
        "form": form,
        "rows": rows_of(page.rows),
        "full": max([FULL, *(line.score for line in page.rows)]),
        "count": words,
        "chosen": form.in_words(),
        "page": page.links(request.GET),
        "may_export": scope.allows_somewhere("people.export"),
        "may_weigh": scope.allows_somewhere("needs.weigh"),
        "print_url": reverse("needs:ranked") + kept_query(request.GET, print="1"),
        "export_url": reverse("needs:ranked_export") + kept_query(request.GET),
    }
    if on_paper:
        context["paper"] = _paper(
            form, words, reverse("needs:ranked") + kept_query(request.GET), bool(page.after), scope
        )
        return render(request, "needs/print_ranked.html", context)
    return render(request, "needs/ranked.html", context)


def rows_of(lines: list[queries.RankedLine]) -> list[dict[str, Any]]:
    """Lines with what the template shows of them: {line, village, urgency, colour, failed, groups, first, rest}."""
    names = people.area_names({line.area_code for line in lines})
    return [
        {
            "line": line,
            "village": names[line.area_code],
            "urgency": priority.urgency_label(line.urgency),
            "colour": COLOURS.get(line.urgency, ""),
            "failed": [DIMENSIONS[code] for code in line.failed],
            "groups": [GROUPS[code] for code in line.groups],
            "first": line.reasons[:SHOWN],
            "rest": line.reasons[SHOWN:],
        }
        for line in lines
    ]


def _paper(form: RankForm, count: str, back: str, more: bool, scope: Scope) -> dict[str, Any]:
    area = form.chosen("area")
    prefixes = scope.prefixes_for("people.view")
    area = area or (prefixes[0] if len(prefixes) == 1 else "")
    return {
        "title": _("Who comes first"),
        "area": places.full_name(area) if area else _("All my areas"),
        "as_of": clock.today(),
        "count": count,
        "lines": [" · ".join(form.in_words())] if form.in_words() else [],
        "notes": [_("Only what the one who printed this may see is on the paper. The list is confidential.")],
        "back": back,
        "more": more,
    }


def _log_look(request: SignedInRequest, lines: list[queries.RankedLine], area: str, *, on_paper: bool) -> None:
    """One line in the log where reasons of sensitive classes are shown, and for every paper."""
    classes = {each for line in lines for reason in line.reasons for each in reason.data_classes}
    seen = classes & access_rules.SENSITIVE
    if seen or on_paper:
        with audit.allowed_write():
            audit.record(
                request.user, "needs.list.printed" if on_paper else "needs.list.shown", "list", "needs-ranked",
                area_code=area, rows=len(lines), classes=sorted(seen),
            )  # fmt: skip


@require_http_methods(["GET", "POST"])
def ranked_export(request: SignedInRequest) -> HttpResponseBase:
    """The list as a file, after its purpose was asked."""
    access.require_somewhere(request.user, "people.export")
    scope = people.scope_of(request.user)
    filters = RankForm(request.GET, scope=scope, action="people.export")
    keep = filters.keep()
    count = queries.count_needs(request.user, keep, "people.export")
    form = TakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = registry.leave_as_file(
            request.user, "needs-ranked", title=_("Who comes first"), header=_header(),
            rows=(_cells(line) for line in queries.needs_to_export(request.user, keep)),
            purpose=form.cleaned_data["purpose"], form=form.cleaned_data["format"], area=keep.area, rows_told=count,
            filter=request.GET.dict(),
        )  # fmt: skip
        return FileResponse(found.file, as_attachment=True, filename=found.name, content_type=found.content_type)
    back = reverse("needs:ranked") + kept_query(request.GET)
    take = {
        "title": _("Export who comes first"),
        "count": ngettext("%(n)s household", "%(n)s households", count) % {"n": f"{count:,}"},
        "chosen": filters.in_words(),
        "back": back,
    }
    crumbs = [{"url": back, "label": _("Who comes first")}, {"url": "", "label": _("Export")}]
    context = {"form": form, "take": take, "crumbs": crumbs}
    return render(request, "shared/take.html", context, status=422 if form.errors else 200)


def _header() -> list[str]:
    return [
        _("Code of the household"), _("Area"), _("House number"), _("Head"), _("People"), _("Score"), _("Urgency"),
        _("Red case"), _("Fails in"), _("Not known in"), _("Target groups"), _("Reasons"), _("Reasons not shown"),
    ]  # fmt: skip


def _cells(line: queries.RankedLine) -> list[str | int | float | None]:
    return [
        line.house.code,
        places.full_name(line.area_code),
        line.house.house_no,
        line.house.head_name,
        line.members,
        line.score,
        priority.urgency_label(line.urgency),
        _("yes") if line.red else "",
        ", ".join(str(DIMENSIONS[code]) for code in line.failed),
        ", ".join(str(DIMENSIONS[code]) for code in line.unsure),
        ", ".join(str(GROUPS[code]) for code in line.groups),
        "; ".join(reason.sentence for reason in line.reasons),
        line.hidden or "",
    ]
