"""linkage.queries.case_for: a row with everybody it may be, and who hangs together with them."""

import pytest
from tests.linkage.folk import known, unsure

from mudmai.linkage import queries
from mudmai.linkage.models import Question
from mudmai.linkage.services import answer

pytestmark = pytest.mark.django_db


def case_of(user, **about):
    return queries.case_for(user, Question.objects.get(**about).pk)


def names(sides):
    return sorted(side.person.birth_date for side in sides)


def test_all_whom_a_row_may_be_stand_beside_it_likeliest_first(somsri):
    old, young = known(birth_date="1940"), known(birth_date="1980")
    unsure(old, score=0.6)
    batch = Question.objects.get().batch_id
    unsure(old, young)
    first = Question.objects.exclude(batch=batch).get(right=young)

    case = queries.case_for(somsri, first.pk)

    assert names(each.side for each in case.candidates) == ["1940", "1980"]
    assert case.current.question == first


def test_somebody_else_asked_about_the_same_person_stands_apart(somsri):
    malee = known(birth_date="1940")
    unsure(malee, house="1")
    unsure(malee, house="2")
    one, two = Question.objects.order_by("id")

    case = queries.case_for(somsri, one.pk)

    assert [each.question for each in case.others] == [two]
    assert case.others[0].about.person.pk.hex == malee
    assert case.more == 0


def test_more_than_fit_on_a_page_are_counted_and_the_one_looked_at_is_never_left_out(somsri):
    persons = [known(house=str(at)) for at in range(6)]
    unsure(*persons, score=0.6)
    last = Question.objects.order_by("-id").first()

    case = queries.case_for(somsri, last.pk)

    assert len(case.candidates) == 4
    assert case.more == 2
    assert case.current.question == last


def test_a_person_two_questions_ask_about_is_shown_once(somsri):
    one, two = known(house="1"), known(house="2")
    unsure(one, two)
    unsure(one, house="3")
    row = Question.objects.get(right=two).left_id.hex
    unsure(row, one, house="4")
    answer(Question.objects.get(right=row), "same", by=somsri)

    case = case_of(somsri, right=two)

    persons = [each.side.person.pk for each in case.candidates]
    assert len(persons) == len(set(persons)) == 2


def test_where_everybody_was_seen_is_told_with_office_day_and_who_brought_it_in(somsri):
    malee = known()
    unsure(malee)

    case = case_of(somsri)

    [seen] = case.current.side.seen
    assert (seen.batch.source.name, seen.on.isoformat(), seen.row_ref) == ("civil_register", "2026-10-01", "1!1")


def test_an_answered_question_parts_what_each_side_told(somsri):
    malee = known(birth_date="1940", house="99")
    unsure(malee, birth_date="1941")
    question = Question.objects.get()
    answer(question, "same", by=somsri)

    case = queries.case_for(somsri, question.pk)

    def births(side):
        return [trace.told[0].value for trace in side.fields if trace.attribute.code == "birth_date"]

    assert (births(case.row), births(case.current.side)) == (["1941"], ["1940"])
    assert case.current.side.house.house_no == "99"
    assert case.row.house.house_no == "12/3"
