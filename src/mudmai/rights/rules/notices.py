"""Kinds of days that officers wait for, how far ahead and back they are shown, and what makes a third month unpaid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice."""

    code: str
    label: Promise
    help: Promise
    programmes: tuple[str, ...]  # whose rules tell of it; also whose classes one must see
    findings: tuple[str, ...] = ()  # of whom it is told
    back: int = 0  # days
    ahead: int = 60
    months: int = 0


TURNED_60 = Kind(
    "turns_60", _("Turns 60"), _("Turned 60 this month, or will within the next two: may register for the allowance."),
    ("old_age_allowance",), back=31, ahead=60,
)  # fmt: skip
REGISTRATION = Kind(
    "registration_closes", _("Registration closes"),
    _("Will turn 60 in the coming fiscal year and is on no list of the registered."),
    ("old_age_registration",), ("missed", "unknown"), ahead=366,
)  # fmt: skip
CARD = Kind(
    "card_expires", _("Disability card expires"),
    _("The card has expired, or will within 60 days. Once it has, the allowance is suspended."),
    ("disability_card",), back=366, ahead=60,
)  # fmt: skip
UNPAID = Kind(
    "unpaid", _("Third month without payment"),
    _("Entitled, was paid before, and is on none of the three newest lists of payees."),
    (), ("missed",), back=366, ahead=0, months=3,
)  # fmt: skip
STEPS = Kind(
    "steps_up", _("Allowance steps up"), _("Turns 70, 80 or 90 and gets the next rate."),
    ("old_age_allowance",), ("paid", "missed"), ahead=366,
)  # fmt: skip
TURNS_6 = Kind(
    "turns_6", _("Child turns 6"), _("The child grant ends. Does the family get by without it?"),
    ("child_grant",), ("paid", "missed"), ahead=90,
)  # fmt: skip
CLAIM = Kind(
    "claim_closes", _("Funeral claim closes"), _("The family can still apply for funeral help until this day."),
    ("funeral_help",), ("missed", "unknown"), ahead=190,
)  # fmt: skip

# In the order of screens: what cannot wait comes first.
KINDS: dict[str, Kind] = {kind.code: kind for kind in (CLAIM, UNPAID, CARD, TURNED_60, REGISTRATION, STEPS, TURNS_6)}

# What the rules call the next change → the kind of notice it makes.
OF_WHATS = {kind: kind for kind in (REGISTRATION.code, STEPS.code, TURNS_6.code, CLAIM.code)}


def third_month_without(paid: Sequence[date], lists: Sequence[date]) -> date | None:
    """The day of the third list that no longer names somebody who was paid once; None where it has not come to that.

    >>> lists = [date(2026, month, 10) for month in (7, 8, 9, 10)]
    >>> third_month_without([date(2026, 7, 10)], lists), third_month_without([date(2026, 8, 10)], lists)
    (datetime.date(2026, 10, 10), None)
    >>> third_month_without([], lists)
    """
    if not paid:
        return None
    missed = [day for day in lists if day > paid[-1]]
    return missed[UNPAID.months - 1] if len(missed) >= UNPAID.months else None
