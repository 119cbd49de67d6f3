"""Who is not on the list of all who are paid is not paid; where no such list is here, nobody knows."""

from datetime import date

import pytest
from tests.people.town import row, tell

from mudmai.kernel.logic import NO, UNKNOWN, YES
from mudmai.people import queries, services
from mudmai.people.models import Batch

pytestmark = pytest.mark.django_db


def receives(on: date | None = None, code: str = "old_age_allowance") -> dict[str, int]:
    """{id: answer}."""
    found = queries.frame([code], on=on)
    return dict(zip(found.persons.ids, found.persons.told[code].tolist(), strict=True))


def test_without_a_list_of_payees_it_is_not_known_who_is_paid():
    malee = row()
    tell(malee)
    assert receives() == {malee.id: UNKNOWN}


def test_a_complete_list_closes_the_world_of_its_area_and_kind_alone():
    malee, boon, far = row(), row("บุญ"), row("ไกล", area="50010101")
    tell(malee, boon, far)
    paid = row(old_age_allowance=True)
    tell(paid, kind="old_age_payees", complete=True, links={paid.id: malee.id})
    assert receives() == {malee.id: YES, boon.id: NO, far.id: UNKNOWN}
    assert set(receives(code="disability_allowance").values()) == {UNKNOWN}
    found = queries.frame(["old_age_allowance"])
    places = {key: place for place, key in enumerate(found.persons.ids)}
    assert found.closing("old_age_allowance", places[boon.id]).label == "old_age_payees"
    assert found.closing("old_age_allowance", places[far.id]) is None
    assert [each.kind for each in found.closed["old_age_allowance"]] == ["old_age_payees"]


def test_a_list_that_may_lack_somebody_closes_nothing():
    malee, boon = row(), row("บุญ")
    tell(malee, boon)
    paid = row(old_age_allowance=True)
    tell(paid, kind="old_age_payees", links={paid.id: malee.id})
    assert receives() == {malee.id: YES, boon.id: UNKNOWN}


def test_what_somebody_told_later_stands_beside_a_complete_list():
    malee = row()
    tell(malee)
    tell(row("ใคร", old_age_allowance=True), kind="old_age_payees", complete=True)
    told = row(old_age_allowance=True)
    tell(told, kind="home_visit", links={told.id: malee.id}, as_of=date(2026, 11, 1))
    assert receives()[malee.id] == YES


def test_an_older_list_closes_the_world_for_those_who_came_later_too():
    tell(row("ใคร", old_age_allowance=True), kind="old_age_payees", complete=True, as_of=date(2024, 10, 1))
    child = row("ลูก", birth_date="2026-05-01")
    tell(child)
    assert receives()[child.id] == NO


def test_a_withdrawn_list_closes_nothing_any_more(somsri):
    malee = row()
    tell(malee)
    batch = tell(row("ใคร", old_age_allowance=True), kind="old_age_payees", complete=True)
    assert receives()[malee.id] == NO
    services.withdraw(batch, by=somsri)
    assert receives() == {malee.id: UNKNOWN}
    assert queries.complete_lists() == []
    services.restore(batch, by=somsri)
    assert receives()[malee.id] == NO


def test_a_list_that_is_still_being_brought_in_closes_nothing():
    malee = row()
    tell(malee)
    batch = tell(row("ใคร", old_age_allowance=True), kind="old_age_payees", complete=True)
    Batch.objects.filter(pk=batch.pk).update(closed_at=None)
    assert receives()[malee.id] == UNKNOWN


def test_where_somebody_is_registered_decides_which_list_speaks():
    register = row()
    tell(register)
    elsewhere = row(house="7", area="50010101")
    tell(elsewhere, kind="home_visit", links={elsewhere.id: register.id}, as_of=date(2026, 11, 1))
    tell(row("ใคร", old_age_allowance=True), kind="old_age_payees", complete=True, area="520306")
    found = queries.frame(["old_age_allowance"], persons=[register.id])
    place = found.persons.ids.index(register.id)
    assert (found.persons.area[place], found.registered_area[place]) == ("50010101", "52030601")
    assert found.persons.told["old_age_allowance"][place] == NO


def test_on_a_day_before_the_list_nothing_is_closed():
    malee = row()
    tell(malee, as_of=date(2026, 1, 1))
    tell(row("ใคร", old_age_allowance=True), kind="old_age_payees", complete=True, as_of=date(2026, 6, 1))
    assert receives(on=date(2026, 5, 31)) == {malee.id: UNKNOWN}
    assert receives(on=date(2026, 6, 1))[malee.id] == NO


def test_the_newest_list_is_named_first():
    for day in (date(2026, 1, 1), date(2026, 9, 1), date(2026, 5, 1)):
        tell(row(old_age_allowance=True, area="52030601"), kind="old_age_payees", complete=True, as_of=day)
    assert [each.as_of.month for each in queries.complete_lists()] == [9, 5, 1]
