"""An officer follows one person from three lists to one page and back, takes one link back, and puts it back."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations
from tests.people.town import row, tell

from mudmai.accounts.models import User
from mudmai.people.models import Person

MALI, PAYEE, SEEN = "1" * 32, "2" * 32, "3" * 32
LISTS = ("civil_register", "old_age_payees", "volunteer_survey")


@pytest.fixture
def mali(somsri: User, national_codes: None) -> None:
    """Mali stands in the civil register, among the payees, and a volunteer met her in another house."""
    tell(row("มาลี", id=MALI, title="นาง", sex="f", birth_date="1950-03-15"), as_of=date(2026, 9, 1))
    tell(row("มาลี", id=PAYEE, old_age_allowance=True), kind="old_age_payees", links={PAYEE: MALI})
    tell(
        row("มาลี", id=SEEN, house="99", phone=["+66812345678"]),
        kind="volunteer_survey", as_of=date(2026, 10, 20), links={SEEN: MALI},
    )  # fmt: skip


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_one_person_from_three_lists_to_one_page_and_back(
    screen: ViewportSize,
    site: str,
    mali: None,
    somsri: User,
    sign_in: Callable[[User], Page],
    shot: Callable[[str], None],
) -> None:
    page = sign_in(somsri)
    page.set_viewport_size(screen)
    main = page.locator("main")
    home = f"{site}/persons/11111111-1111-1111-1111-111111111111/"

    page.goto(home)
    shot("person")
    assert_no_axe_violations(page)
    told = main.locator(".tl").first
    for name in LISTS:
        expect(told).to_contain_text(name)
    phone = main.locator(".facts > div", has_text="โทรศัพท์")
    expect(phone).to_contain_text("081 234 5678")
    expect(phone).to_contain_text("volunteer_survey")
    decided = main.locator(".tl").nth(1)
    expect(decided.locator(".sentence")).to_have_count(2)
    expect(decided).to_contain_text("เพราะเลขประจำตัวประชาชนและชื่อตรงกัน")

    for name in LISTS:  # to each list's row, and back by its own links
        told.get_by_role("link", name=re.compile(f"^{name}")).click()
        page.wait_for_url("**/records/**")
        assert_no_axe_violations(page)
        expect(main.locator("h1")).to_contain_text(name)
        page.get_by_role("link", name=name).first.click()  # the list that it came with
        page.wait_for_url("**/batches/**")
        page.get_by_role("link", name="นางมาลี ใจดี").first.click()
        page.wait_for_url(home)

    # One of the links is looked at and taken back, by keyboard alone.
    decided.get_by_role("link", name=re.compile("volunteer_survey")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/decisions/**")
    shot("decision")
    assert_no_axe_violations(page)
    expect(main).to_contain_text("แยกออกเป็นบุคคลของตัวเอง จาก นางมาลี ใจดี")
    expect(main.locator("tr", has_text="โทรศัพท์").first).to_contain_text("081 234 5678")
    reason = page.get_by_label(re.compile("^เหตุผล"))
    reason.fill("คนละคน ชื่อพ้องกัน")
    reason.press("Enter")
    expect(page.get_by_role("button", name="คืนการตัดสินนี้")).to_be_visible()
    shot("decision-taken-back")
    assert_no_axe_violations(page)
    assert Person.objects.count() == 2

    page.goto(home)
    expect(main).not_to_contain_text("081 234 5678")
    page.goto(f"{site}/decisions/?stands=no")
    shot("decisions")
    assert_no_axe_violations(page)
    expect(main.locator(".sentence")).to_have_count(1)
    main.locator(".sentence a").click()
    page.get_by_role("button", name="คืนการตัดสินนี้").click()
    expect(page.get_by_role("button", name="ถอนการตัดสินนี้")).to_be_visible()
    assert Person.objects.count() == 1
    page.goto(home)
    expect(main).to_contain_text("081 234 5678")

    # The same from the row: not this person, for good.
    page.goto(f"{site}/records/33333333-3333-3333-3333-333333333333/")
    shot("record")
    page.get_by_role("link", name="ไม่ใช่คนนี้…").click()
    page.wait_for_url("**/not/**")
    shot("unlink")
    assert_no_axe_violations(page)
    page.get_by_role("button", name="ใช่ เป็นคนอื่น").click()
    page.wait_for_url(f"{site}/persons/33333333-3333-3333-3333-333333333333/")
    assert Person.objects.count() == 2
    page.goto(f"{site}/decisions/")
    expect(main).to_contain_text("ไม่ใช่คนเดียวกัน")
    shot("decisions-all")
    page.goto(f"{site}/decisions/export/")
    shot("export")
    assert_no_axe_violations(page)
