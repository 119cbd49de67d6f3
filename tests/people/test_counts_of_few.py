"""Counting a few villages anew finds what counting all of them finds."""

from datetime import date

import pytest
from tests.people.town import person, row, state, tell

from mudmai.people import services

pytestmark = pytest.mark.django_db


def test_facts_of_people_and_houses_are_counted_alike_by_village_and_in_whole(somsri):
    malee, boon = row(adl_group="bedridden", disability_types=["2", "4"]), row("บุญ", area="52030602")
    tell(malee, boon, row(about="household", house="50", house_condition="ทรุดโทรม"))
    services.correct_person(person(boon.id), {"adl_group": "homebound"}, by=somsri)
    moved = row(house="7", area="52030602", presence="absent")
    tell(moved, kind="home_visit", links={moved.id: malee.id}, as_of=date(2026, 11, 1))
    by_village = state()["tallies"]
    services.recount_all()
    assert state()["tallies"] == by_village
    assert any(measure == "fact:house_condition" for _area, _level, measure, _key, _n in by_village)
