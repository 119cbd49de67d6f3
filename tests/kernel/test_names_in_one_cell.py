"""Titles and names from one cell or several (kernel.names)."""

import random

import pytest

from mudmai.kernel.names import person_name, title
from mudmai.kernel.text import clean


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("นางสาวสมหญิง ใจดี", ("นางสาว", "สมหญิง", "ใจดี")),
        ("น.ส. สมหญิง  ใจดี", ("นางสาว", "สมหญิง", "ใจดี")),
        ("นส.สมหญิง ใจดี", ("นางสาว", "สมหญิง", "ใจดี")),
        ("นางสมหญิง ใจดี", ("นาง", "สมหญิง", "ใจดี")),
        ("ด.ช.ก้อง เก่งกล้า", ("เด็กชาย", "ก้อง", "เก่งกล้า")),
        ("ดญ. แก้ว เก่งกล้า", ("เด็กหญิง", "แก้ว", "เก่งกล้า")),
        ("ว่าที่ ร.ต.หญิง สมศรี ใจดี", ("ว่าที่ ร.ต.หญิง", "สมศรี", "ใจดี")),
        ("ว่าที่ร้อยตรีสมชาย ใจดี", ("ว่าที่ ร.ต.", "สมชาย", "ใจดี")),
        ("พลตำรวจเอกเสรี ใจดี", ("พล.ต.อ.", "เสรี", "ใจดี")),
        ("พ.อ.(พิเศษ) สมชาย ใจดี", ("พ.อ.", "สมชาย", "ใจดี")),
        ("นายดาบตำรวจสมชาย ใจดี", ("ด.ต.", "สมชาย", "ใจดี")),
        ("นายแพทย์สมชาย ใจดี", ("นพ.", "สมชาย", "ใจดี")),
        ("ผศ.ดร.สมชาย ใจดี", ("ผศ. ดร.", "สมชาย", "ใจดี")),
        ("ม.ร.ว.สมชาย ใจดี", ("ม.ร.ว.", "สมชาย", "ใจดี")),
        ("พระครูวินัยธรสมชาย ธมฺโม", ("พระครูวินัยธร", "สมชาย", "ธมฺโม")),
        ("สามเณรก้อง เก่งกล้า", ("สามเณร", "ก้อง", "เก่งกล้า")),
        ("Mr.John Smith", ("Mr.", "John", "Smith")),
        ("1. นายสมชาย ใจดี", ("นาย", "สมชาย", "ใจดี")),
        ("๑) นายสมชาย ใจดี", ("นาย", "สมชาย", "ใจดี")),
        ("นายนายสมชาย ใจดี", ("นาย", "สมชาย", "ใจดี")),
        ("เด็กหญิง เด็กหญิงแก้ว เก่งกล้า", ("เด็กหญิง", "แก้ว", "เก่งกล้า")),
        ("นางนางนวล ใจดี", ("นาง", "นางนวล", "ใจดี")),
        ("สมชาย ณ สงขลา", ("", "สมชาย", "ณ สงขลา")),
        ("นายสมชาย ทองดี ณ อยุธยา", ("นาย", "สมชาย", "ทองดี ณ อยุธยา")),
    ],
)
def test_one_cell_is_split_into_title_given_and_family_name(cell, expected):
    read = person_name(cell)

    assert read.value[:3] == expected
    assert read.doubts == ()


@pytest.mark.parametrize("given_name", ["นายิกา", "คุณากร", "นสิตา", "รติมา", "พลอย", "ดรุณี", "ศรี", "พันทิพย์", "เรืองยศ"])
def test_a_name_that_begins_like_a_title_stays_whole(given_name):
    assert person_name(f"{given_name} ใจดี").value[:3] == ("", given_name, "ใจดี")


