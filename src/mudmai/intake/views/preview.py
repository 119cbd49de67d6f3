"""What would become of each row, before anything is written; and the word to begin."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mudmai.access import rules as access_rules
from mudmai.accounts.models import User
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import services as audit
from mudmai.intake import queries, services, tasks
from mudmai.intake.models import Upload
from mudmai.intake.rules.words import QUIET, SENTENCES, sentence
from mudmai.intake.views.columns import warnings_of
from mudmai.intake.views.files import next_url
from mudmai.intake.views.rows import RowsInWords
from mudmai.kernel.errors import DomainError, NotFound
from mudmai.people import queries as people
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places

PAGE = 50
LEFT = "left"


@require_GET
def preview(request: SignedInRequest, upload_id: UUID) -> HttpResponse:
    """The counts, and the rows of one outcome, page by page."""
    upload = queries.upload_for(request.user, upload_id)
    if upload.state != Upload.State.PREVIEWED:
        return redirect(next_url(upload, then="preview"))
    outcome, after = request.GET.get("show", ""), _number(request.GET.get("after", "0"))
    chips = chips_of(upload)
    if outcome not in {chip["code"] for chip in chips}:
        outcome = ""
    rows, following = _rows(upload, outcome, after)
    words = RowsInWords(upload, request.user, rows)
    lines = [words.line(row) for row in rows]
    _note_the_look(request.user, upload, words.seen_classes)
    summary, layout = upload.summary, services.layout_of(upload)
    context = {
        "upload": upload,
        "kind": catalogue().kinds[upload.kind].label(get_language() or "th"),
        "area_name": places.full_name(upload.area_code) if upload.area_code else "",
        "summary": summary,
        "chips": [chip | {"url": _address(upload, str(chip["code"]))} for chip in chips],
        "chosen": outcome,
        "lines": lines,
        "page": pager_of(upload, outcome, after, following, len(lines)),
        "warnings": [words for kind, words in warnings_of(layout) if kind],
        "remarks": remarks_of(summary),
        "problems": problems_of(summary),
        "stale": upload.stamp != people.stamp(),
        "remembered": queries.all_remembered([shape.signature for shape in layout.shapes if shape.take]),
        "step": 3,
        "crumbs": [
            {"url": reverse("intake:home"), "label": _("Bring in a list")},
            {"url": "", "label": upload.filename},
        ],
    }
    return render(request, "intake/preview.html", context)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise NotFound(_("This page of the list does not exist."))
    return int(text)


def _rows(upload: Upload, outcome: str, after: int) -> tuple[list[queries.Staged], int | None]:
    if outcome != LEFT:
        return queries.rows_page(upload, outcome=outcome, after=after, count=PAGE)
    left = queries.left_of(upload)
    return left[after : after + PAGE], after + PAGE if len(left) > after + PAGE else None


def chips_of(upload: Upload) -> list[dict[str, Any]]:
    """The outcomes with their counts; those of which there are none are left out."""
    outcomes = upload.summary.get("outcomes", {})
    names = {
        "new": _("New"),
        "changed": _("Changed"),
        "same": _("Nothing changes"),
        "review": _("To be decided"),
        "duplicate": _("Repeated"),
        "problem": _("Cannot be imported"),
    }
    chips = [{"code": "", "label": _("All rows"), "count": upload.summary.get("rows", 0)}]
    chips += [
        {"code": code, "label": label, "count": outcomes[code]} for code, label in names.items() if outcomes.get(code)
    ]
    if upload.summary.get(LEFT):
        chips.append({"code": LEFT, "label": _("Left the list"), "count": upload.summary[LEFT]})
    return chips


def remarks_of(summary: dict[str, Any]) -> list[str]:
    """What is to be said about the list as a whole."""
    return [_(SENTENCES[code]) % params for code, params in summary.get("remarks", ()) if code in SENTENCES]


def problems_of(summary: dict[str, Any]) -> list[dict[str, Any]]:
    """The problems and doubts of all rows, each with how often it was met, the worst first."""
    problems = [
        {"count": count, "words": _(sentence(code)), "bad": True} for code, count in _codes(summary, "problem_codes")
    ]
    doubts = [
        {"count": count, "words": _(sentence(code)), "bad": False} for code, count in _codes(summary, "doubt_codes")
    ]
    return problems + doubts


def _codes(summary: dict[str, Any], name: str) -> list[tuple[str, int]]:
    return [(code, count) for code, count in summary.get(name, {}).items() if code not in QUIET]


def _address(upload: Upload, outcome: str, after: int = 0) -> str:
    told = {name: value for name, value in (("show", outcome), ("after", after)) if value}
    return reverse("intake:preview", args=[upload.pk]) + (f"?{urlencode(told)}" if told else "")


def pager_of(upload: Upload, outcome: str, after: int, following: int | None, shown: int) -> dict[str, str]:
    """Links to the pages before and after."""
    words = _("Rows %(first)s–%(last)s") % {"first": f"{after + 1:,}", "last": f"{after + shown:,}"}
    return {
        "previous_url": _address(upload, outcome, max(0, after - PAGE)) if after else "",
        "next_url": _address(upload, outcome, following) if following is not None else "",
        "shown": words if shown else "",
    }


def _note_the_look(user: User, upload: Upload, classes: set[str]) -> None:
    """Values that the registry holds about health or money were shown beside the new ones: that is a look."""
    seen = classes & access_rules.SENSITIVE
    if seen:
        audit.looked_at(user, upload.pk, seen, purpose="correction", area_code=upload.area_code, page="intake.preview")


@require_POST
def commit(request: SignedInRequest, upload_id: UUID) -> HttpResponse:
    """Bring the list in; the job does the rest."""
    upload = queries.upload_for(request.user, upload_id)
    try:
        services.begin_commit(upload, by=request.user)
    except DomainError as problem:
        if problem.status in (403, 404):
            raise
        messages.error(request, str(problem))
        return redirect(next_url(upload, then="preview"))
    tasks.commit_upload.enqueue(str(upload.pk), get_language() or "th")
    upload.refresh_from_db()
    return redirect(next_url(upload, then="preview"))
