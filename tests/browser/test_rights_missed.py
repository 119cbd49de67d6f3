"""Somsri finds who is missed, opens the person with the reasons, prints list and letters, and sees what is coming."""

from datetime import date

import pytest
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations
from tests.rights import village
from tests.rights.village import PAN

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(site: str) -> None:
    village.told()
    village.learn(PAN, kind="disability_register", disability_registered=True, disability_card_expires="2026-11-20",
                  disability_card_issued="2018-11-21", on=date(2026, 10, 1))  # fmt: skip
    village.evaluated()


def looks_right(page, shot, name):
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert_no_axe_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
        shot(name)


def test_from_the_numbers_to_the_person_and_the_paper(sign_in, somsri, people, site, shot):
    page = sign_in(somsri)
    page.goto(f"{site}/rights/")
    page.get_by_role("heading", name="ใครตกหล่น").wait_for()
    looks_right(page, shot, "numbers")

    page.set_viewport_size(DESK)
    page.get_by_role("link", name="บัญชีงาน").first.click()
    page.get_by_role("rowheader", name="ปั่น ใจดี").first.wait_for()
    looks_right(page, shot, "worklist")

    page.set_viewport_size(DESK)
    page.get_by_role("link", name="พิมพ์พร้อมช่องลงนาม").click()
    page.locator("article.paper .signatures .block").nth(2).wait_for()
    looks_right(page, shot, "paper")
    page.go_back()

    page.get_by_role("link", name="จดหมาย").click()
    page.locator("article.letter").first.wait_for()
    looks_right(page, shot, "letters")
    page.go_back()

    page.set_viewport_size(DESK)
    page.get_by_role("link", name="ปั่น ใจดี").first.click()
    page.locator("#rights details[open]").first.wait_for()
    looks_right(page, shot, "person")


def test_the_rights_of_another_day(sign_in, somsri, people, site, shot):
    page = sign_in(somsri)
    page.goto(f"{site}/persons/{PAN[:8]}-{PAN[8:12]}-{PAN[12:16]}-{PAN[16:20]}-{PAN[20:]}/")
    page.get_by_label("ณ วันที่").fill("2/11/2580")
    page.locator("#rights form button").press("Enter")
    page.wait_for_url("**on=*")
    page.get_by_text("2 พฤศจิกายน 2580").first.wait_for()
    assert_no_axe_violations(page)
    shot("later")


def test_what_is_coming(sign_in, somsri, people, site, shot):
    page = sign_in(somsri)
    page.goto(f"{site}/rights/alerts/?kind=card_expires")
    page.get_by_role("rowheader", name="ปั่น ใจดี").wait_for()
    looks_right(page, shot, "alerts")


def test_the_mayor_sees_numbers_and_no_name(sign_in, nayok, people, site, shot):
    page = sign_in(nayok)
    page.goto(f"{site}/rights/")
    page.get_by_role("heading", name="ใครตกหล่น").wait_for()
    assert "ปั่น" not in page.content()
    looks_right(page, shot, "mayor")
    page.goto(f"{site}/rights/worklist/")
    page.wait_for_url("**/rights/")
