"""What came in: each list with who, when and what it brought, and taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks.exceptions import TaskResultDoesNotExist

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.intake import queries as intake
from mudmai.intake import services as importing
from mudmai.pages.forms import UndoForm
from mudmai.pages.tasks import turn_batch
from mudmai.pages.views.changes import shown_changes
from mudmai.pages.views.decisions import told_rows, visible
from mudmai.people import queries as people
from mudmai.people.queries import area_names
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places

PAGE = 30
# Up to here taking a list back is a matter of seconds, and the page waits for it.
AT_ONCE_ROWS = 3000


@require_GET
def batches(request: SignedInRequest) -> HttpResponse:
    """Every list that came in, newest first."""
    access.require_somewhere(request.user, "intake.undo")
    mine = scope_for(request.user).area_filter(action="intake.undo")
    found = people.batches_for(request.user).filter(mine).select_related("by", "source").order_by("-id")
    before = key_in(request, "before")
    rows = list((found.filter(id__lt=before) if before else found)[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    names = area_names({batch.area_code for batch in rows if batch.area_code})
    context = {
        "rows": [_row(batch, names) for batch in rows],
        "page": {
            "previous_url": reverse("pages:batches") if before else "",
            "next_url": f"?before={rows[-1].pk}" if more else "",
        },
    }
    return render(request, "pages/batches.html", context)


def _row(batch: Any, names: dict[str, str]) -> dict[str, Any]:
    return {"batch": batch, "kind": kind_in_words(batch.kind), "area": names.get(batch.area_code, "")}


def kind_in_words(kind: str) -> str:
    found = catalogue().kinds.get(kind)
    return found.label(get_language() or "th") if found else kind


def key_in(request: SignedInRequest, name: str) -> UUID | None:
    """A page key of the address; one that is none counts as the beginning."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


@require_GET
def batch(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """One list: what it was, what became of its rows, and whom they are about now."""
    found = _batch(request, batch_id)
    rows, following = people.rows_of_batch(request.user, found, after=key_in(request, "after"))
    upload = intake.upload_of_batch(found.pk)
    context = {
        "batch": found,
        "kind": kind_in_words(found.kind),
        "area_name": places.full_name(found.area_code) if found.area_code else "",
        "rows": rows,
        "numbers": importing.result_of(upload) if upload else None,
        "upload": upload,
        "turns": people.turns_of_batch(found),
        "page": {
            "previous_url": reverse("pages:batch", args=[found.pk]) if "after" in request.GET else "",
            "next_url": f"?after={following}" if following else "",
        },
        "crumbs": _crumbs(found, last=True),
    }
    return render(request, "pages/batch.html", context)


def _batch(request: SignedInRequest, batch_id: UUID) -> Any:
    found = people.batch_for(request.user, batch_id)
    access.require(request.user, "intake.undo", found.area_code)
    return found


def _crumbs(found: Any, *, last: bool) -> list[dict[str, str]]:
    crumbs = [
        {"url": reverse("pages:batches"), "label": _("What came in")},
        {"url": "" if last else reverse("pages:batch", args=[found.pk]), "label": found.label},
    ]
    return crumbs if last else [*crumbs, {"url": "", "label": _("Put back") if found.withdrawn else _("Take back")}]


@require_http_methods(["GET", "POST"])
def undo_batch(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """Show what taking a list back would change; then take it back, or put a withdrawn one back."""
    found = _batch(request, batch_id)
    if "job" in request.GET and request.method == "GET":
        return _job(request, found)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _turn(request, found, form.cleaned_data["reason"])
    changes = importing.preview_undo(found)
    context = {
        "batch": found,
        "form": form,
        "changes": shown_changes(request.user, changes),
        "others": told_rows(people.rows_of(visible(request.user, changes.decisions))),
        "crumbs": _crumbs(found, last=False),
    }
    return render(request, "pages/undo_batch.html", context, status=422 if form.errors else 200)


def _turn(request: SignedInRequest, found: Any, reason: str) -> HttpResponse:
    withdraw = not found.withdrawn
    if found.rows > AT_ONCE_ROWS:
        result = turn_batch.enqueue(str(found.pk), request.user.pk, withdraw, reason)
        if result.status != TaskResultStatus.SUCCESSFUL:
            return redirect(f"{reverse('pages:undo_batch', args=[found.pk])}?job={result.id}")
    elif withdraw:
        importing.undo(found, by=request.user, reason=reason)
    else:
        importing.restore(found, by=request.user, reason=reason)
    messages.success(request, done_words(withdraw))
    return redirect("pages:batch", found.pk)


def done_words(withdrawn: bool) -> str:
    if withdrawn:
        return _("The list was taken back: the registry is as if it had never come. You can put it back at any time.")
    return _("The list stands again.")


def _job(request: SignedInRequest, found: Any) -> HttpResponse:
    """How far a large list is; polled by the page while it runs."""
    try:
        result = default_task_backend.get_result(request.GET["job"])
    except (TaskResultDoesNotExist, NotImplementedError, ValueError):
        return redirect("pages:batch", found.pk)
    if result.args[:1] != [str(found.pk)]:
        return redirect("pages:batch", found.pk)
    status, withdraws = result.status, bool(result.args[2])
    running = status in {TaskResultStatus.READY, TaskResultStatus.RUNNING}
    job = {
        "title": _("The list is being taken back") if withdraws else _("The list is being put back"),
        "url": request.get_full_path(),
        "running": running,
        "words": _("Everybody it told of is put together anew from the other lists.") if running else "",
    }
    failed = status == TaskResultStatus.FAILED
    if request.htmx and running:
        return render(request, "shared/progress.html", {"job": job})
    if not running and not failed:
        messages.success(request, done_words(withdraws))
        page = reverse("pages:batch", args=[found.pk])
        return HttpResponse(headers={"HX-Redirect": page}) if request.htmx else redirect(page)
    context = {"batch": found, "job": job, "failed": failed, "crumbs": _crumbs(found, last=False)}
    return render(request, "pages/undo_job.html", context)
