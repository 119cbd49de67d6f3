"""Letters to the people themselves: what they are entitled to, which papers, where and by when; many at once."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mudmai.access import services as access
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.dates import age_in_years
from mudmai.kernel.errors import NotFound
from mudmai.people import queries as people
from mudmai.people.queries import kept_query
from mudmai.places import queries as places
from mudmai.rights import queries
from mudmai.rights.forms.standing import WorklistForm

# So many people get letters in one go; a village has fewer who are missed.
MOST = 300
# Who is younger is written to through the guardian (ป.พ.พ. ม. 19).
OF_AGE = 20


@require_GET
def letters(request: SignedInRequest) -> HttpResponse:
    """Letters to everybody on a work list, or to one person (`person`). Each printing stands in the log."""
    scope = people.scope_of(request.user)
    access.require_somewhere(request.user, "people.export")
    form = WorklistForm(request.GET, scope=scope, action="people.export")
    keep = form.keep()
    one = _asked_person(request)
    if one is not None:
        chosen, more, back = [one], False, reverse("pages:person", args=[one])
    else:
        page = queries.worklist_page(request.user, keep, size=MOST)
        chosen = list(dict.fromkeys(line.person.pk for line in page.rows))
        more, back = bool(page.after), reverse("rights:worklist") + kept_query(request.GET)
    made = _letters(request, chosen, keep)
    with audit.allowed_write():
        audit.record(
            request.user, "rights.letters.printed", "person" if one else "list", one or "rights-letters",
            area_code=keep.area, purpose="allowance", rows=len(made), programme=keep.programme, finding=keep.finding,
        )  # fmt: skip
    context = {
        "letters": made,
        "finding": keep.finding,
        "more": more,
        "most": MOST,
        "back": back,
        "today": clock.today(),
        "year": clock.today().year + clock.BUDDHIST_OFFSET,
    }
    return render(request, "rights/letters.html", context)


def _asked_person(request: SignedInRequest) -> UUID | None:
    """The person whose letter is asked for; None for a whole list. Raises NotFound."""
    asked = request.GET.get("person", "")
    if not asked:
        return None
    try:
        return UUID(str(people.person_for(request.user, UUID(asked)).pk))
    except ValueError:
        raise NotFound(_("This person is not in the registry, or not in your area.")) from None


def _letters(request: SignedInRequest, persons: list[UUID], keep: queries.Worklist) -> list[dict[str, Any]]:
    """One letter a person: invitations to apply in one, invitations to check in another, never both in one."""
    lines = queries.lines_of(request.user, persons, "people.export")
    until = queries.last_days(persons)
    made = []
    for person in persons:
        wanted = [
            line
            for line in lines[person]
            if line.standing.finding == keep.finding and keep.programme in ("", line.programme.code)
        ]
        if wanted:
            made.append(_letter(wanted, until))
    return made


def _letter(lines: list[queries.Line], until: dict[tuple[UUID, str], date]) -> dict[str, Any]:
    language, person = get_language() or "th", lines[0].person
    house = person.registered_household or person.household
    office = _office(person.area_code)
    programmes: list[dict[str, Any]] = [
        {
            "label": line.programme.label(language),
            "kind": line.programme.kind,
            "amount": line.amount,
            "documents": line.programme.documents(language),
            "apply_at": line.programme.apply_at(language),
            "paper": line.paper(language),
            "why": line.why(language),
            "until": until.get((person.pk, line.programme.code)),
        }
        for line in lines
    ]
    return {
        "person": person,
        "to": _to(person),
        "house": house,
        "place": _place(house, person.area_code),
        "office": office,
        "programmes": programmes,
        "documents": list(dict.fromkeys(each for row in programmes for each in row["documents"])),
        "monthly": sum(row["amount"] for row in programmes if row["kind"] == "monthly"),
        "one": len(programmes) == 1,
    }


def _to(person: Any) -> str:
    """Whom the letter is for: of a child the guardian, of the dead whoever saw to the funeral."""
    if person.status == "dead":
        return _("The relatives of %(name)s") % {"name": person.full_name}
    years = age_in_years(person.birth_date, clock.today()) if person.birth_date else None
    if years is not None and years < OF_AGE:
        return _("The guardian of %(name)s") % {"name": person.full_name}
    return str(person.full_name)


def _office(area_code: str) -> dict[str, str]:
    """The office that writes: the one local government of the area where there is but one, else a line to fill in."""
    found = places.local_governments_of(area_code[:6]) if len(area_code) >= 6 else []
    return {
        "name": found[0].full_name if len(found) == 1 and hasattr(found[0], "full_name") else "",
        "place": places.full_name(area_code[:6]) if len(area_code) >= 6 else "",
    }


def _place(house: Any, area_code: str) -> str:
    """Tambon, district and province of the address."""
    code = (house.area_code if house is not None else "") or area_code
    return places.full_name(code[:6]) if len(code) >= 6 else places.full_name(code) if code else ""
