""" "Not the same" holds for good: whatever list comes, whoever is put together with whom."""

import pytest
from tests.linkage.folk import bring, cid, known, somebody, unsure
from tests.people.town import person

from mudmai.linkage import queries
from mudmai.linkage.models import Question
from mudmai.linkage.services import Candidate, KeptApart, Match, answer, ask, link, undo
from mudmai.people.models import Person
from mudmai.people.services import merge_persons, restore, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def parted(somsri):
    """Two Malees of one village, of whom somsri said that they are not the same."""
    unsure(known(birth_date="1950-03-15", house="99"), birth_date="1951-03-15", house="12/3")
    question = Question.objects.get()
    answer(question, "different", by=somsri)
    return question


def _match(left, right):
    evidence = {"why": {"level": "unsure"}, "given": {"level": "close", "weight": 2.0}}
    return Match(left, "review", None, 0.0, "model", {}, (Candidate(right, 0.6, evidence),))


def test_the_same_rows_asked_again_make_no_question(parted, somsri):
    subject = somebody(house="12/3", birth_date="1951-03-15")
    subject.key = parted.left_id.hex

    assert ask(parted.batch_id, link([subject])) == 0
    assert queries.open_count(somsri) == 0


def test_a_new_list_that_names_her_again_leads_to_her_and_asks_nothing(parted, somsri):
    bring(somebody(house="12/3", birth_date="1951-03-15"))

    assert Person.objects.count() == 2
    assert queries.open_count(somsri) == 0


def test_a_list_with_her_id_does_not_bring_them_together(parted, somsri):
    bring(somebody(house="12/3", birth_date="1951-03-15", cid=cid(5)))

    assert Person.objects.count() == 2


def test_the_other_question_about_the_same_two_is_settled_too(somsri):
    malee = known(house="99")
    unsure(malee)
    first = Question.objects.get()
    unsure(first.left_id.hex, house="7")
    twin = Question.objects.exclude(pk=first.pk).get()
    answer(twin, "same", by=somsri)  # two rows are one person now
    unsure(malee, house="8")
    again = Question.objects.order_by("-id")[0]
    answer(again, "later", by=somsri)

    answer(first, "different", by=somsri)

    assert queries.open_count(somsri) == 1  # the third row is somebody of her own
    assert Question.objects.get(pk=again.pk).state == "later"


def test_a_merge_of_others_does_not_bring_them_together(somsri):
    malee, namesake = known(house="99"), known(house="98")
    unsure(malee, namesake)
    with_malee, with_namesake = Question.objects.get(right=malee), Question.objects.get(right=namesake)
    answer(with_malee, "different", by=somsri)
    merge_persons(person(malee), person(namesake), by=somsri)

    with pytest.raises(KeptApart) as problem:
        answer(with_namesake, "same", by=somsri)

    assert "สมศรี" in str(problem.value)
    assert Person.objects.count() == 2
    assert queries.case_for(somsri, with_namesake.pk).current.kept_apart is not None


def test_an_answer_that_would_bring_them_together_closes_what_is_known(somsri):
    """The row is not Malee. Once the row is Malai, nobody asks whether Malai is Malee."""
    malee, malai = known(house="99"), known("มาลัย", house="98")
    unsure(malee, malai)
    row = Question.objects.get(right=malee).left_id.hex
    answer(Question.objects.get(right=malee), "different", by=somsri)
    ask(Question.objects.first().batch_id, [_match(malai, malee)])
    about_both = Question.objects.get(left=malai)

    answer(Question.objects.get(left=row, right=malai), "same", by=somsri)

    assert Question.objects.get(pk=about_both.pk).state == "closed"
    assert queries.open_count(somsri) == 0

    undo(Question.objects.get(left=row, right=malai), by=somsri)
    assert Question.objects.get(pk=about_both.pk).state == "open"


def test_it_ends_only_when_it_is_taken_back(parted, somsri):
    assert queries.open_count(somsri) == 0

    undo(parted, by=somsri)

    assert queries.open_count(somsri) == 1


def test_a_list_withdrawn_and_restored_changes_nothing_about_it(parted, somsri):
    batch = parted.batch
    withdraw(batch, by=somsri)
    restore(batch, by=somsri)

    assert Person.objects.count() == 2
    assert queries.open_count(somsri) == 0
    assert Question.objects.get().verdict == "different"
