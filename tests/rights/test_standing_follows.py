"""Entitlements follow the registry and the rules: few people at once, many by a job, nobody forgotten."""

from datetime import date

import pytest
from django_tasks_db.models import DBTaskResult
from tests.people.town import row, tell
from tests.rights import village
from tests.rights.village import PAN

from mudmai.rights import services, tasks
from mudmai.rights.models import Due, Evaluation, Standing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(national_codes):
    village.told()
    village.evaluated()


@pytest.fixture
def later(settings):
    """Jobs wait for the worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def waiting(task):
    return DBTaskResult.objects.filter(task_path=task.module_path, status="READY").count()


def test_what_is_told_of_one_is_seen_at_once(people):
    village.learn(PAN, death_date="2026-10-01")

    assert "ปั่น" not in village.findings()
    assert not Due.objects.exists()


def test_many_are_left_to_one_job(people, later):
    rows = [row(f"ยาย{n}", house=str(n), id=f"{n:032d}", birth_date="1950", **village.THAI) for n in range(1, 200)]
    tell(*rows)
    tell(*(row(f"ตา{n}", house=str(n), id=f"{n + 500:032d}", birth_date="1950", **village.THAI) for n in range(1, 200)))

    assert waiting(tasks.evaluate_due) == 1
    assert Due.objects.count() > 150
    tasks.evaluate_due.func()
    assert not Due.objects.exists()
    assert Standing.objects.filter(programme="old_age_allowance", finding="missed").count() > 390


def test_what_changes_while_everybody_is_evaluated_is_evaluated_again(people, monkeypatch):
    """The run read Pan before somebody told that he died, and would write it after."""
    from mudmai.rights.services import evaluating

    read = evaluating.rows_of

    def told_meanwhile(frame):
        found = read(frame)
        if len(frame.persons) > 2 and Evaluation.objects.get().begun_at and not told_meanwhile.done:
            told_meanwhile.done = True
            village.learn(PAN, death_date="2026-10-01")
        return found

    told_meanwhile.done = False
    monkeypatch.setattr(evaluating, "rows_of", told_meanwhile)

    services.evaluate_all()

    assert told_meanwhile.done
    assert "ปั่น" not in village.findings()
    before = village.state()
    services.evaluate_all()
    assert village.state() == before


def test_new_rules_evaluate_everybody_by_one_job(people, later):
    services.rules_changed()
    services.rules_changed()

    assert waiting(tasks.evaluate_everybody) == 1


def test_a_row_of_the_office_changes_what_people_get(people):
    from mudmai.rights.models import ParameterRow

    ParameterRow.objects.create(
        parameter="old_age_allowance.steps", area_code="520306", valid_from=date(2026, 10, 1), mode="add",
        value=[[60, 50], [70, 50], [80, 50], [90, 50]], legal_basis="ข้อบัญญัติของตำบล",
    )  # fmt: skip

    services.evaluate_daily()

    assert Standing.objects.get(programme="old_age_allowance", finding="missed").amount == 750


def test_a_run_that_died_holds_nobody_up(people, monkeypatch):
    from datetime import timedelta

    from django.utils import timezone

    Evaluation.objects.update(begun_at=timezone.now() - timedelta(hours=2))
    village.learn(PAN, death_date="2026-10-01")
    assert Due.objects.exists()

    services.evaluate_daily()

    assert Evaluation.objects.get().begun_at is None
    assert not Due.objects.exists()
