"""The village assembly in Chromium: freeze, go through, close, sign with a finger, certify, check the paper."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.assembly.meetings import closed, villagers
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations

from mudmai.accounts.models import User
from mudmai.assembly import queries
from mudmai.assembly.models import Assembly

SignIn = Callable[[User], Page]
Shot = Callable[[str], None]


def test_somsri_takes_a_list_through_the_meeting_on_her_phone(
    sign_in: SignIn, somsri: User, site: str, shot: Shot
) -> None:
    villagers()
    page = sign_in(somsri)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{site}/assemblies/new/")
    page.select_option("[name=area_code]", "52030601")
    page.get_by_label("ผู้ป่วยติดเตียง").check()
    page.get_by_label("คนพิการ", exact=True).check()
    page.select_option("[name=purpose]", "help")
    assert_no_axe_violations(page)
    shot("new")
    page.get_by_role("button", name="ตั้งบัญชี").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("บัญชีรายชื่อผู้เปราะบางของหมู่บ้าน")
    page.locator("#row-1").get_by_role("button", name="คงไว้").click()
    row = page.locator("#row-2")
    row.get_by_text("ตัดออก…").click()
    row.get_by_label("เหตุผล").fill("ย้ายไปอยู่กับลูกที่ลำพูน")
    row.get_by_role("button", name="ตัดออก", exact=True).click()
    expect(page.locator("#row-2")).to_contain_text("ย้ายไปอยู่กับลูกที่ลำพูน")
    page.get_by_label("ชื่อ", exact=True).fill("นายดำ ดีงาม")
    page.locator("#attended").get_by_label("ตำแหน่ง").select_option("headman")
    page.locator("#attended").get_by_role("button", name="บันทึก").click()
    assert_no_axe_violations(page)
    shot("meeting")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    shot("meeting")
    page.get_by_role("button", name="ปิดบัญชี").click()
    page.get_by_role("dialog").get_by_role("button", name="ปิดบัญชี").click()

    expect(page.get_by_text("ยังต้องลงชื่อ")).to_be_visible()


def test_three_people_sign_with_a_finger_and_the_paper_is_checked(
    sign_in: SignIn, somsri: User, site: str, shot: Shot
) -> None:
    villagers()
    held = closed(somsri)
    page = sign_in(somsri)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for name, position in (("นายดำ ดีงาม", "headman"), ("นายแดง ใจสู้", "assistant"), ("น้อย แก้วมา", "volunteer")):
        page.goto(f"{site}/assemblies/{held.pk}/sign/")
        form = page.locator("form[data-signature]")
        form.get_by_label("ชื่อผู้ลงชื่อ").fill(name)
        form.locator("[name=position]").select_option(position)
        write_with_a_finger(page)
        if position == "headman":
            assert_no_axe_violations(page)
            shot("sign")
        form.get_by_role("button", name="ลงชื่อ", exact=True).click()
        expect(page.get_by_text("บันทึกลายมือชื่อแล้ว")).to_be_visible()

    page.goto(f"{site}/assemblies/{held.pk}/")
    page.get_by_role("button", name="รับรองบัญชี").click()
    page.get_by_role("dialog").get_by_role("button", name="รับรองบัญชี").click()
    expect(page.get_by_text("ทะเบียนแสดงว่าหมู่บ้านรับรอง")).to_be_visible()
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for name in ("paper", "chain", "sign"):
            page.goto(f"{site}/assemblies/{held.pk}/{name}/")
            assert_no_axe_violations(page)
            shot(f"done-{name}")
        page.goto(f"{site}/assemblies/")
        assert_no_axe_violations(page)
        shot("list")

    page.context.clear_cookies()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{site}/assemblies/check/{held.token}/")
    expect(page.get_by_text(queries.fingerprint_of(Assembly.objects.get()))).to_be_visible()
    page.get_by_label("ลำดับที่บนเอกสาร").fill("2")
    page.get_by_label("ชื่อบนเอกสาร").fill("มาลี ใจดี")
    page.get_by_role("button", name="ตรวจสอบ").click()
    expect(page.get_by_text("บรรทัดนี้ตรงกับฉบับที่ลงชื่อ")).to_be_visible()
    assert_no_axe_violations(page)
    shot("check")


def write_with_a_finger(page: Page) -> None:
    canvas = page.locator("canvas.signature")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 20 + step * 20, box["y"] + box["height"] / 2 + (-25 if step % 2 else 25))
    page.mouse.up()
