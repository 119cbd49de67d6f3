"""Dates in either era, and how they are shown (kernel.dates)."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mudmai.kernel import dates
from mudmai.kernel.clock import BANGKOK
from mudmai.kernel.dates import PartialDate

TODAY = date(2026, 11, 2)
births = st.dates(date(1941, 1, 1), TODAY)


def read(cell, **more):
    found = dates.thai_date(cell, today=TODAY, **more)
    return found.value.iso if found.value else None, found.doubts, found.problem


@pytest.mark.parametrize(
    "cell",
    [
        "15/03/2493",
        "15/3/1950",
        "๑๕/๐๓/๒๔๙๓",
        "15 มี.ค. 2493",
        "15มีค2493",
        "15 มีนาคม พ.ศ. 2493",
        "15-03-2493",
        "15.3.2493",
        "วันที่ 15 เดือน มีนาคม พ.ศ. 2493",
        "วันพุธที่ 15 มีนาคม 2493",
        "1950-03-15",
        "2493-03-15",
        "2493/03/15",
        "24930315",
        "1950-03-15 00:00:00",
        "15/03/2493 00:00",
        "15032493",
        "15 Mar 1950",
        "March 15, 1950",
        "15 มี.ค. ค.ศ. 1950",
        date(1950, 3, 15),
        datetime(1950, 3, 15),
        24930315,
        "15  มี ค  2493 ",
    ],
)
def test_one_birthday_is_read_from_every_way_to_write_it(cell):
    assert read(cell) == ("1950-03-15", (), None)


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("24800000", "1937"),
        ("2480", "1937"),
        ("พ.ศ.2480", "1937"),
        ("ปี 2480", "1937"),
        (2480, "1937"),
        (2480.0, "1937"),
        ("00/00/2480", "1937"),
        ("-/-/2480", "1937"),
        ("0/5/2490", "1947-05"),
        ("24900500", "1947-05"),
        ("มีนาคม 2490", "1947-03"),
        ("03/2490", "1947-03"),
        ("1947-03", "1947-03"),
        ("ค.ศ. 1950", "1950"),
    ],
)
def test_a_partial_date_keeps_only_what_is_known(cell, iso):
    assert read(cell) == (iso, (), None)


@pytest.mark.parametrize(
    ("cell", "iso", "doubt"),
    [
        (datetime(2500, 5, 1), "1957-05-01", "year_read_as_buddhist"),
        (219148, "1957-01-01", "year_read_as_buddhist"),
        (18337, "1950-03-15", "date_serial"),
        ("18337", "1950-03-15", "date_serial"),
        ("01/04/06", "1963-04-01", "year_two_digits"),
        ("1/4/75", "1932-04-01", "year_two_digits"),
        ("15 มี.ค. 43", "2000-03-15", "year_two_digits"),
        ("3/15/2500", "1957-03-15", "day_month_swapped"),
        ("15 ม.ค. 2483", "1940-01-15", "old_new_year"),
        ("ประมาณ 80 ปี", "1946", "date_approximate"),
        ("ประมาณ พ.ศ. 2480", "1937", "date_approximate"),
        ("1/1/2580", "2037-01-01", "date_in_future"),
    ],
)
def test_a_date_that_was_not_plain_says_what_was_assumed(cell, iso, doubt):
    found_iso, doubts, problem = read(cell)

    assert (found_iso, problem) == (iso, None)
    assert doubt in doubts


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("31/02/2500", "date_impossible"),
        ("29/2/2501", "date_impossible"),
        ("1/1/2999", "date_out_of_range"),
        ("abc", "date_unreadable"),
        ("15 มี.ค.", "date_unreadable"),
        (15, "date_unreadable"),
        (90000, "date_unreadable"),
        ("150343", "date_unreadable"),
        (True, "date_unreadable"),
        (float("inf"), "date_unreadable"),
        ("1" * 5000, "date_unreadable"),
        ("15/03/243", "date_unreadable"),
    ],
)
def test_a_date_that_cannot_be_is_named(cell, problem):
    assert read(cell) == (None, (), problem)


@pytest.mark.parametrize("cell", [None, "", "-", "ไม่ทราบ", 0, float("nan"), datetime(1899, 12, 30)])
def test_no_date_is_no_problem(cell):
    assert read(cell) == (None, (), None)


def test_a_day_that_lies_ahead_is_fine_where_it_may():
    assert read("1/1/2575", may_be_future=True) == ("2032-01-01", (), None)
    assert read("1/1/75", may_be_future=True) == ("2032-01-01", ("year_two_digits",), None)


def test_an_era_that_is_told_decides_short_years_only():
    assert read("15/03/93", era="ce")[0] == "1993-03-15"
    assert read("15/03/93", era="be")[0] == "1950-03-15"
    assert read("15/03/1950", era="be") == ("1950-03-15", ("year_read_as_gregorian",), None)


@given(births, st.sampled_from(["short", "long"]))
def test_a_shown_date_reads_back(day, style):
    assert read(dates.format_thai_date(day, style)) == (day.isoformat(), (), None)


@given(births)
def test_a_spreadsheets_day_number_reads_as_its_date(day):
    assert read((day - date(1899, 12, 30)).days)[0] == day.isoformat()


@given(births)
def test_a_buddhist_year_typed_as_a_date_is_put_right(day):
    try:
        typed = datetime(day.year + 543, day.month, day.day)
    except ValueError:  # 29 February, which the spreadsheet would not have taken either
        return
    assert read(typed)[0] == day.isoformat()


@given(st.builds(PartialDate, st.integers(1900, 2100), st.none() | st.integers(1, 12), st.none()))
def test_a_partial_date_reads_back_from_what_records_keep(partial):
    assert PartialDate.from_iso(partial.iso) == partial
    assert partial.first_day() <= partial.last_day()
    assert (partial.last_day() + timedelta(days=1)).day == 1


def test_dates_are_shown_in_thai_and_buddhist_era():
    assert dates.format_thai_date("1950-03-15") == "15 มี.ค. 2493"
    assert dates.format_thai_date("1950-03", "long") == "มีนาคม 2493"
    assert dates.format_thai_date("1950", "long") == "พ.ศ. 2493"
    assert dates.format_thai_datetime(datetime(2026, 3, 2, 14, 5, tzinfo=BANGKOK)) == "2 มี.ค. 2569 14:05 น."


@pytest.mark.parametrize(
    ("cell", "years", "months"),
    [
        ("80", 80, None),
        ("๘๐ ปี", 80, None),
        (80.7, 80, None),
        ("1 ปี 3 เดือน", 1, 3),
        ("3 เดือน", 0, 3),
        ("อายุ 5 ขวบ", 5, None),
    ],
)
def test_an_age_is_read(cell, years, months):
    assert dates.age(cell) == ((years, months, False), (), None)


def test_an_age_that_is_a_guess_says_so():
    assert dates.age("ประมาณ 80 ปี").doubts == ("age_approximate",)
    assert dates.age("200").problem == "age_out_of_range"
    assert dates.age("แก่มาก").problem == "age_unreadable"


@given(births, st.dates(TODAY, date(2030, 1, 1)))
def test_an_age_rises_on_the_birthday(born, on):
    years = dates.age_in_years(born.isoformat(), on)

    assert years == dates.age_in_years(born, on)
    assert dates.birth_from_age(dates.Age(years), on).year in (born.year, born.year + 1)


def test_someone_not_yet_born_has_no_age():
    assert dates.age_in_years("2030", TODAY) is None
