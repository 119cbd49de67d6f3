"""The files: taking them in, how far each is, and giving one up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from mudmai.access import services as access
from mudmai.accounts.rules import SignedInRequest
from mudmai.intake import queries, services, tasks
from mudmai.intake.models import Upload
from mudmai.intake.rules.words import PHASES
from mudmai.intake.services import layout_of
from mudmai.kernel.errors import DomainError
from mudmai.kernel.workbook import limits
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places

SHOWN = 30
MOST_AT_ONCE = 30
WAITING = (Upload.State.RECEIVED, Upload.State.READ)
State = Upload.State


@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    """Where files are dropped, and the last ones with what to do next."""
    access.require_somewhere(request.user, "intake.import")
    rows = [line_of(each) for each in queries.uploads_for(request.user).exclude(state=State.CANCELLED)[:SHOWN]]
    context = {"rows": rows, "running": any(row["running"] for row in rows)}
    template = "intake/uploads.html" if request.htmx and not request.htmx.boosted else "intake/home.html"
    return render(request, template, context)


def line_of(upload: Upload) -> dict[str, Any]:
    """One line of the list of files: its state as a coloured word, what it is, and the next step."""
    running = upload.is_working or upload.state in WAITING
    undone = upload.state == State.DONE and upload.batch is not None and upload.batch.withdrawn
    kinds = {State.MAPPED: "warn", State.PREVIEWED: "warn", State.DONE: "ok", State.FAILED: "bad"}
    steps = {State.MAPPED: _("Match the columns"), State.PREVIEWED: _("Look it over"), State.DONE: _("Show the result")}
    kind = catalogue().kinds.get(upload.kind)
    return {
        "upload": upload,
        "running": running,
        "tag": "" if undone else kinds.get(State(upload.state), "info"),
        "state": _("Taken back") if undone else state_in_words(upload),
        "kind": kind.label(get_language() or "th") if kind else "",
        "area": places.name_of(upload.area_code) if upload.area_code else "",
        "numbers": services.result_of(upload) if upload.state == State.DONE else {},
        "url": "" if upload.state in (State.FAILED, State.CANCELLED) else next_url(upload, then="preview"),
        "step": _("Show progress") if running else steps.get(State(upload.state), ""),
    }


def state_in_words(upload: Upload) -> str:
    """The state as the person sees it: what it waits for."""
    words = {
        State.RECEIVED: _("Waits to be read"),
        State.READ: _("Being read"),
        State.MAPPED: _("Waits for you"),
        State.PREVIEWED: _("Waits for you"),
        State.FAILED: _("Cannot be read"),
    }
    return words.get(State(upload.state)) or upload.get_state_display()


def next_url(upload: Upload, *, then: str = "") -> str:
    """The page where a file goes on. `then` is "preview" once the person has seen the columns."""
    if upload.is_working or upload.state in WAITING:
        return reverse("intake:progress", args=[upload.pk]) + (f"?then={then}" if then else "")
    if upload.state == State.DONE:
        return reverse("intake:result", args=[upload.pk])
    if upload.state == State.PREVIEWED and (then == "preview" or is_remembered(upload)):
        return reverse("intake:preview", args=[upload.pk])
    if upload.state in (State.PREVIEWED, State.MAPPED):
        return reverse("intake:map", args=[upload.pk])
    return reverse("intake:home")


def is_remembered(upload: Upload) -> bool:
    """Whether every table that is taken was read as the last time, so that its columns need no second look."""
    taken = [shape.signature for shape in layout_of(upload).shapes if shape.take]
    return bool(taken) and queries.all_remembered(taken)


@require_POST
def upload(request: SignedInRequest) -> HttpResponse:
    """Take in the dropped files; each is read by a job, so that none waits for another."""
    access.require_somewhere(request.user, "intake.import")
    files = request.FILES.getlist("file")[:MOST_AT_ONCE]
    kept = []
    for file in files:
        if (file.size or 0) > limits.MAX_FILE_BYTES:
            sentence = _("The file “%(name)s” is larger than %(limit)s MB. Split it into smaller files.")
            messages.error(request, sentence % {"name": file.name, "limit": limits.MAX_FILE_BYTES >> 20})
            continue
        kept.append(services.receive(by=request.user, filename=file.name or "?", data=file.read()))
    for each in kept:
        tasks.prepare_upload.enqueue(str(each.pk), get_language() or "th")
    if not files:
        messages.error(request, _("No file was chosen. Choose one or several files, then send them."))
    if len(kept) == 1:
        kept[0].refresh_from_db()
        return redirect(next_url(kept[0]))
    if kept:
        sentence = ngettext("%(count)s file was received.", "%(count)s files were received.", len(kept))
        messages.success(request, sentence % {"count": len(kept)})
    return redirect("intake:home")


@require_GET
def progress(request: SignedInRequest, upload_id: UUID) -> HttpResponse:
    """How far the job is; goes on by itself when it has finished."""
    found = queries.upload_for(request.user, upload_id)
    then = "preview" if request.GET.get("then") == "preview" else ""
    if not (found.is_working or found.state in WAITING):
        url = next_url(found, then=then)
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
    importing = found.state == State.IMPORTING
    job = {
        "title": _("Bringing the list in") if importing else _("Reading and comparing"),
        "url": request.get_full_path(),
        "running": True,
        "done": found.done,
        "total": found.total,
        "words": _(PHASES[found.phase]) if found.phase in PHASES else _("Waiting for its turn"),
        "cancel_url": reverse("intake:cancel", args=[found.pk]) if not found.cancel_asked else "",
    }
    context = {"upload": found, "job": job, "step": 4 if importing else 2, "importing": importing}
    return render(request, "intake/job.html" if request.htmx else "intake/progress.html", context)


@require_POST
def cancel(request: SignedInRequest, upload_id: UUID) -> HttpResponse:
    """Stop the job, or give up a file that waits."""
    found = queries.upload_for(request.user, upload_id)
    try:
        services.cancel(found, by=request.user)
    except DomainError as problem:
        messages.error(request, str(problem))
        return redirect(next_url(found, then="preview"))
    if found.state == State.CANCELLED:
        messages.success(request, _("The file was given up. Nothing of it was written."))
        return redirect("intake:home")
    messages.info(request, _("The work is being stopped; nothing half done is kept."))
    return redirect(next_url(found, then="preview"))
