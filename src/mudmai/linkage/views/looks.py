"""Second looks, blind to the first answer, and what two people answered differently."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mudmai.access import services as access
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import BadInput, DomainError
from mudmai.linkage import queries, services
from mudmai.linkage.models import Question
from mudmai.linkage.services import SecondVerdict
from mudmai.linkage.views.review import case_context
from mudmai.linkage.views.shown import row_of, tabs, tell_problem

VERDICTS = ("same", "different")


@require_GET
def second(request: SignedInRequest) -> HttpResponse:
    """How many answers wait for this user's second look; whose they are is not told."""
    access.require_somewhere(request.user, queries.REVIEW)
    looks = queries.second_looks_for(request.user)
    context = {"tabs": tabs(request.user), "tab": "second", "count": looks.count(), "first": looks.first()}
    return render(request, "linkage/second.html", context)


@require_http_methods(["GET", "POST"])
def second_look(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """One answered question as if it were open."""
    look = queries.second_look_for(request.user, question_id)
    case = queries.blind_case_for(request.user, question_id)
    rest = queries.second_looks_for(request.user).exclude(pk=question_id)
    if request.method == "POST":
        try:
            services.look_again(case.question, _verdict(request), request.user)
        except DomainError as problem:
            tell_problem(request, problem)
        else:
            messages.success(request, _("Your second look is kept."))
        following = rest.filter(first_at__gte=look.first_at).first() or rest.first()
        return redirect(*(("linkage:second_look", following.pk) if following else ("linkage:second",)))
    context = case_context(case, request) | {"blind": True, "count": rest.count() + 1}
    context["crumbs"] = [
        {"url": reverse("linkage:second"), "label": _("Second looks")},
        {"url": "", "label": case.row.name},
    ]
    return render(request, "linkage/second_look.html", context)


@require_GET
def unsettled(request: SignedInRequest) -> HttpResponse:
    """What two people answered differently."""
    access.require_somewhere(request.user, queries.REVIEW)
    rows = [row_of(look.question) | {"look": look} for look in queries.unsettled_for(request.user)]
    return render(request, "linkage/unsettled.html", {"tabs": tabs(request.user), "tab": "unsettled", "rows": rows})


@require_http_methods(["GET", "POST"])
def settle(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Both answers, the two people, and what shall hold."""
    look = queries.unsettled_look_for(request.user, question_id)
    case = queries.blind_case_for(request.user, question_id)
    if request.method == "POST":
        try:
            services.settle(case.question, _verdict(request), request.user)
        except DomainError as problem:
            tell_problem(request, problem)
        else:
            messages.success(request, _("It is settled, and the registry follows."))
        return redirect("linkage:unsettled")
    words = dict(Question.Verdict.choices)
    context = case_context(case, request) | {
        "look": look,
        "first": words.get(look.first_verdict),
        "second": words.get(look.second_verdict),
    }
    context["crumbs"] = [
        {"url": reverse("linkage:unsettled"), "label": _("To be settled")},
        {"url": "", "label": case.row.name},
    ]
    return render(request, "linkage/settle.html", context)


def _verdict(request: SignedInRequest) -> SecondVerdict:
    verdict = request.POST.get("answer", "")
    if verdict not in VERDICTS:
        raise BadInput(_("Choose one of the answers: the same person, or not the same."))
    return cast(SecondVerdict, verdict)
