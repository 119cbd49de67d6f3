"""Are these two houses one? Answered side by side: the same, not the same, or the household moved."""

import pytest
from django.urls import reverse
from tests.linkage.folk import known, same_house, unsure
from tests.people.town import row, state, tell

from mudmai.kernel.errors import NotAllowed, NotFound
from mudmai.linkage import queries
from mudmai.linkage.models import Question
from mudmai.linkage.services import HousePair, NoSuchAnswer, answer, ask_about_houses, undo
from mudmai.people import queries as people
from mudmai.people.models import Decision, Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(db):
    """A survey tells of house 12/3, the register of house 123."""
    return same_house("12/3", "123")


def houses():
    return sorted(Household.objects.values_list("house_no", "member_count"))


def test_it_waits_in_a_list_of_its_own(question, somsri, stranger):
    assert list(queries.open_house_questions_for(somsri)) == [question]
    assert queries.open_count(somsri) == 0
    assert list(queries.open_house_questions_for(stranger)) == []
    with pytest.raises(NotFound):
        queries.house_case_for(stranger, question.pk)


def test_the_same_house_becomes_one_and_parts_again(question, somsri):
    before = state()
    answer(question, "same", by=somsri)
    assert [count for _number, count in houses()] == [2]
    assert list(queries.open_house_questions_for(somsri)) == []

    undo(question, by=somsri)

    assert state() == before
    assert list(queries.open_house_questions_for(somsri)) == [question]


def test_a_household_that_moved_stands_at_the_address_told_later_with_all_its_people(question, somsri):
    before = state()
    answer(question, "moved", by=somsri)

    [house] = Household.objects.all()
    assert (house.house_no, house.member_count) == ("12/3", 2)
    assert Decision.objects.get(kind="merge").about == "household"

    undo(question, by=somsri)
    assert state() == before


def test_not_the_same_house_is_kept_and_never_asked_again(question, somsri):
    answer(question, "different", by=somsri)

    assert houses() == [("12/3", 1), ("123", 1)]
    pair = HousePair(question.left_id.hex, question.right_id.hex, 0.9, {}, question.area_code)
    assert ask_about_houses(question.batch_id, [pair]) == 0
    assert list(queries.open_house_questions_for(somsri)) == []
    assert (question.left_id.hex, question.right_id.hex) in people.different_pairs([question.left_id.hex])


def test_a_person_does_not_move_and_a_volunteer_does_not_answer(question, somsri, noi):
    with pytest.raises(NotAllowed):
        answer(question, "same", by=noi)
    unsure(known(house="5"), house="6")
    with pytest.raises(NoSuchAnswer):
        answer(Question.objects.get(about="person"), "moved", by=somsri)


def test_the_officer_sees_both_addresses_members_and_the_distance(somsri, client_of, national_codes):
    question = same_house("12/3", "123", lat=18.2085, lon=99.383)
    earlier = row(house="123", about="household", lat=18.2095, lon=99.383)
    tell(earlier, kind="civil_register")
    officer = client_of(somsri)

    page = officer.get(reverse("linkage:house", args=[question.pk]))

    text = page.content.decode()
    assert all(name in text for name in ("มาลี ใจดี", "คำปัน ใจดี", "12<mark>/</mark>3"))
    listed = officer.get(reverse("linkage:houses")).content.decode()
    assert reverse("linkage:house", args=[question.pk]) in listed
    assert all(f"{number} หมู่ 1" in listed for number in ("12/3", "123"))


def test_the_distance_between_two_pins_is_told(somsri, client_of, national_codes):
    question = same_house("12/3", "123")
    for number, lat in (("12/3", 18.2085), ("123", 18.2095)):
        tell(row(house=number, about="household", lat=lat, lon=99.383), kind="volunteer_survey")

    page = client_of(somsri).get(reverse("linkage:house", args=[question.pk]))

    assert page.context["far"] == 111


def test_the_officer_answers_by_screen_and_takes_it_back(question, somsri, client_of, national_codes):
    officer = client_of(somsri)
    send = reverse("linkage:answer_house", args=[question.pk])
    assert officer.post(send, {"answer": "perhaps"}).status_code == 400

    page = officer.post(send, {"answer": "moved"}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("linkage:houses")
    assert Household.objects.count() == 1
    page = officer.get(reverse("linkage:house", args=[question.pk]))
    assert "สมศรี" in page.content.decode()

    officer.post(reverse("linkage:undo", args=[question.pk]))
    assert Household.objects.count() == 2
