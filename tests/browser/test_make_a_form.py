"""Somsri makes a form in Excel: it is refused with the cure, mended, published, given out and tried as on the phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations
from tests.people.town import row, tell
from tests.surveys.excel import VISIT, excel

from mudmai.accounts.models import User
from mudmai.surveys import queries

pytestmark = pytest.mark.django_db(transaction=True)


def look(page: Page, shot, name: str) -> None:
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert_no_axe_violations(page)
        shot(name)


def choose(page: Page, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "เยี่ยมบ้าน.xlsx"
    path.write_bytes(content)
    page.locator("input[name=file]").set_input_files(path)
    page.get_by_role("button", name="ส่งแบบฟอร์ม").click()


def test_from_a_wrong_form_to_the_phone(sign_in, somsri: User, noi: User, site: str, shot, tmp_path: Path):
    tell(row("มาลี", title="นาง", sex="f", birth_date="1950-03-15"))
    page = sign_in(somsri)
    page.goto(f"{site}/forms/")
    look(page, shot, "none-yet")
    page.get_by_role("main").get_by_role("link", name="แบบฟอร์มใหม่").first.click()
    look(page, shot, "new")

    choose(page, tmp_path, excel([("intger", "age", "อายุ"), ("select_one colour", "roof", "สีหลังคา"), *VISIT]))
    expect(page.get_by_role("heading", name="ยังใช้ไม่ได้")).to_be_visible()
    expect(page.get_by_text("integer").first).to_be_visible()
    look(page, shot, "refused")

    choose(page, tmp_path, excel())
    expect(page.get_by_role("heading", name="เยี่ยมบ้าน", exact=True)).to_be_visible()
    look(page, shot, "draft")

    page.get_by_role("link", name="คำตอบไปที่ใด").first.click()
    look(page, shot, "mapping")
    page.get_by_role("button", name="บันทึกปลายทางของคำตอบ").click()
    expect(page.get_by_text("บันทึกปลายทางของคำตอบแล้ว")).to_be_visible()
    page.get_by_role("link", name="เยี่ยมบ้าน").first.click()

    page.get_by_role("button", name="เผยแพร่").first.click()
    expect(page.get_by_text("โทรศัพท์จะได้ฉบับนี้")).to_be_visible()
    page.get_by_label("พื้นที่").last.select_option(index=0)
    page.get_by_role("button", name="มอบหมาย").click()
    expect(page.get_by_text("มอบหมายแล้ว")).to_be_visible()
    look(page, shot, "published")
    assert [each.form.form_id for each in queries.published_for(noi)] == ["house_visit"]

    page.get_by_role("link", name="ดูแบบในโทรศัพท์").first.click()
    phone = page.frame_locator("iframe.phone-frame")
    expect(phone.get_by_text("บ้านเลขที่").first).to_be_visible(timeout=20_000)
    phone.get_by_role("textbox").first.fill("12/3")
    look(page, shot, "preview")
    page.goto(f"{site}/forms/")
    look(page, shot, "list")
