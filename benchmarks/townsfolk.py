"""A registry of many people of whom much is told: what rules and indicators are worked out from.

The same people as benchmarks.population, with what a yearly survey and the lists of payees say of them.
"""

import random
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from benchmarks import figures
from benchmarks.population import Someone, people

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mudmai.people.services import NewRecord

AREA = "50"
PART = 4000
INDICATORS_OF_HOUSES = [f"{n:02d}" for n in (4, 5, 8, 9, 10, 11, 12, 13, 14, 22, 23, 30, 31)]
INDICATORS_OF_PERSONS = [f"{n:02d}" for n in range(1, 30) if f"{n:02d}" not in INDICATORS_OF_HOUSES]
ELDERLY_BORN_BY = "1966"


def main() -> None:
    count = int(sys.argv[1])
    figures.start()
    from mudmai.people.services import stirred

    stirred.receivers = []  # what follows for needs and rights is measured by itself
    begun = time.monotonic()
    fill(count)
    figures.tell("rich registry filled beforehand", round(time.monotonic() - begun, 1), "s")
    from django.conf import settings

    (settings.HOME / "townsfolk").write_text(str(count))


def fill(count: int) -> None:
    """The register of everybody, a survey of every house, and the complete lists of who is paid."""
    bring("civil_register", date(2026, 1, 1), register(count), complete=True)
    bring("volunteer_survey", date(2026, 6, 1), survey(count))
    lists()


def lists() -> None:
    """Nine in ten of the elderly, the disabled and the small children, and one elderly in fifty with a pension."""
    from mudmai.people.models import Fact, Person

    elderly = keys(Person.objects.filter(birth_date__gt="0", birth_date__lte=ELDERLY_BORN_BY).values_list("pk"))
    children = keys(Person.objects.filter(birth_date__gte="2020").values_list("pk"))
    disabled = keys(Fact.objects.filter(code="disability_registered", value="1").values_list("subject"))
    for kind, fact, told, share in (
        ("old_age_payees", "old_age_allowance", elderly, 0.9),
        ("disability_payees", "disability_allowance", disabled, 0.9),
        ("child_grant_payees", "child_grant", children, 0.6),
        ("pension_list", "state_pension", elderly, 0.02),
    ):
        bring(kind, date(2026, 10, 1), named(told, fact, share), complete=True)


def keys(rows: "QuerySet[Any, Any]") -> list[str]:
    return [row[0].hex for row in rows]


def bring(kind: str, as_of: date, told: "Iterator[tuple[NewRecord, str]]", *, complete: bool = False) -> None:
    """One list; each row with the key of the person it is about, "" for whoever is new."""
    from mudmai.people import services

    source = services.ensure_source(code=kind, kind=kind, name=kind)
    batch = services.open_batch(by=None, source=source, label=kind, as_of=as_of, area_code=AREA, complete=complete)
    while part := list(islice(told, PART)):
        services.add_records(batch, [new for new, _ in part])
        links = [services.NewDecision("link", new.id, key, basis="cid") for new, key in part if key]
        services.add_decisions(links, batch=batch)
    services.close_batch(batch)


def register(count: int) -> "Iterator[tuple[NewRecord, str]]":
    """Everybody, with what is told of persons."""
    from benchmarks.prepare import record_of

    chance = random.Random(7)
    for person in people(count):
        new = record_of(person)
        if person.number % 15 == 14:
            month, day = person.birth_date[5:7], person.birth_date[8:]
            new.said["birth_date"] = f"{2020 + person.number % 6}-{month}-{day}"
        elif person.number % 50 == 7:
            new.said["birth_date"] = person.birth_date[:4]
        new.said |= told_of(person, int(new.said["birth_date"][:4]), chance)
        yield new, ""


def told_of(person: Someone, born: int, chance: random.Random) -> dict[str, Any]:
    """What the survey tells of a person."""
    said: dict[str, Any] = {
        "relation_to_head": ("head", "spouse", "child")[person.number % 3],
        "marital": chance.choice("123"),
        "health_scheme": chance.choice(["universal", "universal", "social_security", "civil_servant"]),
        "chronic_ill": chance.random() < 0.2,
    }
    if chance.random() < 0.04:
        said |= {"disability_registered": True, "disability_types": [chance.choice("1234567")]}
        said["disability_card_expires"] = f"{chance.randrange(2024, 2034)}-06-30"
    if born <= int(ELDERLY_BORN_BY) and chance.random() < 0.5:
        score = chance.choice([3, 8, 15, 20, 20, 20])
        said |= {"adl_score": score, "depression_2q": chance.choice(["normal", "ask_9q"])}
        said["adl_group"] = "bedridden" if score < 5 else "homebound" if score < 12 else "active"
    if person.sex == "f" and 1980 < born < 2008 and chance.random() < 0.1:
        said["pregnant"] = chance.random() < 0.3
    for number in INDICATORS_OF_PERSONS:
        if chance.random() < 0.25:
            said[f"jpt31_{number}"] = "pass" if chance.random() < 0.9 else "fail"
    return said


def survey(count: int) -> "Iterator[tuple[NewRecord, str]]":
    """Four houses in five, with what is told of houses."""
    from benchmarks.prepare import record_of
    from mudmai.people.services import NewRecord

    chance = random.Random(8)
    for person in people(count):
        if person.number % 3 or chance.random() < 0.2:
            continue
        income = chance.randrange(8_000, 180_000)
        said = {
            "household_income_year": income * 3, "income_per_head_year": income,
            "household_debt_baht": chance.choice([0, 0, 20_000, 200_000]), "household_saves": chance.random() < 0.5,
            "drinking_water": chance.random() < 0.95, "use_water": chance.random() < 0.95,
            "electricity": chance.random() < 0.99, "internet": chance.random() < 0.8,
            "toilet": chance.choice(["seat", "squat", "squat", "shared"]),
            "housing_tenure": chance.choice(["own", "own", "rent", "with_others"]),
            "house_state": chance.choice(["sound", "sound", "sound", "worn", "unsafe"]),
        }  # fmt: skip
        said |= {f"jpt31_{n}": "pass" if chance.random() < 0.93 else "fail" for n in INDICATORS_OF_HOUSES}
        key = record_of(person).household_key
        yield NewRecord(said=said, household_key=key, area_code=person.area, about="household", row_ref="1!2"), ""


def named(keys: list[str], fact: str, share: float) -> "Iterator[tuple[NewRecord, str]]":
    """A list that names so many of these people."""
    from mudmai.people.services import NewRecord

    chance = random.Random(fact)
    for number, key in enumerate(keys):
        if chance.random() < share:
            yield NewRecord(said={fact: True}, row_ref=f"1!{number}"), key


if __name__ == "__main__":
    main()
