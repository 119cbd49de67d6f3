"""Who in the invented town is entitled to what, and gets it: the truth that tests hold the findings against."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from mudmai.site.demo.town import Town
from mudmai.site.demo.town.living import DEPENDENT_UP_TO, DIAPERS_UP_TO, GRANT_AGE, LOW_INCOME
from mudmai.site.demo.town.persons import Person
from mudmai.site.demo.truth import Truth

OLD_AGE = 60
PAYEES = "3_"  # how the name of the list of the old-age allowance begins


class Entitled(NamedTuple):
    """One person who is entitled to one programme, and whether it reaches him or her."""

    person: int
    programme: str  # a code of rights/rules/programmes.yaml
    receives: bool


def entitled(town: Town, truth: Truth, day: date) -> Iterator[Entitled]:
    """Everybody who is entitled on a day by the law as it stands, read off the town itself and not off its lists."""
    paid = {row.person for row in truth.rows if row.file.startswith(PAYEES)}
    for person in town.people:
        if not person.is_here(day) or person.status != "citizen":
            continue
        if person.register == "here" and person.age_on(day) >= OLD_AGE:
            yield Entitled(person.number, "old_age_allowance", person.number in paid)
        card = person.disability
        if card and person.register == "here" and card.issued_on <= day <= card.expires_on:
            yield Entitled(person.number, "disability_allowance", card.allowance)
        if person.lives_here:
            yield from _where_they_live(person, day)


def _where_they_live(person: Person, day: date) -> Iterator[Entitled]:
    if person.age_on(day) < GRANT_AGE and 0 < person.house_on(day).income <= LOW_INCOME:
        yield Entitled(person.number, "child_grant", person.child_grant)
    if person.care and person.care.adl <= DIAPERS_UP_TO:
        yield Entitled(person.number, "adult_diapers", person.care.diapers)
    if person.care and person.care.adl <= DEPENDENT_UP_TO:
        yield Entitled(person.number, "long_term_care", person.care.plan_on is not None)


def write_entitled(found: list[Entitled], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Entitled._fields)
        writer.writerows([each.person, each.programme, int(each.receives)] for each in found)
