"""Run background jobs: nothing is lost when a worker dies, passing trouble is tried again, chores come round.

Built on the worker of django-tasks-db, which claims a job so that no two run it, and keeps its result. What that lacks
is here: a job whose worker died goes back to the queue, a job that met passing trouble is tried again after a while,
a job that paused because the worker stops goes on after the restart.
"""

import logging
import os
import secrets
import signal
import socket
import sys
import threading
import time
from datetime import timedelta
from types import FrameType
from typing import Any

from django.db import Error as DatabaseTrouble
from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from mudmai.kernel import stopping
from mudmai.site import chores
from mudmai.site.models import WorkerSign

log = logging.getLogger("mudmai.worker")

MOST_TRIES = 3
FIRST_WAIT = timedelta(seconds=10)
# A sign of life is given every 10 s; a long write of another process may hold it up for 20 s and more.
SIGN_EVERY_SECONDS = 10.0
DEAD_AFTER = timedelta(seconds=120)
LOOK_FOR_THE_DEAD_EVERY_SECONDS = 30.0
# What may be gone a minute later: a locked or restarting database, a full disk, a network file.
PASSING_TROUBLE = (DatabaseTrouble, OSError, TimeoutError, MemoryError)
STOPPING = (stopping.StoppedEarly, SystemExit, KeyboardInterrupt)


class JobsWorker(Worker):
    """One worker process; `parent` is the process id of `mudmai serve`, with which it ends."""

    def __init__(self, *, interval: float = 0.5, batch: bool = False, parent: int | None = None) -> None:
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}",
            excluded_queue_names=[],
        )
        self.parent = parent
        self._next_look = 0.0

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """First signal: pause between chunks. Second: stop at once; the job goes back to the queue."""
        if not self.running:
            self.reset_signals()
            sys.exit(1)
        stopping.request()
        self.running = False

    def run(self) -> None:
        stopping.forget()
        heart = Heart(self.worker_id)
        heart.start()
        try:
            while self.running and self.has_parent():
                renew_connection()
                busy = self.turn()
                if self.batch and not busy:
                    return
                if not busy:
                    time.sleep(self.interval)
        finally:
            heart.stop()

    def turn(self) -> bool:
        """Do one job or chore. Returns whether there was one. Trouble with the database is waited out."""
        try:
            self.look_round()
            return self.do_one_job()
        except DatabaseTrouble:
            log.warning("The database does not answer; trying again.", exc_info=True)
            renew_connection()
            time.sleep(self.interval)
            return False

    def look_round(self) -> None:
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOK_FOR_THE_DEAD_EVERY_SECONDS
        take_back_jobs_of_the_dead()
        chores.do_what_is_due()

    def do_one_job(self) -> bool:
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        # Asked without a lock first, so that an idle worker is in nobody's way.
        if not ready.exists():
            return False
        job = claim(self.worker_id)
        if job is None:
            return False
        self.run_task(job)
        judge(job)
        return True

    def has_parent(self) -> bool:
        return self.parent is None or os.getppid() == self.parent


class Heart(threading.Thread):
    """Gives a sign of life while a long job keeps the worker busy."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(daemon=True, name="sign of life")
        self.worker_id = worker_id
        self._done = threading.Event()
        self.beat()

    def beat(self) -> None:
        now = timezone.now()
        first = {"host": socket.gethostname(), "pid": os.getpid(), "started_at": now, "seen_at": now}
        WorkerSign.objects.update_or_create(id=self.worker_id, defaults={"seen_at": now}, create_defaults=first)

    def run(self) -> None:
        while not self._done.wait(SIGN_EVERY_SECONDS):
            try:
                self.beat()
            except DatabaseTrouble:
                log.warning("No sign of life could be given.", exc_info=True)
            finally:
                connection.close()

    def stop(self) -> None:
        self._done.set()
        if self.is_alive():
            self.join(timeout=5)
        WorkerSign.objects.filter(id=self.worker_id).delete()


def renew_connection() -> None:
    """Let go of a database connection that is broken or too old; inside a transaction (as in tests) it must stay."""
    if not connection.in_atomic_block:
        close_old_connections()


def claim(worker_id: str) -> Any:
    """Take the next job for this worker, or None when another was quicker."""
    with transaction.atomic():
        job = DBTaskResult.objects.ready().filter(backend_name="default").get_locked()
        if job is not None:
            job.claim(worker_id)
    return job


def judge(job: Any) -> None:
    """Put a job back that stopped early or met passing trouble; leave all others as they ended."""
    if job.status != "FAILED":
        return
    problem = problem_class(job.exception_class_path)
    if issubclass(problem, STOPPING):
        put_back(job, tries=job.worker_ids[:-1])
    elif issubclass(problem, PASSING_TROUBLE) and len(job.worker_ids) < MOST_TRIES:
        put_back(job, tries=job.worker_ids, wait=FIRST_WAIT * 4 ** (len(job.worker_ids) - 1))
    else:
        log.error("Job %s failed:\n%s", job.task_path, job.traceback)


def put_back(job: Any, *, tries: list[str], wait: timedelta = timedelta(0)) -> None:
    job.status = "READY"
    job.worker_ids = tries
    job.finished_at = None
    job.run_after = timezone.now() + wait
    job.save(update_fields=["status", "worker_ids", "finished_at", "run_after"])


def problem_class(path: str) -> type[BaseException]:
    try:
        found = import_string(path)
    except ImportError:
        return Exception
    return found if isinstance(found, type) and issubclass(found, BaseException) else Exception


class WorkerDied(RuntimeError):
    """The worker was killed while it did the job, three times over."""


def take_back_jobs_of_the_dead() -> int:
    """Put jobs back to the queue whose worker is gone; after three tries they count as failed. Returns how many."""
    running = list(DBTaskResult.objects.running())
    if not running:
        return 0
    living = living_workers()
    orphans = [job for job in running if not job.worker_ids or job.worker_ids[-1] not in living]
    for job in orphans:
        if len(job.worker_ids) >= MOST_TRIES:
            job.set_failed(WorkerDied(f"The worker died {len(job.worker_ids)} times while it did this job."))
        else:
            put_back(job, tries=job.worker_ids)
    return len(orphans)


def living_workers() -> set[str]:
    """Ids of workers that gave a sign lately and, on this machine, whose process is there."""
    recent = WorkerSign.objects.filter(seen_at__gt=timezone.now() - DEAD_AFTER)
    here = socket.gethostname()
    return {sign.id for sign in recent if sign.host != here or process_is_there(sign.pid)}


def process_is_there(pid: int) -> bool:
    if os.name != "posix":
        return True  # signal 0 means something else on Windows; the sign of life decides there
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def listen_for_signals(worker: JobsWorker) -> None:
    signal.signal(signal.SIGINT, worker.shutdown)
    signal.signal(signal.SIGTERM, worker.shutdown)
