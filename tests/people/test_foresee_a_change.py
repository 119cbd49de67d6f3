"""Before anything is taken back, one sees what that changes; and then exactly that happens."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people.town import person, row, state, tell

from mudmai.people import services
from mudmai.people.models import Decision, Fact, Filing, Household, Person, Record, Tally
from mudmai.people.services import foresee

pytestmark = pytest.mark.django_db


def values(known: dict[str, Any]) -> dict[str, Any]:
    return {code: told[0] for code, told in known.items()}


def seen() -> tuple[dict[str, Any], dict[str, Any]]:
    """What one sees of everybody and of every house: the values, and how many live there."""
    persons = {found.pk.hex: values(found.known) for found in Person.objects.all()}
    houses = {found.pk.hex: values(found.known) | {"members": found.member_count} for found in Household.objects.all()}
    return persons, houses


def differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """{key: {code: (old, new)}} of what is not the same."""
    found = {}
    for key in before.keys() | after.keys():
        old, new = before.get(key, {}), after.get(key, {})
        changed = {
            code: (old.get(code), new.get(code)) for code in old.keys() | new.keys() if old.get(code) != new.get(code)
        }
        if changed or (key in before) != (key in after):
            found[key] = changed
    return found


def told(changes: Any) -> dict[str, Any]:
    return {each.id: {one.code: (one.old, one.new) for one in each.fields} for each in changes}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["link", "merge", "edit", "house", "withdraw"]), max_size=7), st.integers(0, 9999))
def test_what_is_foreseen_is_what_happens(somsri, steps, seed):
    chance = random.Random(seed)
    for model in (Decision, Record, Filing, Person, Household, Fact, Tally):
        model.objects.all().delete()
    targets: list[Any] = [tell(row("ปั้น", birth_date="1950"), row("ดี", house="14"), row("จ๋า", house="14", sex="f"))]
    for step in steps:
        people = list(Person.objects.order_by("id"))
        houses = list(Household.objects.order_by("id"))
        if step == "link" and people:
            new = row("ปั้น", house=chance.choice(["12/3", "99"]), phone=["+66811112222"])
            targets.append(tell(new, kind="volunteer_survey", links={new.id: chance.choice(people).id.hex}))
            targets.append(Record.objects.get(pk=new.id))
        elif step == "merge" and len(people) > 1:
            targets.append(services.merge_persons(*chance.sample(people, 2), by=somsri))
        elif step == "house" and len(houses) > 1:
            targets.append(services.merge_households(*chance.sample(houses, 2), by=somsri))
        elif step == "edit" and people:
            targets.append(services.correct_person(chance.choice(people), {"occupation": "ทำนา"}, by=somsri))
        elif step == "withdraw":
            target = chance.choice(targets)
            target.refresh_from_db()
            (services.restore if target.withdrawn else services.withdraw)(target, by=somsri)
    targets += list(Decision.objects.filter(kind="link"))
    target = chance.choice(targets)
    target.refresh_from_db()
    persons, houses = seen()
    derived = state()

    changes = foresee(target)

    assert state() == derived  # nothing is written
    (services.restore if target.withdrawn else services.withdraw)(target, by=somsri)
    persons_then, houses_then = seen()
    assert told(changes.told) == differing(persons, persons_then)
    gone = {each.id for each in changes.told if each.how in {"goes", "joins"}}
    assert gone == persons.keys() - persons_then.keys()
    new = {each.id for each in changes.told if each.how in {"comes", "parts"}}
    assert new == persons_then.keys() - persons.keys()
    foreseen = told(changes.houses)
    happened = differing(houses, houses_then)
    for key, fields in happened.items():
        if key in houses and key in houses_then:
            assert foreseen[key] == fields
        else:
            assert key in foreseen
    assert foreseen.keys() == happened.keys()


def test_of_a_list_one_sees_who_goes_and_which_values_fall_back(somsri):
    malee = row(phone=["+66811112222"])
    tell(malee, kind="tpmap")
    payees, newcomer = row(old_age_allowance=True, phone=["+66899999999"]), row("ใหม่", house="77")
    batch = tell(payees, newcomer, kind="home_visit", links={payees.id: malee.id})

    changes = foresee(batch)

    assert (changes.records, changes.persons, changes.persons_gone, changes.households_gone) == (2, 2, 1, 1)
    assert [(each.name, each.how) for each in changes.told] == [("ใหม่ ใจดี", "goes"), ("มาลี ใจดี", "changes")]
    assert {
        ("phone", ("+66899999999",), ("+66811112222",)),
        ("old_age_allowance", True, None),
    } <= {
        (each.code, *(tuple(side) if isinstance(side, list) else side for side in each[1:]))
        for each in changes.told[1].fields
    }


def test_of_a_merge_one_sees_who_parts_and_where_each_correction_goes(somsri):
    old, young = row("ปั้น", birth_date="1950"), row("ปั้น", house="14", birth_date="1980")
    tell(old, young)
    merge = services.merge_persons(person(young.id), person(old.id), by=somsri)
    services.correct_person(Person.objects.get(), {"phone": ["+66811112222"]}, by=somsri)
    later = row("ปั้น", house="14", occupation="ทำนา")
    tell(later, kind="volunteer_survey", links={later.id: young.id})

    changes = foresee(merge)

    parting = [each for each in changes.told if each.how == "parts"]
    assert [each.other for each in parting] == [old.id]
    assert [(edit.key, edit.person) for edit in changes.edits] == [(old.id, old.id)]
    assert [decision.left.hex for decision in changes.decisions if decision.basis == "cid"] == [later.id]


def test_of_a_list_that_founded_people_one_sees_which_links_rest_on_it(somsri):
    register, payees = row(birth_date="1950-03-15"), row()
    first = tell(register)
    tell(payees, kind="old_age_payees", links={payees.id: register.id})

    changes = foresee(first)

    assert [decision.left.hex for decision in changes.decisions] == [payees.id]
    assert changes.decisions_count == 1


def test_of_a_long_list_the_first_are_told_and_all_are_counted(somsri, monkeypatch):
    monkeypatch.setattr("mudmai.people.services.foresight.TOLD_PERSONS", 2)
    batch = tell(*(row(f"คน{n}", house=str(n)) for n in range(1, 6)))

    changes = foresee(batch)

    assert len(changes.told) == 2
    assert not changes.all_told
    assert (changes.persons, changes.persons_gone, changes.households_gone) == (5, 5, 5)


def test_not_the_same_taken_back_changes_nobody(somsri):
    left, right = row("ปั้น"), row("ปั้น", house="14")
    tell(left, right)

    assert foresee(services.mark_different(left.id, right.id, by=somsri)).nothing


def test_a_household_that_moved_is_back_with_its_people_when_the_move_is_taken_back(somsri):
    tell(row("ปั้น"), row("ดี"))
    before = state()

    move = services.move_household(Household.objects.get(), {"area": "52030602", "moo": 2, "house_no": "5"}, by=somsri)
    services.withdraw(move, by=somsri)

    assert state() == before


def test_houses_once_put_together_and_parted_keep_their_own_counts(somsri):
    tell(row("ปั้น"), row("ดี", house="14"))
    parted = services.merge_households(*Household.objects.order_by("id"), by=somsri)
    services.withdraw(parted, by=somsri)
    newcomer = tell(row("ใหม่", house="14"), kind="tpmap")

    services.withdraw(newcomer, by=somsri)

    assert dict(Household.objects.values_list("house_no", "member_count")) == {"12/3": 1, "14": 1}
