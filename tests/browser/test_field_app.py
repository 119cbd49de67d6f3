"""Volunteers at work with the phone app: without a network, with PINs, with tabs and browsers that die."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from playwright.sync_api import Browser, BrowserType, Page, Route, expect
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations
from tests.browser.phone import CONTEXT, OTHER_PIN, PIN, Phone, house_survey, village_one
from tests.conftest import PASSWORD, VILLAGE, on_duty

from mudmai.accounts.models import Token, User
from mudmai.people.models import Household
from mudmai.surveys import services
from mudmai.surveys.models import Attachment, Device, Submission
from mudmai.surveys.queries import bytes_of_file
from mudmai.surveys.views import app

NewPhone = Callable[[], Phone]
PHOTO = re.compile(r"/submissions/[^/]+/files/")
NOW = timedelta(0)


@pytest.fixture
def village(site: str, somsri: User, noi: User) -> None:
    village_one()
    house_survey(somsri)


@pytest.fixture
def new_phone(browser: Browser, site: str) -> Iterator[NewPhone]:
    """Phones that nobody has used yet."""
    contexts = []

    def make() -> Phone:
        contexts.append(browser.new_context(**CONTEXT))
        return Phone(contexts[-1], site)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def phone_of_noi(village: None, new_phone: NewPhone, noi: User) -> Phone:
    """Noi has signed in and has her village on the phone."""
    phone = new_phone()
    phone.open()
    phone.sign_in(noi)
    phone.has_its_area()
    return phone


def wait_for(page: Page, so: Callable[[], bool], what: str) -> None:
    for _tenth in range(150):
        with suppress(OperationalError):  # the server is writing that table
            if so():
                return
        page.wait_for_timeout(100)
    raise AssertionError(f"not within 15 s: {what}")


def settled(phone: Phone) -> None:
    """The server's job takes it in, and the phone hears of it."""
    services.settle_received(patience=NOW)
    phone.tab("งานของฉัน")
    phone.page.get_by_role("button", name="ส่งและรับข้อมูลเดี๋ยวนี้").click()
    expect(phone.page.get_by_text("เข้าทะเบียนแล้ว")).to_be_visible()


def whole_photo() -> bool:
    photo = Attachment.objects.first()
    return photo is not None and photo.size > 0 and photo.have == photo.size


def test_a_day_without_a_network(phone_of_noi: Phone, noi: User) -> None:
    phone = phone_of_noi
    phone.context.set_offline(True)
    phone.reopen()
    phone.unlock("111111")
    expect(phone.page.get_by_role("alert")).to_have_text("รหัส PIN ไม่ถูกต้อง")
    phone.unlock()
    phone.is_in(noi)
    expect(phone.page.get_by_text("ไม่มีสัญญาณ")).to_be_visible()

    phone.begin()
    expect(phone.question("house_no").get_by_role("textbox")).to_have_value("12/3")
    phone.turn_to("point").get_by_role("button", name=re.compile("จับพิกัด")).click()
    expect(phone.question("point")).to_contain_text("18.230100, 99.410200")
    phone.photograph()
    phone.remark("หลังคารั่ว")
    phone.kept()
    phone.reopen()
    phone.unlock()
    phone.go_on_with()
    expect(phone.turn_to("photo").locator("img")).to_be_visible()
    expect(phone.turn_to("remark").get_by_role("textbox")).to_have_value("หลังคารั่ว")
    phone.send()
    expect(phone.page.get_by_text("รอส่ง 1")).to_be_visible()
    assert not Submission.objects.exists()

    phone.context.set_offline(False)
    wait_for(phone.page, whole_photo, "the photo on the server")
    settled(phone)
    submission = Submission.objects.get()
    assert (submission.by, submission.state) == (noi, "settled")
    house = Household.objects.get(pk=submission.household_id)
    assert (house.lat, house.lon) == (pytest.approx(18.2301), pytest.approx(99.4102))
    assert bytes_of_file(submission, Attachment.objects.get().name).startswith(b"\xff\xd8")
    assert stored(phone.page, "files") == 0


