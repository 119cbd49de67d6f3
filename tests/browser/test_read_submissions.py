"""Somsri reads what the volunteer sent, sees why one was set aside, and takes it with her reason."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations
from tests.surveys.field import filled, published_survey, village

from mudmai.accounts.models import User
from mudmai.people.models import Household
from mudmai.surveys import services
from mudmai.surveys.models import Submission

pytestmark = pytest.mark.django_db(transaction=True)
# The smallest picture that a browser draws.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


@pytest.fixture
def told(site: str, noi: User, settings: Any, tmp_path: Path) -> Submission:
    """A visit with a photo that stands in the registry, and one with an answer that the form does not know."""
    settings.MEDIA_ROOT = tmp_path
    village()
    published_survey()
    key = Household.objects.get(house_no="12/3").pk.hex
    good, xml = filled(household_key=key, house={"drinking_water": "yes", "photo": "roof.png"}, members=[])
    services.keep_file(good, "roof.png", DOT, by=noi, total=len(DOT))
    services.keep_submission(good, xml, by=noi)
    bad, xml = filled(household_key=key, visit_outcome="eaten")
    services.keep_submission(bad, xml, by=noi)
    services.settle_received()
    return Submission.objects.get(pk=good)


def test_from_the_list_to_the_decision(sign_in, somsri: User, told: Submission, site: str, shot):
    page = sign_in(somsri)
    page.goto(f"{site}/forms/")
    page.get_by_role("link", name="ดูเลย").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="แสดงทั้งหมด").click()
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert_no_axe_violations(page)
        shot("list")

    page.goto(f"{site}/forms/submissions/{told.pk}/")
    expect(page.get_by_role("img", name="รูปที่ 1")).to_be_visible()
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert_no_axe_violations(page)
        shot("one")

    page.goto(f"{site}/forms/submissions/?state=flagged")
    page.get_by_role("main").get_by_role("link", name="สำรวจครัวเรือน").click()
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert_no_axe_violations(page)
        shot("flagged")
    page.get_by_label("เหตุผลของท่าน").fill("โทรถามแล้ว ไม่มีใครอยู่บ้าน")
    page.get_by_role("button", name="รับไว้").click()
    expect(page.get_by_text("รับเข้าทะเบียนแล้ว").first).to_be_visible()
    shot("taken")
