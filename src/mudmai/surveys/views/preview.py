"""A version as the phone shows it, in a frame of a phone's width; nothing of it is sent or kept."""

from uuid import UUID

from csp.decorators import csp_replace, csp_update
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mudmai.accounts.rules import SignedInRequest
from mudmai.surveys import queries


@require_GET
def preview(request: SignedInRequest, form_id: UUID, version_id: UUID) -> HttpResponse:
    """The page of the back office around the phone."""
    version = queries.version_for(request.user, form_id, version_id)
    context = {
        "version": version,
        "missing": queries.missing_media(version),
        "crumbs": [
            {"url": reverse("surveys:forms"), "label": _("Forms")},
            {"url": reverse("surveys:form", args=[form_id]), "label": version.form.title},
            {"url": "", "label": _("As on the phone")},
        ],
    }
    return render(request, "surveys/preview.html", context)


@require_GET
@csp_replace({"frame-ancestors": ["'self'"]})
# The form engine is WebAssembly; pictures and sounds of the form become blobs. csp's types know no view with arguments.
@csp_update({"script-src": ["'wasm-unsafe-eval'"], "media-src": ["'self'", "blob:"]})  # type: ignore[arg-type]
def phone(request: SignedInRequest, form_id: UUID, version_id: UUID) -> HttpResponse:
    """What stands inside the frame: the phone's own renderer with this version."""
    version = queries.version_for(request.user, form_id, version_id)
    media = reverse("surveys:media", args=[form_id, version_id, "x"]).removesuffix("x")
    response = render(request, "surveys/phone.html", {"version": version, "media": media})
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@require_GET
def xform(request: SignedInRequest, form_id: UUID, version_id: UUID) -> HttpResponse:
    """The XForm of a version."""
    version = queries.version_for(request.user, form_id, version_id)
    return HttpResponse(version.xform, content_type="text/xml; charset=utf-8")


@require_GET
def media(request: SignedInRequest, form_id: UUID, version_id: UUID, name: str) -> HttpResponse:
    """One file beside a version. A picture that could hold scripts is never opened as a page."""
    version = queries.version_for(request.user, form_id, version_id)
    found = queries.media_for(version, name)
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
    return HttpResponse(bytes(found.content), content_type=found.mime, headers=headers)
