"""Run the web server and the worker together: start, watch, restart, and stop both cleanly."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from mudmai.kernel.errors import Conflict

# Longer than any chunk of an import takes; what still runs then is killed, and its job begun again at the next start.
GRACE_SECONDS = 60.0
WATCH_EVERY_SECONDS = 0.3
READY_WITHIN_SECONDS = 60.0
LONGEST_REST_SECONDS = 30.0


class PortTaken(Conflict):
    """Another program listens on the port."""

    code = "port_taken"


@dataclass
class Part:
    """One of our processes; it is started again when it ends unless the whole stands or falls with it."""

    name: str
    command: list[str]
    essential: bool = False
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    start_again_at: float = field(default=0.0)


def web_command(host: str, port: int, workers: int) -> list[str]:
    """The granian command line. Two threads a process keep one slow page from holding up the next."""
    return [
        *(sys.executable, "-m", "granian", "mudmai.site.wsgi:application", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", "2"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "20", "--log-level", "warning"),
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "mudmai.site.cli", "worker", "--with-parent", str(os.getpid())]


def port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, os.name == "posix")
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str = "127.0.0.1", first: int = 8000) -> int:
    """The first free port from `first` on. Raises PortTaken after a hundred."""
    for port in range(first, first + 100):
        if port_is_free(host, port):
            return port
    raise PortTaken(_("No port from %(first)s on is free.") % {"first": first})


def serve(
    *,
    host: str,
    port: int,
    workers: int = 2,
    with_worker: bool = True,
    on_ready: Callable[[str], None] | None = None,
) -> int:
    """Serve until a signal comes or the web server ends; returns the exit code. Raises PortTaken."""
    if not port_is_free(host, port):
        raise PortTaken(
            _("Port %(port)s is used by another program. Stop that, or choose another: --port %(next)s.")
            % {"port": port, "next": free_port(host, port + 1)}
        )
    parts = [Part("web", web_command(host, port, workers), essential=True)]
    if with_worker:
        parts.append(Part("worker", worker_command()))
    return Watch(parts, url_of(host, port), on_ready).run()


def url_of(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(host, host)  # noqa: S104
    return f"http://{shown}:{port}/"


class Watch:
    """Keeps the parts running until it is told to stop."""

    def __init__(self, parts: list[Part], url: str, on_ready: Callable[[str], None] | None) -> None:
        self.parts = parts
        self.url = url
        self.on_ready = on_ready
        self.stopping = False

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        for part in self.parts:
            start(part)
        give_up_at = time.monotonic() + READY_WITHIN_SECONDS
        code = 0
        while not self.stopping:
            code = self.look_after_parts()
            if self.on_ready and (answers(self.url) or time.monotonic() > give_up_at):
                self.on_ready(self.url)
                self.on_ready = None
            time.sleep(WATCH_EVERY_SECONDS)
        end(self.parts)
        return code

    def stop(self, *_signal: object) -> None:
        self.stopping = True

    def look_after_parts(self) -> int:
        """Start again what ended; an essential part that ended stops all, and its exit code is ours."""
        for part in self.parts:
            if part.process is None:
                if time.monotonic() >= part.start_again_at:
                    start(part)
                continue
            code = part.process.poll()
            if code is None:
                continue
            if part.essential:
                self.stopping = True
                return code or 1
            part.process = None
            part.start_again_at = time.monotonic() + min(2.0 ** (part.starts - 1), LONGEST_REST_SECONDS)
        return 0


def start(part: Part) -> None:
    """Start in a session of its own, so that Ctrl+C reaches only us and each part is stopped once."""
    part.starts += 1
    part.process = subprocess.Popen(
        part.command, start_new_session=True, stdin=subprocess.DEVNULL, preexec_fn=die_with_parent()
    )


def die_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel ends our parts when we are killed; without it the port would stay taken."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    set_parent_death_signal = 1
    return lambda: libc.prctl(set_parent_death_signal, signal.SIGTERM)


def end(parts: list[Part]) -> None:
    """Ask every part to stop, wait for what it has in hand, and kill what does not come."""
    running = [part.process for part in parts if part.process is not None and part.process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(url: str) -> bool:
    """Whether somebody serves there; a refusal is an answer too."""
    try:
        urllib.request.urlopen(f"{url}healthz", timeout=1).close()  # noqa: S310  # our own address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
