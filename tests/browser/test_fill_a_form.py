"""A volunteer fills a form on the phone: page by page, in Thai, by thumb or by keys."""

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser import harness
from tests.browser.conftest import PHONE, assert_no_axe_violations
from tests.browser.everything import KNOWN, PICTURES, everything


@pytest.fixture(scope="session")
def xform() -> str:
    return everything()


@pytest.fixture
def phone(quiet: Page, built_harness: Path) -> Page:
    quiet.set_viewport_size(PHONE)
    harness.open_harness(quiet, built_harness)
    return quiet


def ask(page: Page, name: str) -> Locator:
    return page.locator(f"[data-path$='/{name}']")


def go_on(page: Page) -> None:
    page.get_by_role("button", name=re.compile("ถัดไป|ตรวจทาน")).click()


def skip(page: Page) -> None:
    go_on(page)
    page.get_by_role("button", name="ข้ามไปก่อน").click()


def open_at(page: Page, xform: str, title: str, **more: Any) -> None:
    """Show the form and go on to the page of that title, leaving the others for later."""
    harness.show(page, xform, PICTURES, **({"known": KNOWN} | more))
    for _page in range(8):
        if page.locator(".f-page > h2").inner_text() == title:
            return
        go_on(page)
        later = page.get_by_role("button", name="ข้ามไปก่อน")
        if later.count():
            later.click()
    raise AssertionError(f"no page {title}")


def saved_xml(page: Page) -> str:
    return str(page.evaluate("harness.filling.save().then(saved => saved.xml)"))


def value(page: Page, name: str) -> str | None:
    found = re.search(rf"<{name}>([^<]*)</{name}>", saved_xml(page))
    return found and found[1]


def test_what_is_missing_is_told_and_the_first_of_it_has_the_focus(phone: Page, xform: str) -> None:
    harness.show(phone, xform, PICTURES)
    go_on(phone)
    expect(ask(phone, "consent").get_by_role("alert")).to_have_text("ยังไม่ได้ตอบข้อนี้")
    expect(ask(phone, "consent").get_by_role("radio").first).to_be_focused()
    group = ask(phone, "consent").get_by_role("radiogroup")
    assert (group.get_attribute("aria-describedby") or "").endswith("-fault")
    ask(phone, "consent").get_by_label("ไม่ใช่").check()
    expect(ask(phone, "consent").get_by_role("alert")).to_have_count(0)


def test_a_form_is_filled_by_keys_alone(phone: Page, xform: str) -> None:
    harness.show(phone, xform, PICTURES)
    for keys in ("Tab", "Tab", "Tab"):  # back, guidance, the first question
        phone.keyboard.press(keys)
    phone.keyboard.press("Space")
    assert value(phone, "consent") == "yes"
    phone.keyboard.press("Tab")
    phone.keyboard.type("๒๑")
    phone.keyboard.press("Tab")
    for _month in range(5):
        phone.keyboard.press("ArrowDown")
    phone.keyboard.press("Tab")
    phone.keyboard.type("2569")
    phone.keyboard.press("Enter")
    expect(phone.locator(".f-page > h2")).to_have_text("ข้อมูลครัวเรือน")
    assert value(phone, "visit_date") == "2026-05-21"


def test_a_day_that_does_not_exist_is_told_and_not_lost_without_a_word(phone: Page, xform: str) -> None:
    harness.show(phone, xform, PICTURES)
    day = ask(phone, "visit_date")
    day.get_by_label("วันที่", exact=True).fill("31")
    day.get_by_label("เดือน").select_option("กุมภาพันธ์")
    day.get_by_label("ปี พ.ศ.").fill("๒๕๖๙")
    expect(day.get_by_role("alert")).to_have_count(0)  # not while it is being written
    ask(phone, "consent").get_by_label("ไม่ใช่").check()
    expect(day.get_by_role("alert")).to_contain_text("วันที่นี้ไม่มีอยู่จริง")
    day.get_by_label("วันที่", exact=True).fill("28")
    expect(day.get_by_role("alert")).to_have_count(0)
    assert value(phone, "visit_date") == "2026-02-28"


def test_part_of_a_birthday_is_enough(phone: Page, xform: str) -> None:
    open_at(phone, xform, "สมาชิกในครัวเรือน")
    phone.get_by_role("button", name="สมาชิกในครัวเรือน 2").click()
    born = ask(phone, "members[2]/birth_date")
    born.get_by_label("ปี พ.ศ.").fill("2493")
    assert "<birth_date>1950</birth_date>" in saved_xml(phone)
    born.get_by_label("เดือน").select_option("มีนาคม")
    assert saved_xml(phone).count("<birth_date>1950-03</birth_date>") == 2
    born.get_by_label("วันที่", exact=True).fill("15")
    assert "<birth_date>1950-03-15</birth_date>" in saved_xml(phone)


