"""The server checks a whole submission again: an honest one has no problem, each change somebody makes is found."""

import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mudmai.surveys.rules.instances import fill
from mudmai.surveys.rules.xform import (
    Checked,
    EncryptedSubmission,
    Group,
    NotAnXForm,
    NotASubmission,
    XForm,
    read_envelope,
)
from mudmai.surveys.rules.xform.checking import MOST_REPEATS

from .filling import TODAY, fill_in, media_for, tampered
from .forms import house_form, house_xml, real_forms

PUN: Group = {"given_name": "ปั้น", "birth_date": "1950-03-15", "adl_score": "11"}
NID: Group = {"given_name": "นิด", "birth_date": "2015-06-01"}
HOUSE: Group = {
    "visit_outcome": "done",
    "house": {
        "house_number": "12/3",
        "point": "18.19 99.4 250 4.5",
        "district": "kokha",
        "village": "v2",
        "water": "tap well",
        "photo": "1732.jpg",
        "members": [PUN, NID],
        "pets": "2",
        "pet": [{"pet_name": "ดำ"}, {"pet_name": "แดง"}],
    },
}
NUMBER = uuid.UUID("0193a6c0-0000-7000-8000-000000000001")


def sent(**house: object) -> bytes:
    """The honest submission, with some answers of the house changed before it is filled in."""
    return fill(house_form(), {**HOUSE, "house": {**HOUSE["house"], **house}}, today=TODAY, instance_id=NUMBER)


def check(xml: bytes, today: date = TODAY) -> Checked:
    return house_form().check(xml, today=today)


def kinds(xml: bytes | str) -> list[tuple[str, str]]:
    return [(one.kind, one.path) for one in check(xml.encode() if isinstance(xml, str) else xml).problems]


def changed(before: str, after: str) -> str:
    text = sent().decode()
    assert before in text
    return text.replace(before, after)


def test_an_honest_submission_has_no_problem_and_tells_its_answers() -> None:
    checked = check(sent())
    assert checked.problems == []
    assert checked.instance_id == f"uuid:{NUMBER}"
    assert (checked.form_id, checked.version) == ("house_test", "2569-11")
    house = checked.answers["house"]
    assert [one["age"] for one in house["members"]] == ["76", "11"]
    assert [one["given_name"] for one in house["members"]] == ["ปั้น", "นิด"]
    assert "adl_score" not in house["members"][1], "nobody asks a child"
    assert (house["people"], house["old"]) == ("2", "1")
    assert checked.files == ["1732.jpg"]
    assert checked.ended - checked.started == timedelta(minutes=10)


def test_what_is_not_relevant_is_not_sent_and_not_asked_for() -> None:
    refused = fill(house_form(), {**HOUSE, "visit_outcome": "refused"}, today=TODAY)
    assert b"house_number" not in refused
    checked = check(refused)
    assert checked.problems == []
    assert "house" not in checked.answers


