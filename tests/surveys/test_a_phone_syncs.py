"""A volunteer's phone signs in, brings her village, and is told what differs later."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.conftest import PASSWORD, VILLAGE
from tests.people.town import row, tell
from tests.surveys.field import filled, published_survey, village
from tests.surveys.phones import Phone, Refused, through

from mudmai.accounts.models import Token, User
from mudmai.kernel import clock
from mudmai.people import services as registry
from mudmai.people.models import Batch, Household, Person
from mudmai.surveys import queries, services
from mudmai.surveys.models import Device, SentArea


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def phone_of(db: None) -> Callable[[User], Phone]:
    def make(user: User) -> Phone:
        return Phone(through(Client()), username=user.username, password=PASSWORD, clock=clock.now)

    return make


@pytest.fixture
def phone(phone_of: Callable[[User], Phone], noi: User) -> Phone:
    """The phone of noi, signed in."""
    village()
    published_survey()
    phone = phone_of(noi)
    phone.sign_in()
    return phone


def test_the_first_sync_brings_the_village_and_its_form(phone: Phone) -> None:
    phone.sync()
    area = phone.areas[VILLAGE]
    houses = {each["house_no"]: each for each in map(area.household, area.households)}
    assert set(houses) == {"12/3", "45"}
    assert {each["given_name"] for each in houses["12/3"]["members"]} == {"มาลี", "สมชาย"}
    assert [form["form_id"] for form in phone.forms.values()] == ["field_survey"]
    assert phone.answer["forms"][0]["about"] == "household"
    assert phone.catalogue["attributes"]["sex"]["th"] == "เพศ"


def test_nobody_of_another_village_and_no_id_travels(phone: Phone) -> None:
    cid = "1520300000018"
    tell(row("ลับ", "มีบัตร", house="45", cid=cid))
    told = json.dumps(phone.sync(), ensure_ascii=False)
    assert "ไม่เห็น" not in told
    assert "มีบัตร" in told
    assert cid not in told


def test_the_second_sync_brings_nothing_new(phone: Phone) -> None:
    phone.sync()
    again = phone.sync()
    block = again["areas"][0]
    assert (block["households"], block["gone"], block["whole"]) == ([], [], False)
    assert "xform" not in again["forms"][0]
    assert "attributes" not in again["catalogue"]


def test_only_the_household_that_changed_is_sent(phone: Phone) -> None:
    phone.sync()
    tell(row("บุญมี", "แก้วมา", house="45", birth_date="1990-01-02", phone=["0812345678"]), kind="home_visit")
    block = phone.sync()["areas"][0]
    assert not block["whole"]
    assert len(block["households"]) == 1
    assert phone.areas[VILLAGE].digest == block["digest"]


def test_a_household_that_is_gone_leaves_the_phone(phone: Phone) -> None:
    batch = tell(row("ใหม่", "มาอยู่", house="99"))
    phone.sync()
    assert len(phone.areas[VILLAGE].households) == 3
    registry.withdraw(batch, by=None, reason="ผิดหมู่บ้าน")
    block = phone.sync()["areas"][0]
    assert len(block["gone"]) == 1
    assert len(phone.areas[VILLAGE].households) == 2


def test_what_is_half_taken_back_is_told_once_it_is_whole(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    from mudmai.people.services import standing

    batch = tell(row("ใหม่", "มาอยู่", house="99"))
    phone.sync()
    with monkeypatch.context() as broken:
        broken.setattr(standing, "refold_target", lambda *_: phone.sync())  # a phone syncs in the middle
        registry.withdraw(batch, by=None)
    Batch.objects.filter(pk=batch.pk).update(turning_at=clock.now())
    registry.finish_turn(batch)
    phone.sync()
    assert len(phone.areas[VILLAGE].households) == 2


def test_a_phone_from_an_old_backup_is_told_what_changed_since(phone: Phone) -> None:
    phone.sync()
    old = dict(phone.areas)
    tell(row("บุญมี", "แก้วมา", house="45", phone=["0812345678"]), kind="home_visit")
    phone.sync()
    newest = phone.areas[VILLAGE].digest
    phone.areas = old
    block = phone.sync()["areas"][0]
    assert phone.areas[VILLAGE].digest == newest == block["digest"]


def test_a_phone_with_a_state_that_nobody_knows_gets_everything(phone: Phone) -> None:
    phone.sync()
    SentArea.objects.all().delete()
    tell(row("บุญมี", "แก้วมา", house="45", phone=["0812345678"]), kind="home_visit")
    assert phone.sync()["areas"][0]["whole"]


def test_whoever_died_or_moved_is_not_on_the_phone(phone: Phone) -> None:
    tell(row("บุญมี", "แก้วมา", house="45", birth_date="1990-01-02", presence="moved"), kind="home_visit",
         links={})  # fmt: skip
    phone.sync()
    living = {each["given_name"] for key in phone.areas[VILLAGE].households for each in
              phone.areas[VILLAGE].household(key)["members"] if each["status"] == "alive"}  # fmt: skip
    assert living == {"มาลี", "สมชาย", "บุญมี"}


def test_a_wrong_password_opens_nothing_and_does_not_say_what_was_wrong(phone: Phone) -> None:
    phone.password = "ผิดแน่นอน-1234"
    with pytest.raises(Refused) as refused:
        phone.sign_in()
    assert (refused.value.answer.status, refused.value.body["code"]) == (401, "wrong_sign_in")


def test_who_may_fill_no_form_has_no_phone(phone_of: Callable[[User], Phone], nayok: User) -> None:
    with pytest.raises(Refused) as refused:
        phone_of(nayok).sign_in()
    assert refused.value.answer.status == 403


def test_without_a_token_nothing_is_told(phone: Phone) -> None:
    phone.token = "mudmai_guess"
    with pytest.raises(Refused) as refused:
        phone.sync()
    assert (refused.value.answer.status, refused.value.body["code"]) == (401, "no_token")


def test_a_token_of_another_program_opens_no_phone(phone: Phone, noi: User) -> None:
    from mudmai.accounts.services import make_token

    _token, phone.token = make_token(user=noi, name="other", days=3)
    with pytest.raises(Refused) as refused:
        phone.sync()
    assert refused.value.body["code"] == "no_token"


def test_a_device_belongs_to_one_user(phone: Phone, phone_of: Callable[[User], Phone], somsri: User) -> None:
    other = phone_of(somsri)
    other.device = phone.device
    with pytest.raises(Refused) as refused:
        other.sign_in()
    assert refused.value.body["code"] == "device_of_another"


def test_signing_in_again_ends_the_older_token(phone: Phone) -> None:
    old = phone.token
    phone.sign_in()
    phone.token = old
    with pytest.raises(Refused):
        phone.sync()
    assert Token.objects.filter(revoked_at=None).count() == 1


def test_a_phone_that_is_locked_out_deletes_what_it_holds(phone: Phone, admin: User) -> None:
    phone.sync()
    device = queries.device_for(admin, Device.objects.get().pk)
    services.lock_phone(device, by=admin, reason="หาย")
    assert phone.say("knock", {"device": phone.device})["wipe"]
    with pytest.raises(Refused):
        phone.sync()
    assert phone.wiped
    assert not phone.areas
    device.refresh_from_db()
    assert device.wiped_at is not None


def test_a_stranger_cannot_lock_a_phone(phone: Phone, stranger: User) -> None:
    from mudmai.kernel.errors import NotFound

    with pytest.raises(NotFound):
        services.lock_phone(Device.objects.get(), by=stranger)


def test_an_area_that_was_taken_away_leaves_the_phone_but_not_its_work(phone: Phone, noi: User) -> None:
    from mudmai.access.models import Duty

    phone.sync()
    key, xml = filled(house={"house_no": "12/3"})
    phone.queue(xml, key=key)
    Duty.objects.filter(user=noi).update(ends_on=clock.today().replace(day=1))
    phone.sync()
    assert not phone.areas
    assert phone.outbox
    phone.send_all()
    services.settle_received()
    phone.sync()
    assert phone.seen[str(key)] == "flagged"


def test_an_old_app_is_told_kindly_and_its_work_is_taken(phone: Phone) -> None:
    key, xml = filled(house={"house_no": "12/3"})
    phone.queue(xml, key=key)
    with pytest.raises(Refused) as refused:
        phone.request("POST", "sync", b"{}", Mudmai_Protocol="0")
    assert (refused.value.answer.status, refused.value.body["code"]) == (426, "app_too_old")
    assert "แอป" in refused.value.body["message"]
    phone.send(str(key))


@pytest.mark.parametrize(
    "body",
    [b"[]", b"{", b'{"areas": []}', b'{"submissions": ["x"]}', b'{"waiting": -1}', b'{"forms": "x"}'],
)
def test_a_question_not_in_form_is_told(phone: Phone, body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        phone.request("POST", "sync", body)
    assert (refused.value.answer.status, refused.value.body["code"]) == (400, "not_in_form")


def test_what_a_volunteer_may_not_see_does_not_travel(phone: Phone) -> None:
    tell(row("มาลี", "ใจดี", house="12/3", birth_date="1950-03-15", diagnosis="ความดันโลหิตสูง"), kind="home_visit")
    assert "ความดัน" not in json.dumps(phone.sync(), ensure_ascii=False)


def test_a_health_officer_gets_health_and_the_look_is_logged(phone_of: Callable[[User], Phone], db: None) -> None:
    from tests.conftest import on_duty

    from mudmai.audit.models import Entry

    village()
    version = published_survey()
    version.mapping = {"/data/house/drinking_water": "diagnosis"}
    tell(row("มาลี", "ใจดี", house="12/3", diagnosis="ความดันโลหิตสูง"), kind="home_visit")
    version.mapping = {"/data/members/phone": "diagnosis"}
    version.save()
    phone = phone_of(on_duty("mo", "หมอ", "health_officer", "520306"))
    phone.sign_in()
    assert "ความดัน" in json.dumps(phone.sync(), ensure_ascii=False)
    assert Entry.objects.filter(action="surveys.area.synced", purpose="visit").exists()


def test_today_lists_what_there_is_to_do(phone: Phone, noi: User) -> None:
    today = queries.today_of(noi)
    assert len(today.never_visited) == len(today.without_pin) == Household.objects.filter(area_code=VILLAGE).count()
    assert not today.due
    person = Person.objects.get(given_name="มาลี")
    tell(row("มาลี", "ใจดี", house="12/3", birth_date="1950-03-15", next_visit_on="2026-11-02"), kind="home_visit",
         links={})  # fmt: skip
    due = queries.today_of(noi).due
    assert due == [person.household_id.hex] if person.household_id else not due
