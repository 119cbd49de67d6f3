"""Conditions and amounts of what rests on a disability: card, allowance, supplement, devices."""

from typing import Any

import numpy as np
from openfisca_core.periods import DateUnit

from mudmai.kernel.logic import NO, YES, Answers, all_of, any_of
from mudmai.rights.rules.law.entities import Person
from mudmai.rights.rules.law.reckoning import (
    LATEST_DAY,
    UNTOLD_DAY,
    Days,
    any_bit,
    at_least,
    decided_by,
    months_after,
    number,
    only_yes,
    since,
    split,
    years_before,
)
from mudmai.rights.rules.law.variables import NUMBER, worked_out
from mudmai.rights.rules.law.who import aged, bits, day_of_period


@worked_out(Person, "answer")
def registered_disabled(person: Any, period: Any, parameters: Any) -> Answers:
    """As told, or known by a card: its number, its day of issue or its last day."""
    card = (
        (person("disability_card_no", period) > 0)
        | (person("disability_card_issued", period) != UNTOLD_DAY)
        | (person("disability_card_expires", period) != UNTOLD_DAY)
    )
    return np.where(card, np.int8(YES), person("disability_registered", period))


@worked_out(Person, "answer")
def disabled(person: Any, period: Any, parameters: Any) -> Answers:
    """Registered as disabled, or told to be so by whoever knows the person."""
    return any_of(
        person("registered_disabled", period),
        any_bit(person("disability_types", period)),
        only_yes(any_bit(person("hardship_kinds", period), bits("hardship", "7"))),
    )


@worked_out(Person, "day")
def card_holds_until(person: Any, period: Any, parameters: Any) -> Days:
    """The last day of the card: as told, or reckoned from its issue; the end of days for a card for life."""
    law = parameters(period).common
    told: Days = person("disability_card_expires", period)
    issued = person("disability_card_issued", period)
    found = told.copy()
    where = np.flatnonzero((told == UNTOLD_DAY) & (issued != UNTOLD_DAY))
    found[where] = months_after(issued[where], round(law.disability_card_years * 12), over=0)
    for_life = number(years_before(day_of_period(period), min(law.disability_card_for_life_from, 200)))
    old = (person("born_at_latest", period) <= for_life) & (found != UNTOLD_DAY)
    found[old] = LATEST_DAY
    return found


@worked_out(Person, "answer")
def card_valid(person: Any, period: Any, parameters: Any) -> Answers:
    """Through its last day; who is not registered has none."""
    holds = since(person("card_holds_until", period), number(day_of_period(period)))
    return decided_by(holds, np.minimum(person("registered_disabled", period), np.int8(0)))


@worked_out(Person, "answer")
def grown_up(person: Any, period: Any, parameters: Any) -> Answers:
    return aged(person, period, parameters(period).disability_allowance.grown_from)


@worked_out(Person, "answer")
def disability_allowance_due(person: Any, period: Any, parameters: Any) -> Answers:
    """All that the disability allowance asks."""
    return all_of(
        person("alive", period),
        person("thai", period),
        person("in_register_here", period),
        person("registered_disabled", period),
        person("card_valid", period),
    )


@worked_out(Person, "answer")
def holds_welfare_card(person: Any, period: Any, parameters: Any) -> Answers:
    found: Answers = person("state_welfare_card", period)
    return found


@worked_out(Person, NUMBER, DateUnit.MONTH)
def disability_allowance_amount(person: Any, period: Any, parameters: Any) -> Any:
    """The rate of the month; the lower one where it is not known whether the person is of age."""
    law = parameters(period).disability_allowance
    of_age = aged(person, period, law.grown_from)
    unsure = min(law.adult, law.child)
    amount = np.full(person.count, unsure, np.float32)
    amount[of_age == YES] = law.adult
    amount[of_age == NO] = law.child
    return amount


@worked_out(Person, NUMBER, DateUnit.MONTH)
def disability_supplement_amount(person: Any, period: Any, parameters: Any) -> Any:
    return np.full(person.count, parameters(period).disability_supplement.amount, np.float32)


@worked_out(Person, "answer")
def supplement_received(person: Any, period: Any, parameters: Any) -> Answers:
    """As told; else by the amount on the list of payees, where that shows the supplement."""
    law = parameters(period)
    paid = person("disability_allowance_baht", period)
    with_it = law.disability_allowance.adult + law.disability_supplement.amount
    by_amount = at_least(paid, with_it)
    if not law.disability_supplement.shown_in_payees_list:
        by_amount = only_yes(by_amount)
    return decided_by(person("disability_supplement", period), by_amount)


@worked_out(Person, "answer")
def needs_device(person: Any, period: Any, parameters: Any) -> Answers:
    return any_bit(person("devices_needed", period))


@worked_out(Person, "answer")
def has_devices(person: Any, period: Any, parameters: Any) -> Answers:
    """Whether everything needed is there; what is told to be needed is not there unless told so."""
    needed, there = person("devices_needed", period), person("devices", period)
    told = needed > 0
    all_there = (there >= 0) & ((needed & ~there) == 0)
    return split(told & all_there, told & ~all_there)
