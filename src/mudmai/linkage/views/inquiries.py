"""Questions that only somebody in the village can answer: putting them to the volunteers, and the replies."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mudmai.access import services as access
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import DomainError
from mudmai.linkage import queries, services
from mudmai.linkage.forms import InquiryForm, ReplyForm
from mudmai.linkage.views.shown import row_of, tabs, tell_problem
from mudmai.places import queries as places


@require_GET
def asked(request: SignedInRequest) -> HttpResponse:
    """What is with the volunteers."""
    access.require_somewhere(request.user, queries.REVIEW)
    rows = [row_of(each.question) | {"inquiry": each} for each in queries.inquiries_for(request.user)]
    return render(request, "linkage/asked.html", {"tabs": tabs(request.user), "tab": "asked", "rows": rows})


@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Put one question to the volunteers of its area."""
    case = queries.case_for(request.user, question_id)
    volunteers = queries.volunteers_of(case.question)
    form = InquiryForm(request.POST or None, volunteers=volunteers)
    if request.method == "POST" and form.is_valid():
        try:
            services.inquire(case.question, note=form.cleaned_data["note"], to=form.chosen, by=request.user)
        except DomainError as problem:
            tell_problem(request, problem)
            return redirect("linkage:question", question_id)
        messages.success(request, _("%(name)s: put to the volunteers.") % {"name": case.row.person.full_name})
        return redirect(*(("linkage:question", case.next) if case.next else ("linkage:questions",)))
    context = {
        "form": form,
        "case": case,
        "volunteers": volunteers,
        "area": places.full_name(case.question.area_code) if case.question.area_code else "",
        "crumbs": _crumbs(case, _("Ask the volunteer")),
    }
    return render(request, "linkage/ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def reply(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Write down what the volunteer found out, with the answer that follows from it."""
    case = queries.case_for(request.user, question_id)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.take_reply(
                case.question, reply=told["reply"], told_by=told["told_by"], verdict=told["answer"], by=request.user
            )
        except DomainError as problem:
            tell_problem(request, problem)
            return redirect("linkage:question", question_id)
        messages.success(request, _("The reply was written down."))
        return redirect("linkage:question", question_id)
    inquiry = next((each for each in case.current.inquiries if each.closed_at is None), None)
    if inquiry is None:
        messages.error(request, _("This question is not with the volunteers."))
        return redirect("linkage:question", question_id)
    context = {"form": form, "case": case, "inquiry": inquiry, "crumbs": _crumbs(case, _("Reply of the volunteer"))}
    return render(request, "linkage/reply.html", context, status=422 if form.errors else 200)


@require_POST
def recall(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Take a question back from the volunteers, without a reply."""
    question = queries.question_for(request.user, question_id)
    try:
        services.recall(question, request.user)
    except DomainError as problem:
        tell_problem(request, problem)
    else:
        messages.success(request, _("The question is back in the queue."))
    return redirect("linkage:question", question_id)


def _crumbs(case: queries.Case, last: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("linkage:questions"), "label": _("Same person?")},
        {"url": reverse("linkage:question", args=[case.question.pk]), "label": case.row.person.full_name},
        {"url": "", "label": last},
    ]
