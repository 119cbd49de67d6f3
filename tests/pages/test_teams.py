"""The pages of teams: /teams/…, and whom a member sees on every page of the registry."""

from uuid import UUID

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.pages.conftest import CHAI, DAENG, HOUSE_13, MALI, NEIGHBOUR, dashed
from tests.people.town import row, tell

from mudmai.access import services as access
from mudmai.access.models import Duty, Followed, Membership, Team
from mudmai.access.queries import scope_for
from mudmai.accounts.models import User
from mudmai.audit.models import Entry
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.models import Household, Person, Record

TAMBON, VILLAGE, OTHER_VILLAGE = "520306", "52030601", "52030602"
EVERYBODY = {MALI, DAENG, CHAI, NEIGHBOUR}


@pytest.fixture
def pim(db) -> User:
    """Somebody of a hospital far away: an account, no duty."""
    return User.objects.create_user("pim", password="x", full_name="พิมพ์ ใจดี")


@pytest.fixture
def group(wichai) -> Team:
    return access.make_team(by=wichai, name="กลุ่มดูแลเกาะคา", kind="group", area_code=TAMBON)


@pytest.fixture
def village(somsri) -> Team:
    return access.make_team(by=somsri, name="อสม. บ้านน้ำล้อม", kind="village", area_code=VILLAGE)


def follow(group: Team, by: User, key: str) -> None:
    access.follow(group, by=by, area_code=Person.objects.get(pk=key).area_code, person=UUID(key))


def house_of(key: str) -> Household:
    household = Person.objects.get(pk=key).household
    assert household is not None
    return household


def test_a_caregiver_of_a_group_sees_the_followed_person_with_health_and_nobody_else(
    client_of, wichai, pim, group, town
):
    access.add_member(group, by=wichai, user=pim, role="caregiver")
    follow(group, wichai, MALI)
    browser = client_of(pim)

    page = browser.get(f"/persons/{town.mali}/").content.decode()
    assert "มาลี" in page
    assert "ติดเตียง" in page
    assert f"/households/{house_of(MALI).pk}/" not in page
    assert browser.get(f"/persons/{town.daeng}/").status_code == 404
    assert browser.get(f"/households/{house_of(MALI).pk}/").status_code == 404
    listed = browser.get("/persons/").content.decode()
    assert "มาลี" in listed
    assert "แดง" not in listed
    assert "มาลี" not in browser.get("/search/?q=แดง").content.decode()
    assert "มาลี" in browser.get("/search/?q=มาลี").content.decode()
    assert browser.get(f"/persons/{town.mali}/edit/").status_code == 403
    assert browser.post(f"/persons/{town.mali}/id/").status_code == 403
    assert browser.get("/export/persons/").status_code == 403
    assert browser.get("/map/").status_code == 200
    assert Entry.objects.filter(who=pim, action="people.person.looked_at").exists()


@pytest.mark.parametrize(("role", "sees"), [("caregiver", True), ("case_manager", True), ("volunteer", False)])
def test_a_list_by_a_sensitive_fact_holds_only_whom_the_role_may_see(client_of, wichai, pim, group, town, role, sees):
    access.add_member(group, by=wichai, user=pim, role=role)
    follow(group, wichai, MALI)

    listed = client_of(pim).get("/persons/?fact=bedridden").content.decode()
    page = client_of(pim).get(f"/persons/{town.mali}/").content.decode()

    assert people.count_persons(pim, people.PersonFilter(fact="bedridden")) == int(sees)
    assert ("ติดเตียง" in page) == sees
    # The filter is not offered to whoever sees no health, so the list is whole, without the tag.
    assert f"/persons/{town.mali}/" in listed
    assert ("ติดเตียง" in listed) == sees


def test_a_case_manager_of_a_group_corrects_whom_he_follows(client_of, wichai, pim, group, town):
    access.add_member(group, by=wichai, user=pim, role="case_manager")
    follow(group, wichai, MALI)

    assert client_of(pim).get(f"/persons/{town.mali}/edit/").status_code == 200
    assert client_of(pim).get(f"/persons/{town.daeng}/edit/").status_code == 404


def test_whoever_follows_a_house_sees_it_and_those_who_live_there(client_of, wichai, pim, group, town):
    access.add_member(group, by=wichai, user=pim, role="volunteer")
    house = house_of(MALI)
    access.follow(group, by=wichai, area_code=VILLAGE, household=house.pk)
    browser = client_of(pim)

    page = browser.get(f"/households/{house.pk}/").content.decode()
    assert "มาลี" in page
    assert "แดง" in page
    assert browser.get(f"/persons/{town.daeng}/").status_code == 200
    assert browser.get(f"/persons/{town.chai}/").status_code == 404
    assert people.count_persons(pim, people.PersonFilter()) == 2
    assert people.count_households(pim, people.HouseholdFilter()) == 1
    assert [pin.id for pin in people.houses_in_tile(pim, 15, *tile_of(house, 15))] == [house.pk.hex]
    assert sum(pin.n for pin in people.houses_in_tile(pim, 8, *tile_of(house, 8))) == 1
    assert people.pins_bounds(pim) is not None


