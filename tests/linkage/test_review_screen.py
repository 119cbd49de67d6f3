"""The officer answers questions who is who on the screen: two people side by side, by key, with undo."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.linkage.folk import bring, cid, known, somebody, unsure
from tests.people.town import person, row, tell

from mudmai.linkage.models import Question
from mudmai.linkage.services import answer, check_batch
from mudmai.people.models import Person
from mudmai.people.rules.catalogue import catalogue
from mudmai.people.services import merge_persons

pytestmark = pytest.mark.usefixtures("national_codes")


@pytest.fixture
def asked(db) -> Question:
    """Malee of house 99 is known; a list names a Malee without a house."""
    known(birth_date="1950-03-15", house="99")
    bring(somebody(house=None))
    return Question.objects.get()


@pytest.fixture
def officer(client_of, somsri) -> Client:
    return client_of(somsri)


def page_of(question: Question) -> str:
    return reverse("linkage:question", args=[question.pk])


def send(officer: Client, question: Question, verdict: str, **options: bool):
    return officer.post(reverse("linkage:answer", args=[question.pk]), {"answer": verdict}, **options)


def test_the_queue_names_each_row_and_why_it_is_asked(officer, asked):
    page = officer.get(reverse("linkage:questions"))

    text = page.content.decode()
    assert "มาลี ใจดี" in text
    assert page.context["rows"][0]["reason"] in text
    assert page_of(asked) in text


def test_two_people_stand_side_by_side_with_sources_and_words(officer, asked):
    page = officer.get(page_of(asked))

    columns = page.context["columns"]
    [candidate] = columns.candidates
    lines = {line.label: line for line in candidate.lines}
    assert lines[catalogue().label("given_name")].verdict == "agree"
    assert columns.row.source[0] == "volunteer_survey"
    assert candidate.source[0] == "civil_register"
    assert catalogue().label("birth_date") in [label for label, _told in columns.one_sided]
    text = page.content.decode()
    assert lines[catalogue().label("given_name")].words in text
    assert all(f'data-key="{key}"' in text for key in "1234")
    assert "15 มี.ค. 2493" in text


def test_unequal_letters_are_marked(officer, somsri):
    known("ประเสริฐ", house="12/3")
    bring(somebody("ประเสริญ", house="12/3"))

    page = officer.get(page_of(Question.objects.get()))

    assert "<mark>ฐ</mark>" in page.content.decode()


def test_the_house_members_of_both_are_shown(officer, asked):
    known("คำปัน", house="99")

    page = officer.get(page_of(asked))

    assert [member.given_name for member in page.context["columns"].candidates[0].members] == ["คำปัน"]
    assert "คำปัน ใจดี" in page.content.decode()


def test_an_id_number_is_hidden_in_its_middle(officer, somsri):
    number = cid(7)
    known(cid=number, birth_date="1950-03-15", house="99")
    bring(somebody(house=None))

    text = officer.get(page_of(Question.objects.get())).content.decode()

    assert number not in text.replace("-", "")
    assert f"{number[0]}-{number[1:5]}-xxxxx" in text


def test_same_makes_them_one_and_goes_on(officer, asked):
    known("สมชาย", birth_date="1950-03-15", house="98")
    bring(somebody("สมชาย", house=None))
    other = Question.objects.exclude(pk=asked.pk).get()

    answer = send(officer, asked, "same")

    assert answer.url == page_of(other)
    assert Person.objects.filter(given_name="มาลี").count() == 1


def test_after_the_last_answer_the_queue_is_empty(officer, asked):
    page = send(officer, asked, "different", follow=True)

    assert page.redirect_chain[-1][0] == reverse("linkage:questions")
    assert page.context["count"] == 0
    assert [row["question"].pk for row in page.context["answered"]] == [asked.pk]


def test_later_goes_on_with_the_next_and_keeps_it_waiting(officer, asked):
    page = send(officer, asked, "later", follow=True)

    assert page.context["count"] == 1
    assert Question.objects.get().state == "later"


def test_the_last_answer_is_undone_from_the_next_question(officer, asked):
    known("สมชาย", birth_date="1950-03-15", house="98")
    bring(somebody("สมชาย", house=None))
    page = send(officer, asked, "same", follow=True)
    assert page.context["undo_url"] == reverse("linkage:undo", args=[asked.pk])

    page = officer.post(page.context["undo_url"], follow=True)

    assert page.context["question"].pk == asked.pk
    assert page.context["is_open"]
    assert page.context["undo_url"] == ""
    assert Person.objects.filter(given_name="มาลี").count() == 2


def test_an_answer_of_long_ago_is_undone_from_the_queue(officer, asked):
    send(officer, asked, "same")

    officer.post(reverse("linkage:undo", args=[asked.pk]))

    assert Question.objects.get().state == "open"


def test_an_answered_question_says_who_answered(officer, asked):
    send(officer, asked, "different")

    text = officer.get(page_of(asked)).content.decode()

    assert "สมศรี" in text
    assert 'value="same"' not in text


def test_answering_twice_is_refused_in_words(officer, asked):
    send(officer, asked, "different")

    page = send(officer, asked, "same", follow=True)

    assert [str(message) for message in page.context["messages"]]
    assert Question.objects.get().verdict == "different"


def test_no_answer_at_all_is_refused(officer, asked):
    assert send(officer, asked, "perhaps").status_code == 400
    assert Question.objects.get().state == "open"


def test_health_and_money_are_not_needed_to_tell_people_apart(officer, somsri):
    known(birth_date="1950-03-15", house="99", diagnosis="เบาหวาน", adl_score=4)
    bring(somebody(house=None))

    text = officer.get(page_of(Question.objects.get())).content.decode()

    assert "เบาหวาน" not in text


def test_two_who_are_one_person_and_contradict_each_other_stand_side_by_side(officer, somsri):
    malee = known(birth_date="1950-03-15", sex="f", title="นาง")
    man = row(birth_date="1950-03-15", sex="m", title="นาย")
    batch = tell(man, kind="disability_register", links={man.id: malee})
    check_batch(batch)
    question = Question.objects.get()

    page = officer.get(page_of(question))

    assert page.context["is_open"]
    sides = [page.context["columns"].row, page.context["columns"].candidates[0]]
    titles = {line.cell.value for side in sides for line in side.lines if line.label == catalogue().label("title")}
    assert titles == {"นาง", "นาย"}
    send(officer, question, "different")
    assert Person.objects.count() == 2
    officer.post(reverse("linkage:undo", args=[question.pk]))
    assert Person.objects.count() == 1


def test_who_were_said_to_be_different_are_marked_before_anybody_answers(officer, somsri):
    malee, namesake = known(house="99"), known(house="98")
    unsure(malee, namesake)
    answer(Question.objects.get(right=malee), "different", by=somsri)
    merge_persons(person(malee), person(namesake), by=somsri)
    left = Question.objects.get(right=namesake)

    text = officer.get(page_of(left)).content.decode()
    assert "ตัดสินไว้เมื่อ" in text
    assert "สมศรี ใจงาม" in text

    page = send(officer, left, "same", follow=True)
    assert [str(message) for message in page.context["messages"]]
    assert Person.objects.count() == 2


def test_others_cannot_see_or_answer(client_of, asked, noi, wichai, stranger):
    for user in (noi, wichai, stranger):
        other = client_of(user)
        assert other.get(page_of(asked)).status_code == 404
        assert send(other, asked, "same").status_code == 404
        assert other.post(reverse("linkage:undo", args=[asked.pk])).status_code == 404
    assert client_of(noi).get(reverse("linkage:questions")).status_code == 403
    assert Question.objects.get().state == "open"
