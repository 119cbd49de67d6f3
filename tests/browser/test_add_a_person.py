"""Somsri adds a member by keyboard: whoever is known appears while she types, and is chosen instead of added."""

import pytest
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations
from tests.people.town import row, tell

from mudmai.people.models import Household, Person

MALI = "1" * 32
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(site: str) -> Household:
    tell(
        row("มาลี", id=MALI, title="นาง", sex="f", birth_date="1950-03-15"),
        row("แดง", title="นาย", sex="m", birth_date="1975-01-02"),
    )
    return Household.objects.get()


def test_the_known_person_appears_and_is_chosen_by_keyboard(sign_in, somsri, house, site, shot):
    page = sign_in(somsri)
    page.goto(f"{site}/households/{house.pk}/")
    page.get_by_role("link", name="เพิ่มสมาชิก").click()
    assert_no_axe_violations(page)
    shot("empty")

    page.get_by_label("ชื่อตัว").focus()
    page.keyboard.type("มาลี")
    page.keyboard.press("Tab")
    page.keyboard.type("ใจดี")
    page.locator("#alike li").first.wait_for()

    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert_no_axe_violations(page)
        shot("found")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="คือคนนี้").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/persons/11111111-1111-1111-1111-111111111111/")

    assert Person.objects.count() == 2


def test_saving_a_likely_double_asks_first(sign_in, somsri, house, site, shot):
    page = sign_in(somsri)
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/persons/")
    page.get_by_role("link", name="เพิ่มบุคคล").click()
    page.get_by_label("ชื่อตัว").fill("มาลี")
    page.get_by_label("ชื่อสกุล").fill("ใจดี")
    page.get_by_label("วันเกิด").fill("15/3/2493")
    page.get_by_label("หมู่บ้าน").select_option("52030601")
    with page.expect_response("**/alike/"):
        page.get_by_label("บ้านเลขที่").fill("40")
    page.locator("#alike li").first.wait_for()
    page.get_by_role("button", name="บันทึก").click()
    page.get_by_role("alert").wait_for()
    assert_no_axe_violations(page)
    shot("asked")

    page.get_by_role("button", name="ไม่ใช่คนเหล่านี้").click()
    page.wait_for_url("**/persons/*-*/")

    assert Person.objects.count() == 3
