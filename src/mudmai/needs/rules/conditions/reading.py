"""Reads a condition from its table; whatever is wrong becomes a sentence that says where, what, and what to do."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from mudmai.needs.rules.conditions.model import (
    HOUSEHOLD,
    PERSON,
    Aged,
    Condition,
    HasAny,
    Joined,
    Limit,
    OfHouse,
    OfMembers,
    OfSex,
    OneOf,
    Within,
    YesNo,
)
from mudmai.people.rules.catalogue import Attribute, catalogue

NUMBERS = frozenset({"number", "baht", "whole"})
_BOUNDS = ("min", "max", "below", "above")
_AGES = frozenset({"age_from", "age_to", "months_from", "months_to"})
_JOINS = ("all", "any", "none", "first")
DEEPEST = 12


@dataclass(frozen=True)
class Known:
    """What may be asked about: facts and lists of the catalogue, and the dated numbers of the set."""

    facts: Mapping[str, Attribute]
    lists: Mapping[str, Collection[str]]
    numbers: Collection[str] = ()

    def with_numbers(self, numbers: Collection[str]) -> "Known":
        return Known(self.facts, self.lists, numbers)


@cache
def known_facts() -> Known:
    """What the catalogue of this installation knows."""
    found = catalogue()
    return Known(found.attributes, {name: tuple(codes) for name, codes in found.lists.items()})


@dataclass
class _Reader:
    known: Known
    where: str
    faults: list[str] = field(default_factory=list)

    def fault(self, sentence: str, **slots: object) -> None:
        self.faults.append(f"{self.where}: " + sentence % slots)

    def read(self, table: Any, of: str, depth: int = 0) -> Condition | None:
        if not isinstance(table, Mapping) or not table:
            self.fault(_('a condition is a table such as { fact = "drinking_water" }. Write one.'))
            return None
        if depth > DEEPEST:
            self.fault(
                _("conditions stand more than %(n)d deep in one another. Split the indicator in two."), n=DEEPEST
            )
            return None
        for kind, reader in _KINDS.items():
            if kind in table:
                return reader(self, table, of, depth)
        if _AGES & table.keys():
            return self.aged(table, of)
        self.fault(
            _("it is not known what “%(word)s” asks. See docs/rules/needs.md for what may be asked."),
            word=next(iter(table)),
        )
        return None

    def only(self, table: Mapping[str, Any], *words: str) -> None:
        for word in table.keys() - set(words):
            self.fault(_("“%(word)s” does not belong here. Leave it out, or correct its spelling."), word=word)

    def fact(self, table: Mapping[str, Any], of: str, depth: int) -> Condition | None:
        code = str(table["fact"])
        about = self.attribute(code, of)
        if about is None:
            return None
        if about.kind == "yes_no":
            self.only(table, "fact", "equals")
            wanted = table.get("equals", True)
            if not isinstance(wanted, bool):
                self.fault(_("“%(code)s” is answered by yes or no. Write equals = true or equals = false."), code=code)
            return YesNo(of, code, bool(wanted))
        if about.kind in NUMBERS:
            self.only(table, "fact", "times", *_BOUNDS)
            return self.within(table, of, code)
        if about.kind in ("code", "codes"):
            self.only(table, "fact", "equals", "in")
            return self.coded(table, of, about)
        self.fault(_("“%(code)s” (%(label)s) is told in words, which cannot be compared. Take another fact."),
                   code=code, label=about.th)  # fmt: skip
        return None

    def attribute(self, code: str, of: str) -> Attribute | None:
        about = self.known.facts.get(code)
        if about is None or about.is_input_only:
            self.fault(_("there is no fact “%(code)s” in the catalogue. Correct its spelling, or add it there first."),
                       code=code)  # fmt: skip
            return None
        if about.applies != of:
            cure = (
                _("wrap it in some_member, every_member or members")
                if of == HOUSEHOLD
                else _("wrap it in house = { … }")
            )
            self.fault(_("“%(code)s” is told of a %(told)s, and the condition is about a %(asked)s: %(cure)s."),
                       code=code, told=about.applies, asked=of, cure=cure)  # fmt: skip
            return None
        return about

    def coded(self, table: Mapping[str, Any], of: str, about: Attribute) -> Condition | None:
        wanted = table.get("in", table.get("equals"))
        wanted = [wanted] if isinstance(wanted, str) else wanted
        if not isinstance(wanted, list) or not wanted:
            self.fault(_('say which codes of “%(code)s” count: in = ["…"].'), code=about.code)
            return None
        order = list(self.known.lists[about.list])
        strange = [each for each in wanted if each not in order]
        if strange:
            self.fault(_("“%(word)s” is no code of the list “%(list)s”. Its codes are: %(codes)s."),
                       word=strange[0], list=about.list, codes=", ".join(order))  # fmt: skip
            return None
        places = tuple(sorted({order.index(each) for each in wanted}))
        return (HasAny if about.kind == "codes" else OneOf)(of, about.code, places)

    def within(self, table: Mapping[str, Any], of: str, code: str, *, per_head: bool = False) -> Condition | None:
        bounds = tuple((how, limit) for how in _BOUNDS if how in table if (limit := self.limit(table[how])) is not None)
        times = table.get("times", 1)
        if isinstance(times, bool) or not isinstance(times, int | float) or times <= 0:
            self.fault(_("times is a number above zero, such as 12 for months in a year."))
            return None
        if not bounds:
            self.fault(_("say from where or up to where “%(code)s” counts: min, max, below or above."), code=code)
            return None
        return Within(of, code, bounds, float(times), per_head)

    def limit(self, said: Any) -> Limit | None:
        if isinstance(said, str) and said.startswith("$"):
            if said[1:] in self.known.numbers:
                return said[1:]
            self.fault(
                _("the set has no number called “%(name)s”. Add it under [numbers], or write the number itself."),
                name=said,
            )
        elif isinstance(said, int | float) and not isinstance(said, bool):
            return float(said)
        else:
            self.fault(
                _("“%(said)s” is no number. Write digits only, or $ and the name of a number of this set."), said=said
            )
        return None

    def per_head(self, table: Mapping[str, Any], of: str, depth: int) -> Condition | None:
        self.only(table, "per_head", "times", *_BOUNDS)
        code = str(table["per_head"])
        about = self.attribute(code, HOUSEHOLD)
        if of != HOUSEHOLD:
            self.fault(_("per_head is about a household. Wrap it in house = { … }."))
        if about is None or of != HOUSEHOLD:
            return None
        if about.kind not in NUMBERS:
            self.fault(_("“%(code)s” is no number, so it cannot be divided by the members."), code=code)
            return None
        return self.within(table, HOUSEHOLD, code, per_head=True)

    def aged(self, table: Mapping[str, Any], of: str) -> Condition | None:
        self.only(table, *_AGES)
        if of != PERSON:
            self.fault(_("ages are of persons. Wrap the condition in some_member, every_member or members."))
            return None
        numbers = {word: table[word] for word in _AGES & table.keys()}
        if any(isinstance(n, bool) or not isinstance(n, int) or not 0 <= n <= 1600 for n in numbers.values()):
            self.fault(_("ages are whole years, or months, from 0 on."))
            return None
        first = numbers.get("months_from", numbers["age_from"] * 12 if "age_from" in numbers else None)
        last = numbers.get("months_to", numbers["age_to"] * 12 + 11 if "age_to" in numbers else None)
        if first is not None and last is not None and first > last:
            self.fault(_("nobody can be that old: the age begins above where it ends. Swap the two."))
            return None
        return Aged(first, last)

    def sex(self, table: Mapping[str, Any], of: str, depth: int) -> Condition | None:
        self.only(table, "sex")
        if of != PERSON or table["sex"] not in ("m", "f"):
            self.fault(_("sex is “m” or “f”, of a person."))
            return None
        return OfSex(1 if table["sex"] == "m" else 2)

    def joined(self, table: Mapping[str, Any], of: str, depth: int) -> Condition | None:
        how = next(word for word in _JOINS if word in table)
        self.only(table, how)
        parts = table[how]
        if not isinstance(parts, list) or not parts:
            self.fault(_("“%(word)s” holds a list of conditions, one at least."), word=how)
            return None
        found = [self.read(part, of, depth + 1) for part in parts]
        read = tuple(part for part in found if part is not None)
        return Joined(how, read) if len(read) == len(found) else None

    def negated(self, table: Mapping[str, Any], of: str, depth: int) -> Condition | None:
        self.only(table, "not")
        part = self.read(table["not"], of, depth + 1)
        return part and Joined("none", (part,))

    def members(self, table: Mapping[str, Any], of: str, depth: int) -> Condition | None:
        word = next(word for word in ("some_member", "every_member", "members") if word in table)
        self.only(table, word, *(["at_least"] if word == "members" else []))
        if of != HOUSEHOLD:
            self.fault(_("“%(word)s” is about a household. Wrap it in house = { … }."), word=word)
            return None
        least = table.get("at_least", 1)
        if isinstance(least, bool) or not isinstance(least, int) or least < 1:
            self.fault(_("at_least is a whole number of members, from 1 on."))
            return None
        part = self.read(table[word], PERSON, depth + 1)
        return part and OfMembers(
            {"some_member": "some", "every_member": "every", "members": "count"}[word], part, least
        )

    def house(self, table: Mapping[str, Any], of: str, depth: int) -> Condition | None:
        self.only(table, "house")
        if of != PERSON:
            self.fault(_("house = { … } is for conditions about a person; this one is about a household already."))
            return None
        part = self.read(table["house"], HOUSEHOLD, depth + 1)
        return part and OfHouse(part)


_KINDS: dict[str, Callable[[_Reader, Mapping[str, Any], str, int], Condition | None]] = {
    "fact": _Reader.fact,
    "per_head": _Reader.per_head,
    "sex": _Reader.sex,
    "all": _Reader.joined,
    "any": _Reader.joined,
    "none": _Reader.joined,
    "first": _Reader.joined,
    "not": _Reader.negated,
    "some_member": _Reader.members,
    "every_member": _Reader.members,
    "members": _Reader.members,
    "house": _Reader.house,
}


def read(table: Any, of: str, *, known: Known, where: str) -> tuple[Condition | None, list[str]]:
    """The condition, and what is wrong with it: sentences that begin with `where`. None where it cannot be used."""
    reader = _Reader(known, where)
    found = reader.read(table, of)
    return (None if reader.faults else found), reader.faults
