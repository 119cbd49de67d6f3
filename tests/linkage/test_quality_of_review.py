"""The page that tells whether reviewers agree, how scores lie, and whether scores keep their word."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from tests.conftest import MONDAY, on_duty
from tests.intake.townlist import book, send
from tests.linkage.folk import known, unsure

from mudmai.intake.models import Upload
from mudmai.intake.services import commit
from mudmai.linkage import queries
from mudmai.linkage.models import Question, ScoreTally, SecondLookShare
from mudmai.linkage.rules.bands import BANDS
from mudmai.linkage.services import answer, look_again, set_share, tally_scores
from mudmai.people.services import withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked(somsri):
    """Four answers with second looks: agreed on three, differing on one."""
    anong = on_duty("anong", "อนงค์ รักดี", "registrar", "520306")
    set_share(Decimal(100), starts_on=MONDAY, by=somsri)
    told = [("same", "same"), ("same", "same"), ("different", "different"), ("same", "different")]
    for at, (first, second) in enumerate(told):
        unsure(known(house=str(at)), house=f"9{at}")
        question = Question.objects.order_by("-id")[0]
        answer(question, first, by=somsri)
        look_again(question, second, anong)
    return anong


def test_agreement_and_kappa_are_counted_by_pair_and_month(looked, somsri):
    total, [pair] = queries.agreements_for(somsri)

    assert (total.n, total.agreed) == (4, 3)
    # by chance: same 3/4 and 2/4, different 1/4 and 2/4 -> 0.5; (0.75 - 0.5) / 0.5
    assert total.kappa == pytest.approx(0.5)
    assert (pair.month, {pair.one, pair.other}) == (MONDAY.replace(day=1), {str(somsri), str(looked)})
    assert pair.found.agreed == 3
    assert sum(pair.found.counts.values()) == 4


def test_other_areas_are_not_counted(looked, stranger):
    assert queries.agreements_for(stranger)[0].n == 0
    assert queries.calibration_for(stranger) == []


def test_how_often_the_answer_was_same_is_told_by_band(somsri):
    for at, (score, verdict) in enumerate([(0.35, "different"), (0.35, "same"), (0.97, "same")]):
        unsure(known(house=str(at)), score=score, house=f"9{at}")
        answer(Question.objects.order_by("-id")[0], verdict, by=somsri)

    bands = queries.calibration_for(somsri)

    assert [(BANDS[each.band], each.answered, each.same) for each in bands] == [(0.3, 2, 1), (0.95, 1, 1)]


def test_a_list_brought_in_is_counted_by_how_its_rows_were_taken(somsri, client_of, national_codes):
    send(client_of(somsri), book())
    done = commit(Upload.objects.get())

    [month] = queries.drift_for(somsri)

    counted = {outcome: sum(counts) for outcome, counts in month.counts.items()}
    questions = Question.objects.filter(batch=done.batch).values("left").distinct().count()
    assert counted["asked"] == questions
    assert sum(counted.values()) == done.batch.rows
    tally_scores(done.batch.pk)
    assert queries.drift_for(somsri) == [month]


def test_a_list_taken_back_is_no_longer_counted(somsri):
    batch = unsure(known())
    tally_scores(batch.pk)
    assert ScoreTally.objects.get().outcome == "asked"
    assert [month.rows for month in queries.drift_for(somsri)] == [1]

    withdraw(batch, by=somsri)

    assert queries.drift_for(somsri) == []


def test_the_page_shows_all_three_with_their_figures(looked, somsri, client_of, national_codes):
    batch = unsure(known(house="5"), score=0.55)
    tally_scores(batch.pk)

    page = client_of(somsri).get(reverse("linkage:quality"))

    text = page.content.decode()
    assert "0.50" in text  # kappa
    assert "<svg" in text
    assert "<rect" in text
    [month] = page.context["months"]
    assert month["bands"] == [{"label": "50–60%", "linked": 0, "asked": 1}]


def test_a_band_whose_answers_do_not_fit_its_score_is_marked():
    from mudmai.linkage.views.measured import calibrated

    often = calibrated(queries.BandOfAnswers(3, 40, 39))
    fitting = calibrated(queries.BandOfAnswers(3, 40, 14))
    few = calibrated(queries.BandOfAnswers(3, 5, 5))

    assert often["words"]
    assert (fitting["words"], few["words"]) == ("", "")


def test_the_share_is_set_from_a_day_on_by_screen(somsri, client_of, national_codes):
    officer = client_of(somsri)
    send_to = reverse("linkage:set_share")

    officer.post(send_to, {"percent": "10", "starts_on": "3/11/2569"})
    assert SecondLookShare.objects.get().starts_on == MONDAY + timedelta(days=1)

    assert officer.post(send_to, {"percent": "x", "starts_on": "เมื่อวาน"}).status_code == 422
    page = officer.post(send_to, {"percent": "10", "starts_on": "1/1/2569"}, follow=True)
    assert [str(message) for message in page.context["messages"]]
    assert SecondLookShare.objects.count() == 1
