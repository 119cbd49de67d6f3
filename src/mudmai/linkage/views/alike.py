"""Many obvious questions at once: kinds of findings, the questions of one kind, and taking a bulk answer back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from mudmai.access import services as access
from mudmai.accounts.models import User
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import BadInput, DomainError
from mudmai.linkage import queries, services
from mudmai.linkage.models import Question
from mudmai.linkage.rules.patterns import MOST_AT_ONCE, may_be_bulk, parted
from mudmai.linkage.rules.words import FINDINGS
from mudmai.linkage.views.shown import percent, row_of, tabs, tell_problem
from mudmai.people import queries as people


@require_GET
def kinds(request: SignedInRequest) -> HttpResponse:
    """The kinds that may be answered together, each with samples, and the newest bulk answers."""
    access.require_somewhere(request.user, queries.REVIEW)
    found = [
        {
            "pattern": kind.pattern,
            "words": in_words(kind.pattern),
            "n": kind.n,
            "least": percent(kind.least),
            "samples": rows_of(request.user, kind.samples),
            "url": kind_url(kind.pattern),
        }
        for kind in queries.kinds_for(request.user)
    ]
    context = {
        "tabs": tabs(request.user),
        "tab": "kinds",
        "kinds": found,
        "bulks": [{"bulk": each, "words": in_words(each.pattern)} for each in queries.bulk_answers_for(request.user)],
    }
    return render(request, "linkage/kinds.html", context)


@require_GET
def kind(request: SignedInRequest) -> HttpResponse:
    """The likeliest questions of one kind, to be ticked or confirmed all."""
    access.require_somewhere(request.user, queries.REVIEW)
    pattern = request.GET.get("findings", "")
    if not may_be_bulk(pattern):
        raise BadInput(_("Something speaks against these being the same person: look at them one by one."))
    alike = queries.alike(request.user, pattern).select_related("left", "batch", "right__filing")
    count = alike.count()
    rows = rows_of(request.user, list(alike[:MOST_AT_ONCE]))
    context = {
        "tabs": tabs(request.user),
        "tab": "kinds",
        "pattern": pattern,
        "words": in_words(pattern),
        "rows": rows,
        "count": count,
        "most": MOST_AT_ONCE,
        "crumbs": [
            {"url": reverse("linkage:kinds"), "label": _("Many at once")},
            {"url": "", "label": _("One kind")},
        ],
    }
    return render(request, "linkage/kind.html", context)


def kind_url(pattern: str) -> str:
    query = QueryDict(mutable=True)
    query["findings"] = pattern
    return f"{reverse('linkage:kind')}?{query.urlencode()}"


def in_words(pattern: str) -> list[str]:
    """The findings of a pattern in sentences."""
    return [_(FINDINGS[found]) for found in parted(pattern)[1] if found in FINDINGS]


def rows_of(user: User, questions: list[Question]) -> list[dict[str, Any]]:
    """Each question with the row and the person it may be, and both values of what does not agree to the letter."""
    persons = people.visible_persons(user).in_bulk([each.right.filing.person_id for each in questions])
    rows = []
    for question in questions:
        person = persons.get(question.right.filing.person_id)
        values = [
            (str(told["left"]), str(told["right"]))
            for name, told in question.evidence.items()
            if name in ("birth", "house") and told.get("left") and told.get("right")
        ]
        rows.append(row_of(question) | {"person": person, "values": values})
    return rows


@require_POST
def answer_kind(request: SignedInRequest) -> HttpResponse:
    """Answer those ticked, or all that were shown, "the same person"."""
    access.require_somewhere(request.user, queries.REVIEW)
    pattern = request.POST.get("findings", "")
    chosen = request.POST.getlist("shown" if request.POST.get("which") == "all" else "row")
    try:
        keys = {UUID(each) for each in chosen}
    except ValueError:
        raise BadInput(_("Tick at least one question.")) from None
    try:
        done = services.answer_alike(pattern, keys, by=request.user)
    except DomainError as problem:
        tell_problem(request, problem)
        return redirect(kind_url(pattern) if may_be_bulk(pattern) else "linkage:kinds")
    words = ngettext(
        "%(n)s question answered: the same person.", "%(n)s questions answered: the same person.", done.done
    )
    messages.success(request, words % {"n": done.done})
    if done.left:
        words = ngettext(
            "%(n)s was left open: it no longer fits, or another answer settled it.",
            "%(n)s were left open: they no longer fit, or another answer settled them.",
            done.left,
        )
        messages.warning(request, words % {"n": done.left})
    return redirect("linkage:kinds")


@require_POST
def undo_kind(request: SignedInRequest, bulk_id: UUID) -> HttpResponse:
    """Take a bulk answer back whole."""
    try:
        n = services.undo_alike(queries.bulk_answer_for(request.user, bulk_id), by=request.user)
    except DomainError as problem:
        tell_problem(request, problem)
    else:
        words = ngettext("%(n)s answer was taken back.", "%(n)s answers were taken back.", n)
        messages.success(request, words % {"n": n})
    return redirect("linkage:kinds")
