"""A scale says the same on the phone and on the server, counts nothing it was not told, and warns without waiting."""

import itertools
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mudmai.people.rules.catalogue import catalogue
from mudmai.surveys.rules.instances import fill
from mudmai.surveys.rules.ready.rows import Sheets
from mudmai.surveys.rules.ready.workbook import workbook
from mudmai.surveys.rules.scales import band, measure_rows, measured, measures, scale_rows, scales, score
from mudmai.surveys.rules.scales.formulas import formula
from mudmai.surveys.rules.xform import Group, XForm
from mudmai.surveys.rules.xlsform import convert

TODAY = date(2026, 11, 21)
FORMS: dict[str, XForm] = {}


def form_of(code: str) -> XForm:
    """The scale or measure alone, as a form that phones get."""
    if code not in FORMS:
        if code in scales():
            rows = scale_rows(scales()[code])
            sheets = Sheets(tuple(rows.survey), rows.lists)
        else:
            asked = [
                {"type": "decimal", "name": name, "th": name, "en": name}
                for name in ("weight_kg", "height_cm", "years")
            ]
            sheets = Sheets((*asked, *measure_rows(measures()[code]).survey), {})
        book = workbook(sheets, form_id=code, title=code, version="1")
        FORMS[code] = XForm.parse(convert(book, f"{code}.xlsx", now=datetime(2026, 11, 21)).xform)
    return FORMS[code]


def on_the_phone(code: str, answers: dict[str, str]) -> dict[str, str]:
    """Every node of the form, by name, after these answers."""
    scale = scales()[code]
    told: Group = {f"scale_{code}": {scale.item_name(item): answer for item, answer in answers.items()}}
    form = form_of(code)
    checked = form.check(fill(form, told, today=TODAY), today=TODAY)
    assert [problem for problem in checked.problems if problem.kind != "required"] == []
    inside = checked.answers[f"scale_{code}"]
    assert isinstance(inside, dict)
    return {name: value for name, value in inside.items() if isinstance(value, str)}


def answers_to(code: str, *, partly: bool = True) -> st.SearchStrategy[dict[str, str]]:
    items = {item.code: st.sampled_from([choice.code for choice in item.choices]) for item in scales()[code].items}
    return st.fixed_dictionaries({}, optional=items) if partly else st.fixed_dictionaries(items)


@pytest.mark.parametrize("code", scales())
def test_phone_and_server_come_to_the_same(code):
    scale = scales()[code]

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(answers_to(code) | answers_to(code, partly=False))
    def the_same(answers):
        here, there = score(code, answers), on_the_phone(code, answers)
        assert there[scale.total_name] == ("" if here.total is None else str(here.total))
        assert there[scale.group_name] == (here.group or "")
        assert there[f"{scale.prefix}_left"] == str(len(here.missing))
        if scale.alerts:
            assert there[f"{scale.prefix}_alert"] == ("yes" if here.alerts else "" if here.missing else "no")
        if scale.ltc_as:
            told = {group.code: str(group.ltc) for group in scale.groups}
            assert there[scale.ltc_as] == told.get(here.group or "", "")

    the_same()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.floats(2, 200).map(lambda kg: round(kg, 1)), st.floats(45, 220).map(lambda cm: round(cm, 1)), st.integers(0, 110)
)
def test_phone_and_server_work_out_a_measure_alike(weight, height, years):
    values = {"weight_kg": weight, "height_cm": height, "years": years}
    for code in ("bmi", "osta"):
        form = form_of(code)
        answers = form.check(fill(form, {k: f"{v}" for k, v in values.items()}, today=TODAY), today=TODAY).answers
        here = measured(code, values)
        assert here is not None
        assert float(str(answers[code])) == here


@pytest.mark.parametrize("code", scales())
def test_every_total_has_one_group(code):
    scale = scales()[code]
    items = [[choice.code for choice in item.choices] for item in scale.items]
    short = itertools.product(*items) if code != "barthel" and len(items) < 9 else []
    for answers in short:
        told = score(code, dict(zip([item.code for item in scale.items], answers, strict=True)))
        assert told.group is not None, answers


@pytest.mark.parametrize("total", range(21))
def test_barthel_groups_by_the_total(total):
    left, answers = total, {}
    for item in scales()["barthel"].items:
        points = min(left, max(item.points.values()))
        answers[item.code] = str(points)
        left -= points

    found = score("barthel", answers)

    assert found.total == total
    assert found.group == ("bedridden" if total <= 4 else "homebound" if total <= 11 else "active")


