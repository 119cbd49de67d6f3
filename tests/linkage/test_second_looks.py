"""A share of answers is looked at again by somebody who does not see the first; where two differ, it is settled."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from tests.conftest import MONDAY, on_duty
from tests.linkage.folk import known, unsure
from tests.people.town import row, tell

from mudmai.kernel.errors import NotFound
from mudmai.linkage import queries
from mudmai.linkage.models import Question, SecondLook
from mudmai.linkage.services import (
    BadShare,
    NothingToLookAt,
    OwnAnswer,
    answer,
    look_again,
    set_share,
    settle,
    undo,
)
from mudmai.linkage.services.second import drawn
from mudmai.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def anong(db):
    return on_duty("anong", "อนงค์ รักดี", "registrar", "520306")


@pytest.fixture
def all_drawn(somsri):
    set_share(Decimal(100), starts_on=MONDAY, by=somsri)


@pytest.fixture
def question(all_drawn):
    unsure(known(house="99", birth_date="1950-03-15"), birth_date="1951")
    return Question.objects.get()


def test_about_the_share_is_drawn_and_undoing_draws_no_new_lot(somsri):
    questions = [Question() for _each in range(4000)]

    chosen = [each for each in questions if drawn(each, Decimal(5))]

    assert 0.035 < len(chosen) / len(questions) < 0.065
    assert all(drawn(each, Decimal(5)) for each in chosen)
    assert not any(drawn(each, Decimal(0)) for each in questions)
    assert all(drawn(each, Decimal(100)) for each in questions)


def test_the_share_is_five_percent_until_a_day_from_which_another_holds(somsri):
    assert queries.share_on(MONDAY) == 5
    tomorrow = MONDAY + timedelta(days=1)

    set_share(Decimal(20), starts_on=tomorrow, by=somsri)

    assert (queries.share_on(MONDAY), queries.share_on(tomorrow)) == (5, 20)
    with pytest.raises(BadShare):
        set_share(Decimal(20), starts_on=date(2026, 1, 1), by=somsri)
    with pytest.raises(BadShare):
        set_share(Decimal(101), starts_on=tomorrow, by=somsri)


def test_a_drawn_answer_waits_for_somebody_else(question, somsri, anong, stranger, noi):
    answer(question, "same", by=somsri)

    assert [queries.second_looks_for(user).count() for user in (somsri, anong, stranger, noi)] == [0, 1, 0, 0]
    with pytest.raises(OwnAnswer):
        look_again(question, "same", somsri)


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_nothing_on_the_second_page_tells_the_first_answer(question, somsri, anong, client_of, national_codes, verdict):
    before = client_of(somsri).get(reverse("linkage:question", args=[question.pk]))
    answer(question, verdict, by=somsri)
    other = client_of(anong)

    page = other.get(reverse("linkage:second_look", args=[question.pk]))

    seen, first = page.context["columns"], before.context["columns"]
    assert [line.cell.value for line in seen.row.lines] == [line.cell.value for line in first.row.lines]
    assert [line.cell.value for line in seen.candidates[0].lines] == [
        line.cell.value for line in first.candidates[0].lines
    ]
    assert "สมศรี" not in page.content.decode()
    # Nor by the question's own page, nor by the list of answers.
    assert other.get(reverse("linkage:question", args=[question.pk])).url == reverse(
        "linkage:second_look", args=[question.pk]
    )
    assert queries.answered_questions_for(anong) == []


@pytest.mark.parametrize(
    ("known_at", "asked_at"), [("99", "12/3"), ("12/3", "12/3"), ("99", None), (None, "12/3"), (None, None)]
)
def test_both_pages_are_alike_whatever_was_answered(
    all_drawn, known_at, asked_at, somsri, anong, client_of, national_codes
):
    unsure(known(house=known_at, birth_date="1950-03-15", area="52030602"), house=asked_at, birth_date="1951")
    tell(row("ดี", house="99", area="52030602"), row("งาม"))
    question = Question.objects.get()
    texts = []
    for verdict in ("same", "different"):
        answer(question, verdict, by=somsri)
        page = client_of(anong).get(reverse("linkage:second_look", args=[question.pk]))
        texts.append(page.content.decode().split("<main")[1].split("csrfmiddlewaretoken")[0])
        undo(question, by=somsri)

    assert texts[0] == texts[1]
    assert "2494" in texts[0]


def test_agreeing_changes_nothing_in_the_registry(question, somsri, anong):
    answer(question, "same", by=somsri)
    look_again(question, "same", anong)

    question.refresh_from_db()
    assert (question.answered_by, Person.objects.count()) == (somsri, 1)
    assert queries.unsettled_for(somsri).count() == 0
    with pytest.raises(NothingToLookAt):
        look_again(question, "same", anong)


def test_where_two_differ_the_registry_follows_the_newest_answer_until_it_is_settled(question, somsri, anong):
    answer(question, "same", by=somsri)
    assert Person.objects.count() == 1

    look_again(question, "different", anong)
    assert Person.objects.count() == 2
    assert [look.question for look in queries.unsettled_for(somsri)] == [question]

    settle(question, "same", somsri)
    assert Person.objects.count() == 1
    assert queries.unsettled_for(somsri).count() == 0
    look = SecondLook.objects.get()
    assert (look.first_verdict, look.second_verdict, look.settled_verdict) == ("same", "different", "same")
    with pytest.raises(NothingToLookAt):
        settle(question, "same", somsri)


def test_an_answer_taken_back_before_anybody_looked_is_drawn_anew(question, somsri, anong):
    answer(question, "same", by=somsri)
    undo(question, by=somsri)
    assert queries.second_looks_for(anong).count() == 0

    answer(question, "different", by=somsri)

    assert SecondLook.objects.get().first_verdict == "different"


def test_a_differing_pair_taken_back_and_answered_anew_is_settled_by_that(question, somsri, anong):
    answer(question, "same", by=somsri)
    look_again(question, "different", anong)
    undo(question, by=somsri)
    assert queries.unsettled_for(somsri).count() == 0

    answer(question, "same", by=anong)

    assert SecondLook.objects.get().settled_verdict == "same"
    assert queries.unsettled_for(somsri).count() == 0


def test_others_cannot_look_or_settle(question, somsri, anong, stranger):
    answer(question, "same", by=somsri)
    with pytest.raises(NotFound):
        queries.second_look_for(stranger, question.pk)
    look_again(question, "different", anong)
    with pytest.raises(NotFound):
        queries.unsettled_look_for(stranger, question.pk)


def test_the_whole_story_on_the_screen(question, somsri, anong, client_of, national_codes):
    client_of(somsri).post(reverse("linkage:answer", args=[question.pk]), {"answer": "same"})
    second = client_of(anong)
    assert second.get(reverse("linkage:second")).context["count"] == 1
    look = reverse("linkage:second_look", args=[question.pk])
    second.post(look, {"answer": "later"})
    assert SecondLook.objects.get().second_by is None
    second.post(look, {"answer": "different"})

    page = client_of(somsri).get(reverse("linkage:unsettled"))
    assert "อนงค์" in page.content.decode()
    page = client_of(somsri).get(reverse("linkage:settle", args=[question.pk]))
    assert "สมศรี" in page.content.decode()
    client_of(somsri).post(reverse("linkage:settle", args=[question.pk]), {"answer": "different"})

    assert SecondLook.objects.get().settled_verdict == "different"
    assert Person.objects.count() == 2
