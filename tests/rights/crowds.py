"""People made for the rules of law: frames of a few persons, and strategies that make them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from hypothesis import strategies as st

from mudmai.people.rules.catalogue import catalogue
from mudmai.rights.rules.law.inputs import KIND_OF, OF_HOUSE, OF_PERSON
from mudmai.rights.rules.law.reckoning import UNTOLD_DAY, number
from mudmai.rights.rules.law.variables import KINDS

TODAY = date(2026, 11, 21)


@dataclass
class Told:
    area: Any
    told: dict[str, Any]


@dataclass
class Frame:
    """The shape of people.queries.frame."""

    houses: Told
    persons: Told
    house: Any
    born_first: Any
    born_last: Any
    status: Any
    registered_area: Any
    on: date = TODAY
    sort_key: list[str] = field(default_factory=list)


def frame_of(people: list[dict[str, Any]], houses: list[dict[str, Any]] | None = None, on: date = TODAY) -> Frame:
    """A frame of persons told as {code: value of the column}, with `house`, `born`, `status` and `registered`."""
    homes = houses if houses is not None else [{}]
    born = [each.get("born", (UNTOLD_DAY, UNTOLD_DAY)) for each in people]
    return Frame(
        houses=Told(np.full(len(homes), "52030601", "U8"), {code: _column(code, homes) for code in OF_HOUSE}),
        persons=Told(np.full(len(people), "52030601", "U8"), {code: _column(code, people) for code in OF_PERSON}),
        house=np.array([each.get("house", -1) for each in people], np.int32),
        born_first=np.array([first for first, _last in born], np.int32),
        born_last=np.array([last for _first, last in born], np.int32),
        status=np.array([each.get("status", 0) for each in people], np.int8),
        registered_area=np.array([each.get("registered", "") for each in people], "U8"),
        on=on,
    )


def _column(code: str, told: list[dict[str, Any]]) -> Any:
    _type, kept_as, untold = KINDS[KIND_OF[code]]
    return np.array([each.get(code, untold) for each in told], kept_as)


def _value(code: str) -> st.SearchStrategy[Any]:
    kind, listed = KIND_OF[code], catalogue().attributes[code].list
    if catalogue().attributes[code].kind == "whole":
        return st.integers(0, 20).map(float)
    size = len(catalogue().lists[listed]) if listed else 0
    return {
        "answer": st.sampled_from([-1, 1]),
        "mark": st.just(1),
        "code": st.integers(0, max(size - 1, 0)),
        "codes": st.integers(0, (1 << size) - 1),
        "day": st.integers(number(date(2015, 1, 1)), number(date(2032, 1, 1))),
        "number": st.one_of(st.sampled_from([0.0, 3.0, 6.0, 11.0, 100_000.0]), st.floats(0, 400_000, width=32)),
    }[kind]


def _born() -> st.SearchStrategy[tuple[int, int]]:
    """Days, and years or months of which only the first and the last day are known."""
    first = st.integers(number(date(1925, 1, 1)), number(TODAY))
    return st.builds(lambda day, width: (day, day + width), first, st.sampled_from([0, 0, 0, 29, 364]))


def told_person() -> st.SearchStrategy[dict[str, Any]]:
    """A person of whom some things are told, none of them twice in ways that contradict each other."""
    facts = {code: _value(code) for code in OF_PERSON}
    told = st.fixed_dictionaries(
        {"house": st.sampled_from([-1, 0])},
        optional={
            **facts,
            "born": _born(),
            "status": st.sampled_from([0, 0, 0, 1, 2, 3]),
            "registered": st.sampled_from(["52030601", "52030602", "10"]),
        },
    )
    return told.map(_consistent_person)


def _consistent_person(person: dict[str, Any]) -> dict[str, Any]:
    if "death_date" in person:
        person = {**person, "status": 1}
    if "adl_score" in person:
        person = {code: value for code, value in person.items() if code != "adl_group"}
    return person


def told_house() -> st.SearchStrategy[dict[str, Any]]:
    """A house of which some things are told; its income in one way."""
    told = st.fixed_dictionaries({}, optional={code: _value(code) for code in OF_HOUSE})
    return told.map(_consistent_house)


def _consistent_house(house: dict[str, Any]) -> dict[str, Any]:
    incomes = [code for code in ("income_per_head_year", "household_income_year", "household_income") if code in house]
    return {code: value for code, value in house.items() if code not in incomes[1:]}
