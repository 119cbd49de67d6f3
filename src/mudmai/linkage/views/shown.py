"""What the pages of questions have in common: a question in a list, the ways to the other pages."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mudmai.accounts.models import User
from mudmai.kernel.errors import DomainError
from mudmai.linkage import queries
from mudmai.linkage.models import Question
from mudmai.linkage.rules.words import reason_sentence
from mudmai.linkage.views.compared import row_ref


class Tab(NamedTuple):
    """One of the pages of review."""

    name: str
    url: str
    label: str
    n: int | None


def tabs(user: User) -> list[Tab]:
    """The pages of review, with how much waits on each."""
    pages = (
        ("questions", _("Persons"), queries.open_count(user)),
        ("houses", _("Houses"), queries.open_house_questions_for(user).count()),
        ("kinds", _("Many at once"), None),
        ("asked", _("Volunteers asked"), len(queries.inquiries_for(user))),
        ("second", _("Second looks"), queries.second_looks_for(user).count()),
        ("unsettled", _("To be settled"), queries.unsettled_for(user).count()),
        ("quality", _("Quality"), None),
        ("model", _("Weights"), None),
    )
    return [Tab(name, reverse(f"linkage:{name}"), label, count) for name, label, count in pages]


def row_of(question: Question) -> dict[str, Any]:
    """A question in a list: the name on the row, why it is asked, how likely it is."""
    said = question.left.said
    name = f"{said.get('title', '')}{said.get('given_name', '')} {said.get('family_name', '')}"
    return {
        "question": question,
        "name": name.strip() or question.left.row_ref,
        "ref": row_ref(question.left.place, question.batch.label),
        "reason": _(reason) if (reason := reason_sentence(question.evidence)) else "",
        "percent": percent(question.score),
    }


def percent(score: float) -> int:
    """How likely, never quite certain either way."""
    return min(99, max(1, round(score * 100)))


def tell_problem(request: HttpRequest, problem: DomainError) -> None:
    """Say what went wrong on the next page; what may not be seen or done is refused as everywhere."""
    if problem.status in (403, 404):
        raise problem
    messages.error(request, str(problem))
