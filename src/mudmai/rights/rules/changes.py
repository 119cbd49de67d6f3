"""What changes next, and when: somebody turns 60, a step begins, a card expires, a claim closes."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from mudmai.kernel import clock
from mudmai.kernel.logic import NO, YES, Answers
from mudmai.rights.rules.law.reckoning import (
    UNTOLD_DAY,
    Days,
    first_of_month,
    fiscal_start,
    months_after,
    number,
    years_after,
)
from mudmai.rights.rules.programmes import WHAT_CODES

# These are the last days of something: on the day itself they are still to come.
LAST_DAYS = frozenset(["card_expires", "claim_closes", "registration_closes"])
Places = npt.NDArray[np.intp]


class Event(NamedTuple):
    """Something that happens to some persons, each on a day of their own."""

    what: str
    places: Places
    days: Days


class Seen(NamedTuple):
    """What is needed to tell: the day, how far to look, columns by name, answers by name, parameters by name."""

    on: date
    until: int
    column: Callable[[str], npt.NDArray[Any]]
    entitled: Answers
    parameter: Callable[[str], Any]

    @property
    def today(self) -> int:
        return number(self.on)

    def born_on_one_day(self, years: float) -> Places:
        """Whose birth date is known to the day and who reach an age about then: not long ago, or within sight."""
        first, latest = self.column("born_first"), self.column("born_at_latest")
        days = round(years * 365.25)
        near = (first >= self.today - days - 420) & (first <= self.until - days + 40)
        return np.flatnonzero(near & (first == latest) & (self.column("alive") != NO))

    def told_and(self, name: str, *answers: str) -> Places:
        """Where a day was told and these are not ruled out."""
        good = self.column(name) != UNTOLD_DAY
        for answer in answers:
            good &= self.column(answer) != NO
        return np.flatnonzero(good)


def next_changes(programme: str, seen: Seen) -> tuple[Days, npt.NDArray[np.int8]]:
    """The first day after today on which something changes for each, and what, as a place in WHATS."""
    size = len(seen.entitled)
    far = np.iinfo(np.int32).max
    days, whats = np.full(size, far, np.int32), np.zeros(size, np.int8)
    for event in _EVENTS.get(programme, _nothing)(seen):
        first = seen.today if event.what in LAST_DAYS else seen.today + 1
        ahead = (event.days >= first) & (event.days <= seen.until) & (event.days < days[event.places])
        places = event.places[ahead]
        days[places] = event.days[ahead]
        whats[places] = WHAT_CODES.index(event.what)
    days[days == far] = UNTOLD_DAY
    return days, whats


def _nothing(seen: Seen) -> Iterator[Event]:
    yield from ()


def _old_age(seen: Seen) -> Iterator[Event]:
    steps = sorted(seen.parameter("old_age_allowance.steps"))
    from_age = seen.parameter("old_age_allowance.from_age")
    places = seen.born_on_one_day(from_age)
    birthday = years_after(seen.column("born_first")[places], round(from_age))
    yield Event("turns_60", places, birthday)
    yield Event("payment_begins", places, first_payment(birthday, seen))
    waits = seen.parameter("old_age_allowance.steps_wait_for_fiscal_year")
    for years, _baht in steps[1:]:
        places = seen.born_on_one_day(years)
        birthday = years_after(seen.column("born_first")[places], round(years))
        yield Event("steps_up", places, _fiscal_start_after(birthday) if waits else _month_after(birthday))


def first_payment(birthday: Days, seen: Seen) -> Days:
    """The first day of the first month of payment."""
    if seen.parameter("old_age_allowance.pays_from_next_month"):
        return _month_after(birthday)
    return first_of_month(birthday)


def _month_after(day: Days) -> Days:
    """The first of the month; of the next one where the day is not the first itself."""
    first = first_of_month(day)
    return np.where(first == day, day, months_after(first, 1))


def _fiscal_start_after(day: Days) -> Days:
    """The first day of a fiscal year on a day or after it.

    >>> days = np.array([number(date(2026, 9, 2)), number(date(2026, 10, 1)), number(date(2026, 10, 2))], np.int32)
    >>> from mudmai.rights.rules.law.reckoning import day_of
    >>> [str(day_of(each)) for each in _fiscal_start_after(days).tolist()]
    ['2026-10-01', '2026-10-01', '2027-10-01']
    """
    month = _month_after(day).astype("datetime64[D]").astype("datetime64[M]")
    october = month + (9 - month.astype(np.int64) % 12) % 12
    found: Days = october.astype("datetime64[D]").astype(np.int32)
    return found


def _old_age_registration(seen: Seen) -> Iterator[Event]:
    closed = round(seen.parameter("old_age_registration.closed_month"))
    end = clock.fiscal_year_range(clock.fiscal_year(seen.on))[1]
    before_closed = date(fiscal_start(seen.on).year + (closed < 10), closed, 1) - timedelta(days=1)
    last = before_closed if seen.on <= before_closed else end
    places = np.flatnonzero(seen.entitled == YES)
    yield Event("registration_closes", places, np.full(len(places), number(last), np.int32))


def _card(seen: Seen) -> Iterator[Event]:
    places = seen.told_and("card_holds_until", "alive")
    last = seen.column("card_holds_until")[places]
    near = (last >= seen.today - 800) & (last <= min(seen.until + 800, np.iinfo(np.int32).max // 2))
    places, last = places[near], last[near]
    renew = round(seen.parameter("common.renew_months_before"))
    yield Event("card_renewable", places, months_after(last, -renew, over=0))
    yield Event("card_expires", places, last)
    yield Event(
        "certificate_needed", places, months_after(last, round(seen.parameter("common.certificate_after_months")))
    )


def _disability_allowance(seen: Seen) -> Iterator[Event]:
    for event in _card(seen):
        if event.what == "card_expires":
            yield event
    years = round(seen.parameter("disability_allowance.grown_from"))
    places = seen.born_on_one_day(years)
    places = places[seen.column("registered_disabled")[places] != NO]
    yield Event("turns_18", places, years_after(seen.column("born_first")[places], years))


def _child_grant(seen: Seen) -> Iterator[Event]:
    years = round(seen.parameter("child_grant.until_age"))
    young = (seen.column("young_enough") == YES) & (seen.column("born_first") <= seen.today)
    places = np.flatnonzero(young & (seen.column("alive") != NO))
    yield Event(
        "turns_6", places, first_of_month(years_after(first_of_month(seen.column("born_first")[places]), years))
    )


def _funeral(seen: Seen) -> Iterator[Event]:
    places = np.flatnonzero((seen.column("claim_open") == YES) & (seen.column("death_date") != UNTOLD_DAY))
    months = round(seen.parameter("funeral_help.claim_months"))
    yield Event("claim_closes", places, months_after(seen.column("death_date")[places], months, over=0))


def _long_term_care(seen: Seen) -> Iterator[Event]:
    places = seen.told_and("care_plan_on", "alive", "dependent")
    months = round(seen.parameter("long_term_care.plan_holds_months"))
    yield Event("plan_a_year_old", places, months_after(seen.column("care_plan_on")[places], months))


_EVENTS: dict[str, Callable[[Seen], Iterator[Event]]] = {
    "old_age_allowance": _old_age,
    "old_age_registration": _old_age_registration,
    "disability_card": _card,
    "disability_allowance": _disability_allowance,
    "child_grant": _child_grant,
    "funeral_help": _funeral,
    "long_term_care": _long_term_care,
}
