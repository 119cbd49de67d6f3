"""Whom help is meant for: the classes of TPMAP, the three groups of Nakhonsawan Change, fragile households, dependants.

A class is never told: it follows from two facts, each with its own year (poor in the survey; in the welfare register),
so that it moves when one of them does. Several groups may hold of one household.

Source:  tpmap.in.th, nscr.nesdc.go.th glossary, seed of Nakhonsawan Change; reference §1.3.3–1.3.8a, §1.4, §1.5, §4.3.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from mudmai.kernel.logic import NO, UNKNOWN, YES, Answers, all_of, any_of, negated
from mudmai.needs.rules.conditions import Condition, Known, Sight, known_facts, read
from mudmai.needs.rules.sets.dated import number_of
from mudmai.needs.rules.sets.model import Number, in_language
from mudmai.needs.rules.words import GROUPS

__all__ = [
    "CLASSES", "GROUPS", "NOT_LOW_INCOME", "NO_LEVEL", "TOLD_FLAGS", "Meant", "Target", "Targets", "classes", "groups",
    "meant", "read_targets", "usual_targets",
]  # fmt: skip

# From poor × registered for welfare. "target" is TPMAP's target poor: both.
CLASSES = ("unknown", "target", "poor_only", "card_only", "neither")
_OF_CLASSES = ("tpmap_poor", "tpmap_year", "state_welfare_card", "welfare_card_year")
TOLD_FLAGS = ("tpmap_health", "tpmap_living", "tpmap_education", "tpmap_income", "tpmap_access")
NO_LEVEL, NOT_LOW_INCOME = -1, -2
_RULES = ("numbers", "condition", "fragile", "burden", "vulnerable")


@dataclass(frozen=True)
class Target:
    """One rule about a household or a person, with where it comes from."""

    code: str
    of: str
    th: str
    en: str
    when: Condition
    confidence: str = ""
    source: str = ""
    group: int = 0

    def label(self, language: str = "th") -> str:
        return in_language(self.th, self.en, language)


class Level(NamedTuple):
    """A row of the table of severity: the first that fits a household of low income gives its level."""

    level: int
    dependants_from: int = 0
    housing_problem: bool = False


@dataclass(frozen=True)
class Targets:
    """All rules about whom help is meant for."""

    numbers: dict[str, Number]
    conditions: dict[str, Target]
    fragile: dict[str, Target]
    burdens: dict[str, Target]
    vulnerable: dict[str, Target]
    levels: tuple[Level, ...]
    levels_confidence: str
    levels_source: str

    def facts(self) -> dict[str, str]:
        """{code: person or household} of everything the rules rest on."""
        found = dict.fromkeys((*TOLD_FLAGS, *_OF_CLASSES), "person")
        for part in (self.conditions, self.fragile, self.burdens, self.vulnerable):
            for target in part.values():
                for of, code in target.when.facts():
                    found.setdefault(code, of)
        return found


@cache
def usual_targets() -> Targets:
    """The rules that come with the program."""
    found, faults = read_targets({})
    if found is None:
        raise ValueError("targets.toml: " + " ".join(faults))
    return found


@cache
def _shipped() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def read_targets(own: Mapping[str, Any], *, known: Known | None = None) -> tuple[Targets | None, list[str]]:
    """The shipped rules with an office's own laid over them: whole rules and numbers of the same name are replaced.

    A rule of the office that is `false` is left out.
    """
    misshapen = _misshapen(own)
    if misshapen:
        return None, misshapen
    body = {**_shipped(), "levels": own.get("levels", _shipped()["levels"])}
    for part in _RULES:
        body[part] = {code: table for code, table in {**body[part], **own.get(part, {})}.items() if table is not False}
    faults: list[str] = []
    numbers = {code: n for code, table in body["numbers"].items() if (n := number_of(code, table, faults))}
    seen = (known or known_facts()).with_numbers(numbers.keys())
    named = {code: table.get("when") for code, table in body["condition"].items()}

    def rules(part: str, of: str) -> dict[str, Target]:
        found = {}
        for code, table in body[part].items():
            about = str(_shipped()[part].get(code, table).get("of", of))
            when, wrong = read(_spelt_out(table.get("when"), named), about, known=seen, where=f"{part}.{code}")
            faults.extend(wrong)
            if when is not None:
                words = {word: str(table.get(word, "")) for word in ("th", "en", "confidence", "source")}
                found[code] = Target(code, about, when=when, group=_whole(table.get("group")), **words)
        return found

    levels = body["levels"]
    found = Targets(
        numbers=numbers,
        conditions=rules("condition", "household"),
        fragile=rules("fragile", "household"),
        burdens=rules("burden", "household"),
        vulnerable=rules("vulnerable", "person"),
        levels=tuple(
            Level(row["level"], _whole(row.get("dependants_from")), row.get("housing_problem") is True)
            for row in levels["rows"]
        ),
        levels_confidence=str(levels.get("confidence", "")),
        levels_source=str(levels.get("source", "")),
    )
    return (None if faults else found), faults


def _misshapen(own: Any) -> list[str]:
    """Sentences where what an office wrote is not even a table of tables."""
    if not isinstance(own, Mapping):
        return [_("[targets] is a table.")]
    for part, tables in own.items():
        slots = {"part": part, "parts": ", ".join((*_RULES, "levels"))}
        if part not in (*_RULES, "levels"):
            return [_("“%(part)s” means nothing under [targets]. There are: %(parts)s.") % slots]
        if not isinstance(tables, Mapping):
            return [_("[targets.%(part)s] is a table.") % slots]
        if part != "levels" and not all(_is_rule(part, each) for each in tables.values()):
            return [_("[targets.%(part)s] holds a table for each rule; one that is to be left out is false.") % slots]
    rows = own["levels"].get("rows") if "levels" in own else []
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) and _is_level(row.get("level")) for row in rows):
        return [_("[targets.levels] has rows, each with a level from 0 to 9: rows = [{ level = 0 }].")]
    return []


def _is_rule(part: str, table: Any) -> bool:
    """Numbers and named conditions are used by others, so they can be changed and not left out."""
    return isinstance(table, Mapping) or (table is False and part not in ("numbers", "condition"))


def _is_level(said: Any) -> bool:
    return type(said) is int and 0 <= said <= 9


def _whole(said: Any) -> int:
    return said if type(said) is int and 0 <= said < 1000 else 0


def _spelt_out(part: Any, named: Mapping[str, Any]) -> Any:
    """A condition in which the names of others are replaced by what they say."""
    if isinstance(part, str) and part in named:
        return _spelt_out(named[part], {name: table for name, table in named.items() if name != part})
    if isinstance(part, list):
        return [_spelt_out(each, named) if not isinstance(each, str) or each in named else each for each in part]
    if isinstance(part, dict):
        return {word: _spelt_out(each, named) if word in _NESTED else each for word, each in part.items()}
    return part


_NESTED = frozenset({"all", "any", "none", "first", "not", "some_member", "every_member", "members", "house"})


def classes(poor: Answers, registered: Answers) -> npt.NDArray[np.uint8]:
    """The class of each person as a place in CLASSES; not known unless both facts are.

    >>> classes(np.array([1, 1, -1, -1, 0], np.int8), np.array([1, -1, 1, -1, 1], np.int8)).tolist()
    [1, 2, 3, 4, 0]
    """
    found = np.zeros(len(poor), np.uint8)
    for place, (is_poor, is_registered) in enumerate(((YES, YES), (YES, NO), (NO, YES), (NO, NO)), 1):
        found[(poor == is_poor) & (registered == is_registered)] = place
    return found


def groups(poor: Answers, listed: Answers, vulnerable: Answers) -> Answers:
    """The answers for the groups of GROUPS, a column for each: on TPMAP's list; poor here and not on it; vulnerable."""
    return np.stack([listed, all_of(poor, negated(listed)), vulnerable], axis=1)


