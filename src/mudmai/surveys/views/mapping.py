"""Where the answers of a form go, question by question, and the person's correction of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mudmai.access import services as access
from mudmai.accounts.rules import SignedInRequest
from mudmai.people.rules.catalogue import catalogue
from mudmai.surveys import queries, services
from mudmai.surveys.forms import MappingForm
from mudmai.surveys.queries.forms import MANAGE
from mudmai.surveys.rules.mapping import CLASHES, SPECIAL, Use, uses_of
from mudmai.surveys.rules.xform import XForm, in_language
from mudmai.surveys.views.words import TYPES


@require_http_methods(["GET", "POST"])
def mapping(request: SignedInRequest, form_id: UUID, version_id: UUID) -> HttpResponse:
    """Show each question with where its answer goes; keep what was changed."""
    version = queries.version_for(request.user, form_id, version_id)
    access.require(request.user, MANAGE, version.form.area_code)
    xform = XForm.parse(version.xform)
    language = get_language() or "th"
    uses = [use for use in uses_of(xform, version.mapping, language) if _is_shown(use)]
    form = MappingForm(request.POST or None, uses=uses)
    if request.method == "POST" and form.is_valid():
        services.map_answers(version, form.mapping, by=request.user)
        messages.success(request, _("Where the answers go was kept."))
        return redirect("surveys:mapping", form_id, version_id)
    context = {
        "version": version,
        "groups": _grouped(xform, uses, form, language),
        "filled": sum(1 for use in uses if use.attribute),
        "suggested": sum(1 for use in uses if use.suggested),
        "clashes": sum(len(use.clashes) for use in uses),
        "crumbs": [
            {"url": reverse("surveys:forms"), "label": _("Forms")},
            {"url": reverse("surveys:form", args=[form_id]), "label": version.form.title},
            {"url": "", "label": _("Where answers go")},
        ],
    }
    return render(request, "surveys/mapping.html", context, status=422 if form.errors else 200)


def _is_shown(use: Use) -> bool:
    """Notes and the phone's own remarks fill nothing; a value worked out may."""
    is_note = use.field.readonly and not use.field.calculated
    return bool(use.attribute) or use.field.calculated or (bool(use.field.control) and not is_note)


def _grouped(xform: XForm, uses: list[Use], form: MappingForm, language: str) -> list[dict[str, Any]]:
    """The questions under the headings of their groups, in the order of the form."""
    groups: dict[str, dict[str, Any]] = {}
    for i, use in enumerate(uses):
        above = use.field.path.rsplit("/", 1)[0]
        if above not in groups:
            heading = in_language(xform.headings.get(above, {}), language)
            name = above.rsplit("/", 1)[-1] if above.count("/") > 1 else xform.title
            groups[above] = {"heading": heading or name, "rows": []}
        groups[above]["rows"].append(_row(use, form[f"q{i}"] if f"q{i}" in form.fields else None, language))
    return list(groups.values())


def _row(use: Use, field: Any, language: str) -> dict[str, Any]:
    return {
        # Values worked out have no words of their own.
        "label": in_language(use.field.label, language) or catalogue().label(use.attribute or use.field.name, language),
        "name": use.field.name,
        "type": _(TYPES.get(use.field.type, "text")),
        "calculated": use.field.calculated,
        "field": field,
        "special": _(SPECIAL[use.attribute]) if use.why == "special" else "",
        "why": use.why,
        "suggested": bool(use.suggested),
        "clashes": [_(CLASHES[code]) % _told(params) for code, params in use.clashes],
    }


def _told(params: Any) -> dict[str, str]:
    return {name: _(text) if name == "wanted" else text for name, text in params.items()}
