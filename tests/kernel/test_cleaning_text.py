"""Cleaning Thai text (kernel.text)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mudmai.kernel import text

thai = st.text(alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=40)
anything = st.text(max_size=60) | thai


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" สมหญิง   ใจดี\u00a0", "สมหญิง ใจดี"),
        ("สม\u200bหญิง\ufeff", "สมหญิง"),
        ("เเดง", "แดง"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("บา้น", "บ้าน"),
        ("ที\u0e48\u0e48", "ที่"),
        ("สุ่ม"[0] + "\u0e48\u0e38" + "ม", "สุ่ม"),
        ("มานาา", "มานา"),
        ("นๅย", "นาย"),
        ("ฤๅษี", "ฤๅษี"),
        ("สิทธิ์", "สิทธิ์"),
        ("ผู้ใหญ่บ้าน", "ผู้ใหญ่บ้าน"),
        ("ที\uf70a", "ที่"),
        ("แถว\tหนึ่ง\r\nแถวสอง", "แถว หนึ่ง แถวสอง"),
    ],
)
def test_what_was_typed_becomes_what_was_meant(typed, meant):
    assert text.clean(typed) == meant


@settings(max_examples=300, deadline=None)
@given(anything)
def test_cleaning_twice_changes_nothing_more(typed):
    once = text.clean(typed)

    assert text.clean(once) == once


@given(anything)
def test_the_quick_way_out_gives_what_the_slow_way_gives(typed):
    once = text.clean(typed)

    assert text._cleaned_once(once) == once


@given(thai, st.integers(0, 40))
def test_invisible_characters_make_no_difference(typed, place):
    assert text.clean(typed[:place] + "\u200b" + typed[place:]) == text.clean(typed)


@pytest.mark.parametrize(
    "cell", [None, "", " ", "-", "–", "ไม่มี", "ไม่ระบุ", "N/A", "#REF!", "\u200b", " ไม่ทราบ ", float("nan")]
)
def test_what_says_nothing_is_blank(cell):
    assert text.is_blank(cell)


@pytest.mark.parametrize("cell", ["0", 0, "ก", "ไม่มีทอง", False, "x" * 100])
def test_what_says_something_is_not_blank(cell):
    assert not text.is_blank(cell)


def test_cells_become_text_without_the_marks_of_the_spreadsheet():
    assert [text.cell_text(cell) for cell in (12.0, 12.5, None, True, "ก ", 7)] == ["12", "12.5", "", "", "ก", "7"]


def test_names_sort_as_in_a_thai_dictionary():
    in_order = ["กา", "ก่า", "กาง", "เก", "เก่ง", "แก", "ไก่", "ขา", "ข้า", "เขา", "คน"]

    assert sorted(in_order, key=text.thai_sort_key) == in_order
