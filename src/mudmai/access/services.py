"""Give and end duties, make accounts, and refuse what a user may not do."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import rules
from mudmai.access.models import Duty
from mudmai.access.queries import known, scope_for
from mudmai.accounts import services as accounts
from mudmai.accounts.models import Token, User
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, NotAllowed, NotFound


class OutsideYourAreas(NotFound):
    """The area lies outside all duties: it looks as if it did not exist."""

    code = "outside_your_areas"


class DutyDoesNotAllow(NotAllowed):
    """The user has a duty there, but not one that allows this."""

    code = "duty_does_not_allow"


class UnknownRole(BadInput):
    """No such role."""

    code = "unknown_role"


class UnknownArea(BadInput):
    """Not an area code."""

    code = "unknown_area"


class DutyEndsBeforeStart(BadInput):
    """The days of the duty are the wrong way round."""

    code = "duty_ends_before_start"


def require(user: User, action: str, area_code: str = "", *, today: date | None = None) -> None:
    """Pass when the user may do this there. Raises OutsideYourAreas (404) or DutyDoesNotAllow (403)."""
    scope = scope_for(user, today)
    if scope.allows(action, area_code):
        return
    if scope.reaches(area_code):
        raise DutyDoesNotAllow(_("Your duty does not allow this. Ask your administrator if you need it."))
    raise OutsideYourAreas(_("This does not exist, or lies outside your areas."))


def require_somewhere(user: User, action: str, *, today: date | None = None) -> None:
    """Pass when the user may do this in at least one area. Raises DutyDoesNotAllow."""
    known(action)
    if not scope_for(user, today).allows_somewhere(action):
        raise DutyDoesNotAllow(_("Your duty does not allow this. Ask your administrator if you need it."))


@transaction.atomic
def give_duty(
    *,
    by: User | None,
    user: User,
    role: str,
    area_code: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Duty:
    """Let the user do what the role allows in the area; `by` is None on the command line.

    Safe to repeat: the same standing duty is kept once.
    Raises NotFound, NotAllowed, UnknownRole, UnknownArea, DutyEndsBeforeStart.
    """
    if role not in rules.ROLES:
        raise UnknownRole(_("There is no role “%(role)s”.") % {"role": role})
    if not rules.is_area_code(area_code):
        raise UnknownArea(_("“%(code)s” is no area code: write 2, 4, 6 or 8 digits.") % {"code": area_code})
    if by is not None:
        require(by, "access.manage", area_code)
    first_day = starts_on or clock.today()
    if ends_on is not None and ends_on < first_day:
        raise DutyEndsBeforeStart(_("A duty cannot end before it starts."))
    same = Duty.objects.filter(user=user, role=role, area_code=area_code, starts_on__lte=first_day, ends_on=ends_on)
    duty = same.first()
    if duty is None:
        duty = Duty.objects.create(
            user=user, role=role, area_code=area_code, starts_on=first_day, ends_on=ends_on, given_by=by
        )
        _log(by, "access.duty.given", duty)
    return duty


@transaction.atomic
def end_duty(*, by: User | None, duty: Duty) -> Duty:
    """End the duty now; one that began today or later never counted. Safe to repeat. Raises NotFound, NotAllowed."""
    if by is not None:
        require(by, "access.manage", duty.area_code)
    yesterday = clock.today() - timedelta(days=1)
    if duty.ends_on is not None and duty.ends_on <= yesterday:
        return duty
    duty.starts_on = min(duty.starts_on, yesterday)
    duty.ends_on = yesterday
    duty.save(update_fields=["starts_on", "ends_on"])
    _log(by, "access.duty.ended", duty)
    return duty


def _log(by: User | None, action: str, duty: Duty) -> None:
    audit.record(by, action, "duty", duty.pk, area_code=duty.area_code, user=duty.user_id, role=duty.role)


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
    """Whoever takes over an account gains its duties, so he must manage each of their areas."""
    if by is None:
        return
    areas = set(Duty.objects.filter(user=user).values_list("area_code", flat=True)) or {""}
    for area_code in areas:
        require(by, "access.manage", area_code)
