"""site.worker: jobs are done once, tried again after passing trouble, and never lost with their worker."""

import os
import socket
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.site import jobs

from mudmai.kernel import stopping
from mudmai.site import worker
from mudmai.site.models import WorkerSign


@pytest.fixture(autouse=True)
def _queue_in_the_database(settings, db):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.CHORES = {}
    jobs.done.clear()
    yield
    stopping.forget()


def work():
    worker.JobsWorker(batch=True, interval=0).run()


def the_job():
    return DBTaskResult.objects.get()


def test_jobs_are_done_in_their_order_and_once():
    jobs.note.enqueue("first")
    jobs.note.enqueue("second")

    work()
    work()

    assert jobs.done == ["first", "second"]
    assert {job.status for job in DBTaskResult.objects.all()} == {"SUCCESSFUL"}


def test_passing_trouble_is_tried_again_later_and_given_up_after_three():
    jobs.meet_a_locked_database.enqueue()

    for tries in (1, 2):
        work()
        assert (the_job().status, len(jobs.done)) == ("READY", tries)
        assert the_job().run_after > timezone.now()
        DBTaskResult.objects.update(run_after=timezone.now())
    work()

    assert (the_job().status, len(jobs.done)) == ("FAILED", 3)


def test_a_bug_fails_at_once_and_stops_no_other_job():
    jobs.contain_a_bug.enqueue()
    jobs.note.enqueue("after it")

    work()

    assert jobs.done == ["after it"]
    assert DBTaskResult.objects.failed().get().exception_class_path == "builtins.KeyError"


def test_a_job_that_paused_goes_on_after_the_restart():
    jobs.pause_between_chunks.enqueue()
    first = worker.JobsWorker(batch=True, interval=0)

    first.turn()

    assert (the_job().status, the_job().worker_ids, jobs.done) == ("READY", [], ["chunk"])
    assert DBTaskResult.objects.ready().exists()


@pytest.mark.parametrize("tries", [1, 2])
def test_a_job_of_a_killed_worker_is_done_by_the_next(tries):
    jobs.note.enqueue("rescued")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["gone"] * tries)

    work()

    assert (the_job().status, jobs.done) == ("SUCCESSFUL", ["rescued"])


def test_a_job_that_killed_three_workers_is_given_up():
    jobs.note.enqueue("deadly")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["a", "b", "c"])

    work()

    assert (the_job().status, jobs.done) == ("FAILED", [])
    assert "WorkerDied" in the_job().exception_class_path


def test_a_job_of_a_living_worker_is_left_to_it():
    jobs.note.enqueue("in good hands")
    now = timezone.now()
    WorkerSign.objects.create(id="other", host=socket.gethostname(), pid=os.getpid(), started_at=now, seen_at=now)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["other"])

    assert worker.take_back_jobs_of_the_dead() == 0

    WorkerSign.objects.update(seen_at=now - timedelta(hours=1))
    assert worker.take_back_jobs_of_the_dead() == 1


def test_a_worker_takes_its_sign_of_life_away_when_it_ends():
    work()

    assert not WorkerSign.objects.exists()


def test_the_first_signal_lets_the_job_pause_and_the_second_stops_at_once():
    busy = worker.JobsWorker(batch=True)

    busy.shutdown(15, None)
    assert stopping.is_requested()

    with pytest.raises(SystemExit):
        busy.shutdown(15, None)