@pytest.mark.parametrize(
    ("before", "after", "kind", "path"),
    [
        ("12/3", "12/x", "constraint", "/data/house/house_number"),
        ("<house_number>12/3</house_number>", "<house_number/>", "required", "/data/house/house_number"),
        ("<house_number>12/3</house_number>", "", "required", "/data/house/house_number"),
        ("ปั้น", "", "required", "/data/house/members[1]/given_name"),
        ("<age>76</age>", "<age>12</age>", "calculate", "/data/house/members[1]/age"),
        ("1950-03-15", "2050-03-15", "constraint", "/data/house/members[1]/birth_date"),
        ("1950-03-15", "15 มีนาคม 2493", "type", "/data/house/members[1]/birth_date"),
        ("1950-03-15", "1950-02-30", "type", "/data/house/members[1]/birth_date"),
        ("<adl_score>11<", "<adl_score>21<", "constraint", "/data/house/members[1]/adl_score"),
        ("<adl_score>11<", "<adl_score>ten<", "type", "/data/house/members[1]/adl_score"),
        ("<adl_score>11<", "<adl_score>99999999999<", "type", "/data/house/members[1]/adl_score"),
        ("tap well", "tap none", "constraint", "/data/house/water"),
        ("tap well", "tap river", "choice", "/data/house/water"),
        ("tap well", "tap tap", "choice", "/data/house/water"),
        ("<village>v2<", "<village>v3<", "choice", "/data/house/village"),
        ("<visit_outcome>done<", "<visit_outcome>perhaps<", "choice", "/data/visit_outcome"),
        ("<people>2<", "<people>3<", "calculate", "/data/house/people"),
        ("<pet_name>แดง", "<pet_name2>แดง", "unknown", "/data/house/pet[2]/pet_name2"),
        ("<pets>2<", "<pets>3<", "repeat_count", "/data/house/pet"),
        ("18.19 99.4", "98.19 99.4", "type", "/data/house/point"),
        ("18.19 99.4 250 4.5", "18.19 99.4 250 -1", "type", "/data/house/point"),
        ("1732.jpg", "../../../etc/passwd", "type", "/data/house/photo"),
        ("<given_name>นิด", "<adl_score>5</adl_score><given_name>นิด", "irrelevant", "/data/house/members[2]/adl_score"),
        ("<water>", "<water>tap</water><water>", "duplicate", "/data/house/water"),
        (f"uuid:{NUMBER}", "", "instance_id", "/data"),
        ('version="2569-11"', 'version="2568-01"', "wrong_form", "/data"),
        ('id="house_test"', 'id="another"', "wrong_form", "/data"),
    ],
)
def test_each_change_is_found(before: str, after: str, kind: str, path: str) -> None:
    after = after.replace("<pet_name2>แดง", "<pet_name2>แดง</pet_name2><pet_name>")
    assert (kind, path) in kinds(changed(before, after))


def test_the_forms_own_sentence_is_told_in_thai() -> None:
    [problem] = check(changed("12/3", "บ้านริมน้ำ").encode()).problems
    assert problem.message == "บ้านเลขที่เป็นตัวเลข เช่น 12/3"
    assert problem.told == "บ้านริมน้ำ"


def test_the_good_answers_of_a_bad_submission_are_still_told() -> None:
    checked = check(changed("12/3", "12/x").encode())
    assert checked.answers["house"]["members"][0]["given_name"] == "ปั้น"


def test_an_age_is_right_on_the_day_the_draft_was_filled_however_late_it_arrives() -> None:
    xml = sent()
    assert check(xml, TODAY + timedelta(days=2000)).problems == []


def test_a_phone_with_a_wrong_clock_is_not_held_for_a_liar() -> None:
    long_ago = fill(
        house_form(), HOUSE, today=date(2017, 1, 1), started=datetime(2017, 1, 1, 8, tzinfo=UTC), instance_id=NUMBER
    )
    assert b"<age>66</age>" in long_ago
    assert check(long_ago).problems == []


def test_a_draft_left_open_over_a_birthday_is_honest_with_either_age() -> None:
    text = sent().decode().replace("1950-03-15", "1950-11-01")
    text = re.sub(r"<start>[^<]*", "<start>2026-10-25T09:00:00.000+07:00", text)
    for age in ("75", "76"):
        assert kinds(re.sub(r"<age>76", f"<age>{age}", text)) == []
    assert ("calculate", "/data/house/members[1]/age") in kinds(text.replace("<age>76", "<age>74"))


def test_old_namespaces_and_templates_of_other_clients_are_understood() -> None:
    text = sent().decode()
    spaced = re.sub(r"<(/?)(meta|instanceID)>", r"<\1orx:\2>", text)
    assert "<orx:instanceID>uuid" in spaced
    assert kinds(spaced) == []
    template = '<members xmlns:jr="http://openrosa.org/javarosa" jr:template=""><given_name/></members><members>'
    assert kinds(text.replace("<members>", template, 1)) == []
    assert (
        kinds(text.replace("<instanceID>", "<deviceID>collect:x</deviceID><audit>audit.csv</audit><instanceID>")) == []
    )


