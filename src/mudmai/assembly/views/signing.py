"""Signing under a list: drawn on the screen, or confirmed by one's own PIN."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.assembly import queries, services
from mudmai.assembly.forms import RUN, PinForm
from mudmai.assembly.models import Assembly
from mudmai.assembly.rules.minutes import POSITIONS
from mudmai.kernel.errors import BadInput, Conflict, TooOften
from mudmai.people.queries import area_names


@require_http_methods(["GET", "POST"])
def sign(request: SignedInRequest, assembly_id: UUID) -> HttpResponse:
    """A box to sign in with a finger, and one's own PIN as the other way."""
    held = queries.assembly_for(request.user, assembly_id)
    problem = ""
    if request.method == "POST":
        try:
            _sign(request, held)
        except (BadInput, Conflict, TooOften) as refused:
            problem = str(refused)
        else:
            messages.success(request, _("The signature is kept."))
            return redirect("assembly:sign", held.pk)
    minutes = queries.minutes_of(held)
    signed = {each.position for each in minutes.signatures}
    context = {
        "assembly": held,
        "minutes": minutes,
        "village": area_names([held.area_code])[held.area_code],
        "positions": POSITIONS.items(),
        "needed": [(POSITIONS[each], each in signed) for each in minutes.signers],
        "signed": [(each, POSITIONS[each.position]) for each in minutes.signatures],
        "may_run": scope_for(request.user).allows(RUN, held.area_code),
        "has_pin": services.has_pin(request.user),
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "assembly/sign.html", context, status=422 if problem else 200)


def _sign(request: SignedInRequest, held: Assembly) -> None:
    position = request.POST.get("position", "")
    if request.POST.get("way") == "pin":
        services.sign_by_pin(held, position=position, pin=request.POST.get("pin", ""), by=request.user)
        return
    try:
        strokes = json.loads(request.POST.get("strokes") or "[]")
    except ValueError:
        strokes = []
    services.sign(held, name=request.POST.get("name", ""), position=position, strokes=strokes, by=request.user)


@require_http_methods(["GET", "POST"])
def pin(request: SignedInRequest) -> HttpResponse:
    """Choose the six digits that confirm one's signature."""
    access.require_somewhere(request.user, queries.SEE)
    form = PinForm(request.POST if request.method == "POST" else None)
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = ""
    if request.method == "POST" and form.is_valid():
        try:
            services.set_pin(request.user, form.cleaned_data["pin"])
        except BadInput as problem:
            form.add_error("pin", str(problem))
        else:
            messages.success(request, _("Your signing PIN is kept."))
            return redirect(back or "assembly:assemblies")
    context = {"form": form, "back": back, "has_pin": services.has_pin(request.user)}
    return render(request, "assembly/pin.html", context, status=422 if form.errors else 200)
