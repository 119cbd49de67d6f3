"""What the rules are told: facts of the catalogue under their own codes, and a few readings of the registry's ties."""

from mudmai.people.rules.catalogue import catalogue
from mudmai.rights.rules.law.entities import Household, Person
from mudmai.rights.rules.law.variables import NUMBER, told

OF_PERSON = (
    "nationality", "relation_to_head", "presence", "residence_type", "in_civil_register", "death_date",
    "old_age_allowance", "old_age_allowance_baht", "old_age_registered", "old_age_registered_on", "state_pension",
    "disability_registered", "disability_types", "disability_card_no", "disability_card_issued",
    "disability_card_expires", "disability_allowance", "disability_allowance_baht", "disability_supplement",
    "state_welfare_card", "tpmap_poor", "income_baht_per_year", "savings_baht", "assets_over_limit",
    "child_grant", "child_grant_baht", "aids_diagnosed", "aids_allowance", "funeral_claimed",
    "lives_here_since", "home_repaired", "adl_score", "adl_group", "incontinent", "health_scheme",
    "receives_diapers", "ltc_registered", "care_plan_on", "devices", "devices_needed",
    "hardship_kinds", "needs", "hardship_help", "hardship_help_on", "hardship_help_times",
)  # fmt: skip
OF_HOUSE = (
    "income_per_head_year", "household_income_year", "household_income", "member_count_told", "house_state",
    "home_repaired_on", "damage_on", "damage_level", "family_trouble", "family_help_on", "family_help_times",
)  # fmt: skip

_KINDS = {
    "yes_no": "answer", "code": "code", "codes": "codes", "date": "day",
    "number": NUMBER, "baht": NUMBER, "whole": NUMBER,
}  # fmt: skip
# How a code of the catalogue comes in as a column; texts only as whether something was told. The nationality is told
# as an answer: whether it is Thai.
KIND_OF = {code: _KINDS.get(catalogue().attributes[code].kind, "mark") for code in (*OF_PERSON, *OF_HOUSE)}

# Read from the registry's ties rather than from one fact.
BORN_FIRST, BORN_LAST = "born_first", "born_last"
READINGS = {
    BORN_FIRST: "day",  # first and last day that the birth date allows
    BORN_LAST: "last_day",
    "is_alive": "answer",
    "registered_here": "answer",
    "lives_here": "answer",
    "counts_as_member": "mark",  # 1: lives in the household as far as anybody told
}
# What a reading rests on, for explanations.
READ_FROM = {
    BORN_FIRST: "birth_date",
    BORN_LAST: "birth_date",
    "is_alive": "death_date",
    "registered_here": "registered_at",
    "lives_here": "lives_at",
    "counts_as_member": "lives_at",
}

for _code in OF_PERSON:
    told(_code, Person, KIND_OF[_code])
for _code in OF_HOUSE:
    told(_code, Household, KIND_OF[_code])
for _name, _kind in READINGS.items():
    told(_name, Person, _kind)
