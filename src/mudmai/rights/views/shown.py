"""What several pages of entitlements show alike."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mudmai.places import queries as places


def asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "")[:400]


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
