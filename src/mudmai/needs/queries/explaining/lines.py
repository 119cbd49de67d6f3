"""What is said of one household, line by line, in the words of the reader and as far as the reader may know."""

from dataclasses import dataclass, field
from datetime import date

from mudmai.needs.rules.sets import IndicatorSet

# A result, or a state, that rests on classes of data which the reader does not see.
WITHHELD = "withheld"


@dataclass(frozen=True)
class FactLine:
    """One fact, with where it comes from."""

    label: str
    value: str
    source: str
    on: date | None
    person_id: str = ""
    person_name: str = ""


@dataclass(frozen=True)
class Missing:
    """What nobody told, and how to find out."""

    label: str
    how: str


@dataclass(frozen=True)
class PersonLine:
    """The result of one member."""

    person_id: str
    name: str
    result: str
    why: str


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator: pass, fail, na, unknown, or withheld."""

    set_code: str
    no: str
    text: str
    dimension: str
    unit: str
    result: str
    why: str
    facts: list[FactLine] = field(default_factory=list)
    contradiction: str = ""
    missing: list[Missing] = field(default_factory=list)
    withheld: int = 0
    people: list[PersonLine] = field(default_factory=list)
    passes: str = ""
    note: str = ""


@dataclass(frozen=True)
class DimensionLine:
    """One of the five dimensions: fail, pass, unknown, na or withheld; with the numbers of its indicators."""

    code: str
    label: str
    state: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class ToldLine:
    """What TPMAP's own list says of a dimension: a source of its own beside what follows here."""

    dimension: str
    label: str
    told: bool | None
    source: str
    on: date | None


@dataclass(frozen=True)
class CapitalLine:
    """One capital on its scale from 1 to 4; no level where what is not known leaves more than one."""

    code: str
    label: str
    score: float | None
    level: int | None
    level_label: str
    why: str


@dataclass(frozen=True)
class FieldLine:
    """A field of Smart Tambon: fail, pass, unknown or withheld."""

    code: str
    label: str
    state: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class GroupLine:
    """A target group, or a rule about fragile households: yes, no, unknown or withheld."""

    code: str
    label: str
    state: str
    why: str
    source: str = ""
    on: date | None = None


@dataclass(frozen=True)
class TargetLine:
    """TPMAP's class of one member, from two facts with their years."""

    person_id: str
    name: str
    code: str
    label: str
    why: str


@dataclass(frozen=True)
class SetLine:
    """By which set the household was measured."""

    code: str
    title: str
    source: str
    confidence: str
    note: str
    is_past: bool  # laid down for other years than today's
    indicators: IndicatorSet = field(repr=False)


@dataclass(frozen=True)
class HouseExplained:
    """Everything that the rules say of one household."""

    set: SetLine
    indicators: list[IndicatorLine]
    dimensions: list[DimensionLine]
    told: list[ToldLine]
    capitals: list[CapitalLine]
    smart: list[FieldLine]
    groups: list[GroupLine]
    fragile: list[GroupLine]
    burdens: list[GroupLine]
    targets: list[TargetLine]
    level: int | None  # of พม.: 0–3; None where it is not known, has none, or is withheld
    members: int
    failed_low: int | None  # dimensions failed at least and at most; None where one is withheld
    failed_high: int | None
    classes: frozenset[str]  # of data that was shown