def test_what_is_not_known_is_never_zero():
    answers = {item.code: "0" for item in scales()["barthel"].items[1:]}

    found = score("barthel", answers)

    assert (found.total, found.group, found.missing) == (None, None, ("feeding",))
    assert score("barthel", {**answers, "feeding": "0"}).total == 0


def test_nine_zeros_and_one_thought_of_self_harm_warn_before_the_rest_is_asked():
    assert score("q9", {"self_harm": "1"}).alerts == ("self_harm_thought",)
    assert score("q9", {item.code: "0" for item in scales()["q9"].items}).alerts == ()


@pytest.mark.parametrize("item", ["wish_dead", "wish_harm", "thought", "ever"])
def test_any_yes_of_8q_warns_at_once(item):
    assert "suicide_risk" in score("q8", {item: "yes"}).alerts


def test_8q_asks_for_the_plan_only_after_the_thought_and_reaches_52():
    quiet = {"wish_dead": "no", "wish_harm": "no", "thought": "no", "ever": "no"}
    worst = {item.code: "cannot" if item.code == "urge" else "yes" for item in scales()["q8"].items}

    assert score("q8", quiet).group == "none"
    # What was answered before "no" was chosen counts no more.
    assert score("q8", {**quiet, "plan": "yes"}) == score("q8", quiet)
    assert score("q8", {**quiet, "thought": "yes"}).missing == ("urge", "plan", "prepare", "hurt", "attempt")
    assert (score("q8", worst).total, score("q8", worst).group) == (52, "severe")
    assert score("q8", worst).alerts == ("suicide_risk", "suicide_now")


@pytest.mark.parametrize(
    ("move", "mind", "eat", "toilet", "group", "ltc"),
    [
        (5, 5, 5, 5, "b5", 0),
        (3, 4, 4, 5, "b4", 0),
        (4, 5, 3, 5, "b3", 1),
        (5, 3, 5, 4, "c4", 2),
        (5, 2, 3, 5, "c3", 2),
        (5, 2, 3, 3, "c2", 2),
        (2, 5, 5, 0, "i3", 3),
        (0, 5, 3, 0, "i2", 4),
        (1, 0, 1, 0, "i1", 4),
    ],
)
def test_tai_goes_by_its_rule_and_not_by_the_sum(move, mind, eat, toilet, group, ltc):
    answers = {"move": str(move), "mind": str(mind), "eat": str(eat), "toilet": str(toilet)}

    assert score("tai", answers).group == group
    assert next(each.ltc for each in scales()["tai"].groups if each.code == group) == ltc


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("systolic", 180, "urgent"),
        ("systolic", 139, None),
        ("blood_sugar", 69, "low"),
        ("blood_sugar", 126, "suspect"),
        ("bmi", 18.5, "normal"),
        ("osta", -4, "moderate"),
        ("osta", -4.1, "high"),
    ],
)
def test_a_value_falls_into_its_band(code, value, expected):
    assert band(code, value) == expected


def test_an_answer_that_is_no_choice_is_refused():
    with pytest.raises(ValueError, match="7"):
        score("barthel", {"feeding": "7"})


@pytest.mark.parametrize("text", ["a != 1", "not a", "f(a)", "a < 1 < 2", "a ** 2", "a if b else c"])
def test_a_formula_has_no_words_that_the_unknown_could_make_true(text):
    with pytest.raises(ValueError, match="formula"):
        formula(text)


def test_the_catalogue_knows_every_result_by_the_same_words():
    attributes, lists = catalogue().attributes, catalogue().lists
    for scale in scales().values():
        if scale.group_name not in attributes:
            continue
        known = lists[attributes[scale.group_name].list]
        assert {group.code for group in scale.groups} <= known.keys(), scale.code
        if attributes[scale.group_name].list == scale.group_name and scale.code not in ("q2",):
            assert {g.code: g.th for g in scale.groups} == {code: known[code].th for code in known}, scale.code


def test_every_scale_says_where_it_is_from_and_when_it_was_looked_at():
    for each in (*scales().values(), *measures().values()):
        assert each.source
        assert each.confidence in {"A", "B", "C", "K"}
        assert each.reviewed == "2569-11"
