"""Frames into which results are sorted: TPMAP's five dimensions, five capitals, the five fields of Smart Tambon.

The set of indicators maps itself to the dimensions; the others are read from frameworks.toml.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from mudmai.kernel.logic import NO, YES, Answers, any_of
from mudmai.needs.rules.conditions import Condition, Sight, known_facts, read
from mudmai.needs.rules.indicators import fails
from mudmai.needs.rules.sets.model import IndicatorSet, in_language
from mudmai.needs.rules.words import DIMENSIONS

__all__ = [
    "DIMENSIONS", "Capital", "Field", "Frames", "Level", "Scored", "field_answers", "frames", "level_of",
    "score_capital",
]  # fmt: skip

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Field:
    """A field of a frame, with the indicators of each set that belong to it."""

    code: str
    th: str
    en: str
    indicators: dict[str, tuple[str, ...]]

    def label(self, language: str = "th") -> str:
        return in_language(self.th, self.en, language)


class Element(NamedTuple):
    """One thing that gives points: the first condition that holds; none where none does."""

    th: str
    en: str
    most: float
    points: tuple[tuple[float, Condition], ...]


@dataclass(frozen=True)
class Capital:
    """One of the five capitals."""

    code: str
    th: str
    en: str
    elements: tuple[Element, ...]

    def label(self, language: str = "th") -> str:
        return in_language(self.th, self.en, language)

    def facts(self) -> Iterator[tuple[str, str]]:
        for element in self.elements:
            for _, condition in element.points:
                yield from condition.facts()


class Level(NamedTuple):
    """A level of living, from a score on."""

    level: int
    least: float
    th: str
    en: str

    def label(self, language: str = "th") -> str:
        return in_language(self.th, self.en, language)


@dataclass(frozen=True)
class Frames:
    """All of frameworks.toml."""

    smart: tuple[Field, ...]
    capitals: tuple[Capital, ...]
    levels: tuple[Level, ...]
    sources: dict[str, tuple[str, str]]  # {frame: (source, confidence)}

    def codes(self) -> frozenset[str]:
        """The codes of the catalogue that capitals need in a frame."""
        found = {code for capital in self.capitals for _of, code in capital.facts()}
        return frozenset(found - {"birth_date", "sex"})


@cache
def frames() -> Frames:
    """The frames that come with the program; a fault in the file stops the start with its sentence."""
    body = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    smart, capitals = body["smart"], body["capitals"]
    return Frames(
        tuple(_field(code, table) for code, table in smart["field"].items()),
        tuple(_capital(code, table) for code, table in capitals["capital"].items()),
        tuple(Level(row["level"], row["from"], row["th"], row["en"]) for row in capitals["levels"]),
        {
            name: (str(table["source"]), str(table["confidence"]))
            for name, table in body.items()
            if isinstance(table, dict)
        },
    )


def _field(code: str, table: dict[str, Any]) -> Field:
    indicators = {name: tuple(numbers) for name, numbers in table.items() if isinstance(numbers, list)}
    return Field(code, table["th"], table["en"], indicators)


def _capital(code: str, table: dict[str, Any]) -> Capital:
    return Capital(code, table["th"], table["en"], tuple(_element(code, each) for each in table["elements"]))


def _element(capital: str, table: dict[str, Any]) -> Element:
    points = []
    for row in table["points"]:
        when, faults = read(row["when"], "household", known=known_facts(), where=f"{capital}: {table['en']}")
        if when is None:
            raise ValueError(" ".join(faults))
        points.append((float(row["points"]), when))
    return Element(table["th"], table["en"], float(table["most"]), tuple(points))


def field_answers(field: Field, indicators: IndicatorSet, results: npt.NDArray[np.uint8]) -> Answers | None:
    """Whether each row fails in a field; None where the set has no indicator in it."""
    places = indicators.places
    numbers = [no for no in field.indicators.get(indicators.code, ()) if no in places]
    return any_of(*(fails(results[:, places[no]]) for no in numbers)) if numbers else None


class Scored(NamedTuple):
    """The score of a capital, 1–4, with the least and the most that the unknown leaves; NaN where nothing can tell."""

    low: Scores
    high: Scores


def score_capital(capital: Capital, sight: Sight) -> Scored:
    """Points over the most there are, times three, plus one. What is not known may give all or nothing."""
    size = sight.size("household")
    most = sum(element.most for element in capital.elements)
    if not most:
        return Scored(np.full(size, np.nan), np.full(size, np.nan))
    low, high, told = np.zeros(size), np.zeros(size), np.zeros(size, bool)
    for element in capital.elements:
        least, greatest = _points(element, sight, size)
        told |= (least > 0) | (greatest < element.most)
        low, high = low + least, high + greatest
    found = [np.where(told, np.round(points / most * 3 + 1, 2), np.nan) for points in (low, high)]
    return Scored(*found)


def _points(element: Element, sight: Sight, size: int) -> tuple[Scores, Scores]:
    """The least and the most points of each house."""
    least, greatest = np.full(size, np.inf), np.zeros(size)
    open_ = np.ones(size, bool)  # whether an earlier condition has decided
    for points, condition in element.points:
        answer = condition.answer(sight)
        may = open_ & (answer != NO)
        least[may], greatest[may] = np.minimum(least[may], points), np.maximum(greatest[may], points)
        open_ &= answer != YES
    least[open_] = 0.0
    return least, greatest


def level_of(low: float, high: float, levels: tuple[Level, ...]) -> Level | None:
    """The level of a score; None where what is not known leaves more than one."""
    if np.isnan(low):
        return None
    first, last = ([each for each in levels if each.least <= score][-1] for score in (low, high))
    return first if first == last else None
