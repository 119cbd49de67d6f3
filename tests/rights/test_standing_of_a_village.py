"""What is found of everybody, stored and counted."""

from datetime import date

import pytest
from tests.rights import village
from tests.rights.village import DENG, KAEO, MALI, PAN

from mudmai.rights import queries, services
from mudmai.rights.models import Due, Evaluation, Notice, RightsTally, Standing, Watched

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    village.told()
    village.evaluated()


def test_the_paid_the_missed_and_the_dead_who_is_paid(people):
    assert village.findings() == {"มาลี": "paid", "ปั่น": "missed", "แดง": "over"}


def test_whoever_is_missed_would_get_what_his_age_gives(people):
    assert Standing.objects.get(programme="old_age_allowance", finding="missed").amount == 700


def test_without_the_complete_list_nobody_is_called_missed(db):
    from tests.people.town import row, tell

    tell(row("ปั่น", "ใจดี", id=PAN, birth_date="1956-01-10", **village.THAI))
    village.evaluated()

    assert "missed" not in village.findings().values()


def test_a_village_counts_what_stands_in_it(people):
    numbers = queries.programme_numbers(["520306"])

    assert numbers.of("old_age_allowance", "missed").n == 1
    assert numbers.of("old_age_allowance", "missed").baht == 700
    assert queries.numbers_by_child("520306", 8)["52030601"].of("old_age_allowance", "over").n == 1
    assert queries.missed_numbers("520306").baht_month >= 700


def test_whoever_is_merely_untold_stands_on_no_list_and_in_no_count(people):
    """Kaeo is thirty-six and nothing is known of his income: no sign makes it worth asking him."""
    assert not Standing.objects.filter(person_id=KAEO, programme="state_welfare_card").exists()
    assert queries.programme_numbers([""]).of("state_welfare_card", "unknown").n == 0


def test_a_sign_makes_it_worth_asking(people):
    """A visit tells that Kaeo wears diapers; nobody told his ADL or his health scheme."""
    village.learn(KAEO, incontinent=True)
    services.evaluate_due()

    assert village.findings("adult_diapers").get("แก้ว") == "unknown"
    assert queries.programme_numbers([""]).of("adult_diapers", "unknown").n == 1


def test_the_guarded_programme_is_stored_nowhere(people):
    village.learn(MALI, kind="home_visit", aids_diagnosed=True)
    village.evaluated()

    assert not Standing.objects.filter(programme="aids_allowance").exists()
    assert not RightsTally.objects.filter(programme="aids_allowance").exists()
    assert "aids_allowance" not in services.stored_programmes()
    assert "aids_allowance" not in queries.listed_programmes()


def test_evaluating_twice_changes_nothing(people):
    before = village.state()
    village.evaluated()

    assert village.state() == before


def test_what_is_told_later_makes_a_person_due_and_is_evaluated_alone(people):
    village.learn(PAN, death_date="2026-10-01")
    assert Due.objects.filter(pk=PAN).exists()

    services.evaluate_due()

    assert village.findings() == {"มาลี": "paid", "แดง": "over"}
    assert not Due.objects.exists()
    assert queries.programme_numbers([""]).of("old_age_allowance", "missed").n == 0


def test_a_list_taken_back_makes_everybody_unknown_again(people):
    from mudmai.people import services as registry
    from mudmai.people.models import Batch

    registry.withdraw(Batch.objects.get(kind="old_age_payees"), by=None, reason="ทดสอบ")
    services.evaluate_due()

    assert "missed" not in village.findings().values()
    before = village.state()
    village.evaluated()
    assert village.state() == before


def test_the_day_comes_and_is_seen(people, monkeypatch):
    """Whoever turns 70 is paid more from the day the rules say; the chore sees to it."""
    watched = Watched.objects.order_by("next_on").first()
    assert watched is not None
    monkeypatch.setenv("MUDMAI_TODAY", watched.next_on.isoformat())

    services.evaluate_daily()

    assert Evaluation.objects.get().on == watched.next_on
    before = village.state()
    village.evaluated()
    assert village.state() == before


def test_a_new_fiscal_year_evaluates_everybody(people, monkeypatch):
    version = Evaluation.objects.get().version
    monkeypatch.setenv("MUDMAI_TODAY", "2027-10-01")

    services.evaluate_daily()

    assert Evaluation.objects.get().on == date(2027, 10, 1)
    assert Evaluation.objects.get().version != version


def test_one_area_alone_gives_the_same(people):
    village.learn(KAEO, disability_registered=True)
    services.evaluate_all(areas=("520306",))
    before = village.state()
    village.evaluated()

    assert village.state() == before


def test_whoever_is_no_longer_there_is_forgotten(people):
    services.evaluate_persons(["f" * 32])
    assert Standing.objects.filter(person_id=DENG).exists()
    from mudmai.people import services as registry
    from mudmai.people.models import Batch

    registry.withdraw(Batch.objects.get(kind="civil_register"), by=None, reason="ทดสอบ")
    services.evaluate_due()
    before = village.state()
    village.evaluated()
    assert village.state() == before
    assert not Standing.objects.filter(person_id=PAN).exists()


def test_a_third_list_without_somebody_who_was_paid(db):
    village.told()
    village.paid([MALI, PAN], date(2026, 7, 10))
    village.paid([MALI], date(2026, 8, 10), gone=[PAN])
    village.paid([MALI], date(2026, 9, 10))
    village.evaluated()

    notices = Notice.objects.filter(kind="unpaid")
    assert [(each.person_id.hex, each.on) for each in notices] == [(PAN, date(2026, 10, 10))]
