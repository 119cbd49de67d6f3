"""The endpoints of OpenRosa: ODK Collect and its like fetch forms here and send what was filled in."""

import functools
import io
from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from mudmai.kernel.errors import BadInput, DomainError, NotFound
from mudmai.surveys.models import Device, FormVersion, Media
from mudmai.surveys.queries.forms import published_for
from mudmai.surveys.rules import openrosa as rules
from mudmai.surveys.services import openrosa as services
from mudmai.surveys.services.files import MOST_FILE, PIECE
from mudmai.surveys.services.keeping import MOST_XML, CutShort, TooLarge
from mudmai.surveys.tasks import settle_soon

XML_PART = "xml_submission_file"
# One file, the XML, and what multipart puts around them.
MOST_REQUEST = MOST_FILE + MOST_XML + 2**20
# So long an answer to a challenge is good; after that the client is asked anew, without its user noticing.
NONCE_SECONDS = 600
_SALT = "surveys.openrosa"
View = Callable[..., HttpResponse]


class NotMultipart(BadInput):
    """The request holds no form that was filled in."""

    code = "not_multipart"


def openrosa(*methods: str) -> Callable[[View], View]:
    """A view for a device that has proved itself; refusals are told in OpenRosa's XML, in the user's language."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, key: str = "", **parts: Any) -> HttpResponse:
            made = _answered(view, methods, request, key, parts)
            made["X-OpenRosa-Version"] = rules.VERSION
            made["Date"] = http_date()
            made["Cache-Control"] = "private, no-store"
            return made

        return csrf_exempt(login_not_required(answer))

    return wrap


def _answered(
    view: View, methods: tuple[str, ...], request: HttpRequest, key: str, parts: dict[str, Any]
) -> HttpResponse:
    if request.method not in methods:
        refused = _said(_("This address does not take this kind of request."), 405)
        refused["Allow"] = ", ".join(methods)
        return refused
    device, stale = _device(request, key)
    if device is None:
        refused = _said(_("Sign in with the user name and password of this phone, or scan its QR code anew."), 401)
        nonce = signing.TimestampSigner(salt=_SALT).sign(get_random_string(16))
        refused["WWW-Authenticate"] = rules.challenge(nonce, stale=stale, basic=request.is_secure())
        return refused
    with translation.override(device.user.language):
        try:
            services.require_may_fill(device.user)
            return view(request, device, key, **parts)
        except DomainError as problem:
            return _said(str(problem), problem.status)
        except (MultiPartParserError, UnreadablePostError):
            return _said(_("The form did not arrive whole. Send it again."), 400)


def _said(message: str, status: int, nature: str = "") -> HttpResponse:
    return HttpResponse(rules.response(message, nature), status=status, content_type="text/xml; charset=utf-8")


def _device(request: HttpRequest, key: str) -> tuple[Device | None, bool]:
    """Who asks, and whether the answer to the challenge only came too late."""
    if key:
        return services.device_by_secret(key), False
    header = request.headers.get("Authorization", "")
    kind = header.partition(" ")[0].lower()
    if kind == "basic" and request.is_secure():
        told = rules.read_basic(header)
        return (services.device_by_password(*told) if told else None), False
    digest = rules.read_digest(header) if kind == "digest" else None
    if digest is None or digest.uri not in (request.get_full_path(), request.build_absolute_uri()):
        return None, False
    try:
        signing.TimestampSigner(salt=_SALT).unsign(digest.nonce, max_age=NONCE_SECONDS)
    except signing.SignatureExpired:
        return None, True
    except signing.BadSignature:
        return None, False
    return services.device_by_digest(digest, str(request.method)), False


def _address(request: HttpRequest, key: str, route: str, /, **parts: Any) -> str:
    return request.build_absolute_uri(reverse(f"surveys:{route}", kwargs=parts | ({"key": key} if key else {})))


@openrosa("GET", "HEAD")
def form_list(request: HttpRequest, device: Device, key: str) -> HttpResponse:
    """The forms that the user is to fill in; `formID` asks for one of them, `verbose` for more words."""
    found = published_for(device.user).defer("source", "xform", "mapping", "warnings")
    if request.GET.get("formID"):
        found = found.filter(form__form_id=request.GET["formID"])
    versions = list(found)
    with_files = set(Media.objects.filter(version__in=versions).values_list("version_id", flat=True))
    verbose = request.GET.get("verbose", "").lower() == "true"
    listed = [
        rules.ListedForm(
            form_id=version.form.form_id,
            name=version.form.title,
            version=version.version,
            md5=version.md5,
            download=_address(request, key, "openrosa_form", version_id=version.pk),
            manifest=_address(request, key, "openrosa_manifest", version_id=version.pk)
            if version.pk in with_files
            else "",
            description=version.form.title if verbose else "",
        )
        for version in versions
    ]
    return HttpResponse(rules.form_list(listed), content_type="text/xml; charset=utf-8")


def _version(device: Device, version_id: UUID) -> FormVersion:
    version = published_for(device.user).filter(pk=version_id).first()
    if version is None:
        raise NotFound(_("This form is not to be filled in by you (any more). Fetch the list of forms anew."))
    return version


@openrosa("GET", "HEAD")
def form(request: HttpRequest, device: Device, key: str, version_id: UUID) -> HttpResponse:
    """The XForm of one version."""
    xform = _version(device, version_id).xform
    return HttpResponse(xform.encode(), content_type="text/xml; charset=utf-8")


@openrosa("GET", "HEAD")
def manifest(request: HttpRequest, device: Device, key: str, version_id: UUID) -> HttpResponse:
    """The files that one version needs."""
    media = Media.objects.filter(version=_version(device, version_id)).defer("content").order_by("name")
    files = [
        rules.ListedFile(
            one.name, one.md5, _address(request, key, "openrosa_media", version_id=version_id, name=one.name)
        )
        for one in media
    ]
    return HttpResponse(rules.manifest(files), content_type="text/xml; charset=utf-8")


@openrosa("GET", "HEAD")
def media(request: HttpRequest, device: Device, key: str, version_id: UUID, name: str) -> HttpResponse:
    """One file of a version."""
    found = Media.objects.filter(version=_version(device, version_id), name=name).first()
    if found is None:
        raise NotFound(_("There is no such file with this form."))
    answer = HttpResponse(bytes(found.content), content_type=found.mime or "application/octet-stream")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = "attachment"
    return answer


@openrosa("HEAD", "POST")
def submission(request: HttpRequest, device: Device, key: str) -> HttpResponse:
    """HEAD tells where and how much; POST brings a filled form with its files, in one request or several."""
    answer = HttpResponse(status=204) if request.method == "HEAD" else _taken(request, device)
    answer["Location"] = _address(request, key, "openrosa_submission")
    answer["X-OpenRosa-Accept-Content-Length"] = str(rules.ACCEPTED_BYTES)
    return answer


def _taken(request: HttpRequest, device: Device) -> HttpResponse:
    parts = _parts(request)
    taken = services.take_submission(device, parts.xml, parts.files)
    settle_soon()
    if taken.kept.kept_as is not None:
        return _said(_("Kept, beside another form of the same number. The office looks at both."), 201)
    if taken.to_come or parts.is_incomplete:
        return _said(_("Received. Files are still to come."), 202)
    return _said(_("Received."), 201, "submit_success")


class InMemory(FileUploadHandler):
    """Keeps what is sent in memory: nothing lies on a disk unsealed."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )


