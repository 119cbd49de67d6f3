"""Anything can be taken back at any later time, and stands again as it was."""

import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people.town import person, row, state, tell

from mudmai.people import queries, services
from mudmai.people.models import Decision, Fact, Filing, Household, Person, Record, Tally
from mudmai.people.services.refold import refold_records

pytestmark = pytest.mark.django_db


def test_a_withdrawn_batch_leaves_nothing_behind_and_can_be_restored(somsri):
    malee = row(phone=["+66811112222"])
    tell(malee)
    before = state()
    payees = row(old_age_allowance=True, phone=["+66899999999"])
    newcomer = row("ใหม่", house="77")
    batch = tell(payees, newcomer, kind="old_age_payees", links={payees.id: malee.id})
    with_it = state()

    services.withdraw(batch, by=somsri, reason="wrong month")
    assert state() == before

    services.restore(batch, by=somsri)
    assert state() == with_it


def test_withdrawing_the_list_that_founded_a_person_keeps_what_others_said(somsri):
    register = row(birth_date="1950-03-15")
    first = tell(register)
    payees, disabled = row(), row()
    tell(payees, kind="old_age_payees", links={payees.id: register.id})
    tell(disabled, kind="disability_register", links={disabled.id: register.id})

    services.withdraw(first, by=somsri)

    malee = Person.objects.get()
    assert malee.id.hex == register.id
    assert malee.birth_date == ""
    assert len(queries.timeline_of_person(malee, {"identity"})) == 2


def test_a_merge_with_later_edits_parts_again_with_the_edits_where_they_belong(somsri):
    old, young = row("ปั้น", birth_date="1950"), row("ปั้น", house="14", birth_date="1980")
    tell(old, young)
    merge = services.merge_persons(person(young.id), person(old.id), by=somsri)
    survivor = Person.objects.get()
    services.correct_person(survivor, {"phone": ["+66811112222"]}, by=somsri)
    later = row("ปั้น", house="14", occupation="ทำนา")
    tell(later, kind="volunteer_survey", links={later.id: young.id})

    services.withdraw(merge, by=somsri)

    assert person(survivor.id).phone == "+66811112222"
    other = Person.objects.exclude(pk=survivor.id).get()
    assert {person(survivor.id).birth_date, other.birth_date} == {"1950", "1980"}
    assert other.phone == ""
    assert person(young.id).known["occupation"][0] == "ทำนา"


def test_a_merge_taken_back_leaves_both_as_they_were(somsri):
    left, right = row("ปั้น", birth_date="1950"), row("ปั้น", house="14", sex="f")
    tell(left, right)
    before = state()

    merge = services.merge_persons(person(left.id), person(right.id), by=somsri)
    assert Person.objects.count() == 1
    services.withdraw(merge, by=somsri)

    assert state() == before


def test_a_row_that_is_not_this_person_becomes_one_of_its_own_for_good(somsri):
    malee, other = row(), row(birth_date="1999")
    tell(malee)
    tell(other, kind="tpmap", links={other.id: malee.id})

    services.unlink_record(Record.objects.get(pk=other.id), by=somsri, reason="a namesake")

    assert Person.objects.count() == 2
    assert person(other.id).birth_date == "1999"
    assert (other.id, malee.id) in queries.different_pairs([malee.id])


def test_a_correction_by_staff_is_a_record_that_can_be_withdrawn(somsri):
    malee = row()
    tell(malee)
    batch = services.correct_person(person(malee.id), {"given_name": "มาลัย"}, by=somsri)

    assert person(malee.id).given_name == "มาลัย"
    services.withdraw(batch, by=somsri)

    assert person(malee.id).given_name == "มาลี"


def test_old_addresses_lead_to_the_person_a_record_belongs_to_now(somsri):
    left, right = row("ปั้น"), row("ปั้น", house="14")
    tell(left, right)
    services.merge_persons(person(left.id), person(right.id), by=somsri)

    survivor = Person.objects.get()
    gone = next(key for key in (left.id, right.id) if key != survivor.id.hex)

    assert queries.redirected_person(somsri, Record.objects.get(pk=gone).pk) == survivor


