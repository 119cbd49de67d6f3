"""What a phone sends: submissions, files in pieces, replies; and what became of them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mudmai.kernel.errors import NotFound
from mudmai.linkage import services as linkage
from mudmai.surveys.models import Attachment, Device
from mudmai.surveys.queries.submissions import UNKNOWN, Told, states_of, told_of
from mudmai.surveys.services.files import keep_file
from mudmai.surveys.services.keeping import MOST_XML, keep_submission
from mudmai.surveys.tasks import settle_soon
from mudmai.surveys.views.sync.door import (
    NotInForm,
    answer,
    body_of,
    for_phones,
    json_of,
    phone_time,
    text,
    told_sha256,
)


@for_phones("PUT", "GET")
def submission(request: HttpRequest, device: Device, submission_id: UUID) -> HttpResponse:
    """Keep a filled form, or tell what became of it."""
    if request.method == "GET":
        told = states_of(device.user, [submission_id])[submission_id]
        if told.state == UNKNOWN:
            raise NotFound(_("There is no such form of yours."))
        return answer(request, _state(submission_id, told))
    kept = keep_submission(
        submission_id, body_of(request, most=MOST_XML), by=device.user, device=device, sha256=told_sha256(request),
        phone_time=phone_time(request),
    )  # fmt: skip
    if kept.submission.state == kept.submission.State.RECEIVED:
        settle_soon()
    body = _state(submission_id, told_of(kept.submission))
    if kept.kept_as is not None:
        body["kept_as"] = str(kept.kept_as)
    return answer(request, body, 201 if kept.is_new else 200)


def _state(submission_id: UUID, told: Told) -> dict[str, Any]:
    return {"id": str(submission_id), **told._asdict()}


@for_phones("PUT", "HEAD")
def file(request: HttpRequest, device: Device, submission_id: UUID, name: str) -> HttpResponse:
    """Keep a file or the next piece of it, or tell how much of it is here."""
    if request.method == "HEAD":
        return _how_much(device, submission_id, name)
    kept = keep_file(
        submission_id, name, request, by=device.user, device=device, offset=_number(request, "Upload-Offset"),
        total=_number(request, "Upload-Length"), sha256=told_sha256(request),
    )  # fmt: skip
    if kept.completes:
        settle_soon()
    body: dict[str, Any] = {"name": name, "have": kept.have, "size": kept.size, "whole": kept.is_whole}
    return answer(request, body | ({"kept_as": kept.kept_as} if kept.kept_as else {}))


def _number(request: HttpRequest, header: str) -> int:
    told = request.headers.get(header, "")
    if not told.isdecimal() or len(told) > 15:
        raise NotInForm(
            _("The question is not written as the API describes it. Look at: %(where)s.") % {"where": header}
        )
    return int(told)


def _how_much(device: Device, submission_id: UUID, name: str) -> HttpResponse:
    held = Attachment.objects.filter(submission_id=submission_id, name=name, by=device.user).first()
    if held is None:
        raise NotFound(_("Nothing of this file is here."))
    response = HttpResponse()
    response["Upload-Offset"], response["Upload-Length"] = str(held.have), str(held.size)
    response["Cache-Control"] = "no-store"
    return response


@for_phones("POST")
def reply(request: HttpRequest, device: Device, inquiry_id: UUID) -> HttpResponse:
    """Keep what the volunteer found out about a question put to him."""
    body = json_of(request)
    linkage.take_word(inquiry_id, reply=text(body, "reply", most=1000), told_by=text(body, "told_by"), by=device.user)
    return answer(request, {"state": "taken"})
