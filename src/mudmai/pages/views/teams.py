"""Teams: the list, one team with its members and what it follows, and what is done about them."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mudmai.access import queries as access
from mudmai.access import services
from mudmai.access.rules import About
from mudmai.accounts import queries as accounts
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import DomainError
from mudmai.kernel.phones import format_phone
from mudmai.pages.forms import ChangeTeamForm, MemberForm, RoleForm, TeamForm
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.access.models import Membership, Team


@require_GET
def teams(request: SignedInRequest) -> HttpResponse:
    """The teams to which the user belongs, waits to belong, or which he manages."""
    found = list(access.teams_for(request.user))
    names = people.area_names({team.area_code for team in found})
    mine = {each.team_id: each for each in access.memberships_of(request.user)}
    sizes = access.sizes_of(found)
    context = {
        "rows": [
            {
                "team": team,
                "area": names[team.area_code],
                "mine": mine.get(team.pk),
                "members": sizes[team.pk].members,
                "waiting": sizes[team.pk].waiting if access.may_manage_team(request.user, team) else 0,
            }
            for team in found
        ],
        "may_add": bool(people.scope_of(request.user).prefixes_for("teams.manage")),
    }
    return render(request, "pages/teams/list.html", context)


@require_http_methods(["GET", "POST"])
def add_team(request: SignedInRequest) -> HttpResponse:
    services.require_somewhere(request.user, "teams.manage")
    scope = people.scope_of(request.user)
    own = scope.prefixes_for("teams.manage")
    area = request.GET.get("area", "") or (own[0] if len(own) == 1 else "")
    form = TeamForm(request.POST or None, user=request.user, scope=scope, area=area)
    if request.method == "POST" and form.is_valid():
        try:
            team = services.make_team(by=request.user, **form.cleaned_data)
        except DomainError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The team stands. Invite its members now."))
            return redirect("pages:team", team.pk)
    crumbs = [{"url": reverse("pages:teams"), "label": _("Teams")}, {"url": "", "label": _("New team")}]
    return form_page(request, "pages/teams/add.html", form, crumbs=crumbs)


@require_GET
def team(request: SignedInRequest, team_id: int) -> HttpResponse:
    """Who belongs to the team since when, whom it follows, and the invitations that are open."""
    found = access.team_for(request.user, team_id)
    may_manage = access.may_manage_team(request.user, found)
    members = list(access.members_of(found))
    mine = next((each for each in members if each.user_id == request.user.pk), None)
    inside = may_manage or (mine is not None and not mine.waiting)
    given = access.houses_by_member(found)
    context: dict[str, Any] = {
        "team": found,
        "area": people.area_names([found.area_code])[found.area_code],
        "may_manage": may_manage,
        "mine": mine,
        "members": [(each, given.get(each.pk, 0)) for each in members if not each.waiting] if inside else [],
        "waiting": [(each, format_phone(each.user.phone)) for each in members if each.waiting] if may_manage else [],
        "invitations": access.invitations_of(found) if may_manage else [],
        "crumbs": [*crumbs_of(found)[:1], {"url": "", "label": found.name}],
    }
    context |= _followed(request, found) if inside else {"followed": [], "hidden": 0}
    return render(request, "pages/teams/team.html", context)


def _followed(request: SignedInRequest, found: "Team") -> dict[str, Any]:
    """Whom the team follows, as far as the user sees them; how many else."""
    rows = list(access.followed_by(found))
    persons = people.persons_by_key(row.key.hex for row in rows if row.about == About.PERSON)
    houses = people.houses_now(row.key.hex for row in rows if row.about == About.HOUSEHOLD)
    seen: dict[str, dict[UUID, Any]] = {
        About.PERSON: people.visible_persons(request.user).defer("known").in_bulk(
            [UUID(key) for key in persons.values()]
        ),
        About.HOUSEHOLD: people.visible_households(request.user).defer("known").in_bulk(
            [UUID(house.id) for house in houses.values()]
        ),
    }  # fmt: skip
    now = persons | {key: house.id for key, house in houses.items()}
    shown = [
        {"row": row, "subject": subject}
        for row in rows
        if (subject := seen[row.about].get(UUID(now.get(row.key.hex, row.key.hex)))) is not None
    ]
    areas = people.area_names({each["subject"].area_code for each in shown})
    return {
        "followed": [each | {"area": areas[each["subject"].area_code]} for each in shown],
        "hidden": len(rows) - len(shown),
    }


@require_http_methods(["GET", "POST"])
def change_team(request: SignedInRequest, team_id: int) -> HttpResponse:
    """Rename the team, open the whole area to it, or close it."""
    found = managed_team(request, team_id)
    form = ChangeTeamForm(request.POST if "name" in request.POST else None, team=found)
    if request.method == "POST" and "close" in request.POST:
        services.close_team(found, by=request.user)
        messages.success(request, _("The team is closed. Nobody sees anything by it any more."))
        return redirect("pages:teams")
    if request.method == "POST" and form.is_valid():
        services.change_team(
            found, by=request.user, name=form.cleaned_data["name"],
            whole_area=form.cleaned_data.get("whole_area", False),
        )  # fmt: skip
        messages.success(request, _("Kept."))
        return redirect("pages:team", found.pk)
    return form_page(request, "pages/teams/change.html", form, team=found, crumbs=crumbs_of(found, _("Settings")))


@require_http_methods(["GET", "POST"])
def add_member(request: SignedInRequest, team_id: int) -> HttpResponse:
    """Let somebody in who has an account."""
    found = managed_team(request, team_id)
    form = MemberForm(request.POST or None, user=request.user, team=found)
    if request.method == "POST" and form.is_valid():
        try:
            user = accounts.user_named(form.cleaned_data["username"])
            member = services.add_member(found, by=request.user, user=user, role=form.cleaned_data["role"])
        except DomainError as problem:
            form.add_error("username", str(problem))
        else:
            messages.success(request, _("%(name)s belongs to the team now.") % {"name": member.user})
            return redirect("pages:member", member.pk)
    return form_page(
        request, "pages/teams/add_member.html", form, team=found, crumbs=crumbs_of(found, _("Add a member"))
    )


@require_http_methods(["GET", "POST"])
def member(request: SignedInRequest, membership_id: int) -> HttpResponse:
    """One member: say yes, change the role, take off the team; or leave oneself."""
    found = access.membership_for(request.user, membership_id)
    may_manage = access.may_manage_team(request.user, found.team)
    if not may_manage and found.user_id != request.user.pk:
        services.require_to_manage(request.user, found.team)
    if request.method == "POST":
        return _done(request, found)
    form = RoleForm(None, user=request.user, team=found.team, role=found.role)
    context = {
        "membership": found,
        "phone": format_phone(found.user.phone),
        "team": found.team,
        "own": found.user_id == request.user.pk,
        "may_manage": may_manage,
        "form": form,
        "gives_houses": found.team.is_village and not found.team.whole_area and found.role != "area_admin",
        "houses": _houses_of(request, found),
        "crumbs": crumbs_of(found.team, str(found.user)),
    }
    return render(request, "pages/teams/member.html", context)


def _done(request: SignedInRequest, found: "Membership") -> HttpResponse:
    act, by = request.POST.get("act", ""), request.user
    back = redirect("pages:team", found.team_id)
    try:
        if act == "yes":
            services.say_yes(found, by=by)
            messages.success(request, _("%(name)s belongs to the team now.") % {"name": found.user})
            return redirect("pages:member", found.pk)
        if act == "role":
            services.change_role(found, by=by, role=request.POST.get("role", ""))
            messages.success(request, _("%(name)s has another role now.") % {"name": found.user})
        elif act == "remove":
            services.remove_member(found, by=by)
            words = _("%(name)s is off the team and sees nothing by it any more.")
            messages.success(request, words % {"name": found.user})
        elif act == "leave":
            services.leave_team(found, by=by)
            messages.success(request, _("You left the team."))
            back = redirect("pages:teams")
    except services.NobodyLeft as problem:
        messages.error(request, str(problem))
    return back


def _houses_of(request: SignedInRequest, found: "Membership") -> list[dict[str, Any]]:
    """The houses given to a member, by village and number, as far as the user sees them."""
    keys = [row.key.hex for row in access.followed_by(found.team, found) if row.about == About.HOUSEHOLD]
    now = [house.id for house in people.houses_now(keys).values()]
    seen = people.visible_households(request.user).defer("known").filter(pk__in=now).order_by("area_code", "sort_key")
    houses = list(seen)
    names = people.area_names({house.area_code for house in houses})
    return [{"house": house, "area": names[house.area_code]} for house in houses]


def managed_team(request: SignedInRequest, team_id: int) -> "Team":
    found = access.team_for(request.user, team_id)
    services.require_to_manage(request.user, found)
    return found


def crumbs_of(found: "Team", here: str = "") -> list[dict[str, str]]:
    return [
        {"url": reverse("pages:teams"), "label": _("Teams")},
        {"url": reverse("pages:team", args=[found.pk]), "label": found.name},
        {"url": "", "label": here},
    ]


def form_page(request: SignedInRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form} | more, status=422 if form.errors else 200)
