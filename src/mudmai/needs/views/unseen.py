"""How many nobody has found yet, by how the sources overlap; and the houses where nobody has been, to go to."""

from math import inf
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from mudmai.access import services as access
from mudmai.access.queries import Scope
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel import clock
from mudmai.needs import queries
from mudmai.needs.forms import TakeForm
from mudmai.needs.queries.unseen import Overlap
from mudmai.needs.rules import unseen as rules
from mudmai.needs.rules.measures import FEWEST
from mudmai.needs.rules.sources import SUBJECTS, Subject
from mudmai.needs.rules.unseen import Estimate, Refusal
from mudmai.needs.views.shown import asked
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.queries import area_title, own_area

VIEW, COUNTS, EXPORT = "people.view", "counts.view", "people.export"
# Above a district the sources hold too many people to be laid over each other while one waits.
WIDEST = 4
ON_PAPER = 1000
REFUSALS = {
    rules.NOBODY: _lazy("No source has found anybody here."),
    rules.ONE_SOURCE: _lazy("Only “%(source)s” has found people. One source alone does not tell how many it missed."),
    rules.NO_OVERLAP: _lazy(
        "No person is found by two sources. Without overlap nothing can be said: the number could be any."
    ),
    rules.COMPLETE: _lazy(
        "“%(source)s” holds everybody whom the others found. It may be complete, or the others may have copied it; "
        "either way the overlap tells nothing more."
    ),
    rules.TOO_MANY: _lazy("More than four sources are not laid over each other."),
    rules.NO_MODEL: _lazy("Too few people are found by two sources to decide between the ways they may depend."),
}
# The same in a cell of the table.
IN_SHORT = {
    rules.NOBODY: _lazy("nobody found"),
    rules.ONE_SOURCE: _lazy("one source only"),
    rules.NO_OVERLAP: _lazy("no overlap"),
    rules.COMPLETE: _lazy("“%(source)s” has everybody"),
    rules.TOO_MANY: _lazy("too many sources"),
    rules.NO_MODEL: _lazy("too few in two sources"),
}
NOTES_IN_SHORT = {
    rules.FEW_SHARED: _lazy("few in two sources"),
    rules.NO_UPPER: _lazy("no upper end"),
    rules.MODELS_DIFFER: _lazy("models differ"),
    rules.NO_TEST: _lazy("nothing tests the model"),
    rules.BAD_FIT: _lazy("bad fit"),
}
NOTES = {
    rules.FEW_SHARED: _lazy("Fewer than seven people are in two sources: take the number as a hint."),
    rules.NO_UPPER: _lazy("Nothing bounds it from above: the overlap is too small."),
    rules.SOURCE_EMPTY: _lazy("A source without anybody here was left out."),
    rules.NESTED: _lazy("A source that holds nobody but people of another one was left out: it is no second look."),
    rules.BAD_FIT: _lazy("The model fits the numbers badly: take them with care."),
    rules.MODELS_DIFFER: _lazy("Models that fit as well give other numbers: the sources may depend on each other."),
    rules.NO_TEST: _lazy("Every pair of sources seems to depend on each other; such numbers are often far too high."),
}


@require_GET
def unseen(request: SignedInRequest) -> HttpResponse:
    """The estimate of an area and of each village of it, with what it takes for granted in plain words."""
    access.require_somewhere(request.user, COUNTS)
    scope = people.scope_of(request.user)
    area = own_area(scope, request.GET.get("area", ""))
    subject = SUBJECTS.get(request.GET.get("of", ""), SUBJECTS["poor"])
    narrow = len(area) >= WIDEST
    named = bool(people.prefixes_within(scope, area, VIEW, [subject.data_class]))
    context: dict[str, Any] = {
        "area": area_title(area, scope.prefixes_for(COUNTS)),
        "code": area,
        "areas": people.area_choices(scope, COUNTS, area),
        "subjects": SUBJECTS.values(),
        "subject": subject,
        "narrow": narrow,
        "named": named,
        "sees_people": scope.allows_somewhere(VIEW),
        "unvisited_url": reverse("needs:unvisited") + (f"?area={area}" if area else ""),
    }
    if narrow:
        context |= _estimated(request, subject, area, named)
    return render(request, "needs/unseen.html", context)


