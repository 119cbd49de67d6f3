"""What came from the field: a list with filters, and one filled form with what became of it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mudmai.access import rules as access_rules
from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.accounts.models import User
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import services as audit
from mudmai.kernel.errors import DomainError, NotFound
from mudmai.kernel.pictures import picture_kind
from mudmai.kernel.words import gettext_noop
from mudmai.people import queries as people
from mudmai.places import queries as places
from mudmai.surveys import queries, services
from mudmai.surveys.forms import FlagForm, SubmissionFilterForm
from mudmai.surveys.models import Submission
from mudmai.surveys.queries.submissions import READ
from mudmai.surveys.rules.mapping import uses_of
from mudmai.surveys.rules.reading_back import Answer, Filled, question_at, read_back
from mudmai.surveys.views.words import areas_in_words, submission_tag

PAGE = 40
JUDGE = "people.edit"  # whoever may correct the registry says whether a flagged form counts
_ANSWERS = {
    "take": (services.take_flagged, gettext_noop("The form was taken into the registry.")),
    "leave": (services.leave_flagged, gettext_noop("The form was left out; it stays here.")),
    "back": (services.take_back, gettext_noop("What the form told was taken back from the registry.")),
}


@require_GET
def submissions(request: SignedInRequest) -> HttpResponse:
    """What came in the user's areas, newest first."""
    access.require_somewhere(request.user, READ)
    form = SubmissionFilterForm(request.GET or None, user=request.user)
    found = queries.submissions_for(request.user)
    kept = found.filter(form.kept()) if form.is_bound else found
    before = _before(request)
    rows = list((kept.filter(before) if before else kept)[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    told = {name: value for name, value in request.GET.items() if name != "before" and value}
    names = areas_in_words(row.area_code for row in rows if row.area_code)
    houses = _houses(request.user, rows)
    context = {
        "form": form,
        "rows": [_line(row, names, houses) for row in rows],
        "page": {
            "previous_url": f"?{urlencode(told)}" if before else "",
            "next_url": f"?{urlencode(told | {'before': str(rows[-1].pk)})}" if more else "",
        },
        "filtered": bool(told),
        "crumbs": [{"url": reverse("surveys:forms"), "label": _("Forms")}, {"url": "", "label": _("Submissions")}],
    }
    return render(request, "surveys/submissions.html", context, status=422 if form.errors else 200)


def _before(request: SignedInRequest) -> Q | None:
    """What comes after the row that ended the page before; a key that is none counts as the beginning."""
    try:
        last = queries.submissions_for(request.user).filter(pk=UUID(request.GET.get("before", ""))).first()
    except ValueError:
        return None
    if last is None:
        return None
    return Q(received_at__lt=last.received_at) | Q(received_at=last.received_at, pk__lt=last.pk)


def _houses(user: User, rows: list[Submission]) -> dict[UUID, Any]:
    keys = {row.household_id for row in rows if row.household_id}
    return {house.pk: house for house in people.visible_households(user).filter(pk__in=keys)}


def _line(row: Submission, names: dict[str, str], houses: dict[UUID, Any]) -> dict[str, Any]:
    return {
        "submission": row,
        "title": row.version.form.title if row.version else row.form_id or _("a form that cannot be read"),
        "tag": submission_tag(row),
        "area": names.get(row.area_code, ""),
        "house": houses.get(row.household_id) if row.household_id else None,
    }


@require_GET
def submission(request: SignedInRequest, submission_id: UUID) -> HttpResponse:
    """One filled form: the answers by question, where it stands in the registry, and what was found wrong."""
    found = queries.submission_for(request.user, submission_id)
    return render(request, "surveys/submission.html", _context(request, found, FlagForm()))


def _context(request: SignedInRequest, found: Submission, form: FlagForm) -> dict[str, Any]:
    filled = _filled(request.user, found)
    _note_the_look(request.user, found, filled)
    problems = _problems(found)
    scope = scope_for(request.user)
    person = people.visible_persons(request.user).filter(pk=found.person_id).first() if found.person_id else None
    return {
        "submission": found,
        "title": found.version.form.title if found.version else found.form_id or _("a form that cannot be read"),
        "tag": submission_tag(found),
        "area_name": places.full_name(found.area_code) if found.area_code else "",
        "house": _houses(request.user, [found]).get(found.household_id) if found.household_id else None,
        "person": person,
        "day": found.observed_on or filled.day,
        "sections": filled.sections,
        "aside": [answer for answer in filled.aside if answer.visible],
        "hidden": sum(not answer.visible for answer in filled),
        "photos": filled.files,
        "stopping": [each for each in problems if each["stops"]],
        "notes": [each for each in problems if not each["stops"]],
        "may_judge": scope.allows(JUDGE, found.area_code),
        "form": form,
        "crumbs": [
            {"url": reverse("surveys:forms"), "label": _("Forms")},
            {"url": reverse("surveys:submissions"), "label": _("Submissions")},
            {"url": "", "label": _("One submission")},
        ],
    }


def _filled(user: User, found: Submission) -> Filled:
    """The answers, as far as the user may see them; nothing where the form is not known."""
    if found.version is None:
        return Filled()
    form = queries.xform_of(found.version.pk)
    seen = people.scope_of(user).classes_at(found.area_code, person=found.person_id, household=found.household_id)
    uses = uses_of(form, found.version.mapping)
    return read_back(form, queries.answers_of(found), uses, seen.__contains__, get_language() or "th")


def _problems(found: Submission) -> list[dict[str, Any]]:
    """What was found wrong, each with the question it is about."""
    form = queries.xform_of(found.version.pk) if found.version is not None else None
    language = get_language() or "th"
    return [
        each | {"question": question_at(form, each["path"], language) if form else each["path"]}
        for each in queries.problems_of(found)
    ]


def _note_the_look(user: User, found: Submission, shown: Iterable[Answer]) -> None:
    seen = {answer.data_class for answer in shown if answer.visible} & access_rules.SENSITIVE
    if seen:
        about = found.person_id or found.household_id or found.pk
        audit.looked_at(
            user, about, seen, area_code=found.area_code, page="surveys.submission", submission=str(found.pk)
        )


@require_GET
def file(request: SignedInRequest, submission_id: UUID, name: str) -> HttpResponse:
    """A photo or another file of a submission, for whom may see the answer that names it. Raises NotFound."""
    found = queries.submission_for(request.user, submission_id)
    filled = _filled(request.user, found)
    if name not in filled.files:
        raise NotFound(_("There is no such file with this form."))
    _note_the_look(request.user, found, [answer for answer in filled if answer.value == name])
    content = queries.bytes_of_file(found, name)
    kind = picture_kind(content)
    response = HttpResponse(content, content_type=kind or "application/octet-stream")
    if kind is None:
        response["Content-Disposition"] = "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def judge(request: SignedInRequest, submission_id: UUID) -> HttpResponse:
    """Take a flagged form into the registry all the same, leave it out, or take back what it wrote; with the reason."""
    found = queries.submission_for(request.user, submission_id)
    access.require(request.user, JUDGE, found.area_code)
    form = FlagForm(request.POST)
    if not form.is_valid():
        return render(request, "surveys/submission.html", _context(request, found, form), status=422)
    act, words = _ANSWERS.get(request.POST.get("answer", ""), _ANSWERS["leave"])
    try:
        act(found, by=request.user, reason=form.cleaned_data["reason"])
    except DomainError as problem:
        if problem.status in (403, 404):
            raise
        messages.error(request, str(problem))
    else:
        messages.success(request, _(words))
    return redirect("surveys:submission", found.pk)
