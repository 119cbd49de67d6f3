"""Addresses, house numbers and village numbers (kernel.addresses)."""

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mudmai.kernel.addresses import Address, address, house_no, house_no_key, moo, place_name

KO_KHA = {"tambon": "เกาะคา", "amphoe": "เกาะคา", "province": "ลำปาง"}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (
            "12/3 ม.2 ซ.5 ถ.ตลาดใหม่ ต.เกาะคา อ.เกาะคา จ.ลำปาง",
            Address(house_no="12/3", moo=2, soi="5", road="ตลาดใหม่", **KO_KHA),
        ),
        (
            "บ้านเลขที่ ๑๒/๓ หมู่ที่ ๒ บ้านดอน ตำบลเกาะคา อำเภอเกาะคา จังหวัดลำปาง ๕๒๑๓๐",
            Address(house_no="12/3", moo=2, village="บ้านดอน", postcode="52130", **KO_KHA),
        ),
        ("12/3ม.2ต.เกาะคาอ.เกาะคาจ.ลำปาง", Address(house_no="12/3", moo=2, **KO_KHA)),
        ("12/3 ม. 2 ต. เกาะคา, อ. เกาะคา, จ. ลำปาง", Address(house_no="12/3", moo=2, **KO_KHA)),
        (
            "99 ถนนสุขุมวิทซอย 5 แขวงคลองเตย เขตคลองเตย กรุงเทพฯ 10110",
            Address("99", None, "", "5", "สุขุมวิท", "คลองเตย", "คลองเตย", "กรุงเทพมหานคร", "10110"),
        ),
        (
            "12 ก หมู่ 3 ต.บ้านนา อ.เมือง จ.ลำปาง",
            Address(house_no="12 ก", moo=3, tambon="บ้านนา", amphoe="เมืองลำปาง", province="ลำปาง"),
        ),
        ("12 หมู่บ้านสุขใจ ซ.3 ต.เกาะคา", Address(house_no="12", village="สุขใจ", soi="3", tambon="เกาะคา")),
        ("- ม.5 ต.เกาะคา", Address(moo=5, tambon="เกาะคา")),
        ("ม.5", Address(moo=5)),
        ("12/3", Address(house_no="12/3")),
        (12, Address(house_no="12")),
        ("48 ทับ 2 ม.2 ต.เกาะคา", Address(house_no="48/2", moo=2, tambon="เกาะคา")),
        ("12 ต.ทับกวาง", Address(house_no="12", tambon="ทับกวาง")),
    ],
)
def test_an_address_is_taken_apart_at_its_words(cell, expected):
    assert address(cell) == (expected, (), None)


@pytest.mark.parametrize("cell", ["12/3 2 เกาะคา เกาะคา ลำปาง", "12/3 ม.2 เกาะคา เกาะคา ลำปาง"])
def test_an_address_without_words_is_read_by_its_order_with_a_doubt(cell):
    assert address(cell) == (Address(house_no="12/3", moo=2, **KO_KHA), ("address_guessed_places",), None)


def test_words_that_were_not_understood_are_said():
    assert "address_left_over" in address("หอพักร่มเย็น ต.เกาะคา").doubts
    assert address("hello").problem == "address_unreadable"
    assert address("ก" * 600).problem == "address_too_long"
    assert address("ไม่มี").is_blank


thai_name = st.sampled_from(["เกาะคา", "ท่าผา", "ศาลา", "นาแก้ว", "ใหม่พัฒนา", "วังพร้าว", "ลำปาง", "ห้างฉัตร"])


