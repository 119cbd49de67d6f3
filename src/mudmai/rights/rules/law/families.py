"""Conditions and amounts for children and poor families: child grant, welfare card, AIDS allowance, hardship."""

from datetime import date
from typing import Any

import numpy as np
from openfisca_core.periods import DateUnit

from mudmai.kernel.logic import NO, Answers, any_of, negated
from mudmai.rights.rules.law.entities import Household, Person
from mudmai.rights.rules.law.reckoning import (
    UNTOLD_DAY,
    any_bit,
    at_most,
    decided_by,
    fiscal_start,
    months_before,
    number,
    since,
    split,
    years_before,
)
from mudmai.rights.rules.law.variables import NUMBER, worked_out
from mudmai.rights.rules.law.who import aged, bits, day_of_period, income_within, per_house, place


def earliest_birth(on: date, years: float) -> date:
    """The first day of birth of whoever is still paid in the month of a day.

    >>> earliest_birth(date(2025, 11, 10), 6), earliest_birth(date(2025, 12, 1), 6)
    (datetime.date(2019, 12, 1), datetime.date(2020, 1, 1))
    """
    return months_before(on.replace(day=1), round(years * 12) - 1)


@worked_out(Person, "answer")
def young_enough(person: Any, period: Any, parameters: Any) -> Answers:
    """From birth until the end of the month before the month in which the age is reached."""
    on = day_of_period(period)
    limit, today = number(earliest_birth(on, parameters(period).child_grant.until_age)), number(on)
    first, latest = person("born_first", period), person("born_at_latest", period)
    return split((first >= limit) & (first <= today), (latest < limit) | (first > today))


@worked_out(Person, "answer")
def child_income_low(person: Any, period: Any, parameters: Any) -> Answers:
    return income_within(person, period, parameters(period).child_grant.income_limit)


@worked_out(Household, "answer")
def has_guardian(household: Any, period: Any, parameters: Any) -> Answers:
    """Somebody lives there who is of age to look after a child; of whom nobody knows, it is not known."""
    limit = number(years_before(day_of_period(period), parameters(period).child_grant.guardian_from))
    members = household.members
    can = (members("born_at_latest", period) <= limit) & (members("counts_as_member", period) > 0)
    found: Answers = (per_house(household, can) > 0).astype(np.int8)
    return found


@worked_out(Person, "answer")
def guardian_there(person: Any, period: Any, parameters: Any) -> Answers:
    """Somebody of age to look after the child lives in the same house."""
    found: Answers = person.household("has_guardian", period)
    return found


@worked_out(Person, NUMBER, DateUnit.MONTH)
def child_grant_amount(person: Any, period: Any, parameters: Any) -> Any:
    return np.full(person.count, parameters(period).child_grant.amount, np.float32)


@worked_out(Person, "answer")
def of_age_for_card(person: Any, period: Any, parameters: Any) -> Answers:
    return aged(person, period, parameters(period).state_welfare_card.from_age)


@worked_out(Person, "answer")
def own_income_low(person: Any, period: Any, parameters: Any) -> Answers:
    return at_most(person("income_baht_per_year", period), parameters(period).state_welfare_card.own_income_limit)


@worked_out(Person, "answer")
def family_income_low(person: Any, period: Any, parameters: Any) -> Answers:
    return income_within(person, period, parameters(period).state_welfare_card.family_income_limit)


@worked_out(Person, "answer")
def savings_low(person: Any, period: Any, parameters: Any) -> Answers:
    return at_most(person("savings_baht", period), parameters(period).state_welfare_card.savings_limit)


@worked_out(Person, "answer")
def assets_within(person: Any, period: Any, parameters: Any) -> Answers:
    return negated(person("assets_over_limit", period))


@worked_out(Person, "answer")
def diagnosed(person: Any, period: Any, parameters: Any) -> Answers:
    found: Answers = person("aids_diagnosed", period)
    return found


@worked_out(Person, "answer")
def poor_or_abandoned(person: Any, period: Any, parameters: Any) -> Answers:
    """Poor by the line of the office, or holds a card, or is abandoned."""
    return any_of(
        income_within(person, period, parameters(period).aids_allowance.income_limit),
        person("state_welfare_card", period),
        person("tpmap_poor", period),
        any_bit(person("hardship_kinds", period), bits("hardship", "3", "10")),
    )


