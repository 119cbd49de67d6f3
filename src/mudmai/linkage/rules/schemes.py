"""What is compared about one kind of thing, level by level: the SQL that runs over many pairs and its twin in Python.

The first level that holds is the finding. Both forms must agree; property tests compare them. A scheme holds no
numbers: what a finding weighs stands in a `Model`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple, get_type_hints

from rapidfuzz.distance import JaroWinkler

UNKNOWN = "unknown"  # nothing to compare on one side: weighs nothing


@dataclass(frozen=True, slots=True)
class Level:
    """One finding: its code, and when it holds."""

    code: str
    sql: str
    holds: Callable[[Any, Any], bool]
    frequency_of: str = ""  # the column whose common values weigh less


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that is compared, strongest finding first; the last finding is `otherwise`."""

    name: str
    missing: Level
    levels: tuple[Level, ...]
    otherwise: str
    # {finding: SQL for the pairs of which it can be made at all}, where those are not all that tell both sides.
    among: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """All findings by number, as Splink numbers them, one higher: nothing to compare is 0, `otherwise` is 1."""
        return (UNKNOWN, self.otherwise, *(level.code for level in reversed(self.levels)))

    @property
    def findings(self) -> tuple[str, ...]:
        """The codes that weigh something, strongest first."""
        return (*(level.code for level in self.levels), self.otherwise)

    @property
    def frequency_of(self) -> str:
        """The column whose common values weigh less where they agree; "" for none."""
        return next((level.frequency_of for level in self.levels if level.frequency_of), "")

    def of(self, left: Any, right: Any) -> str:
        if self.missing.holds(left, right):
            return UNKNOWN
        for level in self.levels:
            if level.holds(left, right):
                return level.code
        return self.otherwise


class Block(NamedTuple):
    """Pairs are looked at where these columns of the row equal those of the other."""

    left: tuple[str, ...]
    right: tuple[str, ...]


def both(*columns: str) -> Block:
    """The block of pairs in which the same columns are equal."""
    return Block(columns, columns)


class Answer(Enum):
    """What follows from one pair."""

    SAME = "same"
    ASK = "ask"
    APART = "apart"


class Verdict(NamedTuple):
    """The answer about one pair, and the code of its reason."""

    answer: Answer
    reason: str


def no_rule(levels: Any) -> tuple[Verdict | None, str]:
    """Nothing is settled by a fixed rule; the weights decide alone."""
    return None, ""


# More who agree in a block than this say nothing: a column was read wrongly, or holds one word on every row.
# Without this bound, 100,000 rows named "-" would make five thousand million pairs.
CROWD = 300


@dataclass(frozen=True)
class Scheme:
    """One kind of thing that is compared with its like."""

    name: str
    side: type[Any]  # a NamedTuple: the compared values of one side, by column
    levels: type[Any]  # a NamedTuple: the finding of every comparison, by its name
    comparisons: tuple[Comparison, ...]
    blocking: tuple[Block, ...]
    # What the findings settle whatever they weigh; else why somebody is asked, "" for no reason.
    by_rule: Callable[[Any], tuple[Verdict | None, str]] = no_rule
    crowd: int = CROWD

    def __post_init__(self) -> None:
        if self.levels._fields != tuple(comparison.name for comparison in self.comparisons):
            raise ValueError(f"the findings of {self.name} are not named as its comparisons are")

    def compare(self, left: Any, right: Any) -> Any:
        """The finding of every comparison."""
        return self.levels(*(comparison.of(left, right) for comparison in self.comparisons))

    @cached_property
    def kinds(self) -> dict[str, str]:
        """What each column of a side holds: "number", "texts" (a list of them) or "text"."""
        hints = get_type_hints(self.side)
        return {
            name: "number" if "int" in str(hint) else "texts" if "tuple" in str(hint) else "text"
            for name, hint in hints.items()
        }

    @cached_property
    def frequencies(self) -> tuple[tuple[int, str, str], ...]:
        """Place of the comparison, its strongest finding, and the column whose common values weigh less there."""
        return tuple(
            (at, level.code, level.frequency_of)
            for at, comparison in enumerate(self.comparisons)
            for level in comparison.levels
            if level.frequency_of
        )


def told_alike(left: str | None, right: str | None) -> bool:
    """Both are known and equal."""
    return left is not None and left == right


def missing(*columns: str) -> Level:
    """Nothing to compare: one of these columns is empty on one side."""
    sql = " OR ".join(f"{column}_{side} IS NULL" for column in columns for side in "lr")
    return Level(UNKNOWN, sql, lambda a, b: any(getattr(s, column) is None for s in (a, b) for column in columns))


def equal(code: str, column: str, *, frequent: bool = False) -> Level:
    """The column is known and the same. `frequent`: common values weigh less."""

    def holds(a: Any, b: Any) -> bool:
        return told_alike(getattr(a, column), getattr(b, column))

    return Level(code, f"{column}_l = {column}_r", holds, frequency_of=column if frequent else "")


def similar(code: str, column: str, at_least: float) -> Level:
    """The column is at least so alike: Jaro-Winkler, letters of one byte (`sides.coded`)."""

    def holds(a: Any, b: Any) -> bool:
        return JaroWinkler.similarity(getattr(a, column) or "", getattr(b, column) or "") >= at_least

    return Level(code, f"jaro_winkler_similarity({column}_l, {column}_r) >= {at_least}", holds)


def some_shared(code: str, column: str, at_least: int) -> Level:
    """The two lists have so many members in common."""

    def holds(a: Any, b: Any) -> bool:
        return len(set(getattr(a, column) or ()) & set(getattr(b, column) or ())) >= at_least

    return Level(code, f"len(array_intersect({column}_l, {column}_r)) >= {at_least}", holds)
