"""Steps bound to one another by hash, so that nobody can change, drop or slip in one later without its being seen."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple


class Link(NamedTuple):
    """One step as it is kept: its text as the maker wrote it, the hash before it, and its own."""

    text: str
    previous: str
    hash: str


def hash_of(previous: str, text: str) -> str:
    """SHA-256, 64 hex digits, over the hash before and the very text of a step.

    The text holds a salt of its own, so that nobody can find out by trying what a step says.
    """
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def written(n: int, kind: str, at: str, by: str, salt: str, body: dict[str, Any]) -> str:
    """The text of a step: compact JSON. `at` is ISO with its offset, `by` says who did it."""
    step = {"n": n, "kind": kind, "at": at, "by": by, "salt": salt, "body": body}
    return json.dumps(step, ensure_ascii=False, separators=(",", ":"))


def first_broken(start: str, links: Iterable[Link]) -> int | None:
    """The number (from 1) of the first step that does not follow from the one before; None where the chain is whole.

    `start` is what the first step is bound to: the id of the assembly.
    """
    previous = start
    for n, link in enumerate(links, 1):
        if link.previous != previous or hash_of(previous, link.text) != link.hash:
            return n
        previous = link.hash
    return None


def in_groups(fingerprint: str) -> str:
    """The first 32 digits of a hash as people compare them: eight groups of four.

    >>> in_groups("0123456789abcdef" * 4)
    '0123 4567 89AB CDEF 0123 4567 89AB CDEF'
    """
    return " ".join(fingerprint[at : at + 4] for at in range(0, 32, 4)).upper()
