"""The officer's whole story: sign in, drop a list, mend a column, look it over, bring it in, answer, undo."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations
from tests.intake.townlist import cid
from tests.people.town import row, tell

from mudmai.accounts.models import User
from mudmai.people.models import Person

# "เรียกกันว่า" is no word for a nickname that the catalogue knows; the officer tells it once.
ROWS = (
    ("ลำดับ", "เลขประจำตัวประชาชน", "ชื่อ-สกุล", "เรียกกันว่า", "ปีเกิด", "บ้านเลขที่", "หมู่ที่"),
    ("1", cid(1), "นายสมชาย ใจดี", "ชาย", "2493", "12/3", "1"),
    ("2", "", "นางมาลี ใจดี", "หมู", "", "", ""),
    ("3", cid(3), "นางคำปัน แก้วมา", "ปัน", "2488", "7", "2"),
)


@pytest.fixture
def a_list(tmp_path: Path) -> Path:
    """A list of elderly people: one is known, one perhaps, one is new."""
    path = tmp_path / "รายชื่อผู้สูงอายุ.csv"
    path.write_text("\n".join(",".join(cells) for cells in ROWS), encoding="utf-8")
    return path


@pytest.fixture
def known(somsri: User, national_codes: None) -> None:
    """The civil register knows Somchai and a Malee of another house."""
    tell(
        row("สมชาย", "ใจดี", cid=cid(1), birth_date="1950-03-15", title="นาย", sex="m"),
        row("มาลี", "ใจดี", birth_date="1950-05-05", house="99", title="นาง", sex="f"),
        as_of=date(2026, 10, 1),
    )


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_list_from_the_folder_to_the_registry_and_back(
    screen: ViewportSize,
    site: str,
    known: None,
    a_list: Path,
    somsri: User,
    sign_in: Callable[[User], Page],
    shot: Callable[[str], None],
) -> None:
    page = sign_in(somsri)
    page.set_viewport_size(screen)

    page.goto(f"{site}/import/")
    assert_no_axe_violations(page)
    page.set_input_files("input[type=file]", a_list)  # sent at once, without a button

    page.wait_for_url("**/columns/")
    shot("columns")
    assert_no_axe_violations(page)
    expect(page.get_by_label("เรียกกันว่า")).to_have_value("")
    page.get_by_label("เรียกกันว่า").select_option("nickname")
    page.get_by_label("ข้อมูล ณ วันที่").fill("1/11/2569")
    page.get_by_role("button", name="ตรวจดู").click()

    page.wait_for_url("**/preview/")
    shot("preview")
    assert_no_axe_violations(page)
    expect(page.locator("main")).to_contain_text("ยังไม่ได้บันทึกอะไร")
    expect(page.locator("tr", has_text="สมชาย")).to_contain_text("ชาย")
    expect(page.locator("tr", has_text="สมชาย")).not_to_contain_text(cid(1))
    page.get_by_role("link", name=re.compile("^รอตัดสิน")).click()
    page.wait_for_url("**?show=review*")
    page.wait_for_load_state()  # keys are heard once the script is there
    expect(page.locator("tbody tr")).to_have_count(1)
    assert Person.objects.count() == 2
    page.keyboard.press("i")

    page.wait_for_url("**/result/")
    shot("result")
    assert_no_axe_violations(page)
    assert Person.objects.count() == 4  # one new, and one who waits to be decided

    page.get_by_role("link", name="ตอบคำถาม").click()
    shot("questions")
    assert_no_axe_violations(page)
    page.keyboard.press("1")
    page.wait_for_selector(".case")
    shot("question")
    assert_no_axe_violations(page)
    page.keyboard.press("1")
    page.wait_for_url(f"{site}/same/")
    assert Person.objects.count() == 3

    malee = Person.objects.get(given_name="มาลี")
    page.goto(f"{site}/persons/{malee.pk}/")
    shot("person")
    assert_no_axe_violations(page)
    expect(page.locator("main")).to_contain_text("หมู")
    expect(page.locator("main")).to_contain_text("รายชื่ออื่น")
    expect(page.locator("main")).to_contain_text("civil_register")

    page.goto(f"{site}/import/")
    page.get_by_role("link", name=re.compile("^ดูผล")).click()
    page.get_by_role("link", name="ถอนรายชื่อนี้ออก").click()
    page.wait_for_url("**/undo/")
    shot("undo")
    assert_no_axe_violations(page)


def test_the_list_is_taken_back_whole(
    site: str, known: None, a_list: Path, somsri: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(somsri)
    page.goto(f"{site}/import/")
    page.set_input_files("input[type=file]", a_list)
    page.wait_for_url("**/columns/")
    page.locator(".decide button").click()
    page.wait_for_url("**/preview/")
    page.locator("button[data-key=i]").click()
    page.wait_for_url("**/result/")
    assert Person.objects.count() == 4

    page.get_by_role("link", name="ถอนรายชื่อนี้ออก").click()
    page.wait_for_url("**/undo/")
    page.locator("main form button").last.click()
    page.wait_for_load_state()

    expect(page.locator("main")).to_contain_text("ถอน")
    assert Person.objects.count() == 2


def test_files_are_dropped_with_the_mouse(
    site: str, a_list: Path, somsri: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(somsri)
    page.goto(f"{site}/import/")
    # What the desktop does when a file is let go over the zone.
    page.evaluate(
        """text => {
          const field = document.querySelector('.drop input');
          const data = new DataTransfer();
          data.items.add(new File([text], 'ลากมา.csv', {type: 'text/csv'}));
          field.files = data.files;
          field.dispatchEvent(new Event('change', {bubbles: true}));
        }""",
        a_list.read_text(encoding="utf-8"),
    )

    page.wait_for_url("**/columns/")
    expect(page.locator("main")).to_contain_text("ลากมา.csv")


def test_everything_works_without_a_script(
    site: str, known: None, a_list: Path, somsri: User, browser: object, browser_context_args: dict[str, object]
) -> None:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{site}/")
    page.fill("[name=login]", "somsri")
    page.fill("[name=password]", "หมุดหมาย-2569")
    page.click("main button, .card button")
    page.goto(f"{site}/import/")
    page.set_input_files("input[type=file]", a_list)
    page.get_by_role("button", name="ส่งไฟล์").click()
    page.wait_for_url("**/columns/")
    page.locator(".decide button").click()
    page.wait_for_url("**/preview/")
    page.locator("form[action$='/commit/'] button").click()
    page.wait_for_url("**/result/")

    page.get_by_role("link", name="ตอบคำถาม").click()
    page.get_by_role("link", name=re.compile("^เริ่มข้อแรก")).click()
    page.get_by_role("button", name=re.compile("^ไม่ใช่คนเดียวกัน")).click()
    expect(page.locator("main")).to_contain_text("ไม่ใช่คนเดียวกัน")
    context.close()


def test_the_columns_are_mended_by_keyboard_alone(
    site: str, known: None, a_list: Path, somsri: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(somsri)
    page.goto(f"{site}/import/")
    page.set_input_files("input[type=file]", a_list)
    page.wait_for_url("**/columns/")

    column = page.get_by_label("เรียกกันว่า")
    column.focus()
    for _step in range(20):
        if column.input_value() == "nickname":
            break
        page.keyboard.press("ArrowDown")
    chosen = column.input_value()
    page.get_by_label("ข้อมูล ณ วันที่").press("Enter")

    page.wait_for_url("**/preview/")
    assert chosen == "nickname"
    expect(page.locator("tr", has_text="สมชาย")).to_contain_text("ชื่อเล่น")
