"""Tells whether what this process keeps in memory about places is still what the database holds."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from mudmai.places.models import Edition

T = TypeVar("T")

AREAS = "areas"
BOUNDARIES = "boundaries"

# What another process loaded is seen after this long. One tiny query each time, none in between.
RECHECK_SECONDS = 5.0

_kept: "list[Kept[object]]" = []


def recheck() -> None:
    """Ask the database again at the next question. For the process that has just changed places, and for tests."""
    for kept in _kept:
        kept.checked_at = None


def stamp_of(subject: str) -> UUID | None:
    """The stamp of what is in the database now; None before anything was loaded."""
    return Edition.objects.filter(subject=subject).values_list("stamp", flat=True).first()


class Kept(Generic[T]):
    """Something built from the database and kept until the edition of its subject changes."""

    def __init__(self, subject: str, build: Callable[[], T]) -> None:
        self.subject = subject
        self.build = build
        self.checked_at: float | None = None
        self._stamp: UUID | None = None
        self._value: T | None = None
        self._lock = Lock()
        _kept.append(self)  # type: ignore[arg-type]  # the list only resets the time of the check

    def get(self) -> T:
        """The kept thing, built anew where it is stale."""
        now = time.monotonic()
        with self._lock:
            if self._value is not None and self.checked_at is not None and now - self.checked_at < RECHECK_SECONDS:
                return self._value
            stamp = stamp_of(self.subject)
            if self._value is None or stamp != self._stamp:
                self._value = self.build()
                self._stamp = stamp
            self.checked_at = now
            return self._value
