"""One row as it came: what it said, which list it came with, whom it is about now; and taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mudmai.access import rules as access_rules
from mudmai.access import services as access
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import services as audit
from mudmai.pages.forms import UndoForm
from mudmai.pages.views.changes import shown_changes
from mudmai.pages.views.decisions import row_in_words, told_rows, visible
from mudmai.pages.views.shown import shown_value
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.rules.catalogue import catalogue


@require_http_methods(["GET", "POST"])
def record(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Show a row, and what taking it back would change; then take it back, or put a withdrawn one back."""
    found = people.record_for(request.user, record_id)
    scope = people.scope_of(request.user)
    area = found.area_code or found.batch.area_code
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        access.require(request.user, "intake.undo", area)
        if form.is_valid():
            return _turn(request, found, area, form.cleaned_data["reason"])
    may_undo = scope.allows("intake.undo", area)
    person, house = people.filed_under(request.user, found)
    decisions = people.decisions_about_row(request.user, found.pk)
    subject = person or house
    person_key, house_key = people.keys_for_scope(subject) if subject else (None, None)
    classes = scope.classes_at(area, person=person_key, household=house_key)
    said = _said(found, classes)
    sensitive = {str(each["class"]) for each in said} & access_rules.SENSITIVE
    if sensitive:
        audit.looked_at(request.user, person.pk if person else found.pk, sensitive, area_code=area)
    changes = registry.foresee(found) if may_undo else None
    context = {
        "record": found,
        "title": row_in_words(found),
        "person": person,
        "household": house,
        "said": said,
        "decisions": told_rows(decisions),
        "linked": any(
            row.decision.kind == "link" and row.decision.left == found.pk and not row.decision.withdrawn
            for row in decisions
        ),
        "may_undo": may_undo,
        "may_review": scope.allows("linkage.review", area),
        "changes": shown_changes(request.user, changes) if changes else None,
        "others": told_rows(people.rows_of(visible(request.user, changes.decisions))) if changes else [],
        "form": form,
        "crumbs": _crumbs(found, scope.allows("intake.undo", found.batch.area_code)),
    }
    return render(request, "pages/record.html", context, status=422 if form.errors else 200)


def _crumbs(found: Any, sees_list: bool) -> list[dict[str, str]]:
    row = {"url": "", "label": _("row %(ref)s") % {"ref": found.place or "–"}}
    if not sees_list or found.kind == "staff":
        return [{"url": reverse("pages:persons"), "label": _("Persons")}, row]
    lists = {"url": reverse("pages:batches"), "label": _("What came in")}
    return [lists, {"url": reverse("pages:batch", args=[found.batch_id]), "label": found.batch.label}, row]


def _said(found: Any, classes: frozenset[str]) -> list[dict[str, Any]]:
    language, attributes = get_language() or "th", catalogue().attributes
    return [
        {
            "label": attributes[code].label(language),
            "value": shown_value(code, value, language),
            "is_date": attributes[code].kind == "date",
            "class": attributes[code].data_class,
        }
        for code, value in found.said.items()
        if code in attributes and attributes[code].data_class in classes
    ]


def _turn(request: SignedInRequest, found: Any, area: str, reason: str) -> HttpResponse:
    withdrawn = found.withdrawn
    (registry.restore if withdrawn else registry.withdraw)(found, by=request.user, reason=reason)
    action = "people.record.restored" if withdrawn else "people.record.withdrawn"
    audit.record(request.user, action, "record", found.pk, area_code=area)
    words = _("The row counts again.") if withdrawn else _("The row was taken back; what others told counts now.")
    messages.success(request, words)
    return redirect("pages:record", found.pk)
