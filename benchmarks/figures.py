"""What each part tells the runner: one JSON object a line."""

import json
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

PEER = "pandas.read_excel, openpyxl"
MILLION = 1_000_000  # from so many people on, long work is held to minutes instead of to a peer


def start() -> None:
    """Make Django ready and the database up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mudmai.site.settings")
    import django

    django.setup()
    from mudmai.site import migrating

    migrating.bring_up_to_date()


def tell(
    name: str,
    value: float,
    unit: str,
    *,
    limit: float | None = None,
    against: str = "",
    at_least: bool = False,
    **more: object,
) -> None:
    """Tell one figure.

    `limit` is the most it may be, or the least where `at_least`; with `against`, the name of a peer's figure, it is the
    most that value / peer may be. `more` is kept beside it.
    """
    ok = limit is None or bool(against) or (value >= limit if at_least else value <= limit)
    figure = {"name": name, "value": value, "unit": unit, "limit": limit, "against": against, "ok": ok} | more
    print(json.dumps(figure), flush=True)


def peak_gb() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2)


def tell_process(memory_limit: float | None = None) -> None:
    """Tell what this process took; on a busy machine its processor time says more than the clock."""
    tell("  processor time of this process", round(time.process_time(), 1), "s")
    tell("  its memory", peak_gb(), "GB", limit=memory_limit)


def own_mb() -> int:
    """Memory this process holds now, without files that are mapped into it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("RssAnon:")[2].split()[0]) // 1024


def cpu_seconds() -> float:
    """Seconds of one core that this process and all that it started have worked so far (Linux)."""
    parents, ticks = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        parents[int(path.parent.name)] = int(fields[1])
        ticks[int(path.parent.name)] = sum(map(int, fields[11:15]))  # its own, and of its children that ended
    ours = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(ticks.get(pid, 0) for pid in ours) / os.sysconf("SC_CLK_TCK")


def p95_ms(action: Callable[[int], object], times: int = 60, before: Callable[[], object] | None = None) -> float:
    """The 95th percentile of that many runs, in milliseconds; `before` runs ahead of each, untimed."""
    seconds = []
    for number in range(times):
        if before:
            before()
        begun = time.perf_counter()
        action(number)
        seconds.append(time.perf_counter() - begun)
    return round(sorted(seconds)[int(times * 0.95)] * 1000, 1)
