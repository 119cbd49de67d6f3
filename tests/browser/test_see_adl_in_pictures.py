"""The volunteer sees each answer about daily living as a picture, with its words under it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser import harness
from tests.browser.conftest import PHONE, assert_no_axe_violations

from mudmai.kernel import clock
from mudmai.surveys.rules.ready.rows import Sheets
from mudmai.surveys.rules.ready.workbook import workbook
from mudmai.surveys.rules.scales import scale_rows, scales
from mudmai.surveys.rules.xlsform import convert


@pytest.fixture
def phone(quiet: Page, built_harness: Path) -> Page:
    quiet.set_viewport_size(PHONE)
    harness.open_harness(quiet, built_harness)
    return quiet


@pytest.mark.parametrize("language", ["th", "en"])
def test_each_answer_of_the_adl_is_a_picture_with_its_words(
    phone: Page, shot: Callable[[str], None], language: str
) -> None:
    rows = scale_rows(scales()["barthel"])
    sheets = Sheets(tuple(rows.survey), rows.lists)
    book = workbook(sheets, form_id="adl", title="ADL", version="1")

    harness.show(phone, convert(book, "adl.xlsx", now=clock.now()).xform, sheets.pictures, language=language)

    cards = phone.locator(".f-pictured")
    expect(cards).to_have_count(30)
    expect(cards.locator("img")).to_have_count(30)
    for picture in cards.locator("img").all():
        expect(picture).to_have_js_property("naturalWidth", 192)
    told = scales()["barthel"].items[0].choices[0]
    first = phone.get_by_role("radio", name=told.th if language == "th" else told.en)
    first.check()
    drawn, words = (cards.first.locator(part).bounding_box() for part in ("img", "span"))
    assert drawn is not None
    assert words is not None
    assert drawn["y"] + drawn["height"] <= words["y"]
    assert_no_axe_violations(phone)
    shot(language)
