"""Conditions and amounts of care at home: diapers, long-term care, homes repaired or adapted."""

from calendar import monthrange
from typing import Any

import numpy as np
from openfisca_core.periods import DateUnit

from mudmai.kernel.logic import NO, YES, Answers, any_of
from mudmai.rights.rules.law.entities import Person
from mudmai.rights.rules.law.reckoning import (
    UNTOLD_DAY,
    by,
    decided_by,
    is_code,
    months_before,
    number,
    since,
    split,
)
from mudmai.rights.rules.law.variables import NUMBER, worked_out
from mudmai.rights.rules.law.who import aged, day_of_period, place

# Points of the groups of กรมอนามัย; Source: reference §3.1, confidence A. A score that was told goes before.
GROUP_POINTS = {"bedridden": (0, 4), "homebound": (5, 11), "active": (12, 20)}


def adl_at_most(person: Any, period: Any, limit: float) -> Answers:
    """Whether the ADL score stays within a limit; where only the group is told, as far as that decides it."""
    score, group = person("adl_score", period), person("adl_group", period)
    untold = np.isnan(score)
    yes, no = score <= limit, score > limit
    for name, (least, most) in GROUP_POINTS.items():
        if most <= limit:
            yes |= untold & (group == place("adl_group", name))
        elif least > limit:
            no |= untold & (group == place("adl_group", name))
    return split(yes, no)


@worked_out(Person, "answer")
def needs_diapers(person: Any, period: Any, parameters: Any) -> Answers:
    """Very dependent, or cannot hold urine or stool."""
    limit = parameters(period).adult_diapers.adl_at_most
    return any_of(adl_at_most(person, period, limit), person("incontinent", period))


@worked_out(Person, "answer")
def scheme_covered(person: Any, period: Any, parameters: Any) -> Answers:
    """Whether the health scheme is one that is covered; of whom it is not told, only where all are."""
    law = parameters(period).adult_diapers
    universal, others = bool(law.scheme_universal), bool(law.scheme_others)
    if universal == others:
        return np.full(person.count, YES if universal else NO, np.int8)
    is_universal = is_code(person("health_scheme", period), place("health_scheme", "universal"))
    return is_universal if universal else np.negative(is_universal)


@worked_out(Person, "answer")
def diapers_received(person: Any, period: Any, parameters: Any) -> Answers:
    """As told; who does not stand in the fund's register gets none from it."""
    not_there = np.minimum(person("ltc_registered", period), np.int8(0))
    return decided_by(person("receives_diapers", period), not_there)


@worked_out(Person, NUMBER, DateUnit.MONTH)
def adult_diapers_amount(person: Any, period: Any, parameters: Any) -> Any:
    """What the pieces of the month cost at most; they are given, not paid out."""
    law = parameters(period).adult_diapers
    first = day_of_period(period)
    days = monthrange(first.year, first.month)[1]
    return np.full(person.count, law.pieces_a_day * days * law.price_of_piece, np.float32)


@worked_out(Person, "answer")
def dependent(person: Any, period: Any, parameters: Any) -> Answers:
    return adl_at_most(person, period, parameters(period).long_term_care.adl_at_most)


@worked_out(Person, "answer")
def plan_holds(person: Any, period: Any, parameters: Any) -> Answers:
    """Whether there is an approved care plan that is not too old.

    Who does not stand in the register has none; who stands there without a day of a plan has none where the register
    names the day of every plan.
    """
    law = parameters(period).long_term_care
    begin = months_before(day_of_period(period), round(law.plan_holds_months))
    fresh = since(person("care_plan_on", period), number(begin))
    registered = person("ltc_registered", period)
    no_plan = registered != 0 if law.register_names_plans else registered == NO
    return decided_by(fresh, np.negative(no_plan.astype(np.int8)))


@worked_out(Person, NUMBER)
def long_term_care_amount(person: Any, period: Any, parameters: Any) -> Any:
    return np.full(person.count, parameters(period).long_term_care.a_year, np.float32)


# --- the house --------------------------------------------------------------------------------------------------------


@worked_out(Person, "answer")
def house_needs_repair(person: Any, period: Any, parameters: Any) -> Answers:
    state = person.household("house_state", period)
    return is_code(state, place("house_state", "worn"), place("house_state", "unsafe"))


@worked_out(Person, "answer")
def lived_long_enough(person: Any, period: Any, parameters: Any) -> Answers:
    months = round(parameters(period).home_repair_disabled.months_lived)
    return by(person("lives_here_since", period), number(months_before(day_of_period(period), months)))


@worked_out(Person, "answer")
def old_enough_for_repair(person: Any, period: Any, parameters: Any) -> Answers:
    return aged(person, period, parameters(period).home_repair_elderly.from_age)


@worked_out(Person, "answer")
def home_repair_received(person: Any, period: Any, parameters: Any) -> Answers:
    """Told of the house, or of the person."""
    told_of_house = person.household("home_repaired_on", period) != UNTOLD_DAY
    return np.where(told_of_house, np.int8(YES), person("home_repaired", period))


@worked_out(Person, NUMBER)
def home_repair_disabled_amount(person: Any, period: Any, parameters: Any) -> Any:
    return np.full(person.count, parameters(period).home_repair_disabled.amount, np.float32)


@worked_out(Person, NUMBER)
def home_repair_elderly_amount(person: Any, period: Any, parameters: Any) -> Any:
    return np.full(person.count, parameters(period).home_repair_elderly.amount, np.float32)
