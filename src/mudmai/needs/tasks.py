"""Background jobs of needs, and when they are begun: each can be killed and begun again."""

from typing import Any

from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from mudmai.needs import services
from mudmai.needs.models import Due

# So many changed persons and houses are assessed before the page answers; more, by a job.
FEW = 50


@task()
def assess_due() -> None:
    """Assess whatever changed."""
    services.assess_due()


@task()
def assess_stale() -> None:
    """Assess the areas whose rules or weights are others now, or that were not assessed today."""
    services.assess_stale()


@task()
def fill_snapshot(key: int) -> None:
    """Work a snapshot out."""
    services.fill_snapshot(key)


def note(persons: frozenset[str], households: frozenset[str], **_sent: Any) -> None:
    """Receiver of `people.services.stirred`: keep what changed, and assess it once it is committed."""
    services.note_due(persons, households)
    transaction.on_commit(work_soon, robust=True)


def work_soon() -> None:
    """Assess at once what are few; else see that a job will. Should this process die, the daily chore finds them."""
    waiting = Due.objects.values("subject")[: FEW + 1].count()
    if 0 < waiting <= FEW:
        services.assess_due()
    elif waiting:
        enqueue_once(assess_due)


def weights_changed(**_sent: Any) -> None:
    """Receiver of `services.weighed`."""
    transaction.on_commit(lambda: enqueue_once(assess_stale))


def snapshot_wanted(key: int, **_sent: Any) -> None:
    """Receiver of `services.snapshot_wanted`."""
    transaction.on_commit(lambda: fill_snapshot.enqueue(key))


def enqueue_once(job: Any) -> None:
    """Begin a job, unless one waits already that will find this work too."""
    if not DBTaskResult.objects.filter(task_path=job.module_path, status="READY").exists():
        job.enqueue()
