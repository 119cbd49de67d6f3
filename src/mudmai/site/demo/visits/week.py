"""The week: a team, its forms, and what its members found from house to house."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from mudmai.access import services as access
from mudmai.kernel import clock
from mudmai.people import queries as people
from mudmai.site.demo.visits import answers
from mudmai.site.demo.visits.phone import Facts, Home, Phone, placed
from mudmai.site.demo.visits.picture import drawn_house
from mudmai.surveys import services as surveys
from mudmai.surveys.rules.instances import fill
from mudmai.surveys.rules.ready import ready_forms

if TYPE_CHECKING:
    from mudmai.access.models import Team
    from mudmai.accounts.models import User

TEAM = "ทีม อสม. หมู่ที่ 1"
SECOND, SECOND_NAME = "boonmi", "บุญมี ใจดี"
DAYS = 7
OLD = "1952"
HOUSES_OF_THE_VILLAGE, HOUSES_OF_THE_SECOND = 500, 16


@dataclass
class Sent:
    """What came of the week, by form; and the submissions a story is told of."""

    forms: dict[str, int] = field(default_factory=dict)
    photos: int = 0
    flagged: UUID | None = None
    differing: tuple[UUID, UUID] | None = None

    def count(self, form_id: str, photos: int = 0) -> None:
        self.forms[form_id] = self.forms.get(form_id, 0) + 1
        self.photos += photos


def week_of_visits(*, officer: "User", volunteer: "User", area_code: str, password: str, seed: int) -> Sent:
    """Make the team, publish and assign the ready forms, and bring a week of visits by two phones into the registry."""
    team = _made_team(officer, volunteer, area_code, password)
    _give_out_forms(officer, team)
    sent = Sent()
    first, second = Phone(volunteer.get_username(), password), Phone(SECOND, password)
    first.bring()
    second.bring()
    _Week(Random(f"visits {seed}"), sent, first, second).go()
    surveys.settle_received()
    return sent


def _give_out_forms(officer: "User", team: "Team") -> None:
    """All ready forms that are offered, published for the tambon and assigned to the team."""
    for code, form in ready_forms().items():
        if form.offered:
            version = surveys.start_from_ready(code, by=officer, area_code=team.area_code[:6])
            surveys.publish(version, by=officer)
            since = clock.today() - timedelta(days=DAYS)
            surveys.assign(version.form, area_code=team.area_code, team=team, by=officer, starts_on=since)


def _made_team(officer: "User", volunteer: "User", area_code: str, password: str) -> "Team":
    """Two members with the houses given to each; one house is given to both. The second comes by an invitation."""
    team = access.make_team(by=officer, name=TEAM, kind="village", area_code=area_code)
    first = access.add_member(team, by=officer, user=volunteer, role="volunteer")
    invitation = access.invite(team, by=officer, role="volunteer", needs_yes=False)
    second = access.join_as_new(invitation, username=SECOND, full_name=SECOND_NAME, password=password)
    page = people.households_page(officer, people.HouseholdFilter(area=area_code), size=HOUSES_OF_THE_VILLAGE)
    houses = [(house.pk, house.area_code) for house in page.rows]
    access.give_houses(second, houses[:HOUSES_OF_THE_SECOND], by=officer)
    access.give_houses(first, houses[HOUSES_OF_THE_SECOND - 1 :], by=officer)
    return team


def _is_old(person: Facts) -> bool:
    """Born so early that somebody looks in now and then."""
    return "" < person["birth_date"] < OLD


def _lived_in(phone: Phone) -> list[Home]:
    return [home for home in phone.homes if home.members and home.facts.get("house_no")]


@dataclass
class _Week:
    rng: Random
    sent: Sent
    first: Phone
    second: Phone
    number: int = 0

    def go(self) -> None:
        """A small town has too few houses for all of it: what finds none is left out."""
        both = {home.key for home in self.first.homes} & {home.key for home in self.second.homes}
        theirs = [home for home in _lived_in(self.second) if home.key not in both]
        mine = [home for home in _lived_in(self.first) if home.key not in both]
        old = [home for home in mine if any(_is_old(person) for person in home.members)]
        self._low_spirits(old[:1])
        self._home_visits(old[1:25])
        others = iter([home for home in mine if home not in old[:25]])
        for home, day in zip(theirs, self._days(12), strict=False):
            self._send(self.second, "xray", *answers.xray(self.rng, home, day))
        for home, day in zip(islice(others, 12), self._days(12), strict=False):
            self._pin(home, day)
        self._closed_doors(list(islice(others, 4)))
        self._births_and_deaths(list(islice(others, 3)))
        for home in (home for home in self.second.homes if home.key in both):
            self._two_reports(home)
        for home in islice(others, 1):
            self._tampered(home)

    def _days(self, n: int) -> Iterator[date]:
        """Days of the week before today, in order, spread over so many visits."""
        first = clock.today() - timedelta(days=DAYS)
        return (first + timedelta(days=at * DAYS // n) for at in range(n))

    def _send(
        self, phone: Phone, form_id: str, told: Facts, members: list[Facts] | None = None, photo: str = ""
    ) -> UUID:
        self.number += 1
        photos: dict[str, bytes] = {}
        if photo:
            name = f"{photo}-{self.number}.png"
            photos[name], told = drawn_house(self.rng), told | {photo: name}
        instance = phone.send(form_id, told, members or [], photos, self.number)
        self.sent.count(form_id, len(photos))
        return instance

    def _home_visits(self, homes: list[Home]) -> None:
        for home, day in zip(homes, self._days(len(homes)), strict=True):
            person = next(person for person in home.members if _is_old(person))
            photo = "photo_1" if self.rng.random() < 0.4 else ""
            self._send(self.first, "home_visit", answers.home_visit(self.rng, home, person, day), photo=photo)

    def _pin(self, home: Home, day: date) -> None:
        """A pin within some metres of where the house was thought to be, with a photo."""
        lat, lon = (float(home.facts.get(name) or 0) for name in ("lat", "lon"))
        told = answers.opened(home, day) | {"house_state": "sound"}
        if lat and lon:
            near = [value + self.rng.uniform(-0.00004, 0.00004) for value in (lat, lon)]
            told["point"] = f"{near[0]:.6f} {near[1]:.6f} 0 {self.rng.randint(3, 9)}"
        self._send(self.first, "house_pin", told, photo="photo_house")

    def _closed_doors(self, homes: list[Home]) -> None:
        found = (
            ("nobody_home", "เพื่อนบ้านบอกว่าไปหาลูก กลับวันอาทิตย์"),
            ("nobody_home", ""),
            ("refused", "ไม่สะดวก ขอให้มาวันหลัง"),
            ("moved_away", "ย้ายไปอยู่ลำพูนเมื่อเดือนก่อน"),
        )
        for home, (outcome, note), day in zip(homes, found, self._days(len(found)), strict=False):
            self._send(self.first, "xray", answers.closed(home, day, outcome, note))

    def _births_and_deaths(self, homes: list[Home]) -> None:
        """One house with a baby, one where somebody died, one that somebody left."""
        yesterday = clock.today() - timedelta(days=1)
        changes: tuple[Facts, ...] = (
            {},
            {"member_event": "died", "event_date": (yesterday - timedelta(days=20)).isoformat()},
            {"member_event": "moved_out", "event_date": (yesterday - timedelta(days=40)).isoformat()},
        )
        for home, change in zip(homes, changes, strict=False):
            told, members = answers.xray(self.rng, home, yesterday)
            if change:
                members[-1] |= change
            else:
                born = (yesterday - timedelta(days=30)).isoformat()
                baby = {"given_name": "ขวัญข้าว", "family_name": home.members[0].get("family_name", ""), "sex": "f"}
                baby |= {
                    "member_event": "born",
                    "event_date": born,
                    "birth_date": born,
                    "self_care": "yes",
                    "needs_help": "no",
                }
                members.append(baby)
            self._send(self.first, "xray", told, members)

    def _low_spirits(self, homes: list[Home]) -> None:
        day = clock.today() - timedelta(days=2)
        for home in homes:
            person = next(person for person in home.members if _is_old(person))
            self._send(self.first, "depression", answers.low_spirits(home, person, day))

    def _two_reports(self, home: Home) -> None:
        """Two volunteers tell of one house within a day, and not the same."""
        day, told = clock.today() - timedelta(days=3), []
        for phone, state, at in ((self.first, "worn", day), (self.second, "unsafe", day + timedelta(days=1))):
            facts, members = answers.xray(self.rng, home, at)
            told.append(self._send(phone, "xray", facts | {"house_state": state, "toilet": "squat"}, members))
        self.sent.differing = (told[0], told[1])

    def _tampered(self, home: Home) -> None:
        """A score that does not follow from its answers: the server notices, and an officer looks."""
        form, day = self.first.forms["home_visit"], clock.today() - timedelta(days=1)
        told = answers.home_visit(self.rng, home, home.members[0], day)
        instance = uuid5(NAMESPACE_URL, "mudmai demo visit tampered")
        xml = fill(form, placed(form, told, []), today=clock.today(), instance_id=instance).decode()
        start, end = xml.index("<adl_score>") + len("<adl_score>"), xml.index("</adl_score>")
        score = "2" if xml[start:end] != "2" else "3"
        self.first.send_xml(instance, (xml[:start] + score + xml[end:]).encode(), {})
        self.sent.count("home_visit")
        self.sent.flagged = instance
