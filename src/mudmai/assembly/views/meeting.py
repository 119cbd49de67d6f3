"""The meeting: the list name by name, who was there, what was said, and the steps it all left behind."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.assembly import queries, services
from mudmai.assembly.forms import LISTS, RUN, CloseForm
from mudmai.assembly.models import Assembly
from mudmai.assembly.rules.minutes import POSITIONS, Minutes
from mudmai.assembly.views.starting import STATES
from mudmai.audit import services as audit
from mudmai.kernel.errors import BadInput, Conflict
from mudmai.people import queries as people
from mudmai.people.services import open_file

MOST_FOUND = 20
WORDS = {
    "frozen": gettext_lazy("The list was frozen"),
    "attended": gettext_lazy("Presence was written down"),
    "kept": gettext_lazy("Kept"),
    "struck": gettext_lazy("Struck out"),
    "added": gettext_lazy("Added"),
    "objected": gettext_lazy("Objection"),
    "answered": gettext_lazy("Answer to an objection"),
    "noted": gettext_lazy("Minutes"),
    "photographed": gettext_lazy("Photo"),
    "closed": gettext_lazy("Closed for signing"),
    "reopened": gettext_lazy("Opened again"),
    "signed": gettext_lazy("Signature"),
    "certified": gettext_lazy("Certified"),
    "cancelled": gettext_lazy("Cancelled"),
}


@require_GET
def assembly(request: SignedInRequest, assembly_id: UUID) -> HttpResponse:
    """The list and all that was said of it."""
    held = queries.assembly_for(request.user, assembly_id)
    return page(request, held, queries.minutes_of(held))


def page(
    request: SignedInRequest, held: Assembly, minutes: Minutes, *, problem: str = "", typed: QueryDict | None = None
) -> HttpResponse:
    """The page of a meeting; with `problem`, what was typed is still there."""
    close = CloseForm()
    context = {
        "assembly": held,
        "minutes": minutes,
        "village": people.area_names([held.area_code])[held.area_code],
        "state": STATES[held.phase],
        "may_run": scope_for(request.user).allows(RUN, held.area_code),
        "rows": [
            {"row": row, "reasons": [LISTS[reason] for reason in row.reasons if reason in LISTS]}
            for row in minutes.rows.values()
        ],
        "positions": POSITIONS,
        "unsigned": [POSITIONS[each] for each in minutes.unsigned],
        "signed": [(each, POSITIONS[each.position]) for each in minutes.signatures],
        "attended": [(each["name"], POSITIONS.get(each["position"], each["position"])) for each in minutes.attendance],
        "close": close,
        "problem": problem,
        "typed": typed or {},
    }
    return render(request, "assembly/assembly.html", context, status=422 if problem else 200)


@require_POST
def step(request: SignedInRequest, assembly_id: UUID) -> HttpResponse:
    """Write one step down."""
    held = queries.assembly_for(request.user, assembly_id)
    kind = request.POST.get("kind", "")
    try:
        services.add_step(held, kind, _body(request.POST, kind, held), by=request.user)
    except (BadInput, Conflict) as problem:
        return page(request, held, queries.minutes_of(held), problem=str(problem), typed=request.POST)
    where = f"#row-{request.POST['row']}" if request.POST.get("row", "").isdecimal() else f"#{kind}"
    response = redirect("assembly:assembly", held.pk)
    response["Location"] += where
    return response


def _body(post: QueryDict, kind: str, held: Assembly) -> dict[str, Any]:
    """What a form of the page says, as the body of a step."""
    words = {name: post.get(name, "").strip()[:2000] for name in ("why", "who", "words", "answer", "name", "position")}
    if kind == "kept":
        every = "all" in post
        rows = [row.no for row in queries.minutes_of(held).unspoken] if every else [_number(post, "row")]
        return {"rows": rows, "why": words["why"]}
    numbers = {name: _number(post, name) for name in ("row", "objection", "villagers") if post.get(name, "").strip()}
    if kind == "closed":
        return {"signers": post.getlist("signers")}
    return {name: value for name, value in words.items() if value} | numbers


def _number(post: QueryDict, name: str) -> int:
    text = post.get(name, "").strip()
    if not text.isdecimal() or len(text) > 4:
        raise BadInput(_("Write a whole number."))
    return int(text)


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, assembly_id: UUID) -> HttpResponse:
    """Add a name at the meeting: somebody of the registry who is searched for, or a name that nobody knows."""
    held = queries.assembly_for(request.user, assembly_id)
    access.require(request.user, RUN, held.area_code)
    problem = ""
    if request.method == "POST":
        try:
            services.add_step(held, "added", _added(request), by=request.user)
        except (BadInput, Conflict) as refused:
            problem = str(refused)
        else:
            messages.success(request, _("The name is on the list now."))
            return redirect("assembly:assembly", held.pk)
    asked = request.POST.get("q") or request.GET.get("q", "")
    found = people.search(request.user, asked, limit=MOST_FOUND) if asked.strip() else None
    context = {"assembly": held, "asked": asked, "found": found, "problem": problem, "typed": request.POST}
    return render(request, "assembly/add.html", context, status=422 if problem else 200)


def _added(request: SignedInRequest) -> dict[str, Any]:
    why = request.POST.get("why", "").strip()[:500]
    if not request.POST.get("person"):
        name, number = request.POST.get("name", "").strip()[:200], request.POST.get("house", "").strip()[:40]
        return {"name": name, "house": number, "why": why}
    try:
        key = UUID(request.POST["person"])
    except ValueError:
        raise BadInput(_("Choose one of the people who are shown.")) from None
    person = people.person_for(request.user, key)
    house = person.household
    return {
        "person": person.pk.hex, "name": person.full_name, "why": why,
        "household": house.pk.hex if house else "", "house": house.house_no if house else "",
    }  # fmt: skip


@require_POST
def add_photo(request: SignedInRequest, assembly_id: UUID) -> HttpResponse:
    """Keep a picture of the meeting."""
    held = queries.assembly_for(request.user, assembly_id)
    sent = request.FILES.get("photo")
    try:
        if not isinstance(sent, UploadedFile):
            raise BadInput(_("Choose a picture first."))
        if (sent.size or 0) > services.MOST_BYTES_OF_A_PHOTO:
            raise services.TooManyBytes(_("The picture is larger than 15 MB. Take it again with a lower resolution."))
        services.add_photo(held, sent.read(), caption=request.POST.get("caption", ""), by=request.user)
    except (BadInput, Conflict) as problem:
        return page(request, held, queries.minutes_of(held), problem=str(problem), typed=request.POST)
    response = redirect("assembly:assembly", held.pk)
    response["Location"] += "#photos"
    return response


@require_GET
def photo(request: SignedInRequest, assembly_id: UUID, sha256: str) -> HttpResponse:
    """One picture, for those who see the list."""
    kept = queries.photo_of(queries.assembly_for(request.user, assembly_id), sha256)
    return HttpResponse(open_file(bytes(kept.sealed)), content_type=kept.mime)


@require_POST
def certify(request: SignedInRequest, assembly_id: UUID) -> HttpResponse:
    """Certify the signed list and tell the registry."""
    held = queries.assembly_for(request.user, assembly_id)
    try:
        services.certify(held, by=request.user)
    except (BadInput, Conflict) as problem:
        return page(request, held, queries.minutes_of(held), problem=str(problem), typed=request.POST)
    messages.success(request, _("The list is certified, and the registry knows it."))
    return redirect("assembly:assembly", held.pk)


@require_GET
def chain(request: SignedInRequest, assembly_id: UUID) -> HttpResponse:
    """Every step in its order, bound to the one before."""
    held = queries.assembly_for(request.user, assembly_id)
    with audit.allowed_write():
        audit.record(request.user, "assembly.chain.seen", "assembly", held.pk, area_code=held.area_code)
    links = queries.links_of(held)
    steps = queries.sound_steps(held, links)
    context = {
        "assembly": held,
        "whole": queries.is_whole(held, links),
        "rows": [
            {
                "step": done,
                "word": WORDS[done["kind"]],
                "at": datetime.fromisoformat(done["at"]),
                "hash": link.hash[:16],
            }
            for done, link in zip(steps, links, strict=False)  # only as far as the chain is whole
        ],
    }
    return render(request, "assembly/chain.html", context)
