"""Whether this process was asked to stop, so that long work can pause where nothing is half-written."""

import threading

_asked = threading.Event()


class StoppedEarly(Exception):
    """Raised by a job between two chunks because the process stops; the job is begun again later, where it paused."""


def request() -> None:
    """Ask all long work of this process to pause."""
    _asked.set()


def is_requested() -> bool:
    return _asked.is_set()


def forget() -> None:
    """Take the request back: a new run begins in the same process."""
    _asked.clear()


def pause_if_asked() -> None:
    """Call between two chunks, with everything so far committed. Raises StoppedEarly when the process is to stop."""
    if _asked.is_set():
        raise StoppedEarly
