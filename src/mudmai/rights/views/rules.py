"""The rule browser: every rule in plain words, its rates over time, its cases, and who changed what."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel import clock
from mudmai.kernel.errors import NotFound
from mudmai.rights.queries import rulebook
from mudmai.rights.queries.whatif import PROJECTION, parameters_of
from mudmai.rights.rules.parameters import COMMON, shipped
from mudmai.rights.rules.programmes import PROGRAMMES, Programme
from mudmai.rights.rules.rows import ADD
from mudmai.rights.services.parameters import RULES
from mudmai.rights.views.cases import case_in_words
from mudmai.rights.views.reading import area_of, require_reader
from mudmai.rights.views.words import GRADES, KINDS, row_in_words, steps_in_words, unit_of, value_in_words


@require_GET
def rules(request: SignedInRequest) -> HttpResponse:
    """All rules."""
    scope = require_reader(request)
    area, language = area_of(scope), get_language() or "th"
    shown = {each.parameter.name: each for each in rulebook.shown_parameters(tuple(shipped()), area)}
    context = {
        "rows": [_line(programme, shown, area, language) for programme in PROGRAMMES.values()],
        "may_count": scope.allows_somewhere("counts.view"),
        "today": clock.today(),
    }
    return render(request, "rights/rules.html", context)


def _line(programme: Programme, shown: dict[str, rulebook.ShownParameter], area: str, language: str) -> dict[str, Any]:
    parameters = [shown[name] for name in parameters_of(programme)]
    cases = rulebook.shown_cases(programme, area)
    return {
        "programme": programme,
        "label": programme.label(language),
        "kind": KINDS[programme.kind],
        "payer": programme.payer(language),
        "grade": GRADES[programme.confidence],
        "now": _headline([each for each in parameters if each.parameter.programme == programme.code]),
        "unsure": sum(each.is_unsure for each in parameters),
        "cases": len(cases),
        "failing": sum(not each.result.ok for each in cases),
    }


def _headline(parameters: list[rulebook.ShownParameter]) -> str:
    """The first rate of a rule, as it stands today; a rate of what is given before a sum that is only a limit."""
    money = [each for each in parameters if each.now and each.parameter.unit.startswith("baht")]
    money.sort(key=lambda each: "/" not in each.parameter.unit)
    return value_in_words(money[0].parameter, money[0].now.value) if money and money[0].now else ""


@require_GET
def rule(request: SignedInRequest, code: str) -> HttpResponse:
    """One rule, with everything that it rests on. Raises NotFound."""
    scope = require_reader(request)
    area, language = area_of(scope), get_language() or "th"
    parts: dict[str, Any] = {
        "code": code,
        "may_change": scope.allows_somewhere(RULES),
        "may_count": scope.allows_somewhere("counts.view"),
        "today": clock.today(),
    }
    if code in {PROJECTION, COMMON}:
        prefix = f"{code}."
        names = [name for name in shipped() if name.startswith(prefix)]
        title = _("How people are carried forward") if code == PROJECTION else _("What several rules share")
        return render(
            request, "rights/rule.html", parts | {"title": title, "parameters": parameters_in_words(names, area)}
        )
    programme = PROGRAMMES.get(code)
    if programme is None:
        raise NotFound(_("There is no such rule."))
    cases = [case_in_words(each, language) for each in rulebook.shown_cases(programme, area)]
    context = parts | {
        "programme": programme,
        "title": programme.label(language),
        "how": programme.how(language),
        "kind": KINDS[programme.kind],
        "payer": programme.payer(language),
        "grade": GRADES[programme.confidence],
        "conditions": [_condition(each, language) for each in programme.conditions],
        "parameters": parameters_in_words(parameters_of(programme), area),
        "documents": programme.documents(language),
        "apply_at": programme.apply_at(language),
        "cases": cases,
        "failing": sum(not each["ok"] for each in cases),
    }
    return render(request, "rights/rule.html", context)


def _condition(condition: Any, language: str) -> dict[str, Any]:
    return {
        "label": condition.label(language),
        "not_met": condition.not_met(language),
        "unknown": condition.unknown(language),
        "ask": condition.ask(language),
        "paper": condition.paper(language),
    }


def parameters_in_words(names: list[str], area: str) -> list[dict[str, Any]]:
    """Each parameter with what holds today, its chart and its rows."""
    language, found = get_language() or "th", []
    for shown in rulebook.shown_parameters(names, area):
        parameter, now = shown.parameter, shown.now
        found.append(
            {
                "parameter": parameter,
                "id": parameter.name.replace(".", "-"),
                "label": parameter.label(language),
                "unit": unit_of(parameter),
                "steps": steps_in_words(parameter, now.value) if now and now.value is not None else [],
                "has_added": bool(now and now.added),
                "is_unsure": shown.is_unsure,
                "is_shared": parameter.programme == "",
                "chart": shown.chart,
                "has_adds": any(row.row.mode == ADD and row.row.in_force for row in shown.rows),
                "has_proposed": any(row.state == rulebook.PROPOSED for row in shown.rows),
                "rows": [row_in_words(parameter, row) for row in shown.rows],
            }
        )
    return found
