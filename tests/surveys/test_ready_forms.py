"""Each ready form is whole in both languages, survives Excel, and asks what the answers before call for."""

import io
import re
from datetime import date, datetime
from functools import cache

import openpyxl
import pytest
from tests.surveys import filling

from mudmai.people.rules.catalogue import attributes_of, catalogue
from mudmai.surveys.rules.instances import fill
from mudmai.surveys.rules.mapping import uses_of
from mudmai.surveys.rules.ready import ready_form, ready_forms
from mudmai.surveys.rules.ready.forms import NoSuchReadyForm
from mudmai.surveys.rules.scales import scales
from mudmai.surveys.rules.xform import Checked, Group, XForm
from mudmai.surveys.rules.xlsform import convert

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9)
DONE = {"visit_date": "2026-11-20", "visit_outcome": "done"}
CODES = list(ready_forms())


@cache
def form_of(code: str) -> XForm:
    form = ready_form(code)
    return XForm.parse(convert(form.xlsx(), form.filename, now=NOW).xform, form.media())


def told(code: str, answers: Group) -> Checked:
    """What the server makes of a phone's answers."""
    form = form_of(code)
    return form.check(fill(form, answers, today=TODAY), today=TODAY)


def flat(group: Group) -> dict[str, str]:
    """All leaves by name; of repeats the first."""
    found: dict[str, str] = {}
    for name, value in group.items():
        if isinstance(value, str):
            found[name] = value
        elif isinstance(value, list):
            found |= flat(value[0]) if value else {}
        else:
            found |= flat(value)
    return found


def problems(checked: Checked) -> set[tuple[str, str]]:
    return {(problem.path.rpartition("/")[2], problem.kind) for problem in checked.problems}


@pytest.mark.parametrize("code", CODES)
def test_it_converts_without_a_remark(code):
    form = ready_form(code)
    converted = convert(form.xlsx(), form.filename, now=NOW)

    assert converted.warnings == []
    assert (converted.form_id, converted.title) == (code, form.title)
    assert form_of(code).unknown_functions == frozenset()


@pytest.mark.parametrize("code", CODES)
def test_it_speaks_both_languages_everywhere(code):
    pairs = (("th", "en"), ("hint_th", "hint_en"), ("wrong_th", "wrong_en"))
    for row in ready_form(code).sheets.survey:
        for thai, english in pairs:
            assert (thai in row) == (english in row), row
        if row["type"] not in ("start", "end", "deviceid", "hidden", "calculate", "end_group", "end_repeat"):
            assert row["th"], row
        if "constraint" in row:
            assert row["wrong_th"], row
        assert not re.search(
            "[A-Za-z]{4,}", re.sub(r"\$\{\w+\}|Mini-Cog|FRAIL|OSTA|TUGT|Thai-FRAT", "", row.get("th", ""))
        ), row
    for name, choices in ready_form(code).sheets.lists.items():
        for choice, (thai, english) in choices.items():
            assert thai, (name, choice)
            assert english, (name, choice)


@pytest.mark.parametrize("code", CODES)
def test_each_name_stands_once_and_each_list_is_used(code):
    sheets = ready_form(code).sheets
    names = [row["name"] for row in sheets.survey if "name" in row]
    used = {row["type"].split()[1] for row in sheets.survey if row["type"].startswith("select_")}

    assert len(names) == len(set(names))
    assert set(sheets.lists) == used


@pytest.mark.parametrize("code", CODES)
def test_answers_named_by_the_catalogue_stand_where_they_belong(code):
    """Of a person inside `person` or `members`, of the house outside; with the choices that the catalogue knows."""
    persons, houses, lists = attributes_of("person"), attributes_of("household"), catalogue().lists
    for path, field in form_of(code).fields.items():
        about_person = "/person/" in path or "/members/" in path
        if field.name in persons:
            assert about_person, path
        if field.name in houses:
            assert not about_person, path
        attribute = catalogue().attributes.get(field.name)
        if attribute and attribute.list and field.choices:
            assert {choice.value for choice in field.choices} <= lists[attribute.list].keys(), path


@pytest.mark.parametrize("code", CODES)
def test_where_its_answers_go_clashes_with_nothing(code):
    uses = uses_of(form_of(code), {})

    assert [(use.field.name, use.clashes) for use in uses if use.clashes] == []
    assert code == "hh_jpt38" or any(use.why == "name" for use in uses)


@pytest.mark.parametrize("code", CODES)
def test_back_from_excel_it_is_the_same_form(code):
    form = ready_form(code)
    saved = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(form.xlsx())).save(saved)

    again = convert(saved.getvalue(), "again.xlsx", now=NOW)

    assert again.xform == convert(form.xlsx(), form.filename, now=NOW).xform
    assert form.xlsx() == form.xlsx()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("code", CODES)