def tile_of(house: Household, z: int) -> tuple[int, int]:
    from mudmai.pages.rules import mvt

    assert house.lat is not None
    assert house.lon is not None
    x, y = mvt.tile_point(house.lat, house.lon, z, 0, 0)
    return x // mvt.EXTENT, y // mvt.EXTENT


def test_somebody_registered_at_a_followed_house_who_lives_elsewhere_is_not_named(client_of, wichai, pim, group, town):
    """The page of the house names such people to the village, but not to a group that follows only the house."""
    house = house_of(MALI)
    Person.objects.filter(pk=NEIGHBOUR).update(registered_household=house)
    access.add_member(group, by=wichai, user=pim, role="volunteer")
    access.follow(group, by=wichai, area_code=VILLAGE, household=house.pk)

    assert "สมาน" in client_of(wichai).get(f"/households/{house.pk}/").content.decode()
    assert "สมาน" not in client_of(pim).get(f"/households/{house.pk}/").content.decode()


def test_a_merge_takes_the_follower_along_and_undoing_it_brings_him_back(client_of, wichai, pim, group, town):
    access.add_member(group, by=wichai, user=pim, role="volunteer")
    follow(group, wichai, DAENG)
    chai, daeng = Person.objects.get(pk=CHAI), Person.objects.get(pk=DAENG)

    merged = registry.merge_persons(daeng, chai, by=wichai)
    follow_now = people.visible_persons(pim).get()
    assert {follow_now.pk} == set(Person.objects.filter(pk__in=[CHAI, DAENG]).values_list("pk", flat=True))

    registry.withdraw(merged, by=wichai, reason="")
    assert people.visible_persons(pim).get().pk == daeng.pk


def test_a_merged_house_is_still_the_volunteers(somsri, pim, village, town):
    member = access.add_member(village, by=somsri, user=pim, role="volunteer")
    left, right = house_of(MALI), house_of(CHAI)
    for house in (left, right):
        Followed.objects.all().delete()
        access.give_houses(member, [(house.pk, VILLAGE)], by=somsri)
        decision = registry.merge_households(left, right, by=somsri)
        assert people.visible_households(pim).count() == 1
        assert people.visible_persons(pim).count() == 3
        registry.withdraw(decision, by=somsri, reason="")
        assert people.visible_households(pim).get().pk == house.pk


def test_a_row_of_somebody_followed_can_be_opened_and_others_not(client_of, wichai, pim, group, town):
    access.add_member(group, by=wichai, user=pim, role="volunteer")
    follow(group, wichai, MALI)
    of_mali, of_daeng = Record.objects.get(pk=MALI), Record.objects.get(pk=DAENG)

    assert client_of(pim).get(f"/records/{of_mali.pk}/").status_code == 200
    assert client_of(pim).get(f"/records/{of_daeng.pk}/").status_code == 404
    health = client_of(pim).get(f"/records/{UUID('5' * 32)}/").content.decode()
    assert "ติดเตียง" not in health


def test_the_pages_of_a_long_list_meet_where_areas_and_followed_ones_mix(somsri, wichai, pim, group, town):
    """Each page goes on where the last one ended, forwards and back, and nobody comes twice."""
    access.add_member(group, by=wichai, user=pim, role="volunteer")
    Duty.objects.create(user=pim, role="volunteer", area_code=OTHER_VILLAGE, starts_on="2026-01-01")
    for key in (MALI, CHAI, NEIGHBOUR):
        follow(group, wichai, key)
    tell(*(row(f"คน{n}", "มากมาย", id=f"{n:032x}", area=OTHER_VILLAGE, house=str(n)) for n in range(0x100, 0x108)))
    everybody = set(people.visible_persons(pim).values_list("pk", flat=True))

    forwards, after = [], ""
    while True:
        page = people.persons_page(pim, people.PersonFilter(), after=after, size=3)
        forwards += [person.pk for person in page.rows]
        after = page.after
        if not after:
            break
    back, before = [page.rows], page.before
    while before:
        page = people.persons_page(pim, people.PersonFilter(), before=before, size=3)
        back.append(page.rows)
        before = page.before

    assert len(forwards) == len(everybody) == 11
    assert set(forwards) == everybody
    assert [person.pk for rows in reversed(back) for person in rows] == forwards
    assert people.count_persons(pim, people.PersonFilter()) == 11
    assert people.count_persons(pim, people.PersonFilter(area=VILLAGE)) == 2


