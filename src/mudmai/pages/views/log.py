"""Who did what, for those who watch over it; and the language of the pages."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.access.rules import PURPOSES, ROLES
from mudmai.accounts import services as accounts
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import queries as audit
from mudmai.pages.forms import LogFilterForm
from mudmai.pages.rules.acts import act_in_words, icon_of
from mudmai.people.queries import area_names

A_YEAR_SECONDS = 365 * 24 * 3600


@require_GET
def log(request: SignedInRequest) -> HttpResponse:
    """The log of the areas where the user watches over it, newest first."""
    access.require_somewhere(request.user, "audit.read")
    form = LogFilterForm(request.GET)
    form.is_valid()
    before = request.GET.get("before", "")
    areas = scope_for(request.user).area_filter(action="audit.read")
    page = audit.entries(areas=areas, wanted=form.wanted(), before=int(before) if before.isdecimal() else None)
    kept = {key: value for key, value in request.GET.items() if value and key != "before"}
    names = area_names({entry.area_code for entry in page.entries if entry.area_code})
    context = {
        "form": form,
        "rows": [_row(entry, names) for entry in page.entries],
        "page": {
            "previous_url": f"{reverse('pages:log')}?{urlencode(kept)}" if before else "",
            "next_url": f"?{urlencode(kept | {'before': page.next_key})}" if page.next_key else "",
        },
    }
    return render(request, "pages/log.html", context, status=422 if form.errors else 200)


def _row(entry: Any, names: dict[str, str]) -> dict[str, Any]:
    purpose = PURPOSES.get(entry.purpose)
    role = ROLES.get(str(entry.details.get("role", "")))
    details = {key: value for key, value in entry.details.items() if key != "role" and value not in ("", [], {}, None)}
    return {
        "entry": entry,
        "act": act_in_words(entry.action),
        "icon": icon_of(entry.action),
        "area": names.get(entry.area_code, ""),
        "purpose": purpose.label if purpose else entry.purpose,
        "role": role.label if role else "",
        "details": [(key, _plain(value)) for key, value in details.items()],
    }


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}={_plain(each)}" for key, each in value.items())
    return str(value)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Show pages in another language from now on: on this browser, and for the user who is signed in."""
    code = request.POST.get("language", "")
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    if code in dict(settings.LANGUAGES):
        user = request.user
        if user.is_authenticated and user.language != code:
            accounts.choose_language(user=user, language=code)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=A_YEAR_SECONDS, samesite="Lax", secure=settings.HTTPS
        )
    return response
