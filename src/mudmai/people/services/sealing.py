"""Digests of records, and rotation of the keys that seal them."""

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from mudmai.people.models import Person, Record
from mudmai.people.queries.sealing import hash_cid, hash_tail, keyring, seal_cids, unseal_cid


def digest_of(kind: str, said: dict[str, Any], cid_hash: bytes | None, house: Any, observed_on: Any) -> bytes:
    """What tells one record's content from another's: equal for the same thing said again on the same day."""
    content = [kind, said, (cid_hash or b"").hex(), house.hex if isinstance(house, UUID) else house, str(observed_on)]
    return hashlib.blake2b(orjson.dumps(content, option=orjson.OPT_SORT_KEYS), digest_size=16).digest()


def rotate_keys(*, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Seal and hash every id anew with fresh keys; returns how many. Resumable: run again, it goes on where it stopped.

    Files sealed before stay readable with the old key, which the keyring keeps.
    """
    ring = keyring()
    ring.rotate()
    ring.rotate_hash()
    done = 0
    models = (Record, Person)
    total = sum(model.objects.filter(cid_sealed__isnull=False).count() for model in models)
    for model in models:
        ids = list(model.objects.filter(cid_sealed__isnull=False).values_list("pk", flat=True))
        for start in range(0, len(ids), 2000):
            with transaction.atomic():
                rows = list(model.objects.filter(pk__in=ids[start : start + 2000]))
                plain = [unseal_cid(row.cid_sealed) for row in rows]
                for row, cid, sealed in zip(rows, plain, seal_cids(plain), strict=True):
                    row.cid_sealed, row.cid_hash, row.cid_tail_hash = sealed, hash_cid(cid), hash_tail(cid)
                    if isinstance(row, Record):
                        row.digest = digest_of(row.kind, row.said, row.cid_hash, row.household_key, row.observed_on)
                    if isinstance(row, Person) and "cid" in row.known:
                        row.known["cid"][0] = row.cid_hash.hex()
                fields = ["cid_sealed", "cid_hash", "cid_tail_hash", "known" if model is Person else "digest"]
                model.objects.bulk_update(rows, fields, batch_size=200)
            done += len(rows)
            progress(done, total)
    return done
