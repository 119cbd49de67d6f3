"""How a request of a phone comes in and how it is answered: token, protocol, language, refusals as JSON."""

import functools
import hashlib
import zlib
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, DomainError
from mudmai.surveys.models import Device
from mudmai.surveys.queries.devices import device_of_secret
from mudmai.surveys.services.devices import LockedOut, hear_of
from mudmai.surveys.services.files import WrongOffset
from mudmai.surveys.services.keeping import CutShort, TooLarge
from mudmai.surveys.services.syncing import PROTOCOL

OLDEST = 1  # the oldest protocol that `sync` still answers
MOST_JSON = 2**20
GZIP = 16 + zlib.MAX_WBITS
# Below this a packet is sent anyhow.
WORTH_COMPRESSING = 1000
COMPRESSION = 5
SAFE = frozenset({"GET", "HEAD"})
View = Callable[..., HttpResponse]


class NoToken(DomainError):
    """No token, or one that opens nothing (any more)."""

    code = "no_token"
    status = 401


class AppTooOld(DomainError):
    """The phone speaks a protocol that nobody here understands any more."""

    code = "app_too_old"
    status = 426


class NotInForm(BadInput):
    """The JSON is not what docs/sync.md describes."""

    code = "not_in_form"


def answer(request: HttpRequest, body: dict[str, Any], status: int = 200) -> HttpResponse:
    """JSON, compressed where the phone reads that."""
    content = orjson.dumps({"protocol": PROTOCOL} | body)
    response = HttpResponse(content, status=status, content_type="application/json")
    if len(content) > WORTH_COMPRESSING and "gzip" in request.headers.get("Accept-Encoding", ""):
        packer = zlib.compressobj(COMPRESSION, zlib.DEFLATED, GZIP)
        response.content = packer.compress(content) + packer.flush()
        response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = "private, no-store"
    return response


def refusal(request: HttpRequest, problem: DomainError) -> HttpResponse:
    """A refusal with its code and its sentence; and what the phone needs besides."""
    body: dict[str, Any] = {"code": problem.code, "message": str(problem)}
    if isinstance(problem, LockedOut):
        body["wipe"] = True
    if isinstance(problem, WrongOffset):
        body["have"] = problem.have
    response = answer(request, body, problem.status)
    if isinstance(problem, NoToken):
        response["WWW-Authenticate"] = "Bearer"
    if wait := getattr(problem, "wait", None):
        response["Retry-After"] = str(wait)
    return response


