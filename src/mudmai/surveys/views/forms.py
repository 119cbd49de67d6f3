"""All forms, and sending one in: an Excel file, or one of the ready forms."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mudmai.access import services as access
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import NotFound
from mudmai.surveys import queries, services
from mudmai.surveys.forms import UploadForm
from mudmai.surveys.models import Form, FormVersion
from mudmai.surveys.queries.forms import MANAGE
from mudmai.surveys.rules.ready import ReadyForm, ready_form, ready_forms
from mudmai.surveys.rules.xlsform import MAX_BYTES, Fault, FormRefused
from mudmai.surveys.rules.xlsform.fault import too_large
from mudmai.surveys.services.media import MediaRefused
from mudmai.surveys.views.words import areas_in_words, faults_in_words, version_tag

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def forms(request: SignedInRequest) -> HttpResponse:
    """The forms of the user's areas: state, who fills them in, how many came."""
    access.require_somewhere(request.user, MANAGE)
    found = list(queries.forms_for(request.user))
    counts = queries.counts_by_form(request.user)
    rows = [_line(form, counts.get(form.form_id)) for form in found]
    names = areas_in_words(code for row in rows for code in row["areas"])
    for row in rows:
        row["where"] = [names[code] for code in row["areas"]] + row["teams"]
    return render(request, "surveys/forms.html", {"rows": rows, "flagged": queries.flagged_count(request.user)})


def _line(form: Form, count: "queries.FormCount | None") -> dict[str, Any]:
    newest = queries.versions_of(form).first()
    shown = queries.published_of(form) or newest
    given = list(queries.assignments_of(form))
    return {
        "form": form,
        "version": shown,
        "tag": version_tag(shown) if shown else None,
        "draft": newest if newest != shown and newest and newest.state == FormVersion.State.DRAFT else None,
        "areas": sorted({each.area_code for each in given if each.team is None}),
        "teams": [each.team.name for each in given if each.team is not None],
        "count": count.came if count else 0,
        "last": count.last if count else None,
    }


@require_http_methods(["GET", "POST"])
def new_form(request: SignedInRequest) -> HttpResponse:
    """Where a form is dropped, with its files; what is wrong is told by sheet and row, with the cure."""
    access.require_somewhere(request.user, MANAGE)
    form = UploadForm(request.POST or None, user=request.user)
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        try:
            return _received(request, form.cleaned_data["area_code"])
        except FormRefused as problem:
            faults = problem.faults
        except MediaRefused as problem:
            form.add_error(None, str(problem))
    file = request.FILES.get("file")
    context = {
        "form": form,
        "faults": faults_in_words(faults),
        "filename": file.name if file is not None else "",
        "ready": [_ready_line(each) for each in ready_forms().values()],
        "most": MAX_BYTES >> 20,
        "crumbs": [{"url": reverse("surveys:forms"), "label": _("Forms")}, {"url": "", "label": _("New form")}],
    }
    return render(request, "surveys/new_form.html", context, status=422 if faults or form.errors else 200)


def _received(request: SignedInRequest, area_code: str) -> HttpResponse:
    """Keep what was sent and go to its page. Raises FormRefused, MediaRefused."""
    file = request.FILES.get("file")
    if file is None:
        raise MediaRefused(_("No file was chosen. Choose the Excel file of the form, then send it."))
    if (file.size or 0) > MAX_BYTES:
        raise too_large()
    media = {each.name or "?": each.read() for each in request.FILES.getlist("media")}
    version = services.receive_form(file.read(), file.name or "?", by=request.user, area_code=area_code, media=media)
    messages.success(request, _("The form was received as a draft. Look it over, then publish it."))
    return redirect("surveys:form", version.form_id)


def _ready_line(ready: ReadyForm) -> dict[str, Any]:
    thai = (get_language() or "th").startswith("th")
    return {
        "code": ready.code,
        "title": ready.title if thai else ready.title_en,
        "about": ready.about if thai else ready.about_en,
        "offered": ready.offered,
    }


@require_POST
def start_ready(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a ready form in as a draft."""
    form = UploadForm(request.POST, user=request.user)
    if not form.is_valid():
        raise NotFound(_("This area does not exist, or lies outside your areas."))
    try:
        version = services.start_from_ready(code, by=request.user, area_code=form.cleaned_data["area_code"])
    except FormRefused as problem:
        messages.error(request, str(_(problem.faults[0].what) % problem.faults[0].params))
        return redirect("surveys:new_form")
    messages.success(request, _("The ready form was taken in as a draft. Look it over, then publish it."))
    return redirect("surveys:form", version.form_id)


@require_GET
def ready_file(request: SignedInRequest, code: str) -> HttpResponse:
    """The Excel file of a ready form, to be changed and sent in. Raises NotFound."""
    access.require_somewhere(request.user, MANAGE)
    ready = ready_form(code)
    return as_download(ready.xlsx(), ready.filename)


def as_download(content: bytes, filename: str) -> HttpResponse:
    kind = EXCEL if filename.lower().endswith(".xlsx") else "application/octet-stream"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    return response
