"""Keys and the way to the network."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from mudmai.kernel.errors import DomainError
from mudmai.kernel.sealing import Keyring
from mudmai.site.doctor.finding import Finding

SHORTEST_SECRET = 32
THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]", "testserver"}


def secret_key() -> Iterator[Finding]:
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield Finding.wrong(
            "secret_key",
            _("The signing key is too short: sign-ins could be forged."),
            _("Take MUDMAI_SECRET_KEY out; a good one is then made in the home folder."),
        )
        return
    yield Finding.ok("secret_key", _("The signing key is long enough."))
    yield from only_for_owner("secret_key_mode", Path(settings.HOME) / "secret-key")


def keyring() -> Iterator[Finding]:
    path = Path(settings.KEYRING)
    if not path.exists():
        yield Finding.warning(
            "keyring",
            _("There is no keyring yet; it is made with the first list."),
            _("If this installation held lists before, bring %(path)s back from the backup.") % {"path": path},
        )
        return
    try:
        Keyring(path)
    except DomainError as error:
        yield Finding.wrong("keyring", str(error), _("Bring %(path)s back from the backup.") % {"path": path})
        return
    yield Finding.ok("keyring", _("The keyring can be read. Keep a copy of it apart from the data."))
    yield from only_for_owner("keyring_mode", path)


def only_for_owner(code: str, path: Path) -> Iterator[Finding]:
    """Secrets are readable by the user that runs Mudmai and nobody else (Windows keeps that in the folder)."""
    if os.name != "posix" or not path.exists():
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        yield Finding.wrong(
            code,
            _("Other users of this machine can read %(path)s.") % {"path": path},
            _("Run: chmod 600 %(path)s") % {"path": path},
        )


def https_when_public() -> Iterator[Finding]:
    public = [host for host in settings.ALLOWED_HOSTS if host not in THIS_MACHINE]
    if not public:
        yield Finding.ok("https", _("Only this machine can reach the pages."))
    elif "*" in public:
        yield Finding.wrong(
            "hosts",
            _("MUDMAI_HOSTS=* answers to any name."),
            _("Write the names that people type, separated by commas."),
        )
    elif not settings.HTTPS:
        yield Finding.wrong(
            "https",
            _("The pages are reached as %(hosts)s without HTTPS: passwords travel openly.")
            % {"hosts": ", ".join(public)},
            _("Put a proxy with a certificate in front (docs/run/server.md) and set MUDMAI_HTTPS=1."),
        )
    else:
        yield Finding.ok("https", _("The pages are reached through HTTPS only."))


def debug_is_off() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding.wrong(
            "debug",
            _("MUDMAI_DEBUG is on: error pages would show inner data."),
            _("Take MUDMAI_DEBUG out; it is for developers."),
        )