def open_to_all(*methods: str) -> Callable[[View], View]:
    """For requests before anybody has signed in on the phone."""

    def wrap(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @functools.wraps(view)
        def wrapped(request: HttpRequest, **parts: Any) -> HttpResponse:
            if request.method not in methods:
                return _wrong_method(methods)
            try:
                return view(request, **parts)
            except DomainError as problem:
                return refusal(request, problem)

        return wrapped

    return wrap


def for_phones(*methods: str) -> Callable[[View], View]:
    """For requests of a phone that has a token: the view gets its `device`, whose user it acts for."""

    def wrap(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @functools.wraps(view)
        def wrapped(request: HttpRequest, **parts: Any) -> HttpResponse:
            if request.method not in methods:
                return _wrong_method(methods)
            try:
                device = _device(request)
            except DomainError as problem:
                return refusal(request, problem)
            with translation.override(device.user.language):
                try:
                    if request.method not in SAFE:
                        hear_of(device, app_version=request.headers.get("Mudmai-App", ""),
                                protocol=protocol_of(request), phone_time=phone_time(request))  # fmt: skip
                    return view(request, device, **parts)
                except DomainError as problem:
                    return refusal(request, problem)

        return wrapped

    return wrap


def _wrong_method(methods: tuple[str, ...]) -> HttpResponse:
    response = HttpResponse(status=405)
    response["Allow"] = ", ".join(methods)
    return response


def _device(request: HttpRequest) -> Device:
    """The phone whose token the request bears. Raises NoToken, LockedOut."""
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    device = device_of_secret(secret.strip()) if scheme.lower() == "bearer" and secret else None
    if device is not None and device.locked_at is not None:
        raise LockedOut(_("This phone was locked out. What it holds of others is deleted."))
    if device is None or device.token is None or not device.token.stands:
        raise NoToken(_("Sign in on this phone again. What is not sent yet stays on it."))
    return device


def protocol_of(request: HttpRequest) -> int:
    """The protocol the phone says it speaks; the newest where it does not say."""
    told = request.headers.get("Mudmai-Protocol", "")
    return int(told) if told.isdecimal() and len(told) < 5 else PROTOCOL


def require_known_protocol(request: HttpRequest) -> None:
    """Raises AppTooOld."""
    if protocol_of(request) < OLDEST:
        raise AppTooOld(
            _("This app is too old for the server. Bring it up to date; what is not sent yet stays on the phone.")
        )


def phone_time(request: HttpRequest) -> datetime | None:
    """What the phone's clock shows; None where it does not say, or not in a way that can be read."""
    try:
        told = datetime.fromisoformat(request.headers.get("Mudmai-Time", "").replace("Z", "+00:00"))
    except ValueError:
        return None
    return told if told.tzinfo is not None else told.replace(tzinfo=clock.BANGKOK)


def told_sha256(request: HttpRequest) -> bytes | None:
    """The digest that the phone tells of what it sends. Raises NotInForm."""
    told = request.headers.get("Mudmai-Sha256", "")
    try:
        found = bytes.fromhex(told)
    except ValueError:
        found = b"?"
    if told and len(found) != hashlib.sha256().digest_size:
        raise NotInForm(_("Mudmai-Sha256 is no SHA-256 in hex."))
    return found or None


def body_of(request: HttpRequest, *, most: int) -> bytes:
    """The body, unpacked where it came compressed; never more than `most` bytes of it. Raises TooLarge, CutShort."""
    too_large = TooLarge(_("This is too large: %(most)s MB at most.") % {"most": most // 2**20})
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > most:
        raise too_large
    try:
        body = request.read(most + 1)
    except UnreadablePostError as problem:
        raise CutShort(_("The form did not arrive whole. It is sent again.")) from problem
    if request.headers.get("Content-Encoding", "") == "gzip":
        try:
            body = zlib.decompressobj(GZIP).decompress(body, most + 1)
        except zlib.error as problem:
            raise CutShort(_("The form did not arrive whole. It is sent again.")) from problem
    if len(body) > most:
        raise too_large
    return body


def json_of(request: HttpRequest) -> dict[str, Any]:
    """A body of JSON: an object. Raises NotInForm, TooLarge, CutShort."""
    try:
        found = orjson.loads(body_of(request, most=MOST_JSON) or b"{}")
    except orjson.JSONDecodeError as problem:
        raise NotInForm(_("This is no JSON.")) from problem
    if not isinstance(found, dict):
        raise NotInForm(_("This is no JSON object."))
    return found


def text(body: dict[str, Any], name: str, *, most: int = 200, needed: bool = False) -> str:
    """A text of the body. Raises NotInForm."""
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > most or (needed and not value.strip()):
        raise NotInForm(_("The question is not written as the API describes it. Look at: %(where)s.") % {"where": name})
    return value


def listed(body: dict[str, Any], name: str, *, most: int = 500) -> list[str]:
    """A list of texts. Raises NotInForm."""
    value = body.get(name, [])
    if not isinstance(value, list) or len(value) > most or not all(isinstance(each, str) for each in value):
        raise NotInForm(_("The question is not written as the API describes it. Look at: %(where)s.") % {"where": name})
    return value


def id_in(body: dict[str, Any], name: str) -> UUID:
    """An id. Raises NotInForm."""
    try:
        return UUID(text(body, name, needed=True))
    except ValueError as problem:
        raise NotInForm(
            _("The question is not written as the API describes it. Look at: %(where)s.") % {"where": name}
        ) from problem
