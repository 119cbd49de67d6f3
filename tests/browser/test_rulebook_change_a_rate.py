"""The rule browser in Chromium: Somsri adds the rate of a new regulation; the mayor asks what another would cost."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations
from tests.rights import village

from mudmai.accounts.models import User
from mudmai.rights.models import CaseRow, ParameterRow

SignIn = Callable[[User], Page]
Shot = Callable[[str], None]


def at_both_widths(page: Page, shot: Shot, name: str) -> None:
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert_no_axe_violations(page)
        shot(name)


def test_somsri_adds_the_rate_of_a_new_regulation_and_takes_it_back(
    sign_in: SignIn, somsri: User, site: str, shot: Shot
) -> None:
    village.told()
    page = sign_in(somsri)
    page.goto(f"{site}/rights/rules/")
    at_both_widths(page, shot, "rules")
    page.get_by_role("link", name="เบี้ยยังชีพผู้สูงอายุ", exact=True).click()
    expect(page.locator("#old_age_allowance-steps .rates svg")).to_be_visible()
    at_both_widths(page, shot, "rule")

    page.locator("#old_age_allowance-steps").get_by_role("link", name="เพิ่มอัตราใหม่").click()
    page.get_by_label("วันแรกที่ใช้").fill("1 ต.ค. 2570")
    for line, baht in enumerate(("700", "850", "1,000", "1,250"), 1):
        page.get_by_label(f"จำนวน บรรทัดที่ {line}").fill(baht)
    page.get_by_label("ฐานกฎหมาย").fill("ระเบียบ มท. พ.ศ. 2570")
    page.get_by_role("button", name="ดูว่าอะไรเปลี่ยน").click()
    expect(page.locator("#row .field.wrong")).to_contain_text("มั่นใจเพียงใด")
    at_both_widths(page, shot, "row-refused")
    page.get_by_label("มั่นใจเพียงใด").select_option("A")
    page.get_by_role("button", name="ดูว่าอะไรเปลี่ยน").click()
    expect(page.locator("#foreseen")).to_contain_text("+300")
    assert ParameterRow.objects.count() == 0
    at_both_widths(page, shot, "row-foreseen")
    page.get_by_role("button", name="บันทึกแถวนี้").click()
    expect(page.locator("#old_age_allowance-steps")).to_contain_text("เริ่มใช้ภายหลัง")
    expect(page.locator("#old_age_allowance-steps")).to_contain_text("สมศรี ใจงาม")
    at_both_widths(page, shot, "rule-with-row")

    page.locator("#old_age_allowance-steps").get_by_role("link", name="ถอนคืน…").click()
    at_both_widths(page, shot, "take-back")
    page.get_by_role("button", name="ถอนแถวนี้").click()
    expect(page.locator("#old_age_allowance-steps")).to_contain_text("ถอนคืนโดย สมศรี ใจงาม")


def test_an_example_that_comes_out_otherwise_is_red_and_says_why(
    sign_in: SignIn, somsri: User, site: str, shot: Shot
) -> None:
    page = sign_in(somsri)
    page.goto(f"{site}/rights/rules/old_age_allowance/cases/new/")
    page.get_by_label("ชื่อกรณีตัวอย่าง").fill("ปั่น อายุ 70 ปี ได้ 900 บาท")
    page.get_by_label("วันเกิด", exact=True).fill("10 ม.ค. 2499")
    page.get_by_label("สัญชาติไทย").first.select_option("yes")
    page.get_by_label("มีชื่อในทะเบียนบ้านที่นี่", exact=True).select_option("yes")
    page.get_by_label("รับบำนาญหรือเงินประจำจากรัฐ", exact=True).select_option("no")
    page.get_by_label("มีสิทธิ", exact=True).select_option("yes")
    page.get_by_label("จำนวนเงิน", exact=True).fill("900")
    page.get_by_role("button", name="ลองคำนวณ").click()
    expect(page.locator("#result")).to_contain_text("ผลไม่ตรง")
    expect(page.locator("#result .trace")).to_contain_text("มีชื่อในทะเบียนบ้าน")
    assert CaseRow.objects.count() == 0
    at_both_widths(page, shot, "case-red")
    page.get_by_role("button", name="บันทึกกรณีตัวอย่าง").click()
    red = page.locator(".cases > li.bad")
    expect(red).to_have_count(1)
    expect(red).to_contain_text("ปั่น อายุ 70 ปี ได้ 900 บาท")
    at_both_widths(page, shot, "rule-with-red-case")


def test_the_mayor_asks_what_a_hundred_more_costs_with_the_keyboard_alone(
    sign_in: SignIn, nayok: User, site: str, shot: Shot
) -> None:
    village.told()
    page = sign_in(nayok)
    page.goto(f"{site}/rights/rules/what-if/?programme=old_age_allowance")
    page.get_by_label("อายุ 60 ปีขึ้นไป").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("700")
    page.keyboard.press("Enter")

    expect(page.locator("#now")).to_contain_text("ตามกฎหมายปัจจุบัน")
    expect(page.locator("#now")).to_contain_text("<5")
    expect(page.locator("#assumptions")).to_contain_text("ตารางชีพ")
    at_both_widths(page, shot, "whatif-mayor")
    page.get_by_role("link", name="นำออกเป็น Excel หรือ CSV").click()
    at_both_widths(page, shot, "whatif-file")
    page.get_by_label("เพื่อ").select_option("planning")
    with page.expect_download() as download:
        page.locator("main form .btn.pri").click()
    assert download.value.suggested_filename.startswith("mudmai-rights-whatif-")


def test_somsri_sees_ten_years_ahead(sign_in: SignIn, somsri: User, site: str, shot: Shot) -> None:
    village.told()
    page = sign_in(somsri)
    page.goto(f"{site}/rights/rules/what-if/?programme=old_age_allowance")
    page.get_by_label("อายุ 70 ปีขึ้นไป").fill("800")
    page.get_by_role("button", name="คำนวณ").click()

    expect(page.locator("#now")).to_contain_text("+200")
    expect(page.locator(".years svg rect.after")).to_have_count(10)
    expect(page.locator(".years tbody tr")).to_have_count(11)
    at_both_widths(page, shot, "whatif")
