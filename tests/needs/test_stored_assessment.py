"""What is kept of households follows the registry, the calendar and the weights, however the changes came."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import OTHER_VILLAGE, VILLAGE
from tests.people.town import row, tell

from mudmai.kernel import stopping
from mudmai.needs import services
from mudmai.needs.models import Assessed, Due, HouseNeed, NeedTally
from mudmai.needs.queries import NeedFilter, area_needs, needs_by_child, ranked_page
from mudmai.needs.services import assessing, stepping
from mudmai.people import services as people
from mudmai.people.models import Household, Person
from mudmai.people.services import NewRecord

pytestmark = pytest.mark.django_db

PAN = "a" * 32


def kept() -> dict[str, Any]:
    """Everything that is kept, for comparing."""
    houses = HouseNeed.objects.order_by("pk").values()
    tallies = NeedTally.objects.order_by("level", "area_code", "measure").values_list(
        "level", "area_code", "measure", "houses", "people"
    )
    return {"houses": list(houses), "tallies": list(tallies)}


def anew() -> dict[str, Any]:
    """The same, worked out from nothing."""
    HouseNeed.objects.all().delete()
    NeedTally.objects.all().delete()
    services.assess_all()
    return kept()


def test_what_came_in_is_assessed_by_the_house_and_is_as_if_all_were_assessed_anew():
    tell(row("ปั้น", id=PAN, house="12", birth_date="1950-03-01"), row("สม", house="9", birth_date="1990"))
    services.assess_due()
    tell(row("ปั้น", id="d" * 32, house="12", adl_group="bedridden"), kind="home_visit", links={"d" * 32: PAN})
    assert Due.objects.exists()
    services.assess_due()
    assert not Due.objects.exists()
    assert kept() == anew()
    assert HouseNeed.objects.get(red=True).household_id == Person.objects.get(given_name="ปั้น").household_id


def test_few_changes_are_assessed_as_soon_as_they_are_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(row("ปั้น", house="12", birth_date="1940"))
    assert HouseNeed.objects.count() == 1
    assert not Due.objects.exists()


def test_many_changes_are_left_to_one_job(django_capture_on_commit_callbacks, monkeypatch):
    begun: list[object] = []
    monkeypatch.setattr("mudmai.needs.tasks.enqueue_once", begun.append)
    with django_capture_on_commit_callbacks(execute=True):
        tell(*(row(f"คน{n}", house=str(n)) for n in range(60)))
    assert begun
    assert HouseNeed.objects.count() == 0
    services.assess_due()
    assert HouseNeed.objects.count() == 60


def test_a_list_that_is_taken_back_takes_its_houses_with_it(somsri):
    tell(row("ปั้น", house="12", birth_date="1940"))
    batch = tell(row("สม", house="9", birth_date="1990"), kind="volunteer_survey")
    services.assess_due()
    assert HouseNeed.objects.count() == 2
    people.withdraw(batch, by=somsri, reason="ผิดไฟล์")
    services.assess_due()
    assert HouseNeed.objects.count() == 1
    assert kept() == anew()


def test_who_moves_leaves_one_house_and_comes_to_the_other():
    tell(
        row("ปั้น", id=PAN, house="12", birth_date="1950"), row("สม", house="12", birth_date="1990"),
        row("มาลี", house="3", area=OTHER_VILLAGE, birth_date="1990"),
    )  # fmt: skip
    services.assess_due()
    tell(
        row("ปั้น", id="d" * 32, house="3", area=OTHER_VILLAGE, adl_group="homebound"),
        kind="home_visit",
        as_of=date(2026, 10, 20),
        links={"d" * 32: PAN},
    )
    services.assess_due()
    assert kept() == anew()
    assert sorted(HouseNeed.objects.values_list("area_code", "members")) == [(VILLAGE, 1), (OTHER_VILLAGE, 2)]


def test_houses_that_are_one_count_once(somsri):
    tell(row("ปั้น", house="12", birth_date="1940"), row("สม", house="12ก", birth_date="1990"))
    services.assess_due()
    one, other = Household.objects.order_by("house_no")
    people.merge_households(one, other, by=somsri, reason="หลังเดียวกัน")
    services.assess_due()
    assert HouseNeed.objects.get().members == 2
    assert kept() == anew()


def test_a_complete_list_of_payees_says_something_of_everybody_in_its_area():
    tell(row("ปั้น", id=PAN, house="12", birth_date="1950"), row("สม", house="9", birth_date="1990"))
    services.assess_due()
    tell(row("ปั้น", id="d" * 32, house="12", tpmap_poor=True), kind="tpmap", links={"d" * 32: PAN}, complete=True)
    services.assess_due()
    assert kept() == anew()
    assert area_needs(["52"]).groups["tpmap"] == 1


def test_what_was_done_before_a_stop_is_not_done_again(monkeypatch):
    tell(*(row(f"คน{n}", house=str(n), area=f"5203060{1 + n % 4}", birth_date="1940") for n in range(8)))
    Due.objects.all().delete()
    monkeypatch.setattr(assessing, "HOUSES_AT_ONCE", 2)
    seen: list[int] = []

    def stop_after_two(done: int, total: int) -> None:
        seen.append(done)
        if done >= 4:
            stopping.request()

    with pytest.raises(stopping.StoppedEarly):
        services.assess_all(progress=stop_after_two)
    stopping.forget()
    assert HouseNeed.objects.count() == 4
    assert services.assess_stale() == 4
    assert HouseNeed.objects.count() == 8
    assert services.assess_stale() == 0
    assert kept() == anew()


def test_the_next_day_everybody_is_assessed_again_because_people_grow_older(monkeypatch):
    tell(row("ปั้น", house="12", birth_date="1946-11-03"))
    services.assess_daily()
    assert not HouseNeed.objects.get().red
    monkeypatch.setenv("MUDMAI_TODAY", "2026-11-03")
    services.assess_daily()
    assert HouseNeed.objects.get().red
    assert Assessed.objects.get().day == date(2026, 11, 3)


def test_a_house_that_is_known_only_to_lie_in_the_tambon_counts_there_and_not_in_a_village():
    tell(row("ปั้น", house="12", birth_date="1940"))
    said = {"given_name": "สม", "family_name": "ใจดี", "birth_date": "1990", "house_no": "7", "area": "520306"}
    tell(NewRecord(said=said, household_key="e" * 32, area_code="520306", row_ref="1!2"))
    services.assess_all()
    found = needs_by_child("520306", 8)
    assert {code: numbers.assessed for code, numbers in found.items()} == {VILLAGE: 1, "520306": 1}
    assert area_needs(["520306"]).assessed == area_needs(["52"]).assessed == area_needs([""]).assessed == 2


def test_an_area_without_people_has_no_needs_and_no_poverty(somsri):
    from mudmai.needs.queries import alkire_foster

    services.assess_all()
    nobody = area_needs(["520306"])
    assert nobody.assessed == nobody.persons == nobody.poor == 0
    assert alkire_foster(nobody).h is None
    assert ranked_page(somsri, NeedFilter(area="520306")).rows == []


def test_a_list_that_is_not_committed_leaves_nothing_to_do():
    point = transaction.savepoint()
    tell(row("ปั้น", house="12"))
    assert Due.objects.exists()
    transaction.savepoint_rollback(point)
    assert not Due.objects.exists()


def test_areas_are_taken_some_at_a_time():
    houses = {f"{n:08}": 1 for n in range(450)}
    assert [len(step) for step in stepping.steps(sorted(houses), houses, 1000)] == [200, 200, 50]


PEOPLE = ("ปั้น", "สม", "มาลี")
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "adl_group": st.sampled_from(["bedridden", "homebound", "active"]),
        "caregiver_state": st.sampled_from(["none", "always"]),
        "birth_date": st.sampled_from(["1940-01-01", "1990", "2015-05-05"]),
        "need_urgency": st.sampled_from(["1", "5", "9"]),
        "tpmap_poor": st.booleans(),
        "presence": st.sampled_from(["present", "absent", "dead"]),
    },
)
TOLD = st.tuples(
    st.sampled_from(range(3)),
    st.sampled_from(["12", "9"]),
    st.sampled_from([VILLAGE, OTHER_VILLAGE]),
    st.sampled_from(["civil_register", "home_visit", "tpmap"]),
    st.integers(1, 28),
    FACTS,
)


@pytest.mark.django_db
@settings(max_examples=15)
@given(told=st.lists(TOLD, min_size=1, max_size=6), taken_back=st.integers(0, 5))
def test_whatever_came_in_whatever_order_each_step_leaves_what_assessing_all_would(told, taken_back):
    point = transaction.savepoint()
    keys = [f"{n + 1:032x}" for n in range(3)]
    tell(*(row(name, id=keys[n], house="1") for n, name in enumerate(PEOPLE)))
    batches = []
    for number, (who, house, area, kind, day, facts) in enumerate(told):
        record = f"{number + 100:032x}"
        said = row(PEOPLE[who], id=record, house=house, area=area, **facts)
        batches.append(tell(said, kind=kind, as_of=date(2026, 10, day), links={record: keys[who]}))
        services.assess_due()
    if taken_back < len(batches):
        people.withdraw(batches[taken_back], by=None, reason="ผิดไฟล์")
        services.assess_due()
    assert kept() == anew()
    transaction.savepoint_rollback(point)