AREAS = st.sets(st.sampled_from([VILLAGE, OTHER_VILLAGE]), max_size=1)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    duties=AREAS,
    persons=st.sets(st.sampled_from(sorted(EVERYBODY)), max_size=2),
    houses=st.sets(st.sampled_from([MALI, CHAI, NEIGHBOUR]), max_size=2),
    role=st.sampled_from(["area_admin", "case_manager", "caregiver", "volunteer", "viewer"]),
    ended=st.booleans(),
)
def test_a_member_never_sees_anybody_outside_duty_and_followed(
    client_of, wichai, pim, group, town, duties, persons, houses, role, ended
):
    Followed.objects.all().delete()
    Membership.objects.filter(user=pim).delete()
    Duty.objects.filter(user=pim).delete()
    cache.clear()
    for area in duties:
        Duty.objects.create(user=pim, role="volunteer", area_code=area, starts_on="2026-01-01")
    member = access.add_member(group, by=wichai, user=pim, role=role)
    for key in persons:
        follow(group, wichai, key)
    for key in houses:
        house = house_of(key)
        access.follow(group, by=wichai, area_code=house.area_code, household=house.pk)
    if ended:
        access.remove_member(member, by=wichai)
        persons = houses = set()

    there = {each.pk.hex: each for each in Person.objects.all()}
    homes = {house_of(key).pk for key in houses}
    may = {
        key
        for key, person in there.items()
        if person.area_code in duties or key in persons or person.household_id in homes
    }

    browser = client_of(pim)
    assert {person.pk.hex for person in people.visible_persons(pim)} == may
    assert {person.pk.hex for person in people.persons_page(pim, people.PersonFilter()).rows} == may
    assert people.count_persons(pim, people.PersonFilter()) == len(may)
    assert {key for key in there if browser.get(f"/persons/{dashed(key)}/").status_code == 200} == may
    found = {person.pk.hex for each in there.values() for person in people.search(pim, each.given_name).persons}
    assert found == may
    for house in Household.objects.all():
        page = browser.get(f"/households/{house.pk}/")
        assert (page.status_code == 200) == (house.area_code in duties or house.pk in homes)
    listed = browser.get("/persons/")
    assert (listed.status_code == 200) == bool(duties or not ended)
    for key, person in there.items():
        assert (f"/persons/{dashed(key)}/" in listed.content.decode()) == (key in may), person


def test_lists_of_those_with_duties_alone_ask_the_database_as_before(somsri, town, django_assert_num_queries):
    """One question for the scope, one for the page of keys, one for its rows."""
    with django_assert_num_queries(3) as asked:
        people.persons_page(somsri, people.PersonFilter())

    assert asked[1]["sql"] == (
        "SELECT p.area_code, p.sort_key, p.id FROM people_person p WHERE p.status = 'alive' AND "
        "p.area_code >= '520306' AND p.area_code <= '52030699' ORDER BY p.area_code ASC, p.sort_key ASC, p.id ASC "
        "LIMIT 51"
    )


def test_somsri_makes_a_team_invites_and_gives_houses(client_of, somsri, pim, town):
    browser = client_of(somsri)
    made = browser.post("/teams/add/", {"name": "อสม. หมู่ 1", "kind": "village", "area_code": VILLAGE})
    team = Team.objects.get()
    assert made.url == f"/teams/{team.pk}/"

    invited = browser.post(f"/teams/{team.pk}/invite/", {"role": "volunteer", "days": "14", "most_uses": "5"})
    sheet = browser.get(invited.url).content.decode()
    assert "<svg" in sheet
    assert "style=" not in sheet.partition("<svg")[2].partition("</svg>")[0]

    member = access.join(pim, team.invitations.get())
    houses = [house_of(MALI).pk, house_of(NEIGHBOUR).pk, "nonsense"]
    answer = browser.post(f"/teams/members/{member.pk}/houses/", {"act": "give", "house": houses}, follow=True)
    assert "มอบบ้าน 1 หลัง" in answer.content.decode()
    assert people.visible_persons(pim).count() == 2

    page = browser.get(f"/teams/members/{member.pk}/").content.decode()
    assert "12/3" in page
    free = browser.get(f"/teams/members/{member.pk}/houses/?free=on").content.decode()
    assert f'value="{house_of(MALI).pk}"' not in free
    assert f'value="{house_of(CHAI).pk}"' in free
    browser.post(f"/teams/members/{member.pk}/houses/", {"act": "take", "house": houses})
    assert people.visible_persons(pim).count() == 0


