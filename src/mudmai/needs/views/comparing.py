"""Two registers compared: counts of every part, a list to work from for each, on paper and as a file; who is twice."""

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
from mudmai.kernel import clock, dates
from mudmai.kernel.errors import NotFound
from mudmai.needs import queries
from mudmai.needs.forms import TakeForm
from mudmai.needs.forms.comparing import CompareForm
from mudmai.needs.queries.comparing import Comparison, Line
from mudmai.needs.rules import comparing as rules
from mudmai.needs.rules.measures import too_few
from mudmai.needs.views.shown import asked
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.queries import area_title, own_area

VIEW, COUNTS, EXPORT = "people.view", "counts.view", "people.export"
# A list on paper holds this many rows; a village has fewer.
ON_PAPER = 1000
# From a tambon on down, the ready comparisons are counted while one waits.
COUNTED_FROM = 6
WHAT = "needs-compare"
PART_WORDS = {
    "both": _lazy("In both"),
    "only_first": _lazy("Only in the first"),
    "first_unsure": _lazy("In the first; not known whether in the second"),
    "only_second": _lazy("Only in the second"),
    "second_unsure": _lazy("In the second; not known whether in the first"),
}


@require_GET
def compare(request: SignedInRequest) -> HttpResponse:
    """Choose two registers and see how many are in both, in one alone, and of how many it is not known."""
    access.require_somewhere(request.user, COUNTS)
    scope = people.scope_of(request.user)
    area = own_area(scope, request.GET.get("area", ""))
    lists = [batch for batch in people.batches_for(request.user)[:60] if not batch.withdrawn and _is_list(batch)]
    chosen = _terms(request)
    data = {"a": request.GET.get("a", ""), "b": request.GET.get("b", ""), "area": area}
    form = CompareForm(data if chosen else None, scope=scope, area=area, lists=lists)
    context: dict[str, Any] = {
        "form": form,
        "area": area_title(area, scope.prefixes_for(COUNTS)),
        "code": area,
        "ready": _ready(request, scope, area),
        "twice_url": reverse("needs:twice") + (f"?area={area}" if area else ""),
        "sees_people": scope.allows_somewhere(VIEW),
        "chosen": chosen is not None,
    }
    if chosen is not None:
        compared = queries.comparison(request.user, *chosen)
        context |= _result(request, scope, compared, area)
    return render(request, "needs/compare.html", context)


def _result(request: SignedInRequest, scope: Scope, compared: Comparison, area: str) -> dict[str, Any]:
    counts = queries.compare_counts(request.user, compared, area)
    named = bool(people.prefixes_within(scope, area, VIEW, compared.classes))
    few = frozenset() if named else too_few(counts)
    largest = max([1, *counts.values()])
    rows = [
        {
            "part": part,
            "label": part_label(part, compared),
            "n": _("few") if part in few else f"{n:,}",
            "value": 0 if part in few else n,
            "url": _address("needs:compare_rows", compared, area, part) if named and n else "",
        }
        for part, n in counts.items()
    ]
    return {
        "first": compared.first.label,
        "second": compared.second.label,
        "rows": rows,
        "largest": largest,
        "named": named,
        "notes": _notes(compared),
        "total_first": sum(counts[part] for part in ("both", "only_first", "first_unsure")),
        "total_second": sum(counts[part] for part in ("both", "only_second", "second_unsure")),
        "few": bool(few),
    }


def _ready(request: SignedInRequest, scope: Scope, area: str) -> list[dict[str, Any]]:
    found = []
    for each in rules.READY:
        if rules.term_of(str(each.first)) is None or rules.term_of(str(each.second)) is None:
            continue
        query = urlencode({"a": str(each.first), "b": str(each.second), "area": area})
        line: dict[str, Any] = {"title": each.title, "work": each.work, "url": f"{reverse('needs:compare')}?{query}"}
        if len(area) >= COUNTED_FROM:
            compared = queries.comparison(request.user, each.first, each.second)
            counts = queries.compare_counts(request.user, compared, area)
            named = bool(people.prefixes_within(scope, area, VIEW, compared.classes))
            few = not named and each.part in too_few(counts)
            line["n"] = _("few") if few else f"{counts[each.part]:,}"
            if named and counts[each.part]:
                line["list"] = _address("needs:compare_rows", compared, area, each.part)
        found.append(line)
    return found


