"""Freezing a list: from now on the meeting talks about these names, whatever the registry learns meanwhile."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.access.rules import SENSITIVE
from mudmai.assembly.models import Assembly
from mudmai.assembly.services.stepping import RUN, write
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput
from mudmai.kernel.uuid7 import uuid7
from mudmai.people import queries as people
from mudmai.people.rules.catalogue import catalogue

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Person

AT_ONCE = 500


class NothingToFreeze(BadInput):
    """The list would be empty."""

    code = "nothing_to_freeze"


class NoSuchVillage(BadInput):
    """An assembly is of one village."""

    code = "no_such_village"


@transaction.atomic
def freeze(
    *, by: "User", area_code: str, title: str, held_on: date, facts: Iterable[str], place: str = "", purpose: str = ""
) -> Assembly:
    """Freeze who of a village (8 digits) has one of these facts (`people.FACT_FILTERS`) into a list to be discussed.

    The reasons stand on the list only where the class of the fact is not sensitive: it will be read out and posted.
    Raises NotAllowed, NoSuchVillage, NothingToFreeze.
    """
    access.require(by, RUN, area_code)
    if len(area_code) != 8:
        raise NoSuchVillage(_("Choose one village: its assembly decides about its own list."))
    chosen = [fact for fact in people.FACT_FILTERS if fact in set(facts)]
    rows = _rows(by, area_code, chosen)
    if not rows:
        raise NothingToFreeze(_("Nobody in this village is on the lists you chose. Choose other lists."))
    key = uuid7()
    assembly = Assembly(
        id=key, area_code=area_code, title=title.strip()[:200], held_on=held_on, head=key.hex, made_by=by,
        token=secrets.token_urlsafe(16), made_at=clock.now(),
    )  # fmt: skip
    assembly.save()
    audit.record(
        by, "assembly.list.frozen", "assembly", key, area_code=area_code, purpose=purpose, rows=len(rows),
        facts=chosen,
    )  # fmt: skip
    body = {"title": assembly.title, "held_on": held_on.isoformat(), "place": place.strip()[:200], "rows": rows}
    write(assembly, "frozen", body | {"facts": chosen}, by=by)
    return assembly


def _rows(by: "User", area_code: str, facts: list[str]) -> list[dict[str, Any]]:
    """One row for each person, by house and name, with the reasons that may be read out."""
    attributes = catalogue().attributes
    found: dict[str, tuple[Person, list[str]]] = {}
    for fact in facts:
        may_be_read_out = str(attributes[people.FACT_FILTERS[fact][0]].data_class) not in SENSITIVE
        for person in _everybody(by, people.PersonFilter(area=area_code, fact=fact)):
            reasons = found.setdefault(person.pk.hex, (person, []))[1]
            if may_be_read_out:
                reasons.append(fact)
    ordered = sorted(found.values(), key=lambda each: _place(each[0]))
    return [
        {
            "no": no,
            "person": person.pk.hex,
            "household": person.household_id.hex if person.household_id else "",
            "name": person.full_name,
            "house": person.household.house_no if person.household else "",
            "reasons": reasons,
        }
        for no, (person, reasons) in enumerate(ordered, 1)
    ]


def _place(person: "Person") -> tuple[str, str, str]:
    return (person.household.sort_key if person.household else "~", person.sort_key, person.pk.hex)


def _everybody(by: "User", keep: people.PersonFilter) -> Iterable["Person"]:
    after = ""
    while True:
        page = people.persons_page(by, keep, after=after, size=AT_ONCE)
        yield from page.rows
        after = page.after
        if not after:
            return
