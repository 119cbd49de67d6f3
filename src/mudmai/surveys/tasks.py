"""Background jobs of surveys: each can be killed and begun again."""

from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from mudmai.surveys import services


@task()
def settle_received() -> None:
    """Bring what has arrived into the registry, in steps of many, until nothing waits."""
    services.settle_received()


def settle_soon() -> None:
    """See that a job will settle what has just been kept; one job for all that arrive before it begins.

    Should this process die before, the chore `services.settle_what_was_left` finds what waits.
    """
    transaction.on_commit(_enqueue)


def _enqueue() -> None:
    if not DBTaskResult.objects.filter(task_path=settle_received.module_path, status="READY").exists():
        settle_received.enqueue()