def _estimated(request: SignedInRequest, subject: Subject, area: str, named: bool) -> dict[str, Any]:
    found = queries.unseen_of(request.user, subject, area)
    names = people.area_names({part.area for part in found.parts})
    parts = [part for part in found.parts if part.area != area]
    return {
        "whole": _shown(found.whole, subject, named),
        "rows": [_shown(part, subject, named) | {"area": names[part.area]} for part in parts],
        "remarks": _remarks(parts),
        "records": found.records,
        "by_name": found.by_name_percent,
        "fits": _fits(found.whole, subject),
        "unvisited": people.count_unvisited(request.user, area, action=COUNTS),
    }


def _shown(overlap: Overlap, subject: Subject, named: bool) -> dict[str, Any]:
    result = overlap.result
    few = not named and 0 < overlap.seen < FEWEST
    shown: dict[str, Any] = {
        "seen": _("few") if few else f"{overlap.seen:,}",
        "by_source": [
            {"label": source.label, "n": overlap.found_by(number)}
            for number, source in enumerate(subject.sources)
            if not few
        ],
        "few": few,
    }
    if isinstance(result, Refusal):
        source = subject.sources[result.source].label if result.source >= 0 else ""
        named_source = {"source": source}
        return shown | {
            "refusal": "" if few else str(REFUSALS[result.code]) % named_source,
            "in_short": "" if few else str(IN_SHORT[result.code]) % named_source,
        }
    if few:
        return shown | {"refusal": ""}
    return shown | {
        "estimate": result,
        "total": f"{result.total:,.0f}",
        "range": _range(result.low, result.high),
        "unseen": f"{result.unseen:,.0f}",
        "unseen_range": _range(result.unseen_low, result.unseen_high),
        "low": round(result.low), "high": round(min(result.high, 4 * result.total)), "middle": round(result.total),
        "at_least": f"{result.at_least:,.0f}" if result.at_least else "",
        "depends": _pairs(result, subject),
        "notes": [NOTES[note] for note in result.notes],
        "in_short": ", ".join(str(NOTES_IN_SHORT[note]) for note in result.notes if note in NOTES_IN_SHORT),
        "sentence": _sentence(result),
    }  # fmt: skip


def _remarks(parts: list[Overlap]) -> list[str]:
    """What the short remarks of the table mean, each once."""
    codes = dict.fromkeys(
        note
        for part in parts
        for note in ([part.result.code] if isinstance(part.result, Refusal) else part.result.notes)
        if note != rules.COMPLETE
    )
    found = [str({**REFUSALS, **NOTES}[code]) % {"source": "…"} for code in codes]
    if any(isinstance(part.result, Refusal) and part.result.code == rules.COMPLETE for part in parts):
        found.append(str(REFUSALS[rules.COMPLETE]) % {"source": "…"})
    return found


def _range(low: float, high: float) -> str:
    return f"{low:,.0f}–{high:,.0f}" if high < inf else _("from %(low)s, no upper end") % {"low": f"{low:,.0f}"}


def _sentence(result: Estimate) -> str:
    if result.unseen < 0.5:
        return _("Probably nearly everybody has been found.")
    words = _("About %(n)s more have probably not been found yet (95 %% interval %(range)s).")
    return words % {"n": f"{result.unseen:,.0f}", "range": _range(result.unseen_low, result.unseen_high)}


def _pairs(result: Estimate, subject: Subject) -> list[str]:
    """Which sources depend on each other by the chosen model."""
    return [f"{subject.sources[one].label} ↔ {subject.sources[other].label}" for one, other in result.pairs]


def _fits(overlap: Overlap, subject: Subject) -> list[dict[str, Any]]:
    """The models that were compared, the best first."""
    if not isinstance(overlap.result, Estimate):
        return []
    return [
        {
            "pairs": [f"{subject.sources[one].label} ↔ {subject.sources[other].label}" for one, other in fit.pairs],
            "total": f"{fit.total:,.0f}",
            "aicc": f"{fit.aicc:.1f}",
            "bic": f"{fit.bic:.1f}",
            "chosen": fit.pairs == overlap.result.pairs,
        }
        for fit in overlap.result.fits[:8]
    ]


