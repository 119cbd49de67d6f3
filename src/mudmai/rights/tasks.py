"""Background jobs of entitlements: each can be killed and begun again. They follow the registry and the rules."""

from functools import partial

from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from mudmai.rights import services

# So many persons and houses are evaluated at once, in some hundredths of a second; more go to a job.
FEW = 150


@task()
def evaluate_due() -> None:
    """Evaluate whoever is due, in steps of many."""
    services.evaluate_due()


@task()
def evaluate_everybody() -> None:
    """Evaluate everybody anew."""
    services.evaluate_all()


def follow(sender: object, *, persons: frozenset[str], households: frozenset[str], **_more: object) -> None:
    """The registry wrote something: note whom it is about, and see to them once it is committed."""
    subjects = persons | households
    services.note(subjects)
    transaction.on_commit(partial(_see_to, subjects), robust=True)


def follow_rules(sender: object, **_more: object) -> None:
    """The rules changed: one job for all changes before it begins."""
    if not _waits(evaluate_everybody.module_path):
        evaluate_everybody.enqueue()


def _see_to(subjects: frozenset[str]) -> None:
    if len(subjects) <= FEW:
        services.evaluate_persons(subjects)
    elif not _waits(evaluate_due.module_path):
        evaluate_due.enqueue()


def _waits(path: str) -> bool:
    return DBTaskResult.objects.filter(task_path=path, status="READY").exists()
