"""What a submission would say in the registry, and what stands against it: read, placed, checked for its sender."""

import logging
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import shapely
from django.db import Error as DatabaseTrouble

from mudmai.kernel import addresses, clock, geo
from mudmai.people import queries as people
from mudmai.people.rules.addressing import household_key
from mudmai.places import queries as places
from mudmai.surveys.models import Submission
from mudmai.surveys.queries.files import files_of
from mudmai.surveys.queries.forms import SUBMIT
from mudmai.surveys.queries.submissions import checked, xml_of
from mudmai.surveys.queries.xforms import xform_of
from mudmai.surveys.rules.envelope import files_named, read_cover
from mudmai.surveys.rules.troubles import Trouble
from mudmai.surveys.rules.visits import MOVED_AWAY, PersonTold, Visit, id_of, read_visit
from mudmai.surveys.rules.xform import Checked, Envelope
from mudmai.surveys.services.drafts import Draft, Sender

log = logging.getLogger("mudmai.surveys")
# A pin so far outside may be an inaccurate one at the border.
MARGIN_METRES = 500.0
METRES_PER_DEGREE = 111_000.0
PIN = ("lat", "lon", "pin_accuracy_m")


def drafts_of(step: Sequence[Submission]) -> list[Draft]:
    """Every submission of a step; one that breaks the reading is flagged, and holds up no other."""
    senders: dict[tuple[int | None, date], Sender] = {}
    outlines: dict[str, Any] = {}
    found = []
    for submission in step:
        day = _arrived(submission)
        sender = senders.setdefault((submission.by_id, day), Sender(submission.by, day))
        draft = Draft(submission, submission.area_code or sender.home, day)
        try:
            _Drafting(draft, sender, outlines).run()
        except (DatabaseTrouble, OSError, MemoryError):
            raise
        except Exception:
            log.exception("Submission %s could not be read.", submission.pk)
            draft.trouble("broken")
        found.append(draft)
    return found


def _arrived(submission: Submission) -> date:
    return submission.received_at.astimezone(clock.BANGKOK).date()


