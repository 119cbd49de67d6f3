"""The whole registry as it is compared, in Arrow's columns: made value by value, never person by person."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mudmai.linkage.rules.people import PEOPLE
from mudmai.linkage.rules.sides import number_of_house
from mudmai.linkage.rules.subjects import Subject
from mudmai.linkage.services.people import (
    AS_TOLD,
    HOUSES,
    LARGEST_FAMILY,
    TOLD,
    Columns,
    Table,
    compared,
    ids_of,
    shown_of,
    told_by,
)
from mudmai.people import queries as people

KINDS = {"text": pa.string(), "number": pa.int32(), "texts": pa.list_(pa.string())}
# As people.queries.linkage_table gives them.
READ = (
    "key", "cid", "house", "given_key", "family_key", "given_sound", "family_sound", "sex", "birth_date", "phone",
    "area",
)  # fmt: skip


def table_of_everyone(subjects: Sequence[Subject] = ()) -> Table:
    """The list and, behind it, the whole registry: people move, so no area is left out."""
    rows, registry = told_by(subjects), _registry()
    keys, hashes = registry["key"].to_pylist(), registry["cid"].to_pylist()
    told = {name: pa.concat_arrays([pa.array(rows[name], pa.string()), registry[name]]) for name in TOLD}
    cids, near, slips = ids_of(subjects, hashes)
    columns: Columns = {
        "cid": pa.concat_arrays([pa.array(cids, pa.string()), registry["cid"]]),
        "near": pa.array(near + [None] * len(keys), pa.string()),
        "slip": pa.array(slips + [None] * len(keys), pa.string()),
    }
    columns |= compared(told, _by_value)
    columns |= {name: pc.if_else(pc.equal(told[name], ""), None, told[name]) for name in AS_TOLD}
    (numbers,) = _by_value(("house_number",), lambda number: (number_of_house(number),), told["house_no"])
    columns |= {name: pc.binary_join_element_wise(columns[area], numbers, "|") for name, area in HOUSES.items()}
    columns["mates"] = _mates(columns["house"], columns["given"], len(subjects))
    return Table(rows["key"] + keys, len(subjects), columns, shown_of(rows, people.linkage_rows))


def _registry() -> dict[str, pa.Array]:
    """What the registry tells of everybody, with the number and the code of the house."""
    told = dict(zip(READ, _arrays(people.linkage_table(), len(READ)), strict=True))
    houses, *about = _arrays(people.linkage_houses(), 3)
    at = pc.index_in(told["house"], houses)
    return told | {
        name: column.take(at).fill_null("") for name, column in zip(("house_no", "house_code"), about, strict=True)
    }


def _arrays(chunks: Iterable[list[Sequence[Any]]], n: int) -> list[pa.Array]:
    """Columns that come some rows at a time, each as one array of text."""
    found: list[list[pa.Array]] = [[] for _ in range(n)]
    for columns in chunks:
        for parts, column in zip(found, columns, strict=True):
            parts.append(pa.array(column, pa.string()))
    return [pa.concat_arrays(parts) if parts else pa.array([], pa.string()) for parts in found]


def _by_value(made: tuple[str, ...], function: Callable[[str], tuple[Any, ...]], needed: pa.Array) -> list[pa.Array]:
    """The function is asked once for equal values: names, dates and numbers repeat a lot."""
    told = needed.dictionary_encode()
    found = list(map(function, told.dictionary.to_pylist()))
    kinds = [KINDS[PEOPLE.kinds[name]] for name in made]
    return [pa.array([row[at] for row in found], kind).take(told.indices) for at, kind in enumerate(kinds)]


def _mates(house: pa.Array, given: pa.Array, rows: int) -> pa.Array:
    """As `people.mates`, of the list and of the registry apart, in any order."""
    houses, names = (column.dictionary_encode() for column in (house, given))
    living = np.flatnonzero(pc.and_(house.is_valid(), given.is_valid()))
    family = houses.indices.take(living).to_numpy() * 2 + (living < rows)
    order = np.argsort(family, kind="stable")
    living, family = living[order], family[order]
    first = np.flatnonzero(np.diff(family, prepend=-1))
    size = np.diff(first, append=len(family))
    first, size = (each[(size > 1) & (size <= LARGEST_FAMILY)] for each in (first, size))
    # Each of a family beside each: `at` counts through the pairs of one family.
    of = np.repeat(np.arange(len(size)), size * size)
    at = np.arange(len(of)) - np.repeat(np.cumsum(size * size) - size * size, size * size)
    one, other = (living[first[of] + each] for each in (at // size[of], at % size[of]))
    name = names.indices.fill_null(0).to_numpy().astype(np.int64)
    told = np.sort((one * len(names.dictionary) + name[other])[one != other])
    who, name = np.divmod(told[np.diff(told, prepend=-1) > 0], len(names.dictionary))
    ends = np.searchsorted(who, np.arange(len(house) + 1)).astype(np.int32)
    return pa.ListArray.from_arrays(ends, names.dictionary.take(name), mask=pa.array(np.diff(ends) == 0))


def as_array(column: Any, kind: pa.DataType) -> pa.Array:
    """A column of a table as an array of Arrow."""
    return pa.array(column, kind) if isinstance(column, list) else column
