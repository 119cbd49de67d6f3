"""One record, or one household, at a time: the answer that `link` would give, by the registry's own indexes."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from mudmai.kernel import addresses, ids, names
from mudmai.linkage.rules.model import Model, Names
from mudmai.linkage.rules.schemes import Block, Scheme
from mudmai.linkage.rules.sides import Side, coded
from mudmai.linkage.rules.subjects import Match, Subject
from mudmai.linkage.services.matching import resolved
from mudmai.linkage.services.people import Table, table_of
from mudmai.linkage.services.scoring import Scorer
from mudmai.linkage.services.weights import model_in_use
from mudmai.people import queries as people
from mudmai.people.services import hash_cids

Holds = dict[str, tuple[Any, ...]]


def match_one(subject: Subject, *, areas: people.Areas = None) -> Match:
    """Say who one row is, as `link` would, in milliseconds however many people there are; writes nothing.

    For somebody who types, a row of a survey, a question of another program. With `areas` (prefixes), nobody who lives
    elsewhere has a part in the answer.
    """
    return match_household([subject], areas=areas)[0]


def match_household(subjects: Sequence[Subject], *, areas: people.Areas = None) -> list[Match]:
    """Say of each of a few rows that came together who it is, as `link` would; writes nothing.

    The rows know of each other: two that are the same person are found, too.
    """
    if not subjects:
        return []
    weights, everybody = model_in_use(), people.counted()
    table = table_around(subjects, weights.scheme, areas)
    scorer = Scorer(table, _names(subjects, everybody, weights), weights, everybody.people + len(subjects))
    return resolved(subjects, scorer, scorer)


def table_around(subjects: Sequence[Subject], scheme: Scheme, areas: people.Areas = None) -> Table:
    """The rows, the people whom any block brings together with one of them, and who lives in the houses of all these.

    Nobody else could change an answer. Of a crowd, as many are taken as show that it is one.
    """
    found = {each.id: each for each in people.persons_with_ids(_hashes(subjects), areas)}
    rows = table_of(subjects, found.values())
    for place, subject in enumerate(subjects):
        side = rows.side(place)
        for block in scheme.blocking:
            holds = _holds(block, side, subject)
            if holds:
                found |= {each.id: each for each in people.persons_of_whom(holds, scheme.crowd, areas)}
    houses = {each.household_id for each in found.values()} | {subject.household_key for subject in subjects}
    found |= {each.id: each for each in people.persons_in_houses(filter(None, houses), areas)}
    return table_of(subjects, found.values())


def _hashes(subjects: Iterable[Subject]) -> Iterable[bytes]:
    """Keyed hashes of the ids told, and of what a mistyped one may have been meant to be."""
    cids: list[str | None] = []
    for subject in subjects:
        if subject.cid:
            cids += [subject.cid] if ids.citizen_id(subject.cid).value else ids.near_misses(subject.cid)
    return filter(None, hash_cids(cids))


def _given(row: Subject) -> str:
    return names.bare_given_name(row.given)


# How the value of a column of `Side` is asked of the registry: {column: what must hold}.
# Names are asked for as they are written; a side holds them with one byte a letter.
ASKED: dict[str, Callable[[Any, Subject], Holds]] = {
    "cid": lambda value, _row: {"cid_hash": (bytes.fromhex(value),)},
    "given": lambda _value, row: {"given": (names.name_key(_given(row)), names.sound_key(_given(row)))},
    "family": lambda _value, row: {"family": (names.name_key(row.family), names.sound_key(row.family))},
    "given_sound": lambda _value, row: {"given_sound": (names.sound_key(_given(row)),)},
    "family_sound": lambda _value, row: {"family_sound": (names.sound_key(row.family),)},
    "birth": lambda value, _row: {"birth_date": (value,)},
    "birth_year": lambda value, _row: {"born_in": (value,)},
    "tambon": lambda value, _row: {"within": (value,)},
    "house": lambda value, _row: {"house": (value,)},
    "address": lambda value, row: _number_in(value, row),
    "house_number": lambda value, row: _number_in(value, row),
    "phone": lambda value, _row: {"phone": (value,)},
}
# Ids of the registry are valid, so nobody there is near another id.
NEVER = frozenset({"near"})


def _number_in(value: str, row: Subject) -> Holds:
    return {"number_in": (addresses.house_no(row.house_no).value or row.house_no, value.partition("|")[0])}


def _holds(block: Block, side: Side, row: Subject) -> Holds:
    """What must hold of a person who meets the row in this block; {} where the row does not tell enough."""
    values = [getattr(side, name) for name in block.left]
    if None in values or NEVER.intersection(block.right):
        return {}
    holds: Holds = {}
    for value, right in zip(values, block.right, strict=True):
        holds |= ASKED[right](value, row)
    return holds


# Which column of the registry tells how common a value is: {column of `Side`: (column there, our form of it)}.
BORNE: dict[str, tuple[str, Callable[[Subject], str]]] = {
    "given": ("given_key", lambda row: names.name_key(_given(row))),
    "family": ("family_key", lambda row: names.name_key(row.family)),
}


def _names(subjects: Sequence[Subject], everybody: people.Counted, weights: Model) -> Names:
    """How common the names of the rows are among all people and the rows."""
    columns = {column for _at, _code, column in weights.scheme.frequencies}
    return weights.names({column: _borne(subjects, everybody, *BORNE[column]) for column in columns})


def _borne(
    subjects: Sequence[Subject], everybody: people.Counted, column: str, key_of: Callable[[Subject], str]
) -> dict[str, int]:
    """How many bear each name of the rows; the bearers of all other names stand together under ""."""
    told = Counter(filter(None, map(key_of, subjects)))
    found = told + Counter(people.bearers(everybody, column, told))
    rest = everybody.named[column] + told.total() - found.total()
    return {coded(key) or "": count for key, count in found.items()} | {"": rest}
