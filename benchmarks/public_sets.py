"""The public sets whose truth is known, as their authors hand them out: FEBRL 1 to 4 and Splink's fake_1000."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

NAMES = ("febrl1", "febrl2", "febrl3", "febrl4", "fake_1000")


class Australian(NamedTuple):
    """The compared values of a row of FEBRL."""

    given: str | None
    family: str | None
    number: str | None
    street: str | None
    area: str | None
    suburb: str | None
    postcode: str | None
    state: str | None
    birth: str | None
    ssn: str | None


class AustralianLevels(NamedTuple):
    """The findings about a pair of them."""

    given: str
    family: str
    number: str
    street: str
    area: str
    suburb: str
    postcode: str
    state: str
    birth: str
    ssn: str


class Briton(NamedTuple):
    """The compared values of a row of fake_1000."""

    given: str | None
    family: str | None
    birth: str | None
    city: str | None
    email: str | None


class BritonLevels(NamedTuple):
    """The findings about a pair of them."""

    given: str
    family: str
    birth: str
    city: str
    email: str


class Rows(NamedTuple):
    """One set: keys, values, and the true entity of each; the first `asked` rows are to be linked with the others."""

    keys: list[str]
    columns: dict[str, list[Any]]
    truth: list[str]
    asked: int  # all of them where a set is searched for duplicates


def rows_of(folder: Path, name: str) -> Rows | None:
    """One of the sets as its authors hand it out; None where it is not there."""
    try:
        if name == "fake_1000":
            return britons(read(folder / "splink_fake_1000.csv"))
        if name == "febrl4":
            left, right = read(folder / "febrl_dataset4b.csv.gz"), read(folder / "febrl_dataset4a.csv.gz")
            return australians([*left, *right], len(left))
        told = read(folder / f"febrl_dataset{name[-1]}.csv.gz")
        return australians(told, len(told))
    except FileNotFoundError:
        return None


def read(path: Path) -> list[dict[str, str | None]]:
    """The rows of a CSV file; headings and cells lose their leading spaces, and empty cells are None."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="") as file:
        return [{k.strip(): v.strip() or None for k, v in row.items()} for row in csv.DictReader(file)]


def australians(told: list[dict[str, Any]], asked: int) -> Rows:
    names = ("given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state")
    names += ("date_of_birth", "soc_sec_id")
    columns = {own: [row[name] for row in told] for own, name in zip(Australian._fields, names, strict=True)}
    return Rows([row["rec_id"] for row in told], columns, [row["rec_id"].split("-")[1] for row in told], asked)


def britons(told: list[dict[str, Any]]) -> Rows:
    names = ("first_name", "surname", "dob", "city", "email")
    columns = {own: [row[name] for row in told] for own, name in zip(Briton._fields, names, strict=True)}
    return Rows([row["unique_id"] for row in told], columns, [row["cluster"] for row in told], len(told))


def true_pairs(rows: Rows) -> set[tuple[int, int]]:
    """All pairs of one entity, by place; only those across where two lists are linked."""
    return together(rows, enumerate(rows.truth))


def together(rows: Rows, told: Iterable[tuple[int, object]]) -> set[tuple[int, int]]:
    """The pairs of rows that are in one group, from (place, group) of each row."""
    groups: dict[object, list[int]] = defaultdict(list)
    for place, group in told:
        groups[group].append(place)
    return across(rows, (pair for places in groups.values() for pair in combinations(places, 2)))


def across(rows: Rows, pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Each pair once; where two lists are linked, only those of a row of either."""
    whole = rows.asked == len(rows.keys)
    ordered = ((min(pair), max(pair)) for pair in pairs)
    return {pair for pair in ordered if whole or pair[0] < rows.asked <= pair[1]}
