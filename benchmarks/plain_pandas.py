"""Three programmes as a clerk with pandas would work them out: the peer of the rules of law in `assess`.

Two columns of booleans stand for three answers, yes and no; neither is not known.
"""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from mudmai.people.queries import Frame

PROGRAMMES = ("old_age_allowance", "disability_allowance", "child_grant")
GUARDIAN_FROM = 15
YesNo = tuple[pd.Series, pd.Series]


def table(frame: "Frame") -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same columns as data frames, of persons and of houses: what the peer begins with."""
    told = frame.persons.told
    days = {
        name: pd.Series(np.where(column == np.iinfo(np.int32).min, np.nan, column))
        for name, column in {
            "born": frame.born_first,
            "born_last": frame.born_last,
            "death_date": told["death_date"],
            "expires": told["disability_card_expires"],
            "issued": told["disability_card_issued"],
        }.items()
    }
    answers = ("nationality", "in_civil_register", "state_pension", "disability_registered")
    persons = pd.DataFrame(
        {
            **days,
            **{name: pd.Series(told[name]) for name in answers},
            "card_no": told["disability_card_no"] > 0,
            "status": frame.status,
            "registered": frame.registered_area != "",
            "house": frame.house,
            "member": frame.living,
            "residence": told["residence_type"],
        }
    )
    columns = ("income_per_head_year", "household_income_year", "household_income", "member_count_told")
    houses = pd.DataFrame({name: frame.houses.told[name] for name in columns})
    return persons, houses


def entitled(persons: pd.DataFrame, houses: pd.DataFrame, on: date) -> dict[str, YesNo]:
    """Who is entitled to each of the programmes."""
    alive = (
        persons.status.isin([0, 2]) & persons.death_date.isna(),
        (persons.status == 1) | persons.death_date.notna(),
    )
    thai_yes = (persons.nationality == 1) | ((persons.nationality == 0) & (persons.in_civil_register == 1))
    thai = (thai_yes, persons.nationality == -1)
    away = persons.in_civil_register == -1
    registered_yes = (persons.registered | persons.residence.isin([0, 1])) & ~away
    registered = (registered_yes, away | (~persons.registered & persons.residence.isin([2, 3, 4])))
    old_enough = born_by(persons, day(on.replace(year=on.year - 60)))
    begun = born_by(persons, day(on.replace(day=1, year=on.year - 60)))
    no_pension = (persons.state_pension <= 0, persons.state_pension == 1)
    card = persons.card_no | persons.issued.notna() | persons.expires.notna()
    disabled = (card | (persons.disability_registered == 1), ~card & (persons.disability_registered == -1))
    valid_yes, valid_no = persons.expires >= day(on), persons.expires < day(on)
    valid = (valid_yes, valid_no | (~valid_yes & ~valid_no & disabled[1]))
    return {
        "old_age_allowance": both(alive, thai, registered, old_enough, begun, no_pension),
        "disability_allowance": both(alive, thai, registered, disabled, valid),
        "child_grant": both(alive, thai, *child(persons, houses, on)),
    }


def child(persons: pd.DataFrame, houses: pd.DataFrame, on: date) -> tuple[YesNo, YesNo, YesNo]:
    """Young enough, of a house of low income, with somebody grown-up."""
    first = day(date(on.year - 6 + (on.month == 12), on.month % 12 + 1, 1))
    young = (persons.born >= first, persons.born_last < first)
    living = persons[persons.member].groupby("house").size().reindex(houses.index, fill_value=0)
    members = houses.member_count_told.where(houses.member_count_told > 0, living.where(living > 0))
    a_year = houses.household_income_year.fillna(houses.household_income * 12)
    a_head = houses.income_per_head_year.fillna(a_year / members)
    income = persons.house.map(a_head)
    grown = persons[persons.member & (persons.born_last <= day(on.replace(year=on.year - GUARDIAN_FROM)))]
    guarded = persons.house.isin(grown.house)
    nobody = pd.Series(False, index=persons.index)
    return young, (income <= 100_000, income > 100_000), (guarded & (persons.house >= 0), nobody)


def both(*conditions: YesNo) -> YesNo:
    """Yes where all are, no where one is not."""
    yes, no = conditions[0]
    for also, never in conditions[1:]:
        yes, no = yes & also, no | never
    return yes, no


def born_by(persons: pd.DataFrame, limit: int) -> YesNo:
    return persons.born_last <= limit, persons.born > limit


def day(on: date) -> int:
    return on.toordinal() - date(1970, 1, 1).toordinal()