def test_any_allowed_answers_pass_the_server(code, seed):
    done: Group = {"visit_outcome": "done", "visit_date": filling.TODAY.isoformat()}
    filled = filling.fill_in(form_of(code), seed, done if seed % 4 else None)

    checked = form_of(code).check(filled.xml, today=filling.TODAY)

    assert checked.problems == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("outcome", ["nobody_home", "refused", "house_gone", "moved_away"])
def test_a_visit_that_was_not_done_asks_no_more_of_people(code, outcome):
    checked = told(code, {"visit_date": "2026-11-20", "visit_outcome": outcome})

    assert {name for name, _ in problems(checked)} <= {
        "house_no",
        "damage_cause",
        "damage_on",
        "damage_level",
        "danger_now",
    }
    assert not flat(checked.answers).get("given_name")
    assert checked.answers["last_visited_on"] == ""


def test_a_visit_of_tomorrow_is_refused():
    checked = told("house_pin", {"visit_date": "2026-12-24", "visit_outcome": "refused"})

    assert ("visit_date", "constraint") in problems(checked)


# ---------------------------------------------------------------- ages


def aged(birth_date: str, age: str = "") -> str:
    person: Group = {"given_name": "คำ", "birth_date": birth_date, "age": age}
    return flat(told("depression", {**DONE, "person": person}).answers)["years"]


@pytest.mark.parametrize(
    ("birth_date", "years"),
    [
        ("1950-11-20", "76"),
        ("1950-11-21", "75"),  # tomorrow
        ("1950", "76"),  # the first day counts
        ("1950-12", "75"),
        ("2026-11-20", "0"),
        ("2024-02-29", "2"),
        ("", ""),
    ],
)
def test_the_age_is_that_of_the_day_of_the_visit(birth_date, years):
    assert aged(birth_date) == years


def test_an_age_told_counts_where_no_birth_date_is_known():
    assert aged("", "64") == "64"


@pytest.mark.parametrize("birth_date", ["2026-11-21", "2569", "2493-03-15", "50", "15/3/1950", "1840"])
def test_a_birth_date_in_the_future_or_of_the_wrong_era_is_refused(birth_date):
    checked = told("depression", {**DONE, "person": {"given_name": "คำ", "birth_date": birth_date}})

    assert ("birth_date", "constraint") in problems(checked)


# ---------------------------------------------------------------- depression


def zeros(scale: str) -> dict[str, str]:
    """Every item of a scale answered with its 0."""
    return {scales()[scale].item_name(item.code): "0" for item in scales()[scale].items}


def asked(**answers: str) -> tuple[set[str], dict[str, str]]:
    """The names that the depression form still asks for, and all its leaves."""
    parts: Group = {}
    for name, value in answers.items():
        code = name.partition("_")[0]
        part = parts.setdefault(f"scale_{code}", {})
        assert isinstance(part, dict)
        part[name] = value
    checked = told("depression", {**DONE, "person": {"given_name": "คำ", "sex": "f", **parts}})
    return {name for name, kind in problems(checked) if kind == "required"}, flat(checked.answers)


def test_two_no_end_the_questions():
    left, leaves = asked(q2_down="no", q2_pleasure="no")

    assert left == set()
    assert leaves["depression_2q"] == "normal"
    assert leaves["self_harm_alert"] == "no"
    assert "depression_9q" not in leaves
    assert "told_whom" not in leaves


def test_one_yes_leads_to_nine_questions_and_seven_points_to_eight_more():
    nine = {
        f"q9_{item}": "0"
        for item in ["interest", "sad", "sleep", "tired", "appetite", "failure", "focus", "slow", "self_harm"]
    }
    left, _ = asked(q2_down="yes", q2_pleasure="no")
    assert left == set(nine)

    low, leaves = asked(q2_down="yes", q2_pleasure="no", **{**nine, "q9_sad": "3", "q9_sleep": "3"})
    assert (low, leaves["depression_9q"], leaves["self_harm_alert"]) == (set(), "none", "no")

    more, leaves = asked(q2_down="yes", q2_pleasure="no", **{**nine, "q9_sad": "3", "q9_sleep": "3", "q9_tired": "1"})
    assert (leaves["depression_9q_score"], leaves["depression_9q"]) == ("7", "mild")
    assert {"q8_wish_dead", "q8_wish_harm", "q8_thought", "q8_ever", "agrees_to_help"} == more


