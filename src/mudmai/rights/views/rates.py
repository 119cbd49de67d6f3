"""Add a dated row to a parameter, after a look at what it changes; take one back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, Conflict, NotFound
from mudmai.places import queries as places
from mudmai.rights import services
from mudmai.rights.forms.rates import RowForm
from mudmai.rights.queries.foreseeing import Foreseen, foresee_row
from mudmai.rights.queries.rows import as_row, kept_row, parameter_rows
from mudmai.rights.rules.parameters import COMMON, shipped
from mudmai.rights.rules.rows import Parameter, Row, rows_for, value_on
from mudmai.rights.services.parameters import RULES, checked
from mudmai.rights.views.words import days_in_words, figures_in_words, unit_of, value_in_words


@require_http_methods(["GET", "POST"])
def row_new(request: SignedInRequest, parameter: str) -> HttpResponse:
    """A new rate: typed, looked at, kept. Nothing is kept before "save" is pressed."""
    access.require_somewhere(request.user, RULES)
    found = _parameter(parameter)
    scope, language = scope_for(request.user), get_language() or "th"
    areas = [(code, areas_name(code)) for code in scope.prefixes_for(RULES)]
    now = value_on(found, rows_for(parameter_rows(), areas[0][0]), clock.today())
    data = request.POST if request.method == "POST" else None
    form = RowForm(data, parameter=found, now=now, areas=areas)
    foreseen = None
    if data is not None and form.is_valid():
        try:
            if data.get("do") == "save":
                _keep(request, form.row)
                messages.success(request, _("The row is kept. Everybody is evaluated anew within some minutes."))
                return redirect(page_of(found) + f"#{found.name.replace('.', '-')}")
            foreseen = foresee_row(checked(form.row))
        except BadInput as problem:
            form.add_error(None, str(problem))
    context: dict[str, Any] = {
        "form": form,
        "parameter": found,
        "label": found.label(language),
        "unit": unit_of(found),
        "now": value_in_words(found, now),
        "back": page_of(found),
        "areas": areas,
        "foreseen": foreseen_in_words(foreseen, language) if foreseen else None,
        "row": _row_in_words(found, form.row) if foreseen else None,
    }
    return render(request, "rights/row_new.html", context, status=422 if form.errors else 200)


def _keep(request: SignedInRequest, row: Row) -> None:
    services.add_row(
        by=request.user, parameter=row.parameter, valid_from=row.valid_from, valid_to=row.valid_to, value=row.value,
        mode=row.mode, legal_basis=row.legal_basis, source=row.source, confidence=row.confidence,
        area_code=row.area_code,
    )  # fmt: skip


def _parameter(name: str) -> Parameter:
    if name not in shipped():
        raise NotFound(_("There is no such parameter."))
    return shipped()[name]


def page_of(parameter: Parameter) -> str:
    """The page of the rule that a parameter belongs to."""
    return reverse("rights:rule", args=[parameter.programme or COMMON])


def areas_name(code: str) -> str:
    return places.full_name(code) if code else _("Thailand")


def _row_in_words(parameter: Parameter, row: Row) -> dict[str, str]:
    return {"value": value_in_words(parameter, row.value), "days": days_in_words(row)}


def foreseen_in_words(foreseen: Foreseen, language: str) -> dict[str, Any]:
    """What a row changes, as a page shows it."""
    return {
        "on": foreseen.on,
        "cases": [
            {
                "programme": each.programme.label(language),
                "name": each.after.case.name,
                "ok": each.after.ok,
                "was_ok": each.before.ok,
                "differences": each.after.differences,
            }
            for each in foreseen.cases
        ],
        "cases_run": foreseen.cases_run,
        "programmes": [
            {
                "label": each.programme.label(language),
                "before": figures_in_words(each.figures.before, each.programme.kind),
                "after": figures_in_words(each.figures.after, each.programme.kind),
                "more": figures_in_words(each.figures.more, each.programme.kind, signed=True),
            }
            for each in foreseen.programmes
        ],
        "asked": foreseen.asked,
        "too_many": foreseen.too_many,
    }


@require_http_methods(["GET", "POST"])
def row_take_back(request: SignedInRequest, row_id: int) -> HttpResponse:
    """Take a row back, after a look at what that changes."""
    access.require_somewhere(request.user, RULES)
    kept = kept_row(row_id)
    if kept is None or kept.parameter not in shipped():
        raise NotFound(_("This row does not exist."))
    access.require(request.user, RULES, kept.area_code)
    parameter, language = shipped()[kept.parameter], get_language() or "th"
    problem = ""
    if request.method == "POST":
        try:
            services.take_back_row(row_id, by=request.user)
        except Conflict as refused:
            problem = str(refused)
        else:
            messages.success(request, _("The row is taken back. Everybody is evaluated anew within some minutes."))
            return redirect(page_of(parameter) + f"#{parameter.name.replace('.', '-')}")
    row = as_row(kept)
    context = {
        "parameter": parameter,
        "label": parameter.label(language),
        "kept": kept,
        "row": _row_in_words(parameter, row),
        "back": page_of(parameter),
        "problem": problem or (_("This row was taken back already.") if kept.taken_back_at else ""),
        "foreseen": None if kept.taken_back_at else foreseen_in_words(foresee_row(row, without=kept.pk), language),
    }
    return render(request, "rights/row_take_back.html", context, status=409 if problem else 200)
