"""The village assembly on a phone with the network off: gone through, closed, signed, and brought back whole."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.assembly.meetings import frozen, villagers
from tests.browser.conftest import SHOTS, assert_no_axe_violations
from tests.browser.phone import CONTEXT, Phone

from mudmai.accounts.models import User
from mudmai.assembly import queries
from mudmai.assembly.models import Assembly


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Phone]:
    context = browser.new_context(**CONTEXT)
    yield Phone(context, site)
    context.close()


def draw(page: Page) -> None:
    canvas = page.locator("canvas.signature")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 20 + step * 20, box["y"] + (20 if step % 2 else 70))
    page.mouse.up()


def test_somsri_holds_the_meeting_where_there_is_no_signal(phone: Phone, somsri: User) -> None:
    villagers()
    held = frozen(somsri)
    phone.open()
    phone.sign_in(somsri)
    phone.has_its_area()
    page = phone.page
    page.goto(f"{phone.site}/field/#/assemblies")
    expect(page.get_by_text("ผู้เปราะบางหมู่ 1")).to_be_visible()
    assert_no_axe_violations(page)
    page.screenshot(path=SHOTS / "meeting-list-390.png", full_page=True)

    phone.context.set_offline(True)
    page.get_by_text("ผู้เปราะบางหมู่ 1").click()
    page.locator("#row-1").get_by_role("button", name="คงไว้").click()
    page.locator("#row-2").get_by_role("button", name="ตัดออก…").click()
    page.locator("#row-2").get_by_label("เหตุผล").fill("ย้ายไปอยู่กับลูก")
    page.locator("#row-2").get_by_role("button", name="ตัดออก", exact=True).click()
    expect(page.locator("#row-2")).to_contain_text("ย้ายไปอยู่กับลูก")
    page.get_by_label("ชื่อ", exact=True).fill("นายดำ ดีงาม")
    present = page.locator("section").filter(has=page.get_by_role("heading", name="ผู้เข้าประชุม"))
    present.get_by_role("button", name="บันทึก").click()
    expect(page.get_by_text("นายดำ ดีงาม")).to_be_visible()
    assert_no_axe_violations(page)
    page.screenshot(path=SHOTS / "meeting-390.png", full_page=True)
    page.get_by_role("button", name="ปิดบัญชีเพื่อลงชื่อ").click()
    page.get_by_role("dialog").get_by_role("button", name="ปิดบัญชีเพื่อลงชื่อ").click()
    page.get_by_role("link", name="ลงชื่อ").click()
    for name, position in (("นายดำ ดีงาม", "headman"), ("นายแดง ใจสู้", "assistant"), ("น้อย แก้วมา", "volunteer")):
        page.get_by_label("ชื่อผู้ลงชื่อ").fill(name)
        page.locator("section select").select_option(position)
        draw(page)
        if position == "headman":
            assert_no_axe_violations(page)
            page.screenshot(path=SHOTS / "meeting-sign-390.png", full_page=True)
        page.get_by_role("button", name="ลงชื่อ", exact=True).first.click()
        expect(page.get_by_label("ชื่อผู้ลงชื่อ")).to_have_value("") if position != "volunteer" else None
    expect(page.get_by_text("ลงชื่อครบแล้ว")).to_be_visible()
    expect(page.get_by_text("การรับรองต้องมีสัญญาณ")).to_be_visible()
    assert Assembly.objects.get(pk=held.pk).steps_count == 1  # nothing has left the phone yet

    phone.context.set_offline(False)
    page.get_by_role("button", name="รับรองบัญชี").click(timeout=60_000)

    expect(page.get_by_text("ทะเบียนแสดงว่าหมู่บ้านรับรองรายชื่อนี้")).to_be_visible(timeout=60_000)
    kept = Assembly.objects.get(pk=held.pk)
    assert kept.phase == "certified"
    assert queries.is_whole(kept)
    minutes = queries.minutes_of(kept)
    assert [row.verdict for row in minutes.rows.values()] == ["kept", "struck"]
    assert [each.name for each in minutes.signatures] == ["นายดำ ดีงาม", "นายแดง ใจสู้", "น้อย แก้วมา"]
