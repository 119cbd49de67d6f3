"""A village for the tests of entitlements: who is paid, who is missed, who is paid without being entitled."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tests.people.town import row, tell

from mudmai.people.models import Person
from mudmai.rights import services
from mudmai.rights.models import Standing

AREA = "520306"
# Whoever is Thai and gets no pension of the state meets what cannot be seen from a birth date.
THAI: dict[str, Any] = {"nationality": "ไทย", "state_pension": False}
MALI, PAN, KAEO, DENG, NOI = (str(digit) * 32 for digit in range(1, 6))


def told(**more: Any) -> None:
    """Mali (76) is on the payees' list, Pan (70) is not, Deng died and is still paid, Kaeo is young.

    The list of payees is complete.
    """
    register = [
        row("มาลี", "ใจดี", id=MALI, title="นาง", sex="f", birth_date="1950-03-15", **THAI),
        row("ปั่น", "ใจดี", id=PAN, title="นาย", sex="m", birth_date="1956-01-10", **THAI),
        row("แก้ว", "คำมา", id=KAEO, title="นาย", sex="m", birth_date="1990-05-05", house="40", **THAI),
        row("แดง", "คำมา", id=DENG, title="นาย", sex="m", birth_date="1948-05-05", house="40", **THAI),
    ]
    tell(*register, as_of=date(2026, 9, 1))
    paid([MALI, DENG], date(2026, 10, 10))
    dies(DENG, date(2026, 8, 1))


NAMES = {
    MALI: ("มาลี", "ใจดี", "12/3"),
    PAN: ("ปั่น", "ใจดี", "12/3"),
    KAEO: ("แก้ว", "คำมา", "40"),
    DENG: ("แดง", "คำมา", "40"),
}


def paid(
    persons: list[str],
    on: date,
    *,
    gone: Sequence[str] = (),
    kind: str = "old_age_payees",
    fact: str = "old_age_allowance",
) -> Any:
    """A complete list of payees of that day; of whoever is gone since the list before, the import says so."""
    rows, links = [], {}
    for number, key in enumerate(gone):
        given, family, house = NAMES[key]
        entry = f"{on:%Y%m%d}{number:02d}{key[0]}".ljust(32, "b")
        rows.append(replace(row(given, family, house=house, id=entry, on=on, **{fact: False}), row_ref=""))
        links[entry] = key
    for number, key in enumerate(persons):
        given, family, house = NAMES[key]
        entry = f"{on:%Y%m%d}{number:02d}{key[0]}".ljust(32, "a")
        rows.append(row(given, family, house=house, id=entry, on=on, **{fact: True, f"{fact}_baht": 700}))
        links[entry] = key
    return tell(*rows, kind=kind, as_of=on, links=links, complete=True, area=AREA)


def dies(key: str, on: date) -> None:
    learn(key, kind="home_visit", death_date=on.isoformat())


def learn(key: str, *, kind: str = "home_visit", on: date = date(2026, 10, 20), **said: Any) -> str:
    """Somebody tells something more of one person; returns the key of the record."""
    from mudmai.kernel.uuid7 import uuid7

    given, family, house = NAMES[key]
    entry = uuid7().hex
    tell(row(given, family, house=house, id=entry, on=on, **said), kind=kind, as_of=on, links={entry: key})
    return entry


def evaluated() -> None:
    services.evaluate_all()


def findings(programme: str = "old_age_allowance") -> dict[str, str]:
    """{given name: finding} of one programme."""
    names = {person.pk: person.given_name for person in Person.objects.all()}
    rows = Standing.objects.filter(programme=programme)
    return {names[each.person_id]: each.finding for each in rows}


def state() -> dict[str, Any]:
    """Everything that is stored, for comparing two ways to it."""
    from mudmai.rights.models import Notice, RightsTally, Watched

    return {
        "standings": sorted(
            Standing.objects.values_list("id", "sort_key", "finding", "amount", "why", "lacks", "area_code")
        ),
        "watched": sorted(map(str, Watched.objects.values_list("person_id", "area_code", "next_on"))),
        "notices": sorted(map(str, Notice.objects.values_list("person_id", "programme", "kind", "on", "area_code"))),
        "tallies": sorted(
            map(
                str, RightsTally.objects.filter(n__gt=0).values_list("area_code", "programme", "finding", "n", "amount")
            )
        ),
    }
