"""A frame of some is the same rows of the frame of all."""

from datetime import date

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people.town import VILLAGE, row, tell

from mudmai.people import queries
from mudmai.people.models import Household, Person
from mudmai.people.queries import Frame

pytestmark = pytest.mark.django_db

CODES = ["pregnant", "adl_group", "needs", "adl_score", "disability_card_expires", "occupation", "toilet"]
AREAS = [VILLAGE, "52030602", "50010101"]
SAID = st.fixed_dictionaries(
    {},
    optional={
        "pregnant": st.booleans(),
        "adl_group": st.sampled_from(["bedridden", "active"]),
        "needs": st.lists(st.sampled_from(["food", "money"]), unique=True),
        "adl_score": st.integers(0, 20),
        "disability_card_expires": st.sampled_from(["2027", "2026-02-03"]),
        "presence": st.sampled_from(["absent", "dead", "present"]),
        "birth_date": st.sampled_from(["1950", "1960-02", "2020-02-29"]),
        "toilet": st.sampled_from(["seat", "none"]),
    },
)
PEOPLE = st.lists(
    st.tuples(st.sampled_from(AREAS), st.sampled_from(["1", "2", "3/4", None]), SAID), min_size=1, max_size=8
)


def rows_of(found: Frame, house: str) -> dict[str, object]:
    """All that a frame says of one house and of who lives there."""
    at = found.houses.ids.index(house)
    people = {}
    for place in np.flatnonzero(found.house == at):
        told = {code: repr(column[place]) for code, column in found.persons.told.items()}
        told["rest"] = (
            found.persons.area[place], found.born_first[place], found.born_last[place], found.sex[place],
            found.status[place], found.registered_area[place], found.sort_key[place], found.living[place],
        )  # fmt: skip
        people[found.persons.ids[place]] = told
    yes = found.persons.told["pregnant"]
    return {
        "people": people,
        "area": found.houses.area[at],
        "told": {code: repr(column[at]) for code, column in found.houses.told.items()},
        "groups": (found.count(yes == 1)[at], found.any(yes)[at], found.all(yes)[at]),
    }


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(PEOPLE, st.booleans())
def test_one_house_or_one_person_or_one_area_is_its_part_of_everything(people, past):
    on = date(2026, 12, 31) if past else None
    with transaction.atomic():
        tell(*(row(f"ก{n}", area=area, house=house, about="both" if house else "person", **said)
               for n, (area, house, said) in enumerate(people)))  # fmt: skip
        tell(row("ใคร", pregnant=False, house=None), kind="home_visit")
        whole = queries.frame(CODES, on=on)
        for house in Household.objects.all():
            alone = queries.frame(CODES, households=[house.pk.hex], on=on)
            assert alone.houses.ids == [house.pk.hex]
            assert rows_of(alone, house.pk.hex) == rows_of(whole, house.pk.hex)
        for person in Person.objects.all():
            alone = queries.frame(CODES, persons=[person.pk.hex], on=on)
            assert person.pk.hex in alone.persons.ids
            for house in alone.houses.ids:
                assert rows_of(alone, house) == rows_of(whole, house)
        for area in ("52", VILLAGE, "50"):
            part = queries.frame(CODES, areas=[area], on=on)
            counted = {
                key for key, at in zip(whole.persons.ids, whole.persons.area, strict=True) if at[: len(area)] == area
            }
            assert counted == set(part.persons.ids)
            for house in part.houses.ids:
                assert rows_of(part, house) == rows_of(whole, house)
        transaction.set_rollback(True)


def test_a_house_that_lies_nowhere_comes_with_whoever_counts_in_an_area():
    register = row()
    tell(register)
    nowhere, beside = row(house="9"), row("บุญ", house="9")
    for each in (nowhere, beside):
        each.said = {"given_name": each.said["given_name"], "house_no": "9"}
    tell(nowhere, beside, kind="home_visit", links={nowhere.id: register.id}, as_of=date(2026, 11, 1))
    Household.objects.filter(pk=nowhere.household_key).update(area_code="")
    found = queries.frame([], areas=["520306"])
    assert sorted(found.persons.ids) == sorted([register.id, beside.id])
    assert nowhere.household_key in found.houses.ids


def test_nobody_asked_for_is_nobody():
    tell(row())
    for found in (queries.frame([], households=[]), queries.frame([], persons=[]), queries.frame([], areas=[])):
        assert (len(found.persons), len(found.houses)) == (0, 0)
