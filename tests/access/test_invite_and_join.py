"""access.services: invite, join, join_as_new, revoke_invitation; and the pages of /join/."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from mudmai.access.models import Invitation, Membership, Team
from mudmai.access.queries import scope_for, teams_for, teams_of
from mudmai.access.services import (
    AlreadyMember,
    DutyDoesNotAllow,
    InvitationEnded,
    InvitationOutOfRange,
    NoSuchInvitation,
    TeamIsNotYours,
    add_member,
    close_team,
    code_of,
    invitation_with,
    invite,
    join,
    join_as_new,
    make_team,
    remove_member,
    revoke_invitation,
    say_yes,
)
from mudmai.accounts.models import User
from mudmai.accounts.services import PasswordTooWeak, UsernameTaken
from mudmai.audit.models import Entry

VILLAGE = "52030601"
PIM = {"username": "pim", "full_name": "พิมพ์ ใจดี", "password": "ดอกไม้ริมน้ำยามเช้า"}
TYPED = PIM | {"phone": "081-234 5678", "again": PIM["password"]}


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


@pytest.fixture
def team(somsri, national_codes) -> Team:
    return make_team(by=somsri, name="อสม. บ้านน้ำล้อม", kind="village", area_code=VILLAGE, whole_area=True)


@pytest.fixture
def invitation(somsri, team) -> Invitation:
    return invite(team, by=somsri, role="volunteer", most_uses=2)


def someone(name: str) -> User:
    return User.objects.create_user(name, password="x", full_name=name)


def address(invitation: Invitation) -> str:
    return f"/join/{code_of(invitation)}/"


def test_the_code_is_kept_nowhere_and_found_however_it_is_typed(invitation):
    code = code_of(invitation)

    for typed in (code, code.upper(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert invitation_with(typed) == invitation
    kept = Invitation.objects.values().get()
    assert code not in str(kept)
    assert code.replace("-", "") not in str(kept)
    assert code.replace("-", "") not in str(list(Entry.objects.values()))


def test_two_invitations_have_two_codes(somsri, team, invitation):
    assert code_of(invite(team, by=somsri, role="volunteer")) != code_of(invitation)


def test_whoever_joins_waits_and_sees_nothing_until_somebody_says_yes(somsri, invitation):
    pim = someone("pim")

    membership = join(pim, invitation)
    assert membership.waiting
    assert scope_for(pim).grants == ()
    assert teams_of(pim) == []

    say_yes(membership, by=somsri)
    assert scope_for(pim).sees("identity", VILLAGE)
    assert [team.name for team in teams_of(pim)] == ["อสม. บ้านน้ำล้อม"]


def test_an_invitation_may_let_people_in_at_once(somsri, team):
    pim = someone("pim")

    join(pim, invite(team, by=somsri, role="volunteer", needs_yes=False))

    assert scope_for(pim).sees("identity", VILLAGE)


def test_whoever_waits_cannot_say_yes_to_himself_and_can_be_refused(somsri, invitation):
    pim = someone("pim")
    membership = join(pim, invitation)

    with pytest.raises(DutyDoesNotAllow):
        say_yes(membership, by=pim)
    remove_member(membership, by=somsri)

    assert not teams_for(pim).exists()
    with pytest.raises(InvitationEnded, match="ใช้คำเชิญนี้ไปแล้ว"):
        join(pim, invitation)


def test_an_invitation_is_for_so_many(invitation):
    join(someone("one"), invitation)
    join(someone("two"), invitation_with(code_of(invitation)))

    with pytest.raises(InvitationEnded):
        invitation_with(code_of(invitation))
    invitation.used = 0  # as somebody sees it who opened the page before
    with pytest.raises(InvitationEnded):
        join(someone("three"), invitation)
    assert Membership.objects.count() == 2


def test_joining_twice_uses_no_second_place(invitation):
    pim = someone("pim")
    join(pim, invitation)

    with pytest.raises(AlreadyMember):
        join(pim, invitation)
    invitation.refresh_from_db()
    assert invitation.used == 1


def test_an_expired_a_revoked_and_a_closed_one_open_nothing(somsri, team, invitation, monkeypatch, monday):
    other = invite(team, by=somsri, role="volunteer", days=1)
    monkeypatch.setenv("MUDMAI_TODAY", (monday + timedelta(days=1)).isoformat())
    with pytest.raises(InvitationEnded):
        invitation_with(code_of(other))

    revoke_invitation(invitation, by=somsri)
    with pytest.raises(InvitationEnded):
        invitation_with(code_of(invitation))

    third = invite(team, by=somsri, role="volunteer")
    close_team(team, by=somsri)
    with pytest.raises(InvitationEnded):
        invitation_with(code_of(third))


def test_the_code_of_an_area_admin_who_is_off_the_team_opens_nothing(somsri, team):
    boss = add_member(team, by=somsri, user=someone("boss"), role="area_admin")
    backdoor = invite(team, by=boss.user, role="area_admin", needs_yes=False)

    remove_member(boss, by=somsri)

    with pytest.raises(InvitationEnded):
        invitation_with(code_of(backdoor))


def test_whoever_was_taken_off_does_not_come_back_by_a_sheet_on_the_wall(somsri, team):
    sheet = invite(team, by=somsri, role="volunteer", most_uses=50, needs_yes=False)
    pim = add_member(team, by=somsri, user=someone("pim"), role="volunteer")
    remove_member(pim, by=somsri)

    assert join(pim.user, sheet).waiting


@pytest.mark.parametrize("typed", ["", "abc", "aaaaa-aaaaa", "'; drop table--", "ก" * 10, "a" * 5000])
def test_a_code_that_nobody_gave_opens_nothing(invitation, typed):
    with pytest.raises(NoSuchInvitation):
        invitation_with(typed)


def test_an_invitation_for_ever_or_for_everybody_is_refused(somsri, team):
    for nonsense in ({"days": 0}, {"days": 400}, {"most_uses": 0}, {"most_uses": 100_000}):
        with pytest.raises(InvitationOutOfRange):
            invite(team, by=somsri, role="volunteer", **nonsense)


def test_nobody_invites_into_a_team_that_he_does_not_run(noi, team):
    with pytest.raises(TeamIsNotYours):
        invite(team, by=noi, role="volunteer")


def test_a_new_account_and_its_membership_come_together_or_not_at_all(somsri, invitation):
    with pytest.raises(PasswordTooWeak):
        join_as_new(invitation, **PIM | {"password": "1234567890"})
    with pytest.raises(UsernameTaken):
        join_as_new(invitation, **PIM | {"username": "SOMSRI"})
    assert not User.objects.filter(full_name=PIM["full_name"]).exists()

    Invitation.objects.update(used=2)
    with pytest.raises(InvitationEnded):
        join_as_new(invitation, **PIM)
    assert not User.objects.filter(full_name=PIM["full_name"]).exists()


def test_a_new_volunteer_registers_and_is_signed_in_but_waits(anonymous, invitation):
    page = anonymous.get(address(invitation))
    assert page.status_code == 200
    assert "อสม. บ้านน้ำล้อม" in page.content.decode()

    answer = anonymous.post(address(invitation), TYPED, follow=True)

    pim = User.objects.get(username="pim")
    assert answer.redirect_chain == [("/teams/", 302)]
    assert answer.context["user"] == pim
    assert pim.phone == "+66812345678"
    assert pim.has_usable_password()
    assert Membership.objects.get(user=pim).waiting
    assert anonymous.get("/persons/").status_code == 403
    assert anonymous.get("/", follow=True).redirect_chain == [("/teams/", 302)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"again": "อย่างอื่น"}, "รหัสผ่านสองช่องไม่ตรงกัน"),
        ({"phone": "1234"}, "หมายเลขโทรศัพท์"),
        ({"username": "somsri"}, "มีผู้ใช้แล้ว"),
        ({"password": "1234567890", "again": "1234567890"}, "รหัสผ่านนี้มีผู้ใช้กันมาก"),
        ({"full_name": ""}, "จำเป็น"),
        ({"username": "<script>alert(1)</script>"}, "ชื่อผู้ใช้"),
    ],
)
def test_what_is_wrong_on_the_form_is_said_and_nothing_is_made(anonymous, invitation, typed, sentence):
    answer = anonymous.post(address(invitation), TYPED | typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert User.objects.count() == 1
    assert "<script>alert" not in answer.content.decode()


def test_somebody_with_an_account_joins_by_one_press(client_of, noi, invitation):
    answer = client_of(noi).post(address(invitation), follow=True)

    assert answer.redirect_chain == [("/teams/", 302)]
    assert Membership.objects.get(user=noi).waiting
    again = client_of(noi).post(address(invitation), follow=True)
    assert again.redirect_chain == [("/teams/", 302)]
    assert Membership.objects.count() == 1


def test_looking_at_an_invitation_changes_nothing(client_of, noi, invitation):
    client_of(noi).get(address(invitation))

    assert not Membership.objects.exists()


def test_a_bad_code_gets_a_clear_sentence_and_the_field_again(anonymous, invitation):
    answer = anonymous.get("/join/aaaaa-aaaaa/")
    assert answer.status_code == 404
    assert "ไม่พบคำเชิญที่ใช้รหัสนี้" in answer.content.decode()

    Invitation.objects.update(expires_on=date(2026, 1, 1))
    answer = anonymous.get(address(invitation))
    assert answer.status_code == 410
    assert "หมดอายุ" in answer.content.decode()
    assert anonymous.post(address(invitation), TYPED).status_code == 410
    assert not User.objects.filter(username="pim").exists()


def test_a_typed_code_leads_to_its_page(anonymous, invitation):
    code = code_of(invitation)

    answer = anonymous.post("/join/", {"code": code.upper().replace("-", " ")})

    assert answer.url == f"/join/{code.replace('-', '')}/"
    assert anonymous.post("/join/", {"code": "???"}, follow=True).status_code == 404
    assert anonymous.post("/join/", {"code": ""}).status_code == 422


def test_codes_cannot_be_tried_out(invitation):
    guesser, neighbour = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")

    codes = [guesser.get(f"/join/aaaaa-aaa{a}{b}/").status_code for a in "bcd" for b in "efgh"]

    assert codes == [404] * 10 + [429] * 2
    assert guesser.get(address(invitation)).status_code == 429
    assert neighbour.get(address(invitation)).status_code == 200


def test_right_codes_are_never_too_many(invitation):
    """A whole village signs up behind the one address of its hall."""
    assert {Client().get(address(invitation)).status_code for _ in range(30)} == {200}
