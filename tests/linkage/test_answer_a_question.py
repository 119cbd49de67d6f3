"""linkage.services: ask, answer, undo; linkage.queries: who sees which question."""

import pytest
from tests.linkage.folk import bring, known, somebody
from tests.people.town import person, row, state, tell

from mudmai.access.services import give_duty
from mudmai.audit.models import Entry
from mudmai.kernel.errors import NotAllowed, NotFound
from mudmai.linkage import queries
from mudmai.linkage.models import Question
from mudmai.linkage.services import AlreadyAnswered, NothingToUndo, Subject, answer, ask, link, undo
from mudmai.people.models import Person
from mudmai.people.services import withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def malee(db):
    """Malee is in the registry, born in 1950, of house 99."""
    return known(birth_date="1950-03-15", house="99")


@pytest.fixture
def asked(malee):
    """A list named a Malee without a house: one question."""
    bring(somebody(house=None))
    return Question.objects.get()


def test_an_unsure_row_is_its_own_person_until_somebody_answers(asked, malee, somsri):
    assert Person.objects.count() == 2
    assert list(queries.open_questions_for(somsri)) == [asked]
    assert queries.open_count(somsri) == 1
    assert (asked.right_id.hex, asked.area_code) == (malee, "52030601")


def test_same_makes_the_two_one_person(asked, malee, somsri):
    answer(asked, "same", by=somsri)

    assert [found.pk.hex for found in Person.objects.all()] == [malee]
    assert queries.open_count(somsri) == 0
    decision = Question.objects.get().decision
    assert decision is not None
    assert (decision.kind, decision.basis, decision.score) == ("link", "staff", asked.score)
    assert decision.evidence["given"]["level"] == "exact"


def test_same_taken_back_parts_them_again(asked, somsri):
    before = state()
    answer(asked, "same", by=somsri)

    undo(asked, by=somsri)

    assert state() == before
    assert queries.open_count(somsri) == 1


def test_not_the_same_is_kept_and_never_asked_again(asked, somsri):
    answer(asked, "different", by=somsri)

    assert Person.objects.count() == 2
    assert queries.open_count(somsri) == 0
    assert link([somebody(house=None)])[0].outcome == "review"  # another row is another question
    again = Subject(key=asked.left_id.hex, given="มาลี", family="ใจดี", area="52030601")
    assert [found.person for found in link([again])[0].others] != [asked.right_id.hex]


def test_not_the_same_taken_back_is_open_again(asked, somsri):
    answer(asked, "different", by=somsri)

    undo(asked, by=somsri)

    assert queries.open_count(somsri) == 1
    assert Question.objects.get().decision is None


def test_later_moves_a_question_to_the_end(asked, somsri):
    known("สมชาย", birth_date="1950-03-15", house="98")
    bring(somebody("สมชาย", house=None))
    first, second = queries.open_questions_for(somsri)

    answer(first, "later", by=somsri)

    assert [found.pk for found in queries.open_questions_for(somsri)] == [second.pk, first.pk]


def test_one_answer_settles_the_other_questions_about_the_row(malee, somsri):
    known(birth_date="1950-07-20", house="98")
    bring(somebody(house=None, birth_date="1950"))
    one, other = queries.open_questions_for(somsri)

    answer(one, "same", by=somsri)
    assert queries.open_count(somsri) == 0

    undo(one, by=somsri)
    assert {found.pk for found in queries.open_questions_for(somsri)} == {one.pk, other.pk}


def test_an_answer_is_given_once_and_taken_back_once(asked, somsri):
    answer(asked, "different", by=somsri)
    with pytest.raises(AlreadyAnswered):
        answer(asked, "same", by=somsri)

    undo(asked, by=somsri)
    with pytest.raises(NothingToUndo):
        undo(asked, by=somsri)


