"""access.services: make_team, add_member, say_yes, change_role, remove_member, leave_team, close_team."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from tests.conftest import on_duty

from mudmai.access.models import Duty, Followed, Membership, Team
from mudmai.access.queries import (
    areas_of,
    houses_of,
    may_hand_out,
    may_manage_team,
    members_of,
    scope_for,
    team_for,
    teams_for,
    teams_of,
    users_on_duty,
)
from mudmai.access.rules import ACTIONS, GROUP_ROLES, VILLAGE_TEAM_ROLES, DataClass
from mudmai.access.services import (
    AlreadyMember,
    DutyDoesNotAllow,
    HouseElsewhere,
    NobodyLeft,
    NotYourOwnRole,
    OutsideYourAreas,
    TeamIsNotYours,
    TeamNeedsName,
    UnknownArea,
    UnknownRole,
    add_member,
    change_role,
    change_team,
    close_team,
    follow,
    give_houses,
    leave_team,
    make_team,
    remove_member,
    set_password,
    take_houses,
    unfollow,
)
from mudmai.accounts.models import User
from mudmai.accounts.services import new_password
from mudmai.audit.models import Entry
from mudmai.kernel.errors import NotFound

TAMBON, VILLAGE, OTHER_VILLAGE, ELSEWHERE = "520306", "52030601", "52030602", "500101"
MALI, DAENG = UUID(int=1), UUID(int=2)
HOUSE, NEXT_DOOR = UUID(int=12), UUID(int=13)


def someone(name: str) -> User:
    """Somebody with an account and no duty."""
    return User.objects.create_user(name, password="x", full_name=name)


@pytest.fixture
def village(somsri) -> Team:
    return make_team(by=somsri, name="อสม. บ้านน้ำล้อม", kind="village", area_code=VILLAGE)


@pytest.fixture
def group(wichai) -> Team:
    """A group that wichai made, so he is its area admin."""
    return make_team(by=wichai, name="ดูแลผู้ป่วยติดเตียง", kind="group", area_code=TAMBON)


def test_every_role_of_a_team_names_only_known_actions_and_classes():
    for role in GROUP_ROLES.values():
        assert role.actions <= ACTIONS
        assert role.classes <= set(DataClass.values)
        assert not role.actions & {"people.export", "people.see_full_id", "access.manage"}
    assert set(VILLAGE_TEAM_ROLES) <= set(GROUP_ROLES)


def test_a_team_of_the_whole_village_opens_the_village(somsri, village):
    pim = someone("pim")
    change_team(village, by=somsri, name=village.name, whole_area=True)
    add_member(village, by=somsri, user=pim, role="volunteer")

    assert scope_for(pim).classes_at(VILLAGE) == {"identity", "contact", "social"}
    assert houses_of(pim, VILLAGE) is None
    assert not scope_for(pim).reaches(OTHER_VILLAGE)


def test_a_volunteer_of_a_whole_village_is_asked_like_one_on_duty(somsri, noi, village):
    change_team(village, by=somsri, name=village.name, whole_area=True)
    pim = add_member(village, by=somsri, user=someone("pim"), role="volunteer").user

    assert set(users_on_duty("volunteer", VILLAGE)) == {noi, pim}
    change_team(village, by=somsri, name=village.name, whole_area=False)
    assert users_on_duty("volunteer", VILLAGE) == [noi]
    add_member(village, by=somsri, user=noi, role="volunteer")
    assert users_on_duty("volunteer", VILLAGE) == []  # she has single houses now


def test_without_houses_a_volunteer_of_a_team_sees_nobody(somsri, village):
    pim = someone("pim")
    add_member(village, by=somsri, user=pim, role="volunteer")

    assert scope_for(pim).classes_at(VILLAGE) == frozenset()
    assert houses_of(pim, VILLAGE) == frozenset()
    assert areas_of(pim) == (VILLAGE,)


def test_given_houses_are_all_that_a_volunteer_sees(somsri, village):
    pim = add_member(village, by=somsri, user=someone("pim"), role="volunteer")

    assert give_houses(pim, [(HOUSE, VILLAGE), (NEXT_DOOR, VILLAGE)], by=somsri) == 2
    assert give_houses(pim, [(HOUSE, VILLAGE)], by=somsri) == 0
    assert take_houses(pim, [NEXT_DOOR], by=somsri) == 1

    scope = scope_for(pim.user)
    assert houses_of(pim.user, VILLAGE) == {HOUSE}
    assert scope.classes_at(VILLAGE, household=HOUSE) == {"identity", "contact", "social"}
    assert scope.classes_at(VILLAGE, household=NEXT_DOOR) == frozenset()
    assert scope.allows("surveys.submit", VILLAGE, household=HOUSE)
    assert scope.may_submit(VILLAGE, household=HOUSE)
    assert scope.may_submit(VILLAGE)  # a house that nobody knew yet
    assert not scope.may_submit(VILLAGE, household=NEXT_DOOR)
    assert not scope.may_submit(OTHER_VILLAGE)


def test_houses_of_one_member_are_not_the_others(somsri, village):
    pim = add_member(village, by=somsri, user=someone("pim"), role="volunteer")
    fon = add_member(village, by=somsri, user=someone("fon"), role="volunteer")
    give_houses(pim, [(HOUSE, VILLAGE)], by=somsri)

    assert houses_of(fon.user, VILLAGE) == frozenset()


def test_a_volunteers_own_duty_gives_way_to_the_houses_he_is_given(somsri, noi, village):
    member = add_member(village, by=somsri, user=noi, role="volunteer")
    give_houses(member, [(HOUSE, VILLAGE)], by=somsri)

    assert not scope_for(noi).reaches(VILLAGE)
    assert houses_of(noi, VILLAGE) == {HOUSE}


def test_a_house_of_another_village_is_not_given(somsri, village):
    pim = add_member(village, by=somsri, user=someone("pim"), role="volunteer")

    with pytest.raises(HouseElsewhere):
        give_houses(pim, [(HOUSE, VILLAGE), (NEXT_DOOR, OTHER_VILLAGE)], by=somsri)
    assert houses_of(pim.user, VILLAGE) == frozenset()


def test_whoever_is_off_the_team_of_the_village_sees_nothing_there_at_once(somsri, noi, village):
    member = add_member(village, by=somsri, user=noi, role="volunteer")
    give_houses(member, [(HOUSE, VILLAGE)], by=somsri)

    remove_member(member, by=somsri)

    scope = scope_for(noi)
    assert (scope.grants, scope.follows) == ((), ())
    assert not scope.allows_somewhere("surveys.submit")
    assert teams_of(noi) == []
    assert Entry.objects.filter(action="access.member.removed", details__user=noi.pk).exists()


def test_a_wider_duty_that_the_administrator_gave_outlives_the_team(admin, somsri, village):
    pim = on_duty("pim", "พิมพ์", "volunteer", TAMBON)
    member = add_member(village, by=somsri, user=pim, role="volunteer")

    remove_member(member, by=somsri)

    assert Duty.objects.get(user=pim).ends_on is None


def test_a_member_leaves_by_himself(somsri, village):
    pim, fon = someone("pim"), someone("fon")
    member = add_member(village, by=somsri, user=pim, role="volunteer")

    with pytest.raises(TeamIsNotYours):
        leave_team(member, by=fon)
    leave_team(member, by=pim)
    leave_team(member, by=pim)

    assert teams_of(pim) == []
    assert Entry.objects.filter(action="access.member.left").count() == 1
    with pytest.raises(NotFound):
        team_for(pim, village.pk)


def test_a_closed_team_gives_nothing(somsri, village):
    change_team(village, by=somsri, name=village.name, whole_area=True)
    pim = add_member(village, by=somsri, user=someone("pim"), role="volunteer").user

    close_team(village, by=somsri)

    assert scope_for(pim).grants == ()
    assert not teams_for(somsri).exists()
    assert not may_manage_team(somsri, village)


def test_a_membership_counts_from_its_first_to_its_last_day(somsri, village, monday):
    change_team(village, by=somsri, name=village.name, whole_area=True)
    pim = add_member(village, by=somsri, user=someone("pim"), role="volunteer", ends_on=monday).user

    assert scope_for(pim, monday).grants
    assert not scope_for(pim, monday + timedelta(days=1)).grants
    assert not scope_for(pim, monday - timedelta(days=1)).grants


def test_nobody_is_in_a_team_twice(somsri, village):
    pim = someone("pim")
    add_member(village, by=somsri, user=pim, role="volunteer")

    with pytest.raises(AlreadyMember):
        add_member(village, by=somsri, user=pim, role="caregiver")
    assert members_of(village).count() == 1


CLASSES = {
    "area_admin": {"identity", "contact", "social"},
    "case_manager": {"identity", "contact", "social", "money", "health", "mental"},
    "caregiver": {"identity", "contact", "social", "health"},
    "volunteer": {"identity", "contact", "social"},
    "viewer": {"identity"},
}


@pytest.mark.parametrize(("role", "classes"), CLASSES.items())
def test_each_member_of_a_group_sees_the_classes_of_his_role(wichai, group, role, classes):
    pim = someone("pim")
    add_member(group, by=wichai, user=pim, role=role)
    follow(group, by=wichai, area_code=VILLAGE, person=MALI)

    scope = scope_for(pim)
    assert scope.classes_at(VILLAGE, person=MALI) == classes
    assert scope.classes_at(VILLAGE, person=DAENG) == frozenset()
    assert scope.classes_at(VILLAGE) == frozenset()
    assert scope.allows("people.edit", VILLAGE, person=MALI) == (role == "case_manager")
    assert scope.may_submit(VILLAGE, person=MALI) == (role != "viewer")
    assert not scope.allows_somewhere("counts.view")


def test_whoever_follows_a_house_sees_those_who_live_there(wichai, group):
    pim = add_member(group, by=wichai, user=someone("pim"), role="caregiver").user
    follow(group, by=wichai, area_code=VILLAGE, household=HOUSE)

    assert "health" in scope_for(pim).classes_at(VILLAGE, person=DAENG, household=HOUSE)
    assert not scope_for(pim).is_following(person=DAENG, household=NEXT_DOOR)


def test_a_duty_and_a_group_add_up(wichai, noi, group):
    add_member(group, by=wichai, user=noi, role="caregiver")
    follow(group, by=wichai, area_code=VILLAGE, person=MALI)

    assert scope_for(noi).classes_at(VILLAGE, person=MALI) == {"identity", "contact", "social", "health"}
    assert scope_for(noi).classes_at(VILLAGE, person=DAENG) == {"identity", "contact", "social"}


def test_what_is_followed_no_longer_is_closed_at_once(wichai, somsri, group):
    pim = add_member(group, by=wichai, user=someone("pim"), role="caregiver").user
    row = follow(group, by=wichai, area_code=VILLAGE, person=MALI)
    assert follow(group, by=wichai, area_code=VILLAGE, person=MALI) == row

    with pytest.raises(DutyDoesNotAllow):
        unfollow(row, by=pim, area_code=VILLAGE)
    unfollow(row, by=somsri, area_code=VILLAGE)  # who answers for the village, though not in the group

    assert not scope_for(pim).is_following(person=MALI)


def test_nobody_opens_to_a_group_whom_he_only_follows(wichai, group):
    """What one group sees is not handed on to the next."""
    pim = add_member(group, by=wichai, user=someone("pim"), role="case_manager").user
    follow(group, by=wichai, area_code=VILLAGE, person=MALI)
    other = Team.objects.create(name="อีกกลุ่ม", kind="group", area_code=TAMBON)
    Membership.objects.create(team=other, user=pim, role="area_admin", starts_on=date(2026, 1, 1))

    with pytest.raises(OutsideYourAreas):
        follow(other, by=pim, area_code=VILLAGE, person=MALI)


def test_nobody_opens_anybody_to_a_group_he_does_not_know(somsri, noi, group):
    with pytest.raises(TeamIsNotYours):
        follow(group, by=somsri, area_code=VILLAGE, person=MALI)
    with pytest.raises(DutyDoesNotAllow):
        follow(group, by=noi, area_code=VILLAGE, person=MALI)
    assert not Followed.objects.exists()


def test_a_team_is_made_by_whoever_may(somsri, wichai, admin, noi, nayok, stranger):
    for_village, for_group = (
        {"name": "ทีม", "kind": kind, "area_code": TAMBON} for kind in ("village", "group")
    )  # fmt: skip

    make_team(by=somsri, **for_village)
    make_team(by=admin, **for_group)
    for who, team in ((somsri, for_group), (noi, for_village), (nayok, for_village), (stranger, for_village)):
        with pytest.raises(DutyDoesNotAllow):
            make_team(by=who, **team)


@pytest.mark.parametrize(
    ("details", "problem"),
    [({"name": "  "}, TeamNeedsName), ({"area_code": "52"}, UnknownArea), ({"area_code": "5203o6"}, UnknownArea)],
)
def test_a_team_out_of_nonsense_is_refused(somsri, details, problem):
    with pytest.raises(problem):
        make_team(**{"by": somsri, "name": "ทีม", "kind": "village", "area_code": VILLAGE} | details)


def test_an_area_admin_hands_out_nothing_that_he_does_not_see_in_a_village(somsri, village):
    pim = add_member(village, by=somsri, user=someone("pim"), role="area_admin").user

    assert may_hand_out(pim, village, "volunteer")
    with pytest.raises(DutyDoesNotAllow):
        add_member(village, by=pim, user=someone("fon"), role="caregiver")
    with pytest.raises(DutyDoesNotAllow):
        change_team(village, by=pim, name=village.name, whole_area=True)
    with pytest.raises(DutyDoesNotAllow):
        make_team(by=pim, name="ทีมใหม่", kind="village", area_code=VILLAGE)
    with pytest.raises(DutyDoesNotAllow):
        add_member(village, by=somsri, user=someone("ton"), role="case_manager")
    with pytest.raises(UnknownRole):
        add_member(village, by=somsri, user=someone("nok"), role="king")


def test_nobody_changes_his_own_role(wichai, group):
    mine = Membership.objects.get(team=group, user=wichai)

    with pytest.raises(NotYourOwnRole):
        change_role(mine, by=wichai, role="case_manager")


def test_the_last_area_admin_of_a_group_names_another_before_going(wichai, group):
    mine = Membership.objects.get(team=group, user=wichai)

    with pytest.raises(NobodyLeft):
        leave_team(mine, by=wichai)
    add_member(group, by=wichai, user=someone("pim"), role="area_admin")
    leave_team(mine, by=wichai)

    assert teams_of(wichai) == []


def test_a_team_elsewhere_does_not_exist(stranger, somsri, noi, village):
    member = add_member(village, by=somsri, user=someone("pim"), role="volunteer")

    with pytest.raises(TeamIsNotYours):
        remove_member(member, by=stranger)
    with pytest.raises(TeamIsNotYours):
        change_team(village, by=noi, name="ของฉัน", whole_area=True)
    with pytest.raises(NotFound):
        team_for(stranger, village.pk)


def test_a_member_may_not_manage(somsri, village):
    pim = add_member(village, by=somsri, user=someone("pim"), role="volunteer")
    fon = add_member(village, by=somsri, user=someone("fon"), role="volunteer")

    with pytest.raises(DutyDoesNotAllow):
        remove_member(fon, by=pim.user)


def test_the_registrar_does_not_see_groups_of_others(somsri, admin, group):
    assert not teams_for(somsri).exists()
    assert list(teams_for(admin)) == [group]


def test_taking_over_the_account_of_a_member_needs_the_area_of_the_team(admin, group, noi, wichai):
    """Whoever sets the password gains what the group follows."""
    Duty.objects.create(user=noi, role="administrator", area_code=VILLAGE, starts_on=date(2026, 1, 1))
    pim = on_duty("pim", "พิมพ์", "volunteer", VILLAGE)
    set_password(by=noi, user=pim, password=new_password())
    add_member(group, by=wichai, user=pim, role="caregiver")

    with pytest.raises(OutsideYourAreas):
        set_password(by=noi, user=pim, password=new_password())


def test_the_scope_of_a_duty_alone_still_costs_one_query_and_a_group_one_more(
    somsri, wichai, group, django_assert_num_queries
):
    pim = add_member(group, by=wichai, user=someone("pim"), role="caregiver").user

    with django_assert_num_queries(1):
        scope_for(somsri)
    with django_assert_num_queries(2):
        scope_for(pim)
