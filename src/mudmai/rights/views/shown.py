"""What several pages of entitlements show alike."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mudmai.access import rules as access_rules
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import services as audit
from mudmai.places import queries as places
from mudmai.rights import queries


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


def log_look(
    request: SignedInRequest, what: str, lines: Sequence[queries.Line | queries.Alert], area: str, *, on_paper: bool
) -> None:
    """One line in the log where a list tells of sensitive classes, and for every paper."""
    classes = {str(each) for line in lines for each in line.programme.classes} & access_rules.SENSITIVE
    if classes or on_paper:
        with audit.allowed_write():
            audit.record(
                request.user, "rights.list.printed" if on_paper else "rights.list.shown", "list", what,
                area_code=area, rows=len(lines), classes=sorted(classes),
            )  # fmt: skip
