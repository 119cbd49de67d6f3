"""The world that the table of addresses walks through."""

from functools import cached_property
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.assembly.meetings import frozen, villagers
from tests.intake.townlist import book, send
from tests.linkage.folk import bring, known, same_house, somebody
from tests.people.town import row, tell
from tests.surveys.excel import SURVEY, VISIT, excel
from tests.surveys.field import PHOTO, filled, published_survey, village
from tests.surveys.test_bring_a_form_in import PNG

from mudmai.access import services as access
from mudmai.access.models import Followed, Invitation, Membership, Team
from mudmai.assembly.models import Assembly
from mudmai.assembly.services import add_photo
from mudmai.intake.models import Upload
from mudmai.intake.services import commit
from mudmai.linkage.models import Question
from mudmai.pages.models import Export
from mudmai.pages.rules import mvt
from mudmai.pages.services import begin_export, finish_export
from mudmai.people import queries as people
from mudmai.people.models import Batch, Decision, Household, Person, Record
from mudmai.surveys.models import FormVersion, Submission
from mudmai.surveys.services import keep_file, keep_submission, receive_form


class World(SimpleNamespace):
    """The cast with their people, files and questions; each is made when a row of the table first asks for it."""

    somsri: Any
    noi: Any
    wichai: Any

    @cached_property
    def upload(self) -> Upload:
        """A list that somsri sent, ready to be looked over."""
        client = Client()
        client.force_login(self.somsri)
        send(client, book())
        return Upload.objects.get()

    @cached_property
    def done(self) -> Upload:
        """The same list, brought in."""
        return commit(self.upload)

    @cached_property
    def batch(self) -> Batch:
        """A list of one person of village 1 with her house."""
        return tell(row(id="7" * 32))

    @cached_property
    def row(self) -> Record:
        """Its row."""
        return Record.objects.get(batch=self.batch)

    @cached_property
    def person(self) -> Person:
        """Whom it is about."""
        return Person.objects.get(pk=self.row.pk)

    @cached_property
    def household(self) -> Household:
        """Where she lives."""
        household = self.person.household
        assert household is not None
        return household

    @cached_property
    def link(self) -> Decision:
        """A second list's row, linked to her."""
        second = tell(row(id="8" * 32), kind="disability_register", links={"8" * 32: self.person.pk.hex})
        return Decision.objects.get(batch=second)

    @cached_property
    def tile(self) -> dict[str, int]:
        """The tile in which her house lies."""
        place = {"lat": 18.2085, "lon": 99.383}
        tell(row(about="household", **place), kind="volunteer_survey")
        x, y = mvt.tile_point(place["lat"], place["lon"], 16, 0, 0)
        return {"z": 16, "x": x // mvt.EXTENT, "y": y // mvt.EXTENT}

    @cached_property
    def two_houses(self) -> Question:
        """Two houses of village 1 that may be one."""
        return same_house("12/3", "123")

    @cached_property
    def exported(self) -> Export:
        """A long list that somsri asked for, written."""
        keep = people.PersonFilter()
        export = begin_export(self.somsri, "persons", keep, ["given_name"], full_id=False, total=1)
        finish_export(export)
        return export

    @cached_property
    def assembly(self) -> Assembly:
        """A list of village 1 that is being discussed, with a photo of the meeting."""
        villagers()
        held = frozen(self.somsri)
        add_photo(held, b"\xff\xd8\xff the hall", caption="", by=self.somsri)
        return held

    @cached_property
    def team(self) -> Team:
        """A team of village 1 that somsri made, to which noi belongs."""
        team = access.make_team(by=self.somsri, name="อสม. หมู่ 1", kind="village", area_code="52030601")
        access.add_member(team, by=self.somsri, user=self.noi, role="volunteer")
        return team

    @cached_property
    def membership(self) -> Membership:
        """Hers."""
        return Membership.objects.get(team=self.team)

    @cached_property
    def invitation(self) -> Invitation:
        """An invitation to it."""
        return access.invite(self.team, by=self.somsri, role="volunteer", most_uses=9)

    @cached_property
    def followed(self) -> Followed:
        """The person of village 1, followed by a group of the case manager."""
        group = access.make_team(by=self.wichai, name="กลุ่มดูแล", kind="group", area_code="520306")
        return access.follow(group, by=self.wichai, area_code="52030601", person=self.person.pk)

    @cached_property
    def form_version(self) -> FormVersion:
        """A form of somsri's with a picture."""
        content = excel([(*each, "house.png") for each in VISIT[:1]], [], columns=(*SURVEY, "media::image"))
        return receive_form(content, "v.xlsx", by=self.somsri, area_code="520306", media={"house.png": PNG})

    @cached_property
    def submission(self) -> Submission:
        """What noi told of a house of village 1, with a photo of it."""
        village()
        published_survey()
        house = Household.objects.get(house_no="12/3")
        key, xml = filled(household_key=house.pk.hex, house={"photo": "roof.jpg"}, members=[])
        keep_file(key, "roof.jpg", PHOTO, by=self.noi, total=len(PHOTO))
        return keep_submission(key, xml, by=self.noi).submission

    @cached_property
    def question(self) -> Question:
        """Somebody of Ko Kha who may be known already."""
        known(birth_date="1950-03-15", house="99")
        bring(somebody(house=None))
        return Question.objects.get()


@pytest.fixture
def world(somsri, noi, wichai, nayok, admin, stranger, national_codes):
    """The cast, and all that they have."""
    return World(somsri=somsri, noi=noi, wichai=wichai, nayok=nayok, admin=admin, stranger=stranger, tambon="520306")
