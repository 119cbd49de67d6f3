"""A volunteer makes a key for ODK Collect, and locks the phone out when it is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations

from mudmai.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_key_is_made_shown_once_and_taken_back(
    sign_in: Callable[[User], Page], shot: Callable[[str], None], noi: User, site: str, size: dict[str, int]
) -> None:
    page = sign_in(noi)
    page.set_viewport_size(size)
    page.goto(f"{site}/phones/")
    page.get_by_label("ชื่อโทรศัพท์").fill("Redmi ของน้อย")
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="คิวอาร์โค้ดการตั้งค่าของ ODK Collect")).to_be_visible()
    expect(page.locator("code").first).to_have_text(re.compile(r"^[a-z0-9]{4}(-[a-z0-9]{4}){3}$"))
    shot(f"collect-key-{size['width']}")
    assert_no_axe_violations(page)
    page.get_by_role("link", name="เสร็จแล้ว").click()
    row = page.get_by_role("listitem").filter(has_text="Redmi ของน้อย")
    expect(row).to_be_visible()
    shot(f"phones-{size['width']}")
    assert_no_axe_violations(page)
    row.get_by_role("button", name="ล็อก").click()
    page.get_by_role("dialog").get_by_role("button", name="ล็อก").click()
    expect(row.get_by_text("ล็อกแล้ว", exact=True)).to_be_visible()
    shot(f"phones-locked-{size['width']}")
