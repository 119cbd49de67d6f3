"""Conditions written as data: what must be so of a person or a household, asked of everybody at once.

    { fact = "drinking_water" }                                   told yes
    { fact = "housing_tenure", in = ["own", "rent"] }             one of these codes (of several: any of them)
    { fact = "income_per_head_year", min = "$income_line" }       a number: min, max, below, above; $ names a dated one
    { per_head = "household_income", times = 12, min = 38000 }    of the house, divided by those who live there
    { age_from = 60 }  { age_to = 14 }  { months_to = 11 }        whole years and months, both ends included
    { sex = "f" }
    { all = […] }  { any = […] }  { none = […] }  { not = {…} }  { first = […] }      what the first says that can tell
    { some_member = {…} }  { every_member = {…} }  { members = {…}, at_least = 2 }      of a household
    { house = {…} }                                               of a person: of the house where they live

What was not told is not known, and no condition turns that into yes or no by itself.
"""

from mudmai.needs.rules.conditions.model import Condition, Sight
from mudmai.needs.rules.conditions.reading import Known, known_facts, read

__all__ = ["Condition", "Known", "Sight", "known_facts", "read"]