@given(
    st.integers(1, 9999),
    st.none() | st.integers(1, 99),
    st.integers(1, 99),
    thai_name,
    thai_name,
    thai_name,
    st.booleans(),
)
def test_an_address_written_out_reads_back(number, part, village, tambon, amphoe, province, in_full):
    house = f"{number}/{part}" if part else str(number)
    words = ("หมู่ที่ ", "ตำบล", "อำเภอ", "จังหวัด") if in_full else ("ม.", "ต.", "อ.", "จ.")
    values = (village, tambon, amphoe, province)
    written = " ".join([house, *(f"{word}{value}" for word, value in zip(words, values, strict=True))])

    assert address(written) == (Address(house, village, "", "", "", tambon, amphoe, province), (), None)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", "12"),
        ("12/3", "12/3"),
        ("12 / 3", "12/3"),
        ("12/3-4", "12/3-4"),
        ("12ก", "12 ก"),
        ("48 ทับ 2", "48/2"),
        ("๔๘ทับ๒", "48/2"),
        ("012", "12"),
        ("๑๒/๓", "12/3"),
        (12, "12"),
        (12.0, "12"),
        ("บ้านเลขที่ 12", "12"),
    ],
)
def test_a_house_number_takes_its_usual_form(cell, number):
    assert house_no(cell) == (number, (), None)


@pytest.mark.parametrize(
    ("cell", "number", "doubt"),
    [
        (datetime(2026, 2, 1), "1/2", "house_no_was_date"),
        (date(1945, 3, 1), "3/45", "house_no_was_date"),
        ("1-ก.พ.", "1/2", "house_no_was_date"),
        ("Feb-45", "2/45", "house_no_was_date"),
        ("2026-02-01 00:00:00", "1/2", "house_no_was_date"),
        ("12 ม.3", "12", "house_no_has_moo"),
        ("ทพ.12", "ทพ.12", "house_no_unusual"),
    ],
)
def test_a_house_number_that_was_spoilt_is_repaired_with_a_doubt(cell, number, doubt):
    assert house_no(cell) == (number, (doubt,), None)


@pytest.mark.parametrize("cell", [None, "", "-", "0", "00", "ไม่มี", "ไม่มีเลขที่", 0])
def test_houses_without_a_number_do_not_share_one(cell):
    assert house_no(cell).is_blank


def test_house_numbers_sort_as_people_count():
    in_order = ["2", "2/9", "2/10", "2 ก", "10", "100"]

    assert sorted(in_order, key=house_no_key) == in_order
    assert house_no_key("๐๑๒/๓") == house_no_key("12 / 3")


@pytest.mark.parametrize(
    ("cell", "number"), [(2, 2), ("2", 2), ("ม.2", 2), ("หมู่ที่ ๒", 2), (2.0, 2), ("หมู่ 2 บ้านนา", 2), ("02", 2)]
)
def test_a_village_number_is_read(cell, number):
    assert moo(cell) == (number, (), None)


def test_a_village_number_that_cannot_be_is_named():
    assert moo("0") == (None, ("moo_zero",), None)
    assert moo(100).problem == moo("บ้านนา").problem == "moo_unreadable"


def test_a_place_loses_the_word_before_it():
    assert [place_name(cell) for cell in ("ต.เกาะคา", "อำเภอ เกาะคา", "ลำปาง", "กทม.", None)] == [
        "เกาะคา",
        "เกาะคา",
        "ลำปาง",
        "กรุงเทพมหานคร",
        "",
    ]


def test_every_real_tambon_reads_back(shared_data):
    folder = shared_data("admin/geothai_3.2.1")
    read_names = lambda name: {code: thai for code, thai, *_ in json.loads((folder / name).read_text())}  # noqa: E731
    provinces, amphoes, tambons = map(read_names, ("provinces.json", "districts.json", "subdistricts.json"))
    wrong = []
    for i, (code, tambon) in enumerate(tambons.items()):
        places = (tambon, amphoes[code[:4]], provinces[code[:2]])
        written = f"{i % 900 + 1}/2 ม.{i % 20 + 1} " + " ".join(
            map("".join, zip(("ต.", "อ.", "จ."), places, strict=True))
        )
        if address(written).value != Address(f"{i % 900 + 1}/2", i % 20 + 1, "", "", "", *places):
            wrong.append(written)

    assert len(tambons) > 7000
    assert len(wrong) <= 8, wrong[:30]