@pytest.mark.parametrize(
    ("cell", "expected", "doubt"),
    [
        ("นางเอก ใจดี", ("นาง", "เอก", "ใจดี"), "name_title_joined"),
        ("ดญสมศรี ใจดี", ("เด็กหญิง", "สมศรี", "ใจดี"), "name_title_joined"),
        ("คุณภัทร ใจดี", ("", "คุณภัทร", "ใจดี"), "name_title_or_name"),
        ("สอ สังข์ทอง", ("", "สอ", "สังข์ทอง"), "name_title_or_name"),
        ("สมชาย", ("", "สมชาย", ""), "name_no_family"),
        ("สมชาย ใจดี มั่นคง", ("", "สมชาย", "ใจดี มั่นคง"), "name_several_words"),
        ("oารี ใจดี", ("", "อารี", "ใจดี"), "name_latin_o"),
        ("สมชาย ใจดี (ย้ายออก)", ("", "สมชาย", "ใจดี"), "name_note_left_out"),
        ("สมชาย ใจดี และ สมศรี ใจดี", ("", "สมชาย", "ใจดี และ สมศรี ใจดี"), "name_two_people"),
    ],
)
def test_what_is_unsure_is_said(cell, expected, doubt):
    read = person_name(cell)

    assert read.value[:3] == expected
    assert doubt in read.doubts


@pytest.mark.parametrize(
    ("cell", "problem"), [("นาย", "name_title_only"), ("123", "name_unreadable"), ("ก" * 10_000, "name_too_long")]
)
def test_a_cell_without_a_name_is_named(cell, problem):
    assert person_name(cell).problem == problem


def test_a_nickname_in_brackets_is_kept_apart():
    name = person_name("นางสมหญิง (ชื่อเล่น แดง) ใจดี").value

    assert (name.given, name.family, name.nickname) == ("สมหญิง", "ใจดี", "แดง")


def test_titles_tell_sex_and_childhood():
    boy, woman, officer = (person_name(cell).value for cell in ("ด.ช.ก้อง ดี", "ร.ต.อ.หญิง แก้ว ดี", "ร.ต.อ.แก้ว ดี"))

    assert (boy.sex_hint, boy.under_15_hint) == ("m", True)
    assert (woman.sex_hint, woman.under_15_hint) == ("f", False)
    assert officer.sex_hint == ""


def test_columns_of_their_own_come_before_what_the_name_cell_says():
    apart = person_name("สมหญิง", title="น.ส.", family="ใจดี")
    together = person_name("นางสมหญิง ใจดี", title="น.ส.", family="ใจดี")

    assert apart.value == together.value
    assert apart.doubts == ()
    assert together.doubts == ("name_titles_differ", "name_family_repeated")


def test_an_unknown_title_is_kept_as_written():
    read = title("ท้าวใหญ่")

    assert (read.value.text, read.doubts) == ("ท้าวใหญ่", ("title_unknown",))
    assert title("003").value.text == "นาย"
    assert title("-").is_blank


def test_real_names_joined_with_their_titles_split_back(shared_data):
    folder = shared_data("names")
    read_list = lambda name: [line for line in (folder / name).read_text().split("\n") if line.strip()]  # noqa: E731
    men, women, families = map(
        read_list, ("person_names_male_th.txt", "person_names_female_th.txt", "family_names_th.txt")
    )
    mens_titles = ["", "นาย", "นาย ", "ด.ช.", "เด็กชาย", "ร.ต.อ.", "ว่าที่ ร.ต.", "พระ", "ดร."]
    womens_titles = ["", "นาง", "นางสาว", "น.ส.", "นส.", "ด.ญ.", "เด็กหญิง", "ดญ.", "ร.ต.ต.หญิง ", "แม่ชี"]
    choose = random.Random(2569)
    wrong = 0
    for _ in range(10_000):
        names, titles = choose.choice([(men, mens_titles), (women, womens_titles)])
        given, family = choose.choice(names), choose.choice(families)
        name = person_name(f"{choose.choice(titles)}{given} {family}").value
        wrong += name is None or (name.given, name.family) != (clean(given), clean(family))

    assert wrong <= 100  # 99 %
