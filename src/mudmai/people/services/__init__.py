"""Actions on the registry: the door for every other module."""

from mudmai.people.queries.sealing import hash_cid, hash_cids, keyring, open_file, seal_file, unseal_cid
from mudmai.people.services.edits import (
    NotAHouse,
    correct_household,
    correct_person,
    link_record,
    mark_different,
    merge_households,
    merge_persons,
    move_household,
    split_household,
    staff_source,
    unlink_record,
)
from mudmai.people.services.log import (
    NewDecision,
    NewRecord,
    add_decisions,
    add_records,
    close_batch,
    discard_batch,
    ensure_source,
    open_batch,
    record_digest,
)
from mudmai.people.services.sealing import rotate_keys
from mudmai.people.services.standing import finish_turn, finish_turns, restore, withdraw
from mudmai.people.services.tallies import recount_all

__all__ = [
    "NewDecision",
    "NewRecord",
    "NotAHouse",
    "add_decisions",
    "add_records",
    "close_batch",
    "correct_household",
    "correct_person",
    "discard_batch",
    "ensure_source",
    "finish_turn",
    "finish_turns",
    "hash_cid",
    "hash_cids",
    "keyring",
    "link_record",
    "mark_different",
    "merge_households",
    "merge_persons",
    "move_household",
    "open_batch",
    "open_file",
    "record_digest",
    "recount_all",
    "restore",
    "rotate_keys",
    "seal_file",
    "split_household",
    "staff_source",
    "unlink_record",
    "unseal_cid",
    "withdraw",
]
