"""Review from the officer's chair: cases in columns, by key alone, many at once, volunteers, second looks, houses."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from tests.browser.conftest import DESK, PHONE, assert_no_axe_violations
from tests.conftest import MONDAY, on_duty
from tests.linkage.folk import known, same_house, unsure
from tests.people.town import row, tell

from mudmai.accounts.models import User
from mudmai.linkage.models import Question, SecondLook
from mudmai.linkage.services import answer, look_again, set_share, tally_scores
from mudmai.people.models import Household, Person

ALIKE = {"given": "sound", "birth": "exact", "house": "same"}


@pytest.fixture
def cases(somsri: User, noi: User, national_codes: None) -> None:
    """A row that two Malees fit and who another row may be, too; and three rows of one obvious kind."""
    old = known("มาลี", birth_date="1950-03-15", house="99", title="นาง", sex="f", phone=["+66811112222"])
    young = known("มาลี", "ใจดีย์", birth_date="1982-07-01", house="14", title="น.ส.", sex="f")
    known("สมชาย", house="99", birth_date="1975")
    tell(row("มาลีย์", house="99", title="นาง"), kind="tpmap")
    levels = {"given": "exact", "family": "exact", "house": "village"}
    batch = unsure(
        old, young, given="มาลี", house="12/3", title="นาง", birth_date="1950", occupation="ทำนา", score=0.86,
        levels=levels, reason="name_only",
    )  # fmt: skip
    tally_scores(batch.pk)
    unsure(old, given="มาลีย์", house="7", score=0.4, reason="near_name", levels={"given": "close"})
    for at in range(3):
        person = known("ประเสริฐ", f"ดีงาม{at}", house=str(20 + at), birth_date="1960-01-02")
        unsure(
            person, given="ประเสริฐษ์", family=f"ดีงาม{at}", house=str(20 + at), birth_date="1960-01-02",
            score=0.9, levels=ALIKE,
        )  # fmt: skip


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def screen(request: pytest.FixtureRequest) -> ViewportSize:
    return request.param  # type: ignore[no-any-return]


def signed_in(sign_in: Callable[[User], Page], user: User, screen: ViewportSize) -> Page:
    page = sign_in(user)
    page.set_viewport_size(screen)
    return page


def test_a_case_of_several_people_is_decided_by_key_alone(
    site: str,
    cases: None,
    somsri: User,
    sign_in: Callable[[User], Page],
    screen: ViewportSize,
    shot: Callable[[str], None],
) -> None:
    page = signed_in(sign_in, somsri, screen)
    first = Question.objects.filter(score=0.86).order_by("id")[0]
    page.goto(f"{site}/same/")
    shot("queue")
    assert_no_axe_violations(page)

    page.goto(f"{site}/same/{first.pk}/")
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator(".who")).to_have_count(4)  # the row, both Malees, and the other row that may be the old one
    shot("case")
    assert_no_axe_violations(page)
    was = page.url

    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: url != was)
    page.wait_for_load_state()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(was)
    page.wait_for_load_state()

    page.keyboard.press("2")  # not this Malee: the other one of the same case follows
    page.wait_for_url(lambda url: url != was)
    page.wait_for_load_state()
    expect(page.locator(".who.current")).to_have_count(1)
    expect(page.locator("h1")).to_be_focused()

    page.keyboard.press("u")  # undone
    page.wait_for_url(was)
    page.wait_for_load_state()
    assert Question.objects.filter(state="answered").count() == 0

    page.keyboard.press("1")
    page.wait_for_url(lambda url: url != was)
    page.wait_for_load_state()
    assert Question.objects.get(pk=first.pk).verdict == "same"
    page.goto(was)
    shot("answered")
    assert_no_axe_violations(page)


def test_the_page_has_no_trap_for_the_keyboard(
    site: str, cases: None, somsri: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(somsri)
    page.goto(f"{site}/same/{Question.objects.filter(score=0.86)[0].pk}/")
    seen = []
    for _step in range(120):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
        if seen[-1].startswith("<body"):
            break

    assert any('value="same"' in each for each in seen)
    assert any('value="different"' in each for each in seen)
    assert len(set(seen)) > 15


def test_the_volunteer_is_asked_and_the_reply_written_down(
    site: str,
    cases: None,
    somsri: User,
    sign_in: Callable[[User], Page],
    screen: ViewportSize,
    shot: Callable[[str], None],
) -> None:
    page = signed_in(sign_in, somsri, screen)
    first = Question.objects.filter(score=0.4).get()
    page.goto(f"{site}/same/{first.pk}/")
    page.keyboard.press("4")
    page.wait_for_url("**/ask/")
    shot("ask")
    assert_no_axe_violations(page)
    page.get_by_label("ถามใคร").select_option(label="น้อย แก้วมา")
    page.get_by_label("เรื่องที่ฝากถาม").fill("มาลีย์บ้านเลขที่ 7 คือมาลีบ้าน 99 หรือไม่")
    page.get_by_role("button", name="ฝากถาม").click()
    page.wait_for_load_state()

    page.goto(f"{site}/same/asked/")
    shot("asked")
    assert_no_axe_violations(page)
    page.get_by_role("link", name=re.compile("^บันทึกคำตอบ")).click()
    page.wait_for_url("**/reply/")
    shot("reply")
    assert_no_axe_violations(page)
    page.get_by_label("สิ่งที่ได้คำตอบมา").fill("คนเดียวกัน ใช้สองชื่อ")
    page.get_by_label("คนเดียวกัน", exact=True).check()
    page.get_by_role("button", name="บันทึก").click()
    page.wait_for_url(f"{site}/same/{first.pk}/")
    shot("replied")
    assert_no_axe_violations(page)
    expect(page.locator("main")).to_contain_text("คนเดียวกัน ใช้สองชื่อ")
    assert Question.objects.get(pk=first.pk).verdict == "same"


def test_the_obvious_are_confirmed_many_at_once_and_taken_back(
    site: str,
    cases: None,
    somsri: User,
    sign_in: Callable[[User], Page],
    screen: ViewportSize,
    shot: Callable[[str], None],
) -> None:
    page = signed_in(sign_in, somsri, screen)
    page.goto(f"{site}/same/many/")
    shot("many")
    assert_no_axe_violations(page)
    page.get_by_role("link", name=re.compile("^ดูแล้วยืนยัน")).click()
    page.wait_for_url("**/many/kind/**")
    shot("kind")
    assert_no_axe_violations(page)
    before = Person.objects.count()
    page.get_by_role("button", name=re.compile("^ทั้ง 3 ข้อ")).click()
    page.wait_for_url(f"{site}/same/many/")
    assert Person.objects.count() == before - 3

    page.get_by_role("button", name="ถอนทั้งหมด").click()
    page.locator("dialog[open] button", has_text="ถอน").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("ถอนคืนแล้ว")
    assert Person.objects.count() == before


def test_a_second_look_is_blind_and_a_difference_is_settled(
    site: str,
    cases: None,
    somsri: User,
    sign_in: Callable[[User], Page],
    screen: ViewportSize,
    shot: Callable[[str], None],
) -> None:
    set_share(Decimal(100), starts_on=MONDAY, by=somsri)
    anong = on_duty("anong", "อนงค์ รักดี", "registrar", "520306")
    one, two = Question.objects.filter(score=0.9).order_by("id")[:2]
    answer(one, "same", by=anong)
    answer(two, "same", by=anong)
    look_again(one, "different", somsri)
    page = signed_in(sign_in, somsri, screen)

    page.goto(f"{site}/same/second/")
    shot("second")
    assert_no_axe_violations(page)
    page.keyboard.press("1")
    page.wait_for_url(f"{site}/same/{two.pk}/second/")
    page.wait_for_load_state()
    shot("second-look")
    assert_no_axe_violations(page)
    expect(page.locator("main")).not_to_contain_text("อนงค์")
    page.keyboard.press("1")
    page.wait_for_url(f"{site}/same/second/")

    page.goto(f"{site}/same/unsettled/")
    shot("unsettled")
    assert_no_axe_violations(page)
    page.locator("tbody th a").click()
    page.wait_for_url("**/settle/")
    page.wait_for_load_state()
    shot("settle")
    assert_no_axe_violations(page)
    page.keyboard.press("1")
    page.wait_for_url(f"{site}/same/unsettled/")
    assert SecondLook.objects.get(pk=one.pk).settled_verdict == "same"

    page.goto(f"{site}/same/quality/")
    shot("quality")
    assert_no_axe_violations(page)
    expect(page.locator("main")).to_contain_text("อนงค์ รักดี")


def test_two_houses_are_one_or_the_household_moved(
    site: str, somsri: User, national_codes: None, sign_in: Callable[[User], Page], screen: ViewportSize,
    shot: Callable[[str], None],
) -> None:  # fmt: skip
    question = same_house("12/3", "123")
    for number, lat in (("12/3", 18.2085), ("123", 18.2095)):
        tell(row(house=number, about="household", lat=lat, lon=99.383), kind="volunteer_survey")
    page = signed_in(sign_in, somsri, screen)
    page.goto(f"{site}/same/houses/")
    shot("houses")
    assert_no_axe_violations(page)
    page.keyboard.press("1")
    page.wait_for_url(f"{site}/same/houses/{question.pk}/")
    page.wait_for_load_state("networkidle")
    shot("house")
    assert_no_axe_violations(page)
    page.keyboard.press("4")
    page.wait_for_url(f"{site}/same/houses/")
    assert Household.objects.count() == 1
