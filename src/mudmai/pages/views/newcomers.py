"""Adding a person by hand, who is compared with everybody while they are typed."""

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mudmai.access import services as access
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import services as audit
from mudmai.kernel.errors import BadInput, NotFound
from mudmai.linkage import services as linkage
from mudmai.linkage.rules.words import Finding, findings, reason_sentence
from mudmai.linkage.services import Candidate, Match
from mudmai.pages.forms import NewcomerForm
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.queries import area_names

if TYPE_CHECKING:
    from mudmai.people.models import Household, Person


class NotOneOfThese(BadInput):
    """The person chosen is none of those that were shown."""

    code = "not_one_of_these"


class Alike(NamedTuple):
    """Somebody whom the typed person may be, with what speaks for and against it, in English to be translated."""

    person: "Person"
    area: str
    percent: int
    sure: bool
    reason: str
    findings: list[Finding]
    found: Candidate


@require_http_methods(["GET", "POST"])
def add_person(request: SignedInRequest) -> HttpResponse:
    """A page to add somebody: at the house named by `house`, or in a village of the user's areas."""
    form = _form(request)
    if request.method == "GET":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, _alike(request, form)[0], status=422)
    if form.house is None:
        access.require(request.user, "people.edit", form.area_code)
    return _save(request, form)


@require_POST
def alike_persons(request: SignedInRequest) -> HttpResponse:
    """Who the person typed so far may be: the panel beside the form. Nothing is kept."""
    form = _form(request)
    form.is_valid()  # reads what can be read; what is wrong is said when the form is sent
    if form.house is None:
        form.fields["area"].widget.attrs["hx-swap-oob"] = "true"
    return render(request, "pages/alike.html", {"form": form, "alike": _alike(request, form)[0]})


def _form(request: SignedInRequest) -> NewcomerForm:
    house = _house(request)
    access.require_somewhere(request.user, "people.edit")
    area = request.GET.get("area", "")
    return NewcomerForm(request.POST or None, scope=people.scope_of(request.user), house=house, area=area)


def _house(request: SignedInRequest) -> "Household | None":
    if "house" not in request.GET:
        return None
    try:
        key = UUID(request.GET["house"])
    except ValueError:
        raise NotFound(_("This household is not in the registry, or not in your area.")) from None
    house = people.household_for(request.user, key)
    registry.require(request.user, "people.edit", house)
    return house


def _page(
    request: SignedInRequest,
    form: NewcomerForm,
    alike: list[Alike] | None = None,
    *,
    status: int = 200,
    ask: bool = False,
) -> HttpResponse:
    house = form.house
    back = reverse("pages:household", args=[house.pk]) if house else reverse("pages:persons")
    query = f"?house={house.pk}" if house else ""
    context = {
        "form": form, "house": house, "alike": alike or [], "ask": ask, "back": back,
        "here": reverse("pages:add_person") + query, "alike_url": reverse("pages:alike_persons") + query,
        "village": area_names([house.area_code])[house.area_code] if house and house.area_code else "",
    }  # fmt: skip
    return render(request, "pages/add_person.html", context, status=status)


def _alike(request: SignedInRequest, form: NewcomerForm) -> tuple[list[Alike], Match | None]:
    """Whom the user may see of those whom the typed person may be, the likeliest first; and the whole answer."""
    if not form.enough:
        return [], None
    match = linkage.match_one(form.subject())
    found = candidates_of(match)
    seen = people.visible_persons(request.user).select_related("household").in_bulk([each.person for each in found])
    known = {person.pk.hex: person for person in seen.values()}
    names = area_names({person.area_code for person in known.values() if person.area_code})
    return [
        Alike(
            known[each.person], names.get(known[each.person].area_code, ""), round(each.score * 100),
            each.person == match.person, reason_sentence(each.evidence), findings(each.evidence), each,
        )
        for each in found
        if each.person in known
    ], match  # fmt: skip


def candidates_of(match: Match) -> list[Candidate]:
    """Everybody whom a row may be, whether that is sure or to be asked."""
    linked = [Candidate(match.person, match.score, match.evidence)] if match.person else []
    return linked + [each for each in match.others if each.person != match.person]


def _save(request: SignedInRequest, form: NewcomerForm) -> HttpResponse:
    """Keep a new person, or tell a known one anew; first ask about those who may be the same."""
    sent_before = people.persons_by_key([form.record_key])
    if sent_before:
        return redirect("pages:person", UUID(sent_before[form.record_key]))
    alike, match = _alike(request, form)
    chosen, nobody = request.POST.get("same", ""), "nobody" in request.POST
    if alike and not chosen and not nobody:
        return _page(request, form, alike, ask=True)
    same = next((each for each in alike if each.found.person == chosen), None)
    if chosen and same is None:
        raise NotOneOfThese(_("Choose one of the people who are shown, or add a new person."))
    with transaction.atomic():
        _keep(request, form, same, alike, match)
    if same:
        messages.success(request, _("Nobody was added twice: what you typed is now kept with this person."))
    else:
        messages.success(request, _("The person was added."))
    return redirect("pages:person", same.person.pk if same else UUID(form.record_key))


def _keep(
    request: SignedInRequest, form: NewcomerForm, same: Alike | None, alike: list[Alike], match: Match | None
) -> None:
    key, by = form.record_key, request.user
    link = same and registry.NewDecision(
        "link", key, same.found.person, score=same.found.score, evidence=same.found.evidence
    )
    batch = registry.add_person(
        form.told(), key=key, by=by, area_code=form.area_code, cid=form.cid, household_key=form.household_key,
        same=link or None,
    )  # fmt: skip
    if same is None:
        for each in alike:
            registry.mark_different(key, each.found.person, by=by, evidence=each.found.evidence)
        _ask_others(batch.pk, alike, match)
    audit.record(
        by, "people.person.added", "person", same.person.pk if same else UUID(key), area_code=form.area_code,
        batch=str(batch.pk), known=same is not None,
    )  # fmt: skip


def _ask_others(batch: UUID, alike: list[Alike], match: Match | None) -> None:
    """Whom this user may not see is not shown to them: somebody who sees both is asked."""
    shown = {each.found.person for each in alike}
    others = tuple(each for each in candidates_of(match) if each.person not in shown) if match else ()
    if match and others:
        linkage.ask(batch, [match._replace(outcome="review", person=None, others=others)])
