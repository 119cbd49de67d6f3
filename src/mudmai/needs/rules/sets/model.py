"""What a set of indicators is made of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from mudmai.needs.rules.conditions import Condition


def in_language(thai: str, english: str, language: str) -> str:
    """The text of the language; the other one where there is none."""
    return (thai or english) if language.startswith("th") else (english or thai)


@dataclass(frozen=True)
class NumberRow:
    """A number from a day on. What is not in force is shown and never used."""

    value: float
    valid_from: date
    valid_to: date | None = None  # last day; None: until a later row begins
    confidence: str = ""
    source: str = ""
    in_force: bool = True


@dataclass(frozen=True)
class Number:
    """A dated number of a set, such as the income line."""

    code: str
    th: str
    en: str
    unit: str
    rows: tuple[NumberRow, ...]

    def label(self, language: str = "th") -> str:
        return in_language(self.th, self.en, language)

    def row_on(self, day: date) -> NumberRow | None:
        """The row in force on a day: of those that cover it, the one that began last. None in a gap."""
        covering = [
            row
            for row in self.rows
            if row.in_force and row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
        ]
        return max(covering, key=lambda row: row.valid_from, default=None)


@dataclass(frozen=True)
class Rule:
    """How a result follows from other facts: passed where `passes` holds, failed where `fails` does.

    With `passes` alone, what does not pass fails. Where both hold, the facts contradict each other and nothing follows.
    """

    passes: Condition | None
    fails: Condition | None
    th: str = ""
    en: str = ""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return tuple(each for each in (self.passes, self.fails) if each is not None)

    def label(self, language: str = "th") -> str:
        return in_language(self.th, self.en, language)


@dataclass(frozen=True)
class Indicator:
    """One indicator: whom it is about, when it applies, and where its result comes from."""

    no: str
    th: str
    en: str
    unit: str  # person | household
    told: str = ""  # the fact that holds a result told directly: pass, fail or none
    applies: Condition | None = None  # None: to everybody
    # Whether `applies` names everything that must hold. Where not, it can only rule people out.
    applies_wholly: bool = True
    rules: tuple[Rule, ...] = ()
    passes_th: str = ""  # what passing takes, in words
    passes_en: str = ""
    note_th: str = ""
    note_en: str = ""
    confidence: str = ""

    def label(self, language: str = "th") -> str:
        return in_language(self.th, self.en, language)

    def passes(self, language: str = "th") -> str:
        return in_language(self.passes_th, self.passes_en, language)

    def note(self, language: str = "th") -> str:
        return in_language(self.note_th, self.note_en, language)

    @property
    def can_be_evaluated(self) -> bool:
        return bool(self.told or self.rules)

    @property
    def conditions(self) -> Iterator[Condition]:
        if self.applies is not None:
            yield self.applies
        for rule in self.rules:
            yield from rule.conditions

    def facts(self) -> dict[str, str]:
        """{code: person or household} of everything it may rest on, the told result first."""
        found = {self.told: self.unit} if self.told else {}
        for condition in self.conditions:
            for of, code in condition.facts():
                found.setdefault(code, of)
        return found


@dataclass(frozen=True)
class IndicatorSet:
    """A set of indicators as an office or a ministry laid it down for some years."""

    code: str
    th: str
    en: str
    valid_from: date
    valid_to: date | None
    indicators: tuple[Indicator, ...]
    numbers: dict[str, Number] = field(default_factory=dict)
    dimensions: dict[str, tuple[str, ...]] = field(default_factory=dict)  # {dimension: numbers of its indicators}
    dimensions_confidence: str = ""
    dimensions_source: str = ""
    source: str = ""
    confidence: str = ""
    reviewed: str = ""
    note_th: str = ""
    note_en: str = ""
    offered: bool = True  # whether it may be used without an office having checked it

    def label(self, language: str = "th") -> str:
        return in_language(self.th, self.en, language)

    def note(self, language: str = "th") -> str:
        return in_language(self.note_th, self.note_en, language)

    def numbers_on(self, day: date) -> dict[str, float]:
        """{name: value} of the numbers in force on a day; those in a gap are left out."""
        return {code: row.value for code, number in self.numbers.items() if (row := number.row_on(day))}

    def holds_on(self, day: date) -> bool:
        """Whether the set was laid down for this day. Used later, it measures by an older standard, and says so."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def places(self) -> dict[str, int]:
        """{number of the indicator: its place in results}."""
        return {indicator.no: place for place, indicator in enumerate(self.indicators)}

    def dimension_of(self, no: str) -> str:
        """The first dimension that an indicator counts in; "" for none."""
        return next((code for code, numbers in self.dimensions.items() if no in numbers), "")
