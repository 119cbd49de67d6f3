"""A phone signs in and out, asks whether it is locked out, and says that it has wiped itself."""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from mudmai.accounts.models import User
from mudmai.kernel.errors import DomainError, TooOften
from mudmai.surveys.models import Device
from mudmai.surveys.queries.areas import field_areas
from mudmai.surveys.queries.devices import is_locked
from mudmai.surveys.services.devices import WrongSignIn, sign_in_phone, sign_out_phone, wiped
from mudmai.surveys.services.syncing import about_user, named
from mudmai.surveys.views.sync.door import answer, for_phones, id_in, json_of, open_to_all, protocol_of, text

# Phones behind one office wall share an address.
KNOCKS_A_MINUTE = 600
WAIT_SECONDS = 60


class CodeNeeded(DomainError):
    """The account has a second factor, and no code came."""

    code = "code_needed"
    status = 401


class TriedTooOften(TooOften):
    """Too many wrong passwords or codes."""

    wait = WAIT_SECONDS


@open_to_all("POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """User name and password (and code) for the token of a phone."""
    body = json_of(request)
    device_id = id_in(body, "device")
    user = _checked(request, body)
    with translation.override(user.language):
        device, secret = sign_in_phone(
            user, device_id=device_id, name=text(body, "name"), app_version=request.headers.get("Mudmai-App", ""),
            protocol=protocol_of(request),
        )  # fmt: skip
        return answer(request, welcome(user, device, secret))


def welcome(user: User, device: Device, secret: str) -> dict[str, Any]:
    """What a phone gets when its user has signed in, by password or by invitation."""
    assert device.token is not None  # made by `sign_in_phone`
    return {
        "token": secret, "expires_on": device.token.expires_on.isoformat(), "device": str(device.pk),
        "user": about_user(user), "areas": named(field_areas(user)),
    }  # fmt: skip


def _checked(request: HttpRequest, body: dict[str, Any]) -> User:
    """The user of these words, by the same limits as the sign-in page. Raises WrongSignIn, CodeNeeded, TooOften."""
    words = {"username": text(body, "username", needed=True), "password": text(body, "password", needed=True)}
    try:
        user = get_adapter(request).authenticate(request, **words)
    except ValidationError as problem:
        raise TriedTooOften(_("Too many wrong passwords. Wait a few minutes, then try again.")) from problem
    if not isinstance(user, User) or not user.is_active:
        raise WrongSignIn(_("The user name or the password is not right."))
    if is_mfa_enabled(user):
        code = text(body, "code")
        if not code:
            raise CodeNeeded(_("This account has a second step: type the code of your app too."))
        form = AuthenticateForm({"code": code}, user=user)
        try:
            fits = form.is_valid()
        except ValidationError as problem:
            raise TriedTooOften(_("Too many wrong codes. Wait a few minutes, then try again.")) from problem
        if not fits:
            raise WrongSignIn(_("The code is not right. Wait for the next one and try again."))
        form.authenticator.record_usage()
    return user


def _hold_back(request: HttpRequest) -> None:
    """Count requests without a token by where they come from. Raises TriedTooOften."""
    key = f"surveys-knock-{request.META.get('REMOTE_ADDR', '')}-{int(time.time()) // WAIT_SECONDS}"
    cache.add(key, 0, WAIT_SECONDS)
    if cache.incr(key) > KNOCKS_A_MINUTE:
        raise TriedTooOften(_("Asked too often. Wait a minute, then try again."))


@open_to_all("POST")
def knock(request: HttpRequest) -> HttpResponse:
    """A phone asks before its user has unlocked it: shall it delete what it holds?"""
    _hold_back(request)
    return answer(request, {"wipe": is_locked(id_in(json_of(request), "device"))})


@for_phones("POST")
def sign_out(request: HttpRequest, device: Device) -> HttpResponse:
    """The token of this phone opens nothing any more."""
    sign_out_phone(device)
    return answer(request, {})


@open_to_all("POST")
def wipe_done(request: HttpRequest) -> HttpResponse:
    """A phone that was locked out, and whose token opens nothing any more, says that it has deleted everything."""
    _hold_back(request)
    wiped(id_in(json_of(request), "device"))
    return answer(request, {})
