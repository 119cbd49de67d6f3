"""The sets that come with the program, each in a file beside this one."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from mudmai.needs.rules.sets.model import IndicatorSet
from mudmai.needs.rules.sets.reading import check

USUAL = "jpt31"


@cache
def shipped_bodies() -> dict[str, dict[str, Any]]:
    """{code: body} of the shipped sets, as their files write them."""
    bodies = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(Path(__file__).parent.glob("*.toml"))]
    return {body["code"]: body for body in bodies}


@cache
def shipped_sets() -> dict[str, IndicatorSet]:
    """{code: set} of the shipped sets. A fault in one of them stops the start with its sentence."""
    found = {}
    for code, body in shipped_bodies().items():
        read, faults = check(body)
        if read is None:
            raise ValueError(f"{code}.toml: " + " ".join(faults))
        found[code] = read
    return found


def usual_set() -> IndicatorSet:
    """The set that is used where an office chose no other."""
    return shipped_sets()[USUAL]
