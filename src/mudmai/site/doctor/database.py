"""The database: there, in the right mode, up to date, filled, and its worker alive."""

import sqlite3
from collections.abc import Iterator

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from mudmai.access.queries import may_manage
from mudmai.people import queries as people
from mudmai.places import queries as places
from mudmai.site import migrating
from mudmai.site.doctor.finding import Finding

OLDEST_SQLITE = (3, 35)
OLDEST_POSTGRESQL = 15
TAMBON_LEAST = 7000


def reachable() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding.wrong(
            "database",
            _("The database cannot be reached: %(error)s") % {"error": str(error).strip()},
            _("Check DATABASE_URL, and that PostgreSQL is running (Debian: pg_lsclusters)."),
        )
        return
    if connection.vendor == "postgresql":
        yield from version_of_postgresql()
    else:
        yield from version_of_sqlite()


def version_of_postgresql() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        major = int(cursor.fetchone()[0]) // 10000
    if major < OLDEST_POSTGRESQL:
        yield Finding.wrong(
            "database",
            _("PostgreSQL %(version)s is too old.") % {"version": major},
            _("Upgrade to PostgreSQL 15 or newer."),
        )
    else:
        yield Finding.ok("database", _("The database is PostgreSQL %(version)s.") % {"version": major})


def version_of_sqlite() -> Iterator[Finding]:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield Finding.wrong(
            "database",
            _("SQLite %(version)s is too old.") % {"version": sqlite3.sqlite_version},
            _("Install a newer Python; it brings its own SQLite."),
        )
    else:
        yield Finding.ok("database", _("The database is SQLite %(version)s.") % {"version": sqlite3.sqlite_version})


def settings_of_sqlite() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    immediate = connection.settings_dict["OPTIONS"].get("transaction_mode") == "IMMEDIATE"
    if mode in {"wal", "memory"} and immediate:
        yield Finding.ok("sqlite_mode", _("SQLite lets many read while one writes (WAL, IMMEDIATE)."))
    else:
        yield Finding.wrong(
            "sqlite_mode",
            _("SQLite is in mode “%(mode)s”: readers and writers would block each other.") % {"mode": mode},
            _("Keep the home folder on a local disk; network drives cannot do WAL."),
        )


def up_to_date() -> Iterator[Finding]:
    missing = migrating.pending()
    if missing:
        yield Finding.wrong(
            "migrations",
            _("The database lacks %(count)s changes of this version.") % {"count": len(missing)},
            _("Run: mudmai migrate"),
        )
    else:
        yield Finding.ok("migrations", _("The database is up to date."))


def areas_are_loaded() -> Iterator[Finding]:
    known = places.totals()
    tambon = known.get("tambon", 0) + known.get("khwaeng", 0)
    if tambon >= TAMBON_LEAST:
        yield Finding.ok("areas", _("%(count)s tambon are known.") % {"count": f"{tambon:,}"})
    else:
        yield Finding.wrong(
            "areas",
            _("Only %(count)s tambon are known; there are more than 7,400.") % {"count": tambon},
            _("Run: mudmai migrate — it loads the national codes."),
        )


def worker_is_alive() -> Iterator[Finding]:
    from django_tasks_db.models import DBTaskResult

    from mudmai.site.worker import living_workers

    waiting = DBTaskResult.objects.ready().count()
    if living_workers():
        yield Finding.ok("worker", _("A worker is running; %(count)s jobs wait.") % {"count": waiting})
    elif waiting:
        yield Finding.wrong(
            "worker",
            _("No worker is running, and %(count)s jobs wait.") % {"count": waiting},
            _("Run “mudmai serve”, or “mudmai worker” beside “mudmai web”."),
        )
    else:
        yield Finding.warning(
            "worker",
            _("No worker is running now; imports would wait."),
            _("Run “mudmai serve”, or “mudmai worker” beside “mudmai web”."),
        )


def lists_are_whole() -> Iterator[Finding]:
    for batch in people.unfinished_turns():
        command = f"mudmai undo {batch.pk}" + ("" if batch.withdrawn else " --restore")
        yield Finding.wrong(
            "half_turned",
            _("The list “%(label)s” was being taken back or put back when that broke off.") % {"label": batch.label},
            _("A running worker finishes it within minutes. At once: %(command)s") % {"command": command},
        )


def somebody_can_sign_in() -> Iterator[Finding]:
    if may_manage():
        yield Finding.ok("users", _("There is an administrator."))
    else:
        yield Finding.warning(
            "users",
            _("Nobody can manage users yet."),
            _("Run: mudmai user add NAME --role administrator"),
        )