def test_a_household_is_split_and_the_split_is_taken_back(somsri):
    mother, son = row("ปั้น"), row("ดี")
    tell(mother, son)
    before = state()

    services.split_household(Household.objects.get(), [person(son.id)], {"house_no": "12/4"}, by=somsri)

    assert sorted(Household.objects.values_list("house_no", "member_count")) == [("12/3", 1), ("12/4", 1)]
    edit = Record.objects.filter(kind="staff").first()
    assert edit is not None
    services.withdraw(edit.batch, by=somsri)
    assert state() == before


def test_two_spellings_of_one_house_are_merged_and_parted(somsri):
    tell(row("ปั้น", house="12/3"), row("ดี", house="12-3"))
    before = state()
    left, right = Household.objects.all()

    merge = services.merge_households(left, right, by=somsri)
    assert [house.member_count for house in Household.objects.all()] == [2]

    services.withdraw(merge, by=somsri)
    assert state() == before


def test_a_household_that_moves_whole_takes_its_people_with_it(somsri):
    tell(row("ปั้น"), row("ดี"))

    services.move_household(Household.objects.get(), {"area": "52030602", "moo": 2, "house_no": "5"}, by=somsri)

    assert set(Person.objects.values_list("area_code", flat=True)) == {"52030602"}
    assert queries.area_numbers(["52030602"], date(2026, 11, 2)).people == 2
    assert queries.area_numbers(["52030601"], date(2026, 11, 2)).people == 0


def test_what_undoing_would_change_is_told_before(somsri):
    malee = row(phone=["+66811112222"])
    tell(malee)
    payees, newcomer = row(old_age_allowance=True), row("ใหม่", house="77")
    batch = tell(payees, newcomer, kind="old_age_payees", links={payees.id: malee.id})
    before = state()

    preview = services.foresee(batch)

    assert (preview.records, preview.persons, preview.persons_gone, preview.households_gone) == (2, 2, 1, 1)
    assert state() == before


def test_a_far_view_of_the_map_counts_pins_and_forgets_them_with_their_list(somsri):
    far = (0, 0, 0)
    tell(row("ปั้น", lat=18.2, lon=99.38))
    assert [(pin.n, pin.house_no) for pin in queries.houses_in_tile(somsri, *far)] == [(1, "12/3")]

    survey = tell(
        row("ดี", house="14", lat=18.2001, lon=99.3801), row("จ๋า", house="15", area="52030602", lat=18.19, lon=99.4)
    )
    assert [pin.n for pin in queries.houses_in_tile(somsri, *far)] == [3]

    services.withdraw(survey, by=somsri)
    assert [(pin.n, pin.house_no) for pin in queries.houses_in_tile(somsri, *far)] == [(1, "12/3")]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["link", "merge", "edit", "withdraw", "restore"]), max_size=6), st.integers(0, 999))
def test_the_database_always_agrees_with_a_fold_from_the_beginning(somsri, steps, seed):
    chance = random.Random(seed)
    for model in (Decision, Record, Filing, Person, Household, Fact, Tally):
        model.objects.all().delete()
    rows = [row("ปั้น", birth_date="1950"), row("ดี", house="14"), row("จ๋า", house="14", sex="f")]
    batches = [tell(*rows)]
    for step in steps:
        people = list(Person.objects.order_by("id"))
        if step == "link" and people:
            new = row("ปั้น", phone=["+66811112222"])
            batches.append(tell(new, kind="volunteer_survey", links={new.id: chance.choice(people).id.hex}))
        elif step == "merge" and len(people) > 1:
            services.merge_persons(*chance.sample(people, 2), by=somsri)
        elif step == "edit" and people:
            batches.append(services.correct_person(chance.choice(people), {"occupation": "ทำนา"}, by=somsri))
        elif step in {"withdraw", "restore"}:
            decisions = list(Decision.objects.filter(kind="merge"))
            getattr(services, step)(chance.choice([*batches, *decisions]), by=somsri)
    before = state()

    refold_records([key.hex for key in Record.objects.values_list("pk", flat=True)])

    assert state() == before
