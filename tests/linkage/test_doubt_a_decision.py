"""Lists of several years can chain strangers into one person: what is sure is parted, the rest is asked."""

from datetime import date

import pytest
from tests.linkage.folk import cid
from tests.people.town import person, row, state

from mudmai.linkage import queries
from mudmai.linkage.models import Question
from mudmai.linkage.services import answer, check_batch, check_persons, undo
from mudmai.people import queries as registry
from mudmai.people import services as people
from mudmai.people.models import Batch, Decision, Person
from mudmai.people.services import NewDecision

pytestmark = pytest.mark.django_db


def told(*rows, links=(), kind="civil_register", as_of=date(2026, 10, 1)):
    """A list with links of the model: (row, key, score)."""
    source = people.ensure_source(code=f"test-{kind}", kind=kind, name=kind)
    batch = people.open_batch(by=None, source=source, label=kind, as_of=as_of, area_code="520306")
    people.add_records(batch, rows)
    made = [
        NewDecision("link", left.id, right, basis="model", score=score, evidence={"why": {"level": "model"}})
        for left, right, score in links
    ]
    people.add_decisions(made, batch=batch)
    people.close_batch(batch)
    return batch


@pytest.fixture
def chain(db):
    """A chain of three: Malee of the register, a survey row without an id, a disabled Malee with her own id."""
    malee, survey, other = row(cid=cid(1), birth_date="1950"), row(), row(cid=cid(2), house="14", sex="f")
    told(malee)
    told(survey, links=[(survey, malee.id, 0.999)], kind="volunteer_survey")
    last = told(other, links=[(other, survey.id, 0.992)], kind="disability_register")
    return malee, survey, other, last


def test_two_checked_ids_that_the_model_chained_are_parted_with_the_reason(chain):
    malee, survey, other, last = chain
    assert Person.objects.count() == 1

    assert check_batch(last) == (1, 0)

    assert Person.objects.count() == 2
    assert registry.persons_by_key([survey.id]) == {survey.id: malee.id}
    taken = Decision.objects.get(kind="withdraw")
    assert (taken.by, taken.basis, taken.evidence["why"]["level"]) == (None, "rule", "two_ids")
    assert {taken.evidence["rows"]["left"], taken.evidence["rows"]["right"]} == {malee.id, other.id}


def test_looking_twice_does_nothing_twice(chain):
    last = chain[-1]
    check_batch(last)
    before = state(), Decision.objects.count()

    assert check_batch(last) == (0, 0)

    assert (state(), Decision.objects.count()) == before


def test_what_is_harmless_is_not_even_looked_at(db):
    first, again = row(cid=cid(1), birth_date="1950", sex="f"), row(cid=cid(1), birth_date="1950-03-15", sex="f")
    told(first)
    met = row(presence="present")
    batch = told(again, met, links=[(again, first.id, 0.999), (met, first.id, 0.99)], as_of=date(2026, 11, 1))

    assert registry.told_differently(batch) == []
    assert check_batch(batch) == (0, 0)


@pytest.mark.parametrize("death", [{"presence": "dead"}, {"death_date": "2026-09-01"}])
def test_a_dead_person_whom_a_volunteer_met_later_is_asked_about(somsri, death):
    gone, met = row(**death), row()
    told(gone)
    batch = told(met, links=[(met, gone.id, 0.995)], kind="home_visit", as_of=date(2026, 10, 20))

    assert check_batch(batch) == (0, 1)
    assert queries.open_questions_for(somsri).get().evidence["why"]["level"] == "dead_and_seen"


@pytest.fixture
def two_sexes(db):
    """The model linked a man to a woman's row."""
    malee, other = row(sex="f", birth_date="1950"), row(sex="m", house="14")
    told(malee)
    check_batch(told(other, links=[(other, malee.id, 0.992)], kind="tpmap"))
    return malee, other


