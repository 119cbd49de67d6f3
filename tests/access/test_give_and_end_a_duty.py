"""access.services: give_duty, end_duty, add_user, set_password, switch_off_user."""

from datetime import date

import pytest

from mudmai.access.models import Duty
from mudmai.access.queries import duties_in, scope_for
from mudmai.access.services import (
    DutyDoesNotAllow,
    DutyEndsBeforeStart,
    OutsideYourAreas,
    UnknownArea,
    UnknownRole,
    add_user,
    end_duty,
    give_duty,
    set_password,
    switch_off_user,
    switch_on_user,
)
from mudmai.accounts.services import PasswordTooWeak, UsernameTaken, new_password
from mudmai.audit.models import Entry

TAMBON, VILLAGE = "520306", "52030601"


def test_a_duty_given_counts_at_once_and_is_logged(admin, noi):
    give_duty(by=admin, user=noi, role="case_manager", area_code=TAMBON)

    assert scope_for(noi).sees("health", TAMBON)
    assert list(Entry.objects.values_list("action", "who_id", "area_code")) == [("access.duty.given", admin.id, TAMBON)]


def test_the_same_duty_given_twice_is_kept_once(admin, noi):
    first = give_duty(by=admin, user=noi, role="viewer", area_code=TAMBON)

    assert give_duty(by=admin, user=noi, role="viewer", area_code=TAMBON) == first
    assert Entry.objects.count() == 1


def test_a_duty_ended_stops_at_once(admin, somsri):
    end_duty(by=admin, duty=Duty.objects.get(user=somsri))

    assert not scope_for(somsri).grants
    assert Entry.objects.get().action == "access.duty.ended"


def test_ending_twice_changes_nothing(admin, somsri):
    duty = end_duty(by=admin, duty=Duty.objects.get(user=somsri))

    end_duty(by=admin, duty=duty)

    assert Entry.objects.count() == 1


def test_a_registrar_cannot_give_herself_more(somsri):
    with pytest.raises(DutyDoesNotAllow):
        give_duty(by=somsri, user=somsri, role="case_manager", area_code=TAMBON)


def test_an_administrator_of_a_tambon_cannot_give_a_province(noi, somsri):
    give_duty(by=None, user=somsri, role="administrator", area_code=TAMBON)

    give_duty(by=somsri, user=noi, role="viewer", area_code=VILLAGE)
    with pytest.raises(OutsideYourAreas):
        give_duty(by=somsri, user=noi, role="viewer", area_code="52")


@pytest.mark.parametrize(
    ("details", "problem"),
    [
        ({"role": "king"}, UnknownRole),
        ({"area_code": "5203o6"}, UnknownArea),
        ({"ends_on": date(2026, 1, 1)}, DutyEndsBeforeStart),
    ],
)
def test_nonsense_is_named(admin, noi, details, problem):
    with pytest.raises(problem):
        give_duty(**{"by": admin, "user": noi, "role": "viewer", "area_code": TAMBON} | details)


def test_a_new_user_gets_account_and_duty_together(admin):
    user = add_user(by=admin, area_code=TAMBON, role="viewer", username="pim", full_name="พิมพ์", password=new_password())

    assert scope_for(user).allows("counts.view", VILLAGE)
    assert duties_in(admin).filter(user=user).exists()


def test_a_user_refused_half_way_leaves_nothing(admin, somsri):
    account = {"by": admin, "area_code": TAMBON, "full_name": "พิมพ์"}

    with pytest.raises(UsernameTaken):
        add_user(**account, role="viewer", username="Somsri", password=new_password())
    with pytest.raises(PasswordTooWeak):
        add_user(**account, role="viewer", username="pim", password="1234")
    with pytest.raises(UnknownRole):
        add_user(**account, role="king", username="pim", password=new_password())
    assert not duties_in(admin).filter(user__username="pim").exists()


def test_taking_over_an_account_needs_all_its_areas(admin, somsri, noi):
    give_duty(by=None, user=noi, role="administrator", area_code=VILLAGE)

    with pytest.raises(OutsideYourAreas):
        set_password(by=noi, user=somsri, password=new_password())
    with pytest.raises(OutsideYourAreas):
        switch_off_user(by=noi, user=somsri)


def test_an_account_switched_off_can_be_switched_on(admin, somsri):
    switch_off_user(by=admin, user=somsri)
    assert not scope_for(somsri).grants

    switch_on_user(by=admin, user=somsri)
    assert scope_for(somsri).grants
