"""Lists come in, and each person and house stands once, with the source of every field."""

from datetime import date

import pytest
from tests.people.town import person, row, state, tell

from mudmai.kernel.errors import NotFound
from mudmai.people import queries, services
from mudmai.people.models import Batch, Household, Person, Record

pytestmark = pytest.mark.django_db


def test_a_row_that_nobody_linked_founds_its_own_person():
    new = row(birth_date="1950-03-15", sex="f")

    tell(new)

    malee = person(new.id)
    assert (malee.full_name, malee.birth_date, malee.area_code) == ("มาลี ใจดี", "1950-03-15", "52030601")
    assert malee.household is not None
    assert (malee.household.house_no, malee.household.member_count) == ("12/3", 1)


def test_a_linked_row_adds_to_the_person_it_is():
    first = row(birth_date="1950-03-15")
    second = row(given="มาลีย์", phone=["+66811112222"])

    tell(first)
    tell(second, kind="volunteer_survey", links={second.id: first.id})

    malee = person(first.id)
    assert Person.objects.count() == 1
    assert (malee.given_name, malee.phone) == ("มาลี", "+66811112222")


def test_who_left_the_register_and_is_seen_there_later_is_no_longer_missing():
    first = row(in_civil_register=False)
    seen = row()
    tell(first)
    assert (person(first.id).status, person(first.id).household.member_count) == ("left", 0)

    tell(seen, kind="home_visit", as_of=date(2026, 10, 15), links={seen.id: first.id})

    assert (person(first.id).status, person(first.id).household.member_count) == ("alive", 1)


def test_two_rows_of_one_address_share_one_house():
    tell(row("มาลี"), row("ดี"), row("จ๋า", house="14"))

    assert sorted(Household.objects.values_list("house_no", "member_count")) == [("12/3", 2), ("14", 1)]


def test_the_same_batch_told_twice_changes_nothing():
    new = row(birth_date="1950")
    batch = tell(new)
    before = state()

    services.add_records(batch, [new])
    services.close_batch(batch)

    assert state() == before


def test_a_thirteen_digit_id_is_sealed_and_still_found(somsri):
    tell(row(cid="1100701110019"))

    stored = Record.objects.get()
    assert b"1100701110019" not in bytes(stored.cid_sealed)
    assert "1100701110019" not in str(stored.said)
    assert [found.full_name for found in queries.search(somsri, "1-1007-01110-01-9").persons] == ["มาลี ใจดี"]


def test_keys_can_be_rotated_and_ids_are_found_as_before(somsri):
    tell(row(cid="1100701110019"))
    before = Record.objects.get()

    done = services.rotate_keys()

    after = Record.objects.get()
    assert done == 2
    assert bytes(after.cid_sealed)[:5] != bytes(before.cid_sealed)[:5]
    assert bytes(after.cid_hash) != bytes(before.cid_hash)
    assert len(queries.search(somsri, "1100701110019").persons) == 1
    assert services.unseal_cid(Person.objects.get().cid_sealed) == "1100701110019"


def test_every_field_names_its_source_and_the_values_that_lost(somsri):
    first = row(birth_date="1950-03-15")
    second = row(birth_date="1951")
    tell(first)
    tell(second, kind="volunteer_survey", links={second.id: first.id})

    trace = {field.attribute.code: field for field in queries.trace_of_person(person(first.id), {"identity"})}

    told = trace["birth_date"].told
    assert [(value.value, value.batch.kind, value.wins) for value in told] == [
        ("1950-03-15", "civil_register", True),
        ("1951", "volunteer_survey", False),
    ]


def test_a_class_of_data_that_one_may_not_see_is_left_out():
    first = row(adl_score=3)
    tell(first, kind="bedridden_list")

    codes = {field.attribute.code for field in queries.trace_of_person(person(first.id), {"identity"})}

    assert "adl_score" not in codes


def test_outside_ones_area_a_person_does_not_exist(stranger):
    new = row()
    tell(new)

    with pytest.raises(NotFound):
        queries.person_for(stranger, new.id)


def test_a_death_told_by_a_list_takes_the_person_out_of_the_count():
    first, second = row("มาลี"), row("ดี")
    tell(first, second)
    dead = row("ดี", death_date="2026-09-01")

    tell(dead, links={dead.id: second.id}, as_of=date(2026, 11, 1))

    assert person(second.id).status == Person.Status.DEAD
    assert Household.objects.get().member_count == 1
    assert queries.area_numbers(["520306"], date(2026, 11, 2)).people == 1


def test_somebody_who_left_the_register_is_to_be_checked_not_forgotten():
    first = row(in_civil_register=True)
    tell(first, as_of=date(2025, 10, 1))
    gone = services.NewRecord(said={"in_civil_register": False}, area_code="52030601")

    tell(gone, links={gone.id: first.id})

    assert person(first.id).status == Person.Status.LEFT


def test_a_volunteer_who_sees_the_person_outweighs_the_old_register():
    register = row(house="12/3", in_civil_register=True)
    seen = row(house="99")
    tell(register)
    tell(seen, kind="volunteer_survey", as_of=date(2026, 6, 1), links={seen.id: register.id})

    malee = person(register.id)
    assert [house and house.house_no for house in (malee.household, malee.registered_household)] == ["99", "12/3"]


def test_a_pin_is_found_in_the_tile_where_it_lies(somsri):
    tell(row(lat=18.19, lon=99.39), kind="volunteer_survey")

    from mudmai.people.rules.addressing import pin_cell

    assert Household.objects.get().pin_cell == pin_cell(18.19, 99.39)
    assert len(queries.houses_in_tile(somsri, 16, 50862, 29418)) + len(queries.houses_in_tile(somsri, 0, 0, 0)) >= 1
    assert queries.houses_in_tile(somsri, 0, 0, 0)[0].n == 1


def test_an_unfinished_batch_does_not_stand_and_can_be_dropped():
    tell(row("ดี"))
    before = state()
    source = services.ensure_source(code="x", kind="other_list", name="x")
    batch = services.open_batch(by=None, source=source, label="x", as_of=date(2026, 1, 1))
    services.add_records(batch, [row("ใหม่")])

    assert state() == before
    services.discard_batch(batch)

    assert state() == before
    assert not Batch.objects.filter(pk=batch.pk).exists()
