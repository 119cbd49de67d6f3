"""The machine: Python, folders, disk, clock, and what a build leaves."""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from mudmai.kernel import clock
from mudmai.site.doctor.finding import Finding

OLDEST_PYTHON = (3, 11)
LOW_DISK_MB = 500
SCARCE_DISK_MB = 2000
# No clock can be right that shows a day before this code was written.
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)


def python_version() -> Iterator[Finding]:
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        yield Finding.wrong(
            "python_version",
            _("Python %(version)s is too old.") % {"version": version},
            _("Install Python 3.11 or newer, then Mudmai again."),
        )
    else:
        yield Finding.ok("python_version", _("Python %(version)s.") % {"version": version})


def home_is_writable() -> Iterator[Finding]:
    home = Path(settings.HOME)
    try:
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        yield Finding.wrong(
            "home",
            _("The home folder %(path)s cannot be written to (%(error)s).") % {"path": home, "error": error.strerror},
            _("Give the folder to the user that runs Mudmai, or set MUDMAI_HOME to another."),
        )
        return
    yield Finding.ok("home", _("The home folder is %(path)s.") % {"path": home})
    if os.name == "posix" and home.stat().st_mode & 0o007:
        yield Finding.warning(
            "home_open",
            _("Other users of this machine can look into the home folder."),
            _("Run: chmod 750 %(path)s") % {"path": home},
        )


def disk_space() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.HOME).free // 2**20
    values = {"free": f"{free:,}"}
    cure = _("Delete what is not needed, or move MUDMAI_HOME to a larger disk.")
    if free < LOW_DISK_MB:
        yield Finding.wrong("disk", _("Only %(free)s MB of disk are free.") % values, cure)
    elif free < SCARCE_DISK_MB:
        yield Finding.warning("disk", _("%(free)s MB of disk are free, which is little.") % values, cure)
    else:
        yield Finding.ok("disk", _("%(free)s MB of disk are free.") % values)


def clock_and_zone() -> Iterator[Finding]:
    now = datetime.now(UTC)
    if now < WRITTEN:
        yield Finding.wrong(
            "clock",
            _("The clock of this machine shows %(day)s, which is past long ago.") % {"day": now.date()},
            _("Set the clock, and let it be set from the network."),
        )
    else:
        yield Finding.ok("clock", _("In Bangkok it is %(now)s.") % {"now": clock.now().strftime("%Y-%m-%d %H:%M")})
    if os.environ.get("MUDMAI_TODAY"):
        yield Finding.wrong(
            "clock_fixed",
            _("MUDMAI_TODAY holds the clock at one day; that is for tests only."),
            _("Take MUDMAI_TODAY out of the settings."),
        )


def assets_are_built() -> Iterator[Finding]:
    dist = settings.PACKAGE / "pages/static/dist"
    if any(dist.rglob("*.css")):
        yield Finding.ok("assets", _("The screens' assets are built."))
    else:
        yield Finding.wrong(
            "assets",
            _("The screens' assets are not built: pages would be without look and map."),
            _("In a source checkout run “make setup”; otherwise install the wheel again."),
        )


def texts_are_compiled() -> Iterator[Finding]:
    texts = list(settings.PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po"))
    missing = [po for po in texts if not po.with_suffix(".mo").exists()]
    if texts and not missing:
        yield Finding.ok("texts", _("The Thai texts are compiled."))
    else:
        yield Finding.wrong(
            "texts",
            _("Thai texts are not compiled: pages would be in English."),
            _("In a source checkout run “make setup”; otherwise install the wheel again."),
        )
