"""Whether the terms of `priority.toml` hold: of every person, and of every household, with "not known" as an answer.

They are written in the language of `rules.conditions`, with the few words more that are read here.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mudmai.kernel.logic import UNKNOWN, Answers, all_of, answers, any_of, negated
from mudmai.needs.rules.conditions import Condition, Sight, known_facts, read
from mudmai.needs.rules.conditions.model import HOUSEHOLD, PERSON
from mudmai.needs.rules.frameworks import DIMENSIONS
from mudmai.needs.rules.priority import terms
from mudmai.needs.rules.targets import GROUPS
from mudmai.people.queries import UNTOLD_DAY, Frame, day_number
from mudmai.people.rules.catalogue import catalogue

if TYPE_CHECKING:
    from mudmai.needs.rules.assessing import Assessed

Part = dict[str, Any]
# How many were told to live in a house, for whoever seems to live alone.
MEMBERS_TOLD = "member_count_told"
NESTED = ("all", "any", "not", "first", "some_member", "every_member", "house")


@cache
def codes() -> frozenset[str]:
    """The catalogue codes that the terms need in a frame."""
    found = {MEMBERS_TOLD}

    def walk(part: Any) -> None:
        if isinstance(part, list):
            for each in part:
                walk(each)
        elif isinstance(part, dict):
            found.update(part[word] for word in ("fact", "said", "days_since") if word in part)
            found.update(part.get("silent", ()))
            for word in NESTED:
                walk(part.get(word))

    walk(list(terms().values()))
    return frozenset(found)


@cache
def _plain(written: str, of: str) -> Condition:
    """A condition of `rules.conditions`; `written` is its table as JSON."""
    found, faults = read(json.loads(written), of, known=known_facts(), where="priority.toml")
    if found is None:
        raise ValueError("; ".join(faults))
    return found


def is_about_persons(name: str) -> bool:
    return bool(terms()[name].get("person"))


class Terms:
    """The terms over one frame; each is worked out once."""

    def __init__(self, frame: Frame, assessed: "Assessed") -> None:
        self.frame = frame
        self.assessed = assessed
        self.sight = Sight(frame, {})
        self._known: dict[str, Answers] = {}

    def of(self, name: str) -> Answers:
        """Whether a term holds, of each person or of each household, as the term says."""
        if name not in self._known:
            part = {word: value for word, value in terms()[name].items() if word != "person"}
            self._known[name] = self.holds(part, PERSON if is_about_persons(name) else HOUSEHOLD)
        return self._known[name]

    def holds(self, part: Part, of: str) -> Answers:
        """Whether a condition holds, of each person or each household."""
        for word, work in WORDS.items():
            if word in part:
                return work(self, part, of)
        return _plain(json.dumps(part), of).answer(self.sight)

    def every(self, parts: list[Part], of: str) -> list[Answers]:
        return [self.holds(part, of) for part in parts]

    def told(self, code: str, of: str) -> npt.NDArray[Any]:
        return self.sight.told(of, code)


def _said(terms_: Terms, part: Part, of: str) -> Answers:
    """YES where something was told, NO where "none" was, UNKNOWN where nothing was."""
    column = terms_.told(part["said"], of)
    if catalogue().attributes[part["said"]].kind == "code":
        return answers(True, column >= 0)
    found: Answers = np.sign(column).astype(np.int8)
    return found


def _silent(terms_: Terms, part: Part, of: str) -> Answers:
    """Whether nothing at all was told of these: always an answer."""
    told = np.zeros(terms_.sight.size(of), bool)
    for code in part["silent"]:
        column = terms_.told(code, of)
        kind = catalogue().attributes[code].kind
        told |= column != UNTOLD_DAY if kind == "date" else column >= 0 if kind == "code" else column != 0
    return answers(~told)


def _days_since(terms_: Terms, part: Part, of: str) -> Answers:
    column = terms_.told(part["days_since"], of)
    return answers(day_number(terms_.frame.on) - column.astype(np.int64) > part["more_than"], column != UNTOLD_DAY)


def _alone(terms_: Terms, part: Part, of: str) -> Answers:
    """One person is known to live there; not known where somebody told of more."""
    one = terms_.sight.living == 1
    return answers(one, ~(one & (terms_.frame.houses.told[MEMBERS_TOLD] > 1)))


def _first(terms_: Terms, part: Part, of: str) -> Answers:
    found = np.full(terms_.sight.size(of), UNKNOWN, np.int8)
    for held in terms_.every(part["first"], of):
        found = np.where(found == UNKNOWN, held, found).astype(np.int8)
    return found


def _house(terms_: Terms, part: Part, of: str) -> Answers:
    found: Answers = terms_.frame.of_house(terms_.holds(part["house"], HOUSEHOLD), UNKNOWN)
    return found


def _group(terms_: Terms, part: Part, of: str) -> Answers:
    found: Answers = terms_.assessed.groups[:, list(GROUPS).index(part["group"])]
    return found


def _failed(terms_: Terms, part: Part, of: str) -> Answers:
    found: Answers = terms_.assessed.dimensions[:, list(DIMENSIONS).index(part["failed"])]
    return found


WORDS: dict[str, Callable[[Terms, Part, str], Answers]] = {
    "all": lambda t, part, of: all_of(*t.every(part["all"], of)),
    "any": lambda t, part, of: any_of(*t.every(part["any"], of)),
    "not": lambda t, part, of: negated(t.holds(part["not"], of)),
    "first": _first,
    "term": lambda t, part, of: t.of(part["term"]),
    "some_member": lambda t, part, of: t.frame.any(t.holds(part["some_member"], PERSON)),
    "every_member": lambda t, part, of: t.frame.all(t.holds(part["every_member"], PERSON)),
    "house": _house,
    "said": _said,
    "silent": _silent,
    "days_since": _days_since,
    "alone": _alone,
    "group": _group,
    "failed": _failed,
}
