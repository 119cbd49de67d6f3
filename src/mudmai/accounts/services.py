"""Make, change and switch off accounts. Who may do so stands in `access`, which calls these."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mudmai.accounts.models import Token, User
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, Conflict

# Without letters and digits that look alike when read from a slip of paper.
EASY_TO_READ = "abcdefghjkmnpqrstuvwxyz23456789"


class UsernameTaken(Conflict):
    """Somebody has this user name already."""

    code = "username_taken"


class PasswordTooWeak(BadInput):
    """The password can be guessed."""

    code = "password_too_weak"


class TokenDaysOutOfRange(BadInput):
    """A token for no day, or for longer than anybody remembers it."""

    code = "token_days_out_of_range"


TOKEN_MARK = "mudmai_"  # noqa: S105  # no secret: so that a secret that slipped out is recognised as ours
LONGEST_TOKEN_DAYS = 366


# Django's own words for these have no Thai.
WEAKNESSES = {
    "password_too_short": _lazy("The password is too short: use 10 characters or more."),
    "password_too_common": _lazy("The password is one that many people use; it would be guessed first."),
    "password_too_similar": _lazy("The password is too much like the name."),
}


def new_password() -> str:
    """A password that can be read out and typed: four groups of four, about 79 bits."""
    return "-".join("".join(secrets.choice(EASY_TO_READ) for _letter in range(4)) for _group in range(4))


@transaction.atomic
def make_user(*, username: str, full_name: str, password: str, position: str = "", phone: str = "") -> User:
    """Keep a new account. Raises UsernameTaken, PasswordTooWeak, BadInput."""
    username = User.normalize_username(username.strip())
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTaken(_("The user name “%(name)s” is taken. Choose another.") % {"name": username})
    user = User(username=username, full_name=full_name.strip() or username, position=position, phone=phone)
    _set_password(user, password)
    _check(user)
    user.save()
    return user


def change_password(*, user: User, password: str) -> None:
    """Give the account another password; this ends its sessions elsewhere. Raises PasswordTooWeak."""
    _set_password(user, password)
    user.save(update_fields=["password"])


def switch_off(*, user: User) -> None:
    """Let nobody sign in with this account any more. Safe to repeat; the row stays, for the log points at it."""
    user.is_active = False
    user.save(update_fields=["is_active"])


def switch_on(*, user: User) -> None:
    """Let the account sign in again. Safe to repeat."""
    user.is_active = True
    user.save(update_fields=["is_active"])


def choose_language(*, user: User, language: str) -> None:
    """Remember the language of this user's pages."""
    user.language = language
    user.save(update_fields=["language"])


def make_token(*, user: User, name: str, days: int) -> tuple[Token, str]:
    """Let a program act as the user for so many days from today; returns the token and its secret, told only now.

    Raises TokenDaysOutOfRange.
    """
    if not 1 <= days <= LONGEST_TOKEN_DAYS:
        raise TokenDaysOutOfRange(_("A token lasts 1 to %(most)s days.") % {"most": LONGEST_TOKEN_DAYS})
    secret = TOKEN_MARK + secrets.token_urlsafe(32)
    last_day = clock.today() + timedelta(days=days - 1)
    token = Token.objects.create(
        user=user, name=name.strip()[:100], hashed=hash_of(secret), made_at=clock.now(), expires_on=last_day
    )
    return token, secret


def revoke_token(*, token: Token) -> None:
    """Let the token open nothing any more. Safe to repeat."""
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])


def token_of(secret: str) -> Token | None:
    """The standing token with this secret, its user able to sign in; None for any other. Writes nothing."""
    found = Token.objects.select_related("user").filter(hashed=hash_of(secret)).first()
    return found if found is not None and found.stands else None


def use_token(secret: str) -> Token | None:
    """The same, and keeps the day of its use."""
    token, today = token_of(secret), clock.today()
    if token is not None and token.last_used_on != today:
        token.last_used_on = today
        token.save(update_fields=["last_used_on"])
    return token


def hash_of(secret: str) -> str:
    """What is kept of a secret, by which its token is found."""
    return sha256(secret.encode()).hexdigest()


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        codes = {problem.code for problem in error.error_list}
        sentences = [str(WEAKNESSES[code]) for code in WEAKNESSES if code in codes]
        raise PasswordTooWeak(" ".join(sentences) or " ".join(error.messages)) from error
    user.set_password(password)


def _check(user: User) -> None:
    try:
        user.full_clean()
    except ValidationError as error:
        raise BadInput(" ".join(error.messages)) from error
