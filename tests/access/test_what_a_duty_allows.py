"""access.rules.ROLES, access.queries.scope_for and access.services.require."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mudmai.access.models import Duty
from mudmai.access.queries import area_q, bounds, scope_for, widest
from mudmai.access.rules import ACTIONS, ROLES, DataClass
from mudmai.access.services import DutyDoesNotAllow, OutsideYourAreas, require, require_somewhere
from mudmai.accounts.models import User

TAMBON, VILLAGE, OTHER_VILLAGE, ELSEWHERE = "520306", "52030601", "52030602", "500101"
MONDAY = date(2026, 11, 2)


def test_every_role_names_only_known_actions_and_classes():
    for role in ROLES.values():
        assert role.actions <= ACTIONS
        assert role.classes <= set(DataClass.values)


def test_the_registrar_works_in_all_villages_of_her_tambon(somsri):
    require(somsri, "intake.import", TAMBON)
    require(somsri, "people.edit", OTHER_VILLAGE)

    assert scope_for(somsri).prefixes == (TAMBON,)


def test_the_registrar_sees_what_her_lists_hold_but_no_mental_health(somsri):
    assert scope_for(somsri).classes_at(VILLAGE) == {"identity", "contact", "social", "money", "health"}
    assert not scope_for(somsri).sees("mental")


def test_the_case_manager_sees_health_there_and_nowhere_else(wichai):
    scope = scope_for(wichai)

    assert scope.sees("health", VILLAGE)
    assert scope.classes_at(ELSEWHERE) == frozenset()


def test_another_village_does_not_exist_for_the_volunteer(noi):
    require(noi, "people.view", VILLAGE)

    with pytest.raises(OutsideYourAreas) as refused:
        require(noi, "people.view", OTHER_VILLAGE)
    assert refused.value.status == 404


def test_the_volunteer_may_not_see_whole_ids_in_her_own_village(noi):
    with pytest.raises(DutyDoesNotAllow) as refused:
        require(noi, "people.see_full_id", VILLAGE)
    assert refused.value.status == 403


def test_the_mayor_sees_numbers_and_no_person(nayok):
    require(nayok, "counts.view", VILLAGE)

    assert scope_for(nayok).classes_at(TAMBON) == frozenset()
    with pytest.raises(DutyDoesNotAllow):
        require(nayok, "people.view", VILLAGE)


def test_the_administrator_manages_all_but_sees_no_person(admin):
    require(admin, "access.manage", ELSEWHERE)

    assert User.objects.filter(scope_for(admin).area_filter("username")).count() == 0


def test_a_superuser_without_duty_may_do_nothing(db):
    root = User.objects.create_superuser("root", password="x", full_name="Root")

    with pytest.raises(OutsideYourAreas):
        require(root, "people.view", TAMBON)


def test_a_duty_counts_from_its_first_to_its_last_day(somsri):
    Duty.objects.update(starts_on=MONDAY, ends_on=MONDAY)

    assert scope_for(somsri, MONDAY).grants
    assert not scope_for(somsri, MONDAY - timedelta(days=1)).grants
    assert not scope_for(somsri, MONDAY + timedelta(days=1)).grants


def test_a_closed_account_may_do_nothing(somsri):
    somsri.is_active = False

    with pytest.raises(OutsideYourAreas):
        require(somsri, "people.view", TAMBON)


def test_a_misspelt_action_is_refused_as_a_bug(somsri):
    with pytest.raises(ValueError, match="is no action"):
        require_somewhere(somsri, "people.veiw")


def test_a_duty_that_allows_it_anywhere_opens_the_menu(somsri, noi):
    require_somewhere(somsri, "intake.import")

    with pytest.raises(DutyDoesNotAllow):
        require_somewhere(noi, "intake.import")


def test_asking_for_the_scope_costs_one_query(somsri, django_assert_num_queries):
    with django_assert_num_queries(1):
        scope = scope_for(somsri)
        scope.allows("people.view", VILLAGE)
        scope.classes_at(VILLAGE)


codes = st.sampled_from([0, 2, 4, 6, 8]).flatmap(lambda size: st.text("0129", min_size=size, max_size=size))


@given(st.lists(codes, max_size=6), st.text("0129", min_size=8, max_size=8))
def test_the_widest_areas_cover_what_all_areas_cover(prefixes, code):
    inside = any(code.startswith(prefix) for prefix in prefixes)

    assert any(code.startswith(prefix) for prefix in widest(prefixes)) == inside


@given(codes.filter(bool), codes)
def test_the_bounds_of_an_area_hold_its_codes_and_no_others(prefix, code):
    first, last = bounds(prefix)

    assert (first <= code <= last) == code.startswith(prefix)


@pytest.mark.parametrize(
    ("prefixes", "kept"), [(["52"], 2), (["5203"], 2), (["520306"], 1), ([""], 3), ([], 0), (["52", "50"], 3)]
)
def test_the_area_filter_answers_in_the_database(db, prefixes, kept):
    for code in (VILLAGE, "52030901", ELSEWHERE):
        User.objects.create(username=code, full_name=code)

    assert User.objects.filter(area_q(prefixes, "username")).count() == kept
