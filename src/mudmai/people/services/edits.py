"""What staff do by hand: every edit is a record, every answer about who is who a decision."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput
from mudmai.kernel.uuid7 import uuid7
from mudmai.people.models import Batch, Decision, Household, Person, Record, Source
from mudmai.people.queries.bulk import persons_by_key
from mudmai.people.rules.catalogue import attributes_of
from mudmai.people.services.log import (
    NewDecision,
    NewRecord,
    add_decisions,
    add_records,
    close_batch,
    ensure_source,
    open_batch,
)
from mudmai.people.services.refold import refold_house_members, refold_keys
from mudmai.people.services.standing import withdraw_decision_of

if TYPE_CHECKING:
    from mudmai.accounts.models import User


class NotAHouse(BadInput):
    code = "not_a_house"


class UnknownAttribute(BadInput):
    code = "unknown_attribute"


class SamePerson(BadInput):
    code = "same_person"


class NotThisPerson(BadInput):
    code = "not_this_person"


class NotAnEdit(BadInput):
    code = "not_an_edit"


def staff_source() -> Source:
    """The source of everything that staff say by hand."""
    return ensure_source(code="staff", kind="staff", name=str(_("Correction by staff")))


def _edit(by: "User", label: str, as_of: date | None, area_code: str) -> Batch:
    return open_batch(by=by, source=staff_source(), label=label, as_of=as_of or clock.today(), area_code=area_code)


def _checked(said: dict[str, Any], applies: str) -> dict[str, Any]:
    unknown = said.keys() - attributes_of(applies)
    if unknown:
        raise UnknownAttribute(_("The registry does not know this field: %(field)s") % {"field": ", ".join(unknown)})
    return {code: value for code, value in said.items() if value not in (None, "")}


@transaction.atomic
def correct_person(
    person: Person,
    said: dict[str, Any],
    *,
    by: "User",
    cid: str | None = None,
    household_key: str | None = None,
    on: date | None = None,
    reason: str = "",
    about: str | None = None,
) -> Batch:
    """Say something about a person by hand; it outranks every list. Births, deaths and moves are said the same way.

    The correction is linked to a key, and goes where that key goes later: the person's own, or of a person who was put
    together from several, the one it is `about` (32 hex digits). Raises UnknownAttribute, NotThisPerson.
    """
    key = about or person.id.hex
    if persons_by_key([key]).get(key, key) != person.id.hex:
        raise NotThisPerson(_("This row does not belong to this person any more. Look at the page again."))
    batch = _edit(by, reason or str(_("Correction of one person")), on, person.area_code)
    new = NewRecord(
        said=_checked(said, "person"), cid=cid, household_key=household_key, area_code=person.area_code, confirmed=True
    )
    add_records(batch, [new])
    add_decisions([NewDecision("link", new.id, key, reason=reason)], by=by, batch=batch)
    close_batch(batch)
    return batch


@transaction.atomic
def move_edit(record: Record, key: str, *, by: "User") -> Decision:
    """Say that a correction by staff was about somebody else: it goes with the key (32 hex digits) from now on.

    Raises NotAnEdit, NothingToWithdraw.
    """
    if record.kind != "staff":
        raise NotAnEdit(_("Only a correction made by hand can be moved; a row of a list is parted from the person."))
    reason = str(_("The correction was about this person"))
    withdraw_decision_of(record.pk.hex, by=by, reason=reason)
    return link_record(record.pk.hex, key, by=by, reason=reason)


@transaction.atomic
def add_person(
    said: dict[str, Any],
    *,
    key: str,
    by: "User",
    area_code: str,
    cid: str | None = None,
    household_key: str | None = None,
    same: NewDecision | None = None,
) -> Batch:
    """Say by hand that somebody is there: a person of the registry from now on, under `key` (32 hex digits).

    `said` may tell of the house, too. `same` links what is said to a person already known, who is then told anew.
    Raises UnknownAttribute.
    """
    allowed = {code: said[code] for code in said.keys() & attributes_of("household")}
    words = _checked({code: said[code] for code in said.keys() - allowed.keys()}, "person") | allowed
    batch = _edit(by, str(_("Person added by staff")), None, area_code)
    new = NewRecord(
        said=words, id=key, cid=cid, household_key=household_key, area_code=area_code, confirmed=True,
        about="both" if household_key else "person",
    )  # fmt: skip
    add_records(batch, [new])
    if same is not None:
        add_decisions([same], by=by, batch=batch)
    close_batch(batch)
    return batch


@transaction.atomic
def correct_household(
    household: Household, said: dict[str, Any], *, by: "User", on: date | None = None, reason: str = ""
) -> Batch:
    """Say something about a house by hand: its pin, its number, its village. Raises UnknownAttribute."""
    batch = _edit(by, reason or str(_("Correction of one household")), on, household.area_code)
    add_records(
        batch,
        [
            NewRecord(
                said=_checked(said, "household"), household_key=household.id.hex, about="household",
                area_code=household.area_code, confirmed=True,
            )
        ],
    )  # fmt: skip
    close_batch(batch)
    return batch


@transaction.atomic
def split_household(
    household: Household, members: Iterable[Person], said: dict[str, Any], *, by: "User", new_key: str | None = None
) -> str:
    """Move some members into a household of their own, with the address `said`. Returns its key (32 hex digits).

    Raises NotAHouse when nobody, or somebody who does not live there, was chosen.
    """
    movers = list(members)
    if not movers or any(person.household_id != household.id for person in movers):
        raise NotAHouse(_("Choose at least one person who lives in this household."))
    key = new_key or uuid7().hex
    batch = _edit(by, str(_("Household split")), None, household.area_code)
    address = {"area": household.area_code, "moo": household.moo, "village_name": household.village_name} | said
    house = NewRecord(
        said=_checked(address, "household"), household_key=key, about="household",
        area_code=household.area_code, confirmed=True,
    )  # fmt: skip
    moved = [NewRecord(said={}, household_key=key, area_code=person.area_code, confirmed=True) for person in movers]
    add_records(batch, [house, *moved])
    links = [NewDecision("link", new.id, person.id.hex) for new, person in zip(moved, movers, strict=True)]
    add_decisions(links, by=by, batch=batch)
    close_batch(batch)
    return key


def move_household(household: Household, said: dict[str, Any], *, by: "User", on: date | None = None) -> Batch:
    """Move a household whole to a new address: its people, its pin and its history go with it."""
    return correct_household(household, said, by=by, on=on, reason=str(_("Household moved")))


@transaction.atomic
def merge_persons(left: Person, right: Person, *, by: "User | None", reason: str = "", **how: Any) -> Decision:
    """Say that two persons are one. No record moves; withdrawing the decision parts them again. Raises SamePerson."""
    if left.id == right.id:
        raise SamePerson(_("These are the same person already."))
    new = NewDecision("merge", left.id.hex, right.id.hex, reason=reason, **how)
    add_decisions([new], by=by)
    refold_keys([new.left, left.id.hex, right.id.hex])
    return Decision.objects.get(pk=new.id)


@transaction.atomic
def merge_households(left: Household, right: Household, *, by: "User", reason: str = "") -> Decision:
    """Say that two households are one (two spellings of one address). Raises NotAHouse."""
    if left.id == right.id:
        raise NotAHouse(_("These are the same household already."))
    new = NewDecision("merge", left.id.hex, right.id.hex, about="household", reason=reason)
    add_decisions([new], by=by)
    refold_house_members([left.id.hex, right.id.hex])
    return Decision.objects.get(pk=new.id)


@transaction.atomic
def link_record(record: str, person: str, *, by: "User | None", **how: Any) -> Decision:
    """Say that a record is the person with a key (32 hex digits); folds at once. `how`: basis, score, evidence."""
    new = NewDecision("link", record, person, **how)
    add_decisions([new], by=by)
    refold_keys([record, person])
    return Decision.objects.get(pk=new.id)


@transaction.atomic
def keep_together(left: str, right: str, *, by: "User", evidence: dict[str, Any]) -> Decision:
    """Say that two keys (32 hex digits) are one person although something speaks against it: nobody asks again."""
    new = NewDecision("merge", left, right, evidence=evidence)
    add_decisions([new], by=by)
    refold_keys([left, right])
    return Decision.objects.get(pk=new.id)


@transaction.atomic
def mark_different(
    left: str,
    right: str,
    *,
    by: "User",
    reason: str = "",
    evidence: dict[str, Any] | None = None,
    about: str = "person",
) -> Decision:
    """Say for good that two keys (32 hex digits) are not the same person or household: linkage asks no more."""
    new = NewDecision("different", left, right, about=about, reason=reason, evidence=evidence or {})
    add_decisions([new], by=by)
    return Decision.objects.get(pk=new.id)


@transaction.atomic
def unlink_record(record: Record, *, by: "User", reason: str = "") -> None:
    """Say that a row is not the person it was linked to: the link is taken back and will not be made again.

    Raises NothingToWithdraw where the row founded the person itself.
    """
    link = withdraw_decision_of(record.pk.hex, by=by, reason=reason)
    if link.right is not None:
        mark_different(record.pk.hex, link.right.hex, by=by, reason=reason)
