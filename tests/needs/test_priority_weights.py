"""Every town sets its own points: looked at before, kept for good, and refused where they make no sense."""

from datetime import date

import pytest
from tests.conftest import OTHER_VILLAGE, TAMBON, VILLAGE
from tests.people.town import row, tell

from mudmai.audit.models import Entry
from mudmai.kernel.errors import NotAllowed, NotFound
from mudmai.needs import services
from mudmai.needs.models import HouseNeed, Weighing
from mudmai.needs.queries import NeedFilter, preview_weights, ranked_page, weighing_for, weighings_of
from mudmai.needs.rules.priority import WeightsRefused, reasons
from mudmai.people.models import Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    """Of three houses one is unsafe, one disabled, one of an orphan."""
    tell(
        row("ปั้น", house="1", birth_date="1970", disability_registered=True),
        row("สม", house="2", birth_date="1980"),
        row(about="household", house="2", house_state="unsafe"),
        row("แม่", house="3", area=OTHER_VILLAGE, birth_date="1980"),
        row("เล็ก", house="3", area=OTHER_VILLAGE, birth_date="2016", hardship_kinds=["9"]),
    )
    services.assess_all()


def order(user, **keep):
    return [line.house.house_no for line in ranked_page(user, NeedFilter(**keep)).rows]


def test_a_preview_says_who_would_move_and_writes_nothing(town, somsri):
    before = list(HouseNeed.objects.order_by("pk").values())
    assert order(somsri) == ["3", "2", "1"]
    found = preview_weights(somsri, TAMBON, {"disabled": 50}, first=2)
    assert (found.assessed, found.moved_up, found.moved_down, found.unchanged) == (3, 1, 1, 1)
    [comes], [goes] = found.into, found.out
    assert (comes.house.house_no, comes.place_before, comes.place_after) == ("1", 3, 2)
    assert (goes.house.house_no, goes.place_before, goes.place_after) == ("2", 2, 3)
    assert comes.score_after - comes.score_before == 40
    assert comes.urgency_after == 5
    assert found.urgency_before != found.urgency_after
    assert list(HouseNeed.objects.order_by("pk").values()) == before
    assert not Weighing.objects.exists()


def test_what_was_previewed_is_what_comes(town, somsri):
    found = preview_weights(somsri, TAMBON, {"disabled": 50}, first=2)
    kept = services.weigh(by=somsri, area_code=TAMBON, points={"disabled": 50}, note="ประชุม 2 พ.ย.")
    services.assess_stale()
    assert order(somsri) == ["3", "1", "2"]
    assert {need.household_id: need.score for need in HouseNeed.objects.all()}[found.into[0].house.pk] == found.into[
        0
    ].score_after
    assert weighing_for(VILLAGE)[1] == kept
    assert weighings_of(somsri, TAMBON) == [kept]
    assert Entry.objects.filter(action="needs.weights.set", area_code=TAMBON).count() == 1


def test_a_weight_of_zero_switches_a_reason_off_and_it_is_shown_so(town, somsri):
    services.weigh(by=somsri, area_code=TAMBON, points={"orphan": 0, "disabled": 0})
    services.assess_stale()
    lines = {line.house.house_no: line for line in ranked_page(somsri, NeedFilter()).rows}
    assert not lines["3"].red
    [off] = [reason for reason in lines["3"].reasons if reason.code == "orphan"]
    assert off.points == 0
    assert not off.counts
    assert "กำพร้า" not in lines["3"].why
    assert sum(reason.points for reason in lines["1"].reasons) == lines["1"].score


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ({"disabled": -1}, "0 ถึง 100"),
        ({"disabled": 101}, "0 ถึง 100"),
        ({"disabled": 1.5}, "จำนวนเต็ม"),
        ({"disabled": True}, "จำนวนเต็ม"),
        ({"self_harm": 0}, "ปิดไม่ได้"),
        ({"nothing": 5}, "ไม่มีเหตุผล"),
        ({"band_5": 60, "band_9": 60}, "ต้องมากกว่า"),
        ({"band_5": 0}, "ต้องมากกว่า"),
    ],
)
def test_weights_that_make_no_sense_are_refused_with_a_sentence(town, somsri, points, sentence):
    with pytest.raises(WeightsRefused) as refused:
        services.weigh(by=somsri, area_code=TAMBON, points=points)
    assert sentence in str(refused.value)
    with pytest.raises(WeightsRefused):
        preview_weights(somsri, TAMBON, points)
    assert not Weighing.objects.exists()


def test_where_urgent_begins_is_a_towns_own_too(town, somsri):
    services.weigh(by=somsri, area_code=TAMBON, points={"band_5": 5, "band_9": 15})
    services.assess_stale()
    lines = {line.house.house_no: line.urgency for line in ranked_page(somsri, NeedFilter()).rows}
    assert lines == {"1": 5, "2": 9, "3": 9}


def test_weights_hold_in_their_own_area_and_from_their_own_day(town, somsri, monkeypatch):
    services.weigh(by=somsri, area_code=VILLAGE, points={"disabled": 90})
    services.weigh(by=somsri, area_code=TAMBON, points={"disabled": 1}, valid_from=date(2026, 11, 10))
    services.assess_stale()
    house = Household.objects.get(house_no="1").pk
    assert HouseNeed.objects.get(pk=house).score >= 90
    assert weighing_for(OTHER_VILLAGE)[1] is None
    monkeypatch.setenv("MUDMAI_TODAY", "2026-11-10")
    services.assess_daily()
    assert HouseNeed.objects.get(pk=house).score >= 90
    assert weighing_for(OTHER_VILLAGE)[0].points["disabled"] == 1
    with pytest.raises(WeightsRefused):
        services.weigh(by=somsri, area_code=TAMBON, points={"disabled": 1}, valid_from=date(2026, 11, 2))


def test_who_may_not_weigh_there_is_refused_and_previews_nothing(town, noi, nayok, stranger):
    for user in (noi, nayok, stranger):
        with pytest.raises((NotAllowed, NotFound)):
            services.weigh(by=user, area_code=TAMBON, points={"disabled": 50})
        assert preview_weights(user, TAMBON, {"disabled": 50}).assessed == 0


def test_a_reason_that_is_no_more_does_not_stop_the_others(town, somsri):
    Weighing.objects.create(area_code=TAMBON, valid_from=date(2026, 1, 1), points={"of_long_ago": 7, "disabled": 20})
    services.assess_stale()
    assert "of_long_ago" not in reasons()
    assert any(reason.points == 20 for line in ranked_page(somsri, NeedFilter()).rows for reason in line.reasons)


def test_weights_of_one_village_leave_the_others_as_they_were_assessed(town, somsri):
    services.weigh(by=somsri, area_code=OTHER_VILLAGE, points={"orphan": 99})
    assert services.assess_stale() == 1
    assert services.assess_stale() == 0
