"""Sealing of secrets at rest (AES-256-GCM) and keyed hashes for matching without reading.

A sealed value is: 1 byte format, 4 bytes key id, 12 bytes nonce, ciphertext with its tag. The key id lets old values
open after a rotation, while new ones take the newest key. Keyed hashes have keys of their own: after `rotate_hash`
the lookups must be computed again from the unsealed values, and `key_id` reaches the older key until that is done.
"""

import base64
import binascii
import hmac
import json
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mudmai.kernel.errors import DomainError
from mudmai.kernel.words import gettext_noop

_FORMAT = b"\x01"
_HEADER_LENGTH = 5
_NONCE_LENGTH = 12
_TAG_LENGTH = 16
_HASH_LENGTH = 16
Use = Literal["seal", "hash"]


class KeyringMissing(DomainError):
    code = "keyring_missing"
    status = 500


class KeyringDamaged(DomainError):
    code = "keyring_damaged"
    status = 500


class KeyringExists(DomainError):
    code = "keyring_exists"
    status = 409


class CannotUnseal(DomainError):
    code = "cannot_unseal"
    status = 500


class _Keys:
    """The keys of one use, by id; the current one makes what is new."""

    def __init__(self, current: int, keys: dict[int, bytes]) -> None:
        if current not in keys or any(len(key) != 32 for key in keys.values()) or min(keys) < 1:
            raise ValueError("each key has 32 bytes and the current one is present")
        self.current = current
        self.keys = keys

    @classmethod
    def new(cls) -> "_Keys":
        return cls(1, {1: os.urandom(32)})

    @classmethod
    def read(cls, stored: dict[str, object]) -> "_Keys":
        keys = stored["keys"]
        if not isinstance(keys, dict):
            raise TypeError("keys must be an object")
        return cls(
            int(str(stored["current"])), {int(i): base64.b64decode(key, validate=True) for i, key in keys.items()}
        )

    def written(self) -> dict[str, object]:
        keys = {str(i): base64.b64encode(key).decode() for i, key in sorted(self.keys.items())}
        return {"current": self.current, "keys": keys}

    def with_new(self) -> "_Keys":
        newest = max(self.keys) + 1
        return _Keys(newest, {**self.keys, newest: os.urandom(32)})

    def without(self, key_id: int) -> "_Keys":
        if key_id == self.current:
            raise KeyringDamaged(gettext_noop("The key in use cannot be removed. Rotate first."))
        return _Keys(self.current, {i: key for i, key in self.keys.items() if i != key_id})


