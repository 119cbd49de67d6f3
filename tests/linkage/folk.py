"""Invented people for the tests of linkage: a registry told by rows, and lists about it."""

from datetime import date
from typing import Any

from tests.people.town import VILLAGE, row, tell

from mudmai.kernel.ids import check_digit
from mudmai.kernel.uuid7 import uuid7
from mudmai.linkage.models import Question
from mudmai.linkage.services import Candidate, HousePair, Match, Subject, ask, ask_about_houses, link
from mudmai.people.models import Batch
from mudmai.people.rules.addressing import household_key


def cid(number: int) -> str:
    """A valid 13-digit id, different for every number."""
    first = f"3520{number:08d}"
    return first + check_digit(first)


def somebody(given: str = "มาลี", family: str = "ใจดี", *, house: str | None = "12/3", **told: Any) -> Subject:
    """A row of a new list."""
    area = told.pop("area", VILLAGE)
    key = household_key(area=area, house_no_key=house) if house else None
    return Subject(
        key=uuid7().hex, given=given, family=family, area=area, house_no=house or "", household_key=key, **told
    )


def known(given: str = "มาลี", family: str = "ใจดี", **told: Any) -> str:
    """A person in the registry; returns the id."""
    new = row(given, family, **told)
    tell(new)
    return new.id


def link_one(**told: Any) -> Match:
    return link([somebody(**told)])[0]


def why(match: Match) -> str:
    """The code of the reason of a link, or of the first question."""
    evidence = match.others[0].evidence if match.others else match.evidence
    return str(evidence["why"]["level"])


def bring(*subjects: Subject) -> Batch:
    """Link a list, commit it as import does, and ask what is unsure."""
    matches = link(subjects)
    rows = [
        row(
            each.given,
            each.family,
            id=each.key,
            house=each.house_no or None,
            area=each.area,
            birth_date=each.birth_date,
        )
        for each in subjects
    ]
    linked = {match.key: match.person for match in matches if match.person}
    batch = tell(*rows, kind="volunteer_survey", links=linked)
    ask(batch.pk, matches)
    return batch


def unsure(*persons: str, score: float = 0.7, reason: str = "unsure", levels: Any = None, **told: Any) -> Batch:
    """A list of one row of which somebody must say whether it is one of these persons."""
    new = row(**told)
    batch = tell(new, kind="volunteer_survey")
    found = {name: {"level": level, "weight": 5.0} for name, level in (levels or {"given": "exact"}).items()}
    others = tuple(Candidate(person, score, {"why": {"level": reason}} | found) for person in persons)
    ask(batch.pk, [Match(new.id, "review", None, 0.0, "model", {}, others)])
    return batch


def same_house(later: str, earlier: str, **told: Any) -> Question:
    """A question whether the house of a survey is a house known before, each with one who lives there."""
    old = row("คำปัน", house=earlier, relation="head")
    tell(old)
    new = row("มาลี", house=later, **told)
    batch = tell(new, kind="volunteer_survey", as_of=date(2026, 10, 20))
    evidence = {
        "why": {"level": "unsure"},
        "house": {"level": "number", "weight": 4.0, "left": later, "right": earlier},
    }
    pair = HousePair(str(new.household_key), str(old.household_key), 0.6, evidence, VILLAGE)
    ask_about_houses(batch.pk, [pair])
    return Question.objects.get(left=pair.left)
