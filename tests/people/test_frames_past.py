"""A frame of a past day holds what was known from the records observed by then, as far as they stand now."""

from datetime import date

import numpy as np
import pytest
from tests.people.town import person, row, tell

from mudmai.kernel.logic import NO, UNKNOWN, YES
from mudmai.people import queries, services
from mudmai.people.queries import Frame

pytestmark = pytest.mark.django_db

SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 10, 1)


def place(found: Frame, key: str) -> int:
    return found.persons.ids.index(key)


def test_who_came_later_is_absent_and_what_was_said_later_is_not_known():
    malee = row(chronic_ill=False)
    tell(malee, as_of=SPRING)
    later, newcomer = row(chronic_ill=True), row("ใหม่", house="77")
    tell(later, newcomer, kind="home_visit", as_of=AUTUMN, links={later.id: malee.id})
    now, then = queries.frame(["chronic_ill"]), queries.frame(["chronic_ill"], on=SUMMER)
    assert sorted(now.persons.ids) == sorted([malee.id, newcomer.id])
    assert then.persons.ids == [malee.id]
    assert len(then.houses) == 1
    assert (then.on, then.persons.told["chronic_ill"].tolist()) == (SUMMER, [NO])
    assert now.persons.told["chronic_ill"][place(now, malee.id)] == YES
    assert len(queries.frame([], on=date(2025, 1, 1)).persons) == 0


def test_the_status_and_the_house_are_those_of_then():
    malee = row(sex="f", birth_date="1950")
    tell(malee, as_of=SPRING)
    moved = row(house="7", area="50010101")
    tell(moved, kind="home_visit", as_of=SUMMER, links={moved.id: malee.id})
    died = row(house=None, death_date="2026-09-20")
    tell(died, kind="civil_register", as_of=AUTUMN, links={died.id: malee.id})
    spring, summer, autumn = (queries.frame(["lives_at"], on=day) for day in (SPRING, SUMMER, AUTUMN))
    assert [found.persons.area[0] for found in (spring, summer)] == ["52030601", "50010101"]
    assert [queries.STATUSES[found.status[0]] for found in (spring, summer, autumn)] == ["alive", "alive", "dead"]
    assert spring.houses.ids[spring.house[0]] == malee.household_key
    assert summer.houses.ids[summer.house[0]] == moved.household_key
    assert summer.registered_area[0] == "52030601"
    assert (spring.sex[0], spring.born_first[0]) == (2, queries.day_number(date(1950, 1, 1)))


def test_an_area_of_then_holds_who_lived_there_then():
    malee = row()
    tell(malee, as_of=SPRING)
    moved = row(house="7", area="50010101")
    tell(moved, kind="home_visit", as_of=AUTUMN, links={moved.id: malee.id})
    assert queries.frame([], areas=["520306"], on=SUMMER).persons.ids == [malee.id]
    assert queries.frame([], areas=["520306"]).persons.ids == []
    assert queries.frame([], areas=["50"], on=SUMMER).persons.ids == []
    assert queries.frame([], areas=["50"], on=AUTUMN).persons.ids == [malee.id]
    assert queries.frame([], households=[malee.household_key], on=SUMMER).persons.ids == [malee.id]
    assert queries.frame([], households=[malee.household_key], on=AUTUMN).persons.ids == []
    assert queries.frame([], persons=[malee.id], on=SUMMER).houses.ids == [malee.household_key]


def test_a_withdrawn_list_is_not_known_on_any_day(somsri):
    malee = row()
    tell(malee, as_of=SPRING)
    told = row(chronic_ill=True)
    batch = tell(told, kind="home_visit", as_of=SUMMER, links={told.id: malee.id})
    assert queries.frame(["chronic_ill"], on=AUTUMN).persons.told["chronic_ill"].tolist() == [YES]
    services.withdraw(batch, by=somsri)
    assert queries.frame(["chronic_ill"], on=AUTUMN).persons.told["chronic_ill"].tolist() == [UNKNOWN]
    services.restore(batch, by=somsri)
    assert queries.frame(["chronic_ill"], on=AUTUMN).persons.told["chronic_ill"].tolist() == [YES]


def test_two_who_are_one_now_are_one_on_every_day(somsri):
    old, young = row("ปั้น", chronic_ill=True), row("ปั้น", house="14", pregnant=True)
    tell(old, as_of=SPRING)
    tell(young, as_of=SUMMER)
    merge = services.merge_persons(person(young.id), person(old.id), by=somsri)
    then = queries.frame(["chronic_ill", "pregnant"], on=SUMMER)
    assert then.persons.ids == [min(old.id, young.id)]
    assert (then.persons.told["chronic_ill"][0], then.persons.told["pregnant"][0]) == (YES, YES)
    assert queries.frame(["pregnant"], on=SPRING).persons.told["pregnant"].tolist() == [UNKNOWN]
    services.withdraw(merge, by=somsri)
    assert sorted(queries.frame([], on=SUMMER).persons.ids) == sorted([old.id, young.id])


def test_houses_that_are_one_now_are_one_on_every_day(somsri):
    malee, boon = row(), row("บุญ", house="14", toilet="seat", about="both")
    tell(malee, boon, as_of=SPRING)
    services.merge_households(*(person(each.id).household for each in (boon, malee)), by=somsri)
    then = queries.frame(["toilet"], on=SUMMER)
    assert len(then.houses) == 1
    assert then.house.tolist() == [0, 0]
    assert then.houses.told["toilet"].tolist() == [queries.code_index("toilet", "seat")]


def test_a_frame_of_today_by_records_is_the_frame_of_now(somsri):
    malee, boon = row(sex="f", birth_date="1950-03", adl_group="bedridden"), row("บุญ", sex="m", needs=["food"])
    tell(malee, boon, row("ไกล", area="50010101", presence="moved"), row(house="50", about="household", toilet="none"))
    services.correct_person(person(boon.id), {"phone": ["+66811112222"]}, by=somsri, on=AUTUMN)
    tell(row("ใคร", old_age_allowance=True), kind="old_age_payees", complete=True)
    codes = ["adl_group", "needs", "phone", "toilet", "given_name", "old_age_allowance"]
    same(queries.frame(codes), queries.frame(codes, on=date(2026, 12, 31)))


def same(left: Frame, right: Frame) -> None:
    """Whether two frames hold the same, in whatever order."""
    for first, second in ((left.houses, right.houses), (left.persons, right.persons)):
        assert sorted(first.ids) == sorted(second.ids)
        order = [second.ids.index(key) for key in first.ids]
        assert np.array_equal(first.area, second.area[order])
        for code, column in first.told.items():
            assert np.array_equal(column, second.told[code][order], equal_nan=column.dtype.kind == "f"), code
    order = [right.persons.ids.index(key) for key in left.persons.ids]
    for name in ("born_first", "born_last", "sex", "status", "registered_area", "living"):
        assert np.array_equal(getattr(left, name), getattr(right, name)[order]), name
    assert left.sort_key == [right.sort_key[each] for each in order]
    homes = [[found.houses.ids[at] if at >= 0 else "" for at in found.house] for found in (left, right)]
    assert homes[0] == [homes[1][each] for each in order]
