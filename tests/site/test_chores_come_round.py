"""site.chores: regular work, once among all workers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mudmai.site import chores
from mudmai.site.models import Chore


def break_down() -> None:
    raise RuntimeError("no cleaning today")


@pytest.fixture(autouse=True)
def _no_chores_of_modules(settings, db):
    settings.CHORES = {}


def test_every_chore_is_done_once_a_day():
    assert len(chores.do_what_is_due()) == 4
    assert chores.do_what_is_due() == []

    Chore.objects.update(begun_at=timezone.now() - timedelta(days=2))
    assert len(chores.do_what_is_due()) == 4


def test_a_chore_that_fails_stops_no_other(settings, caplog):
    settings.CHORES = {"tests.site.test_chores_come_round.break_down": timedelta(hours=1)}

    assert len(chores.do_what_is_due()) == 4
    assert "no cleaning today" in caplog.text
