"""Who comes first, and why: red cases before all, and a sentence for each."""

from typing import Any

import pytest
from tests.people.town import row, tell

from mudmai.needs import queries, services
from mudmai.needs.queries import NeedFilter, ranked_page
from mudmai.needs.rules.priority import reasons, terms, usual_weights
from mudmai.needs.rules.priority_terms import codes, is_about_persons
from mudmai.people.rules.catalogue import catalogue

pytestmark = pytest.mark.django_db


def lines(user: Any, **keep: Any) -> list[queries.RankedLine]:
    services.assess_due()
    return ranked_page(user, NeedFilter(**keep)).rows


def told(line: queries.RankedLine) -> set[str]:
    return {reason.code for reason in line.reasons}


def pan(**said: Any) -> Any:
    return row("ปั้น", "ใจดี", house="12", title="นาง", birth_date="1950-03-01", **said)


def test_every_reason_has_its_words_and_a_condition_that_can_be_read():
    assert codes() <= catalogue().attributes.keys()
    for code, reason in reasons().items():
        assert all((reason.th, reason.en, reason.th_label, reason.en_label)), code
        assert not isinstance(reason.when, str) or reason.when in terms(), code
        assert not reason.asks or (reason.th_unknown and is_about_persons(reason.asks)), code
        assert reason.confidence in set("ABCK"), code
    assert {code for code, reason in reasons().items() if reason.red} == {
        "bedridden_uncared", "dependent_alone", "very_old_alone", "self_harm", "child_without_adult", "orphan",
    }  # fmt: skip
    assert usual_weights().bands == {5: 25, 9: 60}


def test_a_bedridden_woman_whom_nobody_cares_for_is_red_and_the_line_says_why(somsri):
    tell(
        pan(adl_group="bedridden", adl_score=3, caregiver_state="none"),
        row("สม", house="12", birth_date="1990"),
        row("มาลี", house="1", birth_date="1990"),
        row("มานี", house="1", birth_date="1990"),
    )
    first, second = lines(somsri)
    assert first.red
    assert first.urgency == 9
    assert not second.red
    assert "นางปั้น ใจดี อายุ 76 ปี ติดเตียง (ADL 3) ไม่มีผู้ดูแล" in [reason.sentence for reason in first.reasons]
    assert first.why.startswith("กรณีแดง: นางปั้น ใจดี อายุ 76 ปี ติดเตียง (ADL 3) ไม่มีผู้ดูแล")


def test_where_nobody_told_of_a_carer_it_is_said_and_gives_no_points(somsri):
    tell(pan(adl_group="bedridden"), row("สม", house="12", birth_date="1990"))
    [line] = lines(somsri)
    assert "bedridden_uncared" not in told(line)
    assert not line.red
    assert "ยังไม่ทราบว่า นางปั้น ใจดี ซึ่งติดเตียง มีผู้ดูแลหรือไม่" in [each.sentence for each in line.unknown]
    assert all(each.points == 0 for each in line.unknown)


@pytest.mark.parametrize(
    "said",
    [{"caregiver_state": "always"}, {"caregiver_name": "สม ใจดี"}, {"caregiver_relation": "child"}],
)
def test_a_carer_who_was_told_in_any_way_is_a_carer(somsri, said):
    tell(pan(adl_group="bedridden", **said), row("สม", house="12", birth_date="1990"))
    [line] = lines(somsri)
    assert "bedridden" in told(line)
    assert not line.red
    assert not [u for u in line.unknown if u.code == "bedridden_uncared"]


def test_what_was_told_of_the_state_of_care_goes_before_an_older_name(somsri):
    tell(pan(adl_group="bedridden", caregiver_name="สม ใจดี", caregiver_state="none"), row("สม", house="12"))
    [line] = lines(somsri)
    assert line.red


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"adl_group": "homebound"}, "dependent_alone"),
        ({"disability_registered": True, "self_care": False}, "dependent_alone"),
        ({"birth_date": "1945-01-01"}, "very_old_alone"),
    ],
)
def test_who_lives_alone_and_depends_on_others_is_red(somsri, said, reason):
    tell(row("ปั้น", "ใจดี", house="12", **{"birth_date": "1950-03-01"} | said))
    [line] = lines(somsri)
    assert line.red
    assert reason in told(line)


