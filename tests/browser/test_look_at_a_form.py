"""Whoever manages forms looks at one as volunteers will see it on their phones."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import assert_no_axe_violations

from mudmai.accounts.models import User
from mudmai.surveys import services
from mudmai.surveys.rules.ready import ready_form


def test_a_registrar_tries_the_home_visit_as_on_the_phone(
    sign_in: Callable[[User], Page], site: str, shot: Callable[[str], None], somsri: User
) -> None:
    ready = ready_form("home_visit")
    version = services.receive_form(ready.xlsx(), ready.filename, by=somsri, area_code="520306")
    page = sign_in(somsri)
    page.set_viewport_size({"width": 1280, "height": 1100})  # the whole frame of the phone is seen
    page.goto(f"{site}/forms/{version.form_id}/versions/{version.pk}/preview/")
    phone = page.frame_locator("iframe")
    expect(phone.get_by_role("heading", name="เยี่ยมบ้าน").first).to_be_visible()
    phone.get_by_role("button", name="ตรวจทาน").click()
    expect(phone.get_by_role("alert").first).to_have_text("ยังไม่ได้ตอบข้อนี้")
    assert_no_axe_violations(page)
    shot("preview")
