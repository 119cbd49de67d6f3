"""What became of an area between two days: of its households, and of the same people."""

from datetime import date

import pytest
from tests.conftest import OTHER_VILLAGE, TAMBON, VILLAGE
from tests.people.town import row, tell

from mudmai.kernel import stopping
from mudmai.kernel.errors import NotAllowed, NotFound
from mudmai.needs import queries, services
from mudmai.needs.models import Snapshot
from mudmai.needs.rules.changing import Stand, compare, joined, way_of
from mudmai.needs.services import NotAPastDay, snapshots
from mudmai.people import services as people
from mudmai.people.models import Household
from mudmai.people.services import NewRecord

pytestmark = pytest.mark.django_db

JULY, PAN, SOM = date(2026, 7, 1), "a" * 32, "b" * 32
LIVING = {"jpt31_09": "pass", "jpt31_10": "pass", "jpt31_11": "pass"}


@pytest.fixture
def july(somsri):
    """What was known in July of three houses, before the visits of October."""
    tell(
        row("ปั้น", id=PAN, house="1", birth_date="1960"), row("ดี", house="1", birth_date="1960"),
        row("สม", id=SOM, house="2", birth_date="1980"), row("มาลี", house="3", area=OTHER_VILLAGE, birth_date="1980"),
        row(about="household", house="1", **LIVING, jpt31_08="fail"),
        row(about="household", house="2", **LIVING, jpt31_08="pass"),
        as_of=date(2026, 6, 1),
    )  # fmt: skip
    tell(
        row(about="household", house="1", jpt31_08="pass"), row(about="household", house="2", jpt31_08="fail"),
        row("ใหม่", house="4", birth_date="1980"),
        kind="home_visit", as_of=date(2026, 10, 1),
    )  # fmt: skip
    services.assess_due()
    kept = services.take_snapshot(by=somsri, area_code=TAMBON, as_of=JULY)
    services.fill_snapshot(kept.pk)
    return Snapshot.objects.get(pk=kept.pk)


def test_a_day_that_is_past_is_kept_as_it_was_known_then(july):
    assert july.finished_at
    assert july.houses == 3
    rows = {Household.objects.get(pk=row.household_id).house_no: row for row in july.rows.all()}
    assert bool(rows["1"].failed)
    assert not rows["2"].failed
    assert len(rows["1"].people) == 32
    assert queries.progress_of(july) == (3, 3)


def test_houses_got_better_or_worse_or_are_new(july, somsri):
    found = queries.changes(somsri, TAMBON, july)
    assert (found.better, found.worse, found.same, found.unknown) == (1, 1, 0, 1)
    assert (found.new, found.gone, found.followed) == (1, 0, 3)
    living = found.dimensions["living"]
    assert (living.better, living.worse, living.unknown) == (1, 1, 1)
    ways = {each.house.house_no: each for each in queries.changed_houses(somsri, TAMBON, july)}
    assert (ways["1"].way, ways["1"].mended) == ("better", ("living",))
    assert (ways["2"].way, ways["2"].fallen) == ("worse", ("living",))
    assert ways["4"].way == "new"
    [only] = queries.changed_houses(somsri, VILLAGE, july, way="worse")
    assert only.house.house_no == "2"


def test_the_same_people_are_followed_to_the_house_where_they_live_now(july, somsri):
    tell(
        row("สม", id="d" * 32, house="1"), kind="home_visit", as_of=date(2026, 10, 20), links={"d" * 32: SOM}
    )  # fmt: skip
    services.assess_due()
    found = queries.changes(somsri, TAMBON, july)
    # Of house 1 two stayed in a house that got better; สม came there from a house that did not fail then.
    assert (found.people["better"], found.people["worse"], found.people["same"]) == (2, 0, 1)
    assert found.people_followed == 4


def test_houses_that_were_brought_together_since_are_compared_as_one(july, somsri):
    one, other = Household.objects.get(house_no="1"), Household.objects.get(house_no="2")
    people.merge_households(one, other, by=somsri, reason="หลังเดียวกัน")
    services.assess_due()
    found = queries.changes(somsri, TAMBON, july)
    assert found.gone == 0
    assert found.followed == 2