def test_a_house_where_more_were_told_to_live_is_not_taken_for_one_of_somebody_alone(somsri):
    tell(row("ปั้น", house="12", birth_date="1940-01-01", member_count_told=3))
    [line] = lines(somsri)
    assert not line.red


def test_children_without_an_adult_are_red_and_with_one_they_are_not(somsri):
    tell(row("เล็ก", house="7", birth_date="2015-01-01"), row("โต", house="7", birth_date="2010-01-01"))
    [line] = lines(somsri)
    assert line.red
    assert "child_without_adult" in told(line)
    tell(row("แม่", house="7", birth_date="1985-01-01"))
    [line] = lines(somsri)
    assert not line.red


def test_a_birth_date_that_is_not_known_makes_nobody_a_child_or_old(somsri):
    tell(row("เล็ก", house="7", birth_date="2015-01-01"), row("ใคร", house="7"))
    [line] = lines(somsri)
    assert not line.red
    assert "child_without_adult" not in told(line)


def test_an_alert_is_red_for_everybody_and_named_only_to_those_who_see_mental_health(somsri, wichai, noi):
    tell(row("มาลี", house="5", birth_date="1990", self_harm_alert=True), row("สม", house="5", birth_date="1990"))
    [line] = lines(wichai)
    assert line.red
    assert "self_harm" in told(line)
    assert line.hidden == 0
    for other in (somsri, noi):
        [line] = lines(other)
        assert line.red
        assert line.urgency == 9
        assert line.score >= 60
        assert "self_harm" not in told(line)
        assert line.hidden >= 1
        assert "สุขภาพจิต" not in line.why
        assert ranked_page(other, NeedFilter(reason="self_harm")).rows == []
    assert len(lines(wichai, reason="self_harm")) == 1


def test_a_volunteer_sees_that_there_is_more_but_not_what(noi):
    tell(pan(adl_group="bedridden", caregiver_state="none"), row("สม", house="12", birth_date="1990"))
    [line] = lines(noi)
    assert line.red
    assert "bedridden_uncared" not in told(line)
    assert "ติดเตียง" not in line.why
    assert line.hidden >= 1


def test_what_a_visitor_told_to_be_very_urgent_is_so_whatever_the_points(somsri):
    tell(row("มาลี", house="5", birth_date="1990", needs=["diapers"], need_urgency="9"))
    [line] = lines(somsri)
    assert line.urgency == 9
    assert not line.red
    assert any("เร่งด่วนมาก: ผ้าอ้อม" in reason.sentence for reason in line.reasons)


def test_three_disabled_people_count_three_times_and_more_do_not(somsri):
    tell(*(row(f"คน{n}", house="5", birth_date="1990", disability_registered=True) for n in range(5)))
    [line] = lines(somsri)
    points = sorted(reason.points for reason in line.reasons if reason.code == "disabled")
    assert points == [0, 0, 10, 10, 10]
    assert line.score == sum(reason.points for reason in line.reasons)


def test_the_points_of_the_lines_add_up_to_the_score(somsri):
    tell(
        pan(adl_group="bedridden", caregiver_state="none", disability_registered=True, need_urgency="5"),
        row(about="household", house="12", house_state="unsafe", housing_tenure="none"),
    )
    [line] = lines(somsri)
    assert line.score == sum(reason.points for reason in line.reasons)
    assert [reason.red for reason in line.reasons] == sorted((reason.red for reason in line.reasons), reverse=True)


def test_the_next_reason_of_the_same_person_leaves_the_name_out(wichai):
    tell(pan(adl_group="bedridden", caregiver_state="none", disability_registered=True), row("สม", house="12"))
    [line] = lines(wichai)
    [second] = [reason for reason in line.reasons if reason.code == "disabled"]
    assert second.sentence == "นางปั้น ใจดี อายุ 76 ปี เป็นคนพิการ"
    assert second.brief == "เป็นคนพิการ"
    assert line.why.count("นางปั้น") == 1


def test_an_age_that_nobody_reaches_is_said_to_be_checked(somsri):
    tell(row("ปั้น", house="12", title="นาง", birth_date="1900-01-01"))
    [line] = lines(somsri)
    assert "นางปั้น ใจดี อายุ 126 ปี (ตามทะเบียน ควรตรวจสอบ) สูงอายุมากและอยู่คนเดียว" in line.why
