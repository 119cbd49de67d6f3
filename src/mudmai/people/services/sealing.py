"""Digests of records, and rotation of the keys that seal them."""

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from mudmai.people.models import Person, Record
from mudmai.people.queries.sealing import hash_cid, hash_tail, keyring, seal_cids, unseal_cid

STEP = 500


def digest_of(kind: str, said: dict[str, Any], cid_hash: bytes | None, house: Any, observed_on: Any) -> bytes:
    """What tells one record's content from another's: equal for the same thing said again on the same day."""
    content = [kind, said, (cid_hash or b"").hex(), house.hex if isinstance(house, UUID) else house, str(observed_on)]
    return hashlib.blake2b(orjson.dumps(content, option=orjson.OPT_SORT_KEYS), digest_size=16).digest()


def rotate_keys(*, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Seal and hash every id anew with fresh keys; returns how many were.

    Should it be stopped half-way, run it again: old values open with the old keys, which the keyring keeps. Files
    sealed before stay readable for the same reason.
    """
    ring = keyring()
    ring.rotate()
    ring.rotate_hash()
    records = list(Record.objects.filter(cid_sealed__isnull=False).values_list("pk", flat=True))
    persons = list(Person.objects.filter(cid_sealed__isnull=False).values_list("pk", flat=True))
    total = len(records) + len(persons)
    for start in range(0, len(records), STEP):
        _rotate_records(records[start : start + STEP])
        progress(min(start + STEP, len(records)), total)
    for start in range(0, len(persons), STEP):
        _rotate_persons(persons[start : start + STEP])
        progress(len(records) + min(start + STEP, len(persons)), total)
    return total


@transaction.atomic
def _rotate_records(keys: list[UUID]) -> None:
    rows = list(Record.objects.filter(pk__in=keys))
    for row in rows:
        cid = unseal_cid(row.cid_sealed)
        row.cid_sealed, row.cid_hash, row.cid_tail_hash = seal_cids([cid])[0], hash_cid(cid), hash_tail(cid)
        row.digest = digest_of(row.kind, row.said, row.cid_hash, row.household_key, row.observed_on)
    Record.objects.bulk_update(rows, ["cid_sealed", "cid_hash", "cid_tail_hash", "digest"], batch_size=200)


@transaction.atomic
def _rotate_persons(keys: list[UUID]) -> None:
    rows = list(Person.objects.filter(pk__in=keys))
    for row in rows:
        cid = unseal_cid(row.cid_sealed)
        row.cid_sealed, row.cid_hash, row.cid_tail_hash = seal_cids([cid])[0], hash_cid(cid), hash_tail(cid)
        if "cid" in row.known:
            row.known["cid"][0] = row.cid_hash.hex()
    Person.objects.bulk_update(rows, ["cid_sealed", "cid_hash", "cid_tail_hash", "known"], batch_size=200)
