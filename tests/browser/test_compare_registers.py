"""Registers compared in Chromium: from counts to list, paper and file; the unseen; a layout and a file for TPMAP."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations
from tests.conftest import VILLAGE
from tests.people.town import row, tell

from mudmai.accounts.models import User
from mudmai.needs.models import HouseNeed
from mudmai.people.models import Person

SignIn = Callable[[User], Page]
Shot = Callable[[str], None]
SIZES = (PHONE, DESK)


def person_id(number: int) -> str:
    return f"{number:032x}"


@pytest.fixture
def village(db: None) -> None:
    """Thirty people: 1–12 on the TPMAP list, of whom 3 is dead; 8–20 visited, and found poor; 4–7 not asked."""
    tell(*(row(f"คน{n}", "ใจดี", house=str(n), id=person_id(n), birth_date="1950-03-15") for n in range(1, 31)))
    listed = [row(f"คน{n}", "ใจดี", house=None, id=person_id(100 + n), tpmap_poor=True) for n in range(1, 13)]
    tell(*listed, kind="tpmap", complete=True, links={person_id(100 + n): person_id(n) for n in range(1, 13)})
    visits = [row(f"คน{n}", "ใจดี", house=str(n), id=person_id(200 + n)) for n in range(8, 21)]
    tell(*visits, kind="home_visit", links={person_id(200 + n): person_id(n) for n in range(8, 21)})
    gone = row("คน3", "ใจดี", house="3", id=person_id(303), death_date="2026-08-15")
    tell(gone, links={person_id(303): person_id(3)})
    for number in range(1, 31):
        house = Person.objects.get(pk=person_id(number)).household_id
        assert house is not None
        told = {"area_code": VILLAGE, "place": number, "failed": int(8 <= number <= 20), "members": 1}
        told["unsure"] = 31 if 4 <= number <= 7 else 0  # nobody asked these yet
        HouseNeed.objects.update_or_create(household_id=house, defaults=told)


def test_somsri_compares_tpmap_with_what_was_found_and_takes_the_list_along(
    sign_in: SignIn, somsri: User, village: None, site: str, shot: Shot, tmp_path: Path
) -> None:
    page = sign_in(somsri)
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(f"{site}/needs/compare/")
        page.get_by_label("ชุดแรก").select_option("fact:tpmap_poor")
        page.get_by_label("ชุดที่สอง").select_option("need:poor")
        page.get_by_role("button", name="เทียบ").click()
        expect(page.get_by_role("heading", level=2).first).to_contain_text("คนจนเป้าหมาย TPMAP")
        assert_no_axe_violations(page)
        shot("counts")
    page.get_by_role("link", name="“คนจนเป้าหมาย TPMAP” แต่ไม่ใช่ “พื้นที่พบว่ายากจน”").click()
    expect(page.get_by_text("เสียชีวิตเมื่อ 15 ส.ค. 2569")).to_be_visible()
    assert_no_axe_violations(page)
    shot("list")
    page.get_by_role("link", name="พิมพ์เป็นรายการ").click()
    for words in ("ผู้จัดทำ", "ผู้ตรวจสอบ", "ผู้อนุมัติ"):
        expect(page.get_by_text(words)).to_be_visible()
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert_no_axe_violations(page)
        shot("paper")
    page.go_back()
    page.get_by_role("link", name="ส่งออก").click()
    page.get_by_label("ใช้เพื่อ").select_option("correction")
    assert_no_axe_violations(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="สร้างไฟล์").click()
    assert download.value.suggested_filename == "mudmai-needs-compare-2569-11-02.xlsx"


def test_how_many_are_still_missing_and_where_to_walk(
    sign_in: SignIn, somsri: User, village: None, site: str, shot: Shot
) -> None:
    page = sign_in(somsri)
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(f"{site}/needs/unseen/?area={VILLAGE}&of=poor")
        expect(page.get_by_text("น่าจะยังไม่พบอีกราว")).to_be_visible()
        expect(page.get_by_text("แต่ละแหล่งไม่ได้ถามกัน")).to_be_visible()
        assert_no_axe_violations(page)
        shot("unseen")
        page.get_by_role("link", name="บ้านที่ยังไม่เคยไปเยี่ยม").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("บ้านที่ยังไม่เคยไปเยี่ยม")
        assert_no_axe_violations(page)
        shot("unvisited")
    for address in ("/needs/compare/twice/", "/needs/tpmap/"):
        page.goto(f"{site}{address}")
        assert_no_axe_violations(page)


def test_a_layout_is_changed_and_a_file_made_by_keyboard(
    sign_in: SignIn, somsri: User, village: None, site: str, shot: Shot
) -> None:
    page = sign_in(somsri)
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(f"{site}/needs/tpmap/layouts/logbook/")
        assert_no_axe_violations(page)
        shot("layout")
    page.locator("[name=header-0]").fill("เลขบัตรประชาชน")
    page.get_by_role("button", name="บันทึก").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("บันทึกแบบคอลัมน์แล้ว")).to_be_visible()
    expect(page.locator("[name=header-0]")).to_have_value("เลขบัตรประชาชน")
    page.goto(f"{site}/needs/tpmap/file/?area={VILLAGE}")
    page.get_by_label("ใช้เพื่อ").select_option("planning")
    assert_no_axe_violations(page)
    shot("file")
    with page.expect_download() as download:
        page.get_by_role("button", name="สร้างไฟล์").click()
    assert download.value.suggested_filename == "mudmai-tpmap-logbook-2569-11-02.xlsx"
