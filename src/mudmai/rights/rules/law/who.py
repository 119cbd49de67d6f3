"""Conditions on who somebody is: alive, of an age, Thai, on the register, of little income."""

from datetime import date
from typing import Any

import numpy as np

from mudmai.kernel.logic import YES, Answers, any_of, negated
from mudmai.people.rules.catalogue import catalogue
from mudmai.rights.rules.law.entities import Household, Person
from mudmai.rights.rules.law.reckoning import Days, at_most, decided_by, is_code, no_later, number, years_before
from mudmai.rights.rules.law.variables import NUMBER, worked_out


def place(name: str, code: str) -> int:
    """The place of a code in its list, as columns count it."""
    return list(catalogue().lists[name]).index(code)


def bits(name: str, *codes: str) -> int:
    """The bits of some codes of a list."""
    return sum(1 << place(name, code) for code in codes)


def day_of_period(period: Any) -> date:
    """The day for which a condition is asked, or the first of an amount's month."""
    found: date = period.start.date
    return found


@worked_out(Person, "last_day")
def born_at_latest(person: Any, period: Any, parameters: Any) -> Days:
    """The last day on which the person can have been born; the first one where an unknown day counts as that."""
    counts_as_first = parameters(period).common.unknown_birth_day_is_first
    last: Days = person("born_last", period)
    if not counts_as_first:
        return last
    first: Days = person("born_first", period)
    return np.where(first == np.iinfo(np.int32).min, last, first)


def aged(person: Any, period: Any, years: float, on: date | None = None) -> Answers:
    """Whether each has reached an age on the day of the period, or on another one."""
    limit = number(years_before(on or day_of_period(period), years))
    return no_later(person("born_first", period), person("born_at_latest", period.first_day), limit)


@worked_out(Person, "answer")
def alive(person: Any, period: Any, parameters: Any) -> Answers:
    found: Answers = person("is_alive", period)
    return found


@worked_out(Person, "answer")
def has_died(person: Any, period: Any, parameters: Any) -> Answers:
    return negated(person("is_alive", period))


@worked_out(Person, "answer")
def thai(person: Any, period: Any, parameters: Any) -> Answers:
    """As told; of whom nothing is told, whoever is in the civil register counts as Thai where a row says so."""
    told: Answers = person("nationality", period)
    if not parameters(period).common.register_means_thai:
        return told
    return decided_by(told, np.maximum(person("in_civil_register", period), np.int8(0)))


@worked_out(Person, "answer")
def in_register_here(person: Any, period: Any, parameters: Any) -> Answers:
    found: Answers = person("registered_here", period)
    return found


@worked_out(Person, "answer")
def at_home_here(person: Any, period: Any, parameters: Any) -> Answers:
    found: Answers = person("lives_here", period)
    return found


@worked_out(Person, "answer")
def no_state_pension(person: Any, period: Any, parameters: Any) -> Answers:
    """As told; of whom nothing is told, as the row says."""
    told = negated(person("state_pension", period))
    if not parameters(period).old_age_allowance.untold_pension_counts_as_none:
        return told
    return decided_by(told, np.int8(YES))


def per_house(household: Any, members: Any) -> Any:
    """The sum over the members of each household; also of those in which nobody lives, the last ones too."""
    return np.bincount(household.members_entity_id, members, minlength=household.count).astype(np.float32)


@worked_out(Household, NUMBER)
def income_per_head(household: Any, period: Any, parameters: Any) -> Any:
    """Baht a head and year: as told, else what the whole house has by the number of its members."""
    told = household("income_per_head_year", period)
    members = household("member_count_told", period)
    living = per_house(household, household.members("counts_as_member", period))
    members = np.where(np.isnan(members) | (members < 1), np.where(living > 0, living, np.nan), members)
    a_year = household("household_income_year", period)
    a_year = np.where(np.isnan(a_year), household("household_income", period) * 12, a_year)
    return np.where(np.isnan(told), a_year / members, told)


def income_within(person: Any, period: Any, limit: float) -> Answers:
    """Whether the income a head of the house where each lives stays within a limit."""
    return at_most(person.household("income_per_head", period), limit)


@worked_out(Person, "answer")
def poor(person: Any, period: Any, parameters: Any) -> Answers:
    """Holds a welfare card, or is on the TPMAP list of the poor, or lives on a low income."""
    return any_of(
        person("state_welfare_card", period),
        person("tpmap_poor", period),
        income_within(person, period, parameters(period).common.poor_income_limit),
    )


@worked_out(Person, "answer")
def head_of_family(person: Any, period: Any, parameters: Any) -> Answers:
    """Help for a family is asked for by one person of it."""
    return is_code(person("relation_to_head", period), place("relation", "head"))