@worked_out(Person, NUMBER, DateUnit.MONTH)
def aids_allowance_amount(person: Any, period: Any, parameters: Any) -> Any:
    return np.full(person.count, parameters(period).aids_allowance.amount, np.float32)


# --- hardship ---------------------------------------------------------------------------------------------------------


@worked_out(Person, "answer")
def elderly(person: Any, period: Any, parameters: Any) -> Answers:
    return aged(person, period, parameters(period).elderly_hardship.from_age)


@worked_out(Person, "answer")
def in_hardship(person: Any, period: Any, parameters: Any) -> Answers:
    """A kind of hardship was told, or a need of food, goods, money or a place to stay."""
    return any_of(
        any_bit(person("hardship_kinds", period)),
        any_bit(person("needs", period), bits("need", "food", "goods", "money", "place")),
    )


def _times_left(helped_on: Any, times: Any, closed: Answers, on: date, most: float) -> Answers:
    """Whether help is left this fiscal year: by the last time and how many there were, else by what a list says."""
    start = number(fiscal_start(on))
    this_year = helped_on >= start
    least = np.where(np.isnan(times), np.float32(1), times)  # once at least
    used_up = this_year & (least >= most)
    left = (helped_on != UNTOLD_DAY) & (~this_year | (~np.isnan(times) & (times < most)))
    untold = helped_on == UNTOLD_DAY
    return split(left | (untold & (closed == NO)), used_up)


@worked_out(Person, "answer")
def elderly_help_left(person: Any, period: Any, parameters: Any) -> Answers:
    return _times_left(
        person("hardship_help_on", period),
        person("hardship_help_times", period),
        person("hardship_help", period),
        day_of_period(period),
        parameters(period).elderly_hardship.times,
    )


@worked_out(Person, "answer")
def elderly_help_received(person: Any, period: Any, parameters: Any) -> Answers:
    """Whether there was help in this fiscal year."""
    this_year = since(person("hardship_help_on", period), number(fiscal_start(day_of_period(period))))
    return decided_by(this_year, person("hardship_help", period))


@worked_out(Person, "answer")
def family_help_left(person: Any, period: Any, parameters: Any) -> Answers:
    return _times_left(
        person.household("family_help_on", period),
        person.household("family_help_times", period),
        person("hardship_help", period),
        day_of_period(period),
        parameters(period).family_hardship.times,
    )


@worked_out(Person, "answer")
def family_help_received(person: Any, period: Any, parameters: Any) -> Answers:
    this_year = since(person.household("family_help_on", period), number(fiscal_start(day_of_period(period))))
    return decided_by(this_year, person("hardship_help", period))


@worked_out(Person, "answer")
def family_struck(person: Any, period: Any, parameters: Any) -> Answers:
    return any_bit(person.household("family_trouble", period))


@worked_out(Person, "answer")
def family_poor(person: Any, period: Any, parameters: Any) -> Answers:
    return income_within(person, period, parameters(period).common.poor_income_limit)


@worked_out(Person, "answer")
def house_hit(person: Any, period: Any, parameters: Any) -> Answers:
    """A disaster did damage, and not too long ago."""
    on = day_of_period(period)
    day = person.household("damage_on", period)
    begin = number(months_before(on, round(parameters(period).emergency_help.months_after)))
    level = person.household("damage_level", period)
    none = place("damage_level", "none")
    harmed = split(level > none, level == none)
    recent = split((day >= begin) & (day <= number(on)), (day != UNTOLD_DAY) & (day < begin))
    return np.minimum(harmed, recent)


@worked_out(Person, NUMBER)
def elderly_hardship_amount(person: Any, period: Any, parameters: Any) -> Any:
    return np.full(person.count, parameters(period).elderly_hardship.amount, np.float32)


@worked_out(Person, NUMBER)
def family_hardship_amount(person: Any, period: Any, parameters: Any) -> Any:
    return np.full(person.count, parameters(period).family_hardship.amount, np.float32)


@worked_out(Person, NUMBER)
def emergency_help_amount(person: Any, period: Any, parameters: Any) -> Any:
    return np.full(person.count, parameters(period).emergency_help.amount, np.float32)
