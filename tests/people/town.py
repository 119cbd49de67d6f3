"""A few invented people told by lists, for the tests of the registry."""

from datetime import date
from typing import Any

from mudmai.people import services
from mudmai.people.models import Batch, Household, Person
from mudmai.people.rules.addressing import household_key
from mudmai.people.services import NewDecision, NewRecord

VILLAGE = "52030601"


def row(
    given: str = "มาลี",
    family: str = "ใจดี",
    *,
    house: str | None = "12/3",
    cid: str | None = None,
    area: str = VILLAGE,
    id: str | None = None,
    about: str = "person",
    on: date | None = None,
    **said: Any,
) -> NewRecord:
    """One row of a list: a person at a house of the village."""
    words: dict[str, Any] = {"given_name": given, "family_name": family} if about != "household" else {}
    key = None
    if house is not None:
        key = household_key(area=area, house_no_key=house)
        words |= {"house_no": house, "area": area, "moo": int(area[6:8])}
    extra = {"id": id} if id else {}
    return NewRecord(
        said=words | said,
        cid=cid,
        household_key=key,
        area_code=area,
        row_ref="1!1",
        about=about,
        observed_on=on,
        **extra,
    )


def tell(
    *rows: NewRecord,
    kind: str = "civil_register",
    as_of: date = date(2026, 10, 1),
    links: dict[str, str] | None = None,
    complete: bool = False,
    area: str = "520306",
) -> Batch:
    """Bring rows in as one batch; `links` {row id: key} says who they are."""
    source = services.ensure_source(code=f"test-{kind}", kind=kind, name=kind)
    batch = services.open_batch(by=None, source=source, label=kind, as_of=as_of, area_code=area, complete=complete)
    services.add_records(batch, rows)
    services.add_decisions(
        [NewDecision("link", left, right, basis="cid", score=1.0) for left, right in (links or {}).items()], batch=batch
    )
    services.close_batch(batch)
    return batch


def person(key: str) -> Person:
    return Person.objects.get(pk=key)


def state() -> dict[str, Any]:
    """Everything that is derived, for comparing before and after."""
    from mudmai.people.models import Fact, Tally

    return {
        "persons": {
            p.pk.hex: (p.known, p.full_name, p.area_code, p.status, p.household_id) for p in Person.objects.all()
        },
        "households": {
            h.pk.hex: (h.known, h.member_count, h.head_name, h.area_code, h.pin_cell) for h in Household.objects.all()
        },
        "facts": sorted(Fact.objects.values_list("subject", "code", "value", "area_code", "sort_key")),
        "tallies": sorted(Tally.objects.filter(n__gt=0).values_list("area_code", "level", "measure", "key", "n")),
    }
