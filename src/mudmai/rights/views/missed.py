"""Who is missed: numbers and money of an area by programme and village. The mayor's page: counts, and no person."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from mudmai.access import services as access
from mudmai.access.queries import Scope, scope_for
from mudmai.access.rules import DataClass
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel import clock
from mudmai.people import queries as people
from mudmai.people.queries import area_crumbs, area_title, own_area
from mudmai.rights import queries
from mudmai.rights.queries import Cell, Numbers

VILLAGE = 8  # digits of its code
# Who is known only to live somewhere in the area counts there, under these words by the length of the codes below it.
UNKNOWN_BELOW = {
    2: _lazy("Province not known"),
    4: _lazy("District not known"),
    6: _lazy("Tambon not known"),
    8: _lazy("Village not known"),
}
# So few in a village would tell of persons to whoever may see numbers alone, where a programme rests on health.
FEW = 5
TELLING = frozenset({DataClass.HEALTH, DataClass.MENTAL})


@require_GET
def missed(request: SignedInRequest, code: str = "") -> HttpResponse:
    """The numbers of an area inside the user's; without a code, of the user's own. Raises NotFound."""
    access.require_somewhere(request.user, "counts.view")
    scope = scope_for(request.user)
    code = own_area(scope, code)
    prefixes = (code,) if code else scope.prefixes_for("counts.view")
    chosen = request.GET.get("programme", "")
    listed = queries.listed_programmes()
    chosen = chosen if chosen in listed else ""
    found = _parts(code, prefixes)
    numbers = sum(found.values(), Numbers())
    sees_people = scope.allows("people.view", code) if code else scope.allows_somewhere("people.view")
    last = queries.evaluated()
    programmes = _programmes(code, numbers, scope, sees_people)
    told = _told(code, numbers, scope)
    context: dict[str, Any] = {
        "code": code,
        "title": area_title(code, prefixes),
        "today": clock.today(),
        "last": last,
        "job": _job(request, last),
        "crumbs": area_crumbs(code, scope, "rights:missed_of"),
        "people": {finding: told.people(finding) for finding in ("missed", "over", "unknown")},
        "total": {finding: told.total(finding) for finding in ("missed", "over", "unknown", "paid")},
        "baht_month": round(told.baht_a_month("missed")),
        "over_month": round(told.baht_a_month("over")),
        "programmes": [row for row in programmes if row["found"]],
        "only_unknown": [row for row in programmes if not row["found"]],
        "chosen": chosen,
        "chosen_label": listed[chosen].label(get_language() or "th") if chosen else "",
        "choices": [(key, each.label(get_language() or "th")) for key, each in listed.items()],
        "rows": _rows(code, found, chosen, scope),
        "rest": _rest(code, prefixes, found, chosen),
        "sees_people": sees_people,
        "sees_lists": bool(queries.seen_programmes(people.scope_of(request.user))),
    }
    return render(request, "rights/missed.html", context)


def _job(request: SignedInRequest, last: Any) -> dict[str, Any] | None:
    """How far a run over everybody is, while one is under way."""
    if last is None or last.begun_at is None:
        return None
    return {"url": request.get_full_path(), "done": last.done, "total": last.total}


def _parts(code: str, prefixes: tuple[str, ...]) -> dict[str, Numbers]:
    """The numbers of the areas one level down, of the user's several areas, or of the village itself."""
    if len(prefixes) == 1 and len(code) < VILLAGE:
        return queries.numbers_by_child(prefixes[0], len(prefixes[0]) + 2)
    return {prefix: queries.programme_numbers([prefix]) for prefix in prefixes}


def _programmes(code: str, numbers: Numbers, scope: Scope, sees_people: bool) -> list[dict[str, Any]]:
    """A row for each programme of which there is anything to say."""
    language, seen = get_language() or "th", queries.seen_programmes(scope)
    rows = []
    for key, programme in queries.listed_programmes().items():
        cells = {finding: numbers.of(key, finding) for finding in ("missed", "over", "unknown", "paid")}
        if not any(cell.n for cell in cells.values()):
            continue
        few = len(code) == VILLAGE and not sees_people and bool(programme.classes & TELLING)
        rows.append(
            {
                "code": key,
                "label": programme.label(language),
                "kind": programme.kind,
                "found": any(cells[finding].n for finding in ("missed", "over", "paid")),
                **{finding: _cell(cell, few=few) for finding, cell in cells.items()},
                "links": {finding: _list_url(code, key, finding) for finding in cells} if key in seen else {},
            }
        )
    return sorted(rows, key=lambda row: -row["missed"]["sort"])


def _rows(code: str, found: dict[str, Numbers], chosen: str, scope: Scope) -> list[dict[str, Any]]:
    """A row for each area below, the most missed first."""
    if len(code) >= VILLAGE:
        return []
    below = [key for key in found if len(key) > len(code)]
    names = people.area_names(below)
    rows = [{"code": key, "name": names[key], **_area_cells(key, found[key], chosen, scope)} for key in below]
    return sorted(rows, key=lambda row: (-row["missed"]["sort"], row["code"]))


def _area_cells(key: str, numbers: Numbers, chosen: str, scope: Scope) -> dict[str, Any]:
    if chosen:
        telling = queries.listed_programmes()[chosen].classes & TELLING
        few = bool(telling) and len(key) == VILLAGE and not scope.allows("people.view", key)
        return {finding: _cell(numbers.of(chosen, finding), few=few) for finding in ("missed", "over", "unknown")}
    numbers = _told(key, numbers, scope)
    return {
        "missed": _cell(Cell(numbers.total("missed"), numbers.baht_a_month("missed"))),
        "over": _cell(Cell(numbers.total("over"), numbers.baht_a_month("over"))),
        "unknown": _cell(Cell(numbers.total("unknown"))),
    }


def _rest(code: str, prefixes: tuple[str, ...], found: dict[str, Numbers], chosen: str) -> dict[str, Any] | None:
    """The row of those of whom only the area itself is known, so that all rows together are the area."""
    numbers = found.get(prefixes[0]) if len(prefixes) == 1 and len(code) < VILLAGE else None
    if numbers is None:
        return None
    cells = _area_cells(prefixes[0], numbers, chosen, Scope())
    return {"name": UNKNOWN_BELOW[len(prefixes[0]) + 2], **cells} if any(cells[key]["sort"] for key in cells) else None


def _told(code: str, numbers: Numbers, scope: Scope) -> Numbers:
    """The numbers that sums are made of: what is too little to be told cannot be had by taking one from another."""
    if len(code) != VILLAGE or scope.allows("people.view", code):
        return numbers
    listed = queries.listed_programmes()
    telling = {key for key, programme in listed.items() if programme.classes & TELLING}
    return Numbers({key: cell for key, cell in numbers.cells.items() if key[0] not in telling or cell.n >= FEW})


def _cell(cell: Cell, *, few: bool = False) -> dict[str, Any]:
    """A count and its money as the template shows them; too few to be told are told as such."""
    hidden = few and 0 < cell.n < FEW
    return {"n": cell.n, "baht": cell.baht, "hidden": hidden, "sort": 0 if hidden else cell.n}


def _list_url(code: str, programme: str, finding: str) -> str:
    return reverse("rights:worklist") + "?" + urlencode({"finding": finding, "programme": programme, "area": code})
