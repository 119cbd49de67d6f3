"""An answer is taken back long after: what came later stays with the one it was told about."""

import pytest
from tests.linkage.folk import known, unsure
from tests.people.town import person, row, state, tell

from mudmai.linkage.models import Question
from mudmai.linkage.services import answer, undo
from mudmai.people.models import Person
from mudmai.people.services import correct_person, merge_persons, restore, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def malee(db):
    return known(birth_date="1950-03-15", house="99")


@pytest.fixture
def one(malee, somsri):
    """The row of a survey that somsri said is Malee."""
    unsure(malee, occupation="ทำนา")
    return answer(Question.objects.get(), "same", by=somsri)


def test_a_later_correction_stays_with_the_person_it_was_made_on(one, malee, somsri):
    correct_person(person(malee), {"phone": ["+66811112222"]}, by=somsri)

    undo(one, by=somsri)

    assert person(malee).phone == "+66811112222"
    assert person(one.left_id.hex).phone == ""


def test_a_later_list_linked_to_either_goes_with_it(one, malee, somsri):
    to_malee, to_row = row(sex="f"), row(nickname="หมู")
    tell(to_malee, kind="tpmap", links={to_malee.id: malee})
    tell(to_row, kind="old_age_payees", links={to_row.id: one.left_id.hex})
    assert Person.objects.count() == 1

    undo(one, by=somsri)

    assert (person(malee).sex, person(one.left_id.hex).sex) == ("f", "")
    assert "nickname" in person(one.left_id.hex).known
    assert "nickname" not in person(malee).known


def test_a_later_merge_with_a_third_keeps_the_third(one, malee, somsri):
    third = known("มาลัย", house="5")
    merge_persons(person(malee), person(third), by=somsri)
    assert Person.objects.count() == 1

    undo(one, by=somsri)

    assert Person.objects.count() == 2
    assert one.left_id in Person.objects.values_list("pk", flat=True)


def test_answers_given_in_between_are_taken_back_in_any_order(one, malee, somsri):
    unsure(malee, house="7")
    second = answer(Question.objects.get(state="open"), "same", by=somsri)
    before = state()

    undo(one, by=somsri)
    answer(one, "same", by=somsri)
    assert state()["persons"].keys() == before["persons"].keys()

    undo(second, by=somsri)
    undo(one, by=somsri)
    assert Person.objects.count() == 3


def test_an_answer_whose_list_is_gone_can_be_taken_back_when_the_list_is_back(one, malee, somsri):
    withdraw(one.batch, by=somsri)
    restore(one.batch, by=somsri)

    undo(one, by=somsri)

    assert Person.objects.count() == 2
    assert Question.objects.get().state == "open"


def test_an_answer_whose_decision_was_withdrawn_on_the_persons_page_is_opened_again(one, somsri):
    withdraw(one.decision, by=somsri)
    assert Person.objects.count() == 2

    undo(one, by=somsri)

    assert Question.objects.get().state == "open"
    assert Person.objects.count() == 2
