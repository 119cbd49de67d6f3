"""Questions who is who: the queue, one question at a time, answers by mouse or key, and taking an answer back."""

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
from mudmai.linkage.rules.words import reason_sentence
from mudmai.linkage.views.compared import houses_of, row_ref, spoken_for, table_of

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
    count = queries.open_count(request.user)
    context = {
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


def row_of(question: Question) -> dict[str, Any]:
    """A question in a list: the name on the row, why it is asked, how likely it is."""
    said = question.left.said
    name = f"{said.get('title', '')}{said.get('given_name', '')} {said.get('family_name', '')}"
    return {
        "question": question,
        "name": name.strip() or question.left.row_ref,
        "ref": row_ref(question.left.row_ref, question.batch.label),
        "reason": _(reason) if (reason := reason_sentence(question.evidence)) else "",
        "percent": percent(question.score),
    }


def percent(score: float) -> int:
    """How likely, never quite certain either way."""
    return min(99, max(1, round(score * 100)))


@require_GET
def question(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """One question with both people side by side."""
    asked = queries.question_for(request.user, question_id)
    shared = {person.pk for person in asked.shared_members}
    context = {
        "asked": asked,
        "question": asked.question,
        "is_open": asked.question.state in queries.WAITING,
        "reason": _(asked.reason) if asked.reason else "",
        "percent": percent(asked.question.score),
        "table": table_of(asked, request.user),
        "ref": row_ref(asked.row.row_ref, asked.question.batch.label),
        "houses": houses_of(asked),
        "evidence": spoken_for(asked.findings),
        "shared": shared,
        "count": queries.open_count(request.user),
        "undo_url": undo_url(request, question_id),
        "crumbs": [
            {"url": reverse("linkage:questions"), "label": _("Same person?")},
            {"url": "", "label": asked.left.person.full_name},
        ],
    }
    return render(request, "linkage/question.html", context)


def undo_url(request: SignedInRequest, question_id: UUID) -> str:
    """Where the answer given last in this sitting is taken back; "" where none was given."""
    last = request.session.get(LAST, "")
    return reverse("linkage:undo", args=[last]) if last and last != str(question_id) else ""


@require_POST
def answer(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Keep the answer and show the next question."""
    asked = queries.question_for(request.user, question_id)
    verdict = request.POST.get("answer", "")
    if verdict not in VERDICTS:
        raise BadInput(_("Choose one of the answers: the same person, not the same, or later."))
    try:
        services.answer(asked.question, verdict, request.user)  # type: ignore[arg-type]  # one of VERDICTS
    except DomainError as problem:
        if problem.status in (403, 404):
            raise
        messages.error(request, str(problem))
        return redirect("linkage:question", question_id)
    words = {
        "same": _("%(name)s: the same person."),
        "different": _("%(name)s: not the same person."),
        "later": _("%(name)s: put off."),
    }
    messages.success(request, words[verdict] % {"name": asked.left.person.full_name})
    if verdict != "later":
        request.session[LAST] = str(question_id)
    following = next_after(request, asked, verdict)
    if following is None:
        return redirect("linkage:questions")
    return redirect("linkage:question", following)


def next_after(request: SignedInRequest, asked: queries.AskedQuestion, verdict: str) -> UUID | None:
    """The question after this one, of those still open; at the end of the queue, one that was passed over."""
    waiting = queries.open_questions_for(request.user).exclude(pk=asked.question.pk)
    if asked.next and waiting.filter(pk=asked.next).exists():
        return asked.next
    if verdict == "same":  # the answer may have settled the next ones too
        following = queries.question_for(request.user, asked.question.pk).next
        if following:
            return following
    return waiting.filter(state=Question.State.OPEN).values_list("pk", flat=True).first()


@require_POST
def undo(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Take an answer back and show the question again."""
    asked = queries.question_for(request.user, question_id)
    try:
        services.undo(asked.question, request.user)
    except DomainError as problem:
        if problem.status in (403, 404):
            raise
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The answer was taken back. The question is open again."))
    if request.session.get(LAST) == str(question_id):
        del request.session[LAST]
    try:
        queries.question_for(request.user, question_id)
    except NotFound:
        return redirect("linkage:questions")
    return redirect("linkage:question", question_id)
