"""The catalogue: every attribute, code list and kind of source, read once from `catalogue.toml`.

Import mapping, screens, permissions, exports and docs all read this; adding a field is adding an entry there.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from mudmai.access.rules import DataClass
from mudmai.kernel.phones import format_phone

# "Asked, and there is none": a value of its own, which beats nothing-told but is shown as "none".
NONE_TOLD = "∅"
# What staff confirmed by hand outranks every list, whatever its trust.
CONFIRMED = 1000
UNSAID_TRUST = 50


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that may be said about a person or a household."""

    code: str
    th: str
    en: str
    applies: str
    kind: str
    data_class: DataClass
    trust: str = ""
    list: str = ""
    unit: str = ""
    source: str = ""
    indexed: bool = False
    makes: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()

    @property
    def is_guarded(self) -> bool:
        """Whether it stands on the person's own page only: in no list, no file, no form and on no phone."""
        return self.data_class == DataClass.GUARDED

    @property
    def is_input_only(self) -> bool:
        """Whether a parser splits it into others, so that it never stands in a record itself."""
        return bool(self.makes) or self.kind == "ignore"

    def label(self, language: str = "th") -> str:
        return self.th if language.startswith("th") else self.en


@dataclass(frozen=True, slots=True)
class CodeValue:
    """One code of a list, with its labels and the other ways people write it."""

    code: str
    th: str
    en: str
    writings: tuple[str, ...] = ()

    def label(self, language: str = "th") -> str:
        return self.th if language.startswith("th") else self.en


@dataclass(frozen=True, slots=True)
class SourceKind:
    """What a list is, chosen once: it sets trust, what standing on it means, and whose address it holds."""

    code: str
    th: str
    en: str
    says: dict[str, Any]
    left: dict[str, Any]
    address: str
    complete: bool
    amount: str = ""

    def label(self, language: str = "th") -> str:
        return self.th if language.startswith("th") else self.en


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of it, by code."""

    attributes: dict[str, Attribute]
    lists: dict[str, dict[str, CodeValue]]
    kinds: dict[str, SourceKind]
    levels: dict[str, dict[str, int]] = field(repr=False)

    def level(self, kind: str, attribute: str) -> int:
        """How far a kind of source is trusted for an attribute, 0–99."""
        return self.levels.get(kind, {}).get(attribute, UNSAID_TRUST)

    def label(self, attribute: str, language: str = "th") -> str:
        found = self.attributes.get(attribute)
        return found.label(language) if found else attribute

    def shown(self, attribute: str, value: Any, language: str = "th") -> str:
        """A value in words: codes by their label, yes/no, lists joined; dates and numbers as they are."""
        about = self.attributes.get(attribute)
        thai = language.startswith("th")
        if value == NONE_TOLD:
            return "ไม่มี" if thai else "none"
        if isinstance(value, bool):
            return ("ใช่" if value else "ไม่ใช่") if thai else ("yes" if value else "no")
        if about and about.kind == "phone":
            return ", ".join(format_phone(str(each)) for each in (value if isinstance(value, list) else [value]))
        if about and about.kind == "baht" and isinstance(value, int | float):
            return f"{value:,}"
        if isinstance(value, list):
            return ", ".join(self.shown(attribute, each, language) for each in value)
        if about and about.list:
            code = self.lists[about.list].get(str(value))
            return code.label(language) if code else str(value)
        return str(value)


@cache
def catalogue() -> Catalogue:
    """The catalogue of this installation."""
    raw = tomllib.loads((Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8"))
    attributes = {code: _attribute(code, entry) for code, entry in raw["attribute"].items()}
    lists = {
        name: {code: CodeValue(code, words[0], words[1], tuple(words)) for code, words in entries.items()}
        for name, entries in raw["list"].items()
    }
    kinds = {code: SourceKind(code=code, **entry) for code, entry in raw["kind"].items()}
    levels = {
        kind: {
            attribute.code: raw["trust"].get(attribute.trust, {}).get(kind, UNSAID_TRUST)
            for attribute in attributes.values()
        }
        for kind in kinds
    }
    return Catalogue(attributes, lists, kinds, levels)


def _attribute(code: str, entry: dict[str, Any]) -> Attribute:
    entry = dict(entry)
    return Attribute(
        code=code,
        data_class=DataClass(entry.pop("class")),
        makes=tuple(entry.pop("makes", ())),
        synonyms=tuple(entry.pop("synonyms", ())),
        **entry,
    )


@cache
def attributes_of(applies: str) -> frozenset[str]:
    """Codes that may stand in a record about a `person` or a `household`."""
    return frozenset(a.code for a in catalogue().attributes.values() if a.applies == applies and not a.is_input_only)


@cache
def fillable_by_forms(applies: str) -> frozenset[str]:
    """Codes that a question of a form may fill: all but the guarded ones, which pass through nobody's hands."""
    return frozenset(code for code in attributes_of(applies) if not catalogue().attributes[code].is_guarded)


@cache
def indexed_attributes() -> frozenset[str]:
    """Codes that lists can be filtered by."""
    return frozenset(a.code for a in catalogue().attributes.values() if a.indexed)
