"""The page of the model in Chromium: the administrator reads the weights, puts a version to use, and looks back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations

from mudmai.accounts.models import User
from mudmai.kernel import clock
from mudmai.linkage.models import Weights
from mudmai.linkage.rules.model import model
from mudmai.linkage.services import model_in_use


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_administrator_reads_the_weights_and_puts_a_version_to_use(
    site: str,
    admin: User,
    sign_in: Callable[[User], Page],
    shot: Callable[[str], None],
    screen: ViewportSize,
) -> None:
    Weights.objects.create(
        version="2569-11-21.1", shipped=model().version, made_at=clock.now(), by=admin, same_pairs=1234,
        random_pairs=9, sure_before=91.5, sure_after=92.5, numbers={"sex": {"same": {"m": 0.9, "u": 0.5}}},
    )  # fmt: skip
    page = sign_in(admin)
    page.set_viewport_size(screen)
    page.goto(f"{site}/same/model/")
    shot("weights")
    assert_no_axe_violations(page)

    page.get_by_role("link", name="2569-11-21.1").click()
    expect(page.get_by_role("columnheader", name="เปลี่ยน").first).to_be_attached()
    shot("version")
    assert_no_axe_violations(page)

    page.get_by_role("button", name="นำไปใช้").first.click()
    page.locator("dialog#confirm").get_by_role("button", name="ใช่").or_(
        page.locator("dialog#confirm button[value=yes]")
    ).first.click()
    page.wait_for_url(f"{site}/same/model/")
    assert model_in_use().version == "2569-11-21.1"
