"""A volunteer's phone: the app at /field/ in Chromium, used as a person uses it."""

import base64
import re
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.browser.conftest import PHONE, SHOTS
from tests.conftest import PASSWORD
from tests.people.town import row, tell
from tests.surveys.excel import excel, settings

from mudmai.accounts.models import User
from mudmai.surveys import services
from mudmai.surveys.models import FormVersion

PIN = "290614"
OTHER_PIN = "731905"
# In front of a house of village 1.
HERE = {"latitude": 18.2301, "longitude": 99.4102, "accuracy": 8}
CONTEXT: dict[str, Any] = {
    "locale": "th-TH", "timezone_id": "Asia/Bangkok", "viewport": PHONE, "has_touch": True,
    "permissions": ["geolocation"], "geolocation": HERE,
}  # fmt: skip
HOUSE_SURVEY = (
    ("hidden", "household_key", ""),
    ("text", "house_no", "บ้านเลขที่"),
    ("geopoint", "point", "พิกัดบ้าน"),
    ("image", "photo", "รูปบ้าน"),
    ("text", "remark", "ข้อสังเกต"),
)
SURVEY = "สำรวจบ้าน"
_NOISE = """([width, height]) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  const picture = context.createImageData(width, height);
  for (let at = 0; at < picture.data.length; at++) picture.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
  context.putImageData(picture, 0, 0);
  return canvas.toDataURL("image/jpeg", 0.9);
}"""


def village_one() -> None:
    """Three families of village 1; the first two houses have pins."""
    tell(
        row("ปั้น", title="นาง", sex="f", birth_date="1950-03-15", relation_to_head="head", phone=["+66812345678"]),
        row("ดี", title="นาย", sex="m", birth_date="1948", relation_to_head="spouse"),
        row("กี้", "รุ่งเรือง", title="นาง", sex="f", birth_date="1962-07", house="45", relation_to_head="head"),
        row("ฟ้า", "ซึ้งจิต", title="นาย", sex="m", birth_date="1968-01-02", house="77/2"),
        row(about="household", lat=18.2300, lon=99.4100),
        row(about="household", house="45", lat=18.2312, lon=99.4121),
    )


def house_survey(by: User) -> FormVersion:
    """A form with a place and a photo, published and given to everybody of Ko Kha."""
    content = excel(HOUSE_SURVEY, (), settings=settings(form_id="house_survey", form_title=SURVEY))
    version = services.receive_form(content, "survey.xlsx", by=by, area_code="520306")
    services.publish(version, by=by)
    services.assign(version.form, area_code="520306", by=by)
    return version


class Phone:
    """One browser with the app in it. `page` is the tab that is open."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = site
        self.page = context.pages[0] if context.pages else context.new_page()

    def open(self) -> Page:
        self.page.goto(f"{self.site}/field/")
        return self.page

    def reopen(self) -> Page:
        """The tab is killed, and another is opened."""
        old, self.page = self.page, self.context.new_page()
        old.close()
        return self.open()

    def sign_in(self, user: User, pin: str = PIN) -> None:
        page = self.page
        page.get_by_label("ชื่อผู้ใช้").fill(user.username)
        page.get_by_label("รหัสผ่าน", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        self.choose_pin(pin)
        self.is_in(user)

    def choose_pin(self, pin: str) -> None:
        self.page.get_by_label("รหัส PIN 6 หลัก").fill(pin)
        self.page.get_by_label("ใส่รหัส PIN อีกครั้ง").fill(pin)
        self.page.get_by_role("button", name="ตั้งรหัส").click()

    def is_in(self, user: User) -> None:
        expect(self.page.get_by_role("heading", name=f"สวัสดี {user.full_name}")).to_be_visible()

    def has_its_area(self) -> None:
        """The first sync has come, and the app's files are kept for a day without a network."""
        expect(self.page.get_by_text("บ้านเลขที่ 12/3").first).to_be_visible()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def unlock(self, pin: str = PIN) -> None:
        self.page.get_by_label("รหัส PIN 6 หลัก").fill(pin)

    def tab(self, name: str) -> None:
        link = self.page.get_by_role("navigation").get_by_role("link", name=re.compile(f"^{name}"))
        link.click()
        expect(link).to_have_attribute("aria-current", "page")

    def begin(self, house: str = "12/3") -> None:
        """Open the survey for a house."""
        self.tab("ค้นหาบ้าน")
        self.page.get_by_role("link", name=f"บ้านเลขที่ {house}").click()
        self.page.get_by_role("link", name=SURVEY).click()
        expect(self.question("house_no")).to_be_visible()

    def go_on_with(self, house: str = "12/3") -> None:
        """Open the draft about a house again."""
        self.tab("งานของฉัน")
        self.page.get_by_role("link", name=f"บ้านเลขที่ {house}").click()
        expect(self.question("house_no")).to_be_visible()

    def question(self, name: str) -> Locator:
        return self.page.locator(f"[data-path$='/{name}']")

    def turn_to(self, name: str) -> Locator:
        """Go on, page by page, to a question."""
        for _page in range(8):
            if self.question(name).count():
                return self.question(name)
            self.go_on()
        raise AssertionError(f"no question {name}")

    def go_on(self) -> None:
        self.page.get_by_role("button", name=re.compile("ถัดไป|ตรวจทาน")).click()

    def remark(self, words: str) -> None:
        self.turn_to("remark").get_by_role("textbox").fill(words)

    def photograph(self, width: int = 1600, height: int = 1200) -> None:
        """Take a picture of nothing but noise, which no compression makes small."""
        picture = base64.b64decode(str(self.page.evaluate(_NOISE, [width, height])).partition(",")[2])
        chooser = self.turn_to("photo").locator("input[type=file]").first
        chooser.set_input_files({"name": "house.jpg", "mimeType": "image/jpeg", "buffer": picture})
        expect(self.question("photo").locator("img")).to_be_visible()

    def kept(self) -> None:
        """The draft is on the phone: it is written soon after the last change."""
        self.page.wait_for_timeout(1500)
        expect(self.page.get_by_text(re.compile("บันทึกร่างแล้ว"))).to_be_visible()

    def send(self) -> None:
        """Go to the end of the form and send it."""
        sending = self.page.get_by_role("button", name="ส่ง", exact=True)
        for _page in range(8):
            if sending.count():
                break
            self.go_on()
        sending.click()
        expect(self.page.get_by_text(re.compile("เก็บไว้ในเครื่องแล้ว|ส่งถึงเครื่องแม่ข่าย"))).to_be_visible()

    def shot(self, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        width = (self.page.viewport_size or PHONE)["width"]
        self.page.screenshot(path=SHOTS / f"field-{name}-{width}.png", full_page=True)
