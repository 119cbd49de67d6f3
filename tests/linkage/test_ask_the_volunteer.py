"""A question only the village can answer: put to the volunteers, and the reply written down by hand."""

import pytest
from django.urls import reverse
from tests.linkage.folk import known, unsure

from mudmai.audit.models import Entry
from mudmai.kernel.errors import NotAllowed
from mudmai.linkage import queries
from mudmai.linkage.models import Inquiry, Question
from mudmai.linkage.services import (
    NoSuchVolunteer,
    NotAsked,
    NoteMissing,
    answer,
    inquire,
    recall,
    take_reply,
    undo,
)
from mudmai.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(db):
    unsure(known(house="99"))
    return Question.objects.get()


@pytest.fixture
def asked(question, somsri, noi):
    inquire(question, note="มาลีบ้าน 99 คือคนเดียวกันไหม", to=noi, by=somsri)
    return question


def test_a_question_with_the_volunteers_leaves_the_queue_and_stands_on_their_list(asked, somsri, noi):
    assert queries.open_count(somsri) == 0
    [inquiry] = queries.inquiries_for(somsri)
    assert (inquiry.question, inquiry.to, inquiry.asked_by) == (asked, noi, somsri)


def test_only_volunteers_of_the_area_are_offered(question, somsri, noi, wichai, admin):
    from mudmai.access.services import give_duty
    from mudmai.accounts.models import User

    far = User.objects.create_user("far", password="x-2569-หมุด", full_name="ไกล")
    give_duty(by=admin, user=far, role="volunteer", area_code="52030602")

    assert queries.volunteers_of(question) == [noi]
    with pytest.raises(NoSuchVolunteer):
        inquire(question, note="?", to=far, by=somsri)


def test_a_reply_with_an_answer_settles_the_question(asked, somsri):
    take_reply(asked, reply="คนเดียวกัน ย้ายบ้าน", told_by="น้อย", verdict="same", by=somsri)

    assert Person.objects.count() == 1
    assert queries.inquiries_for(somsri) == []
    [inquiry] = queries.case_for(somsri, asked.pk).current.inquiries
    assert (inquiry.reply, inquiry.told_by, inquiry.written_by) == ("คนเดียวกัน ย้ายบ้าน", "น้อย", somsri)


def test_a_reply_that_leaves_it_open_brings_it_back_with_what_was_said(asked, somsri):
    take_reply(asked, reply="ไม่มีใครอยู่บ้าน", told_by="", verdict="", by=somsri)

    assert list(queries.open_questions_for(somsri)) == [asked]
    assert queries.case_for(somsri, asked.pk).current.inquiries[0].reply == "ไม่มีใครอยู่บ้าน"


def test_it_can_be_answered_or_called_back_without_a_reply(asked, somsri):
    recall(asked, somsri)
    assert queries.open_count(somsri) == 1
    inquire(asked, note="อีกครั้ง", by=somsri)

    answer(asked, "different", by=somsri)

    assert Inquiry.objects.filter(closed_at=None).count() == 0
    undo(asked, by=somsri)
    assert Question.objects.get().state == "open"


def test_what_cannot_be_is_refused_in_words(question, asked, somsri, noi, stranger):
    with pytest.raises(NotAsked):
        inquire(question, note="อีกครั้ง", by=somsri)
    with pytest.raises(NoteMissing):
        take_reply(asked, reply="  ", told_by="", verdict="", by=somsri)
    with pytest.raises(NotAllowed):
        take_reply(asked, reply="ใช่", told_by="", verdict="same", by=noi)
    recall(asked, somsri)
    with pytest.raises(NotAsked):
        recall(asked, somsri)
    with pytest.raises(NoteMissing):
        inquire(question, note=" ", by=somsri)


def test_the_log_tells_that_it_was_asked_and_not_what(asked, somsri):
    take_reply(asked, reply="ใช่", told_by="น้อย", verdict="same", by=somsri)

    actions = list(Entry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["linkage.question.inquired", "linkage.question.replied", "linkage.question.answered"]
    assert "มาลี" not in str(list(Entry.objects.values()))


def test_the_officer_asks_and_writes_the_reply_down_on_the_screen(question, somsri, noi, client_of, national_codes):
    officer = client_of(somsri)
    page = officer.get(reverse("linkage:ask", args=[question.pk]))
    assert "น้อย แก้วมา" in page.content.decode()
    assert officer.post(reverse("linkage:ask", args=[question.pk]), {"note": ""}).status_code == 422
    officer.post(reverse("linkage:ask", args=[question.pk]), {"note": "ถามเรื่องบ้าน", "to": str(noi.pk)})

    page = officer.get(reverse("linkage:asked"))
    assert "ถามเรื่องบ้าน" in page.content.decode()
    page = officer.get(reverse("linkage:question", args=[question.pk]))
    assert reverse("linkage:reply", args=[question.pk]) in page.content.decode()

    told = {"reply": "คนละคน", "told_by": "น้อย", "answer": "different"}
    assert officer.post(reverse("linkage:reply", args=[question.pk]), told | {"reply": ""}).status_code == 422
    page = officer.post(reverse("linkage:reply", args=[question.pk]), told, follow=True)
    assert "คนละคน" in page.content.decode()
    assert Question.objects.get().verdict == "different"
    again = officer.get(reverse("linkage:reply", args=[question.pk]), follow=True)
    assert [str(message) for message in again.context["messages"]]
