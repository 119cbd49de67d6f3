"""Files of parameters: what is shipped holds together, and what does not is refused with a sentence."""

from datetime import date
from pathlib import Path

import pytest
from tests.rights.crowds import frame_of

from mudmai.rights.rules.engine import evaluate
from mudmai.rights.rules.parameters import RowsRefused, read_folder, shipped
from mudmai.rights.rules.programmes import CONDITIONS, PROGRAMMES
from mudmai.rights.rules.rows import GRADES, Row, effective, faults, value_on

GOOD = """
amount:
  kind: number
  unit: baht/month
  label: {th: อัตรา, en: rate}
  rows:
    - {from: 2020-01-01, to: 2020-12-31, value: 500, legal_basis: ระเบียบ, confidence: A}
    - {from: 2021-01-01, value: 600, legal_basis: ระเบียบ, confidence: A}
"""


def read(folder: Path, text: str) -> dict:
    (folder / "my_rule.yaml").write_text(text, encoding="utf-8")
    return read_folder(folder)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(RowsRefused) as refused:
        read(folder, text)
    return str(refused.value)


def test_a_file_is_read_with_its_rows(tmp_path) -> None:
    rate = read(tmp_path, GOOD)["my_rule.amount"]
    assert [(each.first, each.value) for each in effective(rate)] == [(date(2020, 1, 1), 500), (date(2021, 1, 1), 600)]
    assert (rate.programme, rate.label("th"), rate.file) == ("my_rule", "อัตรา", "my_rule.yaml")


def test_a_gap_is_refused_with_file_parameter_days_and_cure(tmp_path) -> None:
    words = refusal(tmp_path, GOOD.replace("to: 2020-12-31", "to: 2020-10-31"))
    assert "my_rule.yaml" in words
    assert "my_rule.amount" in words
    assert "1 พ.ย. 2563" in words
    assert "31 ธ.ค. 2563" in words


def test_an_overlap_is_refused_with_the_days_of_both(tmp_path) -> None:
    words = refusal(tmp_path, GOOD.replace("to: 2020-12-31", "to: 2021-03-31"))
    assert "my_rule.amount" in words
    assert "1 ม.ค. 2564" in words
    assert "31 มี.ค. 2564" in words


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("confidence: A}", "confidence: Z}", "A, B, C"),
        ("value: 600", "value: six hundred", ""),
        ("from: 2021-01-01", "from: 1 มกราคม 2564", "1 มกราคม 2564"),
        ("from: 2021-01-01", "from: 2564-01-01", "2564"),
        ("legal_basis: ระเบียบ", "basis: ระเบียบ", "basis"),
        ("kind: number", "kind: money", "number"),
        ("unit:", "units:", "units"),
        ("value: 600, legal_basis: ระเบียบ", "value: 600", ""),
        ("value: 600", "value: -5", ""),
        ("amount:\n", "amount: [\n", ""),
        ("amount:\n", "amount: 1\namount:\n", "amount"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_name_of_the_file(tmp_path, old, new, named) -> None:
    words = refusal(tmp_path, GOOD.replace(old, new))
    assert "my_rule.yaml" in words
    assert named in words


def test_shipped_rows_hold_together_and_name_their_law() -> None:
    for parameter in shipped().values():
        assert faults(parameter) == []
        assert parameter.th, parameter.name
        assert parameter.en, parameter.name
        for row in parameter.rows:
            assert row.legal_basis, parameter.name
            assert row.confidence in GRADES
            assert row.reviewed, parameter.name


def test_every_parameter_is_used_by_some_programme() -> None:
    used = {name for programme in PROGRAMMES.values() for name in programme.parameters}
    apart = {name for name in shipped() if name.startswith("projection.")}
    # How a card is renewed changes dates, not conditions.
    dates_only = {"common.renew_months_before", "common.certificate_after_months"}
    assert shipped().keys() - used - apart == dates_only
    assert used <= shipped().keys()


def test_every_condition_and_programme_is_said_in_both_languages() -> None:
    for condition in CONDITIONS.values():
        for said in (condition.label, condition.met, condition.not_met, condition.unknown, condition.ask):
            assert said("th"), condition.code
            assert said("en"), condition.code
            assert said("th") != said("en"), condition.code
    for programme in PROGRAMMES.values():
        assert len(programme.documents("th")) == len(programme.documents("en"))
        assert programme.legal_basis
        assert programme.confidence in GRADES
        assert programme.guarded == ("guarded" in programme.classes)


def test_proposals_are_kept_and_never_used() -> None:
    steps = shipped()["old_age_allowance.steps"]
    proposed = [row for row in steps.rows if not row.in_force]
    assert {row.value[-1][1] for row in proposed} == {1000, 1250}
    assert dict(value_on(steps, (), date(2026, 11, 21)))[90] == 1000
    assert dict(value_on(steps, (), date(2026, 11, 21)))[60] == 600


def test_a_rate_of_the_office_is_added_or_takes_over_from_its_day_on() -> None:
    born = (-3000, -3000)  # 1961
    frame = frame_of([{"born": born, "registered": "52030601", "nationality": 1}], on=date(2026, 11, 21))
    more = Row(
        "old_age_allowance.steps", date(2026, 11, 1), date(2026, 11, 30), ((60.0, 50.0),), "add", legal_basis="มติ",
        office=True,
    )  # fmt: skip
    new = Row("old_age_allowance.steps", date(2026, 12, 1), None, ((60.0, 900.0),), legal_basis="มติ", office=True)

    def amount(on: date, *rows: Row) -> float:
        return float(evaluate(frame, on, ["old_age_allowance"], rows)["old_age_allowance"].amount[0])

    assert amount(date(2026, 11, 21)) == 600
    assert amount(date(2026, 11, 21), more, new) == 650
    assert amount(date(2026, 12, 1), more, new) == 900
    assert amount(date(2026, 10, 31), more, new) == 600


def test_a_programme_that_had_not_begun_is_not_in_force() -> None:
    found = evaluate(frame_of([{"adl_score": 3.0}]), date(2022, 5, 1), ["adult_diapers"])["adult_diapers"]
    assert not found.in_force
    assert found.entitled.tolist() == [-1]
    assert found.finding.tolist() == [0]


def test_an_unknown_birth_day_counts_as_the_first_where_the_office_says_so() -> None:
    year = (-1461, -1096)  # all of B.E. 2509
    frame = frame_of([{"born": year, "registered": "52030601", "nationality": 1}], on=date(2026, 6, 15))
    row = Row("common.unknown_birth_day_is_first", date(2000, 1, 1), None, True, legal_basis="มติ", office=True)
    strict = evaluate(frame, programmes=["old_age_allowance"])["old_age_allowance"]
    told = evaluate(frame, programmes=["old_age_allowance"], rows=[row])["old_age_allowance"]
    assert (strict.entitled.tolist(), told.entitled.tolist()) == ([0], [1])


def test_the_document_names_every_programme_and_every_row() -> None:
    text = (Path(__file__).parents[2] / "docs/rules/entitlements.md").read_text(encoding="utf-8")
    for code, programme in PROGRAMMES.items():
        assert f"(`{code}`)" in text
        assert programme.source in text
    for parameter in shipped().values():
        for row in parameter.rows if parameter.programme != "projection" else ():
            line = f"| `{parameter.name}` | {row.valid_from} | {row.valid_to or ''} |"
            assert any(each.startswith(line) and f"| {row.confidence} |" in each for each in text.splitlines()), line
