"""A few households written down as a frame, without a database."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np

from mudmai.needs.rules.assessing import Assessed, Setup, assess, codes_of, setup
from mudmai.needs.rules.frameworks import frames
from mudmai.people.queries import UNTOLD_DAY, Columns, Frame
from mudmai.people.queries.frames.columns import column_of, days_of
from mudmai.people.rules.catalogue import attributes_of

TODAY = date(2026, 11, 2)
House = Mapping[str, Any]


def someone(born: str = "1985-06-01", *, sex: str = "f", status: str = "alive", **told: Any) -> dict[str, Any]:
    """A member; `born` "" where the birth date is not known."""
    return {"born": born, "sex": sex, "status": status, "told": told}


def household(*members: dict[str, Any], **told: Any) -> dict[str, Any]:
    return {"members": members, "told": told}


def frame_of(houses: Iterable[dict[str, Any]], *, on: date = TODAY, by: Setup | None = None) -> Frame:
    """The frame in which these houses stand in this order, each with its members in theirs."""
    houses = list(houses)
    codes = {*codes_of(by or setup()), *frames().codes()}
    people = [(place, each) for place, house in enumerate(houses) for each in house["members"]]
    size, count = len(people), len(houses)
    born = [days_of(each["born"]) if each["born"] else (UNTOLD_DAY, UNTOLD_DAY) for _, each in people]
    status = {"alive": 0, "dead": 1, "moved": 2, "left": 3}
    return Frame(
        on=on,
        houses=Columns(
            [f"{n + 1:032x}" for n in range(count)],
            np.full(count, "52030601"),
            _columns(codes & attributes_of("household"), [house["told"] for house in houses]),
        ),
        persons=Columns(
            [f"{n + 1:032x}" for n in range(size)],
            np.full(size, "52030601"),
            _columns(codes & attributes_of("person"), [each["told"] for _, each in people]),
        ),
        house=np.array([place for place, _ in people], np.int32),
        born_first=np.array([first for first, _ in born], np.int32),
        born_last=np.array([last for _, last in born], np.int32),
        sex=np.array([{"m": 1, "f": 2}.get(each["sex"], 0) for _, each in people], np.int8),
        status=np.array([status[each["status"]] for _, each in people], np.int8),
        registered_area=np.full(size, ""),
        sort_key=[],
        closed={},
    )


def _columns(codes: Iterable[str], told: list[Mapping[str, Any]]) -> dict[str, Any]:
    found = {}
    for code in codes:
        places = [place for place, each in enumerate(told) if code in each]
        found[code] = column_of(code, len(told), places, [told[place][code] for place in places])
    return found


def assessed(*houses: dict[str, Any], by: Setup | None = None, on: date = TODAY) -> Assessed:
    """What the rules say of these houses."""
    return assess(frame_of(houses, on=on, by=by), by or setup())


def results(*houses: dict[str, Any], by: Setup | None = None, on: date = TODAY) -> list[dict[str, str]]:
    """{number of the indicator: its letter} of each house."""
    measured = by or setup()
    numbers = [indicator.no for indicator in measured.indicators.indicators]
    words = assessed(*houses, by=by, on=on).letters.tolist()
    return [dict(zip(numbers, word, strict=True)) for word in words]


def result(no: int | str, *members: dict[str, Any], on: date = TODAY, **told: Any) -> str:
    """The letter of one indicator for a house with these members and facts."""
    return results(household(*members, **told), on=on)[0][str(no)]
