"""The programmes as data: what each asks, who pays, what to bring, where to go, and how its answers are said.

Source: `programmes.yaml` beside this file, with the legal basis and the confidence of each. Pure; read once.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from mudmai.access.rules import DataClass
from mudmai.kernel.logic import NO, YES
from mudmai.people.rules.catalogue import attributes_of, catalogue

KINDS = ("monthly", "yearly", "one_off", "in_kind", "service")
# Of these, "receives, but is not entitled any more" is a finding; what was given once is not taken back.
GOES_ON = frozenset(["monthly", "yearly"])
FINDINGS = ("", "missed", "over", "unknown", "paid")

# What changes on a day to come: {code: (Thai, English)}
WHATS: dict[str, tuple[str, str]] = {
    "": ("", ""),
    "turns_60": ("อายุครบ 60 ปี", "turns 60"),
    "payment_begins": ("เริ่มจ่ายเงิน", "payment begins"),
    "registration_closes": ("วันสุดท้ายที่รับขึ้นทะเบียน", "registration closes"),
    "steps_up": ("ขยับขั้นตามอายุ", "a higher step begins"),
    "card_renewable": ("เริ่มต่ออายุบัตรคนพิการได้", "the disability card can be renewed"),
    "card_expires": ("บัตรคนพิการหมดอายุ", "the disability card expires"),
    "certificate_needed": ("พ้นกำหนด ต้องขอเอกสารรับรองความพิการใหม่", "from then on a new certificate is needed"),
    "turns_18": ("อายุครบ 18 ปี", "turns 18"),
    "turns_6": ("ถึงเดือนที่อายุครบ 6 ปี สิ้นสุดการจ่าย", "the month of the sixth birthday: payment ends"),
    "claim_closes": ("วันสุดท้ายที่ยื่นคำขอได้", "last day of the claim"),
    "plan_a_year_old": ("แผนการดูแลครบ 1 ปี ต้องทบทวน", "the care plan is a year old"),
}
WHAT_CODES = tuple(WHATS)

_FINDING_WORDS = {
    "missed": ("มีสิทธิ แต่ยังไม่ได้รับ", "entitled, but does not receive it"),
    "over": ("รับอยู่ แต่{why}", "receives it, but: {why}"),
    "unknown": ("{why}", "{why}"),
    "paid": ("มีสิทธิและได้รับแล้ว", "entitled, and receives it"),
    "": ("ไม่เข้าเงื่อนไข: {why}", "not entitled: {why}"),
}
_RECEIPT_UNKNOWN = ("มีสิทธิ แต่ยังไม่ทราบว่าได้รับแล้วหรือไม่", "entitled; not known whether it is received")
_ENTITLED_NO_LONGER = ("ไม่เข้าเงื่อนไขแล้ว", "is not entitled any more")


def _thai(language: str) -> bool:
    return language.startswith("th")


@dataclass(frozen=True)
class Condition:
    """One thing that a programme asks, and how its answers are said."""

    code: str
    words: dict[str, dict[str, str]]
    facts: tuple[str, ...]
    parameters: tuple[str, ...]

    def _said(self, which: str, language: str) -> str:
        return self.words["th" if _thai(language) else "en"].get(which, "")

    def label(self, language: str = "th") -> str:
        return self._said("label", language)

    def met(self, language: str = "th") -> str:
        return self._said("met", language)

    def not_met(self, language: str = "th") -> str:
        return self._said("not_met", language)

    def unknown(self, language: str = "th") -> str:
        return self._said("unknown", language)

    def presumed(self, language: str = "th") -> str:
        """Said where it counts as met without its first fact; "" where it never does."""
        return self._said("presumed", language)

    def ask(self, language: str = "th") -> str:
        """How to find out."""
        return self._said("ask", language)

    def paper(self, language: str = "th") -> str:
        """The paper that mends it; "" where none does."""
        return self._said("paper", language)

    def sentence(self, answer: int, language: str = "th") -> str:
        """The answer in words."""
        return {YES: self.met, NO: self.not_met}.get(answer, self.unknown)(language)

    @property
    def codes(self) -> tuple[str, ...]:
        """The facts of the catalogue that it rests on."""
        return self.facts

    @cached_property
    def classes(self) -> frozenset[str]:
        return _classes(self.facts)


@dataclass(frozen=True)
class Programme:
    """One entitlement: what it asks, what it gives, and how one gets it."""

    code: str
    th: str
    en: str
    kind: str
    guarded: bool
    conditions: tuple[Condition, ...]
    held_up_by: tuple[str, ...]
    receives: str
    receipt: str
    facts: tuple[str, ...]
    baht: str
    amount: str
    list_kind: str
    asks: tuple[str, ...]
    legal_basis: str
    source: str
    confidence: str
    reviewed: str
    note: str
    words: dict[str, dict[str, Any]]

    def label(self, language: str = "th") -> str:
        return self.th if _thai(language) else self.en

    def _said(self, which: str, language: str) -> Any:
        return self.words[which]["th" if _thai(language) else "en"]

    def payer(self, language: str = "th") -> str:
        return str(self._said("payer", language))

    def documents(self, language: str = "th") -> list[str]:
        """What to bring."""
        return list(self._said("documents", language))

    def apply_at(self, language: str = "th") -> str:
        return str(self._said("apply_at", language))

    def how(self, language: str = "th") -> str:
        return str(self._said("how", language))

    def condition(self, code: str) -> Condition:
        return next(each for each in self.conditions if each.code == code)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every fact of the catalogue that it rests on, in the order of the catalogue."""
        found = {*self.facts, *(fact for each in self.conditions for fact in each.facts)}
        found |= {code for code in (self.receives, self.baht) if code}
        return tuple(code for code in catalogue().attributes if code in found)

    @cached_property
    def codes_person(self) -> tuple[str, ...]:
        return tuple(code for code in self.codes if code in attributes_of("person"))

    @cached_property
    def codes_house(self) -> tuple[str, ...]:
        return tuple(code for code in self.codes if code in attributes_of("household"))

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes of all that it rests on, with what says that it is received."""
        return _classes(self.codes) | ({str(DataClass.GUARDED)} if self.guarded else frozenset())

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Every parameter that it rests on: its own, and those that its conditions share."""
        from mudmai.rights.rules.parameters import shipped

        own = [name for name in shipped() if name.startswith(f"{self.code}.")]
        shared = [name for each in self.conditions for name in each.parameters]
        if self.code == "disability_supplement":
            shared.append("disability_allowance.adult")
        return tuple(dict.fromkeys([*own, *shared]))