class _Drafting:
    """One submission, step by step."""

    def __init__(self, draft: Draft, sender: Sender, outlines: dict[str, Any]) -> None:
        self.draft = draft
        self.submission = draft.submission
        self.sender = sender
        self.outlines = outlines

    def run(self) -> None:
        found = self.checked()
        if found is None:
            return
        visit = self.read(found)
        self.place(visit)
        self.look_at_people(visit)
        self.look_at_pin()
        self.look_at_files()
        if not self.draft.is_judged:
            self.look_at_sender()

    def checked(self) -> Checked | None:
        """The submission after the check of its form; None where there is none."""
        if self.submission.version_id is None:
            kind = "unknown_form" if self.submission.form_id else "not_xml"
            told = f"{self.submission.form_id} {self.submission.form_version}".strip()
            self.draft.trouble(kind, told=told)
            return None
        found = checked(self.submission)
        if found is None:
            self.draft.trouble("not_xml")
            return None
        self.draft.troubles += [
            Trouble(each.path, each.kind, each.told, each.expected, each.message) for each in found.problems
        ]
        told_id = Envelope(found.form_id, found.version, found.instance_id).id
        if told_id is not None and told_id not in (self.submission.pk, self.submission.beside):
            self.draft.trouble("wrong_instance", told=found.instance_id[:100])
        if self.submission.beside is not None:
            self.draft.trouble("same_id", told=str(self.submission.beside))
        return found

    def read(self, found: Checked) -> Visit:
        assert self.submission.version is not None  # looked at in `checked`
        bad = frozenset(each.path for each in found.problems) if self.draft.is_judged else frozenset()
        visit = read_visit(
            xform_of(self.submission.version.pk), self.submission.version.mapping, found,
            arrived=_arrived(self.submission), skew_seconds=self.submission.skew_seconds, leave_out=bad,
        )  # fmt: skip
        self.draft.kind, self.draft.day = visit.kind, visit.day
        self.draft.house, self.draft.people = visit.house, visit.people
        self.draft.troubles += visit.troubles
        return visit

    def place(self, visit: Visit) -> None:
        """Which house it is about, known or new; where there is none, the house of the person."""
        draft = self.draft
        if visit.household_key:
            now = people.houses_now([visit.household_key]).get(visit.household_key)
            if now is not None:
                draft.household, draft.area, draft.is_known = now.id, now.area or draft.area, True
            else:
                draft.trouble("house_unknown")
        if draft.household is None and (visit.is_about_house or any(not each.key for each in visit.people)):
            self.place_anew(draft.house)
        draft.ties = draft.household is not None
        if draft.household is None:
            self.place_by_person(visit)

    def place_anew(self, said: dict[str, Any]) -> None:
        """A house that the phone did not know: named by its address, so that two who find it name it alike."""
        draft = self.draft
        area = self.area_of(said)
        if not area:
            draft.trouble("no_area")
            return
        said["area"] = draft.area = area
        by_address = household_key(
            area=area, house_no_key=addresses.house_no_key(said.get("house_no", "")), soi=said.get("soi", ""),
            road=said.get("road", ""), house_code=said.get("house_code", ""),
        )  # fmt: skip
        draft.household = by_address or id_of(self.submission.pk, "house")
        draft.is_known = bool(people.houses_now([draft.household]))

    def area_of(self, said: dict[str, Any]) -> str:
        """The village of a new house: as told, by its moo, by its pin, or the only one where the sender works."""
        told = said.get("area", "")
        if len(told) == 8:
            return str(told)
        tambons = {area[:6] for area in self.sender.areas if len(area) >= 6}
        tambon = told or (tambons.pop() if len(tambons) == 1 else "")
        moo = said.get("moo")
        if tambon and isinstance(moo, int) and 0 < moo < 100:
            return f"{tambon}{moo:02d}"
        pinned = places.area_of(said["lat"], said["lon"]) if "lat" in said and "lon" in said else None
        if pinned is not None and len(pinned) == 8:
            return pinned
        villages = [area for area in self.sender.areas if len(area) == 8]
        return villages[0] if len(villages) == 1 else str(tambon)

    def place_by_person(self, visit: Visit) -> None:
        """About a person alone: the visit was at the house where that person lives."""
        keys = {person.key for person in visit.people if person.key}
        for known in people.known_of(people.persons_by_key(keys).values()).values():
            home = known.get("lives_at") or known.get("registered_at")
            now = people.houses_now([home[0]]).get(home[0]) if home else None
            if now is not None:
                self.draft.household, self.draft.area, self.draft.is_known = now.id, now.area or self.draft.area, True
                return
        self.draft.house = {}

    def look_at_people(self, visit: Visit) -> None:
        """Whoever the phone knew must still be in the registry, and be somebody the sender may report on."""
        draft = self.draft
        keys = {person.key for person in draft.people if person.key}
        now = people.persons_by_key(keys)
        seen = self.seen(now.values())
        for person in draft.people:
            if person.key and person.key not in now:
                draft.trouble("person_unknown", path=person.node)
                person.key = None
            elif person.key and now[person.key] not in seen and not draft.is_judged:
                draft.trouble("person_outside", path=person.node)
        draft.people = [each for each in draft.people if each.key or each.is_named]
        if visit.outcome == MOVED_AWAY and draft.is_known:
            self.move_everybody(set(now.values()))

    def seen(self, persons: Any) -> set[str]:
        actor = self.submission.judged_by or self.sender.user
        if actor is None:
            return set()
        found = people.visible_persons(actor, SUBMIT).filter(pk__in=list(persons))
        return {key.hex for key in found.values_list("pk", flat=True)}

    def move_everybody(self, told: set[str]) -> None:
        """The household has moved away: so has everybody who lives there and was not told about."""
        actor = self.submission.judged_by or self.sender.user
        if actor is None or self.draft.household is None:
            return
        house = UUID(self.draft.household)
        living = people.visible_persons(actor, SUBMIT).filter(household=house, status="alive")
        for key in sorted(each.hex for each in living.values_list("pk", flat=True)):
            if key not in told:
                moved = PersonTold(f"moved:{key}", {"presence": "moved"}, key=key, lives_here=False)
                self.draft.people.append(moved)

    def look_at_pin(self) -> None:
        house = self.draft.house
        if "lat" not in house or "lon" not in house:
            return
        lat, lon = house["lat"], house["lon"]
        told = f"{lat}, {lon}"
        if not (geo.SOUTH <= lat <= geo.NORTH and geo.WEST <= lon <= geo.EAST):
            self.draft.trouble("pin_in_sea", told=told)
        else:
            code, outline = self.outline(self.draft.area)
            margin = (MARGIN_METRES + house.get("pin_accuracy_m", 0)) / METRES_PER_DEGREE
            if outline is None or outline.distance(shapely.Point(lon, lat)) <= margin:
                return
            self.draft.trouble("pin_outside", told=told, expected=places.full_name(code))
        if self.draft.is_judged:
            for code in PIN:
                house.pop(code, None)

    def outline(self, area: str) -> tuple[str, Any]:
        """The nearest area above the village whose outline is known."""
        for code in (area[:6], area[:4], area[:2]):
            if code not in self.outlines:
                self.outlines[code] = places.boundary_of(code)
            if self.outlines[code] is not None:
                return code, self.outlines[code]
        return "", None

    def look_at_files(self) -> None:
        if not self.submission.files:
            return
        form = xform_of(self.submission.version_id) if self.submission.version_id else None
        fields = form.fields.items() if form else ()
        pictures = frozenset(path for path, of in fields if of.mediatype.startswith("image"))
        named = set(files_named(read_cover(xml_of(self.submission))[1], pictures))
        for each in files_of(self.submission):
            if each.name in named and each.path and not each.mime.startswith("image/"):
                self.draft.trouble("not_a_picture", told=each.name)
            if each.name[8:9] == "~" and each.name[9:] in self.submission.files:
                self.draft.trouble("other_file", told=each.name)

    def look_at_sender(self) -> None:
        """The sender must have had the right to report on this house or person on the day it arrived."""
        draft = self.draft
        household = draft.household if draft.is_known else None
        persons = [person.key for person in draft.people if person.key] if not draft.ties else []
        if self.sender.may(draft.area, household) or (persons and self.sender.may(draft.area, None, persons[0])):
            return
        draft.trouble("outside_area", told=people.area_names([draft.area]).get(draft.area, "") if draft.area else "")
