"""What the journeys in Chromium share: a running server, the cast signed in, pictures, and the check for everybody.

The journeys use Debian's Chromium; `make browser` runs them. Pictures go to tests/browser/shots (not in git).
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import ConsoleMessage, Page, Response
from pytest_django.live_server_helper import LiveServer
from tests.browser import harness
from tests.conftest import PASSWORD

from mudmai.accounts.models import User

# Playwright keeps an event loop in this thread; the database is asked from it all the same, one at a time.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SHOTS = Path(__file__).parent / "shots"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# Chromium says these of its own drawing, not of our pages; and of a form that was sent back to be put right.
NOT_OURS = ("GPU stall", "GL Driver Message", "WebGL", "status of 422")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a journey."""
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A database in a file: phones ask by themselves while a test looks, and one in memory would refuse both."""
    default = connections["default"]
    if default.vendor == "sqlite":
        default.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "th-TH", "timezone_id": "Asia/Bangkok", "viewport": DESK}


@pytest.fixture(autouse=True)
def _assets_are_served(settings: Any) -> None:
    """The test server finds the built assets where they are made; nothing needs to be collected."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]


@pytest.fixture
def site(live_server: LiveServer, national_codes: None) -> str:
    """The address of the running server, with the national list of areas."""
    return live_server.url


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """The page; the test fails where the browser or the server complained while it ran."""
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(word in message.text for word in NOT_OURS):
            complaints.append(f"{message.type}: {message.text}")

    def answered(response: Response) -> None:
        if response.status >= 500:
            complaints.append(f"{response.status}: {response.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", answered)
    yield page
    assert complaints == []


@pytest.fixture(scope="session")
def built_harness(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page on which forms are filled by the code of the phone app, without its shell."""
    if not harness.can_be_built():
        pytest.skip("The packages of the phone app are not installed (make setup)")
    return harness.build(tmp_path_factory.mktemp("harness"))


@pytest.fixture
def sign_in(quiet: Page, site: str) -> Callable[[User], Page]:
    """Sign a member of the cast in by the form, as a person does: `page = sign_in(somsri)`."""

    def enter(user: User) -> Page:
        quiet.goto(f"{site}/")
        quiet.fill("[name=login]", user.username)
        quiet.fill("[name=password]", PASSWORD)
        quiet.keyboard.press("Enter")
        quiet.wait_for_url(f"{site}/")
        return quiet

    return enter


@pytest.fixture
def shot(quiet: Page, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Keep a picture of the page for whoever looks at them: `shot("preview")`."""

    def take(name: str) -> None:
        width = (quiet.viewport_size or DESK)["width"]
        SHOTS.mkdir(exist_ok=True)
        quiet.screenshot(path=SHOTS / f"{Path(request.node.path).stem}-{name}-{width}.png", full_page=True)

    return take


def assert_no_axe_violations(page: Page) -> None:
    """Everybody can use the page: axe finds nothing, and nothing reaches over the edge of the screen."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"too wide: {page.url}"