class Keyring:
    """The keys of one installation, in a file that only its owner can read.

    >>> import tempfile
    >>> ring = Keyring.create(Path(tempfile.mkdtemp()) / "keys.json")
    >>> ring.unseal(ring.seal(b"1234567890121", "cid"), "cid")
    b'1234567890121'
    """

    def __init__(self, path: Path | str) -> None:
        """Opens an existing keyring; raises KeyringMissing or KeyringDamaged."""
        self.path = Path(path)
        self._lock = threading.Lock()
        self._load()

    @classmethod
    def load(cls, path: Path | str) -> "Keyring":
        """Opens an existing keyring, as the constructor does."""
        return cls(path)

    @classmethod
    def create(cls, path: Path | str) -> "Keyring":
        """Makes a new keyring with fresh keys; never replaces one that exists (KeyringExists)."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = _written_beside(path, {"seal": _Keys.new(), "hash": _Keys.new()})
        try:
            os.link(temporary, path)  # unlike a rename, refuses when the name is taken
        except FileExistsError:
            raise KeyringExists(gettext_noop("There is a keyring already. It was left as it is.")) from None
        finally:
            temporary.unlink()
        return cls(path)

    def _load(self) -> None:
        try:
            stored = json.loads(self.path.read_bytes())
            keys: dict[Use, _Keys] = {"seal": _Keys.read(stored["seal"]), "hash": _Keys.read(stored["hash"])}
        except FileNotFoundError:
            raise KeyringMissing(gettext_noop("The keyring file is missing. Restore it from your backup.")) from None
        except (OSError, ValueError, KeyError, TypeError, binascii.Error) as error:
            raise KeyringDamaged(
                gettext_noop("The keyring file cannot be read. Restore it from your backup.")
            ) from error
        self._keys = keys
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys["seal"].keys.items()}

    def _replace(self, keys: "dict[Use, _Keys]") -> None:
        os.replace(_written_beside(self.path, keys), self.path)
        _sync_folder(self.path.parent)
        self._load()

    # ---- rotation

    def rotate(self) -> int:
        """Adds a key for sealing and makes it the current one; returns its id. Old values still open."""
        return self._rotate("seal")

    def rotate_hash(self) -> int:
        """Adds a key for keyed hashes and makes it the current one; stored hashes must then be computed again."""
        return self._rotate("hash")

    def _rotate(self, use: Use) -> int:
        with self._lock:
            self._load()
            keys = {**self._keys, use: self._keys[use].with_new()}
            self._replace(keys)
            return keys[use].current

    def retire(self, use: Use, key_id: int) -> None:
        """Removes an old key for good: what only it could open is lost. The key in use is refused."""
        with self._lock:
            self._load()
            self._replace({**self._keys, use: self._keys[use].without(key_id)})

    def current_key_id(self, use: Use) -> int:
        return self._keys[use].current

    def key_ids(self, use: Use) -> tuple[int, ...]:
        return tuple(sorted(self._keys[use].keys))

    @staticmethod
    def key_id_of(sealed: bytes) -> int:
        """Id of the key that sealed a value."""
        return int.from_bytes(sealed[1:_HEADER_LENGTH])

    def needs_reseal(self, sealed: bytes) -> bool:
        return self.key_id_of(sealed) != self._keys["seal"].current

    # ---- sealing

    def seal(self, secret: bytes, context: str) -> bytes:
        """The secret, unreadable without the keyring and only openable under the same context."""
        key_id = self._keys["seal"].current
        nonce = os.urandom(_NONCE_LENGTH)
        header = _FORMAT + key_id.to_bytes(4)
        return header + nonce + self._ciphers[key_id].encrypt(nonce, secret, header + context.encode())

    def seal_many(self, secrets: Iterable[bytes | None], context: str) -> list[bytes | None]:
        """Seals a column; None stays None."""
        key_id = self._keys["seal"].current
        header, encrypt = _FORMAT + key_id.to_bytes(4), self._ciphers[key_id].encrypt
        bound, column = header + context.encode(), list(secrets)
        nonces = os.urandom(_NONCE_LENGTH * len(column))
        starts = range(0, len(nonces), _NONCE_LENGTH)
        return [
            None
            if secret is None
            else header + (nonce := nonces[i : i + _NONCE_LENGTH]) + encrypt(nonce, secret, bound)
            for i, secret in zip(starts, column, strict=True)
        ]

    def unseal(self, sealed: bytes, context: str) -> bytes:
        """The secret again; raises CannotUnseal for a wrong context, a changed value or a key that is gone."""
        sealed = bytes(sealed)
        if len(sealed) < _HEADER_LENGTH + _NONCE_LENGTH + _TAG_LENGTH or sealed[:1] != _FORMAT:
            raise CannotUnseal(gettext_noop("This is not a value that was sealed here."))
        header, nonce = sealed[:_HEADER_LENGTH], sealed[_HEADER_LENGTH : _HEADER_LENGTH + _NONCE_LENGTH]
        cipher = self._ciphers.get(self.key_id_of(sealed)) or self._cipher_added_since(self.key_id_of(sealed))
        try:
            return cipher.decrypt(nonce, sealed[_HEADER_LENGTH + _NONCE_LENGTH :], header + context.encode())
        except InvalidTag:
            raise CannotUnseal(gettext_noop("The sealed value was changed, or belongs somewhere else.")) from None

    def unseal_many(self, sealed: Iterable[bytes | None], context: str) -> list[bytes | None]:
        """Opens a column; None stays None."""
        return [None if value is None else self.unseal(value, context) for value in sealed]

    def _cipher_added_since(self, key_id: int) -> AESGCM:
        # Another process (the worker, the command line) may have rotated since this one started.
        with self._lock:
            self._load()
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise CannotUnseal(gettext_noop("The key that sealed this value is not in the keyring."))
        return cipher

    # ---- keyed hashes

    def keyed_hash(self, text: str, purpose: str, key_id: int | None = None) -> bytes:
        """Sixteen bytes that are equal for equal text and purpose, and say nothing without the keyring."""
        return hmac.digest(self._hash_key(key_id), f"{purpose}\0{text}".encode(), "sha256")[:_HASH_LENGTH]

    def keyed_hash_many(
        self, texts: Iterable[str | None], purpose: str, key_id: int | None = None
    ) -> list[bytes | None]:
        """Hashes a column; None stays None."""
        key, prefix, digest = self._hash_key(key_id), f"{purpose}\0", hmac.digest
        return [
            None if text is None else digest(key, (prefix + text).encode(), "sha256")[:_HASH_LENGTH] for text in texts
        ]

    def _hash_key(self, key_id: int | None) -> bytes:
        keys = self._keys["hash"]
        try:
            return keys.keys[keys.current if key_id is None else key_id]
        except KeyError:
            raise CannotUnseal(gettext_noop("The key for these lookups is not in the keyring.")) from None


def _written_beside(path: Path, keys: "dict[Use, _Keys]") -> Path:
    """Writes the keys to a new file next to the keyring, readable by its owner alone and safely on the disk."""
    temporary = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"version": 1, **{use: kept.written() for use, kept in keys.items()}}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return temporary


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