def test_numbers_come_in_thai_digits_and_words_are_refused(phone: Page, xform: str) -> None:
    open_at(phone, xform, "ข้อมูลครัวเรือน")
    income = ask(phone, "income").get_by_role("textbox")
    income.fill("๑๒,๕๐๐")
    income.blur()
    expect(income).to_have_value("12,500")
    assert value(phone, "income") == "12500"
    income.fill("หมื่นสอง")
    income.blur()
    expect(ask(phone, "income").get_by_role("alert")).to_have_text("ใส่เป็นจำนวนเต็ม ไม่มีจุดทศนิยม")
    expect(income).to_have_attribute("aria-invalid", "true")
    income.fill("2000000")
    income.blur()
    expect(ask(phone, "income").get_by_role("alert")).to_contain_text("1,000,000 บาท")


def test_the_pin_is_where_the_phone_is(phone: Page, xform: str) -> None:
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": 9.1382, "longitude": 99.3217, "accuracy": 8})
    open_at(phone, xform, "ข้อมูลครัวเรือน")
    ask(phone, "point").get_by_role("button", name="จับพิกัดตรงนี้").click()
    expect(ask(phone, "point")).to_contain_text("9.138200, 99.321700")
    expect(ask(phone, "point")).to_contain_text("คลาดเคลื่อนประมาณ 8 เมตร")
    assert value(phone, "point") == "9.1382 99.3217 0.0 8.0"


def test_a_photo_is_made_small_and_forgets_where_it_was_taken(phone: Page, xform: str) -> None:
    open_at(phone, xform, "ข้อมูลครัวเรือน")
    drawn = phone.evaluate(
        """() => {
            const canvas = Object.assign(document.createElement("canvas"), {width: 2000, height: 1500});
            canvas.getContext("2d").fillRect(10, 10, 900, 900);
            return canvas.toDataURL("image/jpeg").split(",")[1];
        }"""
    )
    jpeg = base64.b64decode(drawn)
    told = b"Exif\x00\x00" + b"GPS 9.1382 99.3217"
    taken = jpeg[:2] + b"\xff\xe1" + (len(told) + 2).to_bytes(2, "big") + told + jpeg[2:]
    chooser = ask(phone, "photo").get_by_label("เลือกจากเครื่อง")
    chooser.set_input_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": taken})
    expect(ask(phone, "photo").get_by_role("img", name="ภาพถ่าย")).to_be_visible()
    kept = phone.evaluate(
        """async () => {
            const [[name, file]] = (await harness.filling.save()).changed;
            const picture = await createImageBitmap(file);
            return {name, side: picture.width, text: String.fromCharCode(...new Uint8Array(await file.arrayBuffer()))};
        }"""
    )
    assert (kept["side"], "GPS" in kept["text"], kept["name"]) == (1024, False, value(phone, "photo"))
    chooser.set_input_files({"name": "note.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture"})
    expect(ask(phone, "photo").get_by_role("alert")).to_contain_text("ไม่ใช่ภาพ")
    ask(phone, "photo").get_by_role("button", name="ลบไฟล์นี้").click()
    assert value(phone, "photo") is None


def test_a_danger_is_shown_at_once_and_on_every_page_after(phone: Page, xform: str) -> None:
    open_at(phone, xform, "การดูแล")
    assert phone.locator(".f-alert").count() == 0
    ask(phone, "harm").get_by_label("ใช่", exact=True).check()
    expect(phone.locator(".f-alert[role=alert]")).to_contain_text("โทรสายด่วน 1323")
    ask(phone, "walk").get_by_label("เดินเองได้").check()
    go_on(phone)
    phone.get_by_role("button", name="มีเรื่องต้องทำทันที").click()
    expect(phone.locator(".f-alert")).to_be_focused()


def test_members_are_added_and_taken_away_again_but_not_those_the_registry_knows(phone: Page, xform: str) -> None:
    open_at(phone, xform, "สมาชิกในครัวเรือน")
    phone.get_by_role("button", name="สมาชิกในครัวเรือน 1").click()
    expect(phone.get_by_role("button", name="ลบ", exact=True)).to_have_count(0)
    phone.get_by_role("button", name="เพิ่มสมาชิกในครัวเรือน").click()
    expect(phone.get_by_role("button", name="สมาชิกในครัวเรือน 3")).to_be_focused()
    ask(phone, "members[3]/given_name").get_by_role("textbox").fill("แดง")
    phone.get_by_role("button", name="ลบ", exact=True).click()
    expect(phone.get_by_role("alertdialog")).to_contain_text("แดง")
    expect(phone.get_by_role("button", name="ยกเลิก")).to_be_focused()
    phone.get_by_role("alertdialog").get_by_role("button", name="ลบ").click()
    assert "แดง" not in saved_xml(phone)
    assert saved_xml(phone).count("<members>") == 2


