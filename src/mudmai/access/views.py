"""Joining a team by the code of an invitation: the page that the QR opens, also for who has no account yet."""

from typing import Any

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mudmai.access import services
from mudmai.access.forms import CodeForm, RegisterForm
from mudmai.access.models import Invitation, Membership
from mudmai.access.rules import as_typed
from mudmai.accounts.models import User
from mudmai.accounts.services import PasswordTooWeak, UsernameTaken
from mudmai.kernel.errors import BadInput, DomainError, TooOften
from mudmai.places import queries as places

# Codes are short enough to be typed, so they must not be tried out. Only wrong ones count: a whole village signs up
# behind one address. allauth's open door to its limits leaves GET out, which is how a QR asks.
WRONG_CODES = {"wrong": "10/10m/ip,100/d/ip"}


@login_not_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask for the code of an invitation."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("access:join_team", as_typed(form.cleaned_data["code"]) or "-")
    return render(request, "access/code.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def join_team(request: HttpRequest, code: str) -> HttpResponse:
    """Show to what an invitation leads; join by it, with the account that is signed in or with a new one."""
    try:
        invitation = _invitation(request, code)
    except DomainError as problem:
        return _refused(request, problem)
    form = RegisterForm(request.POST if request.method == "POST" and request.user.is_anonymous else None)
    try:
        if request.method == "POST" and isinstance(request.user, User):
            return _joined(request, services.join(request.user, invitation))
        if request.method == "POST" and form.is_valid():
            membership = services.join_as_new(invitation, **form.account)
            login(request, membership.user)
            return _joined(request, membership)
    except UsernameTaken as problem:
        form.add_error("username", str(problem))
    except PasswordTooWeak as problem:
        form.add_error("password", str(problem))
    except BadInput as problem:
        form.add_error(None, str(problem))
    except services.AlreadyMember as problem:
        messages.info(request, str(problem))
        return redirect("pages:teams")
    except DomainError as problem:
        return _refused(request, problem)
    context = {
        "invitation": invitation,
        "invitation_code": as_typed(code),
        "form": form,
        "area": places.full_name(invitation.team.area_code),
    }
    return render(request, "access/join.html", context, status=422 if form.errors else 200)


def _invitation(request: HttpRequest, code: str) -> Invitation:
    """The invitation with the code. Raises TooOften, NoSuchInvitation, InvitationEnded."""
    limit = {"app": "mudmai.join", "action": "wrong", "config": WRONG_CODES, "limit_get": True}
    if not consume(request, dry_run=True, **limit):
        raise TooOften(_("Too many wrong codes came from here. Wait ten minutes and try again."))
    try:
        return services.invitation_with(code)
    except services.NoSuchInvitation:
        consume(request, **limit)
        raise


def _joined(request: HttpRequest, membership: Membership) -> HttpResponse:
    words: Any = {"team": membership.team}
    if membership.waiting:
        messages.success(request, _("You asked to join %(team)s. An area admin will say yes or no.") % words)
    else:
        messages.success(request, _("You belong to %(team)s now.") % words)
    return redirect("pages:teams")


def _refused(request: HttpRequest, problem: DomainError) -> HttpResponse:
    context = {"form": CodeForm(), "problem": str(problem)}
    return render(request, "access/code.html", context, status=problem.status)
