"""Give and end duties."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import rules
from mudmai.access.models import Duty, Followed, Membership
from mudmai.access.queries import area_q, duties_of
from mudmai.access.services.refusing import require
from mudmai.accounts.models import User
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput


class UnknownRole(BadInput):
    """No such role."""

    code = "unknown_role"


class UnknownArea(BadInput):
    """Not an area code."""

    code = "unknown_area"


class DutyEndsBeforeStart(BadInput):
    """The days of the duty are the wrong way round."""

    code = "duty_ends_before_start"


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
    if end_now(duty):
        _log(by, "access.duty.ended", duty)
    return duty


def end_now(row: Duty | Membership | Followed) -> bool:
    """Let what stands by its days stand no more, at once; False where it had ended already."""
    yesterday = clock.today() - timedelta(days=1)
    if row.ends_on is not None and row.ends_on <= yesterday:
        return False
    row.starts_on = min(row.starts_on, yesterday)
    row.ends_on = yesterday
    row.save(update_fields=["starts_on", "ends_on"])
    return True


def end_duties_of_volunteer(*, by: User | None, user: User, area_code: str) -> None:
    """End the user's duties of a volunteer in the area and inside it: he left the team that works there."""
    for duty in duties_of(user, clock.today()).filter(area_q([area_code]), role="volunteer"):
        end_now(duty)
        _log(by, "access.duty.ended", duty)


def _log(by: User | None, action: str, duty: Duty) -> None:
    audit.record(by, action, "duty", duty.pk, area_code=duty.area_code, user=duty.user_id, role=duty.role)