def test_a_reader_sees_changes_of_their_own_areas_only(july, noi, nayok, stranger):
    assert queries.changes(noi, TAMBON, july).followed == 2
    assert queries.changes(nayok, TAMBON, july).followed == 3
    assert queries.changed_houses(nayok, TAMBON, july) == []
    assert queries.changes(stranger, TAMBON, july).followed == 0
    with pytest.raises(NotFound):
        queries.snapshot_for(stranger, july.pk, TAMBON)


def test_a_day_is_kept_once_and_never_one_to_come(july, somsri, noi):
    assert services.take_snapshot(by=somsri, area_code=TAMBON, as_of=JULY) == july
    with pytest.raises(NotAPastDay):
        services.take_snapshot(by=somsri, area_code=TAMBON, as_of=date(2026, 12, 1))
    with pytest.raises(NotAllowed):
        services.take_snapshot(by=noi, area_code=VILLAGE, as_of=JULY)
    assert [each.pk for each in queries.snapshots_for(somsri, VILLAGE)] == [july.pk]


def test_keeping_a_day_goes_on_where_it_was_stopped(july, somsri, monkeypatch):
    monkeypatch.setattr(snapshots, "HOUSES_AT_ONCE", 1)
    kept = services.take_snapshot(by=somsri, area_code=TAMBON)
    with pytest.raises(stopping.StoppedEarly):
        services.fill_snapshot(kept.pk, progress=lambda done, total: stopping.request())
    stopping.forget()
    assert Snapshot.objects.get(pk=kept.pk).finished_at is None
    services.keep_monthly()
    kept = Snapshot.objects.get(pk=kept.pk)
    assert kept.finished_at
    assert kept.houses == 4 == kept.rows.count()


def test_the_chore_keeps_one_day_in_four_weeks(july, monkeypatch):
    services.keep_monthly()
    services.keep_monthly()
    assert Snapshot.objects.filter(area_code="").count() == 1
    monkeypatch.setenv("MUDMAI_TODAY", "2026-12-01")
    services.keep_monthly()
    assert [each.as_of.month for each in Snapshot.objects.filter(area_code="").order_by("id")] == [11, 12]


def test_what_one_of_the_days_does_not_know_is_no_change():
    then, now = Stand(False, 0b1, 0b11110, 0), Stand(False, 0b10, 0b1, 0)
    assert way_of(then, now) == "unknown"
    found = compare({"x": then}, {"x": now})
    assert found.dimensions["health"].unknown == found.dimensions["living"].unknown == 1


def test_two_houses_as_one_fail_where_either_fails():
    one, other = Stand(False, 0b1, 0b10, 1, 1, 5, 2, ("p",)), Stand(True, 0b10, 0b1, 2, 9, 70, 1, ("q",))
    assert joined(one, other) == Stand(True, 0b11, 0, 3, 9, 70, 3, ("p", "q"))


def test_a_house_of_which_the_village_became_known_later_is_the_same_house(somsri):
    house = "e" * 32
    said = {"given_name": "สม", "family_name": "ใจดี", "house_no": "7"}
    then = NewRecord(said=said | {"area": TAMBON}, household_key=house, area_code=TAMBON, row_ref="1!2")
    tell(then, as_of=date(2026, 6, 1))
    later = NewRecord(said={"house_no": "7", "area": VILLAGE}, household_key=house, area_code=VILLAGE,
                      row_ref="1!3", about="household")  # fmt: skip
    tell(later, kind="civil_register", as_of=date(2026, 10, 1))
    services.assess_due()
    kept = services.take_snapshot(by=somsri, area_code=TAMBON, as_of=JULY)
    services.fill_snapshot(kept.pk)
    assert [row.area_code for row in kept.rows.all()] == [TAMBON]
    found = queries.changes(somsri, TAMBON, kept)
    assert (found.followed, found.new, found.gone) == (1, 0, 0)
