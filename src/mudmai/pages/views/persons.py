"""One person: every field with its source, the history, and what staff may change."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mudmai.access import rules as access_rules
from mudmai.access.queries import Scope
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import services as audit
from mudmai.kernel.errors import DomainError, NotFound
from mudmai.pages.forms import PersonForm
from mudmai.pages.forms.day import DayForm
from mudmai.pages.rules import tags
from mudmai.pages.views.changes import shown_changes
from mudmai.pages.views.decisions import row_in_words, told_rows, visible
from mudmai.pages.views.following import followers_of
from mudmai.pages.views.shown import shown_value
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.places import queries as places
from mudmai.rights import queries as rights
from mudmai.surveys import queries as surveys

# Ties are shown by the page itself, not as fields.
NOT_FIELDS = {"lives_at", "registered_at", "listed_area", "cid", "caregiver_of", "area", "lat", "lon"}

DECISIONS = 30


@require_GET
def person(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    try:
        someone = people.person_for(request.user, person_id)
    except NotFound:
        return redirect("pages:person", people.redirected_person(request.user, person_id).pk)
    scope = people.scope_of(request.user)
    classes = people.classes_of(scope, someone)
    traces = people.trace_of_person(someone, classes)
    asked = DayForm(request.GET)
    entitled = rights.rights_of(request.user, someone, asked.day())
    seen = ({str(trace.attribute.data_class) for trace in traces} & access_rules.SENSITIVE) | entitled.classes
    if seen:
        audit.looked_at(request.user, someone.pk, seen, area_code=someone.area_code)
    history = people.decisions_page(request.user, people.DecisionFilter(person=someone.pk), size=DECISIONS)
    context = {
        "person": someone,
        "groups": field_groups(traces),
        "rights": entitled,
        "rights_typed": asked.typed(),
        "rights_wrong": asked.wrong(),
        "letter_url": letter_url(scope, someone),
        "cid": next((trace for trace in traces if trace.attribute.code == "cid"), None),
        "timeline": people.timeline_of_person(someone, classes),
        "visits": surveys.visits_of(request.user, persons=people.keys_of_person(someone.pk)),
        "decisions": told_rows(history.rows),
        "more_decisions": bool(history.after),
        "tags": tags_of(someone, classes),
        "area_name": places.full_name(someone.area_code) if someone.area_code else "",
        "houses_seen": [
            house.pk
            for house in (someone.household, someone.registered_household)
            if house is not None and people.may(scope, "people.view", house)
        ],
        "followers": followers_of(request, people.keys_of_person(someone.pk), someone.area_code),
        "may_follow": scope.allows("people.edit", someone.area_code),
        "may_edit": people.may(scope, "people.edit", someone),
        "may_see_id": people.may(scope, "people.see_full_id", someone) and someone.cid_sealed is not None,
        "may_review": people.may(scope, "linkage.review", someone),
        "crumbs": [
            {"url": reverse("pages:persons"), "label": _("Persons")},
            {"url": "", "label": someone.full_name},
        ],
    }
    return render(request, "pages/person.html", context)


def letter_url(scope: Scope, someone: Any) -> str:
    """Where letters about what this person is missing are written; "" where the user may take nothing away."""
    return f"{reverse('rights:letters')}?person={someone.pk}" if people.may(scope, "people.export", someone) else ""


def field_groups(traces: list["people.FieldTrace"]) -> list[dict[str, Any]]:
    """The fields by class of data, in words: [{label, fields: [{label, value, source, on, lost: […]}]}]."""
    language = get_language() or "th"
    groups: dict[str, list[dict[str, Any]]] = {}
    for trace in traces:
        attribute = trace.attribute
        if attribute.code in NOT_FIELDS:
            continue
        told = [
            {
                "value": shown_value(attribute.code, each.value, language),
                "is_date": attribute.kind == "date",
                "batch": each.batch,
                "record": each.record,
                "on": each.record.observed_on,
            }
            for each in trace.told
        ]
        # A list that says the same again is no loser: the values that lost are those that differ.
        lost = [each for each in told[1:] if each["value"] != told[0]["value"]]
        also = len(told) - 1 - len(lost)
        row = {"label": attribute.label(language), "first": told[0], "lost": lost, "also": also, "unit": attribute.unit}
        groups.setdefault(str(attribute.data_class), []).append(row)
    labels = dict(access_rules.DataClass.choices)
    return [{"label": labels[name], "code": name, "fields": rows} for name, rows in groups.items()]


def tags_of(someone: Any, classes: frozenset[str]) -> list[dict[str, Any]]:
    """The few words that matter most about a person, as coloured tags."""
    status = [] if someone.status == "alive" else [{"kind": "warn", "label": someone.get_status_display()}]
    return status + tags.tags_of(tags.as_values(someone.known), classes)


@require_POST
def show_id(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """The 13-digit id in plain, once, with a line in the log."""
    someone = people.person_for(request.user, person_id)
    number = people.full_cid(request.user, someone)
    audit.record(
        request.user, "people.full_id.seen", "person", someone.pk, area_code=someone.area_code, purpose="correction"
    )
    return render(request, "pages/full_id.html", {"number": number, "person": someone})


@require_http_methods(["GET", "POST"])
def edit_person(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    someone = people.person_for(request.user, person_id)
    registry.require(request.user, "people.edit", someone)
    classes = people.classes_of(people.scope_of(request.user), someone)
    parts = people.parts_of(someone)
    form = PersonForm(request.POST or None, person=someone, classes=classes, parts=parts)
    if request.method == "POST" and form.is_valid():
        if form.said or form.cid:
            batch = registry.correct_person(
                someone, form.said, by=request.user, cid=form.cid, reason=form.cleaned_data["reason"],
                about=form.cleaned_data.get("about"),
            )  # fmt: skip
            audit.record(
                request.user, "people.person.corrected", "person", someone.pk,
                area_code=someone.area_code, fields=sorted(form.said), batch=str(batch.pk),
            )  # fmt: skip
            messages.success(request, _("The correction is kept. The earlier values are still in the history."))
        return redirect("pages:person", someone.pk)
    return render(
        request, "pages/edit_person.html", {"form": form, "person": someone}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def not_this_person(request: SignedInRequest, person_id: UUID, record_id: UUID) -> HttpResponse:
    """A row was put to the wrong person: show what parting them changes, then part them for good."""
    someone = people.person_for(request.user, person_id)
    record = people.record_for(request.user, record_id)
    registry.require(request.user, "linkage.review", someone)
    if request.method == "GET":
        return _before_parting(request, someone, record)
    try:
        registry.unlink_record(record, by=request.user, reason=_("Parted on the person's page"))
    except DomainError as problem:
        messages.error(request, str(problem.message))
        return redirect("pages:person", someone.pk)
    audit.record(request.user, "linkage.record.unlinked", "record", record.pk, area_code=someone.area_code)
    messages.success(request, _("The row is now a person of its own, and will not be put together again."))
    return redirect("pages:person", record.pk)


def _before_parting(request: SignedInRequest, someone: Any, record: Any) -> HttpResponse:
    link = people.link_of(record.pk)
    if link is None:
        messages.error(request, _("This row is not linked to another person."))
        return redirect("pages:person", someone.pk)
    changes = registry.foresee(link)
    context = {
        "person": someone,
        "record": record,
        "row": row_in_words(record),
        "changes": shown_changes(request.user, changes),
        "others": told_rows(people.rows_of(visible(request.user, changes.decisions))),
        "crumbs": [
            {"url": reverse("pages:person", args=[someone.pk]), "label": someone.full_name},
            {"url": "", "label": _("Not this person")},
        ],
    }
    return render(request, "pages/unlink.html", context)
