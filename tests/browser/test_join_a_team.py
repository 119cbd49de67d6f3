"""Somsri invites by QR, a new volunteer joins on her phone, is let in, gets houses, and sees these alone."""

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations
from tests.conftest import PASSWORD
from tests.people.town import row, tell

from mudmai.access import services as access
from mudmai.access.models import Membership, Team
from mudmai.accounts.models import User
from mudmai.people import queries as people
from mudmai.people.models import Person

VILLAGE, TAMBON = "52030601", "520306"
MALI = "1" * 32
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(site: str) -> None:
    tell(
        row("มาลี", id=MALI, title="นาง", sex="f", birth_date="1950-03-15"),
        row("แดง", title="นาย", sex="m", birth_date="1975-01-02"),
        *(row(f"คน{n}", "ดีงาม", house=str(20 + n)) for n in range(8)),
    )


def looked_at(page: Page, shot, name: str) -> None:
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert_no_axe_violations(page)
        shot(name)


def test_a_new_volunteer_joins_by_the_sheet_on_the_wall(sign_in, somsri, town, site, shot, browser: Browser):
    page = sign_in(somsri)
    page.goto(f"{site}/teams/")
    looked_at(page, shot, "none")
    page.get_by_role("link", name="ตั้งทีมใหม่").click()
    page.get_by_label("ชื่อ", exact=True).fill("อสม. บ้านน้ำล้อม")
    page.get_by_label("พื้นที่", exact=True).select_option(VILLAGE)
    looked_at(page, shot, "new")
    page.get_by_role("button", name="บันทึก").click()
    page.get_by_role("link", name="เชิญ", exact=True).click()
    page.get_by_label("ใช้เข้าร่วมได้กี่คน").fill("10")
    looked_at(page, shot, "invite")
    page.get_by_role("button", name="บันทึก").click()
    page.get_by_role("img", name="คิวอาร์โค้ดสำหรับเปิดคำเชิญ").wait_for()
    looked_at(page, shot, "sheet")
    page.emulate_media(media="print")
    shot("paper")
    page.emulate_media(media="screen")

    code = page.locator(".invite b").inner_text()
    context = browser.new_context(viewport=PHONE, locale="th-TH")
    joined(context.new_page(), f"{site}/join/{code}/")
    context.close()

    team = Team.objects.get()
    page.goto(f"{site}/teams/{team.pk}/")
    looked_at(page, shot, "waiting")
    page.get_by_role("button", name="รับ พิมพ์ ใจดี", exact=True).click()
    page.get_by_role("link", name="มอบบ้าน…").click()
    page.get_by_label("12/3").check()
    page.get_by_label("21").focus()
    page.keyboard.press("Space")
    looked_at(page, shot, "houses")
    page.get_by_role("button", name="มอบบ้านที่เลือก").click()
    page.get_by_text("มอบบ้าน 2 หลัง").wait_for()
    page.get_by_role("link", name="เสร็จแล้ว").click()
    looked_at(page, shot, "member")
    page.goto(f"{site}/teams/{team.pk}/")
    looked_at(page, shot, "team")

    pim = Membership.objects.get().user
    assert people.visible_persons(pim).count() == 3


def joined(phone: Page, address: str) -> None:
    """Register on the phone; every field by the keyboard."""
    phone.goto(address)
    assert_no_axe_violations(phone)
    phone.screenshot(path="tests/browser/shots/test_join_a_team-join-390.png", full_page=True)
    phone.get_by_label("ชื่อและนามสกุล").fill("พิมพ์ ใจดี")
    phone.get_by_label("โทรศัพท์").fill("12")
    phone.get_by_label("ชื่อผู้ใช้").fill("pim")
    phone.get_by_label("รหัสผ่าน", exact=True).fill("ดอกไม้ริมน้ำยามเช้า")
    phone.get_by_label("รหัสผ่านอีกครั้ง").fill("ดอกไม้ริมน้ำยามเช้า")
    phone.keyboard.press("Enter")
    phone.get_by_text("หมายเลขโทรศัพท์ไม่ถูกต้อง").wait_for()
    assert_no_axe_violations(phone)
    phone.get_by_label("โทรศัพท์").fill("081-234-5678")
    phone.get_by_label("รหัสผ่าน", exact=True).fill("ดอกไม้ริมน้ำยามเช้า")
    phone.get_by_label("รหัสผ่านอีกครั้ง").fill("ดอกไม้ริมน้ำยามเช้า")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/teams/")
    phone.get_by_text("โปรดรอผู้ดูแลทีมอนุมัติ").first.wait_for()
    assert_no_axe_violations(phone)
    phone.screenshot(path="tests/browser/shots/test_join_a_team-waits-390.png", full_page=True)


def test_a_group_follows_and_its_member_sees_that_person_alone(sign_in, wichai, town, site, shot, browser: Browser):
    pim = User.objects.create_user("pim", password=PASSWORD, full_name="พิมพ์ ใจดี")
    group = access.make_team(by=wichai, name="กลุ่มดูแลเกาะคา", kind="group", area_code=TAMBON)
    mali = Person.objects.get(pk=MALI)
    page = sign_in(wichai)
    page.goto(f"{site}/persons/{mali.pk}/")
    page.get_by_role("link", name="ติดตามโดยกลุ่ม…").click()
    page.get_by_label("เหตุผล").fill("แผลกดทับ ต้องเยี่ยมทุกสัปดาห์")
    looked_at(page, shot, "follow")
    page.get_by_role("button", name="บันทึก").click()
    page.get_by_role("heading", name="กลุ่มที่ติดตาม").wait_for()
    looked_at(page, shot, "person")
    page.goto(f"{site}/teams/{group.pk}/")
    looked_at(page, shot, "group")
    page.get_by_role("link", name="ตั้งค่า").click()
    looked_at(page, shot, "settings")

    access.add_member(group, by=wichai, user=pim, role="caregiver")
    context = browser.new_context(viewport=PHONE, locale="th-TH")
    phone = context.new_page()
    phone.goto(f"{site}/persons/")
    phone.fill("[name=login]", "pim")
    phone.fill("[name=password]", PASSWORD)
    phone.keyboard.press("Enter")
    phone.get_by_role("link", name="นางมาลี ใจดี").click()
    assert_no_axe_violations(phone)
    phone.screenshot(path="tests/browser/shots/test_join_a_team-caregiver-390.png", full_page=True)
    phone.goto(f"{site}/persons/")
    assert "แดง" not in phone.content()
    context.close()


def test_a_code_can_be_typed_by_hand(quiet, site, shot):
    quiet.goto(f"{site}/join/")
    looked_at(quiet, shot, "code")
