"""Houses, as they are told apart: two spellings of one address, a household that moved, a house with two numbers.

Nothing here is ever sure: every answer is a question to a person.
"""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from mudmai.kernel.addresses import house_no_key
from mudmai.linkage.rules.model import Model
from mudmai.linkage.rules.schemes import (
    Answer,
    Comparison,
    Level,
    Scheme,
    Verdict,
    both,
    equal,
    missing,
    some_shared,
    told_alike,
)


class House(NamedTuple):
    """The compared values of one house; None where nothing is known."""

    code: str | None = None  # 11 digits
    village: str | None = None
    tambon: str | None = None
    number: str | None = None  # key of the house number
    digits: str | None = None  # its numbers alone: 12-3 and 12/3 are "12 3"
    first: str | None = None  # the first of them
    living: tuple[str, ...] | None = None  # names of those who live there
    seen: tuple[str, ...] | None = None  # persons whom records put there, now or before
    one_seen: str | None = None  # one of those who were seen in several houses


class HouseLevels(NamedTuple):
    """The finding of every comparison for one pair."""

    house_code: str
    house_number: str
    village: str
    living: str
    seen: str


# Letters tell houses apart as numbers do (12 ก).
_PARTS = re.compile(r"\d+|[ก-ฮ]+")


@lru_cache(maxsize=100_000)
def number_parts(text: str) -> tuple[str | None, str | None, str | None]:
    """A house number as its key, its numbers, and the first of these.

    >>> number_parts("12-3")[1:], number_parts("12/3")[1:], number_parts("๑๒ ทับ ๓")[1:]
    (('12 3', '12'), ('12 3', '12'), ('12 3', '12'))
    >>> number_parts("12 ก")[1:], number_parts("")
    (('12 ก', '12'), (None, None, None))
    """
    parts = _PARTS.findall(house_no_key(text))
    numbers = [str(int(part)) if part.isdecimal() else part for part in parts]
    if not numbers or not numbers[0].isdecimal() or numbers[0] == "0":
        return None, None, None  # "no number" is no number
    return house_no_key(text), " ".join(numbers), numbers[0]


def _most_shared(column: str) -> Level:
    """At least two, and half of the smaller side, are on both."""

    def holds(a: House, b: House) -> bool:
        left, right = set(getattr(a, column) or ()), set(getattr(b, column) or ())
        return len(left & right) >= max(2, min(len(left), len(right)) / 2)

    shared, least = f"len(array_intersect({column}_l, {column}_r))", f"least(len({column}_l), len({column}_r))"
    return Level("most", f"{shared} >= greatest(2, {least} / 2.0)", holds)


_HOUSES: tuple[Comparison, ...] = (
    Comparison("house_code", missing("code"), (equal("same", "code"),), "different"),
    Comparison(
        "house_number",
        missing("digits"),
        (
            equal("same", "number"),
            equal("written", "digits"),
            Level(
                "part",
                "first_l = first_r AND (digits_l = first_l OR digits_r = first_r)",
                lambda a, b: told_alike(a.first, b.first) and (a.digits == a.first or b.digits == b.first),
            ),
        ),
        "different",
    ),
    Comparison(
        "village",
        missing("tambon"),
        (
            equal("same", "village"),
            Level(
                "untold",
                "tambon_l = tambon_r AND (village_l IS NULL OR village_r IS NULL)",
                lambda a, b: a.tambon == b.tambon and (a.village is None or b.village is None),
            ),
        ),
        "different",
    ),
    Comparison("living", missing("living"), (_most_shared("living"), some_shared("some", "living", 1)), "none"),
    Comparison("seen", missing("seen"), (_most_shared("seen"), some_shared("some", "seen", 1)), "none"),
)
_BLOCKS = (both("code"), both("village", "first"), both("tambon", "digits"), both("one_seen"))


def by_rule(levels: HouseLevels) -> tuple[Verdict | None, str]:
    """Which kind of question it is, "" for none of these."""
    same_village = levels.village in ("same", "untold")
    if levels.house_number in ("same", "written") and (same_village or levels.house_code == "same"):
        return None, "two_spellings"
    if levels.house_number == "part" and levels.village == "same":
        # Neighbours are numbered so, too: only who lives there tells.
        if levels.living == "most" or levels.seen == "most" or levels.house_code == "same":
            return None, "two_numbers"
        return Verdict(Answer.APART, "neighbours"), ""
    if levels.house_code == "same":
        return None, "two_spellings"
    if levels.seen == "most" or levels.living == "most":
        return None, "moved"
    return Verdict(Answer.APART, "too_little"), ""


HOUSES = Scheme("houses", House, HouseLevels, _HOUSES, _BLOCKS, by_rule)


@cache
def house_model() -> Model:
    """The weights of houses, as they are shipped."""
    told: dict[str, Any] = tomllib.loads(Path(__file__).with_name("houses.toml").read_text(encoding="utf-8"))
    return Model.of(HOUSES, told)