@require_GET
def unvisited(request: SignedInRequest) -> HttpResponse:
    """Houses where people live and nobody has been: a list to walk by. `print` gives it for paper."""
    access.require_somewhere(request.user, VIEW)
    scope, area, without_pin = _asked(request)
    on_paper = "print" in request.GET
    page = people.unvisited_page(
        request.user, area, without_pin=without_pin, after=asked(request, "after"), before=asked(request, "before"),
        size=ON_PAPER if on_paper else people.PAGE,
    )  # fmt: skip
    names = people.area_names({house.area_code for house in page.rows})
    count = people.count_unvisited(request.user, area, without_pin=without_pin)
    words = ngettext("%(n)s household", "%(n)s households", count) % {"n": f"{count:,}"}
    context: dict[str, Any] = {
        "rows": [{"house": house, "area": names[house.area_code]} for house in page.rows],
        "count": words,
        "code": area,
        "area": area_title(area, scope.prefixes_for(VIEW)),
        "areas": people.area_choices(scope, VIEW, area),
        "without_pin": without_pin,
        "page": page.links(request.GET),
        "print_url": _address("needs:unvisited", area, without_pin, print="1"),
        "export_url": _address("needs:unvisited_export", area, without_pin),
        "may_export": bool(people.prefixes_within(scope, area, EXPORT)),
        "back": reverse("needs:unseen") + (f"?area={area}" if area else ""),
    }
    if on_paper:
        context["paper"] = {
            "title": _title(without_pin), "area": context["area"], "as_of": clock.today(), "count": words,
            "back": _address("needs:unvisited", area, without_pin), "more": bool(page.after),
        }  # fmt: skip
        return render(request, "needs/print_unvisited.html", context)
    return render(request, "needs/unvisited.html", context)


@require_http_methods(["GET", "POST"])
def unvisited_export(request: SignedInRequest) -> HttpResponseBase:
    """Ask what for, then send the houses where nobody has been."""
    access.require_somewhere(request.user, EXPORT)
    _scope, area, without_pin = _asked(request)
    form = TakeForm(request.POST if request.method == "POST" else None)
    count = people.count_unvisited(request.user, area, without_pin=without_pin, action=EXPORT)
    if request.method == "POST" and form.is_valid():
        header = [_("Code of the household"), _("House number"), _("Area"), _("Head"), _("People"), _("Pin")]
        found = registry.leave_as_file(
            request.user, "needs-unvisited", title=_("Houses never visited"), header=header,
            rows=(_cells(house) for house in people.unvisited_to_export(request.user, area, without_pin=without_pin)),
            purpose=form.cleaned_data["purpose"], form=form.cleaned_data["format"], area=area, rows_told=count,
            without_pin=without_pin,
        )  # fmt: skip
        return FileResponse(found.file, as_attachment=True, filename=found.name, content_type=found.content_type)
    back = _address("needs:unvisited", area, without_pin)
    words = ngettext("%(n)s household", "%(n)s households", count) % {"n": f"{count:,}"}
    context = {
        "form": form,
        "take": {"title": _("Export the list"), "count": words, "chosen": [_title(without_pin)], "back": back},
        "crumbs": [{"url": back, "label": _title(without_pin)}, {"url": "", "label": _("Export")}],
    }
    return render(request, "shared/take.html", context, status=422 if form.errors else 200)


def _asked(request: SignedInRequest) -> tuple[Scope, str, bool]:
    scope = people.scope_of(request.user)
    return scope, own_area(scope, request.GET.get("area", ""), VIEW), request.GET.get("pin", "") == "no"


def _address(name: str, area: str, without_pin: bool, **more: str) -> str:
    query = ({"area": area} if area else {}) | ({"pin": "no"} if without_pin else {}) | more
    return reverse(name) + (f"?{urlencode(query)}" if query else "")


def _title(without_pin: bool) -> str:
    return _("Houses never visited and without a pin") if without_pin else _("Houses never visited")


def _cells(house: Any) -> list[str | int | float | None]:
    area = people.area_names([house.area_code])[house.area_code]
    return [
        house.code, house.house_no, area, house.head_name, house.member_count,
        _("set") if house.lat is not None else _("missing"),
    ]  # fmt: skip