@require_GET
def compare_rows(request: SignedInRequest) -> HttpResponse:
    """The people of one part, with why each may be in it; `print` gives the list for paper, to be signed."""
    access.require_somewhere(request.user, VIEW)
    scope = people.scope_of(request.user)
    compared, part, area = _asked(request)
    on_paper = "print" in request.GET
    page = queries.compare_page(
        request.user, compared, part, area, after=asked(request, "after"), before=asked(request, "before"),
        size=ON_PAPER if on_paper else people.PAGE,
    )  # fmt: skip
    count = queries.count_named(request.user, compared, part, area)
    words = ngettext("%(n)s person", "%(n)s people", count) % {"n": f"{count:,}"}
    label = part_label(part, compared)
    context: dict[str, Any] = {
        "label": label,
        "rows": _shown(page.rows),
        "count": words,
        "area": area_title(area, scope.prefixes_for(VIEW)),
        "page": page.links(request.GET),
        "back": _address("needs:compare", compared, area),
        "notes": _notes(compared),
        "print_url": _address("needs:compare_rows", compared, area, part, print="1"),
        "export_url": _address("needs:compare_export", compared, area, part),
        "may_export": bool(people.prefixes_within(scope, area, EXPORT, compared.classes)),
        "crumbs": [
            {"url": _address("needs:compare", compared, area), "label": _("Compare registers")},
            {"url": "", "label": label},
        ],
    }
    if on_paper:
        context["paper"] = {
            "title": label, "area": context["area"], "as_of": clock.today(), "count": words,
            "back": _address("needs:compare_rows", compared, area, part), "notes": _notes(compared),
            "more": bool(page.after),
        }  # fmt: skip
        return render(request, "needs/print_compare.html", context)
    return render(request, "needs/compare_rows.html", context)


@require_http_methods(["GET", "POST"])
def compare_export(request: SignedInRequest) -> HttpResponseBase:
    """Ask what for, then send the list of one part."""
    access.require_somewhere(request.user, EXPORT)
    compared, part, area = _asked(request)
    form = TakeForm(request.POST if request.method == "POST" else None)
    label = part_label(part, compared)
    count = queries.count_named(request.user, compared, part, area, EXPORT)
    if request.method == "POST" and form.is_valid():
        found = registry.leave_as_file(
            request.user, WHAT, title=_("Comparison"), header=_header(),
            rows=(_cells(line) for line in queries.compare_to_export(request.user, compared, part, area)),
            purpose=form.cleaned_data["purpose"], form=form.cleaned_data["format"], area=area,
            first=str(compared.first.term), second=str(compared.second.term), part=part, rows_told=count,
        )  # fmt: skip
        return FileResponse(found.file, as_attachment=True, filename=found.name, content_type=found.content_type)
    back = _address("needs:compare_rows", compared, area, part)
    words = ngettext("%(n)s person", "%(n)s people", count) % {"n": f"{count:,}"}
    context = {
        "form": form,
        "take": {"title": _("Export the list"), "count": words, "chosen": [label], "back": back},
        "crumbs": [{"url": back, "label": label}, {"url": "", "label": _("Export")}],
    }
    return render(request, "shared/take.html", context, status=422 if form.errors else 200)