def _classes(facts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(str(catalogue().attributes[fact].data_class) for fact in facts)


def _read() -> tuple[dict[str, Condition], dict[str, Programme]]:
    told = yaml.safe_load((Path(__file__).parent / "programmes.yaml").read_text(encoding="utf-8"))
    conditions = {
        code: Condition(
            code, {"th": each["th"], "en": each["en"]}, tuple(each["facts"]), tuple(each.get("parameters", ()))
        )
        for code, each in told["conditions"].items()
    }
    return conditions, {code: _programme(code, each, conditions) for code, each in told["programmes"].items()}


def _programme(code: str, told: dict[str, Any], conditions: dict[str, Condition]) -> Programme:
    assert told["kind"] in KINDS, code
    receives = told["receives"]
    return Programme(
        code=code,
        th=told["th"],
        en=told["en"],
        kind=told["kind"],
        guarded=told.get("guarded", False),
        conditions=tuple(conditions[each] for each in told["conditions"]),
        held_up_by=tuple(told.get("held_up_by", ())),
        receives=receives,
        receipt=told.get("receipt", receives),
        facts=tuple(told.get("facts", ())),
        baht=told.get("baht", ""),
        amount=told.get("amount", ""),
        list_kind=told.get("list_kind", ""),
        asks=tuple(told["asks"]),
        legal_basis=told["legal_basis"],
        source=told["source"],
        confidence=told["confidence"],
        reviewed=told["reviewed"],
        note=told.get("note", ""),
        words={which: told[which] for which in ("payer", "documents", "apply_at", "how")},
    )


CONDITIONS, PROGRAMMES = _read()


def what_label(what: str, language: str = "th") -> str:
    """What changes on a day to come, in words."""
    return WHATS[what][0 if _thai(language) else 1]


def sentence(programme: str, finding: str, why: str, language: str = "th") -> str:
    """One line for a list: how a person stands with a programme, and because of which condition."""
    at = 0 if _thai(language) else 1
    if finding == "unknown" and not why:
        return _RECEIPT_UNKNOWN[at]
    reason = _reason(programme, finding, why, language) or _ENTITLED_NO_LONGER[at]
    return _FINDING_WORDS[finding][at].format(why=reason)


def _reason(programme: str, finding: str, why: str, language: str) -> str:
    if not why:
        return ""
    condition = PROGRAMMES[programme].condition(why)
    return condition.unknown(language) if finding == "unknown" else condition.not_met(language)