def test_a_member_is_let_in_changed_and_taken_off(client_of, somsri, pim, village):
    invitation = access.invite(village, by=somsri, role="volunteer")
    member = access.join(pim, invitation)
    browser = client_of(somsri)

    assert "พิมพ์ ใจดี" in browser.get(f"/teams/{village.pk}/").content.decode()
    assert "somsri" not in client_of(pim).get(f"/teams/{village.pk}/").content.decode()
    browser.post(f"/teams/members/{member.pk}/", {"act": "yes"})
    browser.post(f"/teams/members/{member.pk}/", {"act": "role", "role": "caregiver"})
    member.refresh_from_db()
    assert (member.waiting, member.role) == (False, "caregiver")

    browser.post(f"/teams/members/{member.pk}/", {"act": "remove"})
    assert scope_for(pim).follows == ()
    assert client_of(pim).get(f"/teams/{village.pk}/").status_code == 404


def test_a_member_leaves_on_his_own_page_and_opens_no_other(client_of, somsri, noi, pim, village):
    mine = access.add_member(village, by=somsri, user=pim, role="volunteer")
    other = access.add_member(village, by=somsri, user=noi, role="volunteer")
    browser = client_of(pim)

    assert browser.get(f"/teams/members/{other.pk}/").status_code == 403
    assert browser.post(f"/teams/members/{other.pk}/", {"act": "remove"}).status_code == 403
    assert browser.post(f"/teams/members/{mine.pk}/", {"act": "role", "role": "caregiver"}).status_code == 403
    assert browser.post(f"/teams/members/{mine.pk}/", {"act": "leave"}, follow=True).status_code == 200
    assert not Membership.objects.filter(user=pim, ends_on=None).exists()


def test_wichai_lets_his_group_follow_from_the_person_page_and_ends_it(client_of, wichai, somsri, group, town):
    browser = client_of(wichai)
    assert f"/persons/{town.mali}/follow/" in browser.get(f"/persons/{town.mali}/").content.decode()

    browser.post(f"/persons/{town.mali}/follow/", {"team": group.pk, "reason": "แผลกดทับ"})
    browser.post(f"/households/{house_of(CHAI).pk}/follow/", {"team": group.pk})

    assert "กลุ่มดูแลเกาะคา" in client_of(somsri).get(f"/persons/{town.mali}/").content.decode()
    page = browser.get(f"/teams/{group.pk}/").content.decode()
    assert "มาลี" in page
    assert "แผลกดทับ" in page
    assert HOUSE_13 in page
    first = Followed.objects.get(about="person")
    ended = client_of(somsri).post(f"/teams/followed/{first.pk}/end/")  # hers is the person, though not the group
    assert ended.url == f"/persons/{town.mali}/"
    assert Followed.objects.filter(ends_on=None).count() == 1


def test_the_administrator_manages_a_group_without_seeing_whom_it_follows(client_of, admin, wichai, group, town):
    follow(group, wichai, MALI)

    page = client_of(admin).get(f"/teams/{group.pk}/").content.decode()

    assert "มาลี" not in page
    assert "อีก 1" in page


def test_a_volunteer_may_not_open_a_person_to_a_group(client_of, noi, wichai, group, town):
    access.add_member(group, by=wichai, user=noi, role="volunteer")

    assert client_of(noi).get(f"/persons/{town.mali}/follow/").status_code == 403
    assert client_of(noi).post(f"/persons/{town.mali}/follow/", {"team": group.pk}).status_code == 403


def test_adding_by_user_name_says_what_is_wrong(client_of, somsri, noi, village):
    browser = client_of(somsri)
    url = f"/teams/{village.pk}/members/add/"

    assert browser.post(url, {"username": "nobody", "role": "volunteer"}).status_code == 422
    assert browser.post(url, {"username": "noi", "role": "case_manager"}).status_code == 422
    assert browser.post(url, {"username": "noi", "role": "volunteer"}).status_code == 302
    assert browser.post(url, {"username": "NOI", "role": "volunteer"}).status_code == 422


def test_settings_rename_open_and_close_a_team(client_of, somsri, pim, village):
    access.add_member(village, by=somsri, user=pim, role="volunteer")
    browser = client_of(somsri)
    url = f"/teams/{village.pk}/change/"

    assert browser.post(url, {"name": " "}).status_code == 422
    browser.post(url, {"name": "ทีมใหม่", "whole_area": "on"})
    assert scope_for(pim).reaches(VILLAGE)
    browser.post(url, {"close": "1"})
    assert not scope_for(pim).reaches(VILLAGE)
