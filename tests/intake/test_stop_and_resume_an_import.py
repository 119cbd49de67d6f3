"""An import can be stopped by a person, paused by the system, or killed: it is finished, or as if never begun."""

from collections.abc import Iterator

import pytest
from tests.intake import lists

from mudmai.intake import services as intake
from mudmai.intake.models import Upload
from mudmai.intake.services import staging, states
from mudmai.kernel import stopping
from mudmai.people.models import Batch, Decision, Record
from mudmai.people.services.refold import refold_records
from mudmai.people.services.tallies import count_everything

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Stands for kill -9: nothing catches it to tidy up."""


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(staging, "CHUNK", 3)
    monkeypatch.setattr(states, "_TELL_EVERY_SECONDS", 0.0)
    monkeypatch.setattr("mudmai.people.services.absorb.STEP", 3)
    yield
    stopping.forget()


@pytest.fixture
def uninterrupted() -> list[int]:
    """How many steps an import of this list takes when nothing stops it."""
    steps = [0]

    def count(phase: str, done: int, total: int) -> None:
        steps[0] += 1

    upload = lists.previewed(lists.xlsx(*lists.people(10)))
    intake.commit(upload, listener=count)
    assert upload.batch is not None
    intake.undo(upload.batch, by=None)
    return steps


def kill_at(step: int) -> "object":
    seen = [0]

    def listen(phase: str, done: int, total: int) -> None:
        seen[0] += 1
        if seen[0] == step:
            raise Killed

    return listen


def test_an_import_killed_at_any_step_is_finished_by_the_next_run(uninterrupted: list[int]) -> None:
    assert uninterrupted[0] > 8
    for step in range(1, uninterrupted[0] + 1):
        upload = lists.previewed(lists.as_csv(*lists.people(10), ["", f"ครั้งที่ {step}"]), f"{step}.csv")
        with pytest.raises(Killed):
            intake.commit(upload, listener=kill_at(step))
        upload.refresh_from_db()
        assert upload.state == Upload.State.IMPORTING

        resumed = intake.commit(Upload.objects.get(pk=upload.pk))

        assert resumed.state == Upload.State.DONE
        assert resumed.batch is not None
        assert Record.objects.filter(batch=resumed.batch).count() == 10
        assert len(lists.registry()[0]) == 10
        resumed_to = lists.registry()
        refold_records([key.hex for key in Record.objects.filter(batch=resumed.batch).values_list("pk", flat=True)])
        count_everything()
        assert lists.registry() == resumed_to
        intake.undo(resumed.batch, by=None)
        assert lists.registry() == [[], [], []]


def test_a_list_that_moves_people_killed_at_any_step_ends_as_if_nothing_had_happened() -> None:
    """People move from one house to another: the house they left is counted anew too, whenever the plug is pulled."""
    lists.imported(lists.xlsx(*lists.people(10)))
    moved = [lists.person(number, house="99/1") for number in range(10)]
    titles = (lists.TITLE, "ข้อมูล ณ วันที่ 1 ตุลาคม 2569")
    whole = lists.imported(lists.xlsx(*moved, titles=titles))
    assert whole.batch is not None
    with_both = lists.values()
    intake.undo(whole.batch, by=None)
    before = lists.values()

    for step in range(1, 6):
        upload = lists.previewed(lists.xlsx(*moved, titles=titles), f"{step}.xlsx")
        folding = [0]

        def pull_the_plug(phase: str, done: int, total: int, step: int = step, folding: list[int] = folding) -> None:
            folding[0] += phase == "folding"
            if folding[0] == step:
                raise Killed

        with pytest.raises(Killed):
            intake.commit(upload, listener=pull_the_plug)
        resumed = intake.commit(Upload.objects.get(pk=upload.pk))

        assert resumed.batch is not None
        assert lists.values() == with_both
        intake.undo(resumed.batch, by=None)
        assert lists.values() == before


def test_a_person_stops_an_import_and_nothing_of_it_is_kept() -> None:
    lists.imported(lists.xlsx(*lists.people(4)))
    before, decisions = lists.registry(), Decision.objects.count()
    upload = lists.previewed(
        lists.as_csv(*lists.people(10), titles=["ทะเบียนราษฎร ตำบลเกาะคา อำเภอเกาะคา จังหวัดลำปาง"]), "b.csv"
    )

    def stop_while_writing(phase: str, done: int, total: int) -> None:
        if phase == "writing" and done:
            intake.cancel(Upload.objects.get(pk=upload.pk))

    with pytest.raises(intake.Cancelled):
        intake.commit(upload, listener=stop_while_writing)

    upload.refresh_from_db()
    assert (upload.state, upload.batch_id, upload.cancel_asked) == (Upload.State.PREVIEWED, None, False)
    assert Batch.objects.count() == 1
    assert (lists.registry(), Decision.objects.count()) == (before, decisions)


def test_a_person_stops_an_import_while_it_is_folded() -> None:
    before = lists.registry()
    upload = lists.previewed(lists.xlsx(*lists.people(10)))

    def stop_while_folding(phase: str, done: int, total: int) -> None:
        if phase == "folding" and done:
            intake.cancel(Upload.objects.get(pk=upload.pk))

    with pytest.raises(intake.Cancelled):
        intake.commit(upload, listener=stop_while_folding)

    assert lists.registry() == before
    assert not Record.objects.exists()
    assert intake.commit(upload).state == Upload.State.DONE


def test_a_worker_that_stops_pauses_the_import_and_goes_on_later() -> None:
    upload = lists.previewed(lists.xlsx(*lists.people(10)))

    def ask_to_stop(phase: str, done: int, total: int) -> None:
        if phase == "writing" and done:
            stopping.request()

    with pytest.raises(stopping.StoppedEarly):
        intake.commit(upload, listener=ask_to_stop)
    stopping.forget()

    assert intake.commit(Upload.objects.get(pk=upload.pk)).state == Upload.State.DONE
    assert len(lists.registry()[0]) == 10


def test_two_clicks_import_once() -> None:
    upload = lists.previewed(lists.xlsx(*lists.people(5)))
    intake.begin_commit(upload)
    with pytest.raises(intake.WrongState):
        intake.begin_commit(Upload.objects.get(pk=upload.pk))

    intake.commit(upload)
    intake.commit(Upload.objects.get(pk=upload.pk))

    assert Batch.objects.count() == 1


def test_the_job_runs_from_the_file_to_the_registry() -> None:
    from mudmai.intake import tasks

    upload = intake.receive(by=None, filename="a.xlsx", data=lists.xlsx(*lists.people(5)))
    tasks.prepare_upload.enqueue(str(upload.pk))
    upload.refresh_from_db()
    assert upload.state == Upload.State.PREVIEWED

    intake.begin_commit(upload)
    tasks.commit_upload.enqueue(str(upload.pk))
    upload.refresh_from_db()
    assert upload.state == Upload.State.DONE


def test_the_job_writes_why_a_file_cannot_be_read() -> None:
    from mudmai.intake import tasks

    upload = intake.receive(by=None, filename="a.xlsx", data=b"PK\x03\x04 broken")
    tasks.prepare_upload.enqueue(str(upload.pk))
    upload.refresh_from_db()

    assert upload.state == Upload.State.FAILED
    assert "a.xlsx" in upload.error
