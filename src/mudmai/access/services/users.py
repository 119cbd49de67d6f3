"""Accounts and tokens, made and changed by whoever manages the areas of their duties."""

from typing import Any

from django.db import transaction

from mudmai.access.models import Duty, Membership
from mudmai.access.services.duties import give_duty
from mudmai.access.services.refusing import require
from mudmai.accounts import services as accounts
from mudmai.accounts.models import Token, User
from mudmai.audit import services as audit


@transaction.atomic
def add_user(*, by: User | None, area_code: str, role: str, **account: Any) -> User:
    """Make an account with its first duty; `account` goes to accounts.services.make_user.

    Raises NotFound, NotAllowed, UnknownRole, UnknownArea, UsernameTaken, PasswordTooWeak.
    """
    if by is not None:
        require(by, "access.manage", area_code)
    user = accounts.make_user(**account)
    audit.record(by, "accounts.user.added", "user", user.pk, area_code=area_code)
    give_duty(by=by, user=user, role=role, area_code=area_code)
    return user


@transaction.atomic
def switch_off_user(*, by: User | None, user: User) -> None:
    """Close the account. Raises NotFound when `by` does not manage all of the user's areas."""
    _require_whole(by, user)
    accounts.switch_off(user=user)
    audit.record(by, "accounts.user.switched_off", "user", user.pk)


@transaction.atomic
def switch_on_user(*, by: User | None, user: User) -> None:
    """Open the account again. Raises as `switch_off_user` does."""
    _require_whole(by, user)
    accounts.switch_on(user=user)
    audit.record(by, "accounts.user.switched_on", "user", user.pk)


@transaction.atomic
def set_password(*, by: User | None, user: User, password: str) -> None:
    """Give the user another password. Raises PasswordTooWeak, and as `switch_off_user` does."""
    _require_whole(by, user)
    accounts.change_password(user=user, password=password)
    audit.record(by, "accounts.user.password_changed", "user", user.pk)


@transaction.atomic
def give_token(*, by: User | None, user: User, name: str, days: int) -> tuple[Token, str]:
    """Let a program act as the user, with the user's duties; returns the token and its secret, told only now.

    Raises TokenDaysOutOfRange, and as `switch_off_user` does.
    """
    _require_whole(by, user)
    token, secret = accounts.make_token(user=user, name=name, days=days)
    audit.record(by, "accounts.token.given", "token", token.pk, user=user.pk)
    return token, secret


@transaction.atomic
def revoke_token(*, by: User | None, token: Token) -> None:
    """Let the token open nothing any more. Raises as `switch_off_user` does."""
    _require_whole(by, token.user)
    accounts.revoke_token(token=token)
    audit.record(by, "accounts.token.revoked", "token", token.pk, user=token.user_id)


def _require_whole(by: User | None, user: User) -> None:
    """Whoever takes over an account gains its duties and teams, so he must manage each of their areas."""
    if by is None:
        return
    areas = set(Duty.objects.filter(user=user).values_list("area_code", flat=True))
    areas |= set(Membership.objects.filter(user=user).values_list("team__area_code", flat=True))
    for area_code in areas or {""}:
        require(by, "access.manage", area_code)
