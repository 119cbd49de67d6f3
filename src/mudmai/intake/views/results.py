"""What a list brought, and the sender's sheet with a mark on every row."""

from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import services as audit
from mudmai.intake import queries, services
from mudmai.intake.models import Upload
from mudmai.intake.views.files import next_url
from mudmai.intake.views.preview import problems_of, remarks_of
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places

_MARK = "ตรวจแล้ว"  # like the four columns inside, known to offices by this word
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def result(request: SignedInRequest, upload_id: UUID) -> HttpResponse:
    """The numbers, and what to do next: questions, the marked-up sheet, taking it back."""
    upload = queries.upload_for(request.user, upload_id)
    if upload.state != Upload.State.DONE:
        return redirect(next_url(upload, then="preview"))
    scope = scope_for(request.user)
    context = {
        "upload": upload,
        "numbers": services.result_of(upload),
        "outcomes": upload.summary.get("outcomes", {}),
        "left": upload.summary.get("left", 0),
        "kind": catalogue().kinds[upload.kind].label(get_language() or "th"),
        "area_name": places.full_name(upload.area_code) if upload.area_code else "",
        "remarks": remarks_of(upload.summary),
        "problems": problems_of(upload.summary),
        "may_undo": upload.batch is not None and scope.allows("intake.undo", upload.area_code),
        "may_review": scope.allows("linkage.review", upload.area_code),
        "step": 5,
        "crumbs": [
            {"url": reverse("intake:home"), "label": _("Bring in a list")},
            {"url": "", "label": upload.filename},
        ],
    }
    return render(request, "intake/result.html", context)


@require_GET
def report(request: SignedInRequest, upload_id: UUID) -> HttpResponse:
    """The sender's own sheet with what became of each row; the codes in it make it a look at persons."""
    upload = queries.upload_for(request.user, upload_id)
    sheet = services.report(upload)
    audit.looked_at(
        request.user, upload.pk, ["identity"], purpose="correction", area_code=upload.area_code, page="intake.report"
    )
    name = quote(f"{upload.filename.rsplit('.', 1)[0]}-{_MARK}.xlsx")
    response = HttpResponse(sheet, content_type=EXCEL)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
