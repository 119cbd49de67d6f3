"""Check an installation: each finding is one sentence, and what is wrong comes with its cure."""

from collections.abc import Callable, Iterator

from mudmai.site.doctor import database, machine, safety
from mudmai.site.doctor.finding import Finding

CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    machine.python_version,
    machine.home_is_writable,
    machine.disk_space,
    machine.clock_and_zone,
    machine.assets_are_built,
    machine.texts_are_compiled,
    database.reachable,
    database.settings_of_sqlite,
    database.up_to_date,
    database.areas_are_loaded,
    database.worker_is_alive,
    database.lists_are_whole,
    database.somebody_can_sign_in,
    safety.secret_key,
    safety.keyring,
    safety.https_when_public,
    safety.debug_is_off,
)


def examine() -> list[Finding]:
    """Everything there is to say, in a fixed order. A check that breaks is itself a finding.

    Where the database is not there or lacks tables, nothing more is asked of it.
    """
    found: list[Finding] = []
    for check in CHECKS:
        if check.__module__ == database.__name__ and any(finding.blocks for finding in found):
            continue
        try:
            found.extend(check())
        except Exception as error:
            found.append(Finding.broken(check.__name__, error))
    return found
