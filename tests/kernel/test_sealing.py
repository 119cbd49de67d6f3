"""Sealing secrets and hashing lookups (kernel.sealing)."""

import json
import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mudmai.kernel.sealing import CannotUnseal, Keyring, KeyringDamaged, KeyringExists, KeyringMissing

SECRET = b"1234567890121"


@pytest.fixture
def keyring(tmp_path):
    return Keyring.create(tmp_path / "keys" / "keyring.json")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(secret=st.binary(max_size=200), context=st.text(max_size=20))
def test_what_is_sealed_opens_again(keyring, secret, context):
    sealed = keyring.seal(secret, context)

    assert keyring.unseal(sealed, context) == secret
    assert secret not in sealed or len(secret) < 4


def test_the_keyring_is_for_its_owner_alone_and_never_replaced(keyring):
    before = keyring.path.read_bytes()

    assert stat.S_IMODE(keyring.path.stat().st_mode) == 0o600
    with pytest.raises(KeyringExists):
        Keyring.create(keyring.path)
    assert keyring.path.read_bytes() == before
    assert list(keyring.path.parent.iterdir()) == [keyring.path]


def test_a_changed_or_misplaced_value_does_not_open(keyring):
    sealed = keyring.seal(SECRET, "cid")

    for broken in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:3], b"", b"\x02" + sealed[1:]):
        with pytest.raises(CannotUnseal):
            keyring.unseal(broken, "cid")
    with pytest.raises(CannotUnseal):
        keyring.unseal(sealed, "upload")


def test_old_values_open_after_a_rotation_and_new_ones_take_the_new_key(keyring):
    old = keyring.seal(SECRET, "cid")

    assert keyring.rotate() == 2

    new = keyring.seal(SECRET, "cid")
    again = Keyring.load(keyring.path)
    assert again.unseal(old, "cid") == again.unseal(new, "cid") == SECRET
    assert (again.key_id_of(old), again.key_id_of(new)) == (1, 2)
    assert (again.needs_reseal(old), again.needs_reseal(new)) == (True, False)


def test_a_running_worker_opens_what_was_sealed_after_a_rotation_elsewhere(keyring):
    command_line = Keyring.load(keyring.path)
    command_line.rotate()

    assert keyring.unseal(command_line.seal(SECRET, "cid"), "cid") == SECRET


def test_a_retired_key_opens_nothing_and_the_current_one_stays(keyring):
    old = keyring.seal(SECRET, "cid")
    keyring.rotate()

    keyring.retire("seal", 1)

    with pytest.raises(CannotUnseal):
        keyring.unseal(old, "cid")
    with pytest.raises(KeyringDamaged):
        keyring.retire("seal", 2)


def test_equal_ids_hash_alike_until_the_hash_key_rotates(keyring):
    before = keyring.keyed_hash("1234567890121", "cid")
    keyring.rotate()
    assert keyring.keyed_hash("1234567890121", "cid") == before

    keyring.rotate_hash()

    assert keyring.keyed_hash("1234567890121", "cid") != before
    assert keyring.keyed_hash("1234567890121", "cid", key_id=1) == before
    assert len(before) == 16
    assert keyring.keyed_hash("1234567890121", "phone", key_id=1) != before


def test_columns_are_sealed_and_hashed_as_single_values_are(keyring):
    sealed = keyring.seal_many([SECRET, None, b""], "cid")

    assert keyring.unseal_many(sealed, "cid") == [SECRET, None, b""]
    assert sealed[0] != keyring.seal_many([SECRET], "cid")[0]
    assert keyring.keyed_hash_many(["a", None], "cid") == [keyring.keyed_hash("a", "cid"), None]


def test_a_missing_or_damaged_keyring_says_so(tmp_path, keyring):
    with pytest.raises(KeyringMissing):
        Keyring.load(tmp_path / "none.json")
    stored = json.loads(keyring.path.read_text())
    for damage in (
        "",
        "{}",
        json.dumps(stored | {"seal": {"current": 9, "keys": {}}}),
        json.dumps(stored | {"hash": 3}),
    ):
        keyring.path.write_text(damage)
        with pytest.raises(KeyringDamaged):
            Keyring.load(keyring.path)
