"""Lists that leave the registry as files: who, what and what for stands in the log before the file is sent."""

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import NotFound
from mudmai.pages.forms import ExportForm, HouseholdFilterForm, PersonFilterForm
from mudmai.pages.forms.exports import HOUSEHOLDS, PERSONS
from mudmai.pages.rules import points, tables
from mudmai.pages.rules.points import Placed
from mudmai.pages.views.export_rows import Rows
from mudmai.pages.views.lists import chosen_query
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
    count = (people.count_persons if what == PERSONS else people.count_households)(request.user, filters.keep())
    words = (
        ngettext("%(n)s person", "%(n)s people", count)
        if what == PERSONS
        else ngettext("%(n)s household", "%(n)s households", count)
    )
    back = reverse(f"pages:{what}") + chosen_query(request)
    context = {
        "form": form,
        "chosen": filters.in_words(),
        "count": words % {"n": f"{count:,}"},
        "many": count > points.MOST_IN_A_LAYER,
        "layer": points.MOST_IN_A_LAYER,
        "title": _("Export persons") if what == PERSONS else _("Export households"),
        "back": back,
        "crumbs": [
            {"url": back, "label": _("Persons") if what == PERSONS else _("Households")},
            {"url": "", "label": _("Export")},
        ],
    }
    return render(request, "pages/export.html", context, status=422 if form.errors else 200)


def _send(request: SignedInRequest, what: str, filters: Any, form: ExportForm) -> FileResponse:
    """Write the file, put a line in the log, and only then send it."""
    chosen = form.cleaned_data
    writer = Rows(scope_for(request.user), what, chosen["columns"], full_id=bool(chosen.get("full_id")))
    rows = writer.placed(request.user, filters.keep())
    name = f"mudmai-{what}-{_day_of_file()}"
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it
    title = _("Persons") if what == PERSONS else _("Households")
    count, ending = write(file, chosen["format"], title, writer.header, rows)
    area = filters.chosen("area")
    prefixes = scope_for(request.user).prefixes_for("people.export")
    audit.record(
        request.user, "people.exported", what, area_code=area or (prefixes[0] if len(prefixes) == 1 else ""),
        purpose=chosen["purpose"], format=chosen["format"], rows=count, columns=chosen["columns"],
        full_ids=bool(chosen.get("full_id")), filter=request.GET.dict(),
    )  # fmt: skip
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.{ending}", content_type=TYPES[ending])


def write(file: IO[bytes], form: str, title: str, header: list[str], rows: Iterator[Placed]) -> tuple[int, str]:
    """Write the rows in one of FORMATS; returns how many, and the ending of the file's name."""
    if form == "kml":
        count, zipped = points.write_kml(file, title, header, rows)
        return count, "zip" if zipped else "kml"
    if form == "geojson":
        return points.write_geojson(file, header, rows), form
    cells = (row.cells for row in rows)
    if form == "csv":
        return tables.write_csv(file, header, cells), form
    return tables.write_xlsx(file, title, header, cells), form


def _day_of_file() -> str:
    today = clock.today()
    year = today.year + (clock.BUDDHIST_OFFSET if (get_language() or "th").startswith("th") else 0)
    return f"{year}-{today:%m-%d}"
