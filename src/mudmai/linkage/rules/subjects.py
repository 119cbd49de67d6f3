"""What linkage is asked about, and what it answers."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple


@dataclass(slots=True)
class Subject:
    """A new row, before it is a record. `key` is the id that its record will have (32 hex digits)."""

    key: str
    cid: str | None = None  # 13 digits; a wrong check digit is allowed and read as "maybe mistyped"
    title: str = ""
    given: str = ""
    family: str = ""
    sex: str = ""  # m, f or ""
    birth_date: str = ""  # ISO, may be a year or a month
    phone: str = ""
    area: str = ""  # up to 8 digits
    house_no: str = ""
    household_key: str | None = None
    house_code: str = ""  # 11 digits


class Candidate(NamedTuple):
    """Somebody whom a row may be: a person's id, or the key of an earlier row of the same list."""

    person: str
    score: float
    evidence: dict[str, dict[str, Any]]


class Match(NamedTuple):
    """What became of one row. `person` is a person's id, or the key of the earlier row it repeats.

    `others` are candidates somebody should be asked about; a row that is surely an earlier row of its list can be
    `linked` to that and still have a question about a person.
    """

    key: str
    outcome: Literal["linked", "review", "new"]
    person: str | None
    score: float
    basis: Literal["cid", "model", "rule"]
    evidence: dict[str, dict[str, Any]]
    others: tuple[Candidate, ...] = ()
