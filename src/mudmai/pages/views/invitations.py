"""Invitations to a team: made, shown as a sheet with its QR, and taken back."""

from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mudmai.access import queries as access
from mudmai.access import rules, services
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import DomainError
from mudmai.pages.forms import InviteForm
from mudmai.pages.views.teams import crumbs_of, form_page, managed_team
from mudmai.places import queries as places


@require_http_methods(["GET", "POST"])
def invite(request: SignedInRequest, team_id: int) -> HttpResponse:
    """Make an invitation."""
    team = managed_team(request, team_id)
    form = InviteForm(request.POST or None, user=request.user, team=team)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.invite(team, by=request.user, **form.cleaned_data)
        except DomainError as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("pages:invitation", made.pk)
    return form_page(request, "pages/teams/invite.html", form, team=team, crumbs=crumbs_of(team, _("Invite")))


@require_http_methods(["GET", "POST"])
def invitation(request: SignedInRequest, invitation_id: UUID) -> HttpResponse:
    """The sheet with the QR, to be shown on the screen or hung up; or take the invitation back."""
    found = access.invitation_for(request.user, invitation_id)
    if request.method == "POST":
        services.revoke_invitation(found, by=request.user)
        messages.success(request, _("Nobody can join by this invitation any more. Whoever joined stays."))
        return redirect("pages:team", found.team_id)
    code = services.code_of(found)
    address = request.build_absolute_uri(reverse("access:join_team", args=[rules.as_typed(code)]))
    context = {
        "invitation": found,
        "team": found.team,
        "area": places.full_name(found.team.area_code),
        "code": code,
        "address": address,
        "join_address": request.build_absolute_uri(reverse("access:join")),
        "qr": segno.make(address, error="m", micro=False).svg_inline(border=2, scale=6, omitsize=True),
        "left": found.most_uses - found.used,
        "crumbs": crumbs_of(found.team, _("Invitation")),
    }
    return render(request, "pages/teams/invitation.html", context)
