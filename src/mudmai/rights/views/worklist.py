"""Work lists of entitlements: on the screen, on paper with three signatures, and as a file."""

from collections.abc import Iterable
from typing import Any

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
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.queries import kept_query
from mudmai.places import queries as places
from mudmai.rights import queries
from mudmai.rights.forms.standing import FINDINGS, TakeForm, WorklistForm
from mudmai.rights.views.shown import asked, log_look, paper_of

# A list on paper holds this many rows; of a village all fit.
ON_PAPER = 1000
# Each row tells much.
ON_SCREEN = 25


@require_GET
def worklist(request: SignedInRequest) -> HttpResponse:
    """The list; `print` gives the whole of it for paper. Whoever sees numbers alone is led to these."""
    scope = people.scope_of(request.user)
    if not scope.allows_somewhere("people.view"):
        access.require_somewhere(request.user, "counts.view")
        return redirect("rights:missed")
    form = WorklistForm(request.GET, scope=scope)
    keep, on_paper = form.keep(), "print" in request.GET
    page = queries.worklist_page(
        request.user, keep, after=asked(request, "after"), before=asked(request, "before"),
        size=ON_PAPER if on_paper else ON_SCREEN,
    )  # fmt: skip
    log_look(request, "rights-worklist", page.rows, keep.area, on_paper=on_paper)
    count = queries.count_worklist(request.user, keep)
    words = ngettext("%(n)s line", "%(n)s lines", count) % {"n": f"{count:,}"}
    chosen = kept_query(request.GET)
    context: dict[str, Any] = {
        "form": form,
        "rows": rows_of(page.rows),
        "keep": keep,
        "heading": FINDINGS[keep.finding],
        "count": words,
        "page": page.links(request.GET),
        "may_see_any": bool(queries.seen_programmes(scope)),
        "may_export": scope.allows_somewhere("people.export"),
        "print_url": reverse("rights:worklist") + kept_query(request.GET, print="1"),
        "letters_url": reverse("rights:letters") + chosen,
        "export_url": reverse("rights:export") + chosen,
    }
    if on_paper:
        prefixes = scope.prefixes_for("people.view")
        paper = paper_of(str(FINDINGS[keep.finding]), keep.area, prefixes, clock.today(), words, context_back(chosen))
        context["paper"] = paper | {"lines": form.in_words()[1:2], "more": bool(page.after)}
        return render(request, "rights/print_worklist.html", context)
    return render(request, "rights/worklist.html", context)


def context_back(chosen: str) -> str:
    return reverse("rights:worklist") + chosen


def rows_of(lines: Iterable[queries.Line]) -> list[dict[str, Any]]:
    """Lines with what the template shows of them."""
    language, lines = get_language() or "th", list(lines)
    names = people.area_names({line.person.area_code for line in lines})
    return [
        {
            "person": line.person,
            "programme": line.programme.label(language),
            "kind": line.programme.kind,
            "village": names[line.person.area_code],
            "amount": line.amount,
            "why": line.why(language),
            "paper": line.paper(language),
            "apply_at": line.programme.apply_at(language),
        }
        for line in lines
    ]


@require_http_methods(["GET", "POST"])
def export(request: SignedInRequest) -> HttpResponseBase:
    """The list as a file, after its purpose was asked."""
    access.require_somewhere(request.user, "people.export")
    filters = WorklistForm(request.GET, scope=people.scope_of(request.user), action="people.export")
    keep = filters.keep()
    count = queries.count_worklist(request.user, keep, "people.export")
    form = TakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = registry.leave_as_file(
            request.user, "rights-worklist", title=str(FINDINGS[keep.finding])[:31], header=_header(),
            rows=(_cells(line) for line in queries.worklist_to_export(request.user, keep)),
            purpose=form.cleaned_data["purpose"], form=form.cleaned_data["format"], area=keep.area, rows_told=count,
            filter=request.GET.dict(),
        )  # fmt: skip
        return FileResponse(found.file, as_attachment=True, filename=found.name, content_type=found.content_type)
    back = reverse("rights:worklist") + kept_query(request.GET)
    take = {
        "title": _("Export a work list"),
        "count": ngettext("%(n)s line", "%(n)s lines", count) % {"n": f"{count:,}"},
        "chosen": filters.in_words(),
        "back": back,
    }
    crumbs = [{"url": back, "label": FINDINGS[keep.finding]}, {"url": "", "label": _("Export")}]
    context = {"form": form, "take": take, "crumbs": crumbs}
    return render(request, "shared/take.html", context, status=422 if form.errors else 200)


def _header() -> list[str]:
    return [
        _("Code"), _("Name"), _("Birth date"), _("House number"), _("Area"), _("Programme"), _("Finding"),
        _("Baht"), _("Why"), _("Missing paper"), _("Where to apply"),
    ]  # fmt: skip


def _cells(line: queries.Line) -> list[str | int | float | None]:
    language, person = get_language() or "th", line.person
    return [
        person.code,
        person.full_name,
        person.birth_date,
        person.household.house_no if person.household else "",
        places.full_name(person.area_code) if person.area_code else "",
        line.programme.label(language),
        str(FINDINGS[line.standing.finding]),
        float(line.amount),
        line.why(language),
        line.paper(language),
        line.programme.apply_at(language),
    ]