def stored(page: Page, store: str) -> int:
    """How many things lie in a store of the phone's database."""
    count = """(store) => new Promise((done) => {
      indexedDB.open("mudmai-field").onsuccess = ({ target: { result: db } }) => {
        db.transaction(store).objectStore(store).count().onsuccess = ({ target }) => {
          db.close();
          done(target.result);
        };
      };
    })"""
    return int(page.evaluate(count, store))


def test_nothing_on_the_phone_can_be_read_without_the_pin(phone_of_noi: Phone) -> None:
    phone = phone_of_noi
    phone.begin()
    phone.remark("ความลับของบ้าน")
    phone.kept()
    everything = """() => new Promise((done) => {
      const texts = [];
      const read = (value) => {
        if (typeof value === "string") texts.push(value);
        else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) texts.push(new TextDecoder().decode(value));
        else if (value && typeof value === "object") Object.values(value).forEach(read);
      };
      indexedDB.open("mudmai-field").onsuccess = async ({ target: { result: db } }) => {
        for (const name of db.objectStoreNames) {
          await new Promise((next) => {
            db.transaction(name).objectStore(name).getAll().onsuccess = ({ target }) => {
              read(target.result);
              next();
            };
          });
        }
        db.close();
        done([...texts, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })].join("\\n"));
      };
    })"""
    told = str(phone.page.evaluate(everything))
    assert "น้อย แก้วมา" in told  # the name to choose from stands in clear, so the search does find what is readable
    for secret in ("ความลับ", "ใจดี", "12/3", "mudmai_", "สำรวจบ้าน"):
        assert secret not in told


@pytest.mark.parametrize("dies", ["tab", "browser"])
def test_what_dies_in_mid_photo_goes_on_where_it_was(
    dies: str,
    village: None,
    noi: User,
    site: str,
    browser_type: BrowserType,
    browser_type_launch_args: Any,
    tmp_path: Path,
) -> None:
    profile = tmp_path / "profile"

    def start() -> Phone:
        context = browser_type.launch_persistent_context(profile, **browser_type_launch_args, **CONTEXT)
        return Phone(context, site)

    phone = start()
    phone.open()
    phone.sign_in(noi)
    phone.has_its_area()
    phone.begin()
    phone.photograph()
    phone.remark("รูปใหญ่")
    offsets: list[int] = []
    hanging: list[Route] = []

    def second_piece_hangs(route: Route) -> None:
        offsets.append(int(route.request.headers["upload-offset"]))
        if len(offsets) == 2:
            hanging.append(route)
        else:
            route.continue_()

    phone.context.route(PHOTO, second_piece_hangs)
    phone.send()
    wait_for(phone.page, lambda: len(offsets) == 2, "a second piece of the photo")
    have = Attachment.objects.get().have
    assert 0 < have == offsets[1]

    if dies == "tab":
        hanging[0].abort()
    else:
        kill_browser_of(profile)
        phone = start()
        phone.context.route(PHOTO, second_piece_hangs)
    phone.reopen()
    phone.unlock()
    wait_for(phone.page, whole_photo, "the photo on the server")
    settled(phone)
    phone.context.close()

    assert offsets[2] == have
    assert Submission.objects.count() == Attachment.objects.count() == 1
    assert bytes_of_file(Submission.objects.get(), Attachment.objects.get().name).endswith(b"\xff\xd9")


def kill_browser_of(profile: Path) -> None:
    """End the browser that runs with this profile as a power cut does; its helpers go with it."""
    for process in Path("/proc").iterdir():
        try:
            words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if f"--user-data-dir={profile}" in words and not any(word.startswith("--type=") for word in words):
            os.kill(int(process.name), signal.SIGKILL)
            (profile / "SingletonLock").unlink(missing_ok=True)
            return
    raise AssertionError("no such browser")


