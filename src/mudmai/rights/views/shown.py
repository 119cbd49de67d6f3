"""What several pages of entitlements show alike."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mudmai.access.queries import Scope
from mudmai.kernel.errors import NotFound
from mudmai.places import queries as places

LENGTHS = {0, 2, 4, 6, 8}


def asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "")[:400]


def chosen_query(request: HttpRequest, **more: str) -> str:
    """The filter of the address, without where one is in the list."""
    kept = {key: value for key, value in request.GET.items() if value and key not in {"after", "before", "print"}}
    return "?" + urlencode(kept | more)


def own_area(scope: Scope, code: str, action: str = "counts.view") -> str:
    """The area asked for; without one, the user's own where it is one. Raises NotFound outside the user's areas."""
    prefixes = scope.prefixes_for(action)
    if not code:
        return prefixes[0] if len(prefixes) == 1 else ""
    if not (code.isascii() and code.isdecimal()) or len(code) not in LENGTHS:
        raise NotFound(_("This area does not exist, or is not yours."))
    if not any(code.startswith(prefix) for prefix in prefixes):
        raise NotFound(_("This area does not exist, or is not yours."))
    return code


def title_of(code: str, prefixes: tuple[str, ...]) -> str:
    """The area in words."""
    return places.full_name(code) if code else _("Thailand") if prefixes == ("",) else _("Your areas")


def crumbs_of(code: str, scope: Scope, page: str) -> list[dict[str, str]]:
    """The way from the largest area of the user down to this one."""
    within = [each for each in places.breadcrumbs(code) if scope.reaches(each.code)]
    crumbs = [{"url": reverse(page, args=[each.code]), "label": each.name_th} for each in within]
    if crumbs:
        crumbs[-1]["url"] = ""
    return crumbs if len(crumbs) > 1 else []


def page_of(request: HttpRequest, page: Any) -> dict[str, str]:
    """Where `shared/pager.html` leads."""
    return {
        "previous_url": chosen_query(request, before=page.before) if page.before else "",
        "next_url": chosen_query(request, after=page.after) if page.after else "",
        "shown": "" if page.rows else _("Nothing on this page"),
    }


def paper_of(title: str, area: str, prefixes: tuple[str, ...], today: Any, count: str, back: str) -> dict[str, Any]:
    """What `shared/paper_list.html` prints above and below a list."""
    whole = area or (prefixes[0] if len(prefixes) == 1 else "")
    return {
        "title": title,
        "area": places.full_name(whole) if whole else _("All my areas"),
        "as_of": today,
        "count": count,
        "lines": [],
        "notes": [_("Only what the one who printed this may see is on the paper. The list is confidential.")],
        "back": back,
        "more": False,
    }
