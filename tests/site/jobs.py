"""Jobs that the worker's tests enqueue; each behaves in one way."""

from django.db import OperationalError
from django_tasks import task

from mudmai.kernel import stopping

done: list[str] = []


@task()
def note(word: str) -> str:
    done.append(word)
    return word


@task()
def meet_a_locked_database() -> None:
    done.append("tried")
    raise OperationalError("database is locked")


@task()
def contain_a_bug() -> None:
    raise KeyError("bug")


@task()
def pause_between_chunks() -> None:
    done.append("chunk")
    stopping.request()
    stopping.pause_if_asked()
    done.append("never reached")