def test_answers_are_logged_without_names(asked, somsri):
    answer(asked, "same", by=somsri)
    undo(asked, by=somsri)

    actions = list(Entry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["linkage.question.answered", "linkage.question.undone"]
    assert "มาลี" not in str(list(Entry.objects.values()))


def test_asking_twice_keeps_one_question(asked):
    subject = Subject(key=asked.left_id.hex, given="มาลี", family="ใจดี", area="52030601")

    assert ask(asked.batch_id, link([subject])) == 0
    assert Question.objects.count() == 1


def test_a_list_taken_back_takes_its_questions_along(asked, somsri):
    withdraw(asked.batch, by=somsri)

    assert queries.open_count(somsri) == 0
    with pytest.raises(NotFound):
        queries.case_for(somsri, asked.pk)


def test_a_person_whose_list_was_taken_back_is_not_asked_about(somsri):
    first = row(birth_date="1950-03-15", house="99")
    register = tell(first)
    bring(somebody(house=None))
    assert queries.open_count(somsri) == 1

    withdraw(register, by=somsri)

    assert queries.open_count(somsri) == 0


def test_an_answer_given_by_a_merge_elsewhere_needs_no_answer(asked, malee, somsri):
    from mudmai.people.services import merge_persons

    merge_persons(person(asked.left_id.hex), person(malee), by=somsri)

    assert queries.open_count(somsri) == 0


def test_outside_ones_area_a_question_does_not_exist(asked, stranger):
    assert queries.open_count(stranger) == 0
    with pytest.raises(NotFound):
        queries.case_for(stranger, asked.pk)
    with pytest.raises(NotFound):
        answer(asked, "same", by=stranger)


def test_a_volunteer_may_not_answer(asked, noi):
    assert queries.open_count(noi) == 0
    with pytest.raises(NotAllowed):
        answer(asked, "same", by=noi)


def test_nobody_is_shown_a_person_outside_her_area(somsri, admin):
    known(birth_date="1950-03-15", house="99", area="50010101")
    bring(somebody(house=None))
    assert Question.objects.count() == 1
    assert queries.open_count(somsri) == 0

    give_duty(by=admin, user=somsri, role="registrar", area_code="")

    assert queries.open_count(somsri) == 1


def test_two_sides_with_every_value_source_and_housemate(malee, somsri):
    tell(row("ดี", house="99"))
    bring(somebody("มาลีย์", house=None))
    [question] = queries.open_questions_for(somsri)

    case = queries.case_for(somsri, question.pk)

    candidate = case.current
    told = {field.attribute.code: field.told[0].value for field in candidate.side.fields}
    assert told["birth_date"] == "1950-03-15"
    assert [seen.batch.kind for seen in case.row.seen] == ["volunteer_survey"]
    assert [each.given_name for each in candidate.side.members] == ["ดี"]
    assert [(line.code, line.speaks) for line in candidate.findings][:2] == [("given", "for"), ("family", "for")]
    assert candidate.reason.startswith("Only the name agrees")


def test_an_answered_question_still_shows_both_sides(asked, somsri):
    answer(asked, "same", by=somsri)

    shown = queries.case_for(somsri, asked.pk)

    assert [seen.batch.kind for seen in shown.row.seen] == ["volunteer_survey"]
    assert [seen.batch.kind for seen in shown.current.side.seen] == ["civil_register"]
    assert queries.answered_questions_for(somsri) == [shown.question]


def test_the_queue_is_walked_page_by_page_and_question_by_question(somsri):
    names = ["สมชาย", "วิภาดา", "ประเสริฐ", "กมล", "อำนวย"]
    for at, name in enumerate(names):
        known(name, house=str(at))
        bring(somebody(name, house=None))
    everything = [found.pk for found in queries.open_questions_for(somsri)]

    first = queries.questions_page(somsri, size=2)
    second = queries.questions_page(somsri, size=2, after=first.after)
    third = queries.questions_page(somsri, size=2, after=second.after)
    back = queries.questions_page(somsri, size=2, before=third.before)

    walked = [found.pk for page in (first, second, third) for found in page.rows]
    assert walked == everything
    assert (first.before, third.after) == ("", "")
    assert [found.pk for found in back.rows] == everything[2:4]
    middle = queries.case_for(somsri, everything[2])
    assert (middle.previous, middle.next) == (everything[1], everything[3])
    with pytest.raises(NotFound):
        queries.questions_page(somsri, after="nonsense")