def test_a_thought_of_self_harm_warns_and_asks_who_was_told_before_anything_else_is_answered():
    left, leaves = asked(q2_down="yes", q2_pleasure="no", q9_self_harm="1")

    assert leaves["self_harm_alert"] == "yes"
    assert {"told_whom", "q8_wish_dead"} <= left
    notes = {field.name: field for field in form_of("depression").fields.values()}
    assert "1323" in notes["at_once_note"].said("th")
    assert notes["q9_self_harm_thought_1"].appearance == "alert"


# ---------------------------------------------------------------- home visit and screening


def test_vital_signs_that_cannot_be_are_refused_and_odd_ones_only_questioned():
    person: Group = {"given_name": "คำ", "adl_today": "no", "care": {"caregiver_state": "not_needed"}}

    def with_signs(**signs: str) -> set[tuple[str, str]]:
        return problems(told("home_visit", {**DONE, "person": {**person, "vital_signs": dict(signs)}}))

    assert with_signs(systolic="290", diastolic="170", temperature_c="33.5") == set()
    assert with_signs(systolic="400") == {("systolic", "constraint")}
    assert with_signs(systolic="80", diastolic="120") == {("diastolic", "constraint")}
    assert with_signs(diastolic="120") == set()
    assert with_signs(temperature_c="385") == {("temperature_c", "constraint")}


def test_a_home_visit_scores_adl_only_where_it_was_assessed():
    care: Group = {"caregiver_state": "none"}
    assessed: Group = {"given_name": "คำ", "adl_today": "yes", "scale_barthel": {**zeros("barthel")}, "care": care}
    passed_by: Group = {"given_name": "คำ", "adl_today": "no", "care": care}

    yes, no = (told("home_visit", {**DONE, "person": person}) for person in (assessed, passed_by))

    assert (yes.problems, no.problems) == ([], [])
    assert (flat(yes.answers)["adl_score"], flat(yes.answers)["adl_group"]) == ("0", "bedridden")
    assert "adl_score" not in flat(no.answers)
    assert yes.answers["last_visited_on"] == "2026-11-20"


def test_the_next_visit_is_after_this_one():
    person: Group = {"given_name": "คำ", "adl_today": "no", "care": {"caregiver_state": "always"}}

    checked = told("home_visit", {**DONE, "person": {**person, "closing": {"next_visit_on": "2026-11-20"}}})

    assert problems(checked) == {("next_visit_on", "constraint")}


def test_screening_asks_only_the_parts_chosen():
    checked = told(
        "elderly_screening", {**DONE, "person": {"given_name": "คำ", "birth_date": "1950", "parts": "falls"}}
    )

    assert {name for name, _ in problems(checked)} == {
        f"frat_{item}" for item in ("female", "vision", "balance", "drugs", "falls", "house")
    }


# ---------------------------------------------------------------- X-Ray


def member(**facts: str) -> Group:
    known: Group = {
        name: facts.pop(name) for name in ("person_key", "given_name", "member_event", "event_date") if name in facts
    }
    return {**known, "member_facts": dict(facts)}


def test_xray_asks_each_member_by_age_and_counts_who_lives_here():
    house = {"informant": "head", "house_state": "sound"}
    members = [
        member(
            given_name="คำ",
            member_event="here",
            birth_date="1950",
            self_care="no",
            caregiver_state="none",
            needs_help="no",
        ),
        member(given_name="ปั้น", member_event="died", event_date="2026-10-01"),
        member(given_name="ใหม่", member_event="born", birth_date="2026-09", self_care="yes", needs_help="no"),
    ]

    checked = told("xray", {**DONE, "house": dict(house), "members": members})

    assert checked.problems == []
    assert checked.answers["member_count_told"] == "2"
    old, dead, baby = checked.answers["members"]
    assert "old_age_allowance" in flat(old)
    assert "child_grant" in flat(baby)
    assert "old_age_allowance" not in flat(baby)
    assert "self_care" not in flat(dead)
    assert flat(dead)["event_date"] == "2026-10-01"


# ---------------------------------------------------------------- จปฐ. 31


MEMBER: Group = {
    "given_name": "คำ",
    "member_event": "here",
    "member_facts": {"birth_date": "1950", "disability_registered": "no", "chronic_ill": "no", "self_care": "yes"},
}
INCOME = {
    "income_main": "30000",
    "income_side": "0",
    "income_other": "8000",
    "income_own": "0",
    "household_saves": "yes",
}