# As Chromium does it: the transaction is aborted, and its error says why. (A smaller quota, set for a test, is not
# heeded by a database that was open before.)
NO_ROOM_FOR_PHOTOS = """() => {
  const full = new WeakSet();
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...given) {
    const { name, transaction } = this;
    const request = put.apply(this, given);
    if (name === "files") {
      full.add(transaction);
      queueMicrotask(() => transaction.abort());
    }
    return request;
  };
  const { get } = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, "error");
  const error = function () {
    return full.has(this) ? new DOMException("full", "QuotaExceededError") : get.call(this);
  };
  Object.defineProperty(IDBTransaction.prototype, "error", { get: error });
}"""


def test_a_full_phone_keeps_the_form_on_the_screen_and_sends_it_from_there(phone_of_noi: Phone) -> None:
    phone = phone_of_noi
    phone.begin()
    phone.remark("ก่อนเต็ม")
    phone.kept()
    phone.page.evaluate(NO_ROOM_FOR_PHOTOS)
    phone.photograph()
    expect(phone.page.get_by_role("alert").filter(has_text="ที่เก็บข้อมูลในเครื่องเต็ม")).to_be_visible()
    phone.shot("full")
    assert_no_axe_violations(phone.page)
    phone.send()
    assert whole_photo()
    assert Submission.objects.count() == 1


def test_a_sign_in_that_ran_out_costs_no_work(phone_of_noi: Phone, noi: User) -> None:
    phone = phone_of_noi
    phone.context.set_offline(True)
    Token.objects.update(revoked_at="2026-11-01T00:00:00Z")
    phone.begin()
    phone.remark("ทำไว้ตอนไม่มีสัญญาณ")
    phone.send()
    phone.context.set_offline(False)
    expect(phone.page.get_by_text("การเข้าใช้งานหมดอายุ")).to_be_visible()
    phone.shot("expired")
    assert_no_axe_violations(phone.page)
    assert not Submission.objects.exists()

    phone.page.get_by_role("button", name="ใส่รหัสผ่าน").click()
    phone.page.get_by_label(f"รหัสผ่านของ {noi.username}").fill(PASSWORD)
    phone.page.get_by_role("button", name="เข้าใช้งาน", exact=True).click()
    wait_for(phone.page, Submission.objects.exists, "the form on the server")
    assert Device.objects.count() == 1


def test_a_newer_app_takes_over_and_unsent_work_stays(
    phone_of_noi: Phone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = phone_of_noi
    phone.context.route(re.compile("/field/api/v1/submissions"), lambda route: route.abort())
    phone.begin()
    phone.remark("ยังไม่ได้ส่ง")
    phone.send()
    newer = tmp_path / "field"
    newer.mkdir()
    for name in ("index.html", "sw.js", "manifest.webmanifest"):
        text = (app.BUILT / name).read_text()
        (newer / name).write_text(re.sub('VERSION = "[0-9a-f]+"', 'VERSION = "newer"', text))
    monkeypatch.setattr(app, "BUILT", newer)

    phone.page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => true)")
    expect(phone.page.get_by_text("มีแอปรุ่นใหม่")).to_be_visible()
    phone.shot("newer")
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="ปรับปรุงเดี๋ยวนี้").click()
    assert phone.page.evaluate("caches.keys()") == ["field-newer"]
    phone.context.unroute(re.compile("/field/api/v1/submissions"))
    phone.unlock()
    wait_for(phone.page, Submission.objects.exists, "the form on the server")


