"""Letting a group follow a person or a house, and no longer."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mudmai.access import queries as access
from mudmai.access import services
from mudmai.access.rules import About, TeamKind
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import NotFound
from mudmai.pages.forms import FollowForm
from mudmai.pages.views.teams import form_page
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.access.models import Followed


@require_http_methods(["GET", "POST"])
def follow_person(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    someone = people.person_for(request.user, person_id)
    back = reverse("pages:person", args=[someone.pk])
    return _follow(request, someone.full_name, back, someone.area_code, person=someone.pk)


@require_http_methods(["GET", "POST"])
def follow_household(request: SignedInRequest, household_id: UUID) -> HttpResponse:
    house = people.household_for(request.user, household_id)
    back = reverse("pages:household", args=[house.pk])
    title = _("House %(number)s") % {"number": house.house_no or "–"}
    return _follow(request, title, back, house.area_code, household=house.pk)


def _follow(request: SignedInRequest, title: str, back: str, area: str, **subject: UUID) -> HttpResponse:
    services.require(request.user, "people.edit", area)
    groups = list(access.teams_for(request.user).filter(kind=TeamKind.GROUP))
    form = FollowForm(request.POST or None, teams=groups)
    if request.method == "POST" and form.is_valid():
        team = access.team_for(request.user, form.cleaned_data["team"])
        services.follow(team, by=request.user, area_code=area, reason=form.cleaned_data["reason"], **subject)
        messages.success(request, _("%(team)s follows from now on.") % {"team": team})
        return redirect(back)
    crumbs = [{"url": back, "label": title}, {"url": "", "label": _("Let a group follow")}]
    words = {"title": title, "back": back, "crumbs": crumbs, "groups": groups}
    return form_page(request, "pages/teams/follow.html", form, house="household" in subject, **words)


@require_POST
def end_following(request: SignedInRequest, followed_id: int) -> HttpResponse:
    """Close a person or house to a group at once."""
    row = access.followed_with(followed_id)
    subject = _subject(request, row) if row else None
    mine = row is not None and access.teams_for(request.user).filter(pk=row.team_id).exists()
    if row is None or not (mine or subject):
        raise NotFound(_("This is not followed, or not yours to end."))
    services.unfollow(row, by=request.user, area_code=subject.area_code if subject else "")
    messages.success(request, _("%(team)s follows no longer.") % {"team": row.team})
    if mine or subject is None:
        return redirect("pages:team", row.team_id)
    return redirect(f"pages:{row.about}", subject.pk)


def _subject(request: SignedInRequest, row: "Followed") -> Any:
    if row.about == About.HOUSEHOLD:
        now = people.houses_now([row.key.hex]).get(row.key.hex)
        return people.house_or_none(request.user, now.id) if now else None
    key = people.persons_by_key([row.key.hex]).get(row.key.hex)
    return people.visible_persons(request.user).filter(pk=key).first() if key else None


def followers_of(request: SignedInRequest, keys: list[UUID], area: str) -> list[dict[str, Any]]:
    """The teams that follow any of these keys, for who may edit there or belongs to the team."""
    rows = access.who_follows(keys)
    if not rows:
        return []
    mine = set(access.teams_for(request.user).filter(pk__in=[row.team_id for row in rows]).values_list("pk", flat=True))
    may_edit = people.scope_of(request.user).allows("people.edit", area)
    return [
        {"row": row, "mine": row.team_id in mine, "may_end": may_edit and row.membership_id is None}
        for row in rows
        if may_edit or row.team_id in mine
    ]