class Parts(NamedTuple):
    """What one request brings."""

    xml: bytes
    files: list[tuple[str, bytes]]
    is_incomplete: bool


def _parts(request: HttpRequest) -> Parts:
    """Raises NotMultipart, CutShort, TooLarge."""
    if request.content_type != "multipart/form-data":
        raise NotMultipart(_("The request holds no filled form (multipart/form-data)."))
    told, uploads = MultiPartParser(request.META, io.BytesIO(_body(request)), [InMemory(request)]).parse()
    xml: bytes | None = None
    files: list[tuple[str, bytes]] = []
    for name, several in uploads.lists():
        for upload in several:
            if name == XML_PART and xml is None:
                xml = upload.read()
            else:
                files.append((upload.name, upload.read()))
    if xml is None and told.get(XML_PART):
        xml = str(told[XML_PART]).encode()
    if xml is None:
        raise NotMultipart(_("The request holds no part named “%(name)s”.") % {"name": XML_PART})
    return Parts(xml, files, bool(told.get("*isIncomplete*")))


def _body(request: HttpRequest) -> bytes:
    """All of the request up to its last boundary, or an error: a photo that was cut short looks like a whole one."""
    if int(request.headers.get("Content-Length") or 0) > MOST_REQUEST:
        raise _too_large()
    found = bytearray()
    while piece := request.read(PIECE):
        found += piece
        if len(found) > MOST_REQUEST:
            raise _too_large()
    boundary = (request.content_params or {}).get("boundary", "")
    if not boundary or not found.rstrip().endswith(f"--{boundary}--".encode()):
        raise CutShort(_("The form did not arrive whole. Send it again."))
    return bytes(found)


def _too_large() -> TooLarge:
    return TooLarge(
        _("This is too large: one file of %(most)s MB at most. Send a smaller photo.") % {"most": MOST_FILE // 2**20}
    )
