"""What if a rate or a limit were another: asked in the address, worked out at once, taken along as a file of counts."""

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mudmai.access import services as access
from mudmai.access.queries import Scope, scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel import clock, numbers
from mudmai.kernel.errors import BadInput
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.queries import area_title, own_area
from mudmai.rights.forms.standing import TakeForm
from mudmai.rights.queries import whatif as queries
from mudmai.rights.queries.whatif import Answer
from mudmai.rights.rules.charts import worded
from mudmai.rights.rules.programmes import PROGRAMMES
from mudmai.rights.rules.rows import Parameter, Value
from mudmai.rights.views.outcome import answer_in_words, rows_of_file
from mudmai.rights.views.words import unit_of

COUNT = "counts.view"
# Names of fields: the parameter, or the parameter and a step of its scale.
STEP = "@"


@require_GET
def whatif(request: SignedInRequest) -> HttpResponse:
    """Choose a rule, write other values, and see who and how much that is. Nothing is kept."""
    access.require_somewhere(request.user, COUNT)
    scope, language = scope_for(request.user), get_language() or "th"
    area = own_area(scope, request.GET.get("area", ""))
    has_area = bool(area) or scope.prefixes_for(COUNT) == ("",)
    changeable = {each[0].code: each for each in queries.changeable(area)}
    chosen = request.GET.get("programme", "")
    chosen = chosen if chosen in changeable else next(iter(changeable))
    problem, found = "", None
    changes: dict[str, Any] = {}
    if "ask" in request.GET and has_area:
        try:
            changes = changes_of(request.GET, area)
            found = queries.answer(request.user, area, changes)
        except BadInput as refused:
            problem = str(refused)
    context: dict[str, Any] = {
        "area": area,
        "has_area": has_area,
        "title": area_title(area, scope.prefixes_for(COUNT)),
        "areas": people.area_choices(scope, COUNT, area),
        "programmes": [(code, each[0].label(language)) for code, each in changeable.items()],
        "chosen": chosen,
        "fields": [fields_of(parameter, now, request.GET, language) for parameter, now in changeable[chosen][1]],
        "kept": _kept(request.GET, chosen, changeable),
        "problem": problem,
        "answer": answer_in_words(found, changes, shows_few(scope, area), language) if found else None,
        "export": reverse("rights:whatif_export") + "?" + urlencode(_asked(request.GET), doseq=True),
        "today": clock.today(),
    }
    return render(request, "rights/whatif.html", context, status=422 if problem else 200)


def shows_few(scope: Scope, area: str) -> bool:
    """Whether counts of few may be shown: to those who see the people themselves."""
    return scope.allows("people.view", area) if area else scope.prefixes_for("people.view") == ("",)


def changes_of(asked: QueryDict, area: str) -> dict[str, Any]:
    """The values that differ from what holds today. Raises BadInput."""
    found: dict[str, Any] = {}
    for _programme, parameters in queries.changeable(area):
        for parameter, now in parameters:
            if parameter.name in found or now is None:
                continue
            value = _typed(parameter, now, asked)
            if value != now:
                found[parameter.name] = value
    return found


def _typed(parameter: Parameter, now: Value, asked: QueryDict) -> Value:
    if isinstance(now, tuple):
        return tuple((start, _number(asked, f"{parameter.name}{STEP}{worded(start)}", amount)) for start, amount in now)
    return _number(asked, parameter.name, float(now))


def _number(asked: QueryDict, name: str, now: float) -> float:
    typed = asked.get(name, "").strip()
    if not typed:
        return now
    read = numbers.number(typed[:20]).value
    if read is None or read < 0:
        raise BadInput(_("“%(typed)s” is no number that a rate or a limit can have.") % {"typed": typed[:20]})
    return float(read)


def fields_of(parameter: Parameter, now: Value | None, asked: QueryDict, language: str) -> dict[str, Any]:
    """What can be typed for one parameter: a field, or one for each step."""
    steps = now if isinstance(now, tuple) else ((None, float(now)),) if now is not None else ()
    lines = []
    for start, amount in steps:
        name = parameter.name if start is None else f"{parameter.name}{STEP}{worded(start)}"
        typed = asked.get(name, "")
        lines.append({
            "name": name,
            "id": name.replace(".", "-").replace(STEP, "-"),
            "word": "" if start is None else _("from %(age)s years") % {"age": worded(start)},
            "now": worded(amount),
            "typed": typed or worded(amount),
        })  # fmt: skip
    return {"label": parameter.label(language), "unit": unit_of(parameter), "lines": lines, "parameter": parameter}


def _kept(asked: QueryDict, chosen: str, changeable: dict[str, Any]) -> list[tuple[str, str]]:
    """Other values typed for other rules, which stay in the question."""
    shown = {parameter.name for parameter, _now in changeable[chosen][1]}
    found: dict[str, str] = {}
    for _programme, parameters in changeable.values():
        for parameter, now in parameters:
            if parameter.name not in shown and now is not None:
                lines = fields_of(parameter, now, asked, "th")["lines"]
                found |= {line["name"]: line["typed"] for line in lines if line["typed"] != line["now"]}
    return list(found.items())


def _asked(asked: QueryDict) -> dict[str, str]:
    return {name: asked.get(name, "")[:40] for name in list(asked)[:200] if asked.get(name)}


@require_http_methods(["GET", "POST"])
def whatif_export(request: SignedInRequest) -> HttpResponseBase:
    """The answer as a file: counts by village and fiscal year, no person."""
    access.require_somewhere(request.user, COUNT)
    scope, language = scope_for(request.user), get_language() or "th"
    area = own_area(scope, request.GET.get("area", ""))
    access.require(request.user, COUNT, area)  # without an area: the whole country
    back = reverse("rights:whatif") + "?" + urlencode(_asked(request.GET))
    form = TakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            changes = changes_of(request.GET, area)
            found: Answer = queries.answer(request.user, area, changes)
        except BadInput:
            return redirect(back)
        header, rows = rows_of_file(found, shows_few(scope, area), language)
        file = registry.leave_as_file(
            request.user, "rights-whatif", title=_("What if"), header=header, rows=rows, area=area, action=COUNT,
            purpose=form.cleaned_data["purpose"], form=form.cleaned_data["format"], changed=sorted(changes),
        )  # fmt: skip
        return FileResponse(file.file, as_attachment=True, filename=file.name, content_type=file.content_type)
    context = {
        "form": form,
        "crumbs": [{"url": back, "label": _("What if a rate changed?")}, {"url": "", "label": _("As a file")}],
        "take": {
            "title": _("What if, as a file"),
            "count": _("Counts by village and fiscal year; no person is in it."),
            "chosen": [area_title(area, scope.prefixes_for(COUNT)), *_named(request.GET, language)],
            "back": back,
        },
    }
    return render(request, "shared/take.html", context, status=422 if form.errors else 200)


def _named(asked: QueryDict, language: str) -> list[str]:
    chosen = asked.get("programme", "")
    return [PROGRAMMES[chosen].label(language)] if chosen in PROGRAMMES else []
