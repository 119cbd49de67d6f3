"""Numbers, money, yes and no (kernel.numbers)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mudmai.kernel.numbers import baht, number, whole, yes_no


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.50", 1234.5),
        ("๑,๒๓๔", 1234),
        ("600.-", 600),
        ("฿500", 500),
        ("2 แสน", 200000),
        ("(500)", -500),
        ("1,000 บาท/เดือน", 1000),
        (3.0, 3),
        ("50%", 50),
        ("-5", -5),
        ("3 คน", 3),
    ],
)
def test_a_number_is_read(cell, value):
    assert number(cell) == (value, (), None)


def test_what_was_assumed_about_a_number_is_said():
    assert number("12,50") == (12.5, ("number_decimal_comma",), None)
    assert number("3 คนโต") == (3, ("number_has_words",), None)


@pytest.mark.parametrize("cell", ["สามร้อย", "1-2", "1.2.3", True, float("inf"), 10**400, "9" * 500])
def test_what_is_no_number_is_refused(cell):
    assert number(cell).problem == "number_unreadable"


def test_money_is_never_below_zero_and_people_come_whole():
    assert baht("-5").problem == "number_negative"
    assert baht("0.005 บาท").value == pytest.approx(0.0, abs=0.011)
    assert whole("3.5").problem == "number_not_whole"
    assert whole("3.0").value == 3


@given(st.integers(-(10**12), 10**12))
def test_a_number_with_commas_reads_back(value):
    assert number(f"{value:,}").value == value


@pytest.mark.parametrize(
    ("cell", "value"), [("มี", True), ("ไม่มี", False), ("/", True), (" ใช่ ", True), (1, True), (0.0, False), (True, True)]
)
def test_yes_and_no_are_read(cell, value):
    assert yes_no(cell) == (value, (), None)


def test_a_cross_is_not_guessed():
    assert yes_no("x").problem == "yes_no_unreadable"
    assert yes_no("-").is_blank