def test_two_volunteers_share_a_phone_and_nothing_else(phone_of_noi: Phone, noi: User) -> None:
    phone = phone_of_noi
    mali = on_duty("mali", "มาลี ศรีสุข", "volunteer", VILLAGE)
    phone.context.route(re.compile("/field/api/v1/submissions"), lambda route: route.abort())
    phone.begin()
    phone.remark("ของน้อย")
    phone.send()
    phone.page.get_by_role("button", name="ล็อกหน้าจอ").click()
    expect(phone.page.get_by_text("ล็อกแล้ว")).to_be_visible()
    phone.context.unroute(re.compile("/field/api/v1/submissions"))

    phone.page.get_by_role("button", name="อาสาสมัครคนอื่น").click()
    phone.sign_in(mali, OTHER_PIN)
    phone.has_its_area()
    phone.tab("งานของฉัน")
    expect(phone.page.get_by_text("ยังไม่มีงาน")).to_be_visible()
    assert not Submission.objects.exists()  # what noi did is not sent in mali's name

    phone.page.get_by_role("button", name="ล็อกหน้าจอ").click()
    phone.shot("who")
    assert_no_axe_violations(phone.page)
    phone.page.get_by_role("button", name="มาลี ศรีสุข").click()
    phone.unlock(PIN)  # noi's PIN opens nothing of mali's
    expect(phone.page.get_by_role("alert")).to_have_text("รหัส PIN ไม่ถูกต้อง")
    phone.page.get_by_role("button", name="อาสาสมัครคนอื่น").click()
    phone.page.get_by_role("button", name="น้อย แก้วมา").click()
    phone.unlock(PIN)
    wait_for(phone.page, Submission.objects.exists, "noi's form on the server")
    assert Submission.objects.get().by == noi


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "locked by PIN"])
def test_a_phone_that_was_locked_out_deletes_everything(phone_of_noi: Phone, admin: User, is_open: bool) -> None:
    phone = phone_of_noi
    if not is_open:
        phone.page.get_by_role("button", name="ล็อกหน้าจอ").click()
        expect(phone.page.get_by_label("รหัส PIN 6 หลัก")).to_be_visible()
    services.lock_phone(Device.objects.get(), by=admin)
    if is_open:
        phone.tab("งานของฉัน")
        phone.page.get_by_role("button", name="ส่งและรับข้อมูลเดี๋ยวนี้").click()
    else:
        phone.page.reload()
    expect(phone.page.get_by_text("เจ้าหน้าที่สั่งล็อกเครื่องนี้")).to_be_visible()
    phone.shot("wiped")
    assert [stored(phone.page, name) for name in ("vaults", "things", "records", "files")] == [0, 0, 0, 0]


def test_guessing_the_pin_becomes_slow(phone_of_noi: Phone) -> None:
    phone = phone_of_noi
    phone.page.get_by_role("button", name="ล็อกหน้าจอ").click()
    for guess in ("100001", "100002", "100003"):
        phone.unlock(guess)
        expect(phone.page.get_by_label("รหัส PIN 6 หลัก")).to_have_value("")
    expect(phone.page.get_by_role("alert")).to_contain_text("รออีก")
    expect(phone.page.get_by_role("button", name="ปลดล็อก")).to_be_disabled()
    phone.reopen()  # and stays so
    expect(phone.page.get_by_role("alert")).to_contain_text("รออีก")


def test_a_forgotten_pin_is_told_honestly_and_signing_in_again_helps(phone_of_noi: Phone, noi: User) -> None:
    phone = phone_of_noi
    phone.begin()
    phone.remark("ร่างที่จะเปิดไม่ได้")
    phone.kept()
    phone.reopen()
    phone.page.get_by_role("button", name="ลืมรหัส PIN").click()
    expect(phone.page.get_by_text("มีงานที่ยังไม่ส่งอยู่ 1 ชุด")).to_be_visible()
    phone.shot("forgot")
    assert_no_axe_violations(phone.page)
    phone.page.get_by_role("button", name="เข้าใช้งานใหม่ด้วยรหัสผ่าน").click()
    phone.page.get_by_label("ชื่อผู้ใช้").fill(noi.username)
    phone.page.get_by_label("รหัสผ่าน", exact=True).fill(PASSWORD)
    phone.page.get_by_role("button", name="เข้าใช้งาน", exact=True).click()
    phone.page.get_by_role("button", name="เข้าใช้งานใหม่ด้วยรหัสผ่าน").click()
    phone.choose_pin(OTHER_PIN)
    phone.is_in(noi)

    phone.page.get_by_role("button", name="ล็อกหน้าจอ").click()
    phone.page.get_by_role("button", name=re.compile("กุญแจชุดเดิม")).click()
    phone.unlock(PIN)  # it came to her mind
    phone.tab("งานของฉัน")
    expect(phone.page.get_by_role("link", name="บ้านเลขที่ 12/3")).to_be_visible()


