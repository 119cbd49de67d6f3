"""What scales.toml holds, read once: scales with items, groups and alerts; measures with ranges and bands."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mudmai.surveys.rules.scales.formulas import Formula, formula


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to an item. `points` whole numbers."""

    code: str
    points: int
    th: str
    en: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a scale; asked only when `when` holds of the answers before."""

    code: str
    th: str
    en: str
    choices: tuple[Choice, ...]
    own_choices: bool
    when: Formula | None = None
    hint_th: str = ""
    hint_en: str = ""
    appearance: str = ""

    @property
    def points(self) -> dict[str, int]:
        return {choice.code: choice.points for choice in self.choices}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A group, an alert or a band: what it says, and of which answers it holds. `ltc`: group of long-term care, 0–4."""

    code: str
    th: str
    en: str
    when: Formula
    thcc: str = ""
    ltc: int | None = None
    level: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """One instrument. `source`, `confidence` (A–C, K) and `reviewed` (Buddhist year-month) say how sure it is."""

    code: str
    th: str
    en: str
    prefix: str
    items: tuple[Item, ...]
    groups: tuple[Outcome, ...]
    alerts: tuple[Outcome, ...]
    source: str
    confidence: str
    reviewed: str
    total_as: str = ""
    group_as: str = ""
    ltc_as: str = ""
    ask_th: str = ""
    ask_en: str = ""
    appearance: str = ""

    @property
    def most(self) -> int:
        """The highest total there can be."""
        return sum(max(item.points.values()) for item in self.items)

    def item_name(self, code: str) -> str:
        """The item's name in forms."""
        return f"{self.prefix}_{code}"

    @property
    def total_name(self) -> str:
        return self.total_as or f"{self.prefix}_total"

    @property
    def group_name(self) -> str:
        return self.group_as or f"{self.prefix}_group"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with a unit. Outside `possible`, or not below the measure `below`, it is refused; outside `plausible`
    it is questioned."""

    code: str
    th: str
    en: str
    unit: str
    unit_th: str
    decimals: int
    bands: tuple[Outcome, ...]
    source: str
    confidence: str
    reviewed: str
    possible: tuple[float, float] | None = None
    plausible: tuple[float, float] | None = None
    formula: Formula | None = None
    below: str = ""


@cache
def scales() -> dict[str, Scale]:
    """All scales, by code. Raises ValueError where scales.toml contradicts itself."""
    return {code: _scale(code, entry) for code, entry in _read()["scale"].items()}


@cache
def measures() -> dict[str, Measure]:
    """All measures, by code."""
    return {code: _measure(code, entry) for code, entry in _read()["measure"].items()}


def _read() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "scales.toml").read_text(encoding="utf-8"))


def _scale(code: str, entry: dict[str, Any]) -> Scale:
    shared = entry.pop("choices", {})
    found = Scale(
        code=code,
        items=tuple(_item(item, shared) for item in entry.pop("item")),
        groups=tuple(_outcome(group) for group in entry.pop("group")),
        alerts=tuple(_outcome(alert) for alert in entry.pop("alert", ())),
        **entry,
    )
    _check_numbers(found)
    return found


def _item(entry: dict[str, Any], shared: dict[str, Any]) -> Item:
    own = entry.pop("choices", None)
    points = entry.pop("points", {})
    choices = tuple(Choice(code, points.get(code, told[0]), *told[1:]) for code, told in (own or shared).items())
    when = entry.pop("when", "")
    return Item(choices=choices, own_choices=own is not None, when=formula(when) if when else None, **entry)


def _outcome(entry: dict[str, Any]) -> Outcome:
    if "from" in entry:
        entry["when"] = f"total >= {entry.pop('from')} and total <= {entry.pop('to')}"
    return Outcome(when=formula(entry.pop("when")), **entry)


def _measure(code: str, entry: dict[str, Any]) -> Measure:
    bands = tuple(
        Outcome(name, told[1], told[2], formula(told[0]), level="".join(told[3:]))
        for name, told in entry.pop("bands", {}).items()
    )
    own = entry.pop("formula", "")
    ranges: dict[str, Any] = {name: tuple(entry.pop(name)) for name in ("possible", "plausible") if name in entry}
    return Measure(code=code, bands=bands, formula=formula(own) if own else None, **ranges, **entry)


def _check_numbers(scale: Scale) -> None:
    """An item that a formula compares with a number has its points for codes: XPath sees only codes."""
    known = {item.code: item for item in scale.items}
    for told in (*scale.groups, *scale.alerts, *(Outcome(i.code, "", "", i.when) for i in scale.items if i.when)):
        for name in told.when.names - {"total"}:
            item = known[name]
            if f"{name} == '" not in told.when.text and any(c.code != str(c.points) for c in item.choices):
                raise ValueError(f"{scale.code}: {name} is compared with a number, and its codes are not its points")
