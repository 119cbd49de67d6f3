"""Signing under a closed list: drawn with a finger, or confirmed by the signer's own PIN."""

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.assembly.models import Assembly, SigningPin
from mudmai.assembly.queries.held import assembly_for
from mudmai.assembly.rules.minutes import Minutes, StepIncomplete
from mudmai.assembly.services.stepping import RUN, write
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, Conflict, TooOften
from mudmai.kernel.text import thai_digits_to_arabic

if TYPE_CHECKING:
    from mudmai.accounts.models import User

PIN_DIGITS = 6
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
# A drawing of a finger on 1000 × 300: more points than this is no signature.
MOST_POINTS = 4000
WIDTH, HEIGHT = 1000, 300


class PinTooSimple(BadInput):
    """The PIN is not six digits, or one that everybody tries first."""

    code = "pin_too_simple"


class NoPin(Conflict):
    """The user has not chosen a PIN yet."""

    code = "no_pin"


class WrongPin(BadInput):
    """Another PIN than the one chosen."""

    code = "wrong_pin"


class PinLocked(TooOften):
    """Too many wrong tries; later it may be tried again."""

    code = "pin_locked"


def has_pin(user: "User") -> bool:
    return SigningPin.objects.filter(user=user).exists()


@transaction.atomic
def set_pin(user: "User", pin: str) -> None:
    """Let these six digits confirm the user's signatures from now on. Raises PinTooSimple."""
    pin = thai_digits_to_arabic(pin).strip()
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdecimal()):
        raise PinTooSimple(_("The PIN must be six digits."))
    steps = {(int(right) - int(left)) % 10 for left, right in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        raise PinTooSimple(_("Six digits in a row, or all the same, are tried first. Choose others."))
    SigningPin.objects.update_or_create(
        user=user, defaults={"hashed": make_password(pin), "wrong": 0, "locked_until": None}
    )
    audit.record(user, "assembly.pin.set", "user", user.pk)


@transaction.atomic
def sign(assembly: Assembly, *, name: str, position: str, strokes: list[list[int]], by: "User") -> Minutes:
    """Keep a signature drawn on the screen of whoever runs the assembly, who vouches for the signer.

    `strokes`: lines of x, y, x, y … on 1000 × 300. Raises NotAllowed, StepRefused, StepIncomplete.
    """
    access.require(by, RUN, assembly.area_code)
    body = {"name": name.strip()[:150], "position": position, "way": "drawn", "strokes": checked(strokes)}
    return write(assembly, "signed", body, by=by)


def sign_by_pin(assembly: Assembly, *, position: str, pin: str, by: "User") -> Minutes:
    """Sign with one's own name, confirmed by one's PIN. Raises NotFound, NoPin, WrongPin, PinLocked, StepRefused."""
    assembly_for(by, assembly.pk)
    _check_pin(by, pin)
    with transaction.atomic():
        return write(assembly, "signed", {"name": by.get_full_name(), "position": position, "way": "pin"}, by=by)


def checked(strokes: object) -> list[list[int]]:
    """The drawing, if it is one. Raises StepIncomplete."""
    whole = isinstance(strokes, list) and all(
        isinstance(line, list)
        and len(line) % 2 == 0
        and all(type(at) is int and -50 <= at <= WIDTH + 50 for at in line)
        for line in strokes
    )
    points = sum(len(line) for line in strokes) // 2 if whole and isinstance(strokes, list) else 0
    if not whole or not isinstance(strokes, list) or not 3 <= points <= MOST_POINTS:
        raise StepIncomplete(_("The signature is empty. Sign in the box with a finger, then press “Sign”."))
    return strokes


def _check_pin(user: "User", pin: str) -> None:
    """Wrong tries are kept even though the request fails, so this runs outside the signing transaction."""
    with transaction.atomic():
        kept = SigningPin.objects.select_for_update().filter(user=user).first()
        if kept is None:
            raise NoPin(_("Choose your signing PIN first."))
        if kept.locked_until is not None and kept.locked_until > clock.now():
            raise PinLocked(_("The PIN was wrong too often. Try again in 15 minutes."))
        right = check_password(thai_digits_to_arabic(pin).strip(), kept.hashed)
        kept.wrong = 0 if right else kept.wrong + 1
        kept.locked_until = clock.now() + LOCKED_FOR if kept.wrong >= TRIES else None
        if kept.locked_until:
            kept.wrong = 0
        kept.save(update_fields=["wrong", "locked_until"])
    if not right:
        raise WrongPin(_("This is not your signing PIN."))