class Meant(NamedTuple):
    """What holds of each household, and of each person."""

    fragile: Answers  # [houses]
    fragile_why: npt.NDArray[np.uint16]  # [houses] bits of Targets.fragile, in their order
    burdens: Answers  # [houses, burdens]
    level: npt.NDArray[np.int8]  # [houses] 0–3; NO_LEVEL where not known, NOT_LOW_INCOME where it has none
    dependants_low: npt.NDArray[np.int32]
    dependants_high: npt.NDArray[np.int32]
    vulnerable: Answers  # [persons]
    vulnerable_why: npt.NDArray[np.uint16]  # [persons] bits of Targets.vulnerable


def meant(targets: Targets, sight: Sight) -> Meant:
    """Work out all rules for a whole frame."""
    fragile = [target.when.answer(sight) for target in targets.fragile.values()]
    burdens = [target.when.answer(sight) for target in targets.burdens.values()]
    persons = [target.when.answer(sight) for target in targets.vulnerable.values()]
    dependant = targets.conditions["dependant"].when.answer(sight)
    low, high = sight.frame.count(dependant == YES), sight.frame.count(dependant != NO)
    houses, people = sight.size("household"), sight.size("person")
    return Meant(
        fragile=any_of(*fragile) if fragile else np.full(houses, NO, np.int8),
        fragile_why=_bits(fragile, houses),
        burdens=np.stack(burdens, axis=1) if burdens else np.zeros((houses, 0), np.int8),
        level=_levels(targets, sight, low, high),
        dependants_low=low,
        dependants_high=high,
        vulnerable=any_of(*persons) if persons else np.full(people, NO, np.int8),
        vulnerable_why=_bits(persons, people),
    )


def _bits(found: list[Answers], size: int) -> npt.NDArray[np.uint16]:
    bits = np.zeros(size, np.uint16)
    for place, answer in enumerate(found):
        bits |= np.where(answer == YES, 1 << place, 0).astype(np.uint16)
    return bits


def _levels(
    targets: Targets, sight: Sight, low: npt.NDArray[np.int32], high: npt.NDArray[np.int32]
) -> npt.NDArray[np.int8]:
    """The level where everything that is not known leaves it as it is."""
    poor = targets.conditions["low_income"].when.answer(sight)
    housing = targets.conditions["housing_problem"].when.answer(sight)
    least = _level_of(targets.levels, low, housing == YES)
    most = _level_of(targets.levels, high, housing != NO)
    found = np.where(least == most, least, NO_LEVEL)
    found = np.where(poor == UNKNOWN, NO_LEVEL, found)
    return np.where(poor == NO, NOT_LOW_INCOME, found).astype(np.int8)


def _level_of(
    rows: tuple[Level, ...], dependants: npt.NDArray[np.int32], housing: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int8]:
    found = np.full(len(dependants), NO_LEVEL, np.int8)
    for row in reversed(rows):
        fits = (dependants >= row.dependants_from) & (housing | (not row.housing_problem))
        found[fits] = row.level
    return found
