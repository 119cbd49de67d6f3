"""Questions who is who: the queue, one case at a time, answers by mouse or key, and taking an answer back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mudmai.access import services as access
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import BadInput, DomainError, NotFound
from mudmai.linkage import queries, services
from mudmai.linkage.models import Question
from mudmai.linkage.views.compared import compared, row_ref
from mudmai.linkage.views.shown import percent, row_of, tabs, tell_problem

REVIEW = queries.REVIEW
LAST = "linkage_last_answer"
VERDICTS = ("same", "different", "later")


@require_GET
def questions(request: SignedInRequest) -> HttpResponse:
    """The queue, and the newest answers."""
    access.require_somewhere(request.user, REVIEW)
    page = queries.questions_page(
        request.user, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    own = reverse("linkage:questions")
    shown_tabs = tabs(request.user)
    count = shown_tabs[0].n
    context = {
        "tabs": shown_tabs,
        "tab": "questions",
        "count": count,
        "rows": [row_of(each) for each in page.rows],
        "first": queries.open_questions_for(request.user).first() if count else None,
        "answered": [row_of(each) for each in queries.answered_questions_for(request.user)],
        "page": {
            "previous_url": f"{own}?before={page.before}" if page.before else "",
            "next_url": f"{own}?after={page.after}" if page.after else "",
        },
    }
    return render(request, "linkage/questions.html", context)


@require_GET
def question(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """One row and everybody it may be, side by side."""
    case = queries.case_for(request.user, question_id)
    if queries.is_blind_for(request.user, case.question):
        return redirect("linkage:second_look", question_id)
    pending = case.question.state in queries.PENDING
    doubted = pending and case.question.doubts_id is not None
    is_one = pending and not doubted and case.row.person.pk == case.current.side.person.pk
    context = case_context(case, request) | {
        "is_open": pending and not is_one,
        "is_asked": case.question.state == Question.State.ASKED,
        "is_one": is_one,
        "doubted": doubted,
        "count": queries.open_count(request.user),
        "undo_url": undo_url(request, question_id),
        "around": around(case),
    }
    return render(request, "linkage/question.html", context)


def case_context(case: queries.Case, request: SignedInRequest) -> dict[str, Any]:
    """What the columns of a case need."""
    columns = compared(case, request.user)
    return {
        "case": case,
        "question": case.question,
        "current": case.current,
        "columns": columns,
        "reason": _(case.current.reason) if case.current.reason else "",
        "percent": percent(case.current.question.score),
        "ref": row_ref(case.question.left.place, case.question.batch.label),
        "crumbs": [
            {"url": reverse("linkage:questions"), "label": _("Same person?")},
            {"url": "", "label": case.row.name or case.row.person.full_name},
        ],
    }


def around(case: queries.Case) -> dict[str, UUID]:
    """The candidates to the left and to the right of the one looked at."""
    keys = [each.question.pk for each in case.candidates]
    at = keys.index(case.current.question.pk)
    return {"left": keys[at - 1], "right": keys[(at + 1) % len(keys)]} if len(keys) > 1 else {}


def undo_url(request: SignedInRequest, question_id: UUID) -> str:
    """Where the answer given last in this sitting is taken back; "" where none was given."""
    last = request.session.get(LAST, "")
    return reverse("linkage:undo", args=[last]) if last and last != str(question_id) else ""


@require_POST
def answer(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Keep the answer and show the next candidate of the case, or the next case."""
    case = queries.case_for(request.user, question_id)
    verdict = request.POST.get("answer", "")
    if verdict not in VERDICTS:
        raise BadInput(_("Choose one of the answers: the same person, not the same, or later."))
    try:
        services.answer(case.question, verdict, request.user)  # type: ignore[arg-type]  # one of VERDICTS
    except DomainError as problem:
        tell_problem(request, problem)
        return redirect("linkage:question", question_id)
    words = {
        "same": _("%(name)s: the same person."),
        "different": _("%(name)s: not the same person."),
        "later": _("%(name)s: put off."),
    }
    messages.success(request, words[verdict] % {"name": case.row.person.full_name})
    if verdict != "later":
        request.session[LAST] = str(question_id)
    following = next_after(request, case)
    if following is None:
        return redirect("linkage:questions")
    return redirect("linkage:question", following)


def next_after(request: SignedInRequest, case: queries.Case) -> UUID | None:
    """The next candidate of this case, else the next case; at the end of the queue, one that was passed over."""
    waiting = queries.open_questions_for(request.user)
    for each in case.candidates:
        passed = each.question.state == Question.State.LATER
        if not each.current and not passed and waiting.filter(pk=each.question.pk).exists():
            return each.question.pk
    rest = waiting.exclude(pk=case.question.pk)
    if case.next and rest.filter(pk=case.next).exists():
        return case.next
    try:
        # The answer may have settled the next ones too: go on from where this one stood.
        following = queries.case_for(request.user, case.question.pk).next
    except NotFound:
        following = None
    return following or rest.filter(state=Question.State.OPEN).values_list("pk", flat=True).first()


@require_POST
def undo(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Take an answer back and show the question again."""
    question = queries.question_for(request.user, question_id)
    try:
        services.undo(question, request.user)
    except DomainError as problem:
        tell_problem(request, problem)
    else:
        messages.success(request, _("The answer was taken back. The question is open again."))
    if request.session.get(LAST) == str(question_id):
        del request.session[LAST]
    try:
        queries.question_for(request.user, question_id)
    except NotFound:
        return redirect("linkage:questions")
    return redirect("linkage:house" if question.about == "household" else "linkage:question", question_id)
