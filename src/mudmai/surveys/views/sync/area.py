"""The request that brings the area, and the files of forms."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mudmai.kernel.errors import NotFound
from mudmai.surveys.models import Device, Media
from mudmai.surveys.queries.forms import published_for
from mudmai.surveys.queries.submissions import MOST_ASKED
from mudmai.surveys.services.syncing import Holds
from mudmai.surveys.services.syncing import sync as sync_phone
from mudmai.surveys.views.sync.door import (
    NotInForm,
    answer,
    for_phones,
    json_of,
    listed,
    require_known_protocol,
    text,
)

MOST_AREAS = 200
A_YEAR = 31_536_000


@for_phones("POST")
def sync(request: HttpRequest, device: Device) -> HttpResponse:
    """Everything the phone lacks; see docs/sync.md."""
    require_known_protocol(request)
    return answer(request, sync_phone(device, _holds(json_of(request))))


def _holds(body: dict[str, Any]) -> Holds:
    """What the phone says it holds. Raises NotInForm."""
    areas = body.get("areas", {})
    waiting = body.get("waiting", 0)
    fits = isinstance(areas, dict) and len(areas) <= MOST_AREAS
    if not fits or not all(isinstance(each, str) and len(each) <= 64 for each in areas.values()):
        raise NotInForm(_not_in_form("areas"))
    if type(waiting) is not int or not 0 <= waiting < 2**31:
        raise NotInForm(_not_in_form("waiting"))
    try:
        submissions = [UUID(each) for each in listed(body, "submissions", most=MOST_ASKED)]
    except ValueError as problem:
        raise NotInForm(_not_in_form("submissions")) from problem
    return Holds(
        areas=areas,
        only=listed(body, "only", most=MOST_AREAS),
        forms=frozenset(listed(body, "forms")),
        catalogue=text(body, "catalogue"),
        boundaries=text(body, "boundaries"),
        inbox=text(body, "inbox"),
        submissions=submissions,
        waiting=waiting,
    )


def _not_in_form(where: str) -> str:
    return _("The question is not written as the API describes it. Look at: %(where)s.") % {"where": where}


@for_phones("GET")
def media(request: HttpRequest, device: Device, version_id: UUID, name: str) -> HttpResponse:
    """A picture or a list of a form that is to be filled by this user."""
    found = Media.objects.filter(version__in=published_for(device.user), version_id=version_id, name=name).first()
    if found is None:
        raise NotFound(_("There is no such file with this form."))
    response = HttpResponse(bytes(found.content), content_type=found.mime or "application/octet-stream")
    response["ETag"] = f'"{found.md5}"'
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
