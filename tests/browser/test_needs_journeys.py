"""Who needs what first, in Chromium: the case manager's list and house, the mayor's numbers, points, days and sets."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations
from tests.needs.ground import houses
from tests.pages.conftest import outlines

from mudmai.accounts.models import User
from mudmai.needs.models import Weighing
from mudmai.needs.services import assess_all, fill_snapshot, take_snapshot

__all__ = ["outlines"]
SCREENS = pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
Taken = Callable[[str], None]


@pytest.fixture
def ground(site: str, outlines: None) -> None:
    """Four houses of Ko Kha, assessed; two of them are red cases."""
    houses()
    assess_all()


@SCREENS
def test_the_case_manager_goes_from_the_list_to_what_a_house_needs(
    ground: None, site: str, wichai: User, sign_in: Callable[[User], Page], shot: Taken, screen: ViewportSize
) -> None:
    page = sign_in(wichai)
    page.set_viewport_size(screen)
    page.goto(f"{site}/needs/")
    expect(page.locator("table.ranked tbody tr")).to_have_count(4)
    expect(page.locator("table.ranked tbody tr").first).to_contain_text("กรณีแดง")
    shot("ranked")
    assert_no_axe_violations(page)

    # The choice is sent by itself; then on by the keyboard alone.
    page.get_by_label("เหตุผล", exact=True).select_option("bedridden_uncared")
    page.wait_for_url("**reason=bedridden_uncared**")
    expect(page.locator("table.ranked tbody tr")).to_have_count(1)
    page.get_by_role("link", name="บ้านเลขที่ 12/3").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/needs/house/**")
    expect(page.get_by_role("heading", name="ห้ามิติ")).to_be_visible()
    expect(page.get_by_text("ติดเตียง").first).to_be_visible()
    summary = page.locator("details.fold > summary").last
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.fold").last).to_have_attribute("open", "")
    shot("house")
    assert_no_axe_violations(page)

    page.get_by_role("link", name="หน้าครัวเรือน").click()
    expect(page.get_by_role("link", name="ดูความต้องการทั้งหมด")).to_be_visible()
    assert_no_axe_violations(page)


@SCREENS
def test_the_list_for_paper_has_places_to_sign(
    ground: None, site: str, wichai: User, sign_in: Callable[[User], Page], shot: Taken, screen: ViewportSize
) -> None:
    page = sign_in(wichai)
    page.set_viewport_size(screen)
    page.goto(f"{site}/needs/?print=1")
    expect(page.locator(".signatures .block")).to_have_count(3)
    shot("paper")
    assert_no_axe_violations(page)


@SCREENS
def test_the_mayor_goes_down_to_a_village_and_to_its_page_for_paper(
    ground: None, site: str, nayok: User, sign_in: Callable[[User], Page], shot: Taken, screen: ViewportSize
) -> None:
    page = sign_in(nayok)
    page.set_viewport_size(screen)
    page.goto(f"{site}/needs/")
    page.wait_for_url("**/needs/area/")
    page.locator("[data-map][data-ready=yes]").wait_for()
    shot("area")
    assert_no_axe_violations(page)

    page.locator("#measure").select_option("need_red")
    page.wait_for_url("**measure=need_red")
    page.get_by_role("link", name="ม.1 บ้านน้ำล้อม").click()
    page.wait_for_url("**/needs/area/52030601/")
    expect(page.get_by_text("ปกปิด (จำนวนน้อย)").first).to_be_visible()
    shot("village")
    assert_no_axe_violations(page)

    page.get_by_role("link", name="สรุปหนึ่งหน้า").click()
    page.wait_for_url("**/summary/")
    shot("summary")
    assert_no_axe_violations(page)
    page.emulate_media(media="print")
    # A4 without its margins, at 96 dots an inch.
    page.set_viewport_size({"width": 688, "height": 1009})
    assert page.evaluate("document.querySelector('.one-page').getBoundingClientRect().bottom") <= 1009


@SCREENS
def test_points_are_tried_out_before_they_are_saved(
    ground: None, site: str, somsri: User, sign_in: Callable[[User], Page], shot: Taken, screen: ViewportSize
) -> None:
    page = sign_in(somsri)
    page.set_viewport_size(screen)
    page.goto(f"{site}/needs/weights/")
    assert_no_axe_violations(page)
    page.get_by_label("ตกเกณฑ์ด้านรายได้").fill("90")
    page.get_by_role("button", name="ดูก่อนว่าใครเลื่อนลำดับ").click()
    expect(page.get_by_text("ยังไม่ได้บันทึก")).to_be_visible()
    assert not Weighing.objects.exists()
    shot("weights")
    assert_no_axe_violations(page)

    page.get_by_label("เหตุที่แก้คะแนน").fill("มติคณะกรรมการ")
    page.get_by_role("button", name="บันทึกคะแนน").click()
    expect(page.get_by_text("มติคณะกรรมการ", exact=True)).to_be_visible()
    assert Weighing.objects.get().points["failed_income"] == 90


@SCREENS
def test_two_days_are_compared_and_the_sets_are_read(
    ground: None, site: str, somsri: User, sign_in: Callable[[User], Page], shot: Taken, screen: ViewportSize
) -> None:
    page = sign_in(somsri)
    page.set_viewport_size(screen)
    page.goto(f"{site}/needs/changes/")
    shot("no-day")
    assert_no_axe_violations(page)
    fill_snapshot(take_snapshot(by=somsri, area_code="520306", as_of=date(2026, 10, 31)).pk)
    page.reload()
    expect(page.get_by_text("ครัวเรือนที่ติดตามได้")).to_be_visible()
    shot("changes")
    assert_no_axe_violations(page)

    page.goto(f"{site}/needs/sets/")
    assert_no_axe_violations(page)
    page.get_by_role("link", name="31 ตัวชี้วัด").click()
    shot("set")
    assert_no_axe_violations(page)
    page.goto(f"{site}/needs/sets/own/")
    page.locator("textarea").fill("code = ")
    page.get_by_role("button", name="ตรวจสอบ").click()
    expect(page.get_by_role("alert")).to_be_visible()
    shot("own-set")
    assert_no_axe_violations(page)
