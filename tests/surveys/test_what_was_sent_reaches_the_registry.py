"""What a phone sent becomes records: of known and new people and houses, once, or is flagged with a sentence."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.conftest import MONDAY, OTHER_VILLAGE, VILLAGE
from tests.surveys.field import PHOTO, filled, published_survey, village

from mudmai.access.services import add_member, give_houses, make_team
from mudmai.accounts.models import User
from mudmai.kernel import clock
from mudmai.kernel.errors import NotAllowed, NotFound
from mudmai.linkage.models import Question
from mudmai.people.models import Batch, Household, Person, Record
from mudmai.people.rules.fold import value_of
from mudmai.surveys import queries, services
from mudmai.surveys.models import Submission
from mudmai.surveys.rules.visits import id_of
from mudmai.surveys.services import settling

State = Submission.State


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def send(noi: User) -> Callable[..., Submission]:
    """Noi sends a filled form, and it is settled."""
    village()
    published_survey()

    def sent(
        key: UUID | None = None, *, by: User = noi, settle: bool = True, day: Any = None, **answers: Any
    ) -> Submission:
        key, xml = filled(key, day=day, **answers)
        kept = services.keep_submission(key, xml, by=by)
        if settle:
            services.settle_received()
        kept.submission.refresh_from_db()
        return kept.submission

    return sent


def house(number: str = "12/3") -> Household:
    return Household.objects.get(house_no=number)


def person(given: str) -> Person:
    return Person.objects.get(given_name=given)


def kinds(submission: Submission) -> set[str]:
    return {each["kind"] for each in queries.problems_of(submission)}


def test_a_known_household_is_visited(send: Callable[..., Submission]) -> None:
    mali = person("มาลี")
    sent = send(
        household_key=house().pk.hex,
        house={"drinking_water": "yes", "point": "18.1893 99.3915 0 8.5"},
        members=[{"person_key": mali.pk.hex, "member_event": "here", "given_name": "มาลี", "phone": "0812345678"}],
    )
    assert sent.state == State.SETTLED
    assert (sent.area_code, sent.observed_on, sent.household_id) == (VILLAGE, MONDAY, house().pk)
    assert (house().lat, house().lon) == (18.1893, 99.3915)
    assert value_of(house().known, "last_visited_on") == MONDAY.isoformat()
    assert value_of(house().known, "visit_outcome") == "done"
    assert person("มาลี").phone == "+66812345678"
    assert Person.objects.count() == 4
    batch = sent.batch
    assert batch is not None
    assert (batch.kind, batch.by, batch.area_code) == ("volunteer_survey", sent.by, VILLAGE)


def test_a_new_house_and_its_people_are_found_by_their_address(send: Callable[..., Submission]) -> None:
    send(
        house={"house_no": "99", "moo": "1"},
        members=[{"given_name": "สายใจ", "family_name": "มาใหม่", "birth_date": "1980"}],
    )
    new = person("สายใจ")
    assert new.household_id == house("99").pk
    assert (house("99").area_code, new.area_code) == (VILLAGE, VILLAGE)


def test_an_age_tells_the_year_of_birth_where_nothing_else_does(send: Callable[..., Submission]) -> None:
    send(
        household_key=house().pk.hex,
        members=[
            {"given_name": "ปู่", "family_name": "ใจดี", "age": "80"},
            {"given_name": "ย่า", "family_name": "ใจดี", "age": "80", "birth_date": "1947-01-02"},
        ],
    )
    assert (person("ปู่").birth_date, person("ย่า").birth_date) == ("1946", "1947-01-02")


def test_two_volunteers_who_find_one_new_house_find_one(send: Callable[..., Submission], noi: User) -> None:
    for _visit in range(2):
        send(settle=False, house={"house_no": "99", "moo": "1"},
             members=[{"given_name": "สายใจ", "family_name": "มาใหม่", "birth_date": "1980-05-06"}])  # fmt: skip
    services.settle_received()
    assert Household.objects.filter(house_no="99").count() == 1
    assert Person.objects.filter(given_name="สายใจ").count() == 1


def test_somebody_typed_anew_who_is_known_is_found(send: Callable[..., Submission]) -> None:
    told = {"given_name": "มาลี", "family_name": "ใจดี", "birth_date": "1950-03-15", "phone": "0812345678"}
    send(household_key=house().pk.hex, members=[told])
    assert Person.objects.filter(given_name="มาลี").count() == 1
    assert person("มาลี").phone == "+66812345678"


def test_somebody_who_may_be_known_is_asked_about(send: Callable[..., Submission]) -> None:
    known = person("มาลี")
    sent = send(household_key=house("45").pk.hex, members=[{"given_name": "มาลี", "family_name": "ใจดี"}])
    [asked] = Question.objects.all()
    assert (asked.left_id.hex, asked.right_id) == (id_of(sent.pk, "members[1]"), known.pk)


def test_a_birth_a_death_and_a_move_are_told(send: Callable[..., Submission]) -> None:
    send(
        household_key=house().pk.hex,
        members=[
            {"person_key": person("มาลี").pk.hex, "member_event": "died", "event_date": "2026-10-20"},
            {"person_key": person("สมชาย").pk.hex, "member_event": "moved_out"},
            {"member_event": "born", "event_date": "2026-10-25", "given_name": "น้ำใส", "family_name": "ใจดี"},
        ],
    )
    assert person("มาลี").status == "dead"
    assert value_of(person("มาลี").known, "death_date") == "2026-10-20"
    assert person("สมชาย").status == "moved"
    assert (person("น้ำใส").birth_date, person("น้ำใส").household_id) == ("2026-10-25", house().pk)
    assert house().member_count == 1


def test_somebody_moved_in_from_another_house(send: Callable[..., Submission]) -> None:
    send(household_key=house("12/3").pk.hex, members=[{"person_key": person("บุญมี").pk.hex, "member_event": "moved_in"}])
    assert person("บุญมี").household_id == house("12/3").pk


@pytest.mark.parametrize("outcome", ["nobody_home", "refused", "house_gone"])
def test_a_visit_without_answers_is_told_and_changes_nobody(send: Callable[..., Submission], outcome: str) -> None:
    sent = send(household_key=house().pk.hex, visit_outcome=outcome)
    assert sent.state == State.SETTLED
    assert value_of(house().known, "visit_outcome") == outcome
    assert value_of(house().known, "last_visited_on") is None
    assert person("มาลี").status == "alive"


def test_a_household_that_moved_away_takes_its_people_along(send: Callable[..., Submission]) -> None:
    send(household_key=house().pk.hex, visit_outcome="moved_away")
    assert {person("มาลี").status, person("สมชาย").status} == {"moved"}
    assert person("บุญมี").status == "alive"


def test_sent_twice_it_is_there_once(send: Callable[..., Submission], noi: User) -> None:
    sent = send(house={"house_no": "99", "moo": "1"}, members=[{"given_name": "สายใจ", "family_name": "ดี"}])
    count = Record.objects.count()
    xml = queries.submissions.xml_of(sent)
    again = services.keep_submission(sent.pk, xml, by=noi)
    services.settle_received()
    assert not again.is_new
    assert (Record.objects.count(), Submission.objects.count()) == (count, 1)


def test_other_answers_under_the_same_number_are_kept_beside(send: Callable[..., Submission], noi: User) -> None:
    sent = send(household_key=house().pk.hex, house={"drinking_water": "yes"})
    _key, other = filled(sent.pk, household_key=house().pk.hex, visit_outcome="refused")
    kept = services.keep_submission(sent.pk, other, by=noi)
    again = services.keep_submission(sent.pk, other, by=noi)
    assert kept.kept_as == again.kept_as == kept.submission.pk != sent.pk
    services.settle_received()
    kept.submission.refresh_from_db()
    assert (kept.submission.state, kinds(kept.submission)) == (State.FLAGGED, {"same_id"})
    assert value_of(house().known, "visit_outcome") == "done"


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({"house": {"point": "10.0 101.5 0 5"}}, "pin_outside"),
        ({"house": {"point": "0.0 0.0 0 5"}}, "pin_in_sea"),
        ({"members": [{"given_name": "ก", "birth_date": "2030-01-01"}]}, "date_in_future"),
        ({"members": [{"given_name": "ก", "birth_date": "เมื่อวาน"}]}, "value_unreadable"),
        ({"members": [{"family_name": "ไม่มีชื่อ"}]}, "no_name"),
        ({"members": [{"person_key": uuid4().hex, "member_event": "here"}]}, "person_unknown"),
        ({"members": [{"member_event": "died", "given_name": "ก", "event_date": "2027-01-01"}]}, "date_in_future"),
    ],
)
def test_what_cannot_be_is_flagged_and_changes_nothing(
    send: Callable[..., Submission], answers: dict[str, Any], kind: str
) -> None:
    import shapely

    from mudmai.places.models import Area, Boundary

    box = shapely.box(99.2, 18.0, 99.6, 18.4)
    area = Area.objects.get(pk="520306")
    Boundary.objects.create(
        area=area, wkb=shapely.to_wkb(box), wkb_small=shapely.to_wkb(box), min_lon=99.2, min_lat=18.0, max_lon=99.6,
        max_lat=18.4, label_lon=99.4, label_lat=18.2,
    )  # fmt: skip
    before = Record.objects.count()
    sent = send(household_key=house().pk.hex, **answers)
    assert (sent.state, kinds(sent)) == (State.FLAGGED, {kind})
    assert Record.objects.count() == before


def test_a_house_of_another_village_is_not_the_senders(send: Callable[..., Submission], noi: User) -> None:
    sent = send(household_key=house("7").pk.hex, visit_outcome="nobody_home")
    assert (sent.state, kinds(sent), sent.area_code) == (State.FLAGGED, {"outside_area"}, OTHER_VILLAGE)


def test_a_person_of_another_village_is_not_the_senders(send: Callable[..., Submission]) -> None:
    sent = send(
        household_key=house().pk.hex, members=[{"person_key": person("ไกล").pk.hex, "member_event": "moved_in"}]
    )
    assert (sent.state, kinds(sent)) == (State.FLAGGED, {"person_outside"})


def test_an_unknown_form_is_kept_and_flagged(send: Callable[..., Submission], noi: User) -> None:
    key = uuid4()
    kept = services.keep_submission(key, b'<data id="nobody_knows" version="9"><a>1</a></data>', by=noi)
    services.settle_received()
    kept.submission.refresh_from_db()
    assert (kept.submission.state, kinds(kept.submission)) == (State.FLAGGED, {"unknown_form"})
    assert queries.submissions.xml_of(kept.submission).startswith(b"<data")


def test_a_tampered_form_is_kept_and_flagged_and_a_registrar_takes_what_is_good(
    send: Callable[..., Submission], noi: User, somsri: User
) -> None:
    key, xml = filled(household_key=house().pk.hex, house={"drinking_water": "yes", "moo": "1"})
    xml = xml.replace(b"<moo>1</moo>", b"<moo>eins</moo>")
    services.keep_submission(key, xml, by=noi)
    services.settle_received()
    sent = Submission.objects.get(pk=key)
    assert sent.state == State.FLAGGED
    assert value_of(house().known, "drinking_water") is None
    taken = services.take_flagged(sent, by=somsri, reason="ข้อหมู่พิมพ์ผิด ที่เหลือถูก")
    assert taken.state == State.SETTLED
    assert value_of(house().known, "drinking_water") is True
    assert house().moo == 1


def test_a_registrar_leaves_one_out_and_the_sender_is_told_why(
    send: Callable[..., Submission], noi: User, somsri: User
) -> None:
    sent = send(household_key=house().pk.hex, members=[{"given_name": "ก", "birth_date": "2030-01-01"}])
    services.leave_flagged(sent, by=somsri, reason="ไม่ใช่บ้านนี้")
    told = queries.submissions.states_of(noi, [sent.pk])[sent.pk]
    assert (told.state, told.message) == ("left", "ไม่ใช่บ้านนี้")


def test_a_volunteer_judges_nothing(send: Callable[..., Submission], noi: User, stranger: User) -> None:
    sent = send(household_key=house().pk.hex, members=[{"given_name": "ก", "birth_date": "2030-01-01"}])
    with pytest.raises(NotAllowed):
        services.take_flagged(sent, by=noi, reason="ok")
    with pytest.raises(NotFound):
        services.take_flagged(sent, by=stranger, reason="ok")


def test_one_submission_is_taken_back_alone_and_put_back(send: Callable[..., Submission], somsri: User) -> None:
    first = send(settle=False, household_key=house().pk.hex, house={"drinking_water": "yes"})
    send(settle=False, household_key=house("45").pk.hex, house={"drinking_water": "yes"})
    services.settle_received()
    first.refresh_from_db()
    back = services.take_back(first, by=somsri, reason="เยี่ยมผิดบ้าน")
    assert (back.state, kinds(back)) == (State.FLAGGED, {"taken_back"})
    assert value_of(house().known, "drinking_water") is None
    assert value_of(house("45").known, "drinking_water") is True
    again = services.take_flagged(back, by=somsri, reason="ถูกบ้านแล้ว")
    assert again.state == State.SETTLED
    assert value_of(house().known, "drinking_water") is True


def test_it_waits_for_its_photo(send: Callable[..., Submission], noi: User) -> None:
    sent = send(household_key=house().pk.hex, house={"drinking_water": "yes", "photo": "a.jpg"})
    assert sent.state == State.WAITING
    services.keep_file(sent.pk, "a.jpg", PHOTO, by=noi)
    services.settle_received()
    sent.refresh_from_db()
    assert sent.state == State.SETTLED
    assert queries.bytes_of_file(sent, "a.jpg") == PHOTO


def test_the_photo_may_come_before_the_form(send: Callable[..., Submission], noi: User) -> None:
    key = uuid4()
    services.keep_file(key, "a.jpg", PHOTO, by=noi)
    assert send(key, household_key=house().pk.hex, house={"photo": "a.jpg"}).state == State.SETTLED


def test_a_photo_that_never_comes_is_told_after_a_day_and_settles_when_it_comes_after_all(
    send: Callable[..., Submission], noi: User
) -> None:
    sent = send(household_key=house().pk.hex, house={"photo": "a.jpg"})
    Submission.objects.update(received_at=clock.now() - timedelta(days=2))
    services.settle_what_was_left()
    sent.refresh_from_db()
    assert (sent.state, kinds(sent)) == (State.FLAGGED, {"files_missing"})
    services.keep_file(sent.pk, "a.jpg", PHOTO, by=noi)
    services.settle_received()
    sent.refresh_from_db()
    assert sent.state == State.SETTLED


def test_a_photo_that_is_none_is_kept_and_flagged(send: Callable[..., Submission], noi: User) -> None:
    key = uuid4()
    services.keep_file(key, "a.jpg", b"<svg onload='alert(1)'>" * 40, by=noi)
    sent = send(key, household_key=house().pk.hex, house={"photo": "a.jpg"})
    assert (sent.state, kinds(sent)) == (State.FLAGGED, {"not_a_picture"})
    assert queries.bytes_of_file(sent, "a.jpg").startswith(b"<svg")


@pytest.mark.parametrize(
    ("told_days", "skew_days", "expected_days", "note"),
    [
        (-3, 0, -3, set()),  # three days without a signal
        (-3, 700, -3, set()),  # the clock went wrong after the visit
        (-700, 699, -1, {"clock_wrong"}),  # it was wrong when the form was filled in, too
        (5, 0, 0, {"day_after_arrival"}),
        (5, -6, -1, {"clock_wrong"}),
        (-700, 0, -700, {"long_ago"}),
    ],
)
def test_the_day_of_the_visit_is_put_right(
    send: Callable[..., Submission], noi: User, told_days: int, skew_days: int, expected_days: int, note: set[str]
) -> None:
    key, xml = filled(
        day=MONDAY + timedelta(days=told_days), household_key=house().pk.hex, house={"drinking_water": "yes"}
    )
    services.keep_submission(key, xml, by=noi, phone_time=clock.now() - timedelta(days=skew_days))
    services.settle_received()
    sent = Submission.objects.get(pk=key)
    assert (sent.state, sent.observed_on, kinds(sent)) == (State.SETTLED, MONDAY + timedelta(days=expected_days), note)


class Killed(BaseException):
    """The worker is gone, without a word."""


@pytest.mark.parametrize(
    "where", ["add_records", "add_decisions", "close_batch", "after_close", "check_batch", "record"]
)
def test_killed_anywhere_and_begun_again_the_registry_is_the_same(
    send: Callable[..., Submission], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    answers = {"house": {"house_no": "99", "moo": "1"}, "members": [
        {"given_name": "สายใจ", "family_name": "มาใหม่", "birth_date": "1980-05-06"},
        {"given_name": "มาลี", "family_name": "ใจดี", "birth_date": "1950-03-15"}]}  # fmt: skip
    sent = send(settle=False, **answers)

    def kill(*_args: Any, **_kwargs: Any) -> Any:
        raise Killed

    with monkeypatch.context() as broken:
        if where == "after_close":
            close = settling.registry.close_batch
            broken.setattr(settling.registry, "close_batch", lambda batch: (close(batch), kill()))
        else:
            module = {"check_batch": settling.linkage, "record": settling.audit}.get(where, settling.registry)
            broken.setattr(module, where, kill)
        with pytest.raises(Killed):
            services.settle_received()
    services.settle_received(patience=timedelta(0))
    services.settle_received(patience=timedelta(0))
    sent.refresh_from_db()
    assert sent.state == State.SETTLED
    assert Record.objects.filter(row_ref__startswith=sent.pk.hex).count() == 3
    assert Batch.objects.filter(kind="volunteer_survey").count() == 1
    assert Person.objects.filter(given_name="สายใจ").count() == 1
    assert person("มาลี").household_id == house("99").pk


def test_one_that_breaks_the_reading_holds_up_no_other(
    send: Callable[..., Submission], monkeypatch: pytest.MonkeyPatch
) -> None:
    from mudmai.surveys.services import drafting

    bad = send(settle=False, household_key=house().pk.hex, visit_outcome="refused")
    good = send(settle=False, household_key=house("45").pk.hex, visit_outcome="refused")
    read = drafting.checked
    monkeypatch.setattr(drafting, "checked", lambda each: 1 / 0 if each.pk == bad.pk else read(each))
    services.settle_received()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, kinds(bad), good.state) == (State.FLAGGED, {"broken"}, State.SETTLED)


def test_one_that_breaks_the_step_holds_up_no_other(
    send: Callable[..., Submission], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"household_key": house().pk.hex}
    bad = send(settle=False, **known, members=[{"given_name": "พัง", "family_name": "ทุกที"}])
    good = send(settle=False, **known, members=[{"given_name": "ดี", "family_name": "เสมอ"}])
    match = settling.linkage.match_household

    def breaks(subjects: list[Any]) -> Any:
        return match(subjects) if all(each.given != "พัง" for each in subjects) else 1 / 0

    monkeypatch.setattr(settling.linkage, "match_household", breaks)
    services.settle_received()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, kinds(bad), good.state) == (State.FLAGGED, {"broken"}, State.SETTLED)


def test_your_report_and_theirs(send: Callable[..., Submission], noi: User) -> None:
    mali = person("มาลี")
    told = {"person_key": mali.pk.hex, "given_name": "มะลิ", "family_name": "ใจดี"}
    send(household_key=house().pk.hex, members=[told])
    found = {each.found.attribute.code: each for each in queries.differences(noi)}
    assert found["given_name"].found.why == "trust"
    assert "มะลิ" in found["given_name"].message
    assert "มาลี" in found["given_name"].message


def test_your_report_and_theirs_for_a_volunteer_with_one_house(
    send: Callable[..., Submission], somsri: User, noi: User
) -> None:
    mali, home = person("มาลี"), house()
    team = make_team(by=somsri, name="อสม. หมู่ 1", kind="village", area_code=VILLAGE)
    membership = add_member(team, by=somsri, user=noi, role="volunteer")
    give_houses(membership, [(home.pk, home.area_code)], by=somsri)
    send(household_key=home.pk.hex, members=[{"person_key": mali.pk.hex, "given_name": "มะลิ", "family_name": "ใจดี"}])

    assert "given_name" in {each.found.attribute.code for each in queries.differences(noi)}
