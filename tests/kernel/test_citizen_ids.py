"""Reading the 13-digit citizen id and the 11-digit house code (kernel.ids)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mudmai.kernel import ids

VALID = "1234567890121"
first_twelve = st.from_regex(r"[0-8][0-9]{11}", fullmatch=True)


@pytest.mark.parametrize(
    "cell",
    [
        VALID,
        "1-2345-67890-12-1",
        "1 2345 67890 12 1",
        "๑๒๓๔๕๖๗๘๙๐๑๒๑",
        1234567890121,
        1234567890121.0,
        "1234567890121.0",
        "\u200b1234567890121 ",
        "'1234567890121",
        "เลขประจำตัวประชาชน 1234567890121",
    ],
)
def test_an_id_is_read_however_it_is_written(cell):
    assert ids.citizen_id(cell) == (VALID, (), None)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("123", "cid_length"),
        ("12345678901212", "cid_length"),
        ("ไม่ทราบเลข", "cid_length"),
        ("1234567890122", "cid_checksum"),
        ("1.23457E+12", "cid_scientific"),
        ("1.2e+12", "cid_scientific"),
        (1234570000000.0, "cid_scientific"),
        (True, None),
        (-5, "cid_length"),
        (1e300, "cid_length"),
    ],
)
def test_a_wrong_id_is_named_and_not_guessed(cell, problem):
    read = ids.citizen_id(cell)

    assert read.value is None
    assert read.problem == problem


def test_an_id_that_begins_with_nine_is_refused():
    nine = "900000000000"

    assert ids.citizen_id(nine + ids.check_digit(nine)).problem == "cid_first_digit"


@pytest.mark.parametrize("cell", [None, "", "-", "ไม่มี", " ", "N/A", float("nan")])
def test_a_person_without_an_id_is_no_problem(cell):
    assert ids.citizen_id(cell).is_blank


def test_the_zero_a_spreadsheet_drops_is_put_back_with_a_doubt():
    person_without_status = "0" + "00001234567"
    cid = person_without_status + ids.check_digit(person_without_status)
    twelve = "012345678901"
    dropped = int(twelve + ids.check_digit(twelve))

    assert ids.citizen_id(cid).value == cid
    assert ids.citizen_id(dropped) == (f"0{dropped}", ("cid_leading_zero",), None)


def test_a_school_number_passes_with_a_doubt():
    assert ids.citizen_id("g123456789012") == ("G123456789012", ("cid_school_number",), None)


@given(first_twelve, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_found_out(twelve, place, change):
    cid = twelve + ids.check_digit(twelve)
    wrong = cid[:place] + str((int(cid[place]) + change) % 10) + cid[place + 1 :]

    read = ids.citizen_id(wrong)

    # The rule is blind to the third digit (its weight is 11), and to sums that leave 0 where 10 was (or 1 and 0 there).
    blind = place == 2 or ids.check_digit(wrong[:12]) == wrong[12]
    if place == 12:
        assert not blind
    if not blind:
        assert read.problem == "cid_checksum"
        assert "cid_maybe_one_digit" in read.doubts
        assert cid in ids.near_misses(wrong)


def test_the_rule_catches_nearly_all_single_errors_outside_the_third_digit():
    caught = total = 0
    for twelve in (f"{i * 7919 % 9 or 1}{i * 104729 % 10**11:011d}" for i in range(300)):
        cid = twelve + ids.check_digit(twelve)
        for place in (0, 1, *range(3, 13)):
            wrong = cid[:place] + str((int(cid[place]) + 3) % 10) + cid[place + 1 :]
            total += 1
            caught += ids.check_digit(wrong[:12]) != wrong[12]

    assert caught / total > 0.97


@given(first_twelve, st.integers(3, 10))
def test_two_swapped_digits_are_suspected(twelve, place):
    cid = twelve + ids.check_digit(twelve)
    swapped = cid[:place] + cid[place + 1] + cid[place] + cid[place + 2 :]

    if ids.check_digit(swapped[:12]) != swapped[12]:
        assert "cid_maybe_swapped" in ids.citizen_id(swapped).doubts
        assert cid in ids.near_misses(swapped)


@given(first_twelve)
def test_an_id_reads_back_from_its_printed_form(twelve):
    cid = twelve + ids.check_digit(twelve)

    assert ids.citizen_id(ids.format_cid(cid)).value == cid
    assert ids.citizen_kind(cid).startswith("cid_kind_")


def test_a_masked_id_hides_its_middle():
    assert ids.mask_cid("1520112345123") == "1-5201-xxxxx-12-3"
    assert "6789" not in ids.mask_cid("56789")


@pytest.mark.parametrize("cell", ["52040012345", "5204-001234-5", "๕๒๐๔๐๐๑๒๓๔๕", 52040012345, 52040012345.0])
def test_a_house_code_is_read_however_it_is_written(cell):
    assert ids.house_code(cell) == ("52040012345", (), None)


@pytest.mark.parametrize(
    ("cell", "problem"), [("5204001234", "house_code_length"), ("5.2E+10", "house_code_scientific")]
)
def test_a_wrong_house_code_is_named(cell, problem):
    assert ids.house_code(cell).problem == problem
