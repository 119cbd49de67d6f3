"""From the answers of a filled form to what they say of a house and its people. Pure: nothing is asked or written.

The names of the questions decide (rules.mapping). What cannot be read becomes a trouble, never a guess.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from mudmai.kernel import dates
from mudmai.people.rules.catalogue import catalogue
from mudmai.surveys.rules.envelope import key_or_none
from mudmai.surveys.rules.mapping import MEMBERS, PERSON, Use, uses_of
from mudmai.surveys.rules.troubles import Trouble
from mudmai.surveys.rules.values import to_value
from mudmai.surveys.rules.xform import Checked, Group, XForm

# Made once for Mudmai: names what follows from a submission, so that doing it twice makes nothing twice.
SUBMISSIONS = UUID("6d75646d-6169-5000-8000-7375627a6974")
HOME_VISIT, SURVEY = "home_visit", "volunteer_survey"
DONE, MOVED_AWAY = "done", "moved_away"
AGE = "age"  # in years, where the birth date is not known
# What each event of a member says besides the answers, and whether the person lives in this house by it.
EVENTS: dict[str, tuple[dict[str, Any], bool]] = {
    "": ({}, True),
    "here": ({"presence": "present"}, True),
    "born": ({"presence": "present"}, True),
    "moved_in": ({"presence": "present"}, True),
    "died": ({"presence": "dead"}, False),
    "moved_out": ({"presence": "moved"}, False),
    "unknown_person": ({"presence": "absent"}, False),
}
# Longer than a phone stays without a network: an older day is rather a wrong clock.
OUT_OF_REACH = timedelta(days=92)
HALF_A_DAY = 43_200  # seconds


@dataclass(slots=True)
class PersonTold:
    """What a form says about one person. `node` names the place in the form, once and for all."""

    node: str
    said: dict[str, Any] = field(default_factory=dict)
    specials: dict[str, str] = field(default_factory=dict)
    cid: str | None = None
    key: str | None = None
    lives_here: bool = True

    @property
    def is_named(self) -> bool:
        return "given_name" in self.said or self.specials.get("member_event") == "born"


@dataclass(slots=True)
class Visit:
    """What one filled form says."""

    kind: str
    day: date
    outcome: str
    household_key: str | None
    house: dict[str, Any]
    people: list[PersonTold]
    troubles: list[Trouble]

    @property
    def is_about_house(self) -> bool:
        """Whether the house itself is spoken of, and not only a person."""
        return bool(self.household_key or self.house.keys() - {"last_visited_on"} or self.outcome)


def id_of(submission: UUID, node: str) -> str:
    """The id of the record (or decision) that follows from a place in a submission, 32 hex digits.

    >>> id_of(UUID(int=1), "household") == id_of(UUID(int=1), "household")
    True
    """
    return uuid5(SUBMISSIONS, f"{submission.hex}/{node}").hex


def read_visit(
    form: XForm,
    mapping: Mapping[str, str],
    checked: Checked,
    *,
    arrived: date,
    skew_seconds: int | None = None,
    leave_out: frozenset[str] = frozenset(),
) -> Visit:
    """Read a checked submission; answers at the paths of `leave_out` are passed over."""
    reader = _Reader(form, mapping, leave_out)
    reader.walk(checked.answers)
    troubles: list[Trouble] = []
    told = reader.specials.get("visit_date") or reader.specials.get("today") or ""
    ended = checked.ended or checked.started
    day = _day(told[:10], ended.date() if ended else None, arrived, skew_seconds, troubles)
    latest = max(day, arrived)
    house, _none = reader.values(reader.house, latest, troubles)
    people = [reader.person(told_of, latest, troubles) for told_of in reader.people.values()]
    told_outcome = {"visit_outcome": (reader.paths.get("/visit_outcome", ""), reader.specials.get("visit_outcome", ""))}
    outcome = reader.values(told_outcome, latest, troubles)[0].get("visit_outcome", "")
    if outcome:
        house["visit_outcome"] = outcome
    _add_pin(reader, house, latest, troubles)
    if outcome in ("", DONE):
        house.setdefault("last_visited_on", day.isoformat())
    return Visit(
        kind=reader.kind,
        day=day,
        outcome=outcome,
        household_key=key_or_none(reader.specials.get("household_key", "")),
        house=house,
        people=[each for each in people if each.key or each.said],
        troubles=troubles,
    )


class _Reader:
    """Sorts the answers: of the house, of each person, and those with a meaning of their own."""

    def __init__(self, form: XForm, mapping: Mapping[str, str], leave_out: frozenset[str]) -> None:
        self.root = f"/{form.parts.root.name}"
        self.uses: dict[str, Use] = {use.field.path: use for use in uses_of(form, mapping)}
        self.leave_out = leave_out
        self.specials: dict[str, str] = {}
        self.paths: dict[str, str] = {}
        self.house: dict[str, tuple[str, str]] = {}  # attribute -> (path, answer)
        self.people: dict[str, dict[str, tuple[str, str]]] = {}
        self.of_person: dict[str, dict[str, str]] = {}
        of_one = any(f"/{PERSON}/" in path for path in self.uses)
        self.kind = HOME_VISIT if of_one else SURVEY

    def walk(self, answers: Group) -> None:
        for plain, path, node, text in _leaves(answers, self.root, self.root, ""):
            use = self.uses.get(plain)
            if use is None or not text or path in self.leave_out:
                continue
            if use.field.name == AGE and node and not use.field.calculated:
                self.of_person.setdefault(node, {})[AGE] = text
            if not use.attribute:
                continue
            if use.field.repeat is not None and not node:
                continue  # of a repeat that is not of the members
            if use.why == "special":
                where = self.of_person.setdefault(node, {}) if node else self.specials
                where[use.field.name] = text
                self.paths[f"{node}/{use.field.name}"] = path
                if node:
                    self.people.setdefault(node, {})
            elif use.applies == "person" and node:
                self.people.setdefault(node, {})[use.attribute] = (path, text)
            elif use.applies == "household":
                self.house[use.attribute] = (path, text)

    def values(
        self, told: Mapping[str, tuple[str, str]], day: date, troubles: list[Trouble]
    ) -> tuple[dict[str, Any], str | None]:
        """The values for the registry, and the 13-digit id, which never stands among them."""
        said: dict[str, Any] = {}
        for code, (path, text) in told.items():
            found = to_value(code, text, day=day)
            if found.trouble:
                label = catalogue().label(code)
                troubles.append(Trouble(path, found.trouble, told=text[:100], expected=label))
            elif found.value is not None:
                said[code] = found.value
        return said, said.pop("cid", None)

    def person(self, told: Mapping[str, tuple[str, str]], day: date, troubles: list[Trouble]) -> PersonTold:
        node = next(name for name, each in self.people.items() if each is told)
        specials = self.of_person.get(node, {})
        said, cid = self.values(told, day, troubles)
        event = specials.get("member_event", "")
        implied, lives_here = EVENTS.get(event, EVENTS[""])
        said = implied | said
        person = PersonTold(node, said, specials, cid, key_or_none(specials.get("person_key", "")), lives_here)
        self._add_event_date(person, event, day, troubles)
        age = dates.age(specials.get(AGE, "")).value
        if age is not None and "birth_date" not in said:
            said["birth_date"] = dates.birth_from_age(age, day).iso
        if not person.key and said and not person.is_named and event != "unknown_person":
            troubles.append(Trouble(f"{self.root}/{node}", "no_name"))
        return person

    def _add_event_date(self, person: PersonTold, event: str, day: date, troubles: list[Trouble]) -> None:
        code = {"died": "death_date", "born": "birth_date"}.get(event)
        text = person.specials.get("event_date", "")
        if not text:
            return
        found = to_value(code or "birth_date", text, day=day)
        if found.trouble:
            path = self.paths[f"{person.node}/event_date"]
            label = catalogue().label(code) if code else "event_date"
            troubles.append(Trouble(path, found.trouble, told=text[:100], expected=label))
        elif code:
            person.said.setdefault(code, found.value)


def _leaves(group: Group, plain: str, path: str, node: str) -> Iterator[tuple[str, str, str, str]]:
    """(path, path with indexes, the person it is about: "" | person | members[2], answer) of every answer."""
    for name, told in group.items():
        if isinstance(told, str):
            yield f"{plain}/{name}", f"{path}/{name}", node, told.strip()
        elif isinstance(told, dict):
            yield from _leaves(told, f"{plain}/{name}", f"{path}/{name}", node or (PERSON if name == PERSON else ""))
        else:
            for number, each in enumerate(told, 1):
                here = f"{name}[{number}]"
                yield from _leaves(each, f"{plain}/{name}", f"{path}/{here}", here if name == MEMBERS else node)


def _add_pin(reader: _Reader, house: dict[str, Any], day: date, troubles: list[Trouble]) -> None:
    """A geopoint: latitude, longitude, height, accuracy in metres."""
    parts = reader.specials.get("point", "").split()
    if len(parts) < 2:
        return
    told = dict(zip(("lat", "lon", "pin_accuracy_m"), (*parts[:2], *parts[3:4]), strict=False))
    path = reader.paths["/point"]
    said, _none = reader.values({code: (path, text) for code, text in told.items()}, day, troubles)
    if {"lat", "lon"} <= said.keys():
        house |= said


def _day(told: str, ended: date | None, arrived: date, skew_seconds: int | None, troubles: list[Trouble]) -> date:
    """The day of the visit, put right where the phone's clock was wrong; never after the day of arrival.

    A day that can be is left alone: the clock may have gone wrong after the visit. Only a day that cannot be is moved,
    by as much as the clock was wrong when the phone sent it.
    """
    try:
        day = date.fromisoformat(told)
    except ValueError:
        day = ended or arrived
    if arrived - OUT_OF_REACH <= day <= arrived:
        return day
    if skew_seconds is not None and abs(skew_seconds) >= HALF_A_DAY:
        moved = _moved(day, skew_seconds)
        if moved is not None and arrived - OUT_OF_REACH <= moved <= arrived:
            troubles.append(Trouble("", "clock_wrong", told=day.isoformat()))
            return moved
    if day > arrived:
        troubles.append(Trouble("", "day_after_arrival", told=day.isoformat()))
        return arrived
    troubles.append(Trouble("", "long_ago", told=day.isoformat()))
    return day


def _moved(day: date, seconds: int) -> date | None:
    try:
        return day + timedelta(days=round(seconds / 86_400))
    except OverflowError:
        return None