def test_the_review_leads_to_what_is_missing_and_then_it_is_sent(phone: Page, xform: str) -> None:
    open_at(phone, xform, "ตรวจทานก่อนส่ง")
    phone.get_by_role("button", name="ส่ง", exact=True).click()
    expect(phone.locator(".f-missing button").first).to_be_focused()
    phone.locator(".f-missing").get_by_role("button", name=re.compile("เพศ.*ดี ใจดี")).click()
    expect(ask(phone, "members[2]/sex").get_by_role("radio").first).to_be_focused()  # its card has opened
    assert phone.evaluate("harness.sent.length") == 0
    phone.evaluate("given => harness.answer(given)", {"consent": "yes", "visit_date": "2026-05-21", "tambon": "1"})
    phone.evaluate("given => harness.answer(given)", {"income": "100", "sex": "male", "walk": "2", "harm": "no"})
    open_review = phone.get_by_role("button", name=re.compile("ถัดไป|ตรวจทาน"))
    while open_review.count():
        open_review.click()
    expect(phone.get_by_text("ตอบครบแล้ว")).to_be_visible()
    expect(phone.locator(".f-told", has_text="วันเกิด")).to_contain_text("มีนาคม 2493")
    phone.get_by_role("button", name="ส่ง", exact=True).click()
    expect(phone.get_by_role("button", name="กำลังเก็บเพื่อส่ง")).to_be_visible()
    expect(phone.locator("html")).to_have_attribute("data-sent", "1")
    sent = phone.evaluate("harness.sent.map(saved => [saved.title, saved.names.length])")
    assert sent == [["บ้านเลขที่ 12/3", 0]]


def test_a_draft_is_kept_while_it_is_written_and_comes_back_whole(phone: Page, xform: str) -> None:
    open_at(phone, xform, "ข้อมูลครัวเรือน")
    ask(phone, "house_number").get_by_role("textbox").fill("99/1")
    expect(phone.get_by_text("บันทึกร่างแล้ว")).to_be_visible()
    assert "99/1" in phone.evaluate("harness.drafts.at(-1).xml")
    before = phone.evaluate("harness.drafts.at(-1).instanceId")
    phone.evaluate(
        "given => harness.show(given)", {"xform": xform, "draft": phone.evaluate("harness.drafts.at(-1).xml")}
    )
    assert value(phone, "house_number") == "99/1"
    assert phone.evaluate("harness.filling.save().then(saved => saved.instanceId)") == before


def test_a_draft_is_kept_also_while_somebody_writes_without_a_pause(phone: Page, xform: str) -> None:
    open_at(phone, xform, "ข้อมูลครัวเรือน")
    before = phone.evaluate("harness.drafts.length")
    field = ask(phone, "house_number").get_by_role("textbox")
    for _letter in range(12):
        field.press("1")
        phone.wait_for_timeout(250)
        if phone.evaluate("harness.drafts.length") > before:
            return
    raise AssertionError("nothing was kept in three seconds of writing")


def test_a_form_cannot_bring_a_script_in(phone: Page, xform: str) -> None:
    bad = xform.replace("แบบสำรวจครัวเรือน **", "&lt;img src=x onerror=alert(1)&gt; [กด](javascript:alert(1)) **")
    harness.show(phone, bad, PICTURES)
    note = ask(phone, "hello")
    expect(note).to_contain_text("กด")
    assert note.locator("img, a, script").count() == 0


@pytest.mark.parametrize(("size", "contrast", "width"), [("", "", 390), ("big", "high", 390), ("", "", 1280)])
def test_everybody_can_use_every_page(
    phone: Page, xform: str, shot: Callable[[str], None], size: str, contrast: str, width: int
) -> None:
    phone.set_viewport_size({"width": width, "height": 844})
    phone.evaluate(
        "told => Object.assign(document.documentElement.dataset, told)", {"size": size, "contrast": contrast}
    )
    harness.show(phone, xform, PICTURES, known=KNOWN)
    for number in range(6):
        for folded in phone.locator(".f-fold[aria-expanded=false]").all()[:1]:
            folded.click()
        if number == 3:
            ask(phone, "harm").get_by_label("ใช่", exact=True).check()
        if number < 5:
            go_on(phone)
        assert_no_axe_violations(phone)
        small = phone.evaluate(
            """[...document.querySelectorAll("button, select, summary, .f-choice, .f-step, .f-pick, .f-input")]
                .filter(part => part.getClientRects().length && part.getBoundingClientRect().height < 47.5)
                .map(part => part.outerHTML.slice(0, 120))"""
        )
        assert small == []
        shot(f"form-{number}{'-big' if size else ''}")
        later = phone.get_by_role("button", name="ข้ามไปก่อน")
        if later.count():
            later.click()
