"""Phone numbers in cells (kernel.phones)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mudmai.kernel.phones import format_phone, phones


@pytest.mark.parametrize(
    "cell",
    [
        "0812345678",
        "081-234-5678",
        "081 2345678",
        "+66812345678",
        "+66 81 234 5678",
        "0066812345678",
        "๐๘๑๒๓๔๕๖๗๘",
        "โทร. 081-2345678",
        "66812345678",
        "(081)2345678",
    ],
)
def test_one_number_is_read_however_it_is_written(cell):
    assert phones(cell) == (["+66812345678"], (), None)


@pytest.mark.parametrize(
    "cell", ["081-2345678, 053-123456", "0812345678/053123456", "0812345678 หรือ 053123456", "0812345678 053123456"]
)
def test_several_numbers_in_one_cell_are_all_kept(cell):
    assert phones(cell).value == ["+66812345678", "+6653123456"]


@pytest.mark.parametrize(
    ("cell", "numbers", "doubt"),
    [
        (812345678, ["+66812345678"], "phone_leading_zero"),
        (53123456.0, ["+6653123456"], "phone_leading_zero"),
        ("01-2345678", ["+66812345678"], "phone_old_style"),
        ("053-123456-7", ["+6653123456"], "phone_digits_added"),
        ("053-123456 ต่อ 12", ["+6653123456"], "phone_digits_added"),
        ("081-2345678 (ลูกสาว)", ["+66812345678"], "phone_digits_added"),
        ("0812345678, 1234", ["+66812345678"], "phone_some_unreadable"),
    ],
)
def test_what_was_repaired_is_said(cell, numbers, doubt):
    assert phones(cell) == (numbers, (doubt,), None)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [("08123", "phone_length"), ("ไม่มีเบอร์", "phone_unreadable"), ("0" * 9999 + "1", "phone_length")],
)
def test_no_number_is_made_up(cell, problem):
    assert phones(cell) == (None, (), problem)


@pytest.mark.parametrize("cell", [None, "", "-", "0", "000-0000000", 0])
def test_no_phone_is_no_problem(cell):
    assert phones(cell).is_blank


@given(st.from_regex(r"\+66([689][0-9]{8}|[23457][0-9]{7})", fullmatch=True))
def test_a_shown_number_reads_back(number):
    assert phones(format_phone(number)) == ([number], (), None)