def test_what_is_not_sure_is_asked_with_both_sides_and_the_reason(two_sexes, somsri):
    malee, other = two_sexes

    asked = queries.open_questions_for(somsri).get()

    assert Person.objects.count() == 1
    assert {asked.left_id.hex, asked.right_id.hex} == {malee.id, other.id}
    assert asked.evidence["why"]["level"] == "two_sexes"
    case = queries.case_for(somsri, asked.pk)
    assert case.current.reason == "One person now, but told of as a man and as a woman."
    sexes = [
        [each.told[0].value for each in side.fields if each.attribute.code == "sex"]
        for side in (case.row, case.current.side)
    ]
    assert sorted(sexes) == [["f"], ["m"]]


def test_two_people_after_all_takes_the_doubted_link_back(two_sexes, somsri):
    malee, _other = two_sexes
    asked = Question.objects.get()

    answer(asked, "different", by=somsri)

    assert Person.objects.count() == 2
    assert person(malee.id).sex == "f"
    assert Decision.objects.get(kind="link").withdrawn
    assert queries.open_count(somsri) == 0


def test_one_person_after_all_is_kept_and_never_asked_again(two_sexes, somsri):
    malee, _other = two_sexes

    answer(Question.objects.get(), "same", by=somsri)

    assert Person.objects.count() == 1
    assert check_persons([malee.id]) == (0, 0)
    assert queries.open_count(somsri) == 0


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_an_answer_about_a_doubt_is_taken_back_and_asked_again(two_sexes, somsri, verdict):
    before = state()
    asked = Question.objects.get()
    answer(asked, verdict, by=somsri)

    undo(Question.objects.get(), by=somsri)

    assert state() == before
    assert queries.open_count(somsri) == 1


def test_a_doubt_is_gone_when_the_link_is_taken_back_elsewhere(two_sexes, somsri):
    people.withdraw(Decision.objects.get(kind="link"), by=somsri)

    assert queries.open_count(somsri) == 0


def test_two_whom_a_person_kept_apart_are_not_joined_by_a_third_row(somsri):
    left, right, third = row("ปั้น"), row("ปั้น", house="14"), row("ปั้น", house=None)
    told(left, right)
    people.mark_different(left.id, right.id, by=somsri)
    told(third, links=[(third, left.id, 0.999)], kind="volunteer_survey")
    people.link_record(right.id, third.id, by=None, basis="model", score=0.991)
    assert Person.objects.count() == 1

    assert check_batch(Batch.objects.get(kind="volunteer_survey")) == (1, 0)

    assert Person.objects.count() == 2
    assert registry.persons_by_key([third.id]) == {third.id: left.id}


def test_what_a_person_put_together_is_questioned_and_never_undone_by_the_machine(somsri):
    left, right = row(cid=cid(1)), row(cid=cid(2), house="14")
    told(left, right)
    merge = people.merge_persons(person(left.id), person(right.id), by=somsri)

    assert check_persons([left.id, right.id]) == (0, 1)

    merge.refresh_from_db()
    assert not merge.withdrawn
    asked = Question.objects.get()
    assert (asked.doubts, asked.evidence["why"]["level"]) == (merge, "two_ids")


def test_an_answer_that_completes_a_chain_asks_the_next_question(somsri):
    """The officer joins two rows that fit; that one was linked to somebody of another sex before is asked then."""
    woman, nobody, man = row(sex="f", birth_date="1950"), row(), row(sex="m", house="14")
    told(woman, man)
    batch = told(nobody, links=[(nobody, woman.id, 0.995)], kind="volunteer_survey")
    asked = Question.objects.create(
        left_id=man.id, right_id=nobody.id, batch=batch, score=0.9, area_code="52030601", asked_at=batch.made_at,
        evidence={"why": {"level": "unsure"}, "given": {"level": "exact", "weight": 8.0}},
    )  # fmt: skip

    answer(asked, "same", by=somsri)

    doubt = queries.open_questions_for(somsri).get()
    assert doubt.evidence["why"]["level"] == "two_sexes"
    assert doubt.doubts is not None
    assert doubt.doubts.basis == "model"  # the weaker of the two, though the older
