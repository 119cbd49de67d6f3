"""Certifying: once everybody has signed, the registry is told that the village stands behind these names."""

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.assembly.models import Assembly
from mudmai.assembly.rules.minutes import Minutes, Row
from mudmai.assembly.services.stepping import RUN, write
from mudmai.kernel import addresses, names
from mudmai.kernel.dates import format_thai_date
from mudmai.linkage import services as linkage
from mudmai.linkage.services import Match, Subject
from mudmai.people import services as registry
from mudmai.people.rules.addressing import household_key
from mudmai.people.services import NewDecision, NewRecord
from mudmai.places import queries as places

if TYPE_CHECKING:
    from mudmai.accounts.models import User

KIND = "assembly"
CONFIRMED = "assembly_confirmed_on"


@transaction.atomic
def certify(assembly: Assembly, *, by: "User") -> Minutes:
    """Certify a signed list and tell the registry who was confirmed. Raises NotAllowed, StepRefused.

    Each name becomes a record of its person; a name that was added at the meeting and that nobody knew is compared
    with everybody first. Withdrawing the batch takes it all back.
    """
    access.require(by, RUN, assembly.area_code)
    minutes = write(assembly, "certified", {}, by=by)
    village = places.name_of(assembly.area_code)
    label = _("Assembly of %(village)s on %(day)s: %(title)s") % {
        "village": village, "day": format_thai_date(assembly.held_on, "long"), "title": assembly.title,
    }  # fmt: skip
    source = registry.ensure_source(
        code=f"assembly-{assembly.area_code}", kind=KIND, name=_("Assembly of %(village)s") % {"village": village}
    )
    batch = registry.open_batch(
        by=by, source=source, label=label, as_of=assembly.held_on, area_code=assembly.area_code,
        fingerprint=assembly.head, rows=len(minutes.standing),
    )  # fmt: skip
    known = [row for row in minutes.standing if row.person]
    unknown = [row for row in minutes.standing if not row.person]
    matches = linkage.match_household([_subject(assembly, row) for row in unknown])
    registry.add_records(batch, [_record(assembly, row, assembly.held_on) for row in minutes.standing])
    links = [
        NewDecision(
            "link", _key(assembly, row), row.person, basis="staff", reason=label, id=_key(assembly, row, "link")
        )
        for row in known
    ]
    links += [
        NewDecision(
            "link", match.key, match.person, basis=match.basis, score=match.score, evidence=match.evidence,
            id=uuid.uuid5(assembly.pk, f"link-{match.key}").hex,
        )
        for match in matches
        if match.person
    ]  # fmt: skip
    registry.add_decisions(links, by=by, batch=batch)
    registry.close_batch(batch)
    _ask(batch.pk, matches)
    assembly.batch = batch
    assembly.save(update_fields=["batch"])
    return minutes


def _ask(batch: uuid.UUID, matches: list[Match]) -> None:
    questions = [match for match in matches if match.others]
    if questions:
        linkage.ask(batch, questions)


def _key(assembly: Assembly, row: Row, what: str = "row") -> str:
    """Follows from the assembly and the number, so that certifying twice tells nothing twice."""
    return uuid.uuid5(assembly.pk, f"{what}-{row.no}").hex


def _record(assembly: Assembly, row: Row, on: date) -> NewRecord:
    record = NewRecord(
        said={CONFIRMED: on.isoformat()}, id=_key(assembly, row), area_code=assembly.area_code, row_ref=str(row.no),
        observed_on=on,
    )  # fmt: skip
    return record if row.person else _with_name(record, row)


def _with_name(record: NewRecord, row: Row) -> NewRecord:
    """The record of a name that nobody knew: it tells who and where, too."""
    told = names.person_name(row.name).value
    parts = {"title": told.title, "given_name": told.given, "family_name": told.family} if told else {}
    record.said |= {code: value for code, value in parts.items() if value} | {"listed_area": record.area_code}
    house_no = addresses.house_no(row.house).value
    if house_no:
        area = record.area_code
        record.said |= {"house_no": house_no, "area": area, "moo": int(area[6:8])}
        record.household_key, record.about = (
            household_key(area=area, house_no_key=addresses.house_no_key(house_no)),
            "both",
        )
    return record


def _subject(assembly: Assembly, row: Row) -> Subject:
    told = names.person_name(row.name).value
    house_no = addresses.house_no(row.house).value or ""
    return Subject(
        key=_key(assembly, row), title=told.title if told else "", given=told.given if told else row.name,
        family=told.family if told else "", area=assembly.area_code, house_no=house_no,
        household_key=household_key(area=assembly.area_code, house_no_key=addresses.house_no_key(house_no)),
    )  # fmt: skip