def results(person: Group | None = None, **house: Group) -> dict[str, str]:
    """Results of indicators, 'NN': 'pass' | 'fail' | 'none' | ''."""
    grown: Group = {**MEMBER, **(person or {})}
    facts = MEMBER["member_facts"]
    assert isinstance(facts, dict)
    more = grown["member_facts"]
    assert isinstance(more, dict)
    grown["member_facts"] = {**facts, **more}
    leaves = flat(told("hh_jpt31", {**DONE, "members": [grown], **house}).answers)
    return {name[-2:]: value for name, value in leaves.items() if name.startswith("jpt31_")}


def test_all_31_indicators_have_a_result():
    assert sorted(results()) == [f"{number:02}" for number in range(1, 32)]


@pytest.mark.parametrize(
    ("birth_date", "applies"),
    [
        ("2026-05", {"01", "02", "03"}),
        ("2022-11-20", {"03", "15"}),
        ("2017", {"03", "07", "16", "26"}),
        ("2011-11-21", {"07", "16", "26"}),  # 14 years, the day before turning 15
        ("2011-11-20", {"07", "19", "26"}),  # 15 years
        ("1991-11-20", {"06", "07", "19", "26"}),
        ("1966-11-20", {"06", "07", "21", "26", "27"}),
    ],
)
def test_person_indicators_go_by_age(birth_date, applies):
    """Those of everybody (24, 25) and those that hang on an answer (17, 18, 20, 28, 29) aside."""
    found = results({"member_facts": {"birth_date": birth_date}})
    others = {"17", "18", "20", "24", "25", "28", "29"}
    persons = {"01", "02", "03", "06", "07", "15", "16", "19", "21", "26", "27"}

    assert {number for number in persons - others if found[number] != "none"} == applies


def test_what_is_unknown_is_neither_passed_nor_failed():
    found = results({"member_facts": {"birth_date": ""}, "member_health": {"drinks": "unknown", "smokes": "no"}})

    assert found["06"] == ""
    assert found["24"] == ""
    assert found["25"] == "pass"


def test_work_is_not_asked_of_students_nor_of_the_disabled_who_cannot_help_themselves():
    young: Group = {"birth_date": "2000"}
    student = results({"member_facts": young, "member_school": {"student": "yes"}})
    weak = results(
        {
            "member_facts": {**young, "disability_registered": "yes", "self_care": "no"},
            "member_school": {"student": "no"},
        }
    )
    idle = results(
        {"member_facts": young, "member_school": {"student": "no", "no_job": "yes", "work": "no", "trained": "no"}}
    )

    assert (student["20"], weak["20"], idle["20"]) == ("none", "none", "fail")
    assert (student["18"], idle["18"]) == ("none", "fail")


@pytest.mark.parametrize(("main", "expected"), [("30000", "pass"), ("29999", "fail")])
def test_income_a_head_is_held_against_the_line_of_the_set(main, expected):
    assert results(hh_income={**INCOME, "income_main": main})["22"] == expected


def test_a_household_indicator_fails_by_one_part_and_is_unknown_by_one_unknown():
    clean: Group = dict.fromkeys(("noise", "shaking", "dust", "smell", "foul_water", "rubbish"), "no")

    assert results(hh_place=clean)["12"] == "pass"
    assert results(hh_place={**clean, "smell": "yes"})["12"] == "fail"
    assert results(hh_place={**clean, "smell": "unknown"})["12"] == ""
    assert results(hh_place={**clean, "smell": "unknown", "dust": "yes"})["12"] == "fail"


def test_a_worn_house_fails_however_secure():
    assert results(hh_place={"house_state": "sound", "tenure_secure": "yes"})["08"] == "pass"
    assert results(hh_place={"house_state": "worn", "tenure_secure": "yes"})["08"] == "fail"
    assert results(hh_place={"house_state": "sound", "tenure_secure": "no"})["08"] == "fail"


def test_warmth_is_asked_otherwise_of_somebody_alone():
    alone = results(hh_values={"warm_alone": "yes"})

    assert alone["31"] == "pass"


# ---------------------------------------------------------------- the rest


def test_a_pin_in_the_sea_abroad_is_refused():
    pin = {"house_no": "12/3", "point": "1.3 103.8 0 5"}

    assert problems(told("house_pin", {**DONE, "house": dict(pin)})) == {("point", "constraint")}
    assert problems(told("house_pin", {**DONE, "house": {**pin, "point": "18.2 99.4 0 5"}})) == set()


def test_the_newer_38_are_not_offered_before_they_were_checked():
    assert [code for code, form in ready_forms().items() if not form.offered] == ["hh_jpt38"]
    assert "37" not in {name[-2:] for name in (f.name for f in form_of("hh_jpt38").fields.values()) if "jpt38" in name}


def test_a_form_that_is_not_there_is_told():
    with pytest.raises(NoSuchReadyForm):
        ready_form("nothing")
