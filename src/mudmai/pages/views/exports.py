"""Lists that leave the registry as files: who, what and what for stands in the log before the file is sent."""

import tempfile
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import NotFound
from mudmai.pages import services
from mudmai.pages.forms import ExportForm, HouseholdFilterForm, PersonFilterForm
from mudmai.pages.queries import export_for
from mudmai.pages.rules import points
from mudmai.pages.rules.exports import HOUSEHOLDS, PERSONS
from mudmai.pages.services import Rows
from mudmai.pages.tasks import make_export
from mudmai.people import queries as people

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml",
    "zip": "application/zip",
}
IN_MEMORY = 2**20


@require_http_methods(["GET", "POST"])
def export(request: SignedInRequest, what: str) -> HttpResponseBase:
    """Ask for purpose and columns, then send the list that the filter of the address keeps."""
    if what not in {PERSONS, HOUSEHOLDS}:
        raise NotFound(_("There is no such list."))
    access.require_somewhere(request.user, "people.export")
    scope = scope_for(request.user)
    filters = (PersonFilterForm if what == PERSONS else HouseholdFilterForm)(
        request.GET, scope=scope, action="people.export"
    )
    form = ExportForm(request.POST if request.method == "POST" else None, what=what, scope=scope)
    if request.method == "POST" and form.is_valid():
        return _send(request, what, filters, form)
    return _ask(request, what, filters, form)


def _ask(request: SignedInRequest, what: str, filters: Any, form: ExportForm) -> HttpResponse:
    count = _count(request, what, filters.keep(), "people.export")
    words = (
        ngettext("%(n)s person", "%(n)s people", count)
        if what == PERSONS
        else ngettext("%(n)s household", "%(n)s households", count)
    )
    back = reverse(f"pages:{what}") + people.kept_query(request.GET)
    context = {
        "form": form,
        "chosen": filters.in_words(),
        "count": words % {"n": f"{count:,}"},
        "many": count > points.MOST_IN_A_LAYER,
        "layer": points.MOST_IN_A_LAYER,
        "title": _("Export persons") if what == PERSONS else _("Export households"),
        "back": back,
        "crumbs": [
            {"url": back, "label": _title(what)},
            {"url": "", "label": _("Export")},
        ],
    }
    return render(request, "pages/export.html", context, status=422 if form.errors else 200)


def _send(request: SignedInRequest, what: str, filters: Any, form: ExportForm) -> HttpResponseBase:
    """Put a line in the log, and only then send the list, or set a long one on its way."""
    chosen, keep = form.cleaned_data, filters.keep()
    full_id = bool(chosen.get("full_id"))
    count = _count(request, what, keep, "people.export")
    area = filters.chosen("area")
    prefixes = scope_for(request.user).prefixes_for("people.export")
    audit.record(
        request.user, "people.exported", what, area_code=area or (prefixes[0] if len(prefixes) == 1 else ""),
        purpose=chosen["purpose"], format=chosen["format"], rows=count, columns=chosen["columns"],
        full_ids=full_id, filter=request.GET.dict(),
    )  # fmt: skip
    writer = Rows(scope_for(request.user), what, chosen["columns"], full_id=full_id)
    rows, title = writer.placed(request.user, keep), _title(what)
    if chosen["format"] == "xlsx":
        if count > services.MOST_AT_ONCE:
            return _set_on_its_way(request, what, keep, chosen["columns"], full_id, count)
        book = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it
        services.write(book, "xlsx", title, writer.header, rows)
        book.seek(0)
        return FileResponse(book, as_attachment=True, filename=_name(what, "xlsx"), content_type=TYPES["xlsx"])
    ending, pieces = services.pieces(chosen["format"], title, writer.header, rows)
    disposition = content_disposition_header(True, _name(what, ending))
    return StreamingHttpResponse(
        pieces, content_type=TYPES[ending], headers={"Content-Disposition": disposition or "attachment"}
    )


def _set_on_its_way(
    request: SignedInRequest, what: str, keep: Any, columns: list[str], full_id: bool, count: int
) -> HttpResponse:
    made = services.begin_export(request.user, what, keep, columns, full_id=full_id, total=count)
    make_export.enqueue(str(made.pk))
    return redirect("pages:export_file", made.pk)


@require_GET
def export_file(request: SignedInRequest, export_id: UUID) -> HttpResponse:
    """How far a long list is, and where to fetch it; for the one who asked."""
    found = _export(request, export_id)
    ready = found.finished_at is not None
    job = {
        "title": _("The list is being written"),
        "url": request.get_full_path(),
        "running": not ready and not found.failed,
        "done": found.done,
        "total": found.total,
    }
    if request.htmx and job["running"]:
        return render(request, "shared/progress.html", {"job": job})
    if request.htmx:
        return HttpResponseClientRefresh()
    back = reverse(f"pages:{found.what}")
    crumbs = [{"url": back, "label": _title(found.what)}, {"url": "", "label": _("Export")}]
    context = {"export": found, "ready": ready, "job": job, "title": _title(found.what), "crumbs": crumbs}
    return render(request, "pages/export_file.html", context)


@require_GET
def fetch_export(request: SignedInRequest, export_id: UUID) -> HttpResponse:
    """The workbook, once it is whole."""
    found = _export(request, export_id)
    if found.finished_at is None:
        raise NotFound(_("This file is not ready yet."))
    disposition = content_disposition_header(True, _name(found.what, "xlsx"))
    return HttpResponse(
        services.bytes_of_export(found),
        content_type=TYPES["xlsx"],
        headers={"Content-Disposition": disposition or "attachment"},
    )


def _export(request: SignedInRequest, export_id: UUID) -> Any:
    """An export of the user's own, while the duty that allowed it lasts."""
    found = export_for(request.user, export_id)
    access.require_somewhere(request.user, "people.export")
    return found


def _count(request: SignedInRequest, what: str, keep: Any, action: str) -> int:
    return (people.count_persons if what == PERSONS else people.count_households)(request.user, keep, action)


def _title(what: str) -> str:
    return _("Persons") if what == PERSONS else _("Households")


def _name(what: str, ending: str) -> str:
    return f"mudmai-{what}-{_day_of_file()}.{ending}"


def _day_of_file() -> str:
    today = clock.today()
    year = today.year + (clock.BUDDHIST_OFFSET if (get_language() or "th").startswith("th") else 0)
    return f"{year}-{today:%m-%d}"
