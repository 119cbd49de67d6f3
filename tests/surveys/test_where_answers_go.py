"""Answers reach the registry by the names of their questions, by what the officer chose, or stay in the form."""

import pytest
from tests.surveys.excel import VISIT, excel, settings

from mudmai.audit.models import Entry
from mudmai.surveys import services
from mudmai.surveys.models import FormVersion
from mudmai.surveys.rules.mapping import Use, offered, uses_of
from mudmai.surveys.rules.xform import XForm
from mudmai.surveys.services.mapping import CannotFill

MEMBER = "/data/members/birthday_told"


def uses(version: FormVersion) -> dict[str, Use]:
    return {use.field.path: use for use in uses_of(XForm.parse(version.xform), version.mapping)}


def test_a_question_named_like_an_attribute_fills_it(draft):
    found = uses(draft)

    assert (found["/data/house_no"].attribute, found["/data/house_no"].applies) == ("house_no", "household")
    assert (found["/data/members/given_name"].attribute, found["/data/members/given_name"].applies) == (
        "given_name",
        "person",
    )
    assert found["/data/visit_outcome"].why == "special"


def test_the_words_of_a_question_suggest_an_attribute_but_fill_nothing(draft):
    found = uses(draft)[MEMBER]

    assert (found.attribute, found.suggested) == ("", "birth_date")


def test_what_was_chosen_by_hand_counts(draft, somsri):
    services.map_answers(draft, {MEMBER: "birth_date", "/data/house_no": "-"}, by=somsri)

    found = uses(draft)
    assert (found[MEMBER].attribute, found[MEMBER].why) == ("birth_date", "hand")
    assert (found["/data/house_no"].attribute, found["/data/house_no"].why) == ("", "hand")
    assert Entry.objects.get(action="surveys.form.mapped").details["paths"] == ["/data/house_no", MEMBER]


def test_taking_a_choice_back_leaves_what_the_name_says(draft, somsri):
    services.map_answers(draft, {"/data/house_no": "-"}, by=somsri)
    services.map_answers(draft, {"/data/house_no": ""}, by=somsri)

    assert draft.mapping == {}
    assert uses(draft)["/data/house_no"].why == "name"


@pytest.mark.parametrize(
    ("path", "attribute"),
    [
        ("/data/house_no", "birth_date"),  # a fact about a person, asked of the house
        (MEMBER, "house_no"),
        (MEMBER, "no_such_attribute"),
        ("/data/nothing", "house_no"),
    ],
)
def test_an_attribute_cannot_be_filled_where_it_does_not_belong(draft, somsri, path, attribute):
    with pytest.raises(CannotFill):
        services.map_answers(draft, {path: attribute}, by=somsri)
    draft.refresh_from_db()
    assert draft.mapping == {}


def test_two_questions_for_one_attribute_clash(received):
    house_no = ("text", "house_no", "เลขที่")
    end = ("end_group", "", "")
    rows = [("begin_group", "a", "ก"), house_no, end, ("begin_group", "b", "ข"), house_no, end]
    version = received(excel(rows))

    clashes = [code for use in uses(version).values() for code, _params in use.clashes]

    assert clashes == ["twice", "twice"]


def test_a_question_of_another_kind_and_unknown_choices_clash(received):
    version = received(
        excel([("begin_group", "person", "คน"), ("select_one x", "birth_date", "เกิด"), ("select_one x", "sex", "เพศ"),
               ("end_group", "", "")], [("x", "purple", "ม่วง")])
    )  # fmt: skip

    found = {use.field.name: [code for code, _params in use.clashes] for use in uses(version).values()}

    assert found["birth_date"] == ["kind"]
    assert found["sex"] == ["codes"]


def test_other_repeats_fill_nothing(received):
    version = received(
        excel([("begin_repeat", "animals", "สัตว์"), ("text", "given_name", "ชื่อ"), ("end_repeat", "", "")])
    )

    assert uses(version)["/data/animals/given_name"].attribute == ""


def test_a_newer_version_keeps_the_choices_that_still_make_sense(draft, received, somsri):
    services.map_answers(draft, {MEMBER: "birth_date", "/data/house_no": "-"}, by=somsri)

    rows = [row for row in VISIT if row[1] != "house_no"]
    newer = received(excel(rows, settings=settings(version="2")))

    assert newer.mapping == {MEMBER: "birth_date"}


def test_a_question_is_offered_only_what_its_type_and_choices_can_fill(received):
    rows = [("begin_group", "person", "คน"), ("select_one mf", "which", "เพศ"), ("date", "born", "วันเกิด"),
            ("select_one none", "colour", "สี"), ("image", "face", "รูป"), ("end_group", "", "")]  # fmt: skip
    version = received(excel(rows, [("mf", "m", "ชาย"), ("mf", "f", "หญิง"), ("none", "purple", "ม่วง")]))

    found = {use.field.name: offered(use.field) for use in uses(version).values()}

    assert "sex" in found["which"]
    assert "birth_date" not in found["which"]
    assert "birth_date" in found["born"]
    assert "sex" not in found["colour"]
    assert found["face"] == []
