"""Files for TPMAP and its Logbook: the layout that the office can change, and the needs of an area laid out so."""

from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mudmai.access import services as access
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import BadInput
from mudmai.needs import queries, services
from mudmai.needs.forms import TakeForm
from mudmai.needs.forms.logbook import LayoutRows, LogbookForm
from mudmai.needs.rules import layouts as rules
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.queries import own_area

EXPORT = "people.export"
# Above a district a file would hold too many people to be made while one waits.
WIDEST = 4
PREVIEWED = 3
FROM_A_TAMBON = 6


@require_GET
def layouts(request: SignedInRequest) -> HttpResponse:
    """The layouts of files, and what may be done with them."""
    access.require_somewhere(request.user, EXPORT)
    found = queries.layouts_for(request.user)
    rows = [{"layout": each, "n": len(each.columns), "row": each.row} for each in found]
    return render(request, "needs/layouts.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def layout(request: SignedInRequest, code: str) -> HttpResponse:
    """Change the words and columns of one layout, with a look at how rows come out. Each change is a new version."""
    access.require_somewhere(request.user, EXPORT)
    found = queries.layout_for(request.user, code)
    scope = people.scope_of(request.user)
    area = own_area(scope, request.GET.get("area", ""), EXPORT)
    table = LayoutRows(found.columns, request.POST if request.method == "POST" else None)
    title = request.POST.get("title", found.title) if request.method == "POST" else found.title
    wrong = rules.faults(table.columns)
    if request.method == "POST" and request.POST.get("do") == "save":
        try:
            services.keep_layout(by=request.user, area_code=area, code=code, title=title, columns=table.columns)
        except BadInput as problem:
            wrong = wrong or [str(problem)]
        else:
            messages.success(request, _("The layout is kept. The earlier version is kept too."))
            return redirect("needs:layout", code)
    refused = request.method == "POST" and bool(wrong)
    context: dict[str, Any] = {
        "layout": found,
        "title": title,
        "lines": table.lines(),
        "choices": table.choices(),
        "faults": wrong if request.method == "POST" else [],
        "preview": [] if refused or len(area) < FROM_A_TAMBON else _preview(request, area, table.columns),
        "columns": table.columns,
        "versions": queries.versions_of(request.user, code),
        "crumbs": [
            {"url": reverse("needs:layouts"), "label": _("Files for TPMAP")},
            {"url": "", "label": found.title},
        ],
    }
    return render(request, "needs/layout.html", context, status=422 if refused else 200)


def _preview(request: SignedInRequest, area: str, columns: list[rules.Column]) -> list[list[Any]]:
    made = queries.LogbookRows(request.user, area, columns, who="either", full_id=False)
    return list(islice(made.rows(PREVIEWED), PREVIEWED))


@require_http_methods(["GET", "POST"])
def logbook(request: SignedInRequest) -> HttpResponseBase:
    """Ask which layout, where, who and what for; then send the file, with a line in the log first."""
    access.require_somewhere(request.user, EXPORT)
    scope = people.scope_of(request.user)
    asked = request.POST.get("area", "") if request.method == "POST" else request.GET.get("area", "")
    area = own_area(scope, asked, EXPORT)
    form = LogbookForm(
        request.POST if request.method == "POST" else None, scope=scope, layouts=queries.layouts_for(request.user),
        area=area, layout=request.GET.get("layout", ""),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        if len(area) < WIDEST:
            form.add_error("area", _("Choose a district, a tambon or a village: a province is too much for one file."))
        else:
            return _send(request, form, area)
    context = {
        "form": form,
        "take": {
            "title": _("A file for TPMAP"), "count": _("One person a row"), "back": reverse("needs:layouts"),
            "chosen": [],
        },
        "crumbs": [{"url": reverse("needs:layouts"), "label": _("Files for TPMAP")}, {"url": "", "label": _("Export")}],
    }  # fmt: skip
    return render(request, "shared/take.html", context, status=422 if form.errors else 200)


def _send(request: SignedInRequest, form: TakeForm, area: str) -> HttpResponseBase:
    chosen = form.cleaned_data
    found = queries.layout_for(request.user, chosen["layout"])
    full_id = bool(chosen.get("full_id"))
    made = queries.LogbookRows(request.user, area, found.columns, who=chosen["who"], full_id=full_id)
    left = registry.leave_as_file(
        request.user, f"tpmap-{found.code}", title="TPMAP", header=made.header, rows=made.rows(),
        purpose=chosen["purpose"], form=chosen["format"], area=area, layout=found.code, who=chosen["who"],
        version=found.row.pk if found.row else 0, columns=[column.code for column in found.columns], full_ids=full_id,
        rows_told=len(made),
    )  # fmt: skip
    return FileResponse(left.file, as_attachment=True, filename=left.name, content_type=left.content_type)