def test_every_screen_is_for_everybody(village: None, new_phone: NewPhone, noi: User) -> None:
    phone = new_phone()
    page = phone.open()
    expect(page.get_by_role("heading", name="เข้าใช้งานครั้งแรก")).to_be_visible()
    look(phone, "sign-in")
    phone.sign_in(noi)
    phone.has_its_area()
    look(phone, "today")
    for name in ("ค้นหาบ้าน", "แผนที่", "งานของฉัน", "เพิ่มเติม"):
        phone.tab(name)
        expect(page.get_by_role("navigation").get_by_role("link", name=name)).to_have_attribute("aria-current", "page")
        look(phone, name)
    page.get_by_role("link", name="ตั้งค่า").click()
    look(phone, "settings")
    page.get_by_label("ใหญ่", exact=True).check()
    page.get_by_label("เข้ม เห็นชัดกลางแดด").check()
    look(phone, "settings-big")
    phone.tab("วันนี้")
    look(phone, "today-big")
    phone.tab("เพิ่มเติม")
    page.get_by_role("link", name="ตั้งค่า").click()
    page.get_by_label("ปกติ", exact=True).first.check()
    page.get_by_label("ปกติ", exact=True).last.check()
    page.get_by_role("button", name="กลับ").click()
    page.get_by_role("link", name="เพิ่มบ้านใหม่").click()
    page.get_by_label("บ้านเลขที่", exact=True).fill("๑๒ ทับ ๓")
    expect(page.get_by_text("มีบ้านเลขที่นี้ในหมู่บ้านแล้ว")).to_be_visible()
    look(phone, "new-house")
    page.get_by_role("button", name="กลับ").click()
    page.get_by_role("link", name="ข่าวถึงท่าน").click()
    look(phone, "inbox")
    page.get_by_role("button", name="กลับ").click()
    page.get_by_role("link", name="เพิ่มคนใหม่").click()
    page.get_by_label("ชื่อ", exact=True).fill("ปั่น")  # another tone mark sounds alike
    page.get_by_label("นามสกุล").fill("ใจดี")
    page.get_by_label("ปีเกิด (พ.ศ.)").fill("๒๔๙๓")
    page.get_by_label("เลขประจำตัวประชาชน").fill("1234567890123")
    page.get_by_role("button", name="ตรวจดู").click()
    expect(page.get_by_role("alert")).to_contain_text("ไม่ถูกต้อง")
    page.get_by_label("เลขประจำตัวประชาชน").fill("")
    page.get_by_role("button", name="ตรวจดู").click()
    look(phone, "new-person")
    page.get_by_role("link", name="นางปั้น ใจดี").click()
    look(phone, "person")
    page.get_by_role("link", name="บ้านเลขที่ 12/3").click()
    look(phone, "family")
    phone.tab("ค้นหาบ้าน")
    page.get_by_label("ชื่อ ชื่อเล่น หรือบ้านเลขที่").fill("รุง")
    expect(page.get_by_role("link", name="นางกี้ รุ่งเรือง")).to_be_visible()
    look(phone, "found")
    page.get_by_label("ชื่อ ชื่อเล่น หรือบ้านเลขที่").fill("ไม่มีใครชื่อนี้")
    expect(page.get_by_text("ไม่พบ")).to_be_visible()
    phone.tab("วันนี้")
    phone.begin()
    phone.remark("มีร่างหนึ่งชุด")
    phone.kept()
    page.get_by_role("button", name="กลับ").click()
    phone.tab("งานของฉัน")
    look(phone, "work")
    page.get_by_role("button", name="ลบร่าง").click()
    look(phone, "discard")
    page.get_by_role("dialog").get_by_role("button", name="ลบทิ้ง").click()
    expect(page.get_by_text("ยังไม่มีงาน")).to_be_visible()


def look(phone: Phone, name: str) -> None:
    """Everybody can use the screen, on a phone and on a desk."""
    for size in (DESK, PHONE):
        phone.page.set_viewport_size(size)  # type: ignore[arg-type]
        phone.shot(name)
        assert_no_axe_violations(phone.page)
