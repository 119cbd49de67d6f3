"""linkage.services.answer_alike: the obvious in one go, one decision each, taken back whole."""

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.linkage.folk import known, unsure
from tests.people.town import state

from mudmai.audit.models import Entry
from mudmai.kernel.errors import NotAllowed, NotFound
from mudmai.linkage import queries
from mudmai.linkage.models import BulkAnswer, Question
from mudmai.linkage.rules.patterns import MOST_AT_ONCE
from mudmai.linkage.services import (
    NothingTicked,
    NothingToUndo,
    NotObvious,
    TooMany,
    answer,
    answer_alike,
    undo,
    undo_alike,
)
from mudmai.people.models import Decision, Person

pytestmark = pytest.mark.django_db

LEVELS = {"given": "sound", "birth": "exact", "house": "same"}
PATTERN = "unsure:birth=exact,given=sound,house=same"


@pytest.fixture
def three(db):
    """Three people whose names a list writes otherwise, each likely known."""
    for at in range(3):
        unsure(known(house=str(at)), score=0.8 + at / 100, levels=LEVELS, house=str(at))
    return list(Question.objects.order_by("-score"))


def test_questions_of_one_kind_are_counted_with_samples(three, somsri):
    unsure(known(house="9"), levels={"given": "exact", "birth": "month"})

    kinds = queries.kinds_for(somsri)

    assert [(kind.pattern, kind.n) for kind in kinds] == [(PATTERN, 3), ("unsure:birth=month,given=exact", 1)]
    assert kinds[0].samples == three
    assert kinds[0].least == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("reason", "levels"),
    [
        ("two_ids", {"cid": "different", "given": "exact"}),
        ("unsure", {"cid": "different", "given": "exact"}),
        ("unsure", {"sex": "different", "given": "exact"}),
        ("unsure", {"birth": "generation", "given": "exact"}),
        ("several", {"given": "exact", "house": "same"}),
        ("name_only", {"given": "exact"}),
        ("near_name", {"given": "loose", "house": "same"}),
        ("a_reason_of_tomorrow", {"given": "exact"}),
    ],
)
def test_what_contradicts_is_never_answered_in_bulk(somsri, reason, levels):
    unsure(known(), reason=reason, levels=levels)
    question = Question.objects.get()

    assert queries.kinds_for(somsri) == []
    with pytest.raises(NotObvious):
        answer_alike(question.pattern, [question.pk], by=somsri)


def test_a_row_that_several_fit_or_that_is_unlikely_is_left_to_be_looked_at(somsri):
    unsure(known(house="1"), known(house="2"), levels=LEVELS)
    unsure(known(house="3"), score=0.4, levels=LEVELS)

    assert queries.kinds_for(somsri) == []


def test_those_ticked_become_one_person_each_by_a_decision_of_its_own(three, somsri):
    done = answer_alike(PATTERN, [three[0].pk, three[1].pk], by=somsri)

    assert (done.done, done.left) == (2, 0)
    assert Person.objects.count() == 4
    decisions = Decision.objects.filter(kind="link", basis="staff")
    assert decisions.count() == 2
    assert list(queries.open_questions_for(somsri)) == [three[2]]


def test_the_whole_bulk_answer_is_taken_back_at_once(three, somsri):
    before = state()
    done = answer_alike(PATTERN, [each.pk for each in three], by=somsri)
    assert Person.objects.count() == 3

    assert undo_alike(done.bulk, by=somsri) == 3

    assert state() == before
    assert queries.open_count(somsri) == 3
    with pytest.raises(NothingToUndo):
        undo_alike(done.bulk, by=somsri)


def test_what_was_answered_anew_since_is_not_taken_back_with_the_rest(three, somsri):
    done = answer_alike(PATTERN, [each.pk for each in three], by=somsri)
    undo(three[0], by=somsri)
    answer(three[0], "different", by=somsri)

    assert undo_alike(done.bulk, by=somsri) == 2

    assert Question.objects.get(pk=three[0].pk).verdict == "different"


def test_more_than_the_limit_is_refused_with_a_sentence(somsri):
    with pytest.raises(TooMany, match=str(MOST_AT_ONCE)):
        answer_alike(PATTERN, {uuid4() for _each in range(MOST_AT_ONCE + 1)}, by=somsri)
    with pytest.raises(NothingTicked):
        answer_alike(PATTERN, [], by=somsri)


def test_questions_of_another_kind_or_answered_meanwhile_are_left_and_counted(three, somsri):
    unsure(known(house="9"), levels={"given": "exact"})
    other = Question.objects.exclude(pk__in=[each.pk for each in three]).get()
    answer(three[0], "different", by=somsri)

    done = answer_alike(PATTERN, [other.pk, *(each.pk for each in three)], by=somsri)

    assert (done.done, done.left) == (2, 2)
    assert Question.objects.get(pk=other.pk).state == "open"


def test_each_answer_and_the_whole_stand_in_the_log(three, somsri):
    done = answer_alike(PATTERN, [each.pk for each in three], by=somsri)
    undo_alike(done.bulk, by=somsri)

    actions = list(Entry.objects.values_list("action", flat=True))
    assert actions.count("linkage.question.answered") == 3
    assert actions.count("linkage.bulk.answered") == actions.count("linkage.bulk.undone") == 1


def test_nobody_answers_for_another_province(three, stranger, noi):
    done = answer_alike(PATTERN, [each.pk for each in three], by=stranger)
    assert (done.done, done.left) == (0, 3)
    with pytest.raises(NotAllowed):
        answer_alike(PATTERN, [each.pk for each in three], by=noi)


def test_nobody_takes_back_what_was_answered_in_another_province(three, somsri, stranger):
    done = answer_alike(PATTERN, [each.pk for each in three], by=somsri)

    with pytest.raises(NotFound):
        queries.bulk_answer_for(stranger, done.bulk.pk)
    assert queries.bulk_answer_for(somsri, done.bulk.pk) == done.bulk


def test_the_officer_ticks_confirms_and_takes_back_on_the_screen(three, somsri, client_of, national_codes):
    officer = client_of(somsri)
    page = officer.get(reverse("linkage:kinds"))
    [kind] = page.context["kinds"]
    assert all(words in page.content.decode() for words in kind["words"])

    page = officer.get(kind["url"])
    assert len(page.context["rows"]) == 3
    told = {"findings": PATTERN, "shown": [str(each.pk) for each in three], "row": [str(three[0].pk)]}
    officer.post(reverse("linkage:answer_kind"), told | {"which": "ticked"}, follow=True)
    assert Person.objects.count() == 5

    page = officer.post(reverse("linkage:answer_kind"), told | {"which": "all"}, follow=True)
    assert Person.objects.count() == 3
    assert len([str(message) for message in page.context["messages"]]) == 2  # two done, and one was answered before

    for bulk in BulkAnswer.objects.all():
        officer.post(reverse("linkage:undo_kind", args=[bulk.pk]))
    assert Person.objects.count() == 6


def test_nonsense_is_refused_in_words(three, somsri, client_of, national_codes):
    officer = client_of(somsri)
    assert officer.get(reverse("linkage:kind"), {"findings": "two_ids:cid=different"}).status_code == 400
    assert officer.post(reverse("linkage:answer_kind"), {"findings": PATTERN, "row": "x"}).status_code == 400
    page = officer.post(reverse("linkage:answer_kind"), {"findings": PATTERN}, follow=True)
    assert [str(message) for message in page.context["messages"]]