@require_GET
def twice(request: SignedInRequest) -> HttpResponse:
    """Who stands on one list twice, and who may be one person under two names in the registry."""
    access.require_somewhere(request.user, VIEW)
    scope = people.scope_of(request.user)
    area = own_area(scope, request.GET.get("area", ""), VIEW)
    on_lists = queries.twice_on_lists(request.user, area)
    pairs = people.maybe_one(request.user, area)
    names = people.area_names(
        {line.person.area_code for line in on_lists} | {each.area_code for pair in pairs for each in pair}
    )
    context = {
        "area": area_title(area, scope.prefixes_for(VIEW)),
        "areas": people.area_choices(scope, VIEW, area),
        "code": area,
        "on_lists": [{"line": line, "area": names.get(line.person.area_code, "")} for line in on_lists],
        "pairs": [
            {"first": pair.first, "second": pair.second, "area": names.get(pair.first.area_code, "")} for pair in pairs
        ],
        "back": reverse("needs:compare") + (f"?area={area}" if area else ""),
        "as_of": clock.today(),
    }
    if "print" in request.GET:
        n = len(on_lists) + len(pairs)
        context["paper"] = {
            "title": _("Who may be there twice"), "area": context["area"], "as_of": clock.today(),
            "count": ngettext("%(n)s case", "%(n)s cases", n) % {"n": f"{n:,}"},
            "back": reverse("needs:twice") + (f"?area={area}" if area else ""),
        }  # fmt: skip
        return render(request, "needs/print_twice.html", context)
    return render(request, "needs/twice.html", context)


def part_label(part: str, compared: Comparison) -> str:
    """A part in words that name both sides."""
    words = {
        "both": _("In both: “%(first)s” and “%(second)s”"),
        "only_first": _("“%(first)s”, but not “%(second)s”"),
        "first_unsure": _("“%(first)s”; not known whether “%(second)s”"),
        "only_second": _("“%(second)s”, but not “%(first)s”"),
        "second_unsure": _("“%(second)s”; not known whether “%(first)s”"),
    }[part]
    return words % {"first": compared.first.label, "second": compared.second.label}


def _notes(compared: Comparison) -> list[str]:
    """Which complete lists say who is not on a side, or that none does."""
    found = []
    for side in (compared.first, compared.second):
        if side.term.what not in (rules.FACT, rules.KIND, rules.LIST):
            continue
        newest = side.persons.lists[:1]
        if newest:
            words = _("“%(side)s”: absence is known from complete lists, the newest of %(day)s.")
            found.append(words % {"side": side.label, "day": rules.thai_day(newest[0].as_of.isoformat())})
        elif "=" not in side.term.code:
            words = _("“%(side)s”: no complete list is here, so whoever is not told of is not known to be without.")
            found.append(words % {"side": side.label})
    return found


def _terms(request: SignedInRequest) -> tuple[rules.Term, rules.Term] | None:
    first, second = rules.term_of(request.GET.get("a", "")), rules.term_of(request.GET.get("b", ""))
    return (first, second) if first is not None and second is not None else None


def _asked(request: SignedInRequest) -> tuple[Comparison, str, str]:
    """The comparison, part and area of the address. Raises NotFound for what is none."""
    chosen, part = _terms(request), request.GET.get("part", "")
    if chosen is None or part not in people.PARTS:
        raise NotFound(_("There is no such comparison."))
    area = own_area(people.scope_of(request.user), request.GET.get("area", ""), VIEW)
    return queries.comparison(request.user, *chosen), part, area


def _address(name: str, compared: Comparison, area: str, part: str = "", **more: str) -> str:
    query = {"a": str(compared.first.term), "b": str(compared.second.term)}
    query |= ({"area": area} if area else {}) | ({"part": part} if part else {}) | more
    return f"{reverse(name)}?{urlencode(query)}"


def _is_list(batch: Any) -> bool:
    return batch.kind in rules.kinds_compared() and batch.kind not in rules.TOLD_AT_ANY_TIME


def _shown(lines: list[Line]) -> list[dict[str, Any]]:
    names = people.area_names({line.person.area_code for line in lines})
    return [{"line": line, "area": names[line.person.area_code]} for line in lines]


def _header() -> list[str]:
    return [
        _("Code of the person"), _("Title"), _("Given name"), _("Family name"), _("Age"), _("House number"), _("Area"),
        _("Status"), _("Why"),
    ]  # fmt: skip


def _cells(line: Line) -> list[str | int | float | None]:
    person = line.person
    years = dates.age_in_years(person.birth_date, clock.today()) if person.birth_date else None
    return [
        person.code, person.title, person.given_name, person.family_name, years,
        person.household.house_no if person.household else "",
        people.area_names([person.area_code])[person.area_code], str(person.get_status_display()),
        " · ".join(reason.sentence for reason in line.reasons),
    ]  # fmt: skip
