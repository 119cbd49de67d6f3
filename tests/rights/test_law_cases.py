"""Every worked example of the rules comes out as its author expects: one test a case, named as the case is."""

from datetime import date

import pytest

from mudmai.rights.rules.cases import Case, CasesRefused, read_case, run_cases, shipped_cases
from mudmai.rights.rules.programmes import PROGRAMMES
from mudmai.rights.rules.rows import Row

EVERY_CASE = [case for cases in shipped_cases().values() for case in cases]
CASES = [pytest.param(case, id=f"{case.programme}: {case.name}") for case in EVERY_CASE]


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case) -> None:
    (result,) = run_cases(case.programme, [case])
    assert result.ok, result.differences


def test_every_programme_has_cases() -> None:
    assert shipped_cases().keys() == PROGRAMMES.keys()
    assert sum(map(len, shipped_cases().values())) >= 150


def test_no_two_cases_of_a_programme_have_one_name() -> None:
    for cases in shipped_cases().values():
        names = [case.name for case in cases]
        assert len(names) == len(set(names))


def test_a_case_that_comes_out_otherwise_says_what_and_how() -> None:
    case = read_case(
        "old_age_allowance",
        "ผิดโดยตั้งใจ",
        "10 ต.ค. 2568",
        {"วันเกิด": "15 มี.ค. 2503", "สัญชาติไทย": "ใช่", "มีชื่อในทะเบียนบ้านที่นี่": "ใช่"},
        {"จำนวนเงิน": 700, "มีสิทธิ": "ใช่"},
    )
    (result,) = run_cases("old_age_allowance", [case])
    assert not result.ok
    assert len(result.differences) == 1
    assert "700" in result.differences[0]
    assert "600" in result.differences[0]
    assert result.got["amount"] == 600


def test_a_row_of_the_office_changes_what_comes_out() -> None:
    case = next(each for each in shipped_cases()["old_age_allowance"] if "60–69" in each.name and "600" in each.name)
    more = Row("old_age_allowance.steps", date(2025, 10, 1), None, ((60.0, 1000.0),), office=True, legal_basis="มติ")
    (before,), (after,) = run_cases(case.programme, [case]), run_cases(case.programme, [case], [more])
    assert (before.got["amount"], after.got["amount"]) == (600, 1000)


@pytest.mark.parametrize(
    ("given", "expected", "word"),
    [
        ({"วันเดิน": "2500"}, {"มีสิทธิ": "ใช่"}, "วันเดิน"),
        ({"วันเกิด": "เมื่อวานซืน"}, {"มีสิทธิ": "ใช่"}, "เมื่อวานซืน"),
        ({"วันเกิด": "2500"}, {"มีสิทธิ": "บางที"}, "บางที"),
        ({"วันเกิด": "2500"}, {"บัตรคนพิการยังไม่หมดอายุ": "ใช่"}, "บัตรคนพิการยังไม่หมดอายุ"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_name_of_the_case_and_the_word(given, expected, word) -> None:
    with pytest.raises(CasesRefused) as refused:
        read_case("old_age_allowance", "กรณีของฉัน", "1 ม.ค. 2569", given, expected)
    assert "กรณีของฉัน" in str(refused.value)
    assert word in str(refused.value)


def test_codes_and_thai_words_say_the_same() -> None:
    thai = read_case("adult_diapers", "ก", "21 พ.ย. 2569", {"คะแนน ADL (0–20)": 6}, {"มีสิทธิ": "ใช่"})
    code = read_case("adult_diapers", "ก", "2026-11-21", {"adl_score": 6}, {"entitled": "yes"})
    assert thai == code
