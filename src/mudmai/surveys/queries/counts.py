"""How many submissions came of each form, and from whom, for whom may read them."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Max

from mudmai.surveys.models import Form, Submission
from mudmai.surveys.queries.submissions import submissions_for

if TYPE_CHECKING:
    from mudmai.accounts.models import User


class FormCount(NamedTuple):
    """How many came, and when the last did."""

    came: int
    last: datetime


def counts_by_form(user: "User") -> dict[str, FormCount]:
    """By the id that the form gives itself."""
    rows = submissions_for(user).order_by().values_list("form_id").annotate(Count("pk"), Max("received_at"))
    return {form_id: FormCount(came, last) for form_id, came, last in rows}


def form_choices(user: "User") -> list[tuple[str, str]]:
    """The forms of which the user reads submissions: id and title; one whose form is not known by its id."""
    told = set(submissions_for(user).order_by().values_list("form_id", flat=True).distinct())
    titles = dict(Form.objects.filter(form_id__in=told).values_list("form_id", "title"))
    return sorted(((form_id, titles.get(form_id, form_id)) for form_id in told if form_id), key=lambda each: each[1])


def sender_choices(user: "User") -> list[tuple[str, str]]:
    """Who sent what the user reads, by name."""
    rows = submissions_for(user).order_by("by__full_name").values_list("by", "by__full_name", "by__username").distinct()
    return [(str(key), name or username) for key, name, username in rows if key is not None]


def flagged_count(user: "User") -> int:
    """How many wait for somebody to look at them."""
    return submissions_for(user).filter(state=Submission.State.FLAGGED).count()
