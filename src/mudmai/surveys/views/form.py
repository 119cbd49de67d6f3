"""One form: its versions, what they need, who fills it in, and taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import DomainError
from mudmai.surveys import queries, services
from mudmai.surveys.forms import AssignForm
from mudmai.surveys.models import Assignment, Form, FormVersion
from mudmai.surveys.queries.forms import MANAGE
from mudmai.surveys.rules.mapping import uses_of
from mudmai.surveys.rules.xform import XForm
from mudmai.surveys.rules.xlsform import Fault
from mudmai.surveys.views.forms import as_download
from mudmai.surveys.views.words import areas_in_words, faults_in_words, version_tag


@require_GET
def form(request: SignedInRequest, form_id: UUID) -> HttpResponse:
    """The form with its newest version on top."""
    found = queries.form_for(request.user, form_id)
    return render(request, "surveys/form.html", _context(request, found, AssignForm(user=request.user)))


def _context(request: SignedInRequest, found: Form, assigning: AssignForm) -> dict[str, Any]:
    versions = list(queries.versions_of(found))
    newest = versions[0] if versions else None
    given = list(queries.assignments_of(found))
    scope = scope_for(request.user)
    names = areas_in_words([found.area_code, *(each.area_code for each in given)])
    return {
        "form": found,
        "area_name": names[found.area_code],
        "newest": _newest(newest) if newest else None,
        "versions": [{"version": each, "tag": version_tag(each)} for each in versions],
        "given": [
            {
                "assignment": each,
                "where": names[each.area_code],
                "may_end": scope.allows(MANAGE, each.area_code),
            }
            for each in given
        ],
        "may_manage": scope.allows(MANAGE, found.area_code),
        "may_assign": scope.allows_somewhere(MANAGE),
        "assigning": assigning,
        "count": queries.counts_by_form(request.user).get(found.form_id),
        "is_published": any(each.state == FormVersion.State.PUBLISHED for each in versions),
        "crumbs": [{"url": reverse("surveys:forms"), "label": _("Forms")}, {"url": "", "label": found.title}],
    }


def _newest(version: FormVersion) -> dict[str, Any]:
    """What to look at before publishing: remarks, files, and how much of it reaches the registry."""
    uses = uses_of(XForm.parse(version.xform), version.mapping)
    return {
        "version": version,
        "tag": version_tag(version),
        "questions": sum(1 for use in uses if use.field.control and not use.field.readonly),
        "filled": sum(1 for use in uses if use.attribute),
        "suggested": sum(1 for use in uses if use.suggested),
        "clashes": sum(len(use.clashes) for use in uses),
        "missing": queries.missing_media(version),
        "media": list(queries.media_of(version)),
        "remarks": faults_in_words(Fault.from_json(each) for each in version.warnings),
    }


@require_POST
def publish(request: SignedInRequest, form_id: UUID, version_id: UUID) -> HttpResponse:
    """Let phones have this version."""
    version = queries.version_for(request.user, form_id, version_id)
    return _done(
        request, form_id, lambda: services.publish(version, by=request.user), _("Phones get this version now.")
    )


@require_POST
def retire(request: SignedInRequest, form_id: UUID) -> HttpResponse:
    """Let nobody begin this form any more."""
    found = queries.form_for(request.user, form_id)
    return _done(request, form_id, lambda: services.retire(found, by=request.user), _("The form is retired."))


@require_POST
def bring_back(request: SignedInRequest, form_id: UUID) -> HttpResponse:
    """Let a retired form be filled in again."""
    found = queries.form_for(request.user, form_id)
    return _done(request, form_id, lambda: services.bring_back(found, by=request.user), _("The form is back."))


@require_POST
def assign(request: SignedInRequest, form_id: UUID) -> HttpResponse:
    """Say who fills the form in."""
    found = queries.form_for(request.user, form_id)
    assigning = AssignForm(request.POST, user=request.user)
    if not assigning.is_valid():
        return render(request, "surveys/form.html", _context(request, found, assigning), status=422)
    team = assigning.cleaned_data["team"]
    area_code = team.area_code if team else assigning.cleaned_data["area_code"]
    return _done(
        request, form_id,
        lambda: services.assign(found, area_code=area_code, team=team, by=request.user),
        _("The form was given out. Phones get it at their next contact."),
    )  # fmt: skip


@require_POST
def end_assignment(request: SignedInRequest, form_id: UUID, assignment_id: int) -> HttpResponse:
    """Take the form back from an area or team."""
    found = queries.form_for(request.user, form_id)
    given = get_object_or_404(Assignment, form=found, pk=assignment_id)
    return _done(
        request, form_id, lambda: services.end_assignment(given, by=request.user), _("The form was taken back there.")
    )


@require_POST
def attach(request: SignedInRequest, form_id: UUID, version_id: UUID) -> HttpResponse:
    """Keep files beside a draft."""
    version = queries.version_for(request.user, form_id, version_id)
    files = request.FILES.getlist("media")
    kept = 0
    for file in files:
        try:
            services.attach_media(version, file.name or "?", file.read(), by=request.user)
        except DomainError as problem:
            if problem.status in (403, 404):
                raise
            messages.error(request, str(problem))
        else:
            kept += 1
    if kept:
        messages.success(
            request, ngettext("%(count)s file was kept.", "%(count)s files were kept.", kept) % {"count": kept}
        )
    return redirect("surveys:form", form_id)


@require_GET
def source(request: SignedInRequest, form_id: UUID, version_id: UUID) -> HttpResponse:
    """The workbook of a version as it was sent, to go on with in Excel."""
    version = queries.version_for(request.user, form_id, version_id)
    return as_download(bytes(version.source), version.filename)


def _done(request: SignedInRequest, form_id: UUID, act: Any, words: str) -> HttpResponse:
    """Do it and say so; what cannot be done is said in its own sentence."""
    try:
        act()
    except DomainError as problem:
        if problem.status in (403, 404):
            raise
        messages.error(request, str(problem))
    else:
        messages.success(request, words)
    return redirect("surveys:form", form_id)
