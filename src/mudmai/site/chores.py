"""Regular chores, done by whichever worker comes first: names of functions and how often."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from mudmai.kernel.stopping import StoppedEarly
from mudmai.site.models import Chore, WorkerSign

log = logging.getLogger("mudmai.chores")

DAY = timedelta(days=1)
KEEP_FINISHED_JOBS = timedelta(days=30)


def forget_old_sessions() -> None:
    call_command("clearsessions")


def forget_finished_jobs() -> None:
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEEP_FINISHED_JOBS).delete()


def forget_dead_workers() -> None:
    WorkerSign.objects.filter(seen_at__lt=timezone.now() - DAY).delete()


def refresh_statistics() -> None:
    """Let SQLite learn how its tables grew, so that it goes on choosing the right index; PostgreSQL does so itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")


def all_chores() -> dict[str, timedelta]:
    """Dotted name of each chore and how long to wait between two runs; modules add theirs in settings.CHORES."""
    here = __name__
    own = (forget_old_sessions, forget_finished_jobs, forget_dead_workers, refresh_statistics)
    return {f"{here}.{chore.__name__}": DAY for chore in own} | settings.CHORES


def do_what_is_due() -> list[str]:
    """Do each chore whose time has come, once among all workers. Returns their names; one that fails stops no other."""
    done: list[str] = []
    for name, every in all_chores().items():
        if not begin(name, every):
            continue
        try:
            import_string(name)()
        except StoppedEarly:
            Chore.objects.filter(name=name).delete()  # due again at the next start
            return done
        except Exception:
            log.exception("The chore %s failed; it comes round again in %s.", name, every)
        else:
            done.append(name)
    return done


def begin(name: str, every: timedelta) -> bool:
    """Whether this worker is the one to do the chore now."""
    now = timezone.now()
    if Chore.objects.filter(name=name, begun_at__gt=now - every).exists():
        return False
    _chore, is_new = Chore.objects.get_or_create(name=name, defaults={"begun_at": now})
    return is_new or bool(Chore.objects.filter(name=name, begun_at__lte=now - every).update(begun_at=now))