def test_five_hundred_members_get_a_clear_answer_and_nothing_is_lost() -> None:
    many = [{"given_name": f"คนที่ {place}", "birth_date": "1990-01-01"} for place in range(500)]
    checked = check(sent(members=many))
    assert [(one.kind, one.told, one.expected) for one in checked.problems] == [("too_many", "500", str(MOST_REPEATS))]
    assert len(checked.answers["house"]["members"]) == 500


def test_encrypted_and_unreadable_submissions_are_refused_in_words() -> None:
    encrypted = b'<data id="house_test" encrypted="yes"><base64EncryptedKey>x</base64EncryptedKey></data>'
    with pytest.raises(EncryptedSubmission, match=r"encrypted|เข้ารหัส"):
        read_envelope(encrypted)
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><data id="house_test">&b;</data>'
    for bad in (b"", b"not xml", b"<data id='x'>", bomb, b"\xff\xfe\x00", b"<data>" + b"x" * 10_000_001 + b"</data>"):
        with pytest.raises(NotASubmission):
            house_form().check(bad, today=TODAY)
    with pytest.raises(NotASubmission):
        house_form().check(b"<other id='house_test' version='2569-11'/>", today=TODAY)


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<a/>",
        "not xml",
        '<h:html xmlns:h="http://www.w3.org/1999/xhtml"/>',
        house_xml().replace("count(", "count(("),
        house_xml().replace(". &lt;= today()", ". &lt;= today(1, 2)"),
        house_xml().replace(". &lt;= today()", "(" * 500 + "1" + ")" * 500),
        house_xml().replace("<instance>", "<something>", 1).replace("</instance>", "</something>", 1),
    ],
)
def test_what_is_no_form_is_refused(xml: str) -> None:
    with pytest.raises(NotAnXForm):
        XForm.parse(xml)


def test_a_form_tells_its_questions() -> None:
    form = house_form()
    assert (form.id, form.version, form.title) == ("house_test", "2569-11", "แบบสำรวจบ้าน")
    assert form.repeats == ("/data/house/members", "/data/house/pet")
    water = form.fields["/data/house/water"]
    assert (water.type, water.said("th"), water.said("en"), water.choice_said("well")) == (
        "select_multiple",
        "น้ำ",
        "Water",
        "บ่อ",
    )
    name = form.fields["/data/house/members/given_name"]
    assert (name.repeat, name.required, name.type) == ("/data/house/members", True, "string")
    assert form.fields["/data/house/members/age"].calculated
    assert [choice.value for choice in form.fields["/data/house/village"].choices] == ["v1", "v2", "v3"]
    assert form.unknown_functions == frozenset()


def test_the_number_of_a_submission_is_its_own_or_made_of_what_it_is_called() -> None:
    envelope = read_envelope(sent())
    assert (envelope.form_id, envelope.version, envelope.id) == ("house_test", "2569-11", NUMBER)
    other = read_envelope(changed(f"uuid:{NUMBER}", "briefcase-17").encode())
    assert other.id == read_envelope(changed(f"uuid:{NUMBER}", " briefcase-17 ").encode()).id
    assert read_envelope(changed(f"uuid:{NUMBER}", "").encode()).id is None


@given(st.integers(0, 2**32))
def test_whatever_is_answered_honestly_is_without_a_flag_and_whatever_is_changed_is_found(seed: int) -> None:
    filled = fill_in(house_form(), seed)
    assert check(filled.xml).problems == []
    for one in tampered(house_form(), filled):
        assert one.kind in {problem.kind for problem in check(one.xml).problems}, (one.kind, one.path)


def test_the_real_forms_can_be_filled_and_are_re_checked(shared_data: Callable[[str], Path]) -> None:
    forms = real_forms(shared_data("xlsforms"))
    assert len(forms) >= 15
    for name, xml in forms.items():
        media = media_for(xml)
        form = XForm.parse(xml, media)
        for seed in range(3):
            filled = fill_in(form, seed, blank=0.0 if seed == 1 else 0.3)
            assert form.check(filled.xml, today=TODAY).problems == [], name
        for one in tampered(form, filled):
            assert one.kind in {p.kind for p in form.check(one.xml, today=TODAY).problems}, (name, one.kind, one.path)
