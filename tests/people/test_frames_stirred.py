"""Whatever the fold writes is told to who listens, in the same transaction."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection, transaction
from tests.people.town import person, row, tell

from mudmai.people import services
from mudmai.people.models import Record
from mudmai.people.services import stirred

pytestmark = pytest.mark.django_db


class Heard:
    """What was told since it was last forgotten."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.persons: set[str] = set()
        self.houses: set[str] = set()
        self.times = 0

    def __call__(self, sender: object, persons: frozenset[str], households: frozenset[str], **more: object) -> None:
        assert connection.in_atomic_block
        assert isinstance(persons, frozenset)
        assert isinstance(households, frozenset)
        self.times += 1
        self.persons |= persons
        self.houses |= households


@pytest.fixture
def heard() -> Iterator[Heard]:
    found = Heard()
    stirred.connect(found)
    yield found
    stirred.disconnect(found)


def test_a_list_tells_its_people_and_their_houses(heard):
    malee, boon = row(), row("บุญ", house="14")
    tell(malee, boon)
    assert heard.persons == {malee.id, boon.id}
    assert heard.houses == {malee.household_key, boon.household_key}


def test_the_same_told_on_another_day_is_told_of_the_person_alone(heard):
    malee = row(occupation="ทำนา", house=None)
    tell(malee)
    heard.forget()
    again = row(occupation="ค้าขาย", house=None)
    tell(again, links={again.id: malee.id}, as_of=date(2026, 11, 1))
    assert (heard.persons, heard.houses) == ({malee.id}, set())


def test_a_correction_tells_the_person(heard, somsri):
    malee, boon = row(), row("บุญ")
    tell(malee, boon)
    heard.forget()
    services.correct_person(person(malee.id), {"chronic_ill": True}, by=somsri)
    assert heard.persons == {malee.id}


def test_a_correction_of_a_house_tells_the_house(heard, somsri):
    malee = row()
    tell(malee)
    heard.forget()
    services.correct_household(person(malee.id).household, {"toilet": "none"}, by=somsri)
    assert (heard.persons, heard.houses) == (set(), {malee.household_key})


def test_a_move_tells_both_houses(heard):
    malee, boon = row(), row("บุญ", house="14")
    tell(malee, boon)
    heard.forget()
    moved = row(house="14")
    tell(moved, kind="home_visit", links={moved.id: malee.id}, as_of=date(2026, 11, 1))
    assert heard.persons == {malee.id}
    assert heard.houses == {malee.household_key, boon.household_key}


def test_two_who_change_houses_are_told_of_with_both_though_the_counts_stay(heard):
    malee, boon = row(), row("บุญ", house="14")
    tell(malee, boon)
    heard.forget()
    there, back = row(house="14"), row("บุญ")
    links = {there.id: malee.id, back.id: boon.id}
    tell(there, back, kind="home_visit", links=links, as_of=date(2026, 11, 1))
    assert heard.houses >= {malee.household_key, boon.household_key}


def test_a_merge_tells_who_stays_and_who_goes_and_parting_tells_both(heard, somsri):
    old, young = row("ปั้น"), row("ปั้น", house="14")
    tell(old, young)
    heard.forget()
    merge = services.merge_persons(person(young.id), person(old.id), by=somsri)
    assert heard.persons == {old.id, young.id}
    assert heard.houses == {old.household_key, young.household_key}
    heard.forget()
    services.withdraw(merge, by=somsri)
    assert heard.persons == {old.id, young.id}


def test_a_withdrawal_tells_who_is_gone_with_it(heard, somsri):
    malee = row()
    tell(malee)
    newcomer = row("ใหม่", house="77")
    batch = tell(newcomer, kind="volunteer_survey")
    heard.forget()
    services.withdraw(batch, by=somsri)
    assert (heard.persons, heard.houses) == ({newcomer.id}, {newcomer.household_key})
    heard.forget()
    services.restore(batch, by=somsri)
    assert (heard.persons, heard.houses) == ({newcomer.id}, {newcomer.household_key})


def test_a_withdrawn_row_tells_its_person(heard, somsri):
    malee = row()
    tell(malee)
    more = row(chronic_ill=True)
    tell(more, kind="home_visit", links={more.id: malee.id})
    heard.forget()
    services.withdraw(Record.objects.get(pk=more.id), by=somsri)
    assert heard.persons == {malee.id}


def test_a_complete_list_tells_of_those_who_are_not_on_it(heard, somsri):
    malee, boon, far = row(), row("บุญ"), row("ไกล", area="50010101")
    tell(malee, boon, far)
    heard.forget()
    paid = row(old_age_allowance=True)
    batch = tell(paid, kind="old_age_payees", complete=True, links={paid.id: malee.id})
    assert heard.persons == {malee.id, boon.id}
    heard.forget()
    services.withdraw(batch, by=somsri)
    assert heard.persons == {malee.id, boon.id}
    heard.forget()
    services.restore(batch, by=somsri)
    assert heard.persons == {malee.id, boon.id}


def test_a_complete_list_tells_of_who_is_registered_in_its_area_and_lives_elsewhere(heard):
    register = row()
    tell(register)
    away = row(house="7", area="50010101")
    tell(away, kind="home_visit", links={away.id: register.id}, as_of=date(2026, 11, 1))
    heard.forget()
    tell(row("ใคร", house=None, old_age_allowance=True), kind="old_age_payees", complete=True)
    assert register.id in heard.persons


def test_what_is_rolled_back_leaves_nothing_to_be_done(django_capture_on_commit_callbacks):
    def note(**told: object) -> None:
        transaction.on_commit(lambda: None)

    stirred.connect(note)
    try:
        with django_capture_on_commit_callbacks() as rolled_back, transaction.atomic():
            tell(row())
            transaction.set_rollback(True)
        with django_capture_on_commit_callbacks() as written:
            tell(row())
    finally:
        stirred.disconnect(note)
    assert rolled_back == []
    assert len(written) >= 2


def test_nothing_is_counted_or_asked_where_nobody_listens(django_assert_num_queries):
    from mudmai.people.services.stirring import stir, stir_closed_by

    receivers, stirred.receivers = stirred.receivers, []
    try:
        batch = tell(row("ใคร", house=None), kind="old_age_payees", complete=True)
        with django_assert_num_queries(0):
            stir(persons=(key for key in ["a"]))
            stir_closed_by(batch)
    finally:
        stirred.receivers = receivers
