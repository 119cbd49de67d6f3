"""Worked examples: read, run, corrected and added by officials."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import BadInput, Conflict, NotFound
from mudmai.kernel.logic import NO, UNKNOWN, YES
from mudmai.rights import services
from mudmai.rights.forms.cases import CaseForm
from mudmai.rights.models import CaseRow
from mudmai.rights.queries import rulebook
from mudmai.rights.rules.case_words import EXPECTED, GIVEN
from mudmai.rights.rules.cases import Case, CaseResult, shipped_cases
from mudmai.rights.rules.programmes import PROGRAMMES, Programme
from mudmai.rights.services.parameters import RULES
from mudmai.rights.views.reading import area_of, require_reader

ANSWERS = {"yes": YES, "no": NO, "unknown": UNKNOWN}
# How a case is named in addresses: a kept one by its id, a shipped one by its place in the file.
KEPT, SHIPPED = "k", "s"


def case_in_words(shown: rulebook.ShownCase, language: str) -> dict[str, Any]:
    """A case with its result, as the page of a rule shows it."""
    case = shown.case
    return {
        "name": case.name,
        "on": case.on,
        "ok": shown.result.ok,
        "kept": shown.kept,
        "url": reverse("rights:case", args=[case.programme, key_of(shown)]),
        "given": [
            (GIVEN[code].label(language), GIVEN[code].shown(value, language)) for code, value in case.given.items()
        ],
        "lines": lines_of(shown.result, language),
    }


def key_of(shown: rulebook.ShownCase) -> str:
    """The name of a case in addresses."""
    if shown.kept is not None:
        return f"{KEPT}{shown.kept.pk}"
    return f"{SHIPPED}{shipped_cases()[shown.case.programme].index(shown.case)}"


def lines_of(result: CaseResult, language: str) -> list[dict[str, Any]]:
    """What should come out beside what comes out."""
    wrong = {code for code, value in result.case.expected.items() if not _same(result.got.get(code), value)}
    return [
        {
            "label": EXPECTED[code].label(language),
            "expected": _shown(code, value, language),
            "got": _shown(code, result.got.get(code), language),
            "ok": code not in wrong,
        }
        for code, value in result.case.expected.items()
    ]


def _same(got: Any, expected: Any) -> bool:
    if isinstance(got, float) and isinstance(expected, float):
        return abs(got - expected) < 0.005
    return bool(got == expected)


def _shown(code: str, value: Any, language: str) -> str:
    return "–" if value is None else EXPECTED[code].shown(value, language)


def trace_of(result: CaseResult, programme: Programme, language: str) -> list[dict[str, Any]]:
    """Each condition with its answer in words: why it came out so."""
    told = [(each, ANSWERS.get(str(result.got.get(each.code)))) for each in programme.conditions]
    return [
        {"label": each.label(language), "answer": answer, "sentence": each.sentence(answer, language)}
        for each, answer in told
        if answer is not None
    ]


@require_http_methods(["GET", "POST"])
def case_new(request: SignedInRequest, programme: str) -> HttpResponse:
    """A new example of a rule."""
    access.require_somewhere(request.user, RULES)
    return _form_page(request, _programme(programme), None, None)


@require_http_methods(["GET", "POST"])
def case(request: SignedInRequest, programme: str, key: str) -> HttpResponse:
    """One example: run now; whoever may change rules corrects it here. Raises NotFound."""
    scope = require_reader(request)
    chosen = _programme(programme)
    told, kept = _found(chosen, key)
    may_change = scope.allows_somewhere(RULES) if kept is None else scope.allows(RULES, kept.area_code)
    if request.method == "POST":
        access.require_somewhere(request.user, RULES)
    return _form_page(request, chosen, told, kept, may_change=may_change)


def _form_page(
    request: SignedInRequest, programme: Programme, told: Case | None, kept: CaseRow | None, *, may_change: bool = True
) -> HttpResponse:
    language, area = get_language() or "th", area_of(scope_for(request.user))
    data = request.POST if request.method == "POST" else None
    form = CaseForm(data, programme=programme, case=told)
    asked = told
    if data is not None and form.is_valid():
        asked = form.cleaned_data["case"]
        if data.get("do") == "save":
            try:
                _keep(request, asked, told, kept)
            except (BadInput, Conflict) as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, _("The example is kept."))
                return redirect(reverse("rights:rule", args=[programme.code]) + "#cases")
    result = rulebook.run_case(asked, area) if asked is not None and asked.expected else None
    context = {
        "form": form,
        "programme": programme,
        "label": programme.label(language),
        "case": told,
        "kept": kept,
        "may_change": may_change,
        "result": result,
        "lines": lines_of(result, language) if result else [],
        "trace": trace_of(result, programme, language) if result else [],
        "given": case_in_words(rulebook.ShownCase(result, kept), language)["given"] if result and told else [],
    }
    return render(request, "rights/case.html", context, status=422 if form.errors else 200)


def _keep(request: SignedInRequest, asked: Case, told: Case | None, kept: CaseRow | None) -> None:
    areas = scope_for(request.user).prefixes_for(RULES)
    services.keep_case(
        by=request.user, programme=asked.programme, name=asked.name, on=asked.on, given=asked.given,
        expected=asked.expected, area_code=kept.area_code if kept else areas[0],
        corrects=told.name if told and kept is None else "", instead_of=kept.pk if kept else None,
    )  # fmt: skip


def _programme(code: str) -> Programme:
    if code not in PROGRAMMES:
        raise NotFound(_("There is no such rule."))
    return PROGRAMMES[code]


def _found(programme: Programme, key: str) -> tuple[Case, CaseRow | None]:
    """The case of an address. Raises NotFound."""
    number = int(key[1:]) if key[1:].isdecimal() and len(key) < 12 else -1
    cases = shipped_cases().get(programme.code, ())
    if key[:1] == SHIPPED and 0 <= number < len(cases):
        return cases[number], None
    kept = rulebook.case_row(number) if key[:1] == KEPT else None
    if kept is None or kept.programme != programme.code:
        raise NotFound(_("This case does not exist."))
    return rulebook.as_case(kept), kept


@require_POST
def case_take_back(request: SignedInRequest, case_id: int) -> HttpResponse:
    """Take an example back; the shipped one whose place it took stands again."""
    access.require_somewhere(request.user, RULES)
    kept = services.take_back_case(case_id, by=request.user)
    messages.success(request, _("The example is taken back."))
    return redirect(reverse("rights:rule", args=[kept.programme]) + "#cases")
