"""One click takes a list back at any later time, and shows first what that changes."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import F
from tests.intake import lists

from mudmai.intake import services as intake
from mudmai.people.models import Batch, Person
from mudmai.site import chores
from mudmai.site.doctor import database
from mudmai.site.models import Chore

pytestmark = pytest.mark.django_db

Progress = Callable[[int, int], None]
PAYEES = ("บัญชีรายชื่อผู้มีสิทธิรับเงินเบี้ยยังชีพผู้สูงอายุ ประจำเดือน ตุลาคม 2569", "ตำบลเกาะคา อำเภอเกาะคา จังหวัดลำปาง")
HEADER = ("ที่", "เลขประจำตัวประชาชน", "ชื่อ-สกุล", "วันเกิด", "บ้านเลขที่", "หมู่ที่", "จำนวนเงิน (บาท)")


def payee(number: int, baht: int, **told: object) -> lists.Row:
    row = lists.person(number, **told)
    return [*row[:3], *row[4:], baht]


def test_undo_shows_what_goes_and_brings_the_former_state_back_exactly() -> None:
    lists.imported(lists.xlsx(*lists.people(6)))
    before = lists.registry()
    upload = lists.imported(lists.xlsx(payee(0, 600), payee(1, 700), payee(9, 800), titles=PAYEES, header=HEADER))
    assert upload.batch is not None

    preview = intake.preview_undo(upload.batch)
    assert (preview.records, preview.persons_gone) == (3, 1)
    assert preview.fields > 0
    assert lists.registry() != before

    intake.undo(upload.batch, by=None)

    assert lists.registry() == before


def test_the_older_list_is_undone_under_a_newer_one() -> None:
    first = lists.imported(lists.xlsx(*lists.people(6)))
    lists.imported(lists.xlsx(payee(0, 600), payee(1, 700), titles=PAYEES, header=HEADER))
    assert first.batch is not None

    intake.undo(first.batch, by=None)

    assert set(Person.objects.values_list("given_name", flat=True)) == {"สมศรี", "บุญมา"}
    somsri = Person.objects.get(given_name="สมศรี")
    assert somsri.known["old_age_allowance_baht"][0] == 600
    assert "in_civil_register" not in somsri.known


def test_an_undone_list_can_stand_again() -> None:
    lists.imported(lists.xlsx(*lists.people(6)))
    upload = lists.imported(lists.xlsx(payee(0, 600), titles=PAYEES, header=HEADER))
    assert upload.batch is not None
    with_both = lists.registry()

    intake.undo(upload.batch, by=None)
    intake.undo(upload.batch, by=None)
    intake.restore(upload.batch, by=None)

    assert lists.registry() == with_both


class Killed(BaseException):
    """Stands for kill -9: nothing catches it to tidy up."""


def kill_at(step: int) -> Progress:
    seen = [0]

    def listen(_done: int, _total: int) -> None:
        seen[0] += 1
        if seen[0] == step:
            raise Killed

    return listen


@pytest.fixture
def two_lists(monkeypatch: pytest.MonkeyPatch) -> Batch:
    """A register, and payees who live elsewhere, one alone in village 2: they are returned. Folded one by one."""
    monkeypatch.setattr("mudmai.people.services.refold.STEP", 1)
    lists.imported(lists.xlsx(*lists.people(4)))
    rows = [payee(0, 600, house="99/1"), payee(1, 700, house="99/1"), payee(8, 800), payee(9, 800, moo=2)]
    batch = lists.imported(lists.xlsx(*rows, titles=PAYEES, header=HEADER)).batch
    assert batch is not None
    return batch


@pytest.mark.parametrize("step", range(1, 7))
def test_an_undo_and_a_return_killed_at_any_step_are_finished_when_asked_again(two_lists: Batch, step: int) -> None:
    with_both = lists.registry()
    intake.undo(two_lists, by=None)
    without = lists.registry()
    intake.restore(two_lists, by=None)

    with pytest.raises(Killed):
        intake.undo(two_lists, by=None, progress=kill_at(step))
    intake.undo(Batch.objects.get(pk=two_lists.pk), by=None)
    assert lists.registry() == without

    with pytest.raises(Killed):
        intake.restore(two_lists, by=None, progress=kill_at(min(step, 4)))  # two persons fewer, two steps fewer
    intake.restore(Batch.objects.get(pk=two_lists.pk), by=None)
    assert lists.registry() == with_both


def test_the_worker_finishes_what_nobody_asks_for_again_and_the_doctor_tells_of_it(
    two_lists: Batch, settings: Any
) -> None:
    intake.undo(two_lists, by=None)
    without = lists.registry()
    intake.restore(two_lists, by=None)
    with pytest.raises(Killed):
        intake.undo(two_lists, by=None, progress=kill_at(2))
    assert list(database.lists_are_whole()) == []  # somebody may still be at work
    assert chores.do_what_is_due()
    assert lists.registry() != without

    Batch.objects.update(turning_at=F("turning_at") - timedelta(minutes=10))
    [finding] = database.lists_are_whole()
    assert f"mudmai undo {two_lists.pk}" in finding.cure
    Chore.objects.all().delete()
    assert "mudmai.people.services.finish_turns" in chores.do_what_is_due()

    assert lists.registry() == without
    assert list(database.lists_are_whole()) == []


def test_the_command_says_that_it_finished_what_had_broken_off(
    two_lists: Batch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Killed):
        intake.undo(two_lists, by=None, progress=kill_at(1))

    call_command("undo", str(two_lists.pk), "--yes", "--json")
    call_command("undo", str(two_lists.pk), "--yes", "--json")

    told = [json.loads(line)["undone"] for line in capsys.readouterr().out.splitlines()]
    assert told == [True, False]


def test_only_who_has_the_duty_undoes(noi: object) -> None:
    from mudmai.kernel.errors import NotAllowed

    upload = lists.imported(lists.xlsx(*lists.people(3)))
    assert upload.batch is not None
    with pytest.raises(NotAllowed):
        intake.undo(upload.batch, by=noi)  # type: ignore[arg-type]
