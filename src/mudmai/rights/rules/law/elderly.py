"""Conditions and amounts of the old-age allowance, of its registration, and of funeral help."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from openfisca_core.periods import DateUnit

from mudmai.kernel import clock
from mudmai.kernel.logic import YES, Answers, negated
from mudmai.rights.rules.law.entities import Person
from mudmai.rights.rules.law.reckoning import (
    UNTOLD_DAY,
    fiscal_start,
    months_after,
    number,
    split,
    years_after,
    years_before,
)
from mudmai.rights.rules.law.variables import NUMBER, worked_out
from mudmai.rights.rules.law.who import aged, day_of_period


@worked_out(Person, "answer")
def old_enough(person: Any, period: Any, parameters: Any) -> Answers:
    return aged(person, period, parameters(period).old_age_allowance.from_age)


@worked_out(Person, "answer")
def payment_begun(person: Any, period: Any, parameters: Any) -> Answers:
    """Whether this is the first month of payment or a later one."""
    law = parameters(period).old_age_allowance
    return aged(person, period, law.from_age, first_payment_test_day(day_of_period(period), law.pays_from_next_month))


def first_payment_test_day(on: date, pays_from_next_month: bool) -> date:
    """By when one must be of age to be paid this month: its first day, or its last one."""
    if pays_from_next_month:
        return on.replace(day=1)
    return date(on.year + (on.month == 12), on.month % 12 + 1, 1) - timedelta(days=1)


@worked_out(Person, "answer")
def first_paid_by_next_year(person: Any, period: Any, parameters: Any) -> Answers:
    """Whether the first payment falls in the coming fiscal year or earlier, so that now is the time to register."""
    law = parameters(period).old_age_allowance
    on = day_of_period(period)
    last_month = clock.fiscal_year_range(clock.fiscal_year(on) + 1)[1]
    return aged(person, period, law.from_age, first_payment_test_day(last_month, law.pays_from_next_month))


@worked_out(Person, "answer")
def not_yet_paid_age(person: Any, period: Any, parameters: Any) -> Answers:
    return negated(person("payment_begun", period))


@worked_out(Person, "answer")
def registration_open(person: Any, period: Any, parameters: Any) -> Answers:
    closed = parameters(period).old_age_registration.closed_month
    is_open = day_of_period(period).month != round(closed)
    return np.full(person.count, YES if is_open else -YES, np.int8)


@worked_out(Person, NUMBER, DateUnit.MONTH)
def old_age_allowance_amount(person: Any, period: Any, parameters: Any) -> Any:
    """The rate of the month; where the age may lie on either side of a step, the lower one."""
    law = parameters(period).old_age_allowance
    on = day_of_period(period)
    stepped_on = fiscal_start(on) if law.steps_wait_for_fiscal_year else on
    latest = person("born_at_latest", period.first_day)
    steps = sorted(law.steps)
    amount = np.full(person.count, steps[0][1], np.float32)
    for years, baht in steps[1:]:
        amount[latest <= number(years_before(stepped_on, years))] = baht
    return amount


@worked_out(Person, "answer")
def died_old_enough(person: Any, period: Any, parameters: Any) -> Answers:
    """Whether the age was reached by the day of death; of the living, it is not."""
    years = round(parameters(period).funeral_help.from_age)
    died = person("death_date", period)
    first, latest = person("born_first", period), person("born_at_latest", period)
    known = (died != UNTOLD_DAY) & (first != UNTOLD_DAY)
    found: Answers = np.minimum(person("has_died", period), np.int8(0))
    where = np.flatnonzero(known)
    reached_first, reached_last = years_after(first[where], years), years_after(latest[where], years)
    found[where] = split(reached_last <= died[where], reached_first > died[where])
    # Of whom only the birth is known: who was old enough long before, or is too young now, needs no day of death.
    rest = ~known & (first != UNTOLD_DAY) & (found == 0)
    limit = number(years_before(day_of_period(period), years))
    found[rest & (first > limit)] = -YES
    return found


@worked_out(Person, "answer")
def claim_open(person: Any, period: Any, parameters: Any) -> Answers:
    """Whether the months allowed since the death have not passed; of the living, it is not."""
    months = round(parameters(period).funeral_help.claim_months)
    died = person("death_date", period)
    found: Answers = np.minimum(person("has_died", period), np.int8(0))
    where = np.flatnonzero(died != UNTOLD_DAY)
    found[where] = np.where(months_after(died[where], months, over=0) >= number(day_of_period(period)), YES, -YES)
    return found


@worked_out(Person, NUMBER, DateUnit.DAY)
def funeral_help_amount(person: Any, period: Any, parameters: Any) -> Any:
    return np.full(person.count, parameters(period).funeral_help.amount, np.float32)


@worked_out(Person, "answer")
def registered_for_old_age(person: Any, period: Any, parameters: Any) -> Answers:
    """Told so, or on a day, or paid already."""
    on_a_day = person("old_age_registered_on", period) != UNTOLD_DAY
    paid = person("old_age_allowance", period) == YES
    return np.where(on_a_day | paid, np.int8(YES), person("old_age_registered", period))
