"""The keyring of this installation, and what is sealed with it: 13-digit ids and uploaded files."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings

from mudmai.kernel.sealing import Keyring, KeyringExists, KeyringMissing
from mudmai.people.models import Record

CID, TAIL, FILE = "cid", "cid-tail", "file"


@cache
def _keyring(path: Path) -> Keyring:
    try:
        return Keyring(path)
    except KeyringMissing:
        # A new installation. Where people are in the database already, fresh keys would open nothing: keep the error.
        if Record.objects.filter(cid_sealed__isnull=False).exists():
            raise
        try:
            return Keyring.create(path)
        except KeyringExists:
            return Keyring(path)  # another process was quicker


def keyring() -> Keyring:
    """The keyring; made on first use of a new installation. Raises KeyringMissing where sealed ids wait for one."""
    return _keyring(settings.KEYRING)


def hash_cid(cid: str) -> bytes:
    return keyring().keyed_hash(cid, CID)


def hash_cids(cids: Iterable[str | None]) -> list[bytes | None]:
    return keyring().keyed_hash_many(cids, CID)


def hash_tail(digits: str) -> bytes:
    """Keyed hash of the last four digits, for search by part of an id."""
    return keyring().keyed_hash(digits[-4:], TAIL)


def hash_tails(cids: Iterable[str | None]) -> list[bytes | None]:
    return keyring().keyed_hash_many((cid[-4:] if cid else None for cid in cids), TAIL)


def seal_cids(cids: Iterable[str | None]) -> list[bytes | None]:
    return keyring().seal_many((cid.encode() if cid else None for cid in cids), CID)


def unseal_cid(sealed: bytes | memoryview | None) -> str:
    """The 13-digit id in plain; "" where there is none. Callers check that the reader may see it."""
    return keyring().unseal(bytes(sealed), CID).decode() if sealed else ""


def seal_file(content: bytes) -> bytes:
    return keyring().seal(content, FILE)


def open_file(sealed: bytes) -> bytes:
    return keyring().unseal(sealed, FILE)
