"""A long list is written while one waits or goes on, and fetched; whoever lives somewhere in the tambon is counted."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations
from tests.people.town import row, tell

from mudmai.accounts.models import User
from mudmai.pages.services import begin_export, finish_export
from mudmai.people import queries as people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_long_list_tells_how_far_it_is_and_is_fetched_by_keyboard(
    sign_in: Callable[[User], Page], somsri: User, site: str, shot: Callable[[str], None], screen: dict[str, int]
) -> None:
    tell(row("มาลี"), row("แดง"), row("ชัย", house=None, area="520306"))
    export = begin_export(somsri, "persons", people.PersonFilter(), ["given_name"], full_id=False, total=3)
    page = sign_in(somsri)
    page.set_viewport_size(screen)  # type: ignore[arg-type]
    expect(page.get_by_text("ไม่ทราบหมู่บ้าน")).to_be_visible()
    assert_no_axe_violations(page)
    shot("overview")

    page.goto(f"{site}/export/files/{export.pk}/")
    expect(page.get_by_role("heading", name="กำลังเขียนรายชื่อลงไฟล์")).to_be_visible()
    assert_no_axe_violations(page)
    shot("progress")

    finish_export(export)
    button = page.get_by_role("link", name="รับไฟล์")
    expect(button).to_be_visible(timeout=20_000)  # the page asks by itself
    assert_no_axe_violations(page)
    shot("ready")
    button.focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert sheet is not None
    assert [line[-1] for line in sheet.values] == ["ชื่อตัว", "ชัย", "แดง", "มาลี"]
